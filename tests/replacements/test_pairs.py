"""What the rule says of models that end, held against what people wrote from vendors' pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playground.lifecycle.replacement import Outlooks
from tests.catalogs import committed
from tests.replacements.judge import Judgement, judged

#: By file: how many pairs are right at least, and how many without a fit. A wrong model is never named.
LEAST = {"pairs": (38, 20), "second": (12, 13), "third": (21, 1)}
#: The day on which the first list was written.
WRITTEN = date(2026, 11, 27)


@pytest.fixture(scope="module")
def outlooks() -> Outlooks:
    return Outlooks(committed(), WRITTEN)


@pytest.mark.parametrize("name", LEAST)
def test_the_rule_says_what_an_expert_would(name: str, outlooks: Outlooks) -> None:
    pairs, no_fit = judged(Path(__file__).parent / f"{name}.yml", outlooks)
    right, none = LEAST[name]
    assert pairs.counts.get("never", 0) == 0, _shown(pairs)
    assert pairs.counts["right"] >= right, _shown(pairs)
    assert no_fit.counts["right"] >= none, _shown(no_fit)


def _shown(judgement: Judgement) -> str:
    return "\n".join(case for case in judgement.cases if not case.startswith("right:"))
