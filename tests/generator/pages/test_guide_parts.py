"""What guides work out: pairs for an outage, what the smaller model gives up, how scores mislead."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from generator.curated.named_needs import load_needs
from generator.exports.chooser import advisor_for
from generator.pages.guides.given_up import lower_effort, smaller_models
from generator.pages.guides.lessons import lessons
from generator.pages.guides.outage_pairs import FACTORS, USUAL, Asked, OutagePairs
from generator.views.verdicts.market import Market
from playground.ability import Abilities, Interval
from playground.decide.fallback import shared, times_dearer
from tests.catalogs import abilities, committed
from tests.verdicts.markets import committed_market

FIT = json.loads(Path("docs/catalog/abilities.json").read_text())


@cache
def pairs() -> tuple[OutagePairs, tuple[Asked, ...]]:
    made = OutagePairs(advisor_for(committed(), "", abilities()), load_needs(Path("docs/catalog/needs.yml")))
    return made, tuple(made.asked())


@pytest.mark.parametrize("factor", FACTORS, ids=str)
def test_every_pair_of_every_need_is_apart_as_able_and_within_the_factor(factor: Decimal) -> None:
    made, asked = pairs()
    assert len(asked) > 8
    within = [(one, second) for one in asked if (second := made.pair(one, factor))]
    # Where the first is far abler than all that cost as little, a fallback as able costs several times it.
    assert len(within) > (6 if factor == max(FACTORS) else 0)
    for one, second in within:
        assert shared(one.first.offering, second.offering) == ()
        dearer = times_dearer(one.first, second)
        assert dearer is not None
        assert dearer <= factor
        odds = abilities().better(one.first.offering.model, second.offering.model, one.task)
        assert odds is not None
        assert odds <= 0.8


def test_who_pays_more_has_no_fewer_pairs() -> None:
    made, asked = pairs()
    counts = [sum(made.pair(one, factor) is not None for one in asked) for factor in FACTORS]
    assert counts == sorted(counts)


def test_the_bill_of_the_outage_guide_is_that_of_pairs_that_it_names() -> None:
    """It summed up models that no pair had, one of them replaced by a newer one."""
    made, asked = pairs()
    second = {p.offering.key for one in asked for f in FACTORS if (p := made.pair(one, f))}
    named = {one.first.offering.key for one in asked} | second
    (bill,) = re.findall(r"\{\{ bill\(\[(.*?)\]", Path("docs/guides/outage.md").read_text())
    assert len(json.loads(f"[{bill}]")) > 2
    assert set(json.loads(f"[{bill}]")) <= named


def test_the_page_has_a_table_for_each_factor_and_says_where_there_is_none() -> None:
    text = pairs()[0].tables()
    assert re.findall(r'data-factor="([\d.]+)"', text) == [str(f) for f in FACTORS]
    assert re.findall(r'value="([\d.]+)" checked', text) == [str(USUAL)]
    css = Path("generator/web/almanac.css").read_text()
    for factor in FACTORS:
        assert f'[value="{factor}"]:checked) ~ .factor[data-factor="{factor}"]' in css
    assert "every other place shares something with it" in text
    assert re.search(r"none; the nearest is .* times as much\)", text)
    assert "Anthropic, Direct" in text
    seconds = [line.split(" | ")[-1] for line in text.splitlines() if line.startswith("| [")]
    assert len(seconds) > 8 * len(FACTORS)
    for cell in (c for c in seconds if re.search("(Anthropic|OpenAI), Direct:", c)):
        assert re.search(
            r"on which clouds? .*(Anthropic|OpenAI).* runs? is not known|none; the nearest|else ", cell
        ), cell


def share(ability: float, logits: float = 0.0) -> float:
    """What is solved of the tests with room, from the file itself."""
    rows = [row for row in FIT["benchmarks"].values() if row["best"] <= 90]
    each = [
        row["chance"]
        + (1 - row["chance"]) / (1 + math.exp(-(row["level"] + logits + row["slope"] * ability)))
        for row in rows
    ]
    return 100 * fmean(each)


def test_claims_and_efforts_are_in_points_of_the_fit() -> None:
    text = lessons(committed_market())
    above = [share(x) - share(0) for x in FIT["claimed"]]
    assert f"by {above[1]:.0f} points of a hundred (likely {above[0]:.0f} to {above[2]:.0f})" in text
    without = share(0) - share(0, FIT["efforts"]["none"])
    assert f"{without:.0f} points of a hundred fewer without reasoning" in text
    used = sum(row["best"] > 90 for row in FIT["benchmarks"].values())
    assert f"{used} of the {len(FIT['benchmarks'])} tests" in text


def with_abilities(known: Abilities) -> Market:
    market = committed_market()
    return Market(market.catalog, known, market._names, market.day, {})


def test_the_sentences_follow_the_fit() -> None:
    more = replace(abilities(), claimed=Interval(low=0.9, middle=1.0, high=1.1))
    first = re.search(r"by (\d+) points", lessons(committed_market()))
    then = re.search(r"by (\d+) points", lessons(with_abilities(more)))
    assert first
    assert then
    assert int(then[1]) > int(first[1]) + 5
    worse = replace(abilities(), efforts={"low": -3.0})
    assert re.search(r"[3-6]\d points of a hundred fewer at low", lower_effort(with_abilities(worse)))
    assert lessons(with_abilities(Abilities())) == ""
    assert lower_effort(with_abilities(Abilities())) == ""


def test_votes_agree_with_tests_more_often_than_not_and_not_always() -> None:
    shares = re.search(r"abler one in (\d+) % and the other in (\d+) %", lessons(committed_market()))
    assert shares
    assert 50 < int(shares[1]) < 100
    assert 0 < int(shares[2]) < int(shares[1])


def test_the_smaller_model_saves_and_what_it_gives_up_is_said() -> None:
    rows = [line for line in smaller_models(committed_market()).splitlines() if line.startswith("| [")]
    assert len(rows) >= 3
    for row in rows:
        small, large = (float(usd.replace(",", "")) for usd in re.findall(r"\$([\d.,]+)", row))
        saved = re.search(r"\| (\d+) % \|", row)
        assert saved
        assert int(saved[1]) == round(100 * (1 - small / large))
        solved = re.search(r"(\d+) %, not (\d+) %", row)
        assert solved
        assert int(solved[1]) <= int(solved[2])
        assert re.search(r"less able with \d+ % probability|do not tell them apart", row)
