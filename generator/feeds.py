"""What changed, for readers and for programs that follow it: a page, Atom, JSON Feed, a calendar.

Everything comes from docs/catalog/history.jsonl and from the days of retirement in the catalog, so the same
catalog gives the same feeds. An entry's id comes from what it says and stays the same wherever the site lies.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from xml.etree import ElementTree as ET

from icalendar import Calendar
from icalendar import Event as CalendarEvent

from generator.history import Event, Kind
from generator.pages import Page, latest, render
from generator.telling import HEADINGS, Names, listed, said
from generator.views import escape
from playground.catalog import Catalog
from playground.dies import SOON_DAYS
from playground.lifecycle import Life, Radar
from playground.words import anchor, linked, model_path

PATH, FOLDER = "/changes/", "feeds/"
#: How many entries a feed holds, and how many the page shows.
HELD, SHOWN = 200, 500
#: More offerings than this that come or go at one provider on one day are told in one entry.
EACH = 5
#: Entries are named by what they say, under a name that nobody else gives out (RFC 4151, RFC 2606).
TAG = "tag:model-almanac.invalid,2026:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to tell: its day and kind, which provider and lab it is about, `path` where it stands."""

    day: date
    kind: Kind
    title: str
    text: str
    path: str
    provider: str = ""
    lab: str = ""
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """A tag URI (RFC 4151), the same for the same entry on any site."""
        told = "\n".join((str(self.day), self.kind, self.title, self.text))
        return TAG + hashlib.sha256(told.encode()).hexdigest()[:24]


def entries(events: Iterable[Event], catalog: Catalog) -> tuple[Entry, ...]:
    """Everything there is to tell, the newest first: the history, and retirements that come near."""
    names = Names(catalog)
    many: dict[tuple[date, Kind, str], list[Event]] = defaultdict(list)
    found: list[Entry] = []
    for event in events:
        if event.kind in (Kind.NEW, Kind.GONE) and not event.is_model:
            many[event.day, event.kind, event.provider].append(event)
        else:
            found.append(_entry(event, names, catalog))
    for (day, kind, provider), some in many.items():
        if len(some) <= EACH:
            found += [_entry(event, names, catalog) for event in some]
            continue
        models = sorted({names.models.get(e.model, e.model) for e in some})
        came = "new" if kind == Kind.NEW else "gone"
        found.append(
            Entry(
                day=day,
                kind=kind,
                title=f"{names.provider(provider)}: {len(some)} offerings {came}",
                text=listed(models, 30),
                path=f"/providers/{provider}/" if provider in catalog.providers else PATH,
                provider=provider,
            )
        )
    found += _notices(catalog, names)
    return tuple(sorted(found, key=lambda e: (-e.day.toordinal(), e.kind, e.title, e.text)))


def _entry(event: Event, names: Names, catalog: Catalog) -> Entry:
    where = names.where(event.target)
    match event.kind:
        case Kind.NEW:
            title, text = f"New: {where}", event.target
        case Kind.GONE:
            title, text = f"Gone: {where}", event.target
        case _:
            title, text = f"{where}: {HEADINGS[event.kind].lower()}", said(event, 20)
    offering = names.offerings.get(event.target)
    path = model_path(event.model) if event.model in catalog.models else PATH
    return Entry(
        day=event.day,
        kind=event.kind,
        title=title,
        text=text,
        path=f"{path}#{anchor(offering)}" if offering else path,
        provider=event.provider,
        lab=event.model.partition("/")[0],
        sources=tuple(sorted(event.links.items())),
    )


def _notices(catalog: Catalog, names: Names) -> Iterator[Entry]:
    """A retirement is told again when it is near, under the day on which it came near."""
    today = latest(catalog)
    radar = Radar(catalog, today)
    for group in _together(radar.lives()):
        first = group[0]
        if first.retires is None:
            continue
        told = first.retires - timedelta(days=SOON_DAYS)
        if not told <= today <= first.retires:
            continue
        yield Entry(
            day=told,
            kind=Kind.LIFECYCLE,
            title=f"{_what(first, names)} retires on {first.retires}",
            text=_instead(first, radar, names),
            path=f"{model_path(first.offering.model)}#{anchor(first.offering)}",
            provider=first.offering.provider,
            lab=first.offering.lab,
        )


