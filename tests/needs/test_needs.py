"""The chooser against what experts would put first: needs from before the rule, and later ones."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.catalogs import abilities, committed
from tests.needs.judging import FROZEN, Verdict, conditions, frozen, rows, stated, verdicts

#: How many come out as the experts have it: of forty by the ids they list, of forty by their own words too,
#: and of the ten that were written after the rule. To be raised with each mend, never lowered.
LISTED, RIGHT, LATER = 35, 37, 8
#: By how many the committed catalog, which a refresh moves each day, may stand below the frozen one.
MOVES = 4


@cache
def of_frozen(name: str) -> tuple[Verdict, ...]:
    return tuple(verdicts(name, *frozen()))


@cache
def of_committed(name: str) -> tuple[Verdict, ...]:
    return tuple(verdicts(name, committed(), abilities()))


def test_the_first_is_whom_an_expert_would_put_first() -> None:
    found = of_frozen("needs.yml")
    assert len(found) == 40
    wrong = [f"{v.need}: {v.first or 'nobody'}" for v in found if not v.right]
    assert sum(v.listed for v in found) >= LISTED, wrong
    assert sum(v.right for v in found) >= RIGHT, wrong


def test_the_first_of_later_needs_is_whom_their_expert_would_put_first() -> None:
    found = of_frozen("later.yml")
    assert len(found) == 10
    assert sum(v.listed for v in found) >= LATER, [f"{v.need}: {v.first}" for v in found if not v.right]


@pytest.mark.parametrize("name", ["needs.yml", "later.yml"])
def test_none_is_first_that_may_never_be(name: str) -> None:
    assert [f"{v.need}: {v.first}" for v in (*of_frozen(name), *of_committed(name)) if v.never] == []


@pytest.mark.parametrize("name", ["needs.yml", "later.yml"])
def test_the_catalog_of_today_moves_few_verdicts(name: str) -> None:
    """`python -m tests.needs` says which, and how it was."""
    then, now = of_frozen(name), of_committed(name)
    moved = [
        f"{b.need}: {a.first} → {b.first}" for a, b in zip(then, now, strict=True) if a.right and not b.right
    ]
    assert len(moved) <= MOVES, moved


def test_the_frozen_catalog_is_small() -> None:
    assert FROZEN.stat().st_size < 500_000


def test_what_is_read_into_a_need_stands_in_its_words() -> None:
    known = {row["id"]: row for row in rows("needs.yml")}
    for name, one in stated().items():
        assert one["why"], name
        for part, value in one["need"].items():
            assert part not in known[name]["need"] or known[name]["need"][part] == value, (name, part)
    for name, one in conditions().items():
        words = " ".join(str(known[name].get(field, "")) for field in ("why", "refuse", "doubt", "never"))
        assert re.sub(r"\s+", " ", one["words"]) in re.sub(r"\s+", " ", words), name
