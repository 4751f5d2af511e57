"""Plots as plain HTML and SVG, made with the page: readable without a script, in both themes, at any width.

Lines are SVG stretched to the page; points and words are HTML laid over it by percentages, so that text keeps
its size on a phone and every point is a link that a keyboard reaches and a screen reader names.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.views.figures import Figure, figure_text, marked, price_figure, standing_text
from playground.catalog import Catalog, Kind, Offering
from playground.catalog.prices import Meter, Rate
from playground.labels.addresses import anchor, model_path
from playground.labels.counted import counted
from playground.labels.labels import CHANNELS, MARKS, money
from playground.labels.names import place_name

INPUT, OUTPUT = Rate(meter=Meter.INPUT).field, Rate(meter=Meter.OUTPUT).field
#: The most rows of a spread; the cheapest and the dearest stay.
MOST_ROWS = 24
#: The marks of the context axis.
SIZES = ((4_000, "4K"), (32_000, "32K"), (128_000, "128K"), (1_000_000, "1M"), (10_000_000, "10M"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A logarithmic or a time axis: from a value to its place in percent, and its marks."""

    low: float
    high: float

    def place(self, value: float) -> float:
        if self.high <= self.low:
            return 50.0
        return round(100 * (value - self.low) / (self.high - self.low), 2)


def logarithmic(values: Iterable[Decimal]) -> Axis:
    """An axis of powers of ten around positive values, with a little room at both ends."""
    logs = [math.log10(float(v)) for v in values]
    return Axis(low=min(logs) - 0.08, high=max(logs) + 0.08)


def _log(value: Decimal) -> float:
    return math.log10(float(value))


def _usd(offering: Offering, field: str) -> Decimal | None:
    usd = offering.sound_price(field)
    return usd if usd else None


def _shown(offering: Offering, field: str) -> str:
    """A price with the letter of how it stands, which leads to its claims on the same page."""
    return figure_text(price_figure(offering.facts, field), f"#{anchor(offering)}")


