"""Pages lead with what is served, link aliases both ways, and say which prices go by the hour."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from generator.exports.api import row
from generator.exports.documents import model_json
from generator.exports.explorer import explorer_data
from generator.pages.entities import entity_pages
from generator.pages.overviews import channels_page, models_page
from generator.views.plots import points, spread
from playground.catalog import Catalog, Channel, Fact, Model, Standing
from playground.catalog.model import aliases_of
from playground.labels.names import display_names
from playground.pricing.bills import bills_to_json
from playground.pricing.workload import Workload
from tests.catalogs import catalog, fact, offered
from tests.catalogs import offering as made

OWN = offered("acme/one", "direct", "acme", status="retired", price__input=1, price__output=2)
HOST = offered("acme/one", "hosted", "host", price__input=3, price__output=4)
GATE = offered("acme/one", "gateway", "gate", price__input=5, price__output=6)
GONE = offered("acme/a-gone", "direct", "acme", status="retired", price__input="0.1", price__output="0.1")
NEXT = offered("acme/two", "direct", "acme", price__input=7, price__output=8)
WHOLE = catalog(OWN, HOST, GATE, GONE, NEXT)


def page(whole: Catalog, path: str) -> str:
    return next(p.markdown for p in entity_pages(whole) if p.path == path)


def stands(text: str, *parts: str) -> None:
    """Each part stands in the text, and after the one before."""
    places = [text.index(part) for part in parts]
    assert places == sorted(places), text


def test_a_models_page_begins_with_who_serves_it() -> None:
    text = page(WHOLE, "/models/acme/one/")
    table = text.partition('<h2 id="where">')[2].partition("<h2")[0]
    stands(table, "/providers/host/", "/providers/gate/", "/providers/acme/")
    assert "retired by its lab" in text.partition("<h2")[0]
    assert "retired" in page(WHOLE, "/models/acme/a-gone/").partition("<h2")[0]
    assert "retired" not in page(WHOLE, "/models/acme/two/").partition("<h2")[0]


def test_providers_labs_and_all_models_list_the_retired_last() -> None:
    stands(page(WHOLE, "/providers/acme/"), "/models/acme/two/", "/models/acme/a-gone/")
    names = display_names(WHOLE)
    for text in (page(WHOLE, "/labs/acme/"), models_page(WHOLE, names).markdown):
        stands(text, "/models/acme/two/", "/models/acme/one/", "retired by its lab", "/models/acme/a-gone/")
    # A way in that is closed is none.
    assert "(/models/acme/one/) | 2 | 2 |" in channels_page(WHOLE, names).markdown


def test_no_range_and_no_cheapest_place_rests_on_what_is_retired() -> None:
    assert "$1.00" not in spread([OWN, HOST, GATE], WHOLE)
    # Of a model that nobody serves the range is what it was.
    gone = [replace(o, facts={**o.facts, "status": fact("retired")}) for o in (HOST, GATE)]
    assert "$3.00" in spread(gone, WHOLE)
    chat = {"kind": "chat", "context_tokens": 1000}
    dear = offered("acme/one", "hosted", "host", price__input=3, **chat)
    ended = offered("acme/one", "direct", "acme", price__input=1, status="retired", **chat)
    (point,) = points(catalog(ended, dear), {"acme/one": "One"}, ["acme"])
    assert point.usd == 3


def test_a_bill_at_a_retired_place_says_so_and_comes_after_the_others() -> None:
    work = Workload(input_tokens=1000, output_tokens=100, requests=1000)
    rows = bills_to_json(work, [GONE, HOST], WHOLE, display_names(WHOLE), day := date_of(WHOLE))
    assert [r["offering"] for r in rows] == [HOST.key, GONE.key], day
    assert [r["note"] for r in rows] == ["", "retired: served no more"]


def date_of(whole: Catalog) -> Any:
    return max(s.as_of for s in whole.sources.values())


POINTS = Fact(
    value="acme/two",
    standing=Standing.OVERRIDDEN,
    reason="The lab's list [of] names. (2026-08-21)",
    link="https://lab.example/models(1)",
)


def with_alias(target: str = "acme/two") -> Catalog:
    """An alias without offerings of its own beside the others."""
    alias = Model(id="acme/newest", facts={"points_to": replace(POINTS, value=target)})
    return replace(WHOLE, models={**WHOLE.models, alias.id: alias})


def test_an_alias_links_to_its_model_and_the_model_to_its_aliases_with_day_and_source() -> None:
    whole = with_alias()
    who = "The lab's list &#91;of&#93; names. (2026-08-21) [its page](https://lab.example/models%281%29)"
    alias = page(whole, "/models/acme/newest/")
    assert "An alias, which points to [two](/models/acme/two/)" in alias
    assert who in alias
    target = page(whole, "/models/acme/two/")
    assert "Aliases that point to it:\n\n- [newest](/models/acme/newest/)" in target
    assert who in target
    assert "lias" not in page(whole, "/models/acme/one/")
    # In the evidence, too.
    assert "Points to [acme/two](/models/acme/two/)" in alias


def test_an_alias_of_a_model_that_nobody_lists_is_its_id() -> None:
    text = page(with_alias("acme/unlisted"), "/models/acme/newest/")
    assert "An alias, which points to acme/unlisted" in text
    assert "/models/acme/unlisted/" not in text


def test_programs_read_both_ends_of_an_alias() -> None:
    whole = with_alias()
    alias, model = whole.models["acme/newest"], whole.models["acme/two"]
    (points_to,) = model_json(alias, "Newest", [], whole, ())["facts"]
    assert points_to["page"] == "/models/acme/two/"
    document = model_json(model, "Two", [NEXT], whole, aliases_of(whole.models)["acme/two"])
    assert document["aliases"] == [
        {
            "id": "acme/newest",
            "page": "/models/acme/newest/",
            "standing": "overridden",
            "reason": POINTS.reason,
            "link": POINTS.link,
            "claims": [],
        }
    ]
    assert "aliases" not in model_json(whole.models["acme/one"], "One", [OWN], whole, ())


@pytest.fixture(scope="module")
def by_hour() -> Catalog:
    usual, cheap = fact(Decimal("0.28")), fact(Decimal("0.14"))
    hours = {"price__input": usual, "price__input@off-peak": cheap, "price__output": fact(Decimal(1))}
    return catalog(made("acme/night", Channel.DIRECT, **hours), HOST)


def test_a_price_by_the_hour_is_marked_on_pages_and_the_mark_is_explained(by_hour: Catalog) -> None:
    for path in ("/models/acme/night/", "/providers/azure/"):
        text = page(by_hour, path)
        assert '<data value="0.28">$0.14 to $0.28</data>' in text, path
        assert 'S</a> <small class="by-hour">by the hour</small>' in text, path
        assert "by which lists are sorted" in text, path
    assert "by which lists are sorted" not in page(by_hour, "/models/acme/one/")


def test_a_price_by_the_hour_is_marked_in_the_data(by_hour: Catalog) -> None:
    night = by_hour.offerings[0]
    names = display_names(by_hour)
    assert row(night, by_hour, "Night")["by_hour"] == ["price.input"]
    assert "by_hour" not in row(HOST, by_hour, "One")
    facts = model_json(by_hour.models["acme/night"], "Night", [night], by_hour, ())["offerings"][0]["facts"]
    marked = {f["field"]: f["by_hour"] for f in facts if "by_hour" in f}
    assert marked == {"price.input": {"least": 0.14, "most": 0.28, "text": "$0.14 to $0.28"}}
    # Sorted by the dearest hours, with what the cheapest ask beside it.
    column = explorer_data(by_hour, names)["columns"]["input"]
    assert [0.28, "S", None, 0.14] in column["values"]
    assert column["texts"][column["values"].index([0.28, "S", None, 0.14])] == "$0.14 to $0.28"
