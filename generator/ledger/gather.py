"""One offering's records brought together: its claims by field, its history, its ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.ledger.gates import Claims, Weighed
from generator.ledger.identity import Placement
from generator.sources.records import SourceRecord
from playground.catalog import PriceSpan, Record, SourceState, Value


@dataclass(slots=True)
class Gathered:
    """An offering in the making: its records by label and its claims by field."""

    records: dict[str, Record]
    claims: Claims
    ids: tuple[str, ...]
    history: tuple[PriceSpan, ...]


def gather(
    group: list[tuple[Placement, SourceRecord]],
    sources: Mapping[str, SourceState],
    today: date,
    last: Gathered | None = None,
) -> Gathered:
    """What the records placed at one offering say of it; `today` decides which dated prices hold.

    `last` is what sources that could not be read said of it when they were.
    """
    # A row about every region comes before the rows about one, a short id before a long one.
    group = sorted(group, key=lambda pair: (bool(pair[0].region), len(pair[1].id), pair[1].id))
    numbers: Counter[str] = Counter()
    records: dict[str, Record] = dict(last.records) if last else {}
    claims: Claims = defaultdict(list)
    for name, said in last.claims.items() if last else ():
        claims[name].extend(said)
    history: list[PriceSpan] = list(last.history) if last else []
    regions: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for where, record in group:
        numbers[record.source] += 1
        n = numbers[record.source]
        label = record.source if n == 1 else f"{record.source}#{n}"
        labels.setdefault(record.source, label)
        records[label] = Record(id=record.id, link=record.link)
        if where.region:
            regions[record.source].add(where.region)
        for claim in record.claims:
            if not claim.holds(today):
                continue
            name = claim.field
            if where.region and name.startswith("price."):
                name = f"{name}/{where.region}"
            claims[name].append(
                Weighed(
                    record=label,
                    source=record.source,
                    origin=record.origin or record.source,
                    as_of=sources[record.source].as_of,
                    value=claim.value,
                    since=claim.since,
                )
            )
        history.extend(replace(span, record=label) for span in record.history)
    for source, names in regions.items():
        if not any(w.source == source for w in claims.get("regions", ())):
            claims["regions"].append(
                Weighed(
                    record=labels[source],
                    source=source,
                    origin=source,
                    as_of=sources[source].as_of,
                    value=tuple(sorted(names)),
                )
            )
    if any(w.source == "litellm" for w in claims.get("kind", ())):
        # Only LiteLLM says what a row is called for; elsewhere it is inferred, which is no second opinion.
        claims["kind"] = [w for w in claims["kind"] if w.source == "litellm"]
    merged = _one_claim_per_source(_shortest_lifetime(claims))
    _drop_repeated_regions(merged)
    used = {w.record for group in merged.values() for w in group} | {s.record for s in history}
    return Gathered(
        records={label: r for label, r in sorted(records.items()) if label in used},
        claims=merged,
        ids=tuple(sorted({*(last.ids if last else ()), *(r.model for _, r in group)})),
        history=_condensed(history),
    )


def _shortest_lifetime(claims: Claims) -> Claims:
    """A cache write whose lifetime a source leaves open is the five-minute one where that one is priced."""
    out: Claims = defaultdict(list)
    for name, group in claims.items():
        short = re.sub(r"\bcache_write(?![_a-z0-9])", "cache_write_5m", name)
        out[short if short in claims else name].extend(group)
    return out


def _one_claim_per_source(claims: Claims) -> Claims:
    """Rows of one source that say the same of a field are one claim, the first row's."""
    out: Claims = {}
    for name, group in claims.items():
        kept: dict[tuple[str, Value], Weighed] = {}
        for w in group:
            kept.setdefault((w.source, w.value), w)
        out[name] = list(kept.values())
    return out


def _drop_repeated_regions(claims: Claims) -> None:
    """A region's price that is the offering's own says nothing new."""
    for name in [n for n in claims if n.startswith("price.") and "/" in n]:
        base = claims.get(name.partition("/")[0])
        if base and {w.value for w in claims[name]} <= {w.value for w in base}:
            del claims[name]


def _condensed(spans: Iterable[PriceSpan]) -> tuple[PriceSpan, ...]:
    """The history without the entries that repeat the price before them."""
    kept: list[PriceSpan] = []
    last: dict[tuple[str, str], Mapping[str, Decimal] | None] = {}
    for span in sorted(spans, key=lambda s: (s.mode, s.record, s.start or date.min)):
        at = (span.record, span.mode)
        if at not in last or last[at] != span.usd:
            kept.append(span)
            last[at] = span.usd
    return tuple(kept)
