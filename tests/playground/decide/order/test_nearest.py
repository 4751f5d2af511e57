"""Where nobody is left of whom a need names, its nearest models are named with what each lacks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.playground.decide.order.test_behind import NAMED, advisor


@pytest.mark.parametrize(
    ("parts", "lab"),
    [({"labs": ["microsoft"]}, "microsoft"), ({"models": ["microsoft/mai-*"]}, "microsoft")],
)
def test_the_nearest_of_whom_a_need_names_say_what_they_lack(parts: dict[str, Any], lab: str) -> None:
    answer = advisor().choose({**NAMED["coding"], **parts})
    assert answer["left"] == 0
    near = answer["nearest"]
    assert [one["model"].partition("/")[0] for one in near] == [lab] * len(near)
    [mai] = [one for one in near if one["model"] == "microsoft/mai-thinking-1"]
    assert "MAI-Thinking-1" in mai["name"]
    assert "able enough: ability 0." in mai["lacks"]
    assert mai["lacks"].startswith("$")
    [part] = parts.values()
    assert any(f"({part[0]})" in remedy for remedy in answer["remedies"])


def test_nobody_is_near_where_somebody_is_left_or_nobody_is_named() -> None:
    assert advisor().choose(NAMED["coding"])["nearest"] == []
    assert advisor().choose({**NAMED["coding"], "budget": 1})["nearest"] == []
