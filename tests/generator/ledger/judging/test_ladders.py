"""Ladders of prices: two that differ are one dispute, whose ladder is taken, which ones are contradictory."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest
from click.testing import CliRunner
from msgspec.structs import replace as with_changes

from generator.cli import cli
from generator.ledger.judging.gates import hold_suspects
from generator.ledger.judging.ladders import ladders, stated, without_flat
from generator.owner.view import without_sources
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Fact, Kind, Offering, Standing
from playground.catalog.prices import Meter
from tests.catalogs import committed
from tests.generator.ledger.claimed import notes, record, run, w

LONG = "price.input>200000"


def priced(source: str, model: str, usd: str = "5", **steps: str) -> SourceRecord:
    """A row of Anthropic's with a price of input and steps: `k200="10"`."""
    base = record(source, "anthropic", model, price__input=Decimal(usd))
    more = [
        FieldClaim(field=f"price.input>{tokens[1:]}000", value=Decimal(above))
        for tokens, above in steps.items()
    ]
    return with_changes(base, claims=(*base.claims, *more))


def offerings(*records: SourceRecord) -> dict[str, Offering]:
    return {o.model: o for o in run(*records).catalog.offerings}


def facts(*records: SourceRecord) -> dict[str, Fact]:
    """The facts of Opus where each source tells of a step elsewhere at the provider."""
    sources = {r.source for r in records}
    elsewhere = [priced(source, "claude-sonnet-4-5", "3", k200="6") for source in sources]
    return dict(offerings(*records, *elsewhere)["anthropic/claude-opus-4-6"].facts)


def test_a_source_that_tells_of_steps_and_gives_none_speaks_against_one() -> None:
    fact = facts(priced("litellm", "claude-opus-4-6"), priced("models-dev", "claude-opus-4-6", k200="10"))[
        LONG
    ]
    assert (fact.value, fact.standing) == (5, Standing.DISPUTED)
    assert notes(fact) == {"litellm": "", "models-dev": "disagrees"}
    assert fact.reason == "litellm: 5 USD, no step; models-dev: 5 USD, above 200,000 tokens 10 USD"


def test_a_source_that_tells_of_no_steps_there_says_nothing_of_them() -> None:
    rows = priced("litellm", "claude-opus-4-6"), priced("models-dev", "claude-opus-4-6", k200="10")
    fact = offerings(*rows)["anthropic/claude-opus-4-6"].facts[LONG]
    assert (fact.value, fact.standing, fact.reason) == (10, Standing.SINGLE, "")


def test_a_price_left_out_beside_steps_of_the_same_row_is_no_ladder() -> None:
    row = priced("litellm", "claude-opus-4-6", k200="10")
    output = [FieldClaim(field="price.output", value=Decimal(25))]
    other = priced("models-dev", "claude-opus-4-6", k200="10")
    more = [*output, FieldClaim(field="price.output>200000", value=Decimal(37))]
    fact = facts(
        with_changes(row, claims=(*row.claims, *output)), with_changes(other, claims=(*other.claims, *more))
    )
    assert (fact["price.output>200000"].value, fact["price.output>200000"].standing) == (37, Standing.SINGLE)


def test_a_ladder_is_never_a_mixture_of_two_that_differ() -> None:
    one = priced("model-prices", "claude-opus-4-6", k128="6", k256="9")
    two = priced("litellm", "claude-opus-4-6", k200="8", k512="12")
    chosen = {n: f for n, f in facts(one, two).items() if n.startswith("price.input")}
    assert {n: f.value for n, f in chosen.items()} == {
        "price.input": 5,
        "price.input>128000": 6,
        "price.input>200000": 6,
        "price.input>256000": 9,
        "price.input>512000": 9,
    }
    (reason,) = {f.reason for f in chosen.values() if f.standing == Standing.DISPUTED}
    assert reason.split("; ") == [
        "litellm: 5 USD, above 200,000 tokens 8 USD, above 512,000 tokens 12 USD",
        "model-prices: 5 USD, above 128,000 tokens 6 USD, above 256,000 tokens 9 USD",
    ]


def test_a_ladder_that_begins_at_another_price_yields() -> None:
    rows = (
        priced("litellm", "claude-opus-4-6", "5", k200="10"),
        priced("genai-prices", "claude-opus-4-6", "5", k200="10"),
        priced("models-dev", "claude-opus-4-6", "4", k256="8"),
    )
    assert {n: f.value for n, f in facts(*rows).items() if n.startswith("price.input")} == {
        "price.input": 5,
        "price.input>200000": 10,
        "price.input>256000": 10,
    }


