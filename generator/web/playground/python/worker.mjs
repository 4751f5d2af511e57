// Python in a worker: starts Pyodide with exactly the bytes that the page has checked and handed over.
//
// It starts from the memory of one that has imported the playground already, and hands messages to
// playground.browser, or to playground.advisor where the page only asks. Holds no provider, price or schema.

/** @import { AdvisorStart, PageMessage, WorkerMessage } from "../../types/playground.js" */
/** @import { PythonRuns } from "../../types/worker.js" */
/** @import { loadPyodide } from "pyodide" */

/** @typedef {NonNullable<Parameters<typeof loadPyodide>[0]>} Config */
/** @typedef {NonNullable<Config["createPyodideModule"]>} MakeModule */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const WASM = "pyodide.asm.wasm";
/** Bytes of the snapshot that Pyodide puts in place itself, its head among them. */
const HEAD = 4096;
/** @type {Record<string, string>} */
const TYPES = { wasm: "application/wasm", json: "application/json", mjs: "text/javascript" };
/** The page: who made the worker, or beyond its frame. @type {{ postMessage(text: string): void }} */
let page = self;
/**
 * By name, a file of the runtime, once the page has handed it over.
 * @type {Map<string, PromiseWithResolvers<Bytes>>}
 */
const files = new Map();
/** What Python answers with, once it is there. @type {PythonRuns | undefined} */
let runs;
/** Takes what came of a request that Python made. @type {PythonRuns["fetched"]} */
let heard = () => {};
/** Begins a run. @type {PythonRuns["start"]} */
let start = () => {};
/** Does as little as Python can; throws where it has ended. */
let beat = () => {};

// Where there is such a thing, Pyodide would try it, and the policy forbids it.
Object.assign(self, { importScripts: undefined });

/** @param {WorkerMessage} message */
const say = (message) => page.postMessage(JSON.stringify(message));

/** @param {string} name */
function file(name) {
  const content = files.get(name);
  if (!content) throw new Error(`the runtime's list has no ${name}`);
  return content.promise;
}

