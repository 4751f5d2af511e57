"""A published site's catalog, brought into a folder: each file checked against the hash that the site names.

Files that are there already are not asked for again, and where the site cannot be reached the last good copy
serves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from generator.errors import FetchError, SetupError
from generator.fetch.fetched import Limits, complete
from generator.fetch.live import fetch_files
from generator.store.history import HISTORY_FILE

PATIENCE = Limits()
#: What lies beside the files that catalog.json names, and is needed to read names and tell changes.
BESIDE = ("identity.yml", HISTORY_FILE)
#: What tells how able models are, and what needs and pairs people named: not every site has it.
WHERE_THERE = ("abilities.json", "needs.yml", "versus.yml")


def mirror(site: str, cache: Path, limits: Limits = PATIENCE) -> tuple[Path, str]:
    """The folder with the site's catalog, and why it is not today's; empty where it is.

    Raises FetchError where there is neither the site nor a copy, SetupError for what is no address.
    """
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SetupError(f"{site!r} is no address of a site; write it like https://almanac.example/")
    base = site.rstrip("/") + "/catalog/"
    folder = cache / "sites" / hashlib.sha256(base.encode()).hexdigest()[:16]
    try:
        _bring(base, folder, cache, limits)
    except FetchError as error:
        if not (folder / "catalog.json").is_file():
            raise
        return folder, str(error)
    except OSError as error:
        raise SetupError(f"{folder}: cannot be written ({error}); set ALMANAC_CACHE to another") from error
    return folder, ""


def _bring(base: str, folder: Path, cache: Path, limits: Limits) -> None:
    (index,) = complete(fetch_files([base + "catalog.json"], cache, limits)).values()
    files = _files(index, base)
    lacking = [name for name, sha256 in files.items() if _sha256(folder / name) != sha256]
    wanted = [base + name for name in (*lacking, *BESIDE)]
    contents = complete(fetch_files(wanted, cache, limits))
    for name in lacking:
        if hashlib.sha256(contents[base + name]).hexdigest() != files[name]:
            raise FetchError(
                f"{base}{name} is not the file that catalog.json names (sha256 differs): the site was "
                "replaced meanwhile; try again"
            )
    for name in WHERE_THERE:
        try:
            contents |= complete(fetch_files([base + name], cache, limits))
        except FetchError:  # what was copied before is better than nothing
            continue
    # The index comes last: a copy that was cut off is found out by its hashes and completed next time.
    for name in (*lacking, *BESIDE, *(n for n in WHERE_THERE if base + n in contents)):
        _write(folder / name, contents[base + name])
    _write(folder / "catalog.json", index)


def _files(index: bytes, base: str) -> Mapping[str, str]:
    try:
        files = json.loads(index)["files"]
        return {str(name): str(sha256) for name, sha256 in files.items() if _inside(name)}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FetchError(f"{base}catalog.json is no almanac's: {error}; look at the address") from error


def _inside(name: str) -> bool:
    """Whether it names a file below the folder."""
    return ".." not in name.split("/") and not name.startswith("/") and "\\" not in name


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
