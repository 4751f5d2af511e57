"""A decision record: what was asked, who is left, who is out and why, and the facts with their sources.

Markdown that a team keeps beside its code and can make again: the need stands in it as `almanac choose` reads
it, with the catalog's hash and the day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any

from playground.catalog import Catalog, Offering, Support
from playground.choose import Answer, Candidate
from playground.constraints import usd
from playground.flips import Flip
from playground.need import SHARES, Need, said_of
from playground.prices import Mode
from playground.pricing import Bill
from playground.remedies import LIMITS
from playground.words import anchor, label, linked, model_path, place_name

#: How many models are told of in full, how many in the table, and how many of each group of the eliminated.
FULL, LISTED, EXAMPLES = 5, 12, 3
UNITS: Mapping[str, str] = {
    "input_tokens": "input tokens a request",
    "output_tokens": "output tokens a request",
    "cached": "of the input cached",
    "written": "of the input written to a cache",
    "written_1h": "of the input written to a cache for an hour",
    "audio_in": "of the input sound",
    "image_in": "of the input images",
    "reasoning": "of the output reasoning",
    "audio_out": "of the output sound",
    "image_out": "of the output images",
    "batch": "of the requests in batch",
}
HOLDS = {Support.YES: "yes", Support.NO: "**no**", Support.UNKNOWN: "*nobody says*"}


@dataclass(frozen=True, slots=True)
class Claims:
    """Who says a fact: by offering and field, the sources with the page each cites."""

    by: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]

    def said(self, key: str, field: str) -> str:
        """`litellm, [genai-prices](https://…)`; empty where it is not known here."""
        return ", ".join(
            linked(cell(source), link) if link.startswith("https://") else cell(source)
            for source, link in self.by.get((key, field), ())
        )


def decision_record(
    answer: Answer,
    catalog: Catalog,
    sha256: str,
    today: date,
    *,
    names: Mapping[str, str],
    claims: Claims,
    title: str = "",
    site: str = "",
) -> str:
    """The record. `site` begins the addresses of pages; without it they begin at the site's root."""
    return (
        "\n".join(_lines(_Told(answer, catalog, names, claims, site.rstrip("/")), sha256, today, title))
        + "\n"
    )


@dataclass(frozen=True, slots=True)
class _Told:
    answer: Answer
    catalog: Catalog
    names: Mapping[str, str]
    claims: Claims
    site: str

    def link(self, offering: Offering) -> str:
        """The model, leading to the offering's claims."""
        page = f"{self.site}{model_path(offering.model)}#{anchor(offering)}"
        return f"[{cell(self.names[offering.model])}]({page})"

    def place(self, offering: Offering) -> str:
        return cell(place_name(offering, self.catalog))

    def named(self, key: str) -> str:
        found = next(c for c in self.answer.leaders if c.offering.key == key)
        return f"{self.link(found.offering)} at {self.place(found.offering)}"


def _lines(told: _Told, sha256: str, today: date, title: str) -> Iterator[str]:
    answer = told.answer
    yield f"# {cell(title) or 'Which model'}: a decision record"
    yield ""
    total = f"{len(answer.ranked):,} of {len(told.catalog.offerings):,} offerings left"
    yield f"{today} · catalog `{sha256[:12]}` · {total}"
    yield ""
    yield "## What was asked"
    yield ""
    yield "```yaml"
    yield from yaml_lines(said_of(answer.need))
    yield "```"
    yield ""
    yield "Save it as `need.yml`; `almanac choose --need need.yml` asks it again."
    yield ""
    yield from _shortlist(told)
    yield from _flips(told)
    yield from _eliminated(told)
    yield from _doubts(told)
    for candidate in answer.leaders[:FULL]:
        yield from _candidate(told, candidate)


def yaml_lines(parts: Mapping[str, Any]) -> Iterator[str]:
    """A need's parts as YAML; JSON's texts, numbers and lists are YAML's."""
    for name, value in parts.items():
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}"
    if not parts:
        yield "{}"


