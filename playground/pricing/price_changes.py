"""Prices that differ by the day: those that a source names for days to come, and an offering on another day.

Facts hold the prices of one day (`Catalog.day`); the dated lists of sources stand in an offering's history. A
source is believed where it asks on that day what the facts say: who is overruled today is no witness of
tomorrow. What its list leaves out, while it changes what input or output costs, is in doubt then: nobody says
whether it stayed. So is the price of another provider who asks what the lab itself asks, once the lab asks
something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from playground.catalog import Catalog, Channel, Claim, Fact, Offering, PriceSpan, Standing, source_of
from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field
from playground.labels.labels import label, money
from playground.pricing.history import HISTORIANS
from playground.pricing.workload import COUNTED_AS

#: Prices within this share of each other are one price, written in more or fewer digits.
ROUNDING = Decimal("0.01")
_CHARGED = (Meter.INPUT, Meter.OUTPUT)

type Prices = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """From `day` on a source's list asks `usd`, by field; `was` is what each cost before, if known.

    `followed`: it is the lab's own price that changes, and this place asks the same today.
    """

    day: date
    record: str
    usd: Prices
    was: Prices
    followed: bool = False


def price_changes(offering: Offering, after: date | None) -> tuple[PriceChange, ...]:
    """The changes of its prices that are known for the days after one, the soonest first.

    The offering's facts are the prices of that day; without one nothing is to come.
    """
    if after is None or not any(s.start and s.start > after for s in offering.history):
        return ()
    by_mode: dict[str, list[PriceChange]] = {}
    for lists in _dated_lists(offering):
        if lists[0].mode not in by_mode and (coming := list(_to_come(offering, lists, after))):
            by_mode[lists[0].mode] = coming  # of several sources the first that knows of a change
    by_day: dict[date, PriceChange] = {}
    for change in (c for changes in by_mode.values() for c in changes):
        other = by_day.setdefault(change.day, change)
        by_day[change.day] = replace(other, usd={**other.usd, **change.usd}, was={**other.was, **change.was})
    return tuple(by_day[day] for day in sorted(by_day))


def with_changes(offering: Offering, changes: Iterable[PriceChange]) -> Offering:
    """The offering once these changes are made."""
    for change in changes:
        why = f"from {change.day} on, as {source_of(change.record)} announced"
        offering = _changed(offering, change, why)
    return offering


def offering_on(offering: Offering, known: date | None, day: date) -> Offering:
    """The offering with the prices of a day, where its facts are those of the day `known`.

    A day before the first list that is known of leaves them as they are.
    """
    if known is None or known == day or not offering.history:
        return offering
    if day > known:
        return with_changes(offering, (c for c in price_changes(offering, known) if c.day <= day))
    for change in _before(offering, known, day):
        offering = _changed(offering, change, f"of {day}, by the dated lists of {source_of(change.record)}")
    return offering


def catalog_on(catalog: Catalog, day: date) -> Catalog:
    """The catalog with the prices of a day, as far as dated lists know them."""
    known = catalog.day
    if known is None or known == day:
        return catalog
    labs = labs_changes(catalog.offerings, known) if day > known else {}
    offerings = []
    for offering in catalog.offerings:
        if not offering.history and not (labs and _sold(offering) in labs):  # as of most nobody says more
            offerings.append(offering)
            continue
        then = offering_on(offering, known, day)
        for change in changes_of(offering, known, labs) if labs and then is offering else ():
            if change.followed and change.day <= day:
                then = _unfollowed(then, change)
        offerings.append(then)
    return replace(catalog, offerings=tuple(offerings), of_day=day)


#: The labs' own places that announce a change, by what is sold there, with the changes.
type LabsChanges = Mapping[tuple[str, str, str], tuple[Offering, tuple[PriceChange, ...]]]


def labs_changes(offerings: Iterable[Offering], after: date | None) -> LabsChanges:
    """Of these offerings those of the labs themselves whose prices change after a day."""
    own = (o for o in offerings if o.history and o.channel is Channel.DIRECT)
    return {_sold(o): (o, changes) for o in own if (changes := price_changes(o, after))}


def changes_of(offering: Offering, after: date | None, labs: LabsChanges) -> tuple[PriceChange, ...]:
    """The changes to come of an offering's prices, or those of the lab's where it asks the lab's price."""
    own = price_changes(offering, after)
    if own or _sold(offering) not in labs:
        return own
    lab, changes = labs[_sold(offering)]
    same = all(
        (usd := offering.sound_price(name)) is not None and _alike(usd, lab.sound_price(name))
        for name in (Rate(meter=meter).field for meter in _CHARGED)
    )
    return tuple(replace(change, followed=True) for change in changes) if same else ()


