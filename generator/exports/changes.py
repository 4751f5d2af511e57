"""What changed, as entries that a page and feeds list."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from generator.store.events import Event, EventKind, FieldChange
from generator.views.as_of import latest
from generator.views.change_sentences import (
    HEADINGS,
    CatalogNames,
    change_sentence,
    field_sentence,
    listed_names,
)
from playground.catalog import Catalog, Offering
from playground.catalog.prices import Mode, parse_price_field
from playground.labels.addresses import anchor, model_path
from playground.lifecycle.findings import SOON_DAYS
from playground.lifecycle.outlook import Outlook
from playground.lifecycle.replacement import Outlooks
from playground.pricing.price_changes import PriceChange, price_changes

PATH, FOLDER = "/changes/", "feeds/"
#: The calendar of announced prices.
ANNOUNCED_PRICES = f"{FOLDER}prices.ics"
#: How many entries a feed holds, and how many the page shows.
HELD, SHOWN = 200, 500
#: In which order a day's changes stand: what a bill or a program feels comes first.
FIRST = (
    *(EventKind.PRICE, EventKind.LIFECYCLE, EventKind.GONE, EventKind.NEW, EventKind.LIMIT),
    *(EventKind.CAPABILITY, EventKind.AVAILABILITY, EventKind.STANDING),
)
#: More offerings than this that come or go at one provider on one day are told in one entry.
EACH = 5
#: Entries are named by what they say, under a name that nobody else gives out (RFC 4151, RFC 2606).
TAG = "tag:model-almanac.invalid,2026:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """One thing to tell: its day and kind, which provider and lab it is about, `path` where it stands."""

    day: date
    kind: EventKind
    title: str
    text: str
    path: str
    provider: str = ""
    lab: str = ""
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """A tag URI (RFC 4151), the same for the same entry on any site."""
        identity = "\n".join((str(self.day), self.kind, self.title, self.text))
        return TAG + hashlib.sha256(identity.encode()).hexdigest()[:24]


def outlooks_as_of(catalog: Catalog) -> Outlooks:
    """What ends, and what could replace it, on the day of the freshest source."""
    return Outlooks(catalog, latest(catalog))


def change_entries(events: Iterable[Event], outlooks: Outlooks) -> tuple[ChangeEntry, ...]:
    """Everything there is to tell, the newest first: the history, and retirements that come near."""
    catalog = outlooks.catalog
    names = CatalogNames(catalog)
    many: dict[tuple[date, EventKind, str], list[Event]] = defaultdict(list)
    entries: list[ChangeEntry] = []
    for event in _believed(events, names):
        if event.kind in (EventKind.NEW, EventKind.GONE) and not event.is_model:
            many[event.day, event.kind, event.provider].append(event)
        else:
            entries.append(_entry(event, names, catalog))
    for (day, kind, provider), some in many.items():
        if len(some) <= EACH:
            entries += [_entry(event, names, catalog) for event in some]
            continue
        models = sorted({names.models.get(e.model, e.model) for e in some})
        came = "new" if kind == EventKind.NEW else "gone"
        entries.append(
            ChangeEntry(
                day=day,
                kind=kind,
                title=f"{names.provider(provider)}: {len(some)} offerings {came}",
                text=listed_names(models, 30),
                path=f"/providers/{provider}/" if provider in catalog.providers else PATH,
                provider=provider,
            )
        )
    entries += _notices(outlooks, names)
    entries += _price_notices(outlooks, names)
    return tuple(sorted(entries, key=lambda e: (-e.day.toordinal(), FIRST.index(e.kind), e.title, e.text)))


def _believed(events: Iterable[Event], names: CatalogNames) -> Iterator[Event]:
    """The events without price changes to or from a value that is not believed by now."""
    for event in events:
        offering = names.offerings.get(event.target)
        if offering is None or event.kind != EventKind.PRICE:
            yield event
            continue
        changes = tuple(
            change
            for change in event.changes
            if not any(offering.disbelieves(change.field, usd) for usd in (change.was, change.now))
        )
        if changes:
            yield replace(event, changes=changes)


def _entry(event: Event, names: CatalogNames, catalog: Catalog) -> ChangeEntry:
    where = names.where(event.target)
    match event.kind:
        case EventKind.NEW:
            title, text = f"New: {where}", event.target
        case EventKind.GONE:
            title, text = f"Gone: {where}", event.target
        case _:
            title, text = f"{where}: {HEADINGS[event.kind].lower()}", change_sentence(event, 20)
    offering = names.offerings.get(event.target)
    path = model_path(event.model) if event.model in catalog.models else PATH
    return ChangeEntry(
        day=event.day,
        kind=event.kind,
        title=title,
        text=text,
        path=f"{path}#{anchor(offering)}" if offering else path,
        provider=event.provider,
        lab=event.model.partition("/")[0],
        sources=tuple(sorted(event.links.items())),
    )


def _notices(outlooks: Outlooks, names: CatalogNames) -> Iterator[ChangeEntry]:
    """A retirement is told again when it is near, under the day on which it came near."""
    for group in entries_by_day(outlooks.ending()):
        first = group[0]
        if first.retires is None:
            continue
        near_since = first.retires - timedelta(days=SOON_DAYS)
        if not near_since <= outlooks.today <= first.retires:
            continue
        yield ChangeEntry(
            day=near_since,
            kind=EventKind.LIFECYCLE,
            title=f"{change_title(first, names)} retires on {first.retires}",
            text=replacement_text(first, outlooks, names),
            path=f"{model_path(first.offering.model)}#{anchor(first.offering)}",
            provider=first.offering.provider,
            lab=first.offering.lab,
        )


def announced_prices(catalog: Catalog) -> list[tuple[Offering, PriceChange]]:
    """Every change of prices that a source names a day for, the soonest first."""
    changes = ((o, change) for o in catalog.offerings for change in price_changes(o, catalog.day))
    return sorted(changes, key=lambda c: (c[1].day, c[0].key))


def price_change_text(change: PriceChange) -> str:
    """`Input: $2.00 → $4.00 (+100 %); …`: each price that changes, those of the standard mode first."""
    rates = {name: parse_price_field(name) for name in change.usd}
    sentences = (
        field_sentence(
            EventKind.PRICE, FieldChange(field=name, was=change.was.get(name), now=change.usd[name])
        )
        for name in sorted(rates, key=lambda name: rates[name].mode != Mode.STANDARD)
    )
    return "; ".join(sentences)


def _price_notices(outlooks: Outlooks, names: CatalogNames) -> Iterator[ChangeEntry]:
    """A change of prices is told before its day, under the day on which that came near."""
    for offering, change in announced_prices(outlooks.catalog):
        near_since = change.day - timedelta(days=SOON_DAYS)
        if near_since > outlooks.today:
            continue
        yield ChangeEntry(
            day=near_since,
            kind=EventKind.PRICE,
            title=f"{names.where(offering.key)}: prices change on {change.day}",
            text=price_change_text(change),
            path=f"{model_path(offering.model)}#{anchor(offering)}",
            provider=offering.provider,
            lab=offering.lab,
        )


def entries_by_day(outlooks: Iterable[Outlook]) -> list[list[Outlook]]:
    """One model that one provider retires on one day, over whichever channels."""
    groups: dict[tuple[str, ...], list[Outlook]] = defaultdict(list)
    for outlook in outlooks:
        o = outlook.offering
        groups[str(outlook.retires), o.provider, o.model, o.version].append(outlook)
    return [groups[key] for key in sorted(groups)]


def change_title(outlook: Outlook, names: CatalogNames) -> str:
    """The offering that an entry is about, in a line."""
    o = outlook.offering
    version = f" ({o.version})" if o.version else ""
    return f"{names.models[o.model]}{version} at {names.provider(o.provider)}"


def replacement_text(outlook: Outlook, outlooks: Outlooks, names: CatalogNames) -> str:
    """What could take its place and why this one; else why nothing could."""
    replacement = outlooks.replacement(outlook)
    if replacement is None:
        return f"No replacement: {outlooks.why_none(outlook)}."
    differs = "; ".join((replacement.why, *replacement.differences))
    return f"Instead: {names.models[replacement.offering.model]} ({differs})."
