// What went wrong, as the page says it: whatever was thrown, its words.

/** @param {unknown} error */
export const reason = (error) => (error instanceof Error ? error.message : String(error));
