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
from pathlib import Path, PurePath
from typing import Any

import brotli

from generator.site.assets import compact
from generator.site.detail.build_cache import holds
from generator.site.hosting.compression import compressed_once

MANIFEST = "build.json"
#: Who made the site, as the manifest says it.
GENERATOR = "model-almanac"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What of the site lies in the last one's folder still; `names` gets those of compressed files, too."""

    folder: Path
    names: set[str]


def finish(
    site: Path, docs: Path, catalog: str, cache: Path, *, compress: bool, left: Left | None = None
) -> Finished:
    """Compress the files of a built site and write its manifest; `catalog` is its folder of data in the site.

    `cache` holds what was compressed with much effort, by its content. What a site owner has compressed in
    `docs` stays as it is. Where files are `left` elsewhere, nothing is written there.
    """
    (site / MANIFEST).unlink(missing_ok=True)
    for path in _files(site):
        if path.suffix in (".br", ".gz") and path.with_suffix("").is_file() and not _own(path, site, docs):
            path.unlink()
    paths = {path.relative_to(site).as_posix(): path for path in _files(site)}
    if left:
        paths |= {name: left.folder / name for name in left.names}
    names = sorted(paths)
    small = _Compressed(site, docs, cache, left) if compress else None
    # Both compressors let go of the interpreter's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = list(pool.map(lambda name: _finish(name, paths[name], small), names))
    manifest = {
        "format": FORMAT,
        "generator": {"name": GENERATOR, "version": version(GENERATOR)},
        "catalog": _catalog(site / catalog),
        "compressed": ["br", "gz"] if compress else [],
        "files": {name: entry for name, (entry, _) in zip(names, made, strict=True)},
    }
    (site / MANIFEST).write_bytes(compact(manifest) + b"\n")
    return Finished(
        files=len(names),
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


def _finish(name: str, path: Path, compressed: _Compressed | None) -> tuple[dict[str, Any], int]:
    """A file's entry in the manifest, and the bytes that a browser is sent."""
    content = path.read_bytes()
    entry = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return entry, compressed.put(name, content) if compressed else len(content)


@dataclass(frozen=True, slots=True)
class _Compressed:
    """Where the compressed files go."""

    site: Path
    docs: Path
    cache: Path
    left: Left | None

    def put(self, name: str, content: bytes) -> int:
        """Put what is worth it beside a file, and return how many bytes a browser is sent."""
        if PurePath(name).suffix not in TEXT or len(content) < LEAST_BROTLI:
            return len(content)
        # What is named by its content stays for many builds, and weighs most in a first visit.
        lasting = name.startswith(IMMUTABLE)
        small = compressed_once(content, self.cache) if lasting else brotli.compress(content, quality=5)
        self._write(name, ".br", small)
        if len(content) >= LEAST_GZIP:
            self._write(name, ".gz", gzip.compress(content, 9 if lasting else 6, mtime=0))
        return len(small)

    def _write(self, of: str, ending: str, content: bytes) -> None:
        name = f"{of}{ending}"
        if (self.docs / name).is_file():  # a site owner's
            return
        if self.left and of in self.left.names and holds(self.left.folder / name, content):
            self.left.names.add(name)
            return
        target = self.site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