def soon(catalog: Catalog, day: date) -> tuple[Catalog, Mapping[str, tuple[Offering, PriceChange]]]:
    """The catalog with the prices that are announced up to a day that is to come, each place's as it is now.

    A lab's own change counts for who asks the lab's price. With each place goes the last of its changes.
    """
    labs = labs_changes(catalog.offerings, catalog.day)
    now: dict[str, tuple[Offering, PriceChange]] = {}
    offerings = []
    for offering in catalog.offerings:
        known = changes_of(offering, catalog.day, labs) if offering.history or _sold(offering) in labs else ()
        if changes := [change for change in known if change.day <= day]:
            now[offering.key] = offering, changes[-1]
            offering = _by_its_own_records(with_changes(offering, changes))
        offerings.append(offering)
    return (replace(catalog, offerings=tuple(offerings)) if now else catalog), now


def _by_its_own_records(offering: Offering) -> Offering:
    """The offering without claims of what the lab's own place is known by: no source says that it follows."""
    facts = {
        name: replace(fact, claims=tuple(c for c in fact.claims if c.record in offering.records))
        if name.startswith("price.")
        else fact
        for name, fact in offering.facts.items()
    }
    return replace(offering, facts=facts)


def _sold(offering: Offering) -> tuple[str, str, str]:
    return offering.model, offering.version, offering.variant


def _unfollowed(offering: Offering, change: PriceChange) -> Offering:
    """The offering with what it asks as the lab did in doubt, as the lab asks something else now."""
    facts = dict(offering.facts)
    for name, usd in change.usd.items():
        was = change.was.get(name)
        if was is not None and _alike(was, offering.sound_price(name)):
            moved = f"{money(was)} to {money(usd)} on {change.day}"
            reason = f"the lab’s own price went from {moved}; nobody says whether this one follows"
            facts[name] = replace(facts[name], standing=Standing.DOUBTFUL, reason=reason)
    return replace(offering, facts=facts)


def _dated_lists(offering: Offering) -> Iterator[list[PriceSpan]]:
    """The lists of each source in each mode, the oldest first; the sources in the order they are asked."""
    lists: dict[tuple[str, str], list[PriceSpan]] = defaultdict(list)
    for span in offering.history:
        if span.mode in set(Mode) and span.usd is not None:
            lists[span.record, span.mode].append(span)
    order = {name: n for n, name in enumerate(HISTORIANS)}
    for at in sorted(lists, key=lambda at: (order.get(source_of(at[0]), len(order)), at)):
        yield sorted(lists[at], key=lambda s: s.start or date.min)


def _prices(span: PriceSpan) -> dict[str, Decimal]:
    """A list's prices by field."""
    return {_field_in(span.mode, name): usd for name, usd in (span.usd or {}).items()}


@cache
def _field_in(mode: str, name: str) -> str:
    """The field of a price in a mode, by what a list calls it."""
    return replace(parse_price_field(f"price.{name}"), mode=Mode(mode)).field


def _held(lists: Sequence[PriceSpan], day: date) -> PriceSpan | None:
    """The list that a source held on a day; None where none did."""
    begun = [span for span in lists if span.start is None or span.start <= day]
    return begun[-1] if begun else None