/** What gzip packed. Another worker gets the text of this function, too. @param {Bytes} content */
async function unpacked(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * The same in a thread of its own, since this one is busy until Python's memory is wanted; here, where no
 * other worker starts.
 * @param {Promise<Bytes>} coming
 * @returns {Promise<Bytes>}
 */
async function unpackedBeside(coming) {
  const script = `${unpacked}
    onmessage = async ({ data }) => {
      const whole = await unpacked(data);
      postMessage(whole, [whole.buffer]);
    };
    onunhandledrejection = ({ reason }) => reportError(reason);`;
  const address = URL.createObjectURL(new Blob([script], { type: TYPES.mjs }));
  /** @type {Worker | undefined} */
  let worker;
  try {
    const beside = (worker = new Worker(address));
    return await new Promise((resolve, reject) => {
      beside.onmessage = ({ data }) => resolve(data);
      beside.onerror = reject;
      coming.then((content) => beside.postMessage(content), reject);
    });
  } catch {
    return unpacked(await coming);
  } finally {
    worker?.terminate();
    URL.revokeObjectURL(address);
  }
}

/** A module of the runtime, from the bytes that were checked. @param {string} name */
async function imported(name) {
  const address = URL.createObjectURL(new Blob([await file(name)], { type: TYPES.mjs }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Let memory grow to so many bytes and no further: Python then raises MemoryError.
 * @param {number} most
 */
function bound(most) {
  const memory = WebAssembly.Memory.prototype;
  const { grow } = memory;
  /** @this {WebAssembly.Memory} @param {number} pages of 64 KiB */
  memory.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65536 > most) throw new RangeError("no more memory is allowed");
    return grow.call(this, pages);
  };
}

/** The catalog's text. @param {AdvisorStart} advisor */
async function catalogOf({ catalog }) {
  const response = await fetch(catalog);
  if (!response.ok) throw new Error(`the catalog could not be loaded (status ${response.status})`);
  return response.text();
}

/**
 * Pyodide with the snapshot's memory. What takes long is done side by side: its WebAssembly is compiled, its
 * module made, the snapshot unpacked.
 * @param {string} base
 */
async function startedPython(base) {
  const unpacking = unpackedBeside(file("snapshot.bin"));
  const compiling = file(WASM).then((content) => WebAssembly.compile(content));
  for (const promise of [unpacking, compiling]) promise.catch(() => {}); // awaited below
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await compiling;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  /** @type {[Promise<typeof import("pyodide")>, Promise<{ default: MakeModule }>]} */
  const modules = [imported("pyodide.mjs"), imported("pyodide.asm.mjs")];
  const [{ loadPyodide }, { default: make }] = await Promise.all(modules);
  // Pyodide asks for the snapshot before it makes its module, and reads it after.
  const head = new Uint8Array(HEAD);
  /** @type {MakeModule} */
  const createPyodideModule = async (settings) => {
    const module = await make(settings);
    const snapshot = await unpacking;
    head.set(snapshot.subarray(0, HEAD));
    const [, begin] = new Uint32Array(head.buffer); // where the memory does
    module.HEAPU8.set(snapshot.subarray(HEAD), HEAD - begin);
    return module;
  };
  const python = await loadPyodide({
    indexURL: base,
    _loadSnapshot: Promise.resolve(head),
    createPyodideModule,
  });
  WebAssembly.instantiateStreaming = instantiateStreaming;
  return python;
}

/** @param {Extract<PageMessage, { kind: "boot" }>} message */
async function boot({ base, files: names, advisor, memory }) {
  if (memory) bound(memory);
  const catalog = advisor && catalogOf(advisor);
  catalog?.catch(() => {}); // awaited below
  for (const name of names) files.set(name, Promise.withResolvers());
  const byNetwork = self.fetch.bind(self);
  self.fetch = async (target, options) => {
    const url = target instanceof Request ? target.url : String(target);
    const name = url.startsWith(base) ? url.slice(base.length) : "";
    if (!files.has(name)) return byNetwork(target, options);
    if (name === WASM) return new Response(); // it is compiled already
    const type = TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream";
    return new Response(await file(name), { headers: { "content-type": type } });
  };
  const started = startedPython(base);
  started.catch(() => {}); // awaited below
  await Promise.all([...files.keys()].map(file));
  say({ kind: "step", text: "Starting Python" });
  const python = await started;
  // A snapshot holds memory, not files: what is imported later is read from the wheels.
  python.FS.mkdir("/wheels");
  for (const name of files.keys()) {
    if (name.endsWith(".whl")) python.FS.writeFile(`/wheels/${name}`, await file(name));
  }
  // Every reader has the same memory, so the same random numbers would come.
  python.pyimport("random").seed();
  if (advisor) {
    say({ kind: "step", text: "Reading the catalog" });
    runs = python.pyimport("playground.advisor").Advisor.of(await catalog, advisor.today);
  } else {
    const post = (/** @type {string} */ text) => page.postMessage(text);
    /** @type {PythonRuns} */
    const made = python.pyimport("playground.browser").Runs(post, network);
    ({ fetched: heard, start } = made);
    runs = made;
  }
  beat = () => python.runPython("0");
  self.fetch = byNetwork;
  files.clear();
  say({ kind: "ready" });
}

/**
 * A request of Python's: what aborts it, the most milliseconds to wait, and what reads its answer.
 * @typedef {object} Exchange
 * @property {AbortController} controller
 * @property {number} limit
 * @property {ReadableStreamDefaultReader<Uint8Array>} [reader]
 * @property {string} [head] what Python has not heard of yet
 */

/** What is on its way, by the number that Python gave it. @type {Map<number, Exchange>} */
const exchanges = new Map();

/** No cookie, no address of this page. @type {RequestInit} */
const ALONE = { credentials: "omit", referrerPolicy: "no-referrer" };

/**
 * In place of a redirect, of which browsers say no more: to a GET what stands there, asked without a key.
 * @param {string} method @param {string} url @param {AbortSignal} signal
 */
async function moved(method, url, signal) {
  const there = method === "GET" && (await fetch(url, { ...ALONE, signal }).catch(() => null));
  return new Response(there ? there.body : null, { status: 308 });
}

/** Fetches for Python: one call over its border for a request, and one for each piece of an answer. */
const network = {
  /**
   * @param {number} number @param {string} method @param {string} url
   * @param {string} headers JSON
   * @param {string} body @param {number} seconds the longest wait for an answer or a piece of it
   */
  ask(number, method, url, headers, body, seconds) {
    const controller = new AbortController();
    /** @type {Exchange} */
    const exchange = { controller, limit: 1000 * seconds };
    exchanges.set(number, exchange);
    /** @type {RequestInit} */
    const options = {
      method,
      headers: JSON.parse(headers),
      body: body || undefined, // a GET must have none
      signal: controller.signal,
      ...ALONE,
      redirect: "manual", // it could carry the key elsewhere
      // A list of models is another one with another key, and must not wait for the one before it. For what
      // is not stored the browser would ask leave each time, so prompts go without.
      cache: method === "GET" ? "no-store" : "default",
    };
    // Once Python has given back control: a browser that is watched notes where each fetch comes from.
    const asked = Promise.resolve()
      .then(() => fetch(url, options))
      .then((found) => (found.type === "opaqueredirect" ? moved(method, url, controller.signal) : found));
    awaited(number, asked, (response) => {
      const { status, headers: named, body: stream } = /** @type {Response} */ (response);
      exchange.reader = stream?.getReader();
      // Python is woken once for both, the head and what comes first.
      exchange.head = JSON.stringify([status, Object.fromEntries(named)]);
      network.read(number);
    });
  },

  /** @param {number} number */
  read(number) {
    const reading = exchanges.get(number)?.reader?.read() ?? Promise.resolve({ done: true });
    awaited(number, reading, (read) => {
      const { done, value } = /** @type {ReadableStreamReadResult<Uint8Array>} */ (read);
      if (done) tell(number, "end", "");
      else tell(number, "piece", value);
    });
  },

  /** @param {number} number */
  abort(number) {
    exchanges.get(number)?.controller.abort();
    exchanges.delete(number);
  },
};

/**
 * Take what a request gives, in time and as long as Python wants it.
 * @param {number} number
 * @param {Promise<unknown>} promise
 * @param {(value: unknown) => void} use
 */
function awaited(number, promise, use) {
  const exchange = exchanges.get(number);
  const timer = setTimeout(() => tell(number, "late", ""), exchange?.limit);
  const isWanted = () => {
    clearTimeout(timer);
    return exchanges.get(number) === exchange;
  };
  promise.then(
    (value) => isWanted() && use(value),
    (error) => isWanted() && tell(number, "failed", error.message),
  );
}

/** @param {number} number @param {string} kind @param {string | Uint8Array} value */
function tell(number, kind, value) {
  const exchange = exchanges.get(number);
  const head = exchange?.head ?? "";
  if (exchange) exchange.head = "";
  try {
    heard(number, kind, value, head);
  } catch (error) {
    ended(error);
  }
}

/** @param {MessageEvent<PageMessage>} event */
function hear({ data }) {
  if (data.kind === "boot") boot(data).catch(({ message }) => say({ kind: "broken", message }));
  else if (data.kind === "file") files.get(data.name)?.resolve(data.content);
  else {
    try {
      take(data);
    } catch (error) {
      ended(error);
    }
  }
}

/** Python takes its own exceptions; what comes as far as here has ended it. @param {unknown} error */
function ended(error) {
  const { message } = /** @type {Error} */ (error);
  say({ kind: "broken", message: `Python ended (${message.split("\n", 1)[0].slice(0, 200)})` });
}

self.onmessage = (/** @type {MessageEvent<PageMessage>} */ event) => {
  const [port] = event.ports;
  if (!port) {
    hear(event);
    return;
  }
  // A frame made this worker for the page, and hands over the way to it.
  page = port;
  port.onmessage = hear;
};

/** @param {Exclude<PageMessage, { kind: "boot" | "file" }>} data */
function take(data) {
  if (!runs) throw new Error(`it was asked to ${data.kind} before it was ready`);
  if (data.kind === "run") start(data.id, data.text);
  else if (data.kind === "stop") runs.stop(data.id);
  else if (data.kind === "steer") runs.steer(data.id, data.text);
  else if (data.kind === "local") runs.local(data.id, data.piece ?? undefined);
  else if (data.kind === "answered") runs.answered(data.number, data.text);
  else if (data.kind === "ask") {
    // What Python says is an object of JSON already: two more fields are put before its own.
    page.postMessage(`{"kind":"answer","number":${data.number},${runs.ask(data.text).slice(1)}`);
  } else {
    beat();
    say({ kind: "pong" });
  }
}
