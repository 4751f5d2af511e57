// The file of the small model: downloaded in parts, each of which stays in this browser once it is whole.

import { cachePrefix } from "../caches.js";
import { reason } from "../reason.js";

const STORE = "models";

/**
 * Where its parts are, and how many bytes they have together.
 * @typedef {{ parts: string[], bytes: number }} Weights
 */

const mega = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/**
 * What to tell where it does not come: why, and what a second try has to bring.
 * @param {string} why @param {number} there bytes that stay @param {number} bytes
 */
function broken(why, there, bytes) {
  const rest = there ? ` ${mega(there)} of ${mega(bytes)} are here and stay.` : "";
  const error = new Error(`The small model could not be downloaded: ${why}.${rest} Run it again to go on.`);
  error.name = "DownloadError";
  return error;
}

/**
 * The model's file, from this browser's cache or the network. Throws an Error to show, or what aborts it.
 * @param {Weights} weights
 * @param {{ progress: (loaded: number) => void, signal: AbortSignal }} how
 */
export async function modelFile({ parts, bytes }, { progress, signal }) {
  const store = (await globalThis.caches?.open(cachePrefix() + STORE).catch(() => null)) ?? null;
  let whole = 0;
  /** @type {Blob[]} */
  const blobs = [];
  for (const part of parts) {
    try {
      const blob = await partOf(part, store, (loaded) => progress(whole + loaded), signal);
      whole += blob.size;
      blobs.push(blob);
    } catch (error) {
      if (signal.aborted) throw error;
      const why = navigator.onLine ? reason(error) : "this device is offline";
      throw broken(why, store ? whole : 0, bytes);
    }
  }
  if (whole !== bytes) {
    // A network that answers with a page of its own has put that in its place.
    for (const part of parts) await store?.delete(part);
    throw broken(`${mega(whole)} came instead of ${mega(bytes)}`, 0, bytes);
  }
  for (const { url } of (await store?.keys()) ?? []) if (!parts.includes(url)) await store?.delete(url);
  return new Blob(blobs);
}

/** Whether all of it is in this browser. @param {Weights} weights */
export async function isHere({ parts }) {
  // No cache is made for the question.
  const stored = parts.map((part) => globalThis.caches?.match(part).catch(() => undefined));
  return parts.length > 0 && (await Promise.all(stored)).every(Boolean);
}

/**
 * @param {string} url @param {Cache | null} store
 * @param {(loaded: number) => void} progress bytes of this part
 * @param {AbortSignal} signal
 */
async function partOf(url, store, progress, signal) {
  const cached = await store?.match(url);
  if (cached) {
    const kept = await cached.blob();
    progress(kept.size);
    return kept;
  }
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  if (!response.body) throw new Error("no content");
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let loaded = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    progress((loaded += value.length));
  }
  const blob = new Blob(pieces);
  await store?.put(url, new Response(blob)).catch(() => {}); // no room: it is downloaded again next time
  return blob;
}
