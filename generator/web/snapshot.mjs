// Starts Python, imports all that the playground's modules import, writes its memory to FOLDER/snapshot.bin.
//
// That file is gzip; a page that begins with it need not import them again.
//   node snapshot.mjs FOLDER
// The same files give the same bytes: while Python starts here, clocks stand still and nothing is random. So
// the page seeds `random` anew; keys and nonces come from the browser (os.urandom), not from memory.
import crypto from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { gzipSync } from "node:zlib";

/** The first day that a zip can name. */
const DAY = Date.UTC(1980, 0, 1);
const folder = process.argv[2];
process.argv.length = 1; // they would stand in Python's memory

/** @template {ArrayBufferView} View @param {View} view @returns {View} */
const zeros = (view) => {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0);
  return view;
};
crypto.randomFillSync = zeros;
crypto.webcrypto.getRandomValues = zeros;
syncBuiltinESMExports();
Math.random = () => 0;
Date.now = () => DAY;
performance.now = () => 0;

const { loadPyodide } = await import("pyodide");
const python = await loadPyodide({
  indexURL: `${folder}/`,
  env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
  _makeSnapshot: true,
});
python.FS.mkdir("/wheels");
for (const name of readdirSync(folder)
  .filter((file) => file.endsWith(".whl"))
  .sort()) {
  python.FS.writeFile(`/wheels/${name}`, readFileSync(`${folder}/${name}`));
}
// loadPackage would leave an object of JavaScript in the memory, which a snapshot cannot hold.
python.runPython(`
import gc, glob, importlib, pkgutil, sys
sys.path += sorted(glob.glob("/wheels/*.whl"))
import playground
# The one module that imports js, which is the worker's; and what one page asks for or none.
left = ("playground.browser", "playground.evaluate", "playground.lifecycle.", "playground.naming")
left += ("playground.run.cell", "playground.run.code", "playground.run.export", "playground.run.record")
left += ("playground.decide.decision_record", "playground.decide.own.", "playground.versus.")
for module in pkgutil.walk_packages(playground.__path__, "playground."):
    if not module.name.startswith(left):
        importlib.import_module(module.name)
del module, left
gc.collect()
`);
writeFileSync(`${folder}/snapshot.bin`, gzipSync(python.makeMemorySnapshot(), { level: 9 }));
