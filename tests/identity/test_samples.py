"""Models and merges that a person read one by one: what was found then holds in the committed catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import yaml

from generator.moved import load_moved
from tests.catalogs import committed
from tests.identity.drawn import MERGES, SAMPLED, source_ids
from tests.projects import ROOT

HERE = Path(__file__).parent
#: Of sixty models with few offerings so many may be another one's, or nobody knows.
OTHERS = 3
#: Sources take rows out with time: so many of the two hundred merges must still be there.
LEFT = 150


def test_few_of_the_sampled_models_are_one_of_another() -> None:
    sample = yaml.safe_load((HERE / "own.yml").read_text(encoding="utf-8"))
    verdicts = Counter(row["verdict"] for row in sample)
    assert len({row["model"] for row in sample}) == SAMPLED
    assert set(verdicts) <= {"own", "alias", "other", "unsure"}
    assert verdicts["other"] + verdicts["unsure"] <= OTHERS
    catalog, moved = committed(), load_moved(ROOT / "docs/catalog")
    # A model of its own is not led to another.
    gone = [row["model"] for row in sample if row["model"] not in catalog.models]
    assert [model for model in gone if moved.names.get(model)] == []


def test_merges_that_were_read_one_by_one_hold() -> None:
    sample = yaml.safe_load((HERE / "merged.yml").read_text(encoding="utf-8"))
    assert len({row["model"] for row in sample}) == MERGES
    models: dict[tuple[str, str], set[str]] = defaultdict(set)
    for model, source, name in source_ids(committed()):
        models[source, name].add(model)
    asked = [(row, models[tuple(row["left"])], models[tuple(row["right"])]) for row in sample]
    there = [(row, left, right) for row, left, right in asked if left and right]
    assert len(there) >= LEFT
    assert [row["model"] for row, left, right in there if not left & right] == []
