"""The chooser held against whom an expert would put first: one verdict for each need."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from generator import store
from generator.store.abilities import ABILITIES_FILE, abilities_bytes, load_abilities
from playground.ability import Abilities
from playground.catalog import Catalog, Support
from playground.catalog.packed import pack, unpack
from playground.decide.candidate import Candidate
from playground.decide.chooser import Chooser
from playground.need.reader import read_need

HERE = Path(__file__).parent
#: The catalog and its abilities as they were when the needs were last judged: a refresh does not move it.
FROZEN = HERE / "frozen.tar.xz"
#: The day for which the needs were answered.
DAY = date(2026, 11, 27)
#: Names in plain words, as needs.yml has them, and what the catalog calls them.
PROVIDERS = {"aws-bedrock": "amazon-bedrock"}
#: Quality is ability here, whatever index the expert had in mind, and no source says how fast any is.
LEFT_OUT = ("benchmark", "min_score", "speed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The first model for a need (empty: nobody), and what the expert says of it.

    `listed`: it is among those accepted. `stated`: it is right by the expert's own words under a condition
    that holds (conditions.yml). `never`: it may not be first.
    """

    need: str
    first: str
    listed: bool
    stated: bool
    never: bool

    @property
    def right(self) -> bool:
        return self.listed or self.stated


def rows(name: str) -> Sequence[dict[str, Any]]:
    """The needs of a file."""
    read: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text())["needs"]
    return read


@cache
def stated() -> dict[str, dict[str, Any]]:
    """What the words of questions ask for that parts of a need say now."""
    read: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "stated.yml").read_text())
    return read


@cache
def conditions() -> dict[str, dict[str, Any]]:
    """The conditions under which the expert's own words make another first right."""
    read: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "conditions.yml").read_text())
    return read


def parts_of(row: dict[str, Any]) -> dict[str, Any]:
    """A need's parts as the chooser takes them."""
    parts = {name: value for name, value in row["need"].items() if name not in LEFT_OUT}
    parts |= stated().get(row["id"], {}).get("need", {})
    if "providers" in parts:
        parts["providers"] = [PROVIDERS.get(name, name) for name in parts["providers"]]
    return parts


def verdicts(name: str, catalog: Catalog, abilities: Abilities) -> Iterator[Verdict]:
    """A verdict for each need of a file."""
    chooser = Chooser(catalog, DAY, abilities)
    for row in rows(name):
        need, faults = read_need(parts_of(row), catalog)
        assert faults == (), row["id"]
        leaders = chooser.answer(need, flips=0).leaders
        first = leaders[0].offering.model if leaders else ""
        yield Verdict(
            need=row["id"],
            first=first,
            listed=first in ([one["id"] for one in row["accept"]] or [""]),
            stated=bool(leaders) and _as_stated(row["id"], leaders[0]),
            never=first in [one["id"] for one in row["never"] if "id" in one]
            and not _is_barred_at_another_price(row["id"], leaders[0]),
        )


def _is_barred_at_another_price(need: str, first: Candidate) -> bool:
    barred = conditions().get(need, {}).get("never_at")
    return (
        barred is not None
        and barred["model"] == first.offering.model
        and first.offering.value("price.input") != barred["usd"]
    )


def _as_stated(need: str, first: Candidate) -> bool:
    condition = conditions().get(need)
    return (
        condition is not None
        and "verdict" in condition
        and any(v.constraint == condition["verdict"] and v.holds is Support.YES for v in first.verdicts)
    )


def freeze(folder: Path) -> None:
    """Keep the catalog of a folder as the one that the needs are judged by.

    As the catalog's own files, which every version reads, less what no choice looks at (packed.py).
    """
    whole, abilities = store.load(folder), load_abilities(folder)
    facts = unpack(pack(whole, "", str(whole.day), names={}, calls={}))
    files = [
        *store.render(replace(facts, sources=whole.sources), {}),
        (ABILITIES_FILE, abilities_bytes(abilities)),
    ]
    with tarfile.open(FROZEN, "w:xz", preset=9) as kept:
        for name, content in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            kept.addfile(entry, io.BytesIO(content))


@cache
def frozen() -> tuple[Catalog, Abilities]:
    """The frozen catalog and its abilities."""
    with TemporaryDirectory() as name, tarfile.open(FROZEN) as kept:
        kept.extractall(name, filter="data")
        return store.load(Path(name)), load_abilities(Path(name))
