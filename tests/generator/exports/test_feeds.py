"""Feeds, read by readers that others wrote."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import feedparser
import vobject

from generator.exports.changes import EACH, FIRST, HELD, ChangeEntry, change_entries, outlooks_as_of
from generator.exports.feeds import feed_files
from generator.pages.changes import changes_page, shown_of
from generator.store.events import Event, EventKind, FieldChange
from playground.catalog import Catalog, Lab
from playground.lifecycle.replacement import Outlooks
from tests.catalogs import HOSTILE, catalog, offered

DAY = date(2026, 11, 10)
SITE = "https://example.com/models/"


def made() -> Catalog:
    made_up = catalog(
        offered("acme/one", price__input=2, price__output=8, kind="chat", retires="2026-12-24"),
        offered("acme/one", "global", retires="2027-12-24"),
        offered("acme/two", price__input=2, price__output=8, kind="chat"),
        offered("other/three", "direct", "elsewhere"),
    )
    return replace(made_up, labs={**made_up.labs, "other": Lab(id="other", name="Other | <b>")})


def event(
    target: str = "azure/direct/acme/one", kind: EventKind = EventKind.PRICE, day: date = DAY, now: int = 3
) -> Event:
    change = FieldChange(field="price.input", was=Decimal(2), now=Decimal(now), by=("litellm",))
    changes = (change,) if kind == EventKind.PRICE else ()
    return Event(
        day=day, kind=kind, target=target, changes=changes, links={"litellm": "https://example.com/a(b)"}
    )


EVENTS = (
    event(),
    event("acme/two", EventKind.NEW),
    event("azure/direct/acme/two", EventKind.NEW),
    event("elsewhere/direct/other/three", EventKind.GONE, date(2026, 11, 11)),
    event("vanished/direct/gone/four", EventKind.GONE, date(2026, 11, 9)),
)


def outlooks() -> Outlooks:
    return outlooks_as_of(made())


def files(site: str = SITE, events: tuple[Event, ...] = EVENTS) -> dict[str, bytes]:
    feeds = feed_files(change_entries(events, outlooks()), outlooks(), site, "Model Almanac")
    return {name: make() for name, make in feeds.items()}


def read(name: str, **more: Any) -> Any:
    feed = feedparser.parse(files(**more)[name])
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


ONE, TWO, THREE = (
    f"/models/{where}" for where in ("acme/one/#azure-direct", "acme/two/", "other/three/#elsewhere-direct")
)


def test_entries_are_told_in_words_the_newest_first_and_a_near_retirement_is_told_again() -> None:
    assert [
        (str(e.day), str(e.kind), e.title, e.text, e.path) for e in change_entries(EVENTS, outlooks())
    ] == [
        ("2026-11-11", "gone", "Gone: three at Elsewhere, Direct", "elsewhere/direct/other/three", THREE),
        ("2026-11-10", "price", "one at Azure, Direct: prices", "Input: $2.00 → $3.00 (+50 %)", ONE),
        ("2026-11-10", "new", "New: two", "acme/two", TWO),
        ("2026-11-10", "new", "New: two at Azure, Direct", "azure/direct/acme/two", f"{TWO}#azure-direct"),
        ("2026-11-09", "gone", "Gone: gone/four at vanished", "vanished/direct/gone/four", "/changes/"),
        (
            *("2026-09-25", "lifecycle", "one at Azure retires on 2026-12-24"),
            *("No replacement: no newer one at Azure yet.", ONE),
        ),
    ]


def test_every_kind_has_its_place_in_a_day() -> None:
    assert sorted(FIRST) == sorted(EventKind)


def test_many_offerings_that_come_at_once_are_one_entry() -> None:
    events = tuple(event(f"azure/direct/acme/m{i}", EventKind.NEW) for i in range(EACH + 1))
    (entry, *_) = change_entries(events, outlooks())
    assert (entry.title, entry.provider) == ("Azure: 6 offerings new", "azure")
    assert entry.text == "acme/m0, acme/m1, acme/m2, acme/m3, acme/m4, acme/m5"


def test_an_atom_reader_reads_every_entry() -> None:
    feed = read("feeds/all.atom")
    assert feed.version == "atom10"
    assert feed.feed.title == "Model Almanac: all changes"
    assert feed.feed.updated == "2026-11-11T00:00:00Z"
    entry = feed.entries[1]
    assert entry.title == "one at Azure, Direct: prices"
    assert entry.link == "https://example.com/models/models/acme/one/#azure-direct"
    assert entry.content[0].value == "Input: $2.00 → $3.00 (+50 %)\nlitellm: https://example.com/a(b)"
    assert entry.tags[0].term == "price"
    assert len({e.id for e in feed.entries}) == len(feed.entries) == 6


def test_each_feed_holds_its_own() -> None:
    def titles(name: str) -> list[str]:
        return [e.title for e in read(f"feeds/{name}.atom").entries]

    assert titles("prices") == ["one at Azure, Direct: prices"]
    assert titles("retirements") == ["one at Azure retires on 2026-12-24"]
    assert titles("providers/elsewhere") == ["Gone: three at Elsewhere, Direct"]
    assert titles("labs/other") == ["Gone: three at Elsewhere, Direct"]
    assert "New: two" in titles("labs/acme")


def test_an_entrys_id_stays_wherever_the_site_lies() -> None:
    def ids(site: str) -> list[str]:
        return [e.id for e in read("feeds/all.atom", site=site).entries]

    assert ids(SITE) == ids("https://other.example/")


def test_without_an_address_links_lead_there_from_the_feed() -> None:
    (entry, *_) = read("feeds/labs/other.atom", site="").entries
    assert entry.link == "../../models/other/three/#elsewhere-direct"


def test_json_feed_says_the_same_as_atom() -> None:
    feed = json.loads(files()["feeds/all.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.com/models/feeds/all.json"
    atom = read("feeds/all.atom")
    assert [(i["id"], i["title"], i["url"], i["date_published"]) for i in feed["items"]] == [
        (e.id, e.title, e.link, e.updated) for e in atom.entries
    ]


def test_what_is_hostile_is_only_text() -> None:
    some = catalog(offered("acme/evil", price__input=1), name=HOSTILE)
    ends = outlooks_as_of(some)
    entries = change_entries((event("azure/direct/acme/evil"),), ends)
    files_by_name = {n: make() for n, make in feed_files(entries, ends, SITE, "A <b> & c").items()}
    feed = feedparser.parse(files_by_name["feeds/all.atom"])
    assert not feed.bozo
    assert b"<img" not in files_by_name["feeds/all.atom"]
    assert "<img" not in changes_page(entries, some).markdown


def test_a_feed_holds_only_the_newest() -> None:
    events = tuple(event(day=date.fromordinal(739_000 + i), now=3 + i) for i in range(HELD + 50))
    feed = read("feeds/prices.atom", events=events)
    assert len(feed.entries) == HELD
    assert feed.entries[0].updated == f"{date.fromordinal(739_000 + HELD + 49)}T00:00:00Z"


def test_a_calendar_holds_every_retirement_as_a_day() -> None:
    calendar = vobject.readOne(files()["feeds/retirements.ics"].decode())
    days = [(e.summary.value, e.dtstart.value, e.dtend.value, e.url.value) for e in calendar.vevent_list]
    assert days == [
        (
            "one at Azure retires",
            date(2026, 12, 24),
            date(2026, 12, 25),
            "https://example.com/models/models/acme/one/",
        ),
        (
            "one at Azure retires",
            date(2027, 12, 24),
            date(2027, 12, 25),
            "https://example.com/models/models/acme/one/",
        ),
    ]
    assert len({e.uid.value for e in calendar.vevent_list}) == 2
    assert "feeds/providers/azure.ics" in files()
    assert "feeds/providers/elsewhere.ics" not in files()


def test_the_same_catalog_gives_the_same_feeds() -> None:
    assert files() == files(events=tuple(reversed(EVENTS)))


def test_a_day_of_many_new_models_leaves_room_for_prices_on_the_page() -> None:
    new = [ChangeEntry(day=DAY, kind=EventKind.NEW, title=f"{n}", text="", path="/") for n in range(40)]
    dearer = [replace(new[0], kind=EventKind.PRICE, title=f"p{n}", day=date(2026, 1, 1)) for n in range(3)]
    gone = [replace(new[0], kind=EventKind.GONE, title=f"g{n}", day=date(2025, 1, 1)) for n in range(9)]
    entries = [*new, *dearer, *gone]
    shown = shown_of(entries, 15)
    assert [entry.title for entry in shown] == [
        *(f"{n}" for n in range(7)),  # its share of five, and the two places that prices leave
        *("p0", "p1", "p2"),
        *(f"g{n}" for n in range(5)),
    ]
    assert shown_of(entries, 99) == entries
    assert shown_of([]) == []


def test_the_page_names_what_can_be_filtered_by() -> None:
    page = changes_page(change_entries(EVENTS, outlooks()), made()).markdown
    assert '<option value="elsewhere">Elsewhere</option>' in page
    assert '<option value="other">Other &#124; &lt;b&gt;</option>' in page
    assert 'data-kind="price" data-provider="azure" data-lab="acme"' in page
    assert "[litellm](https://example.com/a%28b%29)" in page
    assert ChangeEntry(day=DAY, kind=EventKind.NEW, title="a", text="b", path="/").id.startswith("tag:")
