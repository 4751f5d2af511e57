"""The built site as something to deploy: precompressed files, a manifest of all files."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import brotli

from generator.site.assets import compact
from generator.site.hosting.compression import compressed_once

MANIFEST = "build.json"
#: Raise it when the manifest's shape changes.
FORMAT = 1
#: What gains from compression; images, fonts, wheels and weights are compressed already.
TEXT = frozenset(
    f".{ending}"
    for ending in (
        *("atom", "css", "csv", "html", "ics", "js", "json", "jsonl", "map", "md", "mjs", "svg", "txt"),
        *("wasm", "webmanifest", "xml", "yml"),
    )
)
#: The least bytes that are worth a file beside it: most browsers take Brotli, and hosts have limits of files.
LEAST_BROTLI, LEAST_GZIP = 8_000, 20_000
#: The folders whose files are named by their content: the same address always has the same bytes.
IMMUTABLE = (
    "assets/choose/",
    "assets/explorer/",
    "assets/javascripts/",
    "assets/models/",
    "assets/playground/",
    "assets/runtime/",
    "assets/site/",
    "assets/style/",
    "assets/stylesheets/",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """What was finished: how many files of how many bytes, and what a browser is sent of those compressed."""

    files: int
    bytes: int
    brotli_bytes: int


def finish(site: Path, docs: Path, catalog: str, cache: Path, *, compress: bool) -> Finished:
    """Compress the files of a built site and write its manifest; `catalog` is its folder of data in the site.

    `cache` holds what was compressed with much effort, by its content. What a site owner has compressed in
    `docs` stays as it is.
    """
    (site / MANIFEST).unlink(missing_ok=True)
    for path in _files(site):
        if path.suffix in (".br", ".gz") and path.with_suffix("").is_file() and not _own(path, site, docs):
            path.unlink()
    paths = sorted(_files(site))
    # Both compressors let go of the interpreter's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(lambda path: _finish(path, site, docs, cache, compress=compress), paths))
    manifest = {
        "format": FORMAT,
        "generator": {"name": "model-almanac", "version": version("model-almanac")},
        "catalog": _catalog(site / catalog),
        "compressed": ["br", "gz"] if compress else [],
        "files": {
            path.relative_to(site).as_posix(): entry for path, (entry, _) in zip(paths, made, strict=True)
        },
    }
    (site / MANIFEST).write_bytes(compact(manifest) + b"\n")
    return Finished(
        files=len(paths),
        bytes=sum(entry["bytes"] for entry, _ in made),
        brotli_bytes=sum(sent for _, sent in made),
    )


def _files(site: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(site):
        names[:] = [name for name in names if not name.startswith(".")]
        yield from (Path(folder, name) for name in files)


def _catalog(folder: Path) -> dict[str, Any]:
    catalog = json.loads((folder / "catalog.json").read_bytes())
    sources = json.loads((folder / "sources.json").read_bytes())["sources"].values()
    return {"sha256": catalog["sha256"], "as_of": max((s["as_of"] for s in sources), default=None)}


def _own(path: Path, site: Path, docs: Path) -> bool:
    """Whether it is a site owner's file, and none that is made here."""
    return (docs / path.relative_to(site)).is_file()


def _finish(path: Path, site: Path, docs: Path, cache: Path, *, compress: bool) -> tuple[dict[str, Any], int]:
    """A file's entry in the manifest, and the bytes that a browser is sent."""
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    entry = {"bytes": len(content), "sha256": sha256}
    if not compress or path.suffix not in TEXT or len(content) < LEAST_BROTLI:
        return entry, len(content)
    # What is named by its content stays for many builds, and weighs most in a first visit.
    lasting = path.relative_to(site).as_posix().startswith(IMMUTABLE)
    small = compressed_once(content, cache) if lasting else brotli.compress(content, quality=5)
    beside = path.with_name(f"{path.name}.br")
    if not _own(beside, site, docs):
        beside.write_bytes(small)
    beside = path.with_name(f"{path.name}.gz")
    if len(content) >= LEAST_GZIP and not _own(beside, site, docs):
        beside.write_bytes(gzip.compress(content, 9 if lasting else 6, mtime=0))
    return entry, len(small)
