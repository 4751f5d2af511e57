"""What changed from one catalog to another, as dated events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from playground.catalog import Catalog, Fact, Offering, PriceSpan, Record, Standing, Value, source_of

#: A change that two sources date this far apart, or that a refresh saw this long after, is one change.
SAME = timedelta(days=45)
#: How a source knows a day, the best first.
BASES = ("documented", "models.dev commit", "first observed", "dated")


class EventKind(StrEnum):
    """What sort of change an event is."""

    NEW = "new"
    GONE = "gone"
    PRICE = "price"
    LIMIT = "limit"
    CAPABILITY = "capability"
    LIFECYCLE = "lifecycle"
    AVAILABILITY = "availability"
    STANDING = "standing"


#: The standings that a reader should hear of when a fact gets or loses one.
NOTABLE = {Standing.DISPUTED, Standing.SUSPECT, Standing.DOUBTFUL, Standing.OVERRIDDEN, Standing.OBSERVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field's value before and after, None where it was or is unknown; `by` are the sources that say it."""

    field: str
    was: Value | None
    now: Value | None
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What changed about an offering (its key) or a model (its id) on a day.

    `basis` says how the day is known: empty where a refresh saw the change, else how the source knows it.
    `links` are the pages that the sources cite.
    """

    day: date
    kind: EventKind
    target: str
    changes: tuple[FieldChange, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    basis: str = ""

    @property
    def is_model(self) -> bool:
        return self.target.count("/") == 1

    @property
    def model(self) -> str:
        """The model's id: the target itself, or the part of an offering's key."""
        if self.is_model:
            return self.target
        return "/".join(self.target.split("/")[2:]).partition(":")[0].partition("@")[0]

    @property
    def provider(self) -> str:
        """The provider's id; empty for a model."""
        return "" if self.is_model else self.target.partition("/")[0]


def kind_of(name: str) -> EventKind | None:
    """What sort of change a field's is; None for what nobody need hear of."""
    if name.startswith(("price.", "uplift.", "window.")):
        return EventKind.PRICE
    if name.startswith(("can.", "effort.", "accepts.")):
        return EventKind.CAPABILITY
    if name in ("status", "retires", "replaced_by", "released"):
        return EventKind.LIFECYCLE
    if name in ("regions", "some_regions"):
        return EventKind.AVAILABILITY
    if name.endswith(("_tokens", "_per_minute")):
        return EventKind.LIMIT
    return None


def compare(old: Catalog, new: Catalog, day: date) -> tuple[Event, ...]:
    """Everything that differs between two catalogs, as of the day of the newer one."""
    events: list[Event] = []
    before, after = {o.key: o for o in old.offerings}, {o.key: o for o in new.offerings}
    for kind, there, gone_from in ((EventKind.NEW, after, before), (EventKind.GONE, before, after)):
        events.extend(
            Event(day=day, kind=kind, target=key, links=_links(there[key].records))
            for key in there.keys() - gone_from.keys()
        )
    for kind, some, others in ((EventKind.NEW, new, old), (EventKind.GONE, old, new)):
        for model in some.models.keys() - others.models.keys():
            links = _links(some.models[model].records)
            events.append(Event(day=day, kind=kind, target=model, links=links))
    for key in before.keys() & after.keys():
        if _differ(before[key].facts, after[key].facts):
            events.extend(_of_offering(before[key], after[key], day))
    return tuple(sorted(events, key=_order))


def _differ(old: Mapping[str, Fact], new: Mapping[str, Fact]) -> bool:
    """Whether some field has another value or standing; who says it makes no event."""
    return old.keys() != new.keys() or any(
        was.value != (now := new[name]).value or was.standing is not now.standing for name, was in old.items()
    )


def _order(event: Event) -> tuple[date, str, str]:
    return event.day, event.kind, event.target