def _alike(a: Decimal | None, b: Decimal | None) -> bool:
    return a is not None and b is not None and abs(a - b) <= ROUNDING * max(a, b)


def _borne_out(offering: Offering, asked: Prices) -> dict[str, Decimal]:
    """Of what a source asks that which the facts say too."""
    return {name: usd for name, usd in asked.items() if _alike(usd, offering.sound_price(name))}


def _to_come(offering: Offering, lists: Sequence[PriceSpan], after: date) -> Iterator[PriceChange]:
    """What changes after a day by the lists of a source that asks on that day what the facts say."""
    held = _held(lists, after)
    asked = _prices(held) if held else {}
    now = _borne_out(offering, asked)
    if not now:
        return
    for span in lists:
        if span.start is None or span.start <= after:
            continue
        # What it asks today and is overruled in stays out.
        then = {name: usd for name, usd in _prices(span).items() if name in now or name not in asked}
        if usd := {name: value for name, value in then.items() if now.get(name) != value}:
            was = {name: now[name] for name in usd if name in now}
            yield PriceChange(day=span.start, record=span.record, usd=usd, was=was)
        now |= then


def _before(offering: Offering, known: date, day: date) -> Iterator[PriceChange]:
    """What was asked on a day before that of the facts, in each mode by the first source that knows."""
    modes: set[str] = set()
    for lists in _dated_lists(offering):
        then, held = _held([span for span in lists if span.start], day), _held(lists, known)
        if lists[0].mode in modes or then is None or then.start is None or held is None:
            continue
        was = _borne_out(offering, _prices(held))
        if not was:
            continue
        modes.add(lists[0].mode)
        usd = {name: value for name, value in _prices(then).items() if was.get(name, value) != value}
        if usd:
            was = {name: was[name] for name in usd}
            yield PriceChange(day=then.start, record=then.record, usd=usd, was=was)


def _changed(offering: Offering, change: PriceChange, why: str) -> Offering:
    """The offering with a change made; what it leaves open is in doubt."""
    facts = dict(offering.facts)
    for name in offering.facts:
        if name.startswith("price.") and name not in change.usd:
            facts[name] = _left_open(offering, name, change, why)
    for name, usd in change.usd.items():
        facts[name] = _fact_of(facts.get(name), usd, change, why)
    return replace(offering, facts=dict(sorted(facts.items())))


def _fact_of(before: Fact | None, usd: Decimal, change: PriceChange, why: str) -> Fact:
    """A price as the change sets it, with who said otherwise until then."""
    claim = Claim(record=change.record, value=usd, since=change.day)
    others = [replace(c, note=c.note or "stale") for c in before.claims if c.value != usd] if before else []
    return Fact(value=usd, standing=Standing.SINGLE, claims=(claim, *others), reason=why)


def _left_open(offering: Offering, name: str, change: PriceChange, why: str) -> Fact:
    """A price that the change says nothing of: as it was, as what it is counted as, or in doubt."""
    fact, rate = offering.facts[name], parse_price_field(name)
    if fact.value is None or rate.unit != Unit.MTOK:
        return fact
    if rate.meter in COUNTED_AS:
        counted_as = replace(rate, meter=COUNTED_AS[rate.meter]).field
        if counted_as in change.was and fact.value == change.was[counted_as]:
            return _fact_of(fact, change.usd[counted_as], change, f"as {label(counted_as).lower()}, {why}")
    for mode in (rate.mode, Mode.STANDARD):
        for charged in (Rate(meter=meter, mode=mode).field for meter in _CHARGED):
            if charged in change.was:
                moved = f"{money(change.was[charged])} to {money(change.usd[charged])}"
                reason = f"nobody says whether it stays: {label(charged).lower()} goes from {moved} {why}"
                return replace(fact, standing=Standing.DOUBTFUL, reason=reason)
    return fact
