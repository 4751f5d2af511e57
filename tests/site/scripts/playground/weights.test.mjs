// The small model's file: how far it is, what stays after a break, and what is told of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isHere, modelFile } from "../../../../generator/web/playground/keyless/weights.js";

const [ONE, TWO] = ["https://site.test/1.gguf", "https://site.test/2.gguf"];
const WEIGHTS = { parts: [ONE, TWO], bytes: 10 };

/** What this browser stores, by address. @type {Map<string, Blob>} */
const stored = new Map();
/** What was asked of the network. @type {string[]} */
let asked = [];
/**
 * What the network gives: pieces of a body, or why it gives none.
 * @type {Record<string, string[] | Error | number>}
 */
let network = {};
let isOnline = true;

const cache = {
  match: async (/** @type {string} */ url) => stored.has(url) && new Response(stored.get(url)),
  put: async (/** @type {string} */ url, /** @type {Response} */ response) =>
    void stored.set(url, await response.blob()),
  delete: async (/** @type {string} */ url) => stored.delete(url),
  keys: async () => [...stored.keys()].map((url) => ({ url })),
};
Object.assign(globalThis, {
  document: { baseURI: "https://site.test/playground/" },
  caches: { open: async () => cache, match: cache.match },
  fetch: async (/** @type {string} */ url, /** @type {{ signal: AbortSignal }} */ { signal }) => {
    asked.push(url);
    const given = network[url];
    if (given instanceof Error) throw given;
    if (typeof given === "number") return new Response("", { status: given });
    return new Response(
      new ReadableStream({
        pull(controller) {
          const piece = given.shift();
          if (signal.aborted) controller.error(signal.reason);
          else if (piece === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(piece));
        },
      }),
    );
  },
});
Object.defineProperty(globalThis, "navigator", {
  value: {
    get onLine() {
      return isOnline;
    },
  },
});

beforeEach(() => {
  stored.clear();
  [asked, isOnline] = [[], true];
  network = { [ONE]: ["abc", "def"], [TWO]: ["gh", "ij"] };
});

/**
 * The text of the file, and how far it was at each step.
 * @param {AbortSignal} [signal] @param {(bytes: number) => void} [seen]
 */
async function loaded(signal = new AbortController().signal, seen = () => {}) {
  /** @type {number[]} */
  const steps = [];
  const progress = (/** @type {number} */ bytes) => {
    steps.push(bytes);
    seen(bytes);
  };
  const file = await modelFile(WEIGHTS, { progress, signal });
  return { text: await file.text(), steps };
}

test("how far it is goes up to its size", async () => {
  stored.set("https://site.test/older.gguf", new Blob(["old"]));
  assert.deepEqual(await loaded(), { text: "abcdefghij", steps: [3, 6, 8, 10] });
  assert.deepEqual([...stored.keys()], [ONE, TWO]);
  assert.deepEqual(await loaded(), { text: "abcdefghij", steps: [6, 10] });
  assert.deepEqual(asked, [ONE, TWO]);
});

test("what came whole before a break stays, and is told", async () => {
  network[TWO] = new TypeError("Failed to fetch");
  await assert.rejects(loaded(), {
    name: "DownloadError",
    message:
      "The small model could not be downloaded: Failed to fetch. 0.0 MB of 0.0 MB are here and stay. " +
      "Run it again to go on.",
  });
  network[TWO] = ["ghij"];
  assert.equal((await loaded()).text, "abcdefghij");
  assert.deepEqual(asked, [ONE, TWO, TWO]);
});

test("without a network it is said that there is none", async () => {
  isOnline = false;
  network[ONE] = new TypeError("Failed to fetch");
  await assert.rejects(loaded(), { message: /this device is offline\. Run it again/ });
  isOnline = true;
  network[ONE] = 404;
  await assert.rejects(loaded(), { message: /status 404/ });
});

test("a cancelled download ends, and a whole part of it stays", async () => {
  const controller = new AbortController();
  const stopAt = (/** @type {number} */ bytes) => void (bytes > 6 && controller.abort());
  await assert.rejects(loaded(controller.signal, stopAt), { name: "AbortError" });
  assert.deepEqual([...stored.keys()], [ONE]);
});

test("what is no part of it is not taken for one", async () => {
  network[TWO] = ["<html>Sign in to this network"];
  await assert.rejects(loaded(), { message: /came instead of/ });
  assert.equal(stored.size, 0);
});

test("it is here once every part of it is, and nothing is asked of the network for that", async () => {
  assert.equal(await isHere(WEIGHTS), false);
  stored.set(ONE, new Blob(["abcdef"]));
  assert.equal(await isHere(WEIGHTS), false);
  stored.set(TWO, new Blob(["ghij"]));
  assert.equal(await isHere(WEIGHTS), true);
  assert.equal(await isHere({ parts: [], bytes: 0 }), false);
  assert.deepEqual(asked, []);
});
