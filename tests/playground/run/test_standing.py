"""Which figures have an order and a best: none from one run, none of a failure, five runs that part."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.endpoints import Wire
from playground.catalog.prices import Price
from playground.chat.chat import Chat
from playground.chat.chat_json import message_to_json
from playground.chat.events import Cause, Event, Failed, Finished, Reason, TextDelta
from playground.chat.metrics import SHOWN, Figure, Known
from playground.chat.transcript import Transcript
from playground.pricing.usage import Usage
from playground.run.cell.cell import Cell
from playground.run.run import event_to_json, metrics_to_json
from playground.run.standing import Measured, interval, measured, note, ordinal, place_text, places
from playground.run.standings_json import CUT, OTHER_QUESTION, standings_to_json

ORDERED = [name for name, shown in SHOWN.items() if shown.least]


def of(*values: float, known: Known = Known.COMPUTED) -> list[Measured]:
    """Runs of one model with these values in every figure."""
    return [Measured(answered=True, figures={n: Figure(v, known) for n in SHOWN}) for v in values]


FAILED = Measured(answered=False, figures={name: Figure(0.001, Known.COMPUTED) for name in SHOWN})


def test_one_run_gives_an_order_and_no_best() -> None:
    for name in ORDERED:
        first, second, third = places(name, [of(2), of(1), of(2)])
        assert [p.rank for p in (first, second, third)] == [2, 1, 2]
        assert not any(p.best for p in (first, second, third))
    assert place_text("seconds", places("seconds", [of(2), of(1)])[1]) == "1.00 s, 1st of 2"
    assert "five runs" in note([of(1), of(2)])
    assert [p.rank for p in places("output", [of(2), of(2)])] == [None, None]  # all alike is no order


def test_figures_that_are_shown_alike_share_a_rank_and_have_no_best() -> None:
    for name in ORDERED:
        assert [p.rank for p in places(name, [of(2), of(2.00001), of(1)])] == [2, 2, 1]
        assert [p.rank for p in places(name, [of(1), of(1.00001), of(2)])] == [1, 1, 3]
        assert [p.rank for p in places(name, [of(1), of(1.00001)])] == [None, None]
        near = places(name, [of(*[1] * 5), of(*[1.00001] * 5)])
        assert [(p.rank, p.best) for p in near] == [(None, False)] * 2


@pytest.mark.parametrize("name", ["first_answer", "seconds"])
def test_times_of_few_runs_that_hardly_differ_are_about_the_same(name: str) -> None:
    for one, other in ((0.06, 0.07), (0.01, 0.06), (10, 11)):
        texts = [place_text(name, place) for place in places(name, [of(one), of(other)])]
        assert [text.partition(" s")[2] for text in texts] == [", about the same"] * 2
    assert [p.rank for p in places(name, [of(0.06), of(0.12)])] == [1, 2]
    assert [p.rank for p in places(name, [of(2), of(0.06), of(0.07)])] == [3, 1, 1]
    five = places(name, [of(*[10] * 5), of(*[11] * 5)])
    assert [(p.rank, p.best, p.near) for p in five] == [(1, True, False), (2, False, False)]
    assert [p.rank for p in places("output", [of(100), of(101)])] == [1, 2]  # that is counted


def test_five_runs_whose_intervals_part_have_a_best() -> None:
    fast, slow = of(1, 1.1, 1.2, 1.1, 1.05), of(2, 2.1, 2.2, 1.9, 2)
    first, second = places("seconds", [fast, slow])
    assert (first.best, second.best, first.low, first.high) == (True, False, 1, 1.2)
    assert place_text("seconds", first) == "1.10 s (median of 5, 1.00 s to 1.20 s), fastest"
    assert place_text("seconds", second).endswith("2nd of 2")
    near = of(1.15, 2, 2.1, 2.2, 2)
    assert not any(p.best for p in places("seconds", [fast, near]))
    assert not any(p.best for p in places("seconds", [fast[:4], slow]))
    assert not any(p.best for p in places("seconds", [fast, slow, of(3)]))


def test_a_failed_or_stopped_answer_has_no_place_however_soon_it_ended() -> None:
    failed, fast, slow = places("seconds", [[FAILED] * 5, of(*[1] * 5), of(*[2] * 5)])
    assert (failed.rank, failed.best, failed.value) == (None, False, None)
    assert fast.best
    assert slow.of == 2
    alone, other = places("cost", [[FAILED] * 9, of(*[1] * 9)])
    assert not alone.best
    assert not other.best


def test_an_answer_cut_off_at_its_limit_has_no_rank_among_whole_ones() -> None:
    cut = [replace(run, cut=True) for run in of(*[0.5] * 5)]
    for name in ("seconds", "output", "cost"):
        short, fast, slow = places(name, [cut, of(*[1] * 5), of(*[2] * 5)])
        assert (short.value, short.rank, short.best, short.cut) == (0.5, None, False, True)
        assert (fast.rank, fast.of, fast.best) == (1, 2, False)
        assert slow.rank == 2
        assert place_text(name, short).endswith("cut off")
    # When the first token came doesn't hang on where the answer ended.
    assert places("first_answer", [cut, of(*[1] * 5)])[0].best
    mixed, other = places("seconds", [[*cut[:2], *of(3, 3, 3)], of(*[2] * 5)])
    assert (mixed.value, mixed.runs, mixed.rank, mixed.cut) == (3, 3, 2, False)
    assert not other.best  # the two that were cut off may have been done sooner
    assert [p.rank for p in places("seconds", [cut, [replace(run, cut=True) for run in of(1)]])] == [None] * 2


def test_what_is_not_known_or_only_estimated_leaves_the_best_open() -> None:
    blank = [Measured(answered=True, figures={})] * 5
    assert not any(p.best for p in places("cost", [of(*[1] * 5), blank, of(*[2] * 5)]))
    assert not any(p.best for p in places("cost", [of(*[1] * 5), of(*[2] * 5, known=Known.ESTIMATED)]))


@given(st.lists(st.lists(st.floats(0.01, 99), max_size=12), max_size=6), st.sampled_from(list(SHOWN)))
def test_a_best_is_one_has_five_runs_and_lies_below_all_others(values: list[list[float]], name: str) -> None:
    stand = places(name, [of(*each) for each in values])
    bests = [p for p in stand if p.best]
    assert len(bests) <= 1
    for best in bests:
        assert SHOWN[name].least
        assert best.rank == 1
        for place in stand:
            if place is not best and place.runs:
                assert place.runs >= 5
                assert best.high is not None
                assert place.low is not None
                assert best.high < place.low


def test_an_interval_holds_a_median_nine_times_of_ten() -> None:
    assert interval([1, 2, 3, 4]) is None
    assert [interval(list(range(n))) for n in (5, 8, 11, 14)] == [(0, 4), (1, 6), (2, 8), (3, 10)]


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th")
    ]


@pytest.mark.parametrize(
    ("end", "counts"),
    [
        (Finished(reason=Reason.STOP), True),
        (Finished(reason=Reason.LENGTH), True),
        (Finished(reason=Reason.REFUSED), False),
        (Finished(reason=Reason.FILTERED), False),
        (Failed(cause=Cause.STOPPED, message="stopped"), False),
        (Failed(cause=Cause.TRUNCATED, message="cut"), False),
        (None, False),
    ],
)
def test_what_counts_is_an_answer(end: Finished | Failed | None, counts: bool) -> None:
    transcript = Transcript(Wire.OPENAI_CHAT, lambda: 0.0)
    assert not measured(Finished(reason=Reason.STOP), transcript.metrics()).answered  # an empty one
    transcript.add(TextDelta(text="Hi"))
    assert measured(end, transcript.metrics()).answered == counts


def pane(seconds: float, asked: str = "Hi", count: int = 1, **end: str) -> dict[str, object]:
    figures = {n: {"value": seconds, "known": "computed", "note": ""} for n in ("seconds", "first_answer")}
    run = {"end": end or {"type": "Finished", "reason": "stop"}, "metrics": figures}
    return {"asked": asked, "runs": [run] * count}


def test_the_page_is_told_order_places_and_reasons() -> None:
    stopped = pane(0.1, type="Failed", cause="stopped")
    got = standings_to_json([pane(2), stopped, pane(1), pane(0.5, "Else")])
    assert got["order"] == [2, 0]
    assert [cell["text"] for cell in got["figures"]["seconds"]] == [
        "2.00 s, 2nd of 2",
        "—",
        "1.00 s, 1st of 2",
        "—",
    ]
    assert got["why"] == ["", "", "", OTHER_QUESTION]
    assert not any(cell["best"] for cells in got["figures"].values() for cell in cells)
    cut = standings_to_json([pane(0.3, type="Finished", reason="length"), pane(1), pane(2)])
    assert (cut["order"], cut["why"]) == ([1, 2, 0], [CUT, "", ""])
    assert cut["figures"]["seconds"][0]["text"] == "0.30 s, cut off"
    best = standings_to_json([pane(2, count=5), pane(1, count=5)])
    assert [cell["best"] for cell in best["figures"]["seconds"]] == [False, True]


def test_what_only_its_provider_has_a_word_for_has_no_place_and_says_so() -> None:
    """github.com/NousResearch/hermes-agent/pull/83886, github.com/spiceai/spiceai/issues/12596"""
    broken = pane(0.1, type="Finished", reason="other", said="MALFORMED_FUNCTION_CALL", count=5)
    filtered = pane(0.1, type="Finished", reason="filtered", said="content_filter", count=5)
    got = standings_to_json([broken, filtered, pane(1, count=5), pane(2, count=5)])
    assert got["order"] == [2, 3]
    assert [cell["best"] for cell in got["figures"]["seconds"]] == [False, False, True, False]
    unknown = "Finished: for a reason that only the provider knows (MALFORMED_FUNCTION_CALL)"
    cut = "Finished: cut off by the provider’s content filter (content_filter)"
    assert got["why"] == [f"not compared: {unknown}", f"not compared: {cut}", "", ""]


def cell_of(*answers: Sequence[Event]) -> tuple[Cell, list[str]]:
    """A cell whose panes give these answers, a second between events."""
    said: list[str] = []
    given = iter(answers)

    async def ask(_: str, chat: Chat) -> dict[str, Any]:
        events = next(given)
        now = 0.0
        transcript = Transcript(Wire.OPENAI_CHAT, lambda: now)
        for event in events:
            now += 1
            transcript.add(event)
        assert transcript.end
        return {
            "end": event_to_json(transcript.end),
            "metrics": metrics_to_json(transcript.metrics(Price())),
            "reply": message_to_json(transcript.message),
            "text": transcript.text,
            "reasoning": transcript.reasoning,
        }

    return Cell([f"own/m{n}" for n in range(len(answers))], ask, said.append), said


def test_a_cell_shows_causes_and_crowns_nobody_of_one_run() -> None:
    whole = (TextDelta(text="Hi"), Usage(input=1, output=9), Finished(reason=Reason.STOP))
    late = (TextDelta(text="A"), TextDelta(text="B"), Usage(input=1, output=9), Finished(reason=Reason.STOP))
    failed = (Failed(cause=Cause.RATE, status=429, message="slow down"),)
    cell, said = cell_of(failed, late, whole)

    async def play() -> None:
        results = await cell.compare("Hi")
        cell.table(results)
        cell.plot(results)

    asyncio.run(play())
    text = "".join(said)
    assert text.count("Failed (rate limit, 429): slow down") == 2
    assert "not reported" not in text
    assert not any(SHOWN[name].least in text for name in ORDERED if SHOWN[name].least != "first")
    assert "1st of 2" in text
    bars = [line for line in text.splitlines() if "█" in line]
    assert [line.split()[0] for line in bars] == ["own/m2", "own/m1"]