def _together(lives: Iterable[Life]) -> list[list[Life]]:
    """One model that one provider retires on one day, over whichever channels."""
    groups: dict[tuple[str, ...], list[Life]] = defaultdict(list)
    for life in lives:
        o = life.offering
        groups[str(life.retires), o.provider, o.model, o.version].append(life)
    return [groups[key] for key in sorted(groups)]


def _what(life: Life, names: Names) -> str:
    o = life.offering
    version = f" ({o.version})" if o.version else ""
    return f"{names.models[o.model]}{version} at {names.provider(o.provider)}"


def _instead(life: Life, radar: Radar, names: Names) -> str:
    found = radar.replacement(life)
    if found is None:
        return (
            f"Its vendor names {', '.join(life.named)} instead." if life.named else "No replacement is known."
        )
    how = "Its vendor names" if found.by_vendor else "Nearest there that lives on, by rule:"
    differs = f" ({'; '.join(found.differences)})" if found.differences else ""
    return f"{how} {names.models[found.offering.model]}{differs}."


def feed_files(found: Sequence[Entry], catalog: Catalog, site: str, name: str) -> Mapping[str, bytes]:
    """Every feed by its address: all, prices, retirements, each provider's, each lab's; and the calendars.

    `site` is the address the site is served at; where it is not known, links are relative to the feed.
    """
    as_of = latest(catalog)
    files: dict[str, bytes] = {}
    for address, title, some in _feeds(found, catalog):
        base = site.rstrip("/") if site else "../" * (address.count("/") + 1)
        about = f"{name}: {title}"
        chosen = list(some)[:HELD]
        files[f"{FOLDER}{address}.atom"] = _atom(chosen, about, f"{FOLDER}{address}.atom", base, as_of)
        files[f"{FOLDER}{address}.json"] = _json(chosen, about, f"{FOLDER}{address}.json", base)
    radar, names = Radar(catalog, as_of), Names(catalog)
    groups = [g for g in _together(radar.lives()) if g[0].retires]
    by_provider: dict[str, list[list[Life]]] = defaultdict(list)
    for group in groups:
        by_provider[group[0].offering.provider].append(group)
    calendar = partial(_calendar, radar=radar, names=names, site=site, as_of=as_of)
    files[f"{FOLDER}retirements.ics"] = calendar(groups, f"{name}: retirements")
    for provider, own in by_provider.items():
        title = f"{name}: retirements at {names.provider(provider)}"
        files[f"{FOLDER}providers/{provider}.ics"] = calendar(own, title)
    return files


def _feeds(found: Sequence[Entry], catalog: Catalog) -> Iterator[tuple[str, str, Iterable[Entry]]]:
    yield "all", "all changes", found
    yield "prices", "prices", (e for e in found if e.kind == Kind.PRICE)
    yield "retirements", "lifetimes and retirements", (e for e in found if e.kind == Kind.LIFECYCLE)
    by_provider: dict[str, list[Entry]] = defaultdict(list)
    by_lab: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        by_provider[entry.provider].append(entry)
        by_lab[entry.lab].append(entry)
    for provider in catalog.providers.values():
        yield f"providers/{provider.id}", provider.name, by_provider[provider.id]
    for lab in catalog.labs.values():
        yield f"labs/{lab.id}", lab.name, by_lab[lab.id]


def _moment(day: date) -> str:
    return datetime.combine(day, time(), UTC).isoformat().replace("+00:00", "Z")


