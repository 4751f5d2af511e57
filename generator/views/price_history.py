"""A model's prices over time, as a plot in plain SVG."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.views.figures import source_title
from generator.views.plots import Axis
from playground.catalog import Catalog, Offering
from playground.labels.labels import money
from playground.labels.names import place_name

#: The most lines of a history: more cannot be told apart.
MOST_LINES = 5
#: How much of the plot stands behind a step that is to come.
ROOM = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    name: str
    steps: list[tuple[date, Decimal]]
    source: str


def history(offerings: Sequence[Offering], catalog: Catalog, until: date) -> str:
    """How the input price moved, in steps, at each place with dated prices; empty where none moved."""
    lines: list[_Line] = []
    for o in offerings:
        steps = _steps(o)
        if len({usd for _, usd in steps}) < 2:
            continue
        if all(line.steps != steps for line in lines):
            lines.append(_Line(name=place_name(o, catalog), steps=steps, source=_source(o, catalog)))
    lines = lines[:MOST_LINES]
    if not lines:
        return ""
    time = _days([day for line in lines for day, _ in line.steps], until)
    usd = Axis(low=0, high=float(max(s[1] for line in lines for s in line.steps)) * 1.12)
    paths, points, key, rows = [], [], [], []
    for number, line in enumerate(lines, 1):
        paths.append(f'<path class="line-{number}" d="{_stepped(line.steps, time, usd)}"/>')
        for day, price in line.steps:
            x, y = time.place(day.toordinal()), usd.place(float(price))
            point_text = html.escape(f"{line.name}: {money(price)} from {day}")
            points.append(
                f'<li class="point line-{number}{" left" if x > 60 else ""}" style="left:{x}%;bottom:{y}%" '
                f'tabindex="0" data-said="{point_text}"><span>{point_text}</span></li>'
            )
            rows.append(
                f"<tr><td>{html.escape(line.name)}</td><td>{day}</td><td>{money(price)}</td>"
                f"<td>{html.escape(line.source)}</td></tr>"
            )
        key.append(f'<li class="line-{number}">{html.escape(line.name)}</li>')
    years = sorted({date.fromordinal(int(time.low)).year + n for n in range(1, 20)})
    marks = "".join(
        f'<span style="left:{time.place(date(y, 1, 1).toordinal())}%">{y}</span>'
        for y in years
        if time.low < date(y, 1, 1).toordinal() < time.high
    )
    top = Decimal(str(round(usd.high / 1.12, 6)))
    return (
        '<figure class="plot history" aria-label="Input price over time">'
        f'<ul class="key">{"".join(key)}</ul>'
        f'<div class="area"><span class="top" style="bottom:{usd.place(float(top))}%">{money(top)}</span>'
        f'<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{"".join(paths)}</svg>'
        f'<ul class="points">{"".join(points)}</ul></div>'
        f'<div class="times" aria-hidden="true">{marks}</div>'
        "<figcaption>Input price, US dollars per million tokens, in steps, as each list held"
        f"{_announced(lines, until)}.</figcaption>"
        "<details><summary>As a table</summary>"
        '<table><thead><tr><th scope="col">Where</th><th scope="col">From</th><th scope="col">Input</th>'
        f'<th scope="col">Who says so</th></tr></thead><tbody>{"".join(rows)}</tbody></table></details>'
        "</figure>"
    )


def _announced(lines: Sequence[_Line], until: date) -> str:
    """Which of the steps are to come; empty where none is."""
    coming = any(day > until for line in lines for day, _ in line.steps)
    return f"; what lies after {until} is announced" if coming else ""


def _days(steps: Sequence[date], until: date) -> Axis:
    """From the first step to a day; a step that is to come has some room behind it."""
    first, last = min(steps).toordinal(), max(steps).toordinal()
    end = until.toordinal()
    return Axis(low=first, high=end if last < end else last + ROOM * (last - first))


def _source(offering: Offering, catalog: Catalog) -> str:
    """Whose dated prices these are."""
    records = {s.record for s in offering.history if s.mode == "standard" and s.start and s.usd}
    return ", ".join(sorted({source_title(r, catalog.sources) for r in records}))


def _steps(offering: Offering) -> list[tuple[date, Decimal]]:
    """The dated input prices of the standard mode, oldest first, without those that are not believed."""
    steps = [
        (span.start, span.usd["input"])
        for span in offering.history
        if span.mode == "standard" and span.start and span.usd and "input" in span.usd
        if not offering.disbelieves("price.input", span.usd["input"])
    ]
    return sorted(dict(steps).items())


def _stepped(steps: Sequence[tuple[date, Decimal]], time: Axis, usd: Axis) -> str:
    path = ""
    for day, price in steps:
        x, y = time.place(day.toordinal()), round(100 - usd.place(float(price)), 2)
        path += f"H{x}V{y}" if path else f"M{x} {y}"
    return f"{path}H100"
