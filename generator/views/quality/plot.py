"""Quality against cost: a point for each model with its interval, its name where there is room, the frontier.

Plain HTML laid over by percentages, as the other plots: readable without a script, at any width.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.views.plots import Axis, logarithmic
from generator.views.quality.board import Entry
from generator.views.quality.plot_labels import Spot, labelled
from generator.views.quality.topics import Topic
from playground.ability import Interval, Proof
from playground.labels.addresses import model_path
from playground.labels.labels import money
from playground.need.levels import LEVELS
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text

#: The labs that have a colour of their own, by its number in the style: those that readers ask about first.
COLOURS: Mapping[str, int] = {
    "openai": 1,
    "anthropic": 2,
    "google": 3,
    "microsoft": 4,
    "meta": 5,
    "mistral": 6,
    "deepseek": 7,
    "xai": 9,
    "amazon": 10,
    "alibaba": 11,
}
#: The grey of all others.
OTHERS = 8
#: The smallest plots that names must fit into, in pixels: of a desk's window and of a phone's.
WIDE, NARROW = (780, 520), (236, 440)
#: How a point looks by what it rests on, and what a reader calls that.
SHAPES: Mapping[Proof, tuple[str, str]] = {
    Proof.MEASURED: ("measured", "measured by others than its lab, at least once"),
    Proof.CLAIMED: ("claimed", "claimed by its lab only"),
    Proof.VOTES: ("voted", "people’s votes"),
}
#: Steps between the marks of the upward axis: about so many marks are enough.
STEPS, MARKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500), 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    entry: Entry
    usd: Decimal
    name: str
    left: float
    bottom: float


def frontier(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that no cheaper one matches, the cheapest first; those without a known cost are none."""
    priced = [(entry.usd, entry) for entry in entries if entry.usd]
    ordered = sorted(priced, key=lambda pair: (pair[0], -pair[1].interval.middle, pair[1].model))
    best: list[Entry] = []
    for _, entry in ordered:
        if not best or entry.interval.middle > best[-1].interval.middle:
            best.append(entry)
    return best


def quality_plot(
    topic: Topic,
    entries: Sequence[Entry],
    names: Mapping[str, str],
    places: Mapping[str, str],
    labs: Mapping[str, str],
    front: Sequence[str],
    work: str,
) -> str:
    """The plot of a leaderboard's entries; empty where fewer than two models have a known cost.

    `places` is where each model costs least, `labs` what each lab is called, `work` the work that is priced.
    """
    priced = [(entry, usd) for entry in entries if (usd := entry.usd)]
    if len(priced) < 2:
        return ""
    x = logarithmic(usd for _, usd in priced)
    y = _upwards([entry.interval for entry, _ in priced])
    points = [
        _Point(
            entry=entry,
            usd=usd,
            name=names[entry.model],
            left=x.place(math.log10(float(usd))),
            bottom=y.place(entry.interval.middle),
        )
        for entry, usd in priced
    ]
    best = frontier(entries)
    order = _order_of_labels(points, best, front)
    spots = [Spot(left=p.left, bottom=p.bottom, name=p.name) for p in points]
    levels = [] if topic.votes else list(_levels(y))
    wide, narrow = (labelled(spots, order, *size, levels) for size in (WIDE, NARROW))
    dots = "".join(
        _dot(point, y, places[point.entry.model], f"{wide.get(n, '')}", f"{narrow.get(n, '')}", topic)
        for n, point in enumerate(points)
    )
    title = html.escape(topic.title)
    measure = topic.measure
    return (
        f'<figure class="plot scatter quality" aria-label="{title}: {measure.lower()} against cost">'
        f'<div class="key" role="group" aria-label="Labs shown">{_boxes(points, labs)}</div>'
        f'<ul class="shapes">{_shapes(points)}<li class="edge">nobody is better for less</li></ul>'
        f'<div class="area"><div class="sizes" aria-hidden="true">{"".join(_marks(y))}</div>'
        f"{''.join(map(_level_line, levels))}{_frontier_line(best, x, y)}"
        f'<ul class="points">{dots}</ul></div>'
        f'<div class="times" aria-hidden="true">{"".join(_prices(x))}</div>'
        f"<figcaption>{measure} (upwards; the bar is where it lies with 80 % probability) against US dollars "
        f"a month (to the right, each step ten times the last) for {html.escape(work)}, at the cheapest lab, "
        "cloud or established host. The tables below have the same figures.</figcaption></figure>"
    )


def _upwards(intervals: Sequence[Interval]) -> Axis:
    low, high = min(i.low for i in intervals), max(i.high for i in intervals)
    room = 0.04 * (high - low or 1)
    return Axis(low=low - room, high=high + room)