def test_steps_a_token_or_a_rounding_apart_are_one() -> None:
    row = priced("litellm", "claude-opus-4-6", k200="10")
    from_200k = with_changes(
        record("models-dev", "anthropic", "claude-opus-4-6", price__input=Decimal(5)),
        claims=(
            FieldClaim(field="price.input", value=Decimal(5)),
            FieldClaim(field="price.input>199999", value=Decimal(10)),
        ),
    )
    of = facts(row, from_200k)
    assert LONG not in of
    assert (of["price.input>199999"].value, of["price.input>199999"].standing) == (10, Standing.AGREED)


def test_what_a_source_only_meant_is_no_claim_of_its_own_the_next_day() -> None:
    of = facts(priced("litellm", "claude-opus-4-6"), priced("models-dev", "claude-opus-4-6", k200="10"))
    assert [c.source for c in stated(of)[LONG].claims] == ["models-dev"]
    assert stated(of)["price.input"] == of["price.input"]


def test_a_step_at_the_price_below_it_is_none() -> None:
    claims = {"price.input": [w("a", Decimal(2))], LONG: [w("a", Decimal(2)), w("b", Decimal(3))]}
    assert {name: [c.source for c in group] for name, group in without_flat(claims).items()} == {
        "price.input": ["a"],
        LONG: ["b"],
    }


@pytest.mark.parametrize(
    ("claims", "name", "reason"),
    [
        ({"price.output": 30, "price.output>200000": 22}, "price.output>200000", "a step down from 30 USD"),
        (
            {"context_tokens": 200_000, "price.input": 3, LONG: 6},
            LONG,
            "a step where the context window of 200,000 tokens ends",
        ),
        (
            {"price.input": 3, "price.cache_read": 1, "price.cache_read>200000": 2},
            "price.cache_read>200000",
            "a step of the cache's price where input has none",
        ),
    ],
)
def test_a_step_that_cannot_be_is_held_back(claims: dict[str, int], name: str, reason: str) -> None:
    given = {n: [w("a", Decimal(v) if n.startswith("price") else v)] for n, v in claims.items()}
    held = hold_suspects(given, kind=Kind.CHAT, free=False)
    assert {n: g[0].suspect for n, g in held.items() if g[0].suspect} == {name: reason}


#: What `almanac cost` asks: one request of 250,000 tokens of input, in USD.
COSTS = {
    "azure/global/anthropic/claude-opus-4-6": "1.25",
    "azure/global/anthropic/claude-opus-4-8": "1.25",
    "google-vertex/regional/anthropic/claude-sonnet-4-6": "0.75",
    "google-vertex/regional/anthropic/claude-opus-4-7": "1.25",
    "openrouter/gateway/anthropic/claude-sonnet-4-6": "0.75",
    "anthropic/direct/anthropic/claude-opus-4-6": "1.25",
    "openai/direct/openai/gpt-5.6-sol": "1",
    "google/direct/google/gemini-3.1-pro-preview": "1",
}


@pytest.mark.parametrize("key", COSTS)
def test_a_long_request_costs_what_the_vendor_says(key: str) -> None:
    question = ["cost", key, "--requests", "1", "--input-tokens", "250000", "--output-tokens", "0", "--json"]
    (bill,) = json.loads(CliRunner().invoke(cli, question).output)["bills"]
    assert Decimal(str(bill["month"]["low"])) == Decimal(str(bill["month"]["high"])) == Decimal(COSTS[key])


def test_no_ladder_of_the_catalog_contradicts_itself() -> None:
    """It does not fall, has no two steps for one, none past the context window, none of the cache alone."""
    wrong: dict[str, set[str]] = defaultdict(set)
    for o in committed().offerings:
        known = {n: f for n, f in o.facts.items() if f.value is not None}
        window = max(
            (known[n].value for n in ("context_tokens", "max_input_tokens") if n in known), default=0
        )
        for ladder in ladders(known):
            prices = {t: Decimal(str(known[n].value)) for t, n in ladder.names.items() if n in known}
            if any(low > high for low, high in pairwise(prices.values())):
                wrong["falls"].add(o.key)
            if any(low > high * 0.9 for low, high in pairwise(ladder.steps)):
                wrong["two for one"].add(o.key)
            steps = list(prices.items())
            changes = [t for (_, before), (t, usd) in pairwise(steps) if usd != before]
            if window and changes and changes[-1] >= window:
                wrong["past the window"].add(o.key)
    assert wrong == {}


def test_without_a_source_its_ladder_goes_too() -> None:
    gone = without_sources(committed(), ["models-dev"])
    (offering,) = [o for o in gone.offerings if o.key == "azure/global/anthropic/claude-opus-4-6"]
    assert not offering.price.steps
    assert Meter.INPUT in {meter for meter, _ in offering.price.resolved(tokens=250_000)}
