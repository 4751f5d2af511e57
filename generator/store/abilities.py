"""abilities.json: how able models are, as the last fit left it. A build only reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.errors import CatalogError
from generator.plain_file import plain_bytes
from generator.store.replaced import replace_file
from playground.ability import Abilities
from playground.ability.ability_json import abilities_from_json, abilities_to_json

ABILITIES_FILE, JUDGED_FILE = "abilities.json", "ability_judged.json"
#: Of the judgement's rows the one that is also told by task.
ALL_FOLDS = "cells, all folds"


class _Task(msgspec.Struct, rename={"cover": "cover 80"}):
    """Scores of one task that were hidden."""

    scores: int
    error: float
    cover: float


class _Pairs(msgspec.Struct, rename={"share": "said"}):
    """The share of pairs of which one is called better, and that of these which is right."""

    share: float | None = None
    right: float | None = None


class _Hidden(
    msgspec.Struct,
    rename={
        "of_year": "error, models of this year",
        "by_mean": "error, benchmark mean",
        "by_nearest": "error, nearest model",
        "by_family": "error, last of the family",
        "tasks": "by task",
    },
):
    """Scores that were hidden in one way, and how far off the fit was."""

    scores: int
    error: float | None = None
    of_year: float | None = None
    by_mean: float | None = None
    by_nearest: float | None = None
    by_family: float | None = None
    cover: dict[str, float | None] = {}
    tasks: dict[str, _Task] = {}
    pairs: _Pairs = msgspec.field(default_factory=_Pairs)


class _Agreement(msgspec.Struct):
    models: int
    rho: float | None
    interval: tuple[float, float] | None = None
    task: str = ""


class _Decided(msgspec.Struct, rename={"first": "pairs of the first 15"}):
    models: int
    measured: int
    pairs: float
    first: float


class _Judged(
    msgspec.Struct,
    rename={
        "agreement_ever": "agreement, all years",
        "indices_ever": "indices, all years",
    },
):
    """What pages read of the judgement."""

    cells: int
    models: int
    benchmarks: int
    hidden: dict[str, _Hidden]
    decided: _Decided
    agreement: dict[str, _Agreement] = {}
    agreement_ever: dict[str, _Agreement] = {}
    indices: dict[str, _Agreement] = {}
    indices_ever: dict[str, _Agreement] = {}


def load_abilities(folder: Path) -> Abilities:
    """The abilities of a catalog's models; none where nothing was fitted. Raises CatalogError."""
    path = folder / ABILITIES_FILE
    try:
        return abilities_from_json(msgspec.json.decode(plain_bytes(path)))
    except FileNotFoundError:
        return Abilities()
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise CatalogError(
            f"{path}: is not what a fit writes ({error}); make it again: almanac abilities"
        ) from error


def abilities_bytes(abilities: Abilities) -> bytes:
    """The file's content: a line for each benchmark and each model, so that a diff shows what moved."""
    content = abilities_to_json(abilities)
    parts = [f" {_text(name)}: {_value(value)}" for name, value in content.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def save_abilities(folder: Path, abilities: Abilities) -> None:
    """Put new abilities in the place of the old ones, whole or not at all. Raises SetupError."""
    replace_file(folder / ABILITIES_FILE, abilities_bytes(abilities))


def load_judged(folder: Path) -> Mapping[str, Any]:
    """How well hidden scores were foretold; empty where nobody asked. Raises CatalogError."""
    path = folder / JUDGED_FILE
    try:
        content = msgspec.json.decode(plain_bytes(path), type=dict[str, Any])
        if content and ALL_FOLDS not in msgspec.convert(content, _Judged).hidden:
            raise ValueError(f"hidden has no {ALL_FOLDS!r}")
    except FileNotFoundError:
        return {}
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise CatalogError(
            f"{path}: is not what a judgement writes ({error}); make it again: almanac abilities --judge"
        ) from error
    return content


def save_judged(folder: Path, figures: Mapping[str, Any]) -> None:
    """Put new figures of the judgement in the place of the old ones. Raises SetupError."""
    replace_file(folder / JUDGED_FILE, judged_bytes(figures))


def judged_bytes(figures: Mapping[str, Any]) -> bytes:
    """The content of the judgement's file."""
    return msgspec.json.format(msgspec.json.encode(figures), indent=1) + b"\n"


def _value(value: Any) -> str:
    if not isinstance(value, dict) or not any(isinstance(one, dict) for one in value.values()):
        return _text(value)
    rows = ",\n".join(f"  {_text(name)}: {_text(one)}" for name, one in value.items())
    return f"{{\n{rows}\n }}"


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
