"""What came of a run, for reports: the page's summary, gates, what changed since an earlier run, failures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator.cli.evaluating.gates import Exit, Gate, exit_of, gates, percent
from generator.cli.evaluating.run import EvaluationRun
from playground.evaluate.checks.check import counted
from playground.evaluate.results.earlier import Change
from playground.evaluate.results.tallies import ANSWERED, State
from playground.evaluate.statistics.sentence import dollars, points

#: Cases that a report names of those that broke or were mended, and failures that it names.
NAMED, FAILURES = 20, 5
HEADS = ("Model", "Passed", "95 % interval", "Each accepted answer", "Paid", "Median time", "9 in 10 within")
#: What a budget lacks, as the ledger begins to say it, and the option that gives it.
HINTS = {"No price is known": "--unpriced", "How long an answer may be": "--max-tokens"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contestant in figures, as texts: the page's line."""

    name: str
    passed: str
    interval: str
    accepted: str
    paid: str
    median: str
    most: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Below HEADS."""
        return (self.name, self.passed, self.interval, self.accepted, self.paid, self.median, self.most)


class Report:
    """All that reports say of a run."""

    def __init__(
        self, run: EvaluationRun, *, fail_under: float | None, changes: Sequence[Change], baseline: str
    ) -> None:
        self.run = run
        self.changes = changes
        self.baseline = baseline
        self._fail_under = fail_under

    @cached_property
    def summary(self) -> dict[str, Any]:
        """What the page shows of the same results."""
        return self.run.tallies.summary()

    @cached_property
    def gates(self) -> list[Gate]:
        """Each contestant beside the share of --fail-under."""
        return gates(self.summary, self._fail_under)

    @cached_property
    def missing(self) -> int:
        """Cells without an answer."""
        every = [self._counts(place) for place in self._all]
        return sum(counts[State.MISSING] + counts[State.OPEN] for counts in every)

    @property
    def exit(self) -> Exit:
        """The exit status."""
        return exit_of(self.gates, self.changes, self.missing)

    @property
    def _all(self) -> range:
        return range(len(self.run.tallies.contestants))

    def _counts(self, place: int) -> Mapping[State, int]:
        return self.run.tallies.counts(place)

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each contestant."""
        figures = self.summary["figures"]
        rows = self.summary["models"] or [None] * len(figures)
        return [self._line(place, row, figures[place]) for place, row in enumerate(rows)]

    def _line(self, place: int, row: Mapping[str, Any] | None, figures: Mapping[str, Any]) -> Line:
        took = {"median": _seconds(figures["median"]), "most": _seconds(figures["most"])}
        name = self.run.tallies.contestants[place].name
        if row is None:
            counts = self._counts(place)
            answers = counted(counts[State.UNCHECKED], "answer")
            passed = f"not checked, {answers}"
            return Line(name=name, passed=passed, interval="–", accepted="–", paid=self._paid(place), **took)
        rate, cost = row["rate"], row["cost"]
        missing = f", {rate['missing']:,} missing" if rate["missing"] else ""
        passed = "–" if rate["estimate"] is None else percent(rate["estimate"])
        return Line(
            name=name,
            passed=f"{passed}{missing}",
            interval=f"{percent(rate['low'])} to {percent(rate['high'])}",
            accepted=_accepted(cost),
            paid=self._paid(place),
            **took,
        )

    def _paid(self, place: int) -> str:
        """What the answers cost together, and of how many that is not known."""
        tallies, known, unknown = self.run.tallies, [], 0
        for case, _ in enumerate(tallies.head.evaluation.cases):
            for state, cost in zip(tallies.states(place, case), tallies.costs(place, case), strict=True):
                if cost is not None:
                    known.append(cost)
                elif state in ANSWERED:
                    unknown += 1
        if not known:
            return (
                "not known"
                if unknown or (self.run.unanswered and self._counts(place)[State.MISSING])
                else "–"
            )
        text = dollars(Decimal(repr(math.fsum(known))))
        return f"{text}, and {unknown:,} answers unknown" if unknown else text

    @property
    def repeats(self) -> Iterator[str]:
        """Of a model asked several times, how often any and all of its answers pass."""
        for row in self.summary["models"]:
            if row["repeats"] > 1 and row["any"]["estimate"] is not None:
                mixed = "" if row["mixed"] is None else f", cases that differ {percent(row['mixed'])}"
                any_, all_ = percent(row["any"]["estimate"]), percent(row["all"]["estimate"])
                times = row["repeats"]
                yield f"{row['name']}: at least 1 of {times} passes {any_}, all {times} pass {all_}{mixed}."

    @property
    def verdicts(self) -> Iterator[str]:
        """Who wins and how sure, beside the share, and since the earlier run: a sentence each."""
        if self.summary["headline"]:
            yield self.summary["headline"]
        yield from self.repeats
        for gate in self.gates:
            yield gate.sentence
        for change in self.changes:
            yield change_sentence(self, change)

    @property
    def failures(self) -> Iterator[str]:
        """What kept answers away, by model: failures are no wrong answers."""
        names = self.run.tallies.head.models
        for stop in self.run.report.get("stopped", ()):
            cells = counted(stop["cells"], "request")
            hint = next(
                (f" Add {option}." for why, option in HINTS.items() if stop["why"].startswith(why)), ""
            )
            yield f"{names[stop['model']]}: {stop['why']}{hint} ({cells} not asked)"
        for place in self._all:
            counts, name = self._counts(place), self.run.tallies.contestants[place].name
            if missing := counts[State.MISSING]:
                yield f"{name}: {counted(missing, 'request')} without an answer: {self._missing(place)}"
            if (unchecked := counts[State.UNCHECKED]) and self.summary["models"]:
                yield f"{name}: {counted(unchecked, 'answer')} not checked: {self._unchecked(place)}"

    def rows(self, place: int) -> Iterator[tuple[int, list[Mapping[str, Any]]]]:
        """By case of a contestant its results, the first time first."""
        evaluation = self.run.tallies.head.evaluation
        for case in range(len(evaluation.cases)):
            every = (self.run.row(place, case, repeat) for repeat in range(evaluation.repeats))
            yield case, [row for row in every if row is not None]

    def _missing(self, place: int) -> str:
        """Why answers are missing, each reason once."""
        reasons: dict[str, None] = {}
        for case, _ in enumerate(self.run.tallies.head.evaluation.cases):
            for repeat, state in enumerate(self.run.tallies.states(place, case)):
                if state is State.MISSING:
                    reasons[str(self.run.row(place, case, repeat)["failure"])[:300]] = None
            if len(reasons) >= FAILURES:
                break
        return "; ".join(reasons)

    def _unchecked(self, place: int) -> str:
        for case, _ in enumerate(self.run.tallies.head.evaluation.cases):
            for repeat, state in enumerate(self.run.tallies.states(place, case)):
                if state is State.UNCHECKED:
                    verdicts = self.run.row(place, case, repeat)["verdicts"]
                    return next(
                        (one["reason"] for one in verdicts if one["passed"] is None), "it has no check"
                    )
        return ""

    def to_json(self) -> dict[str, Any]:
        """The report for programs; the answers are in the results file."""
        return {
            "results": str(self.run.path),
            "exit": int(self.exit),
            **self.summary,
            "missing": self.missing,
            "fail_under": [{**asdict(gate), "standing": str(gate.standing)} for gate in self.gates],
            "baseline": [change_to_json(self, change) for change in self.changes],
            "failures": list(self.failures),
        }


