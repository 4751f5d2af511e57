// The playground's service worker: after the first use the page and its Python load without a network.
//
// The page itself comes from the network where there is one, so an update is taken at the next load; its
// files lie in folders named by their content, so a page only ever gets those of its own version. A new list
// is filled in beside the old one, which goes once no page of it is open.

const VERSION = "ALMANAC_VERSION";
const FILES = ["ALMANAC_FILES"];
const NAME = `almanac-${VERSION}`;
const PATIENCE = 5000; // milliseconds that a page may take before the cached one is shown
/** @type {unknown} */
const scope = self;
const worker = /** @type {ServiceWorkerGlobalScope} */ (scope);
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
  const old = names.filter((name) => /^almanac-[0-9a-f]{16}$/.test(name) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

worker.onfetch = (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const cached = () => cachedFile(url.origin + url.pathname);
  event.respondWith(
    request.mode === "navigate" ? fresh(request, cached) : cached().then((it) => it ?? fetch(request)),
  );
};

/** @param {Request} request @param {() => Promise<Response | undefined>} cached */
async function fresh(request, cached) {
  const response = fetch(request);
  const late = new Promise((resolve) => {
    setTimeout(resolve, PATIENCE);
  });
  try {
    return (await Promise.race([response, late.then(cached)])) ?? (await response);
  } catch (error) {
    const page = await cached();
    if (page) return page;
    throw error;
  }
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
