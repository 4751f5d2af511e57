"""The leaderboards' pages: every figure with its interval and kind of evidence, every row with its links."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest

from generator.exports.chooser import advisor_for
from generator.exports.leaderboards import Boards, make_boards
from generator.pages.quality.leaderboards import leaderboard_pages
from generator.views.quality.topics import LANGUAGES, PAGES
from playground.ability import Abilities, Proof
from playground.advisor import Advisor
from tests.catalogs import abilities, committed
from tests.generator.views.quality.made import able, boards

PATHS = [page.path for page in PAGES]


@cache
def advisor() -> Advisor:
    return advisor_for(committed(), "0", abilities())


@cache
def whole() -> Boards:
    front = ("openai/gpt-6.1-sol", "anthropic/claude-haiku-5-5", "amazon/nova-pro")
    return make_boards(
        advisor(), (), front, {"hidden": {"cells": {"pairs": {"said": 0.479, "right": 0.955}}}}
    )


@cache
def written(path: str) -> str:
    return next(page.markdown for page in leaderboard_pages(whole(), playground=True) if page.path == path)


def rows(path: str) -> list[list[str]]:
    """The cells of each row of a page's tables of tiers."""
    cells = [line.strip("| ").split(" | ") for line in written(path).splitlines() if line.startswith("| [")]
    return [row for row in cells if len(row) == 7]


@pytest.mark.parametrize("path", PATHS)
def test_each_figure_stands_with_its_interval_and_its_kind_of_evidence(path: str) -> None:
    listed = [row for row in rows(path) if " overall" not in row[1] and row[1] != "—"]
    assert len(listed) > 20
    for row in listed:
        figure, _, proof = row[1].removesuffix("</small>").partition(" <small>")
        assert re.fullmatch(r"-?[\d,.]+ \(-?[\d,.]+ to -?[\d,.]+\)", figure), row
        assert proof in {Proof.MEASURED, Proof.CLAIMED, Proof.VOTES}
        assert re.match(r"(\$[\d,.]+|free|unknown) <small>", row[2]), row
        assert re.search(r"newest of \d{4}|as of \d{4}", row[5]), row


@pytest.mark.parametrize("path", PATHS)
def test_each_row_leads_to_the_model_and_to_choose_with_the_task_s_work(path: str) -> None:
    topics = [topic for page in PAGES if page.path == path for topic in page.topics]
    tasks = {str(topic.task or "any") for topic in topics if not topic.votes}
    for row in rows(path):
        assert re.search(r"\]\(/models/[^)]*#strengths\)", row[0])
        address = re.search(r"\]\((/choose/[^)]*)\)$", row[-1])
        assert address, row
        parts = dict(parse_qsl(urlsplit(address[1]).query))
        need, faults = advisor().read(parts)
        assert faults == ()
        assert {need.able, *need.models} & whole().names.keys()
        if need.able:
            assert str(need.task or "any") in tasks


def test_a_page_says_what_it_rests_on_and_how_often_such_claims_were_right() -> None:
    text = written("/leaderboards/coding/")
    assert re.search(r"\d+ models by \d+ scores of tests of code, \d+ of them measured by others", text)
    assert "that was claimed of 48 % of pairs and right in 96 % of these" in text
    assert "Nothing" not in text


def test_what_nobody_tested_stands_apart_without_a_figure() -> None:
    made = boards({"one": 1, "two": 1}, {"one": able(1.0)}, front=("two",))
    text = next(leaderboard_pages(made, playground=True)).markdown
    tiers, _, untested = text.partition("### Untested")
    assert "/models/acme/two/" not in tiers
    (row,) = [line for line in untested.splitlines() if "/models/acme/two/" in line]
    assert "| — |" in row


def test_a_catalog_without_abilities_says_so_on_every_page() -> None:
    made = boards({"one": 1}, {})
    assert made.abilities == Abilities()
    for page in leaderboard_pages(made, playground=True):
        assert "No model that is still served has" in page.markdown
        assert "<figure" not in page.markdown


def test_every_language_has_its_leaderboard() -> None:
    headings = re.findall(r"^## (\w+) \{", written("/leaderboards/languages/"), re.MULTILINE)
    assert headings == sorted(LANGUAGES)
