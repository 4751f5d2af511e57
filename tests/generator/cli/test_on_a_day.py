"""Commands answer at the prices of the day that is asked for, and say what is announced after it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from generator.cli import cli
from playground.catalog import Offering
from playground.labels.names import Names
from playground.pricing.price_changes import price_changes
from playground.versus.side import side
from playground.versus.versus import versus
from tests.catalogs import committed
from tests.projects import ROOT


def soonest() -> tuple[Offering, date]:
    """An offering of the catalog whose input price is announced to change, and on which day."""
    whole = committed()
    announced = (
        (change.day, offering.key, offering)
        for offering in whole.offerings
        for change in price_changes(offering, whole.day)
        if "price.input" in change.usd and "price.output" in change.usd
    )
    day, _, offering = min(announced)
    return offering, day


def run(*arguments: str) -> str:
    done = CliRunner().invoke(cli, [*arguments, "--catalog", str(ROOT / "docs/catalog")])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("later", [False, True], ids=["before", "from that day on"])
def test_a_bill_is_at_the_prices_of_its_day(later: bool) -> None:
    offering, day = soonest()
    (change, *_) = price_changes(offering, committed().day)
    usd = change.usd if later else change.was
    month = float(usd["price.input"] + usd["price.output"] / 2)  # a thousand requests of 1,000 and 500
    asked = day if later else date.fromordinal(day.toordinal() - 1)
    (row,) = json.loads(run("cost", offering.key, "--on", str(asked), "--json"))["bills"]
    assert row["month"]["low"] == pytest.approx(month)
    assert (str(day) in row["note"]) is not later


def test_an_offering_is_shown_with_what_is_announced() -> None:
    offering, day = soonest()
    (shown,) = json.loads(run("show", offering.key, "--json"))["offerings"]
    prices = {name: fact["value"] for name, fact in shown["facts"].items()}
    (change, *_) = price_changes(offering, committed().day)
    announced = [c["usd"]["price.input"] for c in shown["coming"] if c["from"] == str(day)]
    # Once the day has come the price is that of the day.
    assert float(change.usd["price.input"]) in [prices["price.input"], *announced]


def test_a_comparison_says_what_its_prices_become() -> None:
    offering, day = soonest()
    whole = committed()
    names = Names(whole)
    compared = versus(
        side(offering.key, whole, names), side("openai/direct/openai/gpt-6.1-sol", whole, names)
    )
    priced = {"price.input", "price.output"}
    texts = [
        sentence.text
        for sentence in (*compared.for_a, *compared.for_b, *compared.same)
        if priced & {fact.field for fact in sentence.facts}
    ]
    assert texts
    assert all(f"from {day}" in text for text in texts)
