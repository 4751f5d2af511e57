// The playground's service worker: after the first use the page and its Python load without a network.
// It answers with files of one version only, those listed here when the site was built, and touches nothing
// that is not this site's. What it cannot answer goes to the network as if it were not there.

const VERSION = "ALMANAC_VERSION";
const FILES = ["ALMANAC_FILES"];
const NAME = `almanac-${VERSION}`;
const here = (path) => new URL(path, self.registration.scope).href;

self.oninstall = (event) => event.waitUntil(fill());

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

self.onactivate = (event) => event.waitUntil(tidy());

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => /^almanac-[0-9a-f]{16}$/.test(name) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.onmessage = (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
};

// A page of the old version that is open in another tab stays whole.
async function takeOver(asker) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.filter((page) => page.url.startsWith(self.registration.scope) && page.id !== asker.id);
  if (open.length) asker.postMessage("others are open");
  else await self.skipWaiting();
}

self.onfetch = (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith(answer(event.request, url));
};

async function answer(request, url) {
  try {
    const cache = await caches.open(NAME);
    const found = await cache.match(url.origin + url.pathname);
    if (found) return found;
  } catch {
    // A broken cache must not break the page.
  }
  return fetch(request);
}
