"""What changed, for programs that follow it: Atom, JSON Feed, a calendar."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from xml.etree import ElementTree as ET

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from generator.bounds import shown
from generator.exports.changes import (
    ANNOUNCED_PRICES,
    FOLDER,
    HELD,
    PATH,
    TAG,
    ChangeEntry,
    announced_prices,
    change_title,
    entries_by_day,
    price_change_text,
    replacement_text,
)
from generator.store.events import EventKind
from generator.views.change_sentences import CatalogNames
from playground.catalog import Catalog
from playground.labels.addresses import model_path
from playground.lifecycle.outlook import Outlook
from playground.lifecycle.replacement import Outlooks


def feed_files(
    entries: Sequence[ChangeEntry], outlooks: Outlooks, site: str, name: str
) -> Mapping[str, Callable[[], bytes]]:
    """What makes each feed, by its address: all, prices, retirements, each provider's, each lab's; calendars.

    `site` is the address the site is served at; where it is not known, links are relative to the feed.
    """
    catalog, as_of = outlooks.catalog, outlooks.today
    files: dict[str, Callable[[], bytes]] = {}
    for address, title, some in _feeds(entries, catalog):
        base = site.rstrip("/") if site else "../" * (address.count("/") + 1)
        about = f"{name}: {title}"
        chosen = list(some)[:HELD]
        atom, feed = f"{FOLDER}{address}.atom", f"{FOLDER}{address}.json"
        files[atom] = partial(_atom, chosen, about, atom, base, as_of)
        files[feed] = partial(_json, chosen, about, feed, base)
    names = CatalogNames(catalog)
    groups = [g for g in entries_by_day(outlooks.ending()) if g[0].retires]
    by_provider: dict[str, list[list[Outlook]]] = defaultdict(list)
    for group in groups:
        by_provider[group[0].offering.provider].append(group)
    calendar = partial(_calendar, outlooks=outlooks, names=names, site=site, as_of=as_of)
    files[f"{FOLDER}retirements.ics"] = partial(calendar, groups, f"{name}: retirements")
    for provider, own in by_provider.items():
        title = f"{name}: retirements at {names.provider(provider)}"
        files[f"{FOLDER}providers/{provider}.ics"] = partial(calendar, own, title)
    files[ANNOUNCED_PRICES] = partial(
        _price_calendar, catalog, f"{name}: announced prices", names=names, site=site, as_of=as_of
    )
    return files


def _feeds(
    entries: Sequence[ChangeEntry], catalog: Catalog
) -> Iterator[tuple[str, str, Iterable[ChangeEntry]]]:
    yield "all", "all changes", entries
    yield "prices", "prices", (e for e in entries if e.kind == EventKind.PRICE)
    yield "retirements", "lifetimes and retirements", (e for e in entries if e.kind == EventKind.LIFECYCLE)
    by_provider: dict[str, list[ChangeEntry]] = defaultdict(list)
    by_lab: dict[str, list[ChangeEntry]] = defaultdict(list)
    for entry in entries:
        by_provider[entry.provider].append(entry)
        by_lab[entry.lab].append(entry)
    for provider in catalog.providers.values():
        yield f"providers/{provider.id}", provider.name, by_provider[provider.id]
    for lab in catalog.labs.values():
        yield f"labs/{lab.id}", lab.name, by_lab[lab.id]


def _moment(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def _atom(entries: Sequence[ChangeEntry], title: str, address: str, base: str, as_of: date) -> bytes:
    """The feed as Atom (RFC 4287)."""
    ET.register_namespace("", "http://www.w3.org/2005/Atom")
    root = ET.Element("{http://www.w3.org/2005/Atom}feed")

    def add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
        # XML cannot write every character, not even by its number.
        attributes = {name: shown(value) for name, value in attributes.items()}
        made = ET.SubElement(parent, f"{{http://www.w3.org/2005/Atom}}{tag}", attributes)
        made.text = shown(text) or None
        return made

    add(root, "title", title)
    add(root, "id", TAG + address.removesuffix(".atom"))
    add(root, "updated", _moment(max((e.day for e in entries), default=as_of)))
    add(add(root, "author"), "name", title.partition(":")[0])
    add(root, "link", rel="self", type="application/atom+xml", href=_link(base, f"/{address}"))
    add(root, "link", rel="alternate", type="text/html", href=_link(base, PATH))
    for entry in entries:
        made = add(root, "entry")
        add(made, "title", entry.title)
        add(made, "id", entry.id)
        add(made, "updated", _moment(entry.day))
        add(made, "link", rel="alternate", type="text/html", href=_link(base, entry.path))
        add(made, "category", term=str(entry.kind))
        add(made, "content", _content(entry), type="text")
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ET.tostring(root, "utf-8")) + b"\n"


def _json(entries: Sequence[ChangeEntry], title: str, address: str, base: str) -> bytes:
    """The feed as JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": _link(base, PATH),
        "feed_url": _link(base, f"/{address}"),
        "items": [
            {
                "id": entry.id,
                "url": _link(base, entry.path),
                "title": entry.title,
                "content_text": _content(entry),
                "date_published": _moment(entry.day),
                "tags": [str(entry.kind), *(t for t in (entry.provider, entry.lab) if t)],
            }
            for entry in entries
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _content(entry: ChangeEntry) -> str:
    sources = "".join(f"\n{source}: {link}" for source, link in entry.sources)
    return f"{entry.text}{sources}"


def _link(base: str, path: str) -> str:
    return f"{base.rstrip('/')}{path}" if base else path.lstrip("/")


def _calendar(
    groups: Sequence[Sequence[Outlook]],
    title: str,
    *,
    outlooks: Outlooks,
    names: CatalogNames,
    site: str,
    as_of: date,
) -> bytes:
    """Retirements as days of a calendar (RFC 5545)."""
    calendar = _new_calendar(title, "Retirements")
    for group in groups:
        first = group[0]
        if first.retires is None:
            continue
        o = first.offering
        event = _event(f"{o.provider}/{o.model}@{o.version}", first.retires, as_of)
        event.add("summary", shown(f"{change_title(first, names)} retires"))
        event.add("description", shown(replacement_text(first, outlooks, names)))
        if site:
            event.add("url", _link(site.rstrip("/"), model_path(o.model)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _price_calendar(catalog: Catalog, title: str, *, names: CatalogNames, site: str, as_of: date) -> bytes:
    """Changes of prices that are announced, as days of a calendar."""
    calendar = _new_calendar(title, "Prices")
    for offering, change in announced_prices(catalog):
        event = _event(f"price of {offering.key}", change.day, as_of)
        event.add("summary", shown(f"{names.where(offering.key)}: prices change"))
        event.add("description", shown(price_change_text(change)))
        if site:
            event.add("url", _link(site.rstrip("/"), model_path(offering.model)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _new_calendar(title: str, product: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Model Almanac//{product}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", shown(title))
    return calendar


def _event(about: str, day: date, as_of: date) -> CalendarEvent:
    """A whole day that nobody is busy on; what it is about tells it from others of that day."""
    event = CalendarEvent()
    known = hashlib.sha256(about.encode()).hexdigest()[:24]
    event.add("uid", f"{known}-{day}@model-almanac.invalid")
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
