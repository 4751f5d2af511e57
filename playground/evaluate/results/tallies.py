"""What came of each cell, without the answers, and what that comes to: flat in memory, whatever was answered.

The page adds up the same (generator/web/evaluate/contestants.js); tests hold both to one answer.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from playground.evaluate.matrix import Cell
from playground.evaluate.results.results_json import Head
from playground.evaluate.summary import summary_to_json


class State(IntEnum):
    """What became of a cell: without an answer it is neither right nor wrong."""

    OPEN = 0
    PASSED = 1
    FAILED = 2
    UNCHECKED = 3
    MISSING = 4


#: With an answer.
ANSWERED = (State.PASSED, State.FAILED, State.UNCHECKED)
#: Where a distribution is read: the shares of the values, from the least to the most.
SHARES = {
    "least": 0.0,
    "tenth": 0.1,
    "quarter": 0.25,
    "half": 0.5,
    "three_quarters": 0.75,
    "nine_tenths": 0.9,
    "most": 1.0,
}
MIDDLE = 0.5
#: So few values say nothing of quarters and tenths: each is given, too.
FEW = 5
_SCORES = {State.PASSED: 1, State.FAILED: 0}


def state_of(row: Mapping[str, Any]) -> State:
    """What became of a result's cell."""
    if row["failure"]:
        return State.MISSING
    if row["passed"] is None:
        return State.UNCHECKED
    return State.PASSED if row["passed"] else State.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A model, or a model with one of several prompts."""

    name: str
    model: int
    prompt: int


class Tallies:
    """What came of the cells of an evaluation."""

    def __init__(self, head: Head) -> None:
        self.head = head
        evaluation = head.evaluation
        self.contestants = tuple(
            Contestant(
                name=f"{name}, “{asked.name}”" if len(evaluation.prompts) > 1 else name,
                model=model,
                prompt=prompt,
            )
            for model, name in enumerate(head.models)
            for prompt, asked in enumerate(evaluation.prompts)
        )
        size = len(self.contestants) * len(evaluation.cases) * evaluation.repeats
        self._states = array("b", bytes(size))
        self._costs = array("d", [math.nan]) * size
        self._seconds = array("d", [math.nan]) * size
        self._first_tokens = array("d", [math.nan]) * size

    def add(self, cell: Cell, row: Mapping[str, Any]) -> None:
        """Count a result; a later one of the same cell takes the place of the one before."""
        if cell.repeat >= self.head.evaluation.repeats:
            return
        number = self.number(cell)
        self._states[number] = state_of(row)
        self._costs[number] = math.nan if row["cost"] is None else row["cost"]
        self._seconds[number] = math.nan if row["seconds"] is None else row["seconds"]
        first_token = row.get("first_token")
        self._first_tokens[number] = math.nan if first_token is None else first_token

    def number(self, cell: Cell) -> int:
        """The cell's place among all: by contestant, then case, then time."""
        contestant = cell.model * len(self.head.evaluation.prompts) + cell.prompt
        return self._first(contestant, cell.case) + cell.repeat

    def _first(self, contestant: int, case: int) -> int:
        evaluation = self.head.evaluation
        return (contestant * len(evaluation.cases) + case) * evaluation.repeats

    def states(self, contestant: int, case: int) -> Sequence[State]:
        """What became of a case's answers, by time."""
        first = self._first(contestant, case)
        return [State(state) for state in self._states[first : first + self.head.evaluation.repeats]]

    def counts(self, contestant: int) -> Mapping[State, int]:
        """How many cells of a contestant came out how."""
        first = self._first(contestant, 0)
        states = self._states[first : self._first(contestant + 1, 0)].tobytes()
        return {state: states.count(state) for state in State}

    @property
    def checked_cases(self) -> Sequence[int]:
        """The places of the cases whose answers are checked."""
        evaluation = self.head.evaluation
        every = range(len(evaluation.cases))
        return every if evaluation.checks else [place for place in every if evaluation.cases[place].checks]

    def scores(self, contestant: int, case: int) -> tuple[int | None, ...]:
        """1 passed, 0 failed, None without a judged answer, by time."""
        return tuple(_SCORES.get(state) for state in self.states(contestant, case))

    def summary(self, *, recorded: bool = False) -> dict[str, Any]:
        """What the results come to, as the page has it; `figures` has for each contestant what answers took.

        Without a checked case there is nothing to sum up but these. `recorded`: the cases are of a recorded
        run, and not the reader's.
        """
        cases = self.checked_cases
        every = range(len(self.contestants))
        figures = [self._figures(contestant) for contestant in every]
        if not cases:
            return {"headline": "", "models": [], "pairs": [], "figures": figures}
        models, prompts = self.head.models, self.head.evaluation.prompts
        rows = [
            {
                "name": self.contestants[one].name,
                "model": models[self.contestants[one].model],
                "prompt": prompts[self.contestants[one].prompt].name if len(prompts) > 1 else "",
                "scores": [self.scores(one, case) for case in cases],
                "costs": [self.costs(one, case) for case in cases],
            }
            for one in every
        ]
        return {**summary_to_json(rows, recorded=recorded), "figures": figures}

    def costs(self, contestant: int, case: int) -> list[float | None]:
        """What a case's answers cost in US dollars, by time; None where that is not known."""
        first = self._first(contestant, case)
        costs = self._costs[first : first + self.head.evaluation.repeats]
        return [None if math.isnan(cost) else cost for cost in costs]

    def _figures(self, contestant: int) -> dict[str, Any]:
        """How the answers' seconds lie, and the mean of the known costs in dollars."""
        first, end = self._first(contestant, 0), self._first(contestant + 1, 0)
        seconds = self._answered(self._seconds, first, end)
        costs = [cost for cost in self._costs[first:end] if not math.isnan(cost)]
        return {
            "median": quantile(seconds, 0.5),
            "most": quantile(seconds, 0.9),
            "cost": sum(costs) / len(costs) if costs else None,
            "seconds": distribution(seconds),
            "first_token": distribution(self._answered(self._first_tokens, first, end)),
        }

    def _answered(self, values: array[float], first: int, end: int) -> list[float]:
        """The known values of those cells that have an answer, sorted."""
        return sorted(
            value
            for state, value in zip(self._states[first:end], values[first:end], strict=True)
            if state in ANSWERED and not math.isnan(value)
        )

    @property
    def paid(self) -> float:
        """All known costs together, in dollars."""
        return math.fsum(cost for cost in self._costs if not math.isnan(cost))


def distribution(values: Sequence[float]) -> dict[str, Any] | None:
    """How sorted values lie, by the shares that do not exceed them; each of a few; None without any."""
    if not values:
        return None
    shares = {name: quantile(values, share) for name, share in SHARES.items()}
    return {"answers": len(values), "each": list(values) if len(values) < FEW else [], **shares}


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value that this share of sorted values does not exceed; None where there is none.

    The median of an even number is midway between the two in the middle.
    """
    if not values:
        return None
    at = min(len(values) - 1, max(0, math.ceil(share * len(values)) - 1))
    if share == MIDDLE and len(values) % 2 == 0:
        return (values[at] + values[at + 1]) / 2
    return values[at]


def tallied(head: Head, results: Iterable[tuple[Cell, Mapping[str, Any]]]) -> Tallies:
    """The tallies of all results."""
    made = Tallies(head)
    for cell, row in results:
        made.add(cell, row)
    return made
