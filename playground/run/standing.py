"""Which of several models' figures may be compared, in what order they stand, and whether one is the best.

One rule for the page, the cell and the terminal. An answer that failed, was stopped, refused or filtered, is
empty, or ended for a reason that we don't know has no place. One run gives an order and no best: the next may
turn it round. A best has five runs, as has everybody else, and its interval lies below all others'. A figure
that somebody's provider does not report leaves it open who is best. What was cut off at its limit of tokens
is not a whole answer: what it took is shown, and has no rank among those of whole ones. Figures that a reader
sees alike are alike: they share a rank, and none of them is the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import comb
from statistics import median

from playground.chat.events import Failed, Finished, Reason
from playground.chat.metrics import SHOWN, Figure, Known, Metrics, figure_text

#: Runs of each model before one is called the best.
ENOUGH = 5
#: How surely a median lies in its interval, at least; with five runs 93.75 %, from the least to the most.
COVERAGE = 0.9
#: Ends of an answer to what was asked.
ANSWERED = (Reason.STOP, Reason.LENGTH, Reason.TOOL_CALLS)
#: Figures of a whole answer: those of one that was cut off would be higher had it gone on.
OF_THE_WHOLE = frozenset({"seconds", "output", "reasoning", "cost"})
#: Figures in seconds.
TIMES = frozenset({"first_reasoning", "first_answer", "seconds"})
#: Times of one model differ by as much from run to run: this share of it, or these seconds.
SHARE, SECONDS = 0.1, 0.05
NOTHING_YET = "A best is named from five runs of each model, where their intervals do not overlap."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One answer: whether it counts, whether it was cut off at its limit, and its figures by name."""

    answered: bool
    cut: bool = False
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one model stands in one figure.

    `value` is that of its one run or the median of `runs`; `low` and `high` are the median's interval, from
    five runs on; `rank` is from 1, of `of` models that have one. `cut`: all its answers were cut off. `near`:
    all models' values are about the same, so that none has a rank.
    """

    value: float | None = None
    runs: int = 0
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    of: int = 0
    best: bool = False
    cut: bool = False
    near: bool = False


def measured(end: Finished | Failed | None, metrics: Metrics) -> Measured:
    """A run by its end and its figures."""
    figures = {name: getattr(metrics, name) for name in SHOWN if getattr(metrics, name)}
    answered = isinstance(end, Finished) and end.reason in ANSWERED
    return Measured(
        answered=answered and metrics.first_answer.value is not None,
        cut=isinstance(end, Finished) and end.reason == Reason.LENGTH,
        figures=figures,
    )


def places(name: str, models: Sequence[Sequence[Measured]]) -> list[Place]:
    """Where each model stands in a figure, by the runs of it that count."""
    counted = [[run for run in runs if run.answered] for runs in models]
    values = [_values(runs, name, cut=False) for runs in counted]
    intervals = [interval(each) for each in values]
    known = sorted(median(each) for each in values if each)
    is_rough = any(0 < len(each) < ENOUGH for each in values)
    ranks = {
        value: next(n for n, less in enumerate(known, 1) if _are_alike(name, less, value, is_rough))
        for value in known
    }
    best = _best(name, counted, values, intervals)
    ordered = SHOWN[name].least and len(set(ranks.values())) > 1  # all alike is no order
    near = SHOWN[name].least and not ordered and len({figure_text(name, value) for value in known}) > 1
    there = []
    for place, (runs, whole, bounds) in enumerate(zip(counted, values, intervals, strict=True)):
        shown = whole or _values(runs, name, cut=True)
        there.append(
            Place(
                value=median(shown) if shown else None,
                runs=len(shown),
                low=bounds[0] if bounds else None,
                high=bounds[1] if bounds else None,
                rank=ranks[median(whole)] if ordered and whole else None,
                of=len(known),
                best=place == best,
                cut=bool(shown) and not whole,
                near=bool(near and whole),
            )
        )
    return there


def _are_alike(name: str, less: float, value: float, is_rough: bool) -> bool:
    """Whether two values, the lesser first, tell nothing of who is ahead; `is_rough`: of few runs."""
    if figure_text(name, less) == figure_text(name, value):
        return True
    return is_rough and name in TIMES and value - less <= max(SHARE * less, SECONDS)


def interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Two of the values between which their median's true value lies, at least 90 times of 100.

    By their order alone, so it holds however they are distributed; None below five values.
    https://online.stat.psu.edu/stat415/lesson/19/19.1
    """
    if len(values) < ENOUGH:
        return None
    n, ordered = len(values), sorted(values)
    outside, cut = 0.0, 0
    for k in range(n // 2):
        outside += 2 * comb(n, k) / 2**n
        if 1 - outside < COVERAGE:
            break
        cut = k
    return ordered[cut], ordered[n - 1 - cut]


def note(models: Sequence[Sequence[Measured]]) -> str:
    """What the order rests on, for below the table; empty where there is none."""
    counts = [sum(run.answered for run in runs) for runs in models]
    there = [count for count in counts if count]
    if len(there) < 2:
        return ""
    least = min(there)
    each = "one run" if least == 1 else f"{least} runs"
    rests = (
        f"The order rests on {each} of each model"
        if len(set(there)) == 1
        else (f"The order rests on {least} to {max(there)} runs of a model")
    )
    return f"{rests}. {NOTHING_YET}" if least < ENOUGH else f"{rests}: medians, with the interval of each."


def place_text(name: str, place: Place) -> str:
    """A place as a reader sees it: the value, the interval where there is one, the rank, the best."""
    text = figure_text(name, place.value)
    if place.value is None:
        return text
    if place.low is not None and place.low == place.high:
        text = f"{text} (in each of {place.runs} runs)"
    elif place.runs > 1:
        text = f"{text} (median of {place.runs}"
        if place.low is not None and place.high is not None:
            text += f", {figure_text(name, place.low)} to {figure_text(name, place.high)}"
        text += ")"
    if place.cut:
        return f"{text}, cut off"
    if place.best:
        return f"{text}, {SHOWN[name].least}"
    if place.near:
        return f"{text}, about the same"
    return f"{text}, {ordinal(place.rank)} of {place.of}" if place.rank else text


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd, 4th …"""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th") if rank % 100 not in (11, 12, 13) else "th"
    return f"{rank}{ending}"


def alike(asked: Sequence[str]) -> list[bool]:
    """Which of several were asked what most were: figures of different questions have no order."""
    most = Counter(asked).most_common(1)[0][0] if asked else ""
    return [each == most for each in asked]


def _values(runs: Sequence[Measured], name: str, *, cut: bool) -> list[float]:
    """What is known of a figure: of answers that were cut off, or of those that count in full."""
    asked = [run.figures.get(name) for run in runs if (run.cut and name in OF_THE_WHOLE) == cut]
    return [float(figure.value) for figure in asked if figure is not None and figure.value is not None]


def _best(
    name: str,
    counted: Sequence[Sequence[Measured]],
    values: Sequence[Sequence[float]],
    intervals: Sequence[tuple[float, float] | None],
) -> int | None:
    """The place of the model that is below all others for sure; None where that is open."""
    there = [place for place, runs in enumerate(counted) if runs]
    bounds = [(b, place) for place in there if (b := intervals[place]) is not None]
    if not SHOWN[name].least or len(there) < 2 or len(bounds) < len(there):
        return None
    if any(len(values[place]) < len(counted[place]) for place in there):
        return None  # what is not known may be less
    if any(run.figures[name].known == Known.ESTIMATED for place in there for run in counted[place]):
        return None
    first, second = sorted(bounds)[:2]
    shown_as = [figure_text(name, median(values[place])) for place in there]
    is_alone = shown_as.count(figure_text(name, median(values[first[1]]))) == 1
    return first[1] if first[0][1] < second[0][0] and is_alone else None
