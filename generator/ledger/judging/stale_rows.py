"""Prices that only a source out of date gives: once its row is overtaken in one, the others are not certain.

A source much older than the freshest yields to it where both name a price (`precedence.py`). What it alone
names in the same row stood on the same old list. Where such a price is counted as another one that is known
(reasoning as output), it is held back and the other one counts; else it is shown, in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.ledger.judging.gates import PART_OF, Claims
from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Fact, Key, Standing, Value
from playground.catalog.prices import LONG_CONTEXT, LONG_FROM, Rate, Unit, parse_price_field


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overtaken:
    """A price in which a record is out of date: the record's, and the one that holds."""

    name: str
    old: Value
    now: Value


def doubt_stale_rows(facts: Mapping[Key, dict[str, Fact]], claims: Mapping[Key, Claims]) -> None:
    """Mark, in place, the prices that stand on rows out of date alone."""
    for key, own in facts.items():
        overtaken = _overtaken(own)
        for name, record in list(_alone(own, overtaken)) if overtaken else ():
            why = _why(overtaken[record], claims[key], record)
            if name in claims[key] and _counted_as_known(name, own, overtaken):
                claims[key][name] = [
                    w.because(why) if w.record in overtaken else w for w in claims[key][name]
                ]
                own[name] = choose_claim(name, claims[key][name], key.provider)
            elif own[name].standing != Standing.DOUBTFUL:
                own[name] = replace(own[name], standing=Standing.DOUBTFUL, reason=why)


def _overtaken(own: Mapping[str, Fact]) -> dict[str, _Overtaken]:
    """By record a price of tokens in which a fresher source overtook it."""
    overtaken: dict[str, _Overtaken] = {}
    for name, fact in own.items():
        if not _of_tokens(name) or fact.value is None:
            continue
        for claim in fact.claims:
            if claim.note == "stale":
                overtaken.setdefault(claim.record, _Overtaken(name=name, old=claim.value, now=fact.value))
    return overtaken


def _alone(own: Mapping[str, Fact], overtaken: Mapping[str, _Overtaken]) -> Iterator[tuple[str, str]]:
    """The prices of tokens that only overtaken records bear out, each with the first of these."""
    for name, fact in own.items():
        if not _of_tokens(name) or fact.value is None:
            continue
        records = [c.record for c in fact.claims if c.note in ("", "rounding")]
        if records and all(record in overtaken for record in records):
            yield name, records[0]


def _of_tokens(name: str) -> bool:
    return name.startswith("price.") and parse_price_field(name).unit == Unit.MTOK


def _counted_as_known(name: str, own: Mapping[str, Fact], overtaken: Mapping[str, _Overtaken]) -> bool:
    """Whether the tokens have a price that is certain: as what they are part of, or by the same step."""
    rate = parse_price_field(name)
    others: list[Rate] = []
    if rate.meter in PART_OF:
        others.append(replace(rate, meter=PART_OF[rate.meter]))
    if rate.grade == LONG_CONTEXT:
        others.append(replace(rate, grade="", above_tokens=LONG_FROM))
    alone = {other for other, _ in _alone(own, overtaken)}
    return any(
        (fact := own.get(other.field)) is not None and fact.value is not None and other.field not in alone
        for other in others
    )


def _why(overtaken: _Overtaken, claims: Claims, record: str) -> str:
    """`models-dev of 2026-08-18 alone, whose output price is out of date: $0.87, now $3.96`."""
    weighed = next(w for group in claims.values() for w in group if w.record == record)
    what = overtaken.name.removeprefix("price.")
    return (
        f"{weighed.source} of {weighed.as_of} alone, whose {what} price is out of date: "
        f"${_text(overtaken.old)}, now ${_text(overtaken.now)}"
    )


def _text(usd: Value) -> str:
    return f"{Decimal(str(usd)):f}"