def spread(offerings: Sequence[Offering], catalog: Catalog) -> str:
    """What one model costs at each place: a row per distinct price, its table being the plot itself.

    Places that no longer serve it are left out, unless none does. Empty where fewer than two prices are known
    to differ.
    """
    rows: dict[tuple[Decimal, Decimal], list[Offering]] = {}
    for o in [o for o in offerings if not o.retired] or offerings:
        usd_in, usd_out = _usd(o, INPUT), _usd(o, OUTPUT)
        if usd_in is not None and usd_out is not None:
            rows.setdefault((usd_in, usd_out), []).append(o)
    if len(rows) < 2:
        return ""
    ordered = sorted(rows.items(), key=lambda r: (r[0][0] + r[0][1], r[0]))
    left = max(0, len(ordered) - MOST_ROWS)
    if left:
        ordered = [*ordered[: MOST_ROWS - 4], *ordered[-4:]]
    axis = logarithmic(v for pair, _ in ordered for v in pair)
    lines = []
    for (usd_in, usd_out), places in ordered:
        first = places[0]
        name = html.escape(place_name(first, catalog))
        also = f" <small>and {len(places) - 1} more</small>" if len(places) > 1 else ""
        a, b = sorted((axis.place(_log(usd_in)), axis.place(_log(usd_out))))
        lines.append(
            f'<tr><th scope="row"><a href="#{anchor(first)}">{name}</a>{also}</th>'
            f'<td class="track"><span style="--a:{a}%;--b:{b}%"></span></td>'
            f"<td>{_shown(first, INPUT)}</td><td>{_shown(first, OUTPUT)}</td></tr>"
        )
    stand = "is" if left == 1 else "are"
    note = f"<p>{counted(left, 'price')} between {stand} left out.</p>" if left else ""
    return (
        '<div class="spread-scroll" tabindex="0" role="region" aria-label="Price by place">'
        '<table class="spread"><thead><tr><th scope="col">Where</th>'
        '<th scope="col">From input to output, on a logarithmic scale</th>'
        '<th scope="col">Input</th><th scope="col">Output</th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>{note}"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One model in price against context."""

    model: str
    name: str
    lab: str
    usd: Decimal
    price: Figure
    context: int
    where: str
    link: str
    claims: str
    marks: tuple[str, str]


def points(catalog: Catalog, names: Mapping[str, str], labs: Sequence[str]) -> list[Point]:
    """A point for each chat model: where it is cheapest of those that serve it and say price and context."""
    best: dict[str, Point] = {}
    for o in catalog.offerings:
        usd, context = _usd(o, INPUT), o.value("context_tokens")
        if (
            o.lab not in labs
            or o.retired
            or o.kind != Kind.CHAT
            or usd is None
            or not isinstance(context, int)
            or context < 1
        ):
            continue
        held = best.get(o.model)
        if held is None or usd < held.usd:
            best[o.model] = Point(
                model=o.model,
                name=names[o.model],
                lab=o.lab,
                usd=usd,
                price=price_figure(o.facts, INPUT),
                context=context,
                where=f"{catalog.providers[o.provider].name}, {CHANNELS[o.channel][0]}",
                link=model_path(o.model),
                claims=f"{model_path(o.model)}#{anchor(o)}",
                marks=(MARKS[o.facts[INPUT].standing], MARKS[o.facts["context_tokens"].standing]),
            )
    return sorted(best.values(), key=lambda p: (labs.index(p.lab), p.usd, p.model))


def scatter(points: Sequence[Point], labs: Sequence[tuple[str, str]]) -> str:
    """Price against context, a dot per model, a tick box per lab (`labs`: id and name, in order)."""
    x = logarithmic(p.usd for p in points)
    y = logarithmic(Decimal(p.context) for p in points)
    order = {lab: n for n, (lab, _) in enumerate(labs, 1)}
    dots, rows = [], []
    for p in points:
        left, bottom = x.place(_log(p.usd)), y.place(math.log10(p.context))
        usd_standing, context_standing = map(standing_text, p.marks)
        point_text = html.escape(
            f"{p.name}: {money(p.usd)} input ({usd_standing}), "
            f"{p.context:,} tokens ({context_standing}); {p.where}"
        )
        dots.append(
            f'<li class="lab-{order[p.lab]}"><a class="point{" left" if left > 60 else ""}" '
            f'style="left:{left}%;bottom:{bottom}%" href="{p.link}" data-said="{point_text}">'
            f"<span>{point_text}</span></a></li>"
        )
        rows.append(
            f'<tr><td><a href="{p.link}">{html.escape(p.name)}</a></td>'
            f"<td>{html.escape(dict(labs)[p.lab])}</td>"
            f"<td>{figure_text(p.price, p.claims)}</td>"
            f"<td>{p.context:,}{marked(p.marks[1], p.claims)}</td><td>{html.escape(p.where)}</td></tr>"
        )
    boxes = "".join(
        f'<label class="lab-{n}"><input type="checkbox" checked data-lab="{n}"> {html.escape(name)}</label>'
        for n, (_, name) in enumerate(labs, 1)
    )
    prices = "".join(
        f'<span style="left:{x.place(k)}%">{money(Decimal(10) ** k)}</span>'
        for k in range(math.ceil(x.low), math.floor(x.high) + 1)
    )
    sizes = "".join(
        f'<span style="bottom:{y.place(math.log10(size))}%">{name}</span>'
        for size, name in SIZES
        if y.low < math.log10(size) < y.high
    )
    return (
        '<figure class="plot scatter" aria-label="Input price against context window">'
        f'<div class="key" role="group" aria-label="Labs shown">{boxes}</div>'
        f'<div class="area"><div class="sizes" aria-hidden="true">{sizes}</div>'
        f'<ul class="points">{"".join(dots)}</ul></div>'
        f'<div class="times" aria-hidden="true">{prices}</div>'
        "<figcaption>Input price (US dollars per million tokens, to the right) against context window "
        "(tokens, upwards), both logarithmic. Each dot is a model where it is cheapest among places that "
        "say both.</figcaption><details><summary>As a table</summary>"
        '<table><thead><tr><th scope="col">Model</th><th scope="col">Lab</th><th scope="col">Input</th>'
        '<th scope="col">Context</th><th scope="col">Where</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></details></figure>"
    )
