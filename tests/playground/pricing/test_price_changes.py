"""Prices by the day: what a source announces, what was asked before, what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from playground.catalog import Catalog, Channel, Fact, Model, Offering, PriceSpan, Provider, Record, Standing
from playground.decide.answer_json import candidate_to_json
from playground.decide.chooser import Chooser
from playground.need.need import Need
from playground.pricing.bills import bills_to_json
from playground.pricing.coming import coming_bills, coming_text
from playground.pricing.price_changes import catalog_on, changes_of, labs_changes, price_changes
from playground.pricing.workload import Workload
from tests.catalogs import committed

KNOWN, RISE = date(2026, 11, 12), date(2026, 12, 1)
WORK = Workload(input_tokens=Decimal(1000), output_tokens=Decimal(500), requests=Decimal(1000))
INTRODUCTORY = {"price.input": "2", "price.output": "10"}


def span(start: date | None, mode: str = "standard", record: str = "genai-prices", **usd: str) -> PriceSpan:
    prices = {name: Decimal(price) for name, price in usd.items()}
    return PriceSpan(record=record, start=start, mode=mode, usd=prices)


HISTORY = (
    span(date(2026, 10, 1), input="2", output="10", cache_read="0.1"),
    span(RISE, input="4", output="20", cache_read="0.2"),
)


def offering(
    prices: dict[str, str], *history: PriceSpan, provider: str = "maker", channel: Channel = Channel.DIRECT
) -> Offering:
    facts = {name: Fact(value=Decimal(usd), standing=Standing.AGREED) for name, usd in sorted(prices.items())}
    return Offering(provider=provider, channel=channel, model="maker/m", facts=facts, history=history)


def catalog(*offerings: Offering) -> Catalog:
    return Catalog(labs={}, models={}, providers={}, offerings=offerings, sources={}, of_day=KNOWN)


def price_on(day: date, *offerings: Offering) -> dict[str, Any]:
    return {name: f.value for name, f in catalog_on(catalog(*offerings), day).offerings[0].facts.items()}


def test_a_rise_is_known_with_its_day_and_what_it_was_before() -> None:
    (change,) = price_changes(offering({**INTRODUCTORY, "price.cache_read": "0.1"}, *HISTORY), KNOWN)
    assert (change.day, change.record) == (RISE, "genai-prices")
    assert change.usd == {"price.input": 4, "price.output": 20, "price.cache_read": Decimal("0.2")}
    assert change.was["price.output"] == 10


@pytest.mark.parametrize(
    ("day", "usd"),
    [
        (date(2026, 11, 30), 2),
        (RISE, 4),
        (date(2027, 3, 1), 4),
        (date(2026, 10, 5), 2),
        (date(2026, 9, 1), 2),
    ],
)
def test_a_price_is_that_of_the_day_that_is_asked_for(day: date, usd: int) -> None:
    assert price_on(day, offering(INTRODUCTORY, *HISTORY))["price.input"] == usd


def test_a_day_in_the_past_has_the_price_of_its_list() -> None:
    cut = (span(date(2026, 1, 1), input="3", output="15"), *HISTORY)
    assert price_on(date(2026, 5, 1), offering(INTRODUCTORY, *cut)) == {
        "price.input": 3,
        "price.output": 15,
    }


def test_who_is_overruled_today_is_no_witness_of_tomorrow() -> None:
    assert price_changes(offering({"price.input": "3", "price.output": "15"}, *HISTORY), KNOWN) == ()


def test_what_the_list_leaves_open_is_in_doubt_and_reasoning_goes_with_output() -> None:
    prices = {
        **INTRODUCTORY,
        "price.reasoning": "10",
        "price.batch.input": "1",
        "price.request.per_request": "1",
    }
    (then,) = catalog_on(catalog(offering(prices, *HISTORY)), RISE).offerings
    assert then.value("price.reasoning") == 20
    assert then.facts["price.batch.input"].standing == Standing.DOUBTFUL
    assert "$2.00 to $4.00" in then.facts["price.batch.input"].reason
    assert then.facts["price.request.per_request"].standing == Standing.AGREED


def test_a_mode_with_dates_of_its_own_is_known_too() -> None:
    batch = (span(KNOWN, "batch", input="1", output="5"), span(RISE, "batch", input="2", output="10"))
    prices = {**INTRODUCTORY, "price.batch.input": "1", "price.batch.output": "5"}
    (then,) = catalog_on(catalog(offering(prices, *HISTORY, *batch)), RISE).offerings
    assert (then.value("price.batch.output"), then.doubts()) == (10, {})


def test_a_place_at_the_labs_price_may_follow_it_and_is_in_doubt_once_the_lab_asks_more() -> None:
    own = offering(INTRODUCTORY, *HISTORY)
    cloud = offering(INTRODUCTORY, provider="cloud", channel=Channel.REGIONAL)
    other = offering({**INTRODUCTORY, "price.output": "11"}, provider="other", channel=Channel.HOSTED)
    labs = labs_changes((own, cloud, other), KNOWN)
    assert [len(changes_of(o, KNOWN, labs)) for o in (own, cloud, other)] == [1, 1, 0]
    assert changes_of(cloud, KNOWN, labs)[0].followed
    _, then, apart = catalog_on(catalog(own, cloud, other), RISE).offerings
    assert set(then.doubts()) == {"price.input", "price.output"}
    assert apart.doubts() == {}


def test_a_catalog_of_a_day_is_not_changed_twice() -> None:
    then = catalog_on(catalog(offering(INTRODUCTORY, *HISTORY)), RISE)
    assert catalog_on(then, RISE) is then
    assert price_changes(then.offerings[0], then.day) == ()


def test_a_bill_says_what_it_becomes() -> None:
    introductory = offering(INTRODUCTORY, *HISTORY)
    coming = coming_bills(WORK, introductory, price_changes(introductory, KNOWN))
    assert coming_text(coming) == "from 2026-12-01 $14.00"


def test_every_announced_change_of_the_catalog_is_told_with_its_bill() -> None:
    whole = committed()
    introductory = [o for o in whole.offerings if price_changes(o, whole.day)]
    assert len(introductory) >= 8
    names = {o.model: o.model for o in introductory}
    assert whole.day is not None
    for row in bills_to_json(WORK, introductory[:12], whole, names, whole.day):
        assert row["coming"], row["offering"]
        assert row["coming"][0]["usd"] > row["month"]["low"]
        assert row["coming"][0]["cost"] in row["note"]


def test_without_a_day_nothing_is_to_come() -> None:
    unknown = replace(catalog(offering(INTRODUCTORY, *HISTORY)), of_day=None)
    assert unknown.day is None
    assert catalog_on(unknown, RISE) is unknown
    assert price_changes(unknown.offerings[0], unknown.day) == ()


@pytest.mark.parametrize(("days", "first"), [(16, "maker/m"), (15, "maker/steady")])
def test_a_price_that_ends_within_half_a_month_puts_nobody_first(days: int, first: str) -> None:
    record = Record(id="m", link="https://a.example")
    rising = replace(offering(INTRODUCTORY, *HISTORY), records={"genai-prices": record})
    host = offering(INTRODUCTORY, provider="host", channel=Channel.HOSTED)
    steady = replace(offering({"price.input": "3", "price.output": "15"}), model="maker/steady")
    whole = replace(
        catalog(rising, host, steady),
        models={name: Model(id=name) for name in ("maker/m", "maker/steady")},
        providers={name: Provider(id=name, name=name) for name in ("maker", "host")},
    )
    need = Need(work=WORK, include_left_out=True, keep_unknown=True, kind=None)
    chooser = Chooser(whole, RISE - timedelta(days=days))
    answer = chooser.answer(need)
    # What is shown of the catalog elsewhere, in the explorer and on pages, are the prices of the day.
    assert [o.value("price.input") for o in chooser.catalog.offerings] == [2, 2, 3]
    leaders = answer.leaders
    assert leaders[0].offering.model == first
    told = {c.offering.model: coming_text(c.coming) for c in leaders}["maker/m"]
    # Who asks the lab's price is taken to follow it.
    assert told.startswith("from 2026-12-01 $14.00" if days == 16 else "until 2026-12-01 $7.00")
    # What the host is taken to ask is no claim of the lab's source about the host.
    assert all(candidate_to_json(candidate, answer)["month"] for candidate in answer.ranked)
