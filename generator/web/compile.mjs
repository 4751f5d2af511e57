// Compiles the wheels and the standard library in a folder to .pyc, inside Pyodide itself: only there
// is the Python whose byte code the browser will run. pyodide-build does the work. Docstrings are left out
// (-OO): the playground reads none, and they would weigh in every first visit.
//   node compile.mjs FOLDER SITE_PACKAGES
import { loadPyodide } from "pyodide";

const [folder, packages] = process.argv.slice(2);
const python = await loadPyodide({ args: ["-OO"], env: { SOURCE_DATE_EPOCH: "315532800" } });
for (const [point, root] of [
  ["/folder", folder],
  ["/host", packages],
]) {
  python.FS.mkdir(point);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, point);
}
python.runPython(`
import sys
from pathlib import Path
sys.path.append("/host")
from pyodide_build._py_compile import _py_compile_archive_dir
_py_compile_archive_dir(Path("/folder"), keep=False, verbose=False, compression_level=9)
`);
