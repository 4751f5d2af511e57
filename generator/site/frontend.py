"""Files from npm, by lock: `python -m generator.site.frontend [FOLDER]` installs them, by default in web/."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from generator.errors import AlmanacError, SetupError
from generator.fetch.by_npm import npm

WEB = Path(__file__).parents[1] / "web"
PACKAGES = WEB / "node_modules"
#: Scripts as an installed package carries them, bundled, each with its npm packages; not in a checkout.
SCRIPTS = WEB / "scripts"
#: File in node_modules → its name in the site.
FONTS = {
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-ext.woff2",
    "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2": "mono.woff2",
}
#: Where scripts lie that a bundle may take in.
ROOMS = ("choose", "evaluate", "explorer", "playground", "site")
_PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
#: What the playground loads beside its own script, once it needs it.
VENDOR = {
    "markdown-it/dist/browser/markdown-it.esm.min.mjs": "markdown-it.mjs",
    "dompurify/dist/purify.min.js": "purify.js",
    "@wllama/wllama/esm/index.min.js": "wllama.js",
    "@wllama/wllama/esm/wasm/wllama.wasm": "wllama.wasm",
}
#: Package → those that the file of it above has in it.
INSIDE = {"markdown-it": ("entities", "linkify-it", "mdurl", "punycode.js", "uc.micro")}


def install(folder: Path = WEB) -> None:
    """Install what the folder's lock names, by its hashes. Raises SetupError with npm's last line."""
    result = subprocess.run(  # noqa: S603 (our own arguments)
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        last = (result.stderr or result.stdout).strip().splitlines()[-1:] or ["no message"]
        raise SetupError(
            f"npm could not install the front-end files ({last[0]}); "
            "check that npm reaches its registry, then run: make setup"
        )


def esbuild() -> Path:
    """The bundler's program for this machine. Raises SetupError."""
    program = next(PACKAGES.glob("@esbuild/*/bin/esbuild"), None) or next(
        PACKAGES.glob("@esbuild/*/esbuild.exe"), None
    )
    if program is None:
        raise SetupError("esbuild is missing; run: make setup")
    return program


def carried(source: Path, scripts: Path = SCRIPTS) -> Path:
    """Where an installed package has a script of web/, bundled."""
    return scripts / source.parent.name / f"{source.stem}.js"


def bundle(source: Path, cache: Path) -> Path:
    """A script of web/ with all it imports as one file, made once for its inputs. Raises SetupError."""
    if carried(source).is_file():
        return carried(source)
    inputs = [
        WEB / "package-lock.json",
        source,
        *(path for room in ROOMS for path in sorted((WEB / room).rglob("*.*js"))),
    ]
    made = cache / f"{source.stem}-{digest({str(i): p.read_bytes() for i, p in enumerate(inputs)})}.js"
    if made.is_file() and _report(made).is_file():
        return made
    part, report = made.with_suffix(f".{os.getpid()}.part"), _report(made).with_suffix(f".{os.getpid()}.part")
    result = subprocess.run(  # noqa: S603 (our own arguments)
        [
            *(str(esbuild()), str(source), "--bundle", "--minify", "--target=es2022"),
            *("--format=esm", "--legal-comments=inline", "--log-level=error"),
            "--external:./search.js",  # comes when search is opened
            *('--define:process.env.NODE_ENV="production"', f"--outfile={part}"),
            f"--metafile={report}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode or not part.is_file():
        last = (result.stderr or result.stdout).strip().splitlines()[:1] or ["no message"]
        raise SetupError(f"{source.name} could not be bundled ({last[0]}); run: make setup")
    report.replace(_report(made))
    part.replace(made)
    return made


def _report(made: Path) -> Path:
    return made.with_suffix(".meta.json")


def packages(made: Path) -> frozenset[str]:
    """The npm packages of which there is something in a bundle, as the bundler reports it."""
    if made.is_relative_to(SCRIPTS):
        return frozenset(json.loads(made.with_suffix(".json").read_text("utf-8")))
    outputs = json.loads(_report(made).read_text("utf-8"))["outputs"].values()
    taken = [name for each in outputs for name, part in each["inputs"].items() if part["bytesInOutput"]]
    return frozenset(package for name in taken if (package := package_of(name)))


def package_of(path: str) -> str:
    """The npm package that a file in a node_modules folder belongs to; empty where it is in none."""
    packages = _PACKAGE.findall(path)
    return str(packages[-1]) if packages else ""


def digest(files: Mapping[str, bytes]) -> str:
    """A short name for exactly these files, by their names and contents."""
    made = hashlib.sha256()
    for name, content in sorted(files.items()):
        made.update(f"{name}\0{len(content)}\0".encode() + content)
    return made.hexdigest()[:16]


def missing() -> list[str]:
    """The files that are not there yet."""
    return [name for name in {**FONTS, **VENDOR} if not (PACKAGES / name).is_file()]


def main() -> int:
    """`python -m generator.site.frontend`."""
    try:
        install(*map(Path, sys.argv[1:2]))
    except AlmanacError as error:
        sys.stderr.write(f"model-almanac: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
