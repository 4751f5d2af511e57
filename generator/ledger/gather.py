"""One offering's records brought together: its claims by field, its history, its ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import msgspec
from msgspec.structs import replace as with_changes

from generator.curated.fields import LIST_ALL_REGIONS
from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.ladders import exact_step, with_near_steps_as_one, without_flat
from generator.ledger.placing.identity import Placement
from generator.sources.records import FieldClaim, SourceRecord
from generator.sources.schedules import by_hour
from playground.catalog import Kind, PriceSpan, Record, SourceState, Value
from playground.catalog.prices import Mode, parse_price_field
from playground.catalog.regions import ALL_REGIONS, SOME_REGIONS
from playground.catalog.vocabulary import MEDIA

#: How near its end an id with a status is; one without is served as usual.
ENDS = {"beta": 1, "deprecated": 2, "retired": 3}
#: The kinds of model from which no text comes.
TEXTLESS = MEDIA | {Kind.EMBEDDING, Kind.RERANK}


@dataclass(slots=True)
class Gathered:
    """An offering in the making: its records by label and its claims by field."""

    records: dict[str, Record] = field(default_factory=dict)
    claims: Claims = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    history: tuple[PriceSpan, ...] = ()


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    """A record under the label that the offering's claims cite it by."""

    label: str
    region: str
    mode: str
    record: SourceRecord

    def claims(self, today: date, *, alone: bool) -> Sequence[FieldClaim]:
        """What the record says of the offering today: of a row about one mode its prices, all where `alone`.

        A mode's limits are not the offering's.
        """
        of_today = [c for c in self.record.claims if c.since is c.until is None or c.holds(today)]
        claims = by_hour(of_today)
        if not self.mode and not self.region:  # as most
            return claims
        return [
            with_changes(c, field=self._field(c.field)) if c.field.startswith("price.") else c
            for c in claims
            if c.field.startswith("price.") or alone or not self.mode
        ]

    def weighed(self, claim: FieldClaim, as_of: date, inferred: str) -> Weighed:
        """One of its claims with what is needed to weigh it."""
        source = self.record.source
        return Weighed(
            record=self.label,
            source=source,
            origin=self.record.origin or source,
            as_of=as_of,
            value=claim.value,
            since=claim.since,
            inferred=inferred,
        )

    def _field(self, name: str) -> str:
        """The price field that a claim of a row about one region or one mode is about."""
        if self.mode:
            rate = parse_price_field(name)
            name = replace(rate, mode=Mode(self.mode)).field if rate.mode == Mode.STANDARD else name
        return f"{name}/{self.region}" if self.region else name

    def history(self) -> Iterator[PriceSpan]:
        for span in self.record.history:
            mode = self.mode if self.mode and span.mode == Mode.STANDARD else span.mode
            yield replace(span, record=self.label, mode=mode)


def gather(
    group: list[tuple[Placement, SourceRecord]],
    sources: Mapping[str, SourceState],
    today: date,
    last: Gathered | None = None,
    elsewhere: Sequence[str] = (),
) -> Gathered:
    """What the records placed at one offering say of it; `today` decides which dated prices hold.

    `last` is what sources that could not be read said of it when they were; `elsewhere` are the steps of
    prices that the model has at other places, the most frequent first.
    """
    last = last or Gathered()
    rows = _labelled(group)
    records = {**last.records, **{row.label: Record(id=row.record.id, link=row.record.link) for row in rows}}
    claims: Claims = defaultdict(list)
    for name, weighed in last.claims.items():
        claims[name].extend(weighed)
    held = _held(rows, today)
    exact = {claim.field for _, claim in held if ">" in claim.field and not claim.from_there_on}
    exact |= last.claims.keys()
    for row, claim in held:
        name = _regions_of(row.record.source) if claim.field == ALL_REGIONS else claim.field
        step = exact_step(name, exact, elsewhere) if claim.from_there_on else name
        inferred = _inferred(name, step, exact) if step != name else ""
        claims[step].append(row.weighed(claim, sources[row.record.source].as_of, inferred))
    _add_regions(claims, rows, sources)
    if "kind" in claims:
        claims["kind"] = _called_for(claims["kind"])
    merged = _one_claim_per_source(with_near_steps_as_one(_shortest_lifetime(claims)))
    merged = without_flat(merged)
    _drop_repeated_regions(merged)
    history = [*last.history, *(span for row in rows for span in row.history())]
    used = {w.record for group in merged.values() for w in group} | {span.record for span in history}
    return Gathered(
        records={label: record for label, record in sorted(records.items()) if label in used},
        claims=merged,
        ids=tuple(sorted({*last.ids, *(row.record.model for row in rows if _names(row.record))})),
        history=_condensed(history),
    )


def _names(record: SourceRecord) -> bool:
    """Whether a record's id is one that the offering goes by: one of another place or version may join it."""
    return not record.joins and not record.confirms


def _labelled(group: list[tuple[Placement, SourceRecord]]) -> list[_Row]:
    """The records in order, each under its source's name, and a number from a source's second one on."""
    numbers: Counter[str] = Counter()
    rows: list[_Row] = []
    # A row about every region and mode comes before the rows about one, a short id before a long one.
    for where, record in sorted(group, key=_order):
        numbers[record.source] += 1
        number = numbers[record.source]
        label = record.source if number == 1 else f"{record.source}#{number}"
        rows.append(_Row(label=label, region=where.region, mode=where.mode, record=record))
    return rows


def _order(placed: tuple[Placement, SourceRecord]) -> tuple[bool, bool, int, str]:
    where, record = placed
    return bool(where.mode), bool(where.region), len(record.id), record.id


