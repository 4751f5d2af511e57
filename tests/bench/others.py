"""JupyterLite's and marimo's pages in the browser, built here to be measured beside the playground.

Both load Pyodide from a content network. Here the same release comes from npm and its packages from PyPI,
by hash, so that every page is served alike. PyYAML is there without its compiled part, which PyPI lacks.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import yaml
from playwright.sync_api import Browser

from generator.site.runtime import CORE_FILES
from tests.bench.report import installed

HERE = Path(__file__).parent
NOTEBOOK = """import marimo
app = marimo.App()

@app.cell
def _():
    f"READY {1 + 1}"
    return
"""
#: What marimo's own lock adds to Pyodide's: the requirements of its wheel on this platform.
MARIMO = [
    "docutils",
    "itsdangerous",
    "jedi",
    "markdown",
    "msgspec",
    "narwhals",
    "packaging",
    "pygments",
    "pymdown-extensions",
    "python-multipart",
    "pyodide-http",
    "pyyaml",
    "tomlkit",
]
PAGES = {
    "JupyterLite": "jupyterlite/repl/index.html?kernel=python&execute=1&code=print(%22READY%22%2C1%2B1)",
    "marimo": "marimo/index.html",
}


def build(folder: Path) -> None:
    """Both sites under `folder`, each with its Pyodide beside it."""
    tools, wheels, sources = folder / "tools", folder / "wheels", folder / "sources"
    wheels.mkdir()
    sources.mkdir()
    python = str(installed(tools, HERE / "others.lock"))
    pip = [python, "-m", "pip", "-q", "--disable-pip-version-check"]
    platform = ["--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14"]
    locked = ["--no-deps", "--require-hashes", "-r", str(HERE / "wheels.lock")]
    subprocess.run(
        [*pip, "download", "--only-binary=:all:", *platform, *locked, "-d", str(wheels)], check=True
    )
    _pure_yaml(wheels)

    (sources / "notebook.py").write_text(NOTEBOOK)
    environment = os.environ | {"PATH": f"{tools / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    marimo = [str(tools / "bin/marimo"), "-q", "export", "html-wasm", str(sources / "notebook.py")]
    site = folder / "marimo"
    subprocess.run(
        [*marimo, "-o", str(site), "--mode", "run", "-f", "--no-sandbox"], env=environment, check=True
    )
    _pyodide(site / "pyodide", "pyodide-marimo", wheels)
    worker = next((site / "assets").glob("worker-*.js"))
    own = "${self.location.origin}/marimo/pyodide/"
    worker.write_text(
        worker.read_text()
        .replace("https://cdn.jsdelivr.net/pyodide/${e.pyodideVersion}/full/", own)
        .replace(
            "https://wasm.marimo.app/pyodide-lock.json?v=${e.version}&pyodide=${e.pyodideVersion}",
            own + "pyodide-lock.json",
        )
    )

    site = folder / "jupyterlite"
    jupyter = [python, "-m", "jupyterlite_core.app", "build", "--output-dir", str(site)]
    subprocess.run([*jupyter, "--apps", "repl"], cwd=sources, check=True, capture_output=True)
    _pyodide(site / "static/pyodide", "pyodide-jupyterlite", wheels)
    settings = site / "jupyter-lite.json"
    content = json.loads(settings.read_text())
    kernel = content["jupyter-config-data"]["litePluginSettings"]
    kernel["@jupyterlite/pyodide-kernel-extension:kernel"]["pyodideUrl"] = "./static/pyodide/pyodide.mjs"
    settings.write_text(json.dumps(content))


def opened(
    browser: Browser, address: str, playground: str, script: str, rounds: int
) -> dict[str, list[float]]:
    """Milliseconds from asking for a page to its Python: cold in a fresh profile, warm with its cache.

    `script` touches the playground at once and waits for its Python.
    """

    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name in ("this playground", *PAGES):
            context = browser.new_context()
            page = context.new_page()
            for state in ("cold", "warm"):
                begun = time.perf_counter()
                if name in PAGES:
                    page.goto(f"{address}/{PAGES[name]}", wait_until="commit")
                    page.get_by_text("READY 2").first.wait_for(timeout=120_000)
                else:
                    page.goto(f"{playground}/playground/", wait_until="commit")
                    page.locator(".pane").first.wait_for()
                    page.evaluate(script)
                found.setdefault(f"{name}, {state}", []).append((time.perf_counter() - begun) * 1000)
                page.goto("about:blank")
            context.close()
    return found


def _pyodide(folder: Path, package: str, wheels: Path) -> None:
    """One release of Pyodide, its lock cut down to the wheels that are here and pointing at them."""
    folder.mkdir(parents=True)
    release = HERE / "node_modules" / package
    for name in CORE_FILES:
        shutil.copyfile(release / name, folder / name)
    lock = json.loads((release / "pyodide-lock.json").read_text())
    known, packages = lock["packages"], {}
    for wheel in wheels.glob("*.whl"):
        shutil.copyfile(wheel, folder / wheel.name)
        name, version = wheel.name.split("-")[:2]
        name = _normal(name)
        entry = known.get(name, {})
        packages[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": entry.get("imports", [name.replace("-", "_")]),
            "depends": [_normal(d) for d in entry.get("depends", [])],
            "unvendored_tests": False,
        }
    packages["marimo-base"] |= {"imports": ["marimo"], "depends": MARIMO}
    for entry in packages.values():
        entry["depends"] = [d for d in entry["depends"] if d in packages]
    (folder / "pyodide-lock.json").write_text(json.dumps(lock | {"packages": packages}))


def _pure_yaml(wheels: Path) -> None:
    version = yaml.__version__
    name = f"pyyaml-{version}"
    with zipfile.ZipFile(wheels / f"{name}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in sorted(Path(yaml.__file__).parent.glob("*.py")):
            wheel.write(path, f"yaml/{path.name}")
        info = f"{name}.dist-info"
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: pyyaml\nVersion: {version}\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
