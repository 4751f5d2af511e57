"""benchmark_questions.yml: how many questions a benchmark has, and how its scores are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import Edited, read_edited, rows_of, text_field
from generator.errors import EditError

QUESTIONS_FILE = "benchmark_questions.yml"
_KEYS = {"benchmark", "n", "chance", "apart", "whole", "why"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The questions of one benchmark.

    `n` is how many there are, about; `chance` the share that guessing gets right. `apart` are settings that
    make another test of it, by the words they hold; `whole` subsets that are read as the whole of it.
    """

    n: int = 300
    chance: float = 0.0
    apart: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


def load_questions(path: Path) -> Mapping[str, Questions]:
    """benchmark_questions.yml by benchmark; empty where there is no file. Raises EditError naming the row."""
    if not path.exists():
        return {}
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of benchmarks (`- benchmark: …`)")
    rows: dict[str, Questions] = {}
    for where, row in rows_of(path, "", content, _KEYS):
        name = text_field(edited, f"{where}: benchmark", row.get("benchmark"))
        text_field(edited, f"{where}: why", row.get("why"))
        if name in rows:
            raise EditError(f"{path}: {where}: {name} has a row already; keep one of the two")
        rows[name] = _questions(edited, where, row)
    return rows


def _questions(edited: Edited, where: str, row: Mapping[str, Any]) -> Questions:
    n, chance = row.get("n", Questions().n), row.get("chance", 0.0)
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise EditError(f"{edited.path}: {where}: n is how many questions there are, not {n!r}")
    if isinstance(chance, bool) or not isinstance(chance, int | float) or not 0 <= chance < 1:
        raise EditError(f"{edited.path}: {where}: chance is a share from 0 to below 1, not {chance!r}")
    apart, whole = (_texts(edited, f"{where}: {key}", row.get(key, [])) for key in ("apart", "whole"))
    return Questions(n=n, chance=float(chance), apart=apart, whole=whole)


def _texts(edited: Edited, where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) and text for text in value):
        raise EditError(f"{edited.path}: {where}: must be a list of texts, not {value!r}")
    return tuple(value)
