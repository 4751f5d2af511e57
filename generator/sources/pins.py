"""Which exact package carries a source: pins.json, one entry for each source that one carries.

Only package, version and hash stand there, no address: the package comes from wherever pip and npm are told
to look. `almanac pins --update` writes it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import msgspec

from generator.errors import EditError

PINS_FILE = Path(__file__).parent / "pins.json"
NAMES = {
    "pypi": re.compile(r"[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?"),
    "npm": re.compile(r"(@[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*"),
}
VERSION = re.compile(r"\d[\w.+-]*")
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


class Registry(StrEnum):
    """Who hands the package out: Python's index through pip, or npm's registry through npm."""

    PYPI = "pypi"
    NPM = "npm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Files of one exact package; `published` is the day the package was uploaded.

    `hash` is of the whole package as its registry writes it: `sha256:` in hexadecimal for a wheel, `sha512-`
    in base64 for npm's tarball (there `dist.integrity`). `files` are paths inside the package, `*` standing
    for any name in its folder; more than one file comes as a bundle (`bundle.py`). `wheel` is the file's name
    where Python's index has several. Raises ValueError where a field is none of that.
    """

    package: str
    version: str
    published: date
    hash: str
    files: tuple[str, ...]
    registry: Registry = Registry.PYPI
    wheel: str = ""

    def __post_init__(self) -> None:
        if not NAMES[self.registry].fullmatch(self.package):
            raise ValueError(f"{self.package!r} is no name of a package; write it as {self.registry} does")
        if not VERSION.fullmatch(self.version):
            raise ValueError(f"{self.version!r} is no version; write one exact version")
        if not _is_hash(self.registry, self.hash):
            wanted = (
                "sha256:… (64 digits)" if self.registry == Registry.PYPI else "sha512-… (npm's integrity)"
            )
            raise ValueError(f"{self.hash!r:.60} is no hash of a package; write {wanted}")
        if (self.registry == Registry.PYPI) != self.wheel.endswith(".whl") or "/" in self.wheel:
            raise ValueError(f"wheel is {self.wheel!r}; a Python package needs its wheel's name, others none")
        if not self.files:
            raise ValueError("files is empty; name at least one path inside the package")
        for path in self.files:
            if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
                raise ValueError(f"{path!r} leads out of the package; write a path inside it")

    @property
    def sha256(self) -> str:
        """The wheel's sha256 in hexadecimal; empty where the registry hashes in another way."""
        return self.hash.removeprefix("sha256:") if self.registry == Registry.PYPI else ""

    @property
    def bundles(self) -> bool:
        """Whether its files come as a bundle, not as one file's bytes."""
        return len(self.files) > 1 or "*" in self.files[0]

    def wants(self, path: str) -> bool:
        """Whether the source reads this file of the package."""
        return any(_fits(path, pattern) for pattern in self.files)

    def lacking(self, paths: Collection[str]) -> str:
        """The first of `files` that none of these paths is; empty where all are there."""
        return next((name for name in self.files if not any(_fits(path, name) for path in paths)), "")


def _fits(path: str, pattern: str) -> bool:
    """A `*` stays in its folder."""
    return path.count("/") == pattern.count("/") and fnmatchcase(path, pattern)


def _is_hash(registry: Registry, text: str) -> bool:
    if registry == Registry.PYPI:
        return SHA256.fullmatch(text) is not None
    try:
        return text.startswith("sha512-") and len(base64.b64decode(text[7:], validate=True)) == 64
    except ValueError:
        return False


def load_pins(path: Path = PINS_FILE) -> dict[str, Pin]:
    """The pins by the ids of their sources. Raises EditError naming file, entry and what is wrong."""
    try:
        entries = msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, object]])
    except msgspec.MsgspecError as error:
        raise EditError(f"{path}: {error}; it holds an object for each source") from error
    known = {f.name for f in fields(Pin)}
    pins: dict[str, Pin] = {}
    for source, entry in entries.items():
        if unknown := entry.keys() - known:
            raise EditError(
                f"{path}: {source}: {', '.join(sorted(unknown))} is no field of a pin; "
                f"its fields are {', '.join(sorted(known))}"
            )
        try:
            pins[source] = msgspec.convert(entry, Pin)
        except msgspec.ValidationError as error:
            raise EditError(f"{path}: {source}: {error}") from error
    return pins


def save_pins(pins: Mapping[str, Pin], path: Path = PINS_FILE) -> None:
    """Write them all, in the order of their ids; whole or not at all."""
    rows = {source: _entry(pin) for source, pin in sorted(pins.items())}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(rows, indent=2) + "\n", "utf-8")
    part.replace(path)


def _entry(pin: Pin) -> dict[str, object]:
    row = asdict(pin) | {"published": str(pin.published)}
    return {"registry": row.pop("registry"), **{name: value for name, value in row.items() if value}}
