"""The scores page: by task, the newest first, each model's price beside its score."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from generator.curated.metrics import METRICS_FILE, load_metrics
from generator.exports.chooser import advisor_for
from generator.exports.leaderboards import make_boards
from generator.pages.quality.scores import scores_page
from generator.views.quality.score_tables import TASKS, VOTED
from tests.catalogs import abilities, committed

ROW = re.compile(r"^\| \[.*$", re.MULTILINE)


@cache
def page() -> str:
    made_of = make_boards(advisor_for(committed(), "0", abilities()), (), (), {})
    return scores_page(made_of, load_metrics(Path("docs/catalog") / METRICS_FILE).task).markdown


@cache
def sections() -> dict[str, list[str]]:
    """The folds of each task, each with its summary first."""
    parts = re.split(r"^## (.+)$", page(), flags=re.MULTILINE)
    return {title: text.split("<summary>")[1:] for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def rows(fold: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in ROW.findall(fold)]


def test_tests_stand_under_their_task_and_votes_last() -> None:
    titles = list(sections())
    assert titles[:3] == ["Coding", "Agents and tools", "Reasoning and maths"]
    assert titles[-1] == VOTED
    assert set(titles[:-1]) <= {*TASKS.values(), "Other tests"}
    assert any(fold.startswith("SWE-Bench Pro") for fold in sections()["Coding"])
    assert any(fold.startswith("GPQA Diamond") for fold in sections()["Reasoning and maths"])


def test_the_newest_test_of_a_task_and_the_newest_row_of_a_test_come_first() -> None:
    for task, folds in sections().items():
        wide = [re.search(r"newest ([\d-]+), however run", fold) for fold in folds]
        newest = [match[1] for match in wide if match]
        assert newest == sorted(newest, reverse=True), task
        for fold in folds:
            days = [row[4] for row in rows(fold)]
            assert days == sorted(days, reverse=True), fold[:80]
            assert f"newest {days[0]}" in fold or task == VOTED


def test_a_price_stands_beside_each_score_or_that_it_is_unknown() -> None:
    every = [row for folds in sections().values() for fold in folds for row in rows(fold)]
    assert len(every) > 1_000
    prices = [price for row in every for price in row[2:4]]
    assert all(re.match(r"\$[\d.]+|—|free", price) for price in prices)
    assert sum(price.startswith("$") for price in prices) > len(prices) / 3


def test_nothing_is_unfolded_so_that_the_page_is_an_index_first() -> None:
    assert "<details open" not in page()
    assert not re.search(r"<details[^>]* open", page())
    assert re.search(r"a press on \*Score\* puts the best first", page())
