// The playground's service worker: after the first use the page and its Python load without a network.
//
// The page itself comes from the network where there is one, so an update is taken at the next load; its
// files lie in folders named by their content, so a page only ever gets those of its own version. A new list
// is filled in beside the old one, which goes once no page of it is open.

const VERSION = "ALMANAC_VERSION";
const FILES = ["ALMANAC_FILES"];
const PATIENCE = 5000; // milliseconds that a page may take before the cached one is shown
/** @type {unknown} */
const scope = self;
const worker = /** @type {ServiceWorkerGlobalScope} */ (scope);
/** Another almanac on this origin has caches of its own, so ours are named by our path. */
const PREFIX = `almanac ${new URL(worker.registration.scope).pathname} `;
const NAME = PREFIX + VERSION;
/** @param {string} path */
const here = (path) => new URL(path, worker.registration.scope).href;

worker.oninstall = (event) => event.waitUntil(fill());

// All or nothing: a file that cannot be had leaves the old version in place.
async function fill() {
  const cache = await caches.open(NAME);
  try {
    await cache.addAll(FILES.map((path) => new Request(here(path), { cache: "no-cache" })));
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

worker.onactivate = (event) => event.waitUntil(tidy());

async function tidy() {
  const names = await caches.keys();
  const isFiles = (/** @type {string} */ name) => /^[0-9a-f]{16}$/.test(name.slice(PREFIX.length));
  const old = names.filter((name) => name.startsWith(PREFIX) && isFiles(name) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

worker.onfetch = (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const cached = () => cachedFile(url.origin + url.pathname);
  event.respondWith(
    request.destination === "document" ? fresh(request, cached) : cached().then((it) => it ?? fetch(request)),
  );
};

/** @param {Request} request @param {() => Promise<Response | undefined>} cached */
async function fresh(request, cached) {
  const response = fetch(request);
  const late = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
  });
  try {
    const slow = late.then(cached).then((page) => page && marked(page, "slow"));
    return (await Promise.race([response, slow])) ?? (await response);
  } catch (error) {
    const page = await cached();
    if (page) return marked(page, "offline");
    throw error;
  }
}

/**
 * A page as it was cached that says so itself, and why it is shown.
 * @param {Response} page @param {"slow" | "offline"} why
 */
async function marked(page, why) {
  const date = page.headers.get("date") ?? "";
  const time = Number.isNaN(Date.parse(date)) ? "" : new Date(date).toISOString();
  const text = await page.text();
  const marks = ` data-cached="${why}" data-cached-at="${time}"`;
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(text.replace(/<html(?=[\s>])/i, `$&${marks}`), { headers });
}

/** @param {string} url */
async function cachedFile(url) {
  try {
    return await (await caches.open(NAME)).match(url);
  } catch {
    // A broken cache must not break the page.
    return undefined;
  }
}
