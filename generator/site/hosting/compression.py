"""Files compressed with the most effort, once: what they become is kept by their content.

The largest come from npm as they are, and take longer than all else that a first build does. So processes of
their own can begin with them before the site is there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import get_ident

import brotli

from generator.site import frontend
from generator.site.runtime import CARRIED, CORE

#: What is served as it comes and takes longest: Python (of a checkout or an installed package), llama.cpp.
LARGEST = (
    CORE / "pyodide.asm.wasm",
    *CARRIED.glob("*/pyodide.asm.wasm"),
    frontend.PACKAGES / "@wllama/wllama/esm/wasm/wllama.wasm",
)


def compressed_once(content: bytes, cache: Path) -> bytes:
    """The content by Brotli, from the folder `cache` where it was compressed before."""
    path = _place(content, cache)
    try:
        return path.read_bytes()
    except OSError:
        small: bytes = brotli.compress(content, quality=11)
        # Two files may have the same content, and two builds run at once.
        cache.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}-{get_ident()}.part")
        part.write_bytes(small)
        part.replace(path)
        return small


@contextmanager
def begun(cache: Path) -> Iterator[None]:
    """Let processes of their own compress the largest files meanwhile; leaving waits for them."""
    files = [p for p in LARGEST if p.is_file() and not _place(p.read_bytes(), cache).is_file()]
    command = [sys.executable, "-m", "generator.site.hosting.compression", str(cache)]
    with ExitStack() as stack:
        begun = [stack.enter_context(subprocess.Popen([*command, str(path)])) for path in files]  # noqa: S603 (our own arguments)
        try:
            yield
        except BaseException:
            for process in begun:
                process.terminate()
            raise


def _place(content: bytes, cache: Path) -> Path:
    return cache / f"{hashlib.sha256(content).hexdigest()}.br"


def main() -> None:
    """`python -m generator.site.hosting.compression CACHE FILE`."""
    if hasattr(os, "nice"):
        os.nice(5)  # what the site is made of comes first
    cache, path = map(Path, sys.argv[1:])
    compressed_once(path.read_bytes(), cache)


if __name__ == "__main__":
    main()