def _of_offering(old: Offering, new: Offering, day: date) -> Iterator[Event]:
    by_kind: dict[EventKind, list[FieldChange]] = defaultdict(list)
    for name in sorted(old.facts.keys() | new.facts.keys()):
        was, now = old.facts.get(name), new.facts.get(name)
        kind = kind_of(name)
        if kind is None:
            continue
        standings = [str(fact.standing) if fact else "unknown" for fact in (was, now)]
        if Standing.DOUBTFUL in standings:
            # To or from what is in doubt nothing fell or rose: all there is to tell is the doubt.
            if standings[0] != standings[1]:
                change = FieldChange(field=name, was=standings[0], now=standings[1], by=_by(now))
                by_kind[EventKind.STANDING].append(change)
        elif _value(was) != _value(now):
            fact = now if now and now.value is not None else was
            change = FieldChange(field=name, was=_value(was), now=_value(now), by=_by(fact))
            by_kind[kind].append(change)
        elif was and now and was.standing != now.standing and NOTABLE & {was.standing, now.standing}:
            change = FieldChange(field=name, was=standings[0], now=standings[1], by=_by(now))
            by_kind[EventKind.STANDING].append(change)
    for kind, changes in by_kind.items():
        sources = {source for change in changes for source in change.by}
        records = {**old.records, **new.records}
        yield Event(
            day=day,
            kind=kind,
            target=new.key,
            changes=tuple(changes),
            links={s: link for s, link in _links(records).items() if s in sources},
        )


def _value(fact: Fact | None) -> Value | None:
    return fact.value if fact else None


def _by(fact: Fact | None) -> tuple[str, ...]:
    """The sources that say the chosen value."""
    return tuple(sorted({c.source for c in (fact.claims if fact else ()) if not c.note}))


def _links(records: Mapping[str, Record]) -> dict[str, str]:
    links: dict[str, str] = {}
    for label, record in sorted(records.items()):
        if record.link:
            links.setdefault(source_of(label), record.link)
    return links


def dated(catalog: Catalog, until: date) -> tuple[Event, ...]:
    """The price changes that sources date themselves, up to a day; one that two of them know is one event."""
    all_events: list[Event] = []
    for offering in catalog.offerings:
        lists: dict[tuple[str, str], list[PriceSpan]] = defaultdict(list)
        for span in offering.history:
            lists[span.record, span.mode].append(span)
        events = [
            event
            for (record, mode), spans in sorted(lists.items())
            for event in _of_spans(offering.key, source_of(record), mode, spans)
            if event.day <= until
        ]
        distinct: list[Event] = []
        for event in sorted(events, key=lambda e: (BASES.index(e.basis), e.day)):
            if not any(_same(event, e) for e in distinct):
                distinct.append(event)
        all_events += distinct
    return tuple(sorted(all_events, key=_order))


def _of_spans(target: str, source: str, mode: str, spans: list[PriceSpan]) -> Iterator[Event]:
    # Of two lists that begin on one day the later one holds: the first was never true alone.
    by_day = {span.start or date.min: span for span in spans}
    days = sorted(by_day)
    prefix = "price." if mode == "standard" else f"price.{mode}."
    for before, day in pairwise(days):
        old, new = by_day[before].usd or {}, by_day[day].usd or {}
        changes = tuple(
            FieldChange(field=prefix + name, was=old.get(name), now=new.get(name), by=(source,))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        )
        if changes:
            span = by_day[day]
            links = {source: span.link} if span.link else {}
            yield Event(
                day=day,
                kind=EventKind.PRICE,
                target=target,
                changes=changes,
                links=links,
                basis=span.basis if span.basis in BASES else "dated",
            )


def _same(a: Event, b: Event) -> bool:
    """Whether two events are one change: as near in time, and of what both speak of the same."""
    if a.target != b.target or a.kind != b.kind or abs(a.day - b.day) > SAME:
        return False
    ours, theirs = ({c.field: c.now for c in e.changes} for e in (a, b))
    both = ours.keys() & theirs.keys()
    return bool(both) and all(ours[name] == theirs[name] for name in both)


def later(known: Iterable[Event], seen: Iterable[Event], by_sources: Iterable[Event]) -> tuple[Event, ...]:
    """What is to be appended: what a refresh saw, and of what sources date, what is not there yet.

    Where a source dates a change that the refresh saw just now, the event has the source's day.
    """
    by_target: dict[str, list[Event]] = defaultdict(list)
    for event in known:
        by_target[event.target].append(event)
    out: list[Event] = []
    for event in seen:
        out.append(event)
        by_target[event.target].append(event)
    out += [event for event in by_sources if not any(_same(event, e) for e in by_target[event.target])]
    return tuple(sorted(out, key=_order))