def _shortlist(told: _Told) -> Iterator[str]:
    answer = told.answer
    yield "## Who is left"
    yield ""
    if not answer.ranked:
        yield f"Nobody: no offering meets {cell(' and '.join(answer.conflict))} together."
        yield ""
        for said in remedies(answer):
            yield f"- {cell(said)}"
        yield ""
        return
    scored = bool(answer.need.benchmark)
    yield "The best place of each model, the best first. † Nobody beats it in cost and all else that counts."
    yield ""
    yield f"| Model | Place | A month |{' Score |' if scored else ''} Nobody says |"
    yield f"|---|---|---:|{'---:|' if scored else ''}---|"
    for candidate in answer.leaders[:LISTED]:
        mark = " †" if candidate.offering.key in answer.front else ""
        cells = [told.link(candidate.offering) + mark, told.place(candidate.offering), money(candidate.bill)]
        if scored:
            score = candidate.score
            cells.append(linked(f"{score.score.normalize():f}", score.link) if score else "–")
        cells.append(cell(", ".join(v.constraint for v in candidate.unknown)) or "–")
        yield f"| {' | '.join(cells)} |"
    yield ""
    if scored:
        unscored = f"{answer.unscored:,} of those left have no score in it"
        yield f"Quality is *{cell(answer.need.benchmark)}*; {unscored}."
        yield ""
    for part in answer.spread:
        offering = part.candidate.offering
        share = f"{float(100 * part.share):.3g} % of the requests"
        yield f"- {share}: {told.link(offering)} at {told.place(offering)}"
    if answer.spread:
        yield ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two neighbours of the shortlist by key, and when the second would stand before the first, in words."""

    first: str
    second: str
    when: tuple[str, ...]


def swaps(answer: Answer) -> Iterator[Swap]:
    """The flip points of an answer, one entry for each pair of neighbours that has any."""
    place = {key: n for n, key in enumerate(answer.leaders.keys)}
    pairs: dict[tuple[str, str], dict[str, list[Flip]]] = {}
    for flip in answer.flips:
        first, second = sorted((flip.above, flip.below), key=place.__getitem__)
        pairs.setdefault((first, second), {}).setdefault(flip.input, []).append(flip)
    for (first, second), inputs in pairs.items():
        when = (said for name, found in inputs.items() for said in _when(name, found, second, answer.need))
        yield Swap(first=first, second=second, when=tuple(when))


def _when(name: str, flips: list[Flip], second: str, need: Need) -> Iterator[str]:
    """The stretches of one input on which the second is better: `above 2,140 output tokens … (now 500)`."""
    start: Fraction | None = None
    inside = flips[0].below == second
    stretches: list[tuple[Fraction | None, Fraction | None]] = []
    for flip in sorted(flips, key=lambda f: f.at):
        if inside:
            stretches.append((start, flip.at))
        start, inside = flip.at, flip.above == second
    if inside:
        stretches.append((start, None))
    for low, high in stretches:
        if low is None and high is not None:
            said = f"below {amount(name, high)}"
        elif low is not None and high is not None:
            said = f"from {amount(name, low).partition(' ')[0]} to {amount(name, high)}"
        else:
            said = f"above {amount(name, low or Fraction(0))}"
        yield f"{said} ({_now(name, need)})"


def _now(name: str, need: Need) -> str:
    if name not in UNITS:
        return f"now {getattr(need, name.rpartition(' ')[2])}"
    value = getattr(need.work, name)
    return f"now {_percent(value)} %" if name in SHARES else f"now {value.normalize():,f}"


def _flips(told: _Told) -> Iterator[str]:
    shown = {c.offering.key for c in told.answer.leaders[:LISTED]}
    found = [s for s in swaps(told.answer) if {s.first, s.second} <= shown]
    if not found:
        return
    yield "## What would change the order"
    yield ""
    for swap in found:
        first, second = told.named(swap.first), told.named(swap.second)
        yield f"- {second} goes before {first} {', or '.join(swap.when)}."
    yield ""


def _eliminated(told: _Told) -> Iterator[str]:
    yield "## Who is out, by the first reason"
    yield ""
    yield "| Reason | Offerings | For example |"
    yield "|---|---:|---|"
    for constraint, group in sorted(told.answer.eliminated.items(), key=lambda g: -len(g[1])):
        examples = [
            f"{told.link(c.offering)} at {told.place(c.offering)}: "
            + cell(next(v.said for v in c.verdicts if v.constraint == constraint))
            for c in group[:EXAMPLES]
        ]
        yield f"| {cell(constraint)} | {len(group):,} | {'; '.join(examples)} |"
    yield ""


def _doubts(told: _Told) -> Iterator[str]:
    waiting = told.answer.pending()
    if not told.answer.unknown and not waiting:
        return
    yield "## What nobody says, and would be worth finding out"
    yield ""
    for one in waiting:
        offering = one.candidate.offering
        name = f"{told.link(offering)} at {told.place(offering)}"
        cost = money(one.candidate.bill)
        yield f"- {name} would come first ({cost} a month): {cell(one.doubt)} is unknown."
    for constraint, count in told.answer.unknown.items():
        yield f"- {cell(constraint)}: of {count:,} of those left"
    yield ""


def _candidate(told: _Told, candidate: Candidate) -> Iterator[str]:
    offering = candidate.offering
    yield f"## {cell(told.names[offering.model])} at {told.place(offering)}"
    yield ""
    yield f"`{offering.key}` · {told.link(offering)} · {money(candidate.bill)} a month"
    yield ""
    yield "| Asked | Holds | Said | Sources |"
    yield "|---|---|---|---|"
    for verdict in candidate.verdicts:
        said = told.claims.said(offering.key, verdict.field) or "–"
        yield f"| {cell(verdict.constraint)} | {HOLDS[verdict.holds]} | {cell(verdict.said)} | {said} |"
    yield ""
    if candidate.bill is None or not candidate.bill.lines:
        return
    yield "| Meter | Mode | Count | A unit | Cost | Sources |"
    yield "|---|---|---:|---:|---:|---|"
    for line in candidate.bill.lines:
        mode = "" if line.mode == Mode.STANDARD else f"{line.mode}."
        price = "unknown" if line.usd is None else f"${line.usd:f}"
        cost = "unknown" if line.cost is None else usd(line.cost)
        cells = [label(f"price.{line.meter}"), line.mode, f"{line.tokens:,.0f}", price, cost]
        cells.append(told.claims.said(offering.key, f"price.{mode}{line.meter}") or "–")
        yield f"| {' | '.join(cells)} |"
    yield ""


def money(bill: Bill | None) -> str:
    """`$12.50`, `$12.50 to $20.00`, `from $12.50`, or unknown."""
    if bill is None:
        return "unknown"
    if bill.usd is not None:
        return usd(bill.usd)
    return f"from {usd(bill.low)}" if bill.high is None else f"{usd(bill.low)} to {usd(bill.high)}"


def amount(name: str, at: Fraction) -> str:
    """A flip point in words: `2,140 output tokens a request`, `35 % of the input cached`."""
    if name in SHARES:
        return f"{_percent(at)} % {UNITS[name]}"
    if name in UNITS:
        return f"{float(at):,.0f} {UNITS[name]}" if at >= 100 else f"{float(at):.3g} {UNITS[name]}"
    return f"{float(at):.3g} as the {name}"


def _percent(share: Fraction | Decimal) -> str:
    return f"{float(100 * share):.3g}"


#: A part of the need that is a number, as it is said to give way.
GIVES: Mapping[str, Callable[[Decimal], str]] = {
    "budget": lambda v: f"with {_rounded_up(v)} a month",
    "request_budget": lambda v: f"with {_rounded_up(v)} a request",
    "min_days": lambda v: f"with {v:,} days to live on",
    "min_providers": lambda v: f"with {v:,} {'provider' if v == 1 else 'providers'} to switch to",
    "min_score": lambda v: f"with {v.normalize():f} as the worst score",
    "input_tokens": lambda v: f"with {v:,f} input tokens a request",
    "output_tokens": lambda v: f"with {v:,f} output tokens a request",
}


def _rounded_up(amount: Decimal) -> str:
    """Dollars that are surely enough, in as many digits as tell something."""
    least = Decimal("0.01") if amount >= 1 else Decimal(1).scaleb(amount.adjusted() - 2) if amount else 1
    return f"${amount.quantize(Decimal(least), ROUND_CEILING).normalize():,f}"


def remedies(answer: Answer) -> Iterator[str]:
    """Where nobody is left, what would help, a sentence each: the most helpful first."""
    for without, count in answer.relaxations.items():
        gives = [GIVES[part](value) for part, value in answer.enough[without].items()]
        rest = [name for name in without if LIMITS.get(name) not in answer.enough[without]]
        if gives:
            less = f" and without {' and '.join(rest)}" if rest else ""
            found = f"There would be one {' and '.join(gives)}{less}"
            yield f"{found}; without {' and '.join(without)} {count:,}."
        else:
            yield f"Without {' and '.join(without)} there would be {count:,}."


_PLAIN = str.maketrans({c: f"\\{c}" for c in r"\`*_[]<>|"} | {"\n": " ", "\r": " "})


def cell(text: str) -> str:
    """Text that is only text in Markdown, in a table too."""
    return text.translate(_PLAIN)
