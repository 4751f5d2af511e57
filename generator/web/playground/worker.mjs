// Python in a worker: checks every file of the runtime and starts Pyodide with exactly those bytes.
//
// It starts from the memory of one that has imported the playground already, and hands messages to
// playground.browser, or to playground.advisor where the page only asks. Holds no provider, price or schema.

/** @import { AdvisorStart, PageMessage, WorkerMessage } from "../types/playground.js" */
/** @import { Listed, PythonRuns } from "../types/worker.js" */

/** @type {Record<string, string>} */
const TYPES = { wasm: "application/wasm", json: "application/json", mjs: "text/javascript" };
/** What Python answers with, once it is there. @type {PythonRuns | undefined} */
let runs;
/** Does as little as Python can; throws where it has ended. */
let beat = () => {};

/** @param {WorkerMessage} message */
const say = (message) => postMessage(JSON.stringify(message));

/**
 * @param {string} base
 * @param {string} name
 * @param {Listed} listed
 * @param {(more: number) => void} progress bytes that came
 */
async function checked(base, name, { bytes, sha256 }, progress) {
  const response = await fetch(base + name);
  if (!response.ok) throw new Error(`${name} could not be loaded (status ${response.status})`);
  if (!response.body) throw new Error(`${name} could not be loaded (no content)`);
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > bytes) throw new Error(`${name} is larger than the runtime's list says`);
    content.set(value, at);
    at += value.length;
    progress(value.length);
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  if (at !== bytes || [...digest].map((b) => b.toString(16).padStart(2, "0")).join("") !== sha256) {
    throw new Error(`${name} does not match its checksum: it was altered or belongs to another version`);
  }
  return content;
}

/** @param {Uint8Array<ArrayBuffer>} content */
const unzipped = async (content) =>
  new Uint8Array(
    await new Response(
      new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip")),
    ).arrayBuffer(),
  );

/**
 * `wants` names what of the runtime's list this page needs that not every page does.
 * @param {string} base
 * @param {string[]} wants
 * @param {AdvisorStart} [advisor]
 */
async function boot(base, wants, advisor) {
  const catalog =
    advisor &&
    fetch(advisor.catalog).then((response) => {
      if (!response.ok) throw new Error(`the catalog could not be loaded (status ${response.status})`);
      return response.text();
    });
  catalog?.catch(() => {}); // awaited below
  const listed = await fetch(base + "runtime.json");
  if (!listed.ok) throw new Error(`the runtime's list could not be loaded (status ${listed.status})`);
  /** @type {{ files: Record<string, Listed> }} */
  const { files: all } = await listed.json();
  const needed = Object.entries(all).filter(([, file]) => !file.for || wants.includes(file.for));
  const files = Object.fromEntries(needed);
  const total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  /** @param {number} more */
  const progress = (more) => say({ kind: "progress", loaded: (loaded += more), total });
  // Each file is used as soon as it is checked, while the others still load.
  const contents = new Map(
    Object.entries(files).map(([name, file]) => [name, checked(base, name, file, progress)]),
  );
  const network = self.fetch.bind(self);
  self.fetch = async (target, options) => {
    const url = target instanceof Request ? target.url : String(target);
    const content = url.startsWith(base) && contents.get(url.slice(base.length));
    if (!content) return network(target, options);
    const type = TYPES[url.split(".").pop() ?? ""] ?? "application/octet-stream";
    return new Response(await content, { headers: { "content-type": type } });
  };
  const snapshot = contents.get("snapshot.bin");
  if (!snapshot) throw new Error("the runtime's list has no snapshot.bin");
  /** @type {Promise<typeof import("pyodide")>} */
  const pyodide = import(base + "pyodide.mjs");
  const started = pyodide.then(({ loadPyodide }) =>
    loadPyodide({ indexURL: base, _loadSnapshot: snapshot.then(unzipped) }),
  );
  started.catch(() => {}); // a file that failed its check is what is reported
  await Promise.all(contents.values());
  say({ kind: "step", text: "Starting Python" });
  const python = await started;
  // A snapshot holds memory, not files: what is imported later is read from the wheels.
  python.FS.mkdir("/wheels");
  for (const [name, content] of contents) {
    if (name.endsWith(".whl")) python.FS.writeFile(`/wheels/${name}`, await content);
  }
  // Every reader has the same memory, so the same random numbers would come.
  python.pyimport("random").seed();
  if (advisor) {
    say({ kind: "step", text: "Reading the catalog" });
    runs = python.pyimport("playground.advisor").Advisor.of(await catalog, advisor.today);
  } else runs = python.pyimport("playground.browser").Runs((/** @type {string} */ text) => postMessage(text));
  beat = () => python.runPython("0");
  self.fetch = network;
  contents.clear();
  say({ kind: "ready" });
}

self.onmessage = (/** @type {MessageEvent<PageMessage>} */ { data }) => {
  if (data.kind === "boot") {
    boot(data.base, data.wants, data.advisor).catch((error) =>
      say({ kind: "broken", message: error.message }),
    );
    return;
  }
  try {
    take(data);
  } catch (error) {
    // Python takes its own exceptions; what comes as far as here has ended it.
    const { message } = /** @type {Error} */ (error);
    say({ kind: "broken", message: `Python ended (${message.split("\n", 1)[0].slice(0, 200)})` });
  }
};

/** @param {Exclude<PageMessage, { kind: "boot" }>} data */
function take(data) {
  if (!runs) throw new Error(`it was asked to ${data.kind} before it was ready`);
  if (data.kind === "run") runs.start(data.id, data.text);
  else if (data.kind === "stop") runs.stop(data.id);
  else if (data.kind === "local") runs.local(data.id, data.piece ?? undefined);
  else if (data.kind === "ask")
    say({ kind: "answer", number: data.number, ...JSON.parse(runs.ask(data.text)) });
  else {
    beat();
    say({ kind: "pong" });
  }
}
