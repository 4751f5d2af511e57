// Python in a worker: checks every file of the runtime by its sha256, starts Pyodide with exactly those bytes,
// from the memory of one that has imported the playground already, and hands messages to playground.browser, or
// to playground.advisor where the page only asks. Holds no provider, price or schema.

const TYPES = { wasm: "application/wasm", json: "application/json", mjs: "text/javascript" };
let runs;

const say = (message) => postMessage(JSON.stringify(message));

async function checked(base, name, { bytes, sha256 }, progress) {
  const response = await fetch(base + name);
  if (!response.ok) throw new Error(`${name} could not be loaded (status ${response.status})`);
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const reader = response.body.getReader(); ; ) {
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

const unzipped = async (content) =>
  new Uint8Array(
    await new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer(),
  );

async function boot(base, advisor) {
  const catalog = advisor && fetch(advisor.catalog).then((response) => {
    if (!response.ok) throw new Error(`the catalog could not be loaded (status ${response.status})`);
    return response.text();
  });
  catalog?.catch(() => {}); // awaited below
  const listed = await fetch(base + "runtime.json");
  if (!listed.ok) throw new Error(`the runtime's list could not be loaded (status ${listed.status})`);
  const { files } = await listed.json();
  const total = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const progress = (more) => say({ kind: "progress", loaded: (loaded += more), total });
  // Each file is used as soon as it is checked, while the others still load.
  const contents = new Map(
    Object.entries(files).map(([name, file]) => [name, checked(base, name, file, progress)]),
  );
  const network = self.fetch.bind(self);
  self.fetch = async (target, options) => {
    const url = String(target?.url ?? target);
    const content = url.startsWith(base) && contents.get(url.slice(base.length));
    if (!content) return network(target, options);
    const type = TYPES[url.split(".").pop()] ?? "application/octet-stream";
    return new Response(await content, { headers: { "content-type": type } });
  };
  const started = import(base + "pyodide.mjs").then(({ loadPyodide }) =>
    loadPyodide({
      indexURL: base,
      checkIntegrity: true,
      _loadSnapshot: contents.get("snapshot.bin").then(unzipped),
    }),
  );
  started.catch(() => {}); // a file that failed its check is what is reported
  await Promise.all(contents.values());
  say({ kind: "step", text: "Starting Python" });
  const python = await started;
  // A snapshot holds memory, not files: what is imported later is read from the wheels.
  python.FS.mkdir("/wheels");
  for (const name of contents.keys()) {
    if (name.endsWith(".whl")) python.FS.writeFile(`/wheels/${name}`, await contents.get(name));
  }
  // Every reader has the same memory, so the same random numbers would come.
  python.pyimport("random").seed();
  if (advisor) {
    say({ kind: "step", text: "Reading the catalog" });
    runs = python.pyimport("playground.advisor").Advisor.of(await catalog, advisor.today);
  } else runs = python.pyimport("playground.browser").Runs((text) => postMessage(text));
  self.fetch = network;
  contents.clear();
  say({ kind: "ready" });
}

self.onmessage = ({ data }) => {
  if (data.kind === "boot") boot(data.base, data.advisor).catch((error) => say({ kind: "broken", message: error.message }));
  else if (data.kind === "run") runs.start(data.text);
  else if (data.kind === "stop") runs.stop(data.id);
  else if (data.kind === "local") runs.local(data.id, data.piece ?? undefined);
  else if (data.kind === "ask") say({ kind: "answer", number: data.number, ...JSON.parse(runs.ask(data.text)) });
};
