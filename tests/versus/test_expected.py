"""What an expert said of thirty-two pairs: every row is whole and speaks of what the catalog holds."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

CATALOG = Path("docs/catalog")
EXPECTED = yaml.safe_load(Path("tests/versus/expected.yml").read_text())
MORE = yaml.safe_load(Path("tests/versus/more_expected.yml").read_text())
MODELS = json.loads((CATALOG / "models.json").read_text())["models"]
ABILITIES = json.loads((CATALOG / "abilities.json").read_text())["models"]
#: A row may say `edge`: that the two are so near that either may be named.
FIELDS = {"pair", "kind", "most", "why", "choose_other_if", "sure", "matters", "never", "facts"}


def test_there_are_ten_famous_pairs_five_of_the_flagship_and_one_of_each_odd_kind() -> None:
    odd = dict.fromkeys(("successor", "sizes", "open", "rivals", "ending"), 1)
    assert Counter(row["kind"] for row in EXPECTED) == {"famous": 10, "flagship": 5, **odd}
    assert len({tuple(sorted(row["pair"])) for row in (*EXPECTED, *MORE)}) == len(EXPECTED) + len(MORE)


@pytest.mark.parametrize("row", [*EXPECTED, *MORE], ids=lambda row: " ".join(row["pair"]))
def test_a_row_is_whole(row: dict[str, Any]) -> None:
    assert set(row) - {"edge"} == FIELDS
    assert len(row["pair"]) == 2
    assert set(row["pair"]) <= set(MODELS)
    assert row["sure"] in ("sure", "likely", "cannot tell")
    assert (row["most"] is None) == (row["sure"] == "cannot tell")
    assert row["most"] is None or row["most"] in row["pair"]
    assert len(row["matters"]) == 3
    assert row["never"]
    texts = [row["why"], row["choose_other_if"], *row["matters"], *row["never"]]
    assert all(isinstance(text, str) and text for text in texts)


@pytest.mark.parametrize("row", [*EXPECTED, *MORE], ids=lambda row: " ".join(row["pair"]))
def test_what_a_row_rests_on_is_in_the_catalog(row: dict[str, Any]) -> None:
    """By name, not by value: prices and scores may move on after the day of writing."""
    assert row["facts"]
    for line in row["facts"]:
        first, second, *rest = line.split()
        if first == "ability":
            assert second in row["pair"], line
            assert second in ABILITIES, line
            continue
        offerings = json.loads((CATALOG / f"offerings/{first}.json").read_text())["offerings"]
        assert second in offerings, line
        assert rest[0] in offerings[second]["facts"], line
        assert second.split("/", 1)[1].partition("@")[0] in row["pair"], line
