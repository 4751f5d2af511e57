"""A price in doubt is shown, with its letter and its reason, and no headline or range rests on it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.assistant.library import Library
from generator.cli import cli
from generator.exports.api import row
from generator.exports.changes import change_entries, outlooks_as_of
from generator.exports.documents import model_json
from generator.exports.explorer import explorer_data
from generator.exports.playground import model_lists
from generator.exports.search import search_data
from generator.pages.entities import entity_pages
from generator.pages.home import home_page
from generator.pages.overviews import PLOTTED
from generator.pages.sections import section_pages
from generator.store.events import Event, EventKind, FieldChange, compare
from generator.views.plots import points, spread
from generator.views.report import by_field
from playground.catalog import Catalog, Offering, Record, Standing
from playground.labels.labels import MARKS, STANDINGS
from playground.labels.names import display_names
from tests.catalogs import catalog, committed, fact, offered
from tests.projects import ROOT

DAY = date(2026, 11, 24)
WHY = "1/20 of what 4 other providers ask: median $2"
DOUBT = fact(Decimal("0.1"), Standing.DOUBTFUL, reason=WHY)


def odd(**facts: object) -> Offering:
    """An offering whose price of input is in doubt."""
    made = offered(provider="odd", channel="hosted", price__output=8, kind="chat", **facts)
    return replace(
        made,
        facts={**made.facts, "price.input": DOUBT},
        records={"litellm": Record(id="odd/x")},
    )


ODD = odd(context_tokens=1000)
SOUND = [
    offered(provider=p, channel="hosted", price__input=usd, price__output=8, kind="chat", context_tokens=1000)
    for p, usd in (("one", 2), ("two", 3))
]
WHOLE = catalog(ODD, *SOUND)


def page(whole: Catalog, path: str) -> str:
    pages = [home_page(whole, "0", playground=False), *entity_pages(whole), *section_pages(whole, {}, "0")]
    return next(p.markdown for p in pages if p.path == path)


def test_a_models_and_a_providers_page_show_it_with_its_letter_and_its_reason() -> None:
    for path in ("/models/acme/one/", "/providers/odd/"):
        assert re.search(r"\$0\.10<a[^>]*letter-q[^>]*>Q</a>", page(WHOLE, path)), path
    claims = model_json(WHOLE.models["acme/one"], "One", [ODD], WHOLE, ())["offerings"][0]["facts"]
    shown = next(f for f in claims if f["field"] == "price.input")
    assert (shown["mark"], shown["standing"], shown["reason"]) == ("Q", "doubtful", WHY)
    assert WHY in shown["claimed_by"]


def test_every_standing_has_a_letter_of_its_own_that_scripts_know_too() -> None:
    assert len({*MARKS.values()}) == len(Standing) == len(STANDINGS)
    script = (ROOT / "generator/web/explorer/offerings.mjs").read_text()
    assert f'DOUBTFUL = "{MARKS[Standing.DOUBTFUL]}"' in script


def test_the_page_of_what_is_held_back_lists_it_with_why() -> None:
    held = page(WHOLE, "/held-back/")
    assert '<h2 id="doubtful">' in held
    assert WHY in held
    assert 'id="doubtful"' not in page(catalog(*SOUND), "/held-back/")


def test_home_counts_it_and_leads_there() -> None:
    assert '1 prices are <a href="/held-back/#doubtful">in doubt</a>' in page(WHOLE, "/")
    assert by_field(WHOLE)[0].doubtful == 1


def test_no_range_of_prices_holds_it() -> None:
    drawn = spread([ODD, *SOUND], WHOLE)
    assert "$0.10" not in drawn
    assert "$2.00" in drawn


def test_no_point_of_price_against_context_is_it() -> None:
    assert [p.usd for p in points(WHOLE, display_names(WHOLE), ["acme"])] == [2]


def test_it_makes_no_model_cheap_for_a_search() -> None:
    dear = [offered(f"acme/m{n}", price__input=1, price__output=1, kind="chat") for n in range(7)]
    for first, tagged in ((ODD, False), (offered(price__input=0.1, price__output=0.1, kind="chat"), True)):
        whole = catalog(first, *dear)
        found = search_data(whole, display_names(whole), [], {})
        tags = next(own for model, _, _, own, _ in found["models"] if model == "acme/one")
        assert ("cheap" in [found["tags"][n] for n in tags]) is tagged


def test_the_table_and_the_row_name_it() -> None:
    flat = row(ODD, WHOLE, "One")
    assert flat["facts"]["price.input"] == 0.1
    assert flat["doubtful"] == ["price.input"]


def test_the_explorer_has_its_letter() -> None:
    values = explorer_data(WHOLE, display_names(WHOLE))["columns"]["input"]["values"]
    assert [0.1, "Q"] in values


def test_the_playground_reckons_no_cost_with_it() -> None:
    listed = [m["prices"] for models in model_lists(WHOLE).values() for m in models if m.get("model")]
    assert all(prices.get("price.input") != "0.1" for prices in listed)
    assert "price.input" not in {r.field for r in ODD.sound_prices.rates}


def test_a_feed_tells_of_no_price_that_fell_to_it() -> None:
    def moved(usd: str) -> Event:
        change = FieldChange(field="price.input", was=Decimal(2), now=Decimal(usd), by=("litellm",))
        return Event(day=DAY, kind=EventKind.PRICE, target=ODD.key, changes=(change,))

    assert len(change_entries([moved("0.1")], outlooks_as_of(WHOLE))) == 0
    assert len(change_entries([moved("1.9")], outlooks_as_of(WHOLE))) == 1


def test_what_comes_into_doubt_is_told_as_that_and_not_as_a_fall() -> None:
    before = catalog(offered(provider="odd", channel="hosted", price__input=2, price__output=8, kind="chat"))
    events = [e for e in compare(before, catalog(ODD), DAY) if e.changes and "price" in e.changes[0].field]
    assert [(e.kind, e.changes[0].was, e.changes[0].now) for e in events] == [
        (EventKind.STANDING, "single source", "doubtful")
    ]
    assert compare(catalog(ODD), catalog(ODD), DAY) == ()


# The committed catalog.


def cheapest() -> dict[str, Offering]:
    return {o.key: o for o in committed().offerings}


@pytest.mark.parametrize("name", ["price.input", "price.output"])
def test_no_headline_of_the_catalog_rests_on_a_price_in_doubt(name: str) -> None:
    plotted = points(committed(), display_names(committed()), [*PLOTTED])
    assert "Q" not in {mark for p in plotted for mark in p.marks}
    by_model: dict[str, list[Offering]] = {}
    for o in committed().offerings:
        by_model.setdefault(o.model, []).append(o)
    doubted = [places for places in by_model.values() if any(name in o.doubts() for o in places)]
    assert doubted
    assert not [1 for places in doubted if "letter-q" in spread(places, committed())]


def test_assistants_are_told_of_no_cheapest_place_in_doubt() -> None:
    library = Library(Path(ROOT / "docs/catalog"), DAY)
    by_key = cheapest()
    lines = library.find(limit=5000)["models"]
    named = [line["cheapest"]["offering"] for line in lines if "cheapest" in line]
    assert len(named) > 1000
    assert not [key for key in named if "price.input" in by_key[key].doubts()]


def doubtful_key() -> str:
    """An offering of the catalog whose price of input is in doubt."""
    return next(o.key for o in committed().offerings if "price.input" in o.doubts())


def test_the_terminal_says_that_a_price_is_in_doubt_and_why() -> None:
    key = doubtful_key()
    reason = cheapest()[key].doubts()["price.input"]
    folder = str(ROOT / "docs/catalog")
    for command in (["show", key], ["cost", key, "--requests", "10"]):
        result = CliRunner(env={"COLUMNS": "400"}).invoke(cli, [*command, "--catalog", folder])
        text = " ".join(result.output.split())
        assert reason in text, command
    assert f"price in doubt (input): {reason}" in text
