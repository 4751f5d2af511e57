"""Reading start.yml, so that every fault names file, entry and fix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import read_edited, text_field
from generator.errors import EditError
from playground.spelling import did_you_mean

START_FILE = "start.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstMinute:
    """Models by the page's row and the id there; prompts by what they are called, the one filled in first."""

    models: tuple[tuple[str, str], ...] = ()
    examples: tuple[tuple[str, str], ...] = ()

    def for_page(self, rows: Sequence[str]) -> dict[str, Any]:
        """As a page with these rows begins; the first of them where it has none of these models."""
        start = [{"row": row, "model": model} for row, model in self.models if row in rows]
        return {
            "start": start or [{"row": row, "model": ""} for row in rows[:1]],
            "examples": [{"label": label, "prompt": prompt} for label, prompt in self.examples],
        }


def load_first_minute(path: Path) -> FirstMinute:
    """What start.yml says; nothing where there is no such file. Raises EditError naming the entry."""
    if not path.exists():
        return FirstMinute()
    edited = read_edited(path, {"models", "examples"})

    def pairs(place: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
        rows: dict[tuple[str, str], str] = {}
        for where, row in edited.rows(place, {first, second}):
            pair = (
                text_field(edited, f"{where}.{first}", row.get(first)),
                text_field(edited, f"{where}.{second}", row.get(second)),
            )
            if pair in rows:
                raise EditError(f"{path}: {where} is the same as {rows[pair]}; keep one of the two")
            rows[pair] = where
        return tuple(rows)

    return FirstMinute(
        models=pairs("models", "provider", "model"), examples=pairs("examples", "label", "prompt")
    )


def not_offered(folder: Path, first: FirstMinute, ids: Mapping[str, list[str]]) -> Iterator[str]:
    """Models that the page has not, a line for each; `ids` are the models that each of its rows offers."""
    for i, (row, model) in enumerate(first.models):
        where = f"{folder / START_FILE}: models[{i}]"
        if row not in ids:
            yield f"{where}: the playground calls no provider {row!r}{did_you_mean(row, ids)}"
        elif model not in ids[row]:
            yield f"{where}: {row} has no model {model!r} to chat with{did_you_mean(model, ids[row])}"