def change_sentence(report: Report, change: Change) -> str:
    """What an earlier run says beside this one, with the interval of the difference."""
    one, name = change.difference, report.run.tallies.contestants[change.contestant].name
    decimals = points(one.low, one.high, sure=change.worse or change.better)
    interval = f"{one.low * 100:.{decimals}f} to {one.high * 100:.{decimals}f}"
    gap = "–" if one.estimate is None else f"{one.estimate * 100:+.{decimals}f}"
    sure = "is surely worse than" if change.worse else "is surely better than"
    how = sure if change.worse or change.better else "can't be told from"
    moved = f"{counted(len(change.broken), 'case')} broke, {len(change.mended):,} mended"
    size = f"{gap} points, 95 % interval {interval}"
    return f"{name} {how} {change.before} in {report.baseline}: {size}; {moved}."


def case_names(report: Report, places: Sequence[int]) -> str:
    """What the first of these cases are called, and how many others there are."""
    cases = report.run.tallies.head.evaluation.cases
    shown = ", ".join(cases[place].name for place in places[:NAMED])
    return f"{shown} and {len(places) - NAMED:,} more" if len(places) > NAMED else shown


def change_to_json(report: Report, change: Change) -> dict[str, Any]:
    """A change for programs; cases by their names."""
    cases = report.run.tallies.head.evaluation.cases
    one = change.difference
    return {
        "name": report.run.tallies.contestants[change.contestant].name,
        "before": change.before,
        "standing": "worse" if change.worse else "better" if change.better else "undecided",
        "estimate": one.estimate,
        "low": one.low,
        "high": one.high,
        "p": change.corrected_p,
        "cases": one.cases,
        "broken": [cases[place].name for place in change.broken],
        "mended": [cases[place].name for place in change.mended],
    }


def _seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{float(f'{value:.2g}'):g} s" if value < 10 else f"{value:.0f} s"


def _accepted(cost: Mapping[str, Any]) -> str:
    if cost["estimate"] is None:
        return "not known" if cost["unknown"] else "–" if cost["accepted"] else "none accepted"
    if cost["low"] is None:
        return str(cost["estimate"])
    if cost["high"] is None:
        return f"{cost['estimate']} (at least {cost['low']})"
    return f"{cost['estimate']} ({cost['low']} to {cost['high']})"
