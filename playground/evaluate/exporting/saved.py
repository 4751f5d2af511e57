"""Saved results in the order in which they leave, and what of them a form cannot hold."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from playground.evaluate.checks.check import counted, quoted
from playground.evaluate.evaluation import LeftOut
from playground.evaluate.matrix import Cell
from playground.evaluate.results.results_json import Head, cell_of, head_from_json
from playground.evaluate.results.tallies import Tallies

#: A result's place in its file, its cell, and the result.
type Placed = tuple[int, Cell, Mapping[str, Any]]


class Saved:
    """Results, each cell once: a later one takes the place of the one before, as where they are counted.

    `saved` is when that was, as the file says it. `placed` gives all results, `at` one by its place, so that
    no more than one need be in memory. `author` is who publishes them, empty where that is not said.
    """

    def __init__(
        self,
        head: Head,
        saved: str,
        placed: Iterable[Placed],
        at: Callable[[int], Mapping[str, Any]],
        author: str = "",
    ) -> None:
        self.head = head
        self.saved = saved
        self.author = author
        self.tallies = Tallies(head)
        self._at = at
        size = len(self.tallies.contestants) * len(head.evaluation.cases) * head.evaluation.repeats
        self._places = array("q", [-1]) * size
        for place, cell, row in placed:
            if cell.repeat < head.evaluation.repeats:
                self.tallies.add(cell, row)
                self._places[self.tallies.number(cell)] = place

    def results(self, contestants: Sequence[int] | None = None) -> Iterator[tuple[Cell, Mapping[str, Any]]]:
        """The results of these contestants (all), by contestant, then by case, then by time."""
        evaluation = self.head.evaluation
        for number in range(len(self.tallies.contestants)) if contestants is None else contestants:
            one = self.tallies.contestants[number]
            for case in range(len(evaluation.cases)):
                for repeat in range(evaluation.repeats):
                    cell = Cell(case=case, prompt=one.prompt, model=one.model, repeat=repeat)
                    place = self._places[self.tallies.number(cell)]
                    if place >= 0:
                        yield cell, self._at(place)


def saved_from_json(value: Mapping[str, Any]) -> Saved:
    """Results as the page hands them over. Raises RequestError."""
    head = head_from_json(value)
    listed = value.get("results")
    rows: list[Any] = listed if isinstance(listed, list) else []
    placed = ((place, cell_of(row, head), row) for place, row in enumerate(rows))
    return Saved(head, str(value.get("saved") or ""), placed, partial(list.__getitem__, rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file: what its name ends with, and its text in pieces."""

    ending: str
    text: Iterable[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Files of one form, and what is not in them as it was."""

    files: tuple[File, ...]
    left_out: tuple[LeftOut, ...] = ()


class Differences:
    """What is not as it was, each reason once, with its first place and how many others there are."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, where: str, what: str, why: str) -> None:
        """Note a part, which is quoted."""
        self._first.setdefault(why, (where, quoted(what, 120)))
        self._counts[why] = self._counts.get(why, 0) + 1

    @property
    def parts(self) -> tuple[LeftOut, ...]:
        """All that was noted, in its order."""
        return tuple(
            LeftOut(where=_place(where, self._counts[why]), what=what, why=why)
            for why, (where, what) in self._first.items()
        )


def _place(where: str, count: int) -> str:
    return where if count == 1 else f"{where} and {counted(count - 1, 'other')}"
