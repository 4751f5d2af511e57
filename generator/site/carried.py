"""What a checkout makes by Node.js and npm, for a wheel to carry: `python -m generator.site.carried FOLDER`.

The folder holds what goes into web/ of the wheel: bundled scripts, the playground's Python, and of npm's
packages the files that are served or that say whose they are. An installed package then makes a site without
either program, and asks no registry for anything but the small model.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.errors import AlmanacError
from generator.site import frontend, runtime
from generator.site.hosting.notices import LICENCES

#: All that is bundled, in web/.
SCRIPTS = (
    *(f"site/{name}.mjs" for name in ("site", "search", "correct", "asked")),
    *(f"explorer/{name}.mjs" for name in ("explorer", "compare")),
    *(f"choose/{name}.mjs" for name in ("choose", "versus", "bill", "yours")),
    *(f"{page}/main.js" for page in ("playground", "evaluate")),
    *(f"{name}.mjs" for name in ("diff", "editor", "highlight", "maths")),
)
#: The packages that give more than bundled code.
_WHOLE = ("pyodide", *(frontend.package_of(f"node_modules/{name}") for name in frontend.VENDOR))


def carry(folder: Path, python: Path) -> None:
    """Fill a new folder; `python` is where the playground's Python is kept. Raises SetupError, OSError."""
    scripts = folder / frontend.SCRIPTS.name
    scripts.mkdir(parents=True)
    packages = {*_WHOLE, *(frontend.package_of(f"node_modules/{name}") for name in frontend.FONTS)}
    with tempfile.TemporaryDirectory() as cache:
        for source in SCRIPTS:
            made = frontend.bundle(frontend.WEB / source, Path(cache))
            taken = frontend.packages(made)
            packages |= taken
            target = frontend.carried(frontend.WEB / source, scripts)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, target)
            # The bundler's report names folders of this machine.
            target.with_suffix(".json").write_text(json.dumps(sorted(taken)) + "\n", "utf-8")
    packages |= {inside for name in packages for inside in frontend.INSIDE.get(name, ())}
    for name in sorted({*frontend.FONTS, *frontend.VENDOR, *_papers(packages)}):
        target = folder / frontend.PACKAGES.name / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(frontend.PACKAGES / name, target)
    assembled = runtime.assemble(python)
    shutil.copytree(assembled, folder / runtime.CARRIED.name / assembled.name)


def _papers(packages: Iterable[str]) -> Iterator[str]:
    """What says of a package which version it is and under which licence."""
    for package in packages:
        for path in (frontend.PACKAGES / package).iterdir():
            if path.name == "package.json" or (path.is_file() and path.name.lower().startswith(LICENCES)):
                yield f"{package}/{path.name}"


def main() -> int:
    """Fill the folder anew."""
    folder = Path(sys.argv[1])
    shutil.rmtree(folder, ignore_errors=True)
    try:
        carry(folder, Path(".cache/runtime"))
    except AlmanacError as error:
        sys.stderr.write(f"model-almanac: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