def _held(rows: list[_Row], today: date) -> list[tuple[_Row, FieldClaim]]:
    """What the rows say today, without what is true of an id that ends before another of its source's.

    Its end is not the offering's; and where it is over, its price is what was asked as long as it was there.
    """
    ends, alone = _ends(rows, today), all(row.mode for row in rows)
    claims = [(row, claim) for row in rows for claim in row.claims(today, alone=alone)]
    if not any(map(any, (of.values() for of in ends.values()))):  # as of most offerings
        return claims
    last = {source: min(of.values()) for source, of in ends.items()}
    stated = [(row, claim, ends[row.record.source][row.label]) for row, claim in claims]
    current = {(row.record.source, claim.field) for row, claim, end in stated if end < ENDS["retired"]}
    return [
        (row, claim)
        for row, claim, end in stated
        if end <= last[row.record.source]
        or not (
            claim.field == "status"
            or (
                end == ENDS["retired"]
                and claim.field.startswith("price.")
                and (row.record.source, claim.field) in current
            )
        )
    ]


def _ends(rows: list[_Row], today: date) -> Mapping[str, Mapping[str, int]]:
    """By source and record how near its end the id is."""
    ends: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        held = [str(c.value) for c in row.record.claims if c.field == "status" and c.holds(today)]
        ends[row.record.source][row.label] = ENDS.get(held[0], 0) if held else 0
    return ends


def _called_for(kinds: list[Weighed]) -> list[Weighed]:
    """What sort of model it is: by what LiteLLM says it is called for, as elsewhere that is inferred.

    LiteLLM says `chat` where it knows no better; models.dev lists what comes out, and that may be no text.
    """
    named = [w for w in kinds if w.source == "litellm"]
    outputs = [w for w in kinds if w.source == "models-dev"]
    if not named or not outputs:
        return named or kinds
    if {w.value for w in named} == {Kind.CHAT} and {w.value for w in outputs} <= TEXTLESS:
        return [*outputs, *(w.because("models.dev lists no text among what comes out") for w in named)]
    return named


#: What is said of a step that a source does not name, and how the catalog's reason of a fact has it.
_INFERRED = "says from {} tokens on; {} is where the model's price steps at most others"
INFERRED = re.compile(_INFERRED.format(r"[\d,]+", r"[\d,]+"))


def _inferred(name: str, step: str, exact: Collection[str]) -> str:
    """What a source does not say of its step, which none of the offering's own sources names either."""
    if step in exact:
        return ""
    least, tokens = (parse_price_field(f).above_tokens for f in (name, step))
    return _INFERRED.format(f"{least:,}", f"{tokens:,}")


def _regions_of(source: str) -> str:
    """The field that a source's list of regions is a claim of."""
    return ALL_REGIONS if source in LIST_ALL_REGIONS else SOME_REGIONS


def _add_regions(claims: Claims, rows: list[_Row], sources: Mapping[str, SourceState]) -> None:
    """The regions of a source's rows, where it does not list regions itself."""
    regions: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.region:
            regions[row.record.source].add(row.region)
    for source, names in regions.items():
        field = _regions_of(source)
        if any(w.source == source for w in claims.get(field, ())):
            continue
        if field == SOME_REGIONS and any(names < others for others in regions.values()):
            continue  # it knows fewer of them, which contradicts nothing
        claims[field].append(
            Weighed(
                record=source,  # the label of its first row
                source=source,
                origin=source,
                as_of=sources[source].as_of,
                value=tuple(sorted(names)),
            )
        )


#: A cache write without a lifetime, and the step of a price.
_OPEN, _STEP = re.compile(r"\bcache_write(?![_a-z0-9])"), re.compile(r">\d+")


def _shortest_lifetime(claims: Claims) -> Claims:
    """A cache write whose lifetime a source leaves open is the five-minute one where that one is priced.

    Its steps go with it, also where only the source that leaves it open gives them.
    """
    out: Claims = {}
    for name, group in claims.items():
        if "cache_write" not in name:
            out[name] = group
            continue
        short = _OPEN.sub("cache_write_5m", name)
        priced = short in claims or _STEP.sub("", short) in claims
        out.setdefault(short if priced else name, []).extend(group)
    return out


def _one_claim_per_source(claims: Claims) -> Claims:
    """Rows of one source that say the same of a field are one claim, the first row's."""
    out: Claims = {}
    for name, group in claims.items():
        if len({w.source for w in group}) == len(group):  # as most are
            out[name] = group
            continue
        first: dict[tuple[str, Value], Weighed] = {}
        for w in group:
            first.setdefault((w.source, w.value), w)
        out[name] = list(first.values())
    return out


def _drop_repeated_regions(claims: Claims) -> None:
    """A region's price that is the offering's own says nothing new."""
    for name in [n for n in claims if n.startswith("price.") and "/" in n]:
        base = claims.get(name.partition("/")[0])
        if base and {w.value for w in claims[name]} <= {w.value for w in base}:
            del claims[name]


def _condensed(spans: Iterable[PriceSpan]) -> tuple[PriceSpan, ...]:
    """The history without the entries that repeat the price before them."""
    changes: list[PriceSpan] = []
    last: dict[tuple[str, str], Mapping[str, Decimal] | None] = {}
    for span in sorted(spans, key=lambda s: (s.mode, s.record, s.start or date.min)):
        at = (span.record, span.mode)
        if at not in last or last[at] != span.usd:
            changes.append(span)
            last[at] = span.usd
    return tuple(changes)