def _atom(found: Sequence[Entry], title: str, address: str, base: str, as_of: date) -> bytes:
    """The feed as Atom (RFC 4287)."""
    ET.register_namespace("", "http://www.w3.org/2005/Atom")
    root = ET.Element("{http://www.w3.org/2005/Atom}feed")

    def add(parent: ET.Element, tag: str, text: str = "", **said: str) -> ET.Element:
        made = ET.SubElement(parent, f"{{http://www.w3.org/2005/Atom}}{tag}", said)
        made.text = text or None
        return made

    add(root, "title", title)
    add(root, "id", TAG + address.removesuffix(".atom"))
    add(root, "updated", _moment(max((e.day for e in found), default=as_of)))
    add(add(root, "author"), "name", title.partition(":")[0])
    add(root, "link", rel="self", type="application/atom+xml", href=_link(base, f"/{address}"))
    add(root, "link", rel="alternate", type="text/html", href=_link(base, PATH))
    for entry in found:
        made = add(root, "entry")
        add(made, "title", entry.title)
        add(made, "id", entry.id)
        add(made, "updated", _moment(entry.day))
        add(made, "link", rel="alternate", type="text/html", href=_link(base, entry.path))
        add(made, "category", term=str(entry.kind))
        add(made, "content", _content(entry), type="text")
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + bytes(ET.tostring(root, "utf-8")) + b"\n"


def _json(found: Sequence[Entry], title: str, address: str, base: str) -> bytes:
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
            for entry in found
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _content(entry: Entry) -> str:
    sources = "".join(f"\n{source}: {link}" for source, link in entry.sources)
    return f"{entry.text}{sources}"


def _link(base: str, path: str) -> str:
    return f"{base.rstrip('/')}{path}" if base else path.lstrip("/")


def _calendar(
    groups: Sequence[Sequence[Life]], title: str, *, radar: Radar, names: Names, site: str, as_of: date
) -> bytes:
    """Retirements as days of a calendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Model Almanac//Retirements//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for group in groups:
        first = group[0]
        if first.retires is None:
            continue
        o = first.offering
        event = CalendarEvent()
        known = hashlib.sha256(f"{o.provider}/{o.model}@{o.version}".encode()).hexdigest()[:24]
        event.add("uid", f"{known}-{first.retires}@model-almanac.invalid")
        event.add("dtstamp", datetime.combine(as_of, time(), UTC))
        event.add("dtstart", first.retires)
        event.add("dtend", first.retires + timedelta(days=1))
        event.add("summary", f"{_what(first, names)} retires")
        event.add("description", _instead(first, radar, names))
        event.add("transp", "TRANSPARENT")
        if site:
            event.add("url", _link(site.rstrip("/"), model_path(o.model)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def changes_page(found: Sequence[Entry], catalog: Catalog) -> Page:
    """The newest changes by day, to be filtered by kind, provider and lab."""
    names = Names(catalog)
    days: dict[date, list[dict[str, str]]] = defaultdict(list)
    for entry in found[:SHOWN]:
        days[entry.day].append(
            {
                "kind": str(entry.kind),
                "provider": entry.provider,
                "lab": entry.lab,
                "title": escape(entry.title),
                "text": escape(entry.text[:400] + ("…" if len(entry.text) > 400 else "")),
                "path": entry.path,
                "sources": ", ".join(
                    linked(escape(s), link.replace(" ", "%20")) for s, link in entry.sources
                ),
            }
        )
    used = {
        key: sorted({getattr(e, key) for e in found[:SHOWN]} - {""}) for key in ("kind", "provider", "lab")
    }
    return Page(
        path=PATH,
        title="Changes",
        description="What changed: prices, limits, capabilities, lifetimes, what is new and what is gone.",
        write=partial(
            render,
            "changes.md.j2",
            days=[(str(day), rows) for day, rows in days.items()],
            shown=min(len(found), SHOWN),
            total=len(found),
            kinds=[(k, HEADINGS[Kind(k)]) for k in used["kind"]],
            providers=[(p, escape(names.provider(p))) for p in used["provider"]],
            labs=[(lab, escape(names.labs.get(lab, lab))) for lab in used["lab"]],
        ),
        hide=("navigation", "toc"),
    )
