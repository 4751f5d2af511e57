"""The first page answers: each named need in a line, as the chooser answers it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.curated.named_needs import NEEDS_FILE, NamedNeed, load_needs
from generator.exports.chooser import AnsweredNeed
from generator.pages.home import home_page
from playground.decide.quality.sureness import WIDER
from tests.catalogs import ALL_KNOWN, CATALOG, HOSTILE, catalog, committed

FIRST = {"name": "GPT-6 Luna", "model": "openai/gpt-6-luna", "anchor": "openai-direct"}
FIRST |= {"place": "OpenAI, Direct", "cost": "$10.80", "offering": "openai/direct/openai/gpt-6-luna"}
SECOND = FIRST | {"name": "Claude Haiku 5.5"}
SIZE = {"requests": 30_000, "input_tokens": 2000, "output_tokens": 500}
CLAIM = "GPT-6 Luna comes before Claude Haiku 5.5: the first costs $10.80 a month, the second $12"


def answered(
    *models: dict[str, Any],
    sure: float | None = None,
    claim: str = CLAIM,
    cost: str = "",
    **work: float,
) -> AnsweredNeed:
    named = NamedNeed(id="support", title="Support chat", said="", why="", need={}, cost=cost)
    answer = {"models": list(models), "sure": sure, "need": {**SIZE, **work}, "head": {"claim": claim}}
    return AnsweredNeed(named=named, answer=answer)


def home(*all_answered: AnsweredNeed) -> str:
    return home_page(catalog(ALL_KNOWN), "0", all_answered, playground=False).markdown


@pytest.mark.parametrize(
    ("sure", "lead"),
    [
        (0.974, "97 % likely better than Claude Haiku 5.5"),
        (0.515, "no clear difference from Claude Haiku 5.5 (52 % likely the better one)"),
        (None, "before Claude Haiku 5.5: the first costs $10.80 a month, the second $12"),
    ],
)
def test_a_need_says_who_is_first_for_how_much_and_how_sure(sure: float | None, lead: str) -> None:
    line = "| 30,000 × 2,000 in, 500 out "
    line += "| [GPT-6 Luna](/models/openai/gpt-6-luna/#openai-direct), OpenAI, Direct "
    line += f"| $10.80 | {lead} |"
    shown = home(answered(FIRST, SECOND, sure=sure)).splitlines()
    assert f"| [Support chat](/choose/?need=support) {line}" in shown


def test_the_scores_that_an_answer_rests_on_are_told() -> None:
    able = FIRST | {"ability": {"why": "3 scores: 2 measured by others"}}
    assert "the only model left; 3 scores: 2 measured by others |" in home(answered(able))


def test_one_of_two_that_are_as_good_says_why_it_is_first() -> None:
    shown = home(answered(FIRST, SECOND, sure=0.46, claim=f"Both are about level{WIDER}"))
    assert "(46 % likely the better one); first as more providers serve it |" in shown


def test_one_that_is_not_surely_able_enough_says_so() -> None:
    able = FIRST | {"ability": {"why": "3 scores", "enough": "66 % likely to be able enough"}}
    assert "the only model left; 66 % likely to be able enough; 3 scores |" in home(answered(able))


def test_the_shares_that_change_what_the_work_costs_stand_beside_its_size() -> None:
    shown = home(answered(FIRST, cached=0.5, reasoning=0.7, batch=1))
    size = "30,000 × 2,000 in, 500 out; 50\u00a0% of the input cached; 70\u00a0% of the output reasoning"
    assert f"| {size}; all of the requests in batch |" in shown


@pytest.mark.parametrize(
    ("work", "size"),
    [
        ({"images": 1, "input_tokens": 100}, "30,000 × 1 image, 100 in, 500 out"),
        ({"minutes": 10, "input_tokens": 0}, "30,000 × 10 minutes, 500 out"),
        ({"pages": 2.5, "input_tokens": 0, "output_tokens": 0}, "30,000 × 2.5 pages"),
        ({"output_tokens": 0}, "30,000 × 2,000 in, 0 out"),
    ],
)
def test_what_is_counted_by_the_piece_stands_first_in_its_size(work: dict[str, float], size: str) -> None:
    assert f"| {size} |" in home(answered(FIRST, **work))


def test_whose_price_it_is_stands_beside_the_place_and_a_version_is_called_one() -> None:
    hosted = {"offering": "mistral/hosted/openai/gpt-6-luna@1017", "place": "Mistral AI, Hosted, 1017"}
    assert "Mistral AI, Hosted, version 1017 |" in home(answered(FIRST | hosted))
    shown = home(answered(FIRST | hosted, cost="a host’s price, to compare"))
    assert "Mistral AI, Hosted, version 1017: a host’s price, to compare |" in shown


def test_who_is_left_alone_is_before_nobody() -> None:
    assert "| $10.80 | the only model left |" in home(answered(FIRST))


def test_a_need_that_nobody_meets_has_no_line_and_none_no_table() -> None:
    assert home(answered(), answered(FIRST)).count("/choose/?need=") == 1
    assert "What the chooser answers" not in home(answered())


def test_a_name_is_text() -> None:
    shown = home(answered(FIRST | {"name": HOSTILE}, SECOND | {"name": HOSTILE}))
    (line,) = (line for line in shown.splitlines() if "need=support" in line)
    assert "<img" not in line
    assert line.replace("\\|", "").count("|") == 6


def test_each_need_of_the_catalog_that_runs_at_home_says_whose_price_it_names() -> None:
    needs = load_needs(CATALOG / NEEDS_FILE)
    own = [one for one in needs if one.need.get("open_weights")]
    assert own
    assert all(one.cost for one in own)


def test_a_link_that_speaks_of_two_models_leads_to_these_two() -> None:
    shown = home_page(committed(), "0", (), playground=False).markdown
    cards = [line for line in shown.splitlines() if "when which" in line]
    assert cards
    for card in cards:
        address = re.findall(r'href="([^"]*)">when which', card)[0]
        asked = parse_qs(urlsplit(unescape(address)).query)
        pair = {asked["a"][0], asked["b"][0]}
        assert {f"/models/{model}/" for model in pair} <= set(re.findall(r'href="([^"]*)"', card))
