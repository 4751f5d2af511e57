"""Whoever stands behind another that it beats by the figures shown says why, and † means what it says."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from generator.exports.chooser import advisor_for
from playground.advisor import Advisor
from tests.catalogs import abilities, committed
from tests.rounds import rounds

NAMED = {one["id"]: one["need"] for one in yaml.safe_load(Path("docs/catalog/needs.yml").read_text("utf-8"))}
TASKS = ("code", "agents", "reasoning", "writing", "vision", "knowledge", "long context")


@cache
def advisor() -> Advisor:
    return advisor_for(committed(), "0", abilities())


def any_need(chance: random.Random) -> dict[str, Any]:
    need: dict[str, Any] = {
        "input_tokens": chance.choice((200, 3000, 80_000)),
        "output_tokens": chance.choice((10, 600, 4000)),
        "requests": chance.choice((100, 50_000)),
        "cached": chance.choice((0, 0.5, 0.9)),
        "quality": chance.choice((0, 1, 1, 3, 9)),
        "cost": chance.choice((0, 1, 1, 4)),
        "support": chance.random() < 0.5,
        "keep_unknown": chance.random() < 0.5,
    }
    some = {
        "able": chance.choice(("simple", "everyday", "hard", "frontier")),
        "task": chance.choice(TASKS),
        "budget": chance.choice((5, 200, 10_000)),
        "must": [chance.choice(("vision", "tool_calls", "reasoning"))],
        "should": [chance.choice(("vision", "structured_output", "pdf"))],
        "zone": chance.choice(("eu", "us")),
        "open_weights": True,
        "accepted": True,
    }
    return need | {name: value for name, value in some.items() if chance.random() < 0.3}


class Figures(NamedTuple):
    """What stands beside a row: its cost in words, from what to what that is, and its ability."""

    cost: str
    least: float
    most: float
    able: float


def shown(row: Mapping[str, Any]) -> Figures | None:
    """The figures beside a row, read from its text; None where no end of its cost is known."""
    sums = [float(usd.replace(",", "")) for usd in re.findall(r"\$([\d,.]+)", row["cost"])]
    if not sums or not re.fullmatch(r"\$[\d,.]+( to \$[\d,.]+.*)?", row["cost"]):
        return None
    text = row.get("ability", {}).get("text", "untested").split()[0]
    return Figures(row["cost"], sums[0], sums[-1], float("-inf") if text == "untested" else float(text))


def beats(one: Figures, other: Figures) -> bool:
    alike = one.cost == other.cost
    if not (alike or one.most <= other.least) or one.able < other.able:
        return False
    return not alike or one.able > other.able


def unexplained(need: Mapping[str, Any]) -> Iterator[str]:
    rows = [(row, figures) for row in advisor().choose(need)["models"] if (figures := shown(row))]
    for place, (row, figures) in enumerate(rows):
        beaten = [above for above, others in rows[:place] if beats(figures, others)]
        if beaten and not row["behind"]:
            yield f"{row['name']} ({row['cost']}) stands without a word behind {beaten[-1]['name']}"
        if row["behind"] and not beaten:
            yield f"{row['name']} explains what nobody asks"
        for other, others in rows if row["front"] else ():
            # To the last digit: of two that cost as much to a cent one may be cheaper.
            exact = other["month"]["low"] <= row["month"]["low"] and other["wished"] >= row["wished"]
            if beats(others, figures) and exact:
                yield f"{row['name']} has †, and {other['name']} beats it"


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_row_of_a_named_need_says_why_it_stands_behind_one_it_beats(name: str) -> None:
    assert list(unexplained(NAMED[name])) == []


def test_so_does_a_row_of_any_need() -> None:
    chance = random.Random(23)
    needs = [any_need(chance) for _ in rounds(100, 25)]
    wrong = [f"{need}: {one}" for need in needs for one in unexplained(need)]
    assert wrong == []


def test_the_reason_is_what_the_order_goes_by() -> None:
    rows = [row for need in NAMED.values() for row in advisor().choose(need)["models"]]
    whys = [row["behind"] for row in rows if row["behind"]]
    assert any("the low end" in why for why in whys)
    for row in rows:
        if "the low end" in row["behind"] and "only its lab" not in row["behind"]:
            assert f"{row['ability']['low']:.2f} here" in row["behind"]