def _order_of_labels(points: Sequence[_Point], best: Sequence[Entry], front: Sequence[str]) -> list[int]:
    """Who is named first: the frontier, the front models, each by how good it is, then the other best."""
    first, second = {e.model for e in best}, set(front)

    def place(n: int) -> tuple[bool, bool, float]:
        entry = points[n].entry
        return entry.model not in first, entry.model not in second, -entry.interval.middle

    named = [n for n in range(len(points)) if points[n].entry.model in first | second]
    return sorted(named, key=place)


def _dot(point: _Point, y: Axis, place: str, wide: str, narrow: str, topic: Topic) -> str:
    entry = point.entry
    low, high = y.place(entry.interval.low), y.place(entry.interval.high)
    then = f" ({coming_text(entry.offer.coming)})" if entry.offer.coming else ""
    cost = f"{bill_text(entry.offer.bill)}{then}"
    text = html.escape(
        f"{point.name}: {topic.measure.lower()} {figures(entry.interval)}, tier {entry.tier}, "
        f"{SHAPES[entry.proof][1]}; {cost} a month at {place}"
    )
    sides = " ".join(c for c in (f"w-{wide}" if wide else "", f"n-{narrow}" if narrow else "") if c)
    at = f"left:{point.left}%;bottom:{point.bottom}%"
    name = html.escape(point.name)
    label = f'<b class="{sides}" style="{at}" aria-hidden="true">{name}</b>' if sides else ""
    return (
        f'<li class="lab-{_colour(entry.model)}">'
        f'<i style="left:{point.left}%;bottom:{low}%;height:{round(high - low, 2)}%"></i>'
        f'<a class="point {SHAPES[entry.proof][0]}{" left" if point.left > 48 else ""}" '
        f'style="{at}" href="{model_path(entry.model)}#strengths" '
        f'aria-label="{text}"></a>{label}</li>'
    )


def figures(interval: Interval) -> str:
    """`1.6 (1.4 to 1.8)` of an ability, `1,412 (1,405 to 1,419)` of a rating."""
    digits = ",.0f" if abs(interval.middle) >= 100 else ".1f"
    low, middle, high = (format(v, digits) for v in (interval.low, interval.middle, interval.high))
    return f"{middle} ({low} to {high})"


def _colour(model: str) -> int:
    return COLOURS.get(model.partition("/")[0], OTHERS)


def _boxes(points: Sequence[_Point], labs: Mapping[str, str]) -> str:
    called = {number: lab for lab, number in COLOURS.items()}
    there = {_colour(p.entry.model) for p in points}
    box = '<label class="lab-{0}"><input type="checkbox" checked data-lab="{0}"> {1}</label>'
    own = [box.format(n, html.escape(labs[called[n]])) for n in called if n in there]
    return "".join([*own, *([box.format(OTHERS, "Other labs")] if OTHERS in there else [])])


def _shapes(points: Sequence[_Point]) -> str:
    there = {p.entry.proof for p in points}
    return "".join(
        f'<li class="{shape}">{text}</li>' for proof, (shape, text) in SHAPES.items() if proof in there
    )


def _marks(y: Axis) -> Iterator[str]:
    step = next((s for s in STEPS if (y.high - y.low) / s <= MARKS), STEPS[-1])
    for n in range(math.ceil(y.low / step), math.floor(y.high / step) + 1):
        value = n * step
        text = f"{value:,.0f}" if step >= 1 else f"{value:.1f}"
        yield f'<span style="bottom:{y.place(value)}%">{text}</span>'


def _levels(y: Axis) -> Iterator[Spot]:
    """How able a model must be for each level of work, as Choose asks it."""
    for level in LEVELS.values():
        if y.low < level.least < y.high:
            yield Spot(left=100, bottom=y.place(level.least), name=level.label)


def _level_line(level: Spot) -> str:
    return f'<div class="level" style="bottom:{level.bottom}%"><small>{level.name}</small></div>'


def _frontier_line(best: Sequence[Entry], x: Axis, y: Axis) -> str:
    steps: list[str] = []
    for entry in best:
        across, up = (
            x.place(math.log10(float(entry.usd or 1))),
            round(100 - y.place(entry.interval.middle), 2),
        )
        steps.append(f"H{across}V{up}" if steps else f"M{across} {up}")
    line = "".join(steps) + "H100"
    return (
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path d="{line}"/></svg>'
    )


def _prices(x: Axis) -> Iterator[str]:
    for power in range(math.ceil(x.low), math.floor(x.high) + 1):
        yield f'<span style="left:{x.place(power)}%">{money(Decimal(10) ** power).removesuffix(".00")}</span>'
