"""Where the panes of the page stand, for its table: JSON on both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.chat.adapters.reading import dict_in, list_in, text_in
from playground.chat.events import Reason
from playground.chat.metrics import SHOWN, Figure, Known
from playground.run.ending import end_text
from playground.run.standing import ANSWERED, Measured, alike, note, place_text, places

OTHER_QUESTION = "was asked something else"
CUT = "cut off at its limit of tokens: its time, length and cost have no rank"


def standings_to_json(panes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Per figure, each pane's `text` and whether it is the `best`; per pane, `why` it has no place.

    A pane says what it was `asked` (any text that is the same for the same questions) and its `runs`, each
    with its recorded `end` and `metrics`.
    """
    same = alike([text_in(pane, "asked") for pane in panes])
    runs = [
        [_measured(run) for run in list_in(pane, "runs")] if counts else []
        for pane, counts in zip(panes, same, strict=True)
    ]
    return {
        "figures": {
            name: [{"text": place_text(name, place), "best": place.best} for place in places(name, runs)]
            for name in SHOWN
        },
        "order": _order(runs),
        "why": [_why(pane) if counts else OTHER_QUESTION for pane, counts in zip(panes, same, strict=True)],
        "note": note(runs),
    }


def _why(pane: Mapping[str, Any]) -> str:
    """Why the last answer has no place though it came to an end; a failure stands in the table by itself."""
    end = dict_in(next(reversed(list_in(pane, "runs")), {}), "end")
    if text_in(end, "type") != "Finished":
        return ""
    if text_in(end, "reason") == Reason.LENGTH:
        return CUT
    return "" if text_in(end, "reason") in ANSWERED else f"not compared: {end_text(end)}"


def _order(runs: Sequence[Sequence[Measured]]) -> list[int]:
    """The places of the panes that have an answer, the soonest done first; those cut off come after."""
    there = [
        (p.cut, p.value, number) for number, p in enumerate(places("seconds", runs)) if p.value is not None
    ]
    return [number for *_, number in sorted(there)]


def _measured(run: Mapping[str, Any]) -> Measured:
    end = dict_in(run, "end")
    figures = {
        name: Figure(value, Known.ESTIMATED if text_in(figure, "known") == "estimated" else Known.REPORTED)
        for name in SHOWN
        if (figure := dict_in(run, "metrics", name)) and isinstance(value := figure.get("value"), int | float)
    }
    counts = text_in(end, "type") == "Finished" and text_in(end, "reason") in ANSWERED
    return Measured(
        answered=counts and "first_answer" in figures,
        cut=text_in(end, "reason") == Reason.LENGTH,
        figures=figures,
    )
