"""Writing goes by what people prefer, apart from what tests say."""

from __future__ import annotations

import pytest

from playground.ability import TASK_TESTS, Task
from playground.catalog.packed import pack, unpack
from playground.decide.quality.evidence import evidence_sentences
from playground.need.reader import read_need
from tests.catalogs import committed
from tests.playground.need.test_named_needs import chooser

#: Co-writing a novel: 3,000 turns a month of 20,000 tokens in, most from a cache, and 1,500 out.
NOVEL = {"requests": 3000, "input_tokens": 20_000, "cached": 0.8, "output_tokens": 1500}
#: Those of the first two tiers of Arena's creative writing that are sold by their labs and do not end soon.
STYLISTS = {
    *("anthropic/claude-opus-5-5", "anthropic/claude-fable-5", "anthropic/claude-fable-5-1"),
    *("google/gemini-4-argon", "google/gemini-3.8-flash", "google/gemini-3.7-flash"),
}


@pytest.mark.parametrize("task", ["writing", "creative", "Creative writing"])
def test_where_style_counts_more_than_cost_whom_people_prefer_is_first(task: str) -> None:
    need, faults = read_need({"task": task, "quality": 3, **NOVEL}, committed())
    assert need.task is Task.WRITING
    assert not faults
    answer = chooser().answer(need, flips=0)
    assert answer.leaders[0].offering.model in STYLISTS
    votes = TASK_TESTS[Task.WRITING]
    for one in answer.leaders[:20]:
        assert votes.score_of(committed().models[one.offering.model]) is not None
    said = list(evidence_sentences(answer, lambda offering: offering.key))
    assert said[0].startswith(
        "How able each is goes by people’s votes, Arena (Creative writing): models without votes"
    )
    assert "rated by people’s votes, newest of 20" in said[1]


def test_the_browser_has_these_votes_and_a_reader_can_ask_for_a_worst_one() -> None:
    need, faults = read_need(
        {"benchmark": "Arena (Creative writing, rating)", "min_score": 1450}, committed()
    )
    assert not faults
    answer = chooser().answer(need, flips=0)
    assert answer.leaders
    assert all(one.score.score >= 1450 for one in answer.leaders if one.score)
    packed = unpack(pack(committed(), "", "2026-11-24", names={}, calls={}))
    assert sum(TASK_TESTS[Task.WRITING].score_of(m) is not None for m in packed.models.values()) > 200
