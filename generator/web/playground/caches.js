// What this almanac's caches are called: by its path, since another one on this origin has its own.

/** How their names begin; offline.js calls its own so, too. */
export const cachePrefix = () => `almanac ${new URL("./", document.baseURI).pathname} `;
