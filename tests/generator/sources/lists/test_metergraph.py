"""Metergraph's dated prices: which id each is about, from when to when, and what is left out."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceShapeError
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID
from generator.sources.records import SourceRecord
from tests.generator.sources.fixtures import FILES, FIXTURES, values
from tests.rounds import nightly

RAW = (FIXTURES / FILES["metergraph"]).read_bytes()
PARSED = BY_ID["metergraph"].parse(RAW)


def called(provider: str, model: str) -> list[SourceRecord]:
    return [r for r in PARSED if (r.provider, r.model) == (provider, model)]


def test_it_reads_steps_lifetimes_and_modes() -> None:
    (sol,) = called("openai-api", "gpt-6-sol")
    assert values(sol) == {
        "price.input": 2,
        "price.output": 10,
        "price.cache_read": Decimal("0.2"),
        # One column for a write: its lifetime is known only where a second one is priced.
        "price.cache_write": Decimal("2.5"),
        "price.batch.input": 1,
        "price.batch.output": 5,
        "price.input>272000": 4,
        "price.output>272000": 15,
        "price.cache_read>272000": Decimal("0.4"),
        "price.cache_write>272000": 5,
        "price.batch.input>272000": 2,
        "price.batch.output>272000": Decimal("7.5"),
    }
    assert sol.link == "https://developers.openai.com/api/docs/models/gpt-6-sol"
    assert sol.unread == ()
    (sonnet,) = called("anthropic-api", "claude-sonnet-4-6")
    assert values(sonnet)["price.cache_write_5m"] == Decimal("3.75")
    assert values(sonnet)["price.cache_write_1h"] == 6


def test_a_price_holds_on_its_days_and_no_other() -> None:
    (flash,) = called("google-api", "gemini-3.8-flash")
    assert "price.input" not in values(flash, date(2026, 9, 1))
    assert values(flash, date(2026, 12, 31))["price.input"] == Decimal("0.75")
    assert values(flash, date(2027, 1, 1))["price.input"] == Decimal("1.5")
    assert [(s.start, s.usd and s.usd["input"]) for s in flash.history] == [
        (date(2026, 9, 2), Decimal("0.75")),
        (date(2027, 1, 1), Decimal("1.5")),
    ]


def test_a_name_has_a_models_price_only_while_it_means_that_model() -> None:
    old, new = sorted(called("google-api", "gemini-flash-latest"), key=lambda r: r.id)
    assert values(old, date(2026, 7, 20))["price.input"] == Decimal("1.5")
    assert values(old) == {}
    assert values(new, date(2026, 9, 1)) == {}
    assert values(new)["price.input"] == Decimal("0.75")
    assert old.confirms
    assert new.confirms


def test_a_geography_a_region_and_the_global_profile_of_bedrock_stay_apart() -> None:
    prices = {
        r.model: values(r).get("price.input")
        for r in PARSED
        if r.provider.startswith("aws-") and not r.left_out
    }
    assert prices == {
        "global.openai.gpt-6-sol": 2,
        "us.openai.gpt-6-sol": Decimal("2.2"),
        "us-west-2/openai.gpt-6-sol": Decimal("2.2"),
        # The global price is not that of the id without a profile.
        "global.anthropic.claude-sonnet-4-6": 3,
        "eu.anthropic.claude-sonnet-4-6": Decimal("3.3"),
    }


def test_only_an_id_of_the_channels_own_makes_an_offering() -> None:
    makes = {r.model: not r.confirms for r in PARSED if not r.left_out}
    assert makes["openai/gpt-6-sol"]
    assert makes["claude-sonnet-4-6"]
    assert not makes["claude-sonnet-4-6-20260217"]
    # Its last price has ended: it is gone, or nobody knows what it costs.
    assert not makes["perplexity/sonar"]
    assert not any(name.startswith(("models/", "bedrock/", "xai/")) for name in makes)


def test_the_dearer_hours_are_the_base_and_the_others_a_window() -> None:
    (pro,) = called("deepseek-api", "deepseek-v4-pro")
    assert values(pro, date(2026, 9, 9)) == {"price.input": Decimal("0.435"), "price.output": Decimal("0.87")}
    assert values(pro) == {
        "window.peak": "Mo-Fr 01:00-04:00,06:00-10:00",
        "price.input": Decimal("0.66"),
        "price.input@peak": Decimal("1.32"),
        "price.output": Decimal("1.98"),
        "price.output@peak": Decimal("3.96"),
    }
    assert pro.history[-1].usd == {
        "input": Decimal("1.32"),
        "output": Decimal("3.96"),
        "input@off-peak": Decimal("0.66"),
        "output@off-peak": Decimal("1.98"),
    }


def test_every_price_row_is_counted_and_what_is_left_out_says_why() -> None:
    models = yaml.safe_load(RAW)["models"]
    assert sum(r.rows for r in PARSED) == sum(max(1, len(m.get("prices", ()))) for m in models)
    assert {r.id: r.left_out for r in PARSED if r.left_out} == {
        "aws-bedrock/us-west-2/openai/gpt-5.6-sol": "no id of the channel's own",
        "xai-api/us/xai/grok-4.6": "a price of one of the provider's regions",
        "reflection/beam": "no price",
    }


def test_a_fee_for_a_request_is_one_and_a_key_that_no_rule_reads_is_named() -> None:
    (sonar,) = called("vercel-ai-gateway", "perplexity/sonar")
    assert values(sonar, date(2026, 10, 20))["price.request.per_request"] == Decimal("0.0025")
    row = {"channel": "xai-api", "region": "global", "effective_from": "2026-01-01", "source_url": ""}
    alias = {"provider": "x-ai", "alias": "m", "channel": "xai-api"}
    model = {"canonical_id": "xai/m", "aliases": [alias], "prices": [{**row, "moon_per_mtok": 1}]}
    (made,) = BY_ID["metergraph"].parse(json.dumps({"models": [model]}).encode())
    assert made.unread == ("moon_per_mtok",)


@nightly("test_a_row_bent_out_of_shape_is_refused_or_read_but_never_a_crash, of other sources")
@given(data=st.data())
def test_a_bent_row_is_left_out_and_never_a_crash(data: st.DataObject) -> None:
    tree = yaml.safe_load(RAW)
    node = tree
    while isinstance(node, dict | list) and node:
        keys = list(node) if isinstance(node, dict) else range(len(node))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(node[key], dict | list) or data.draw(st.booleans()):
            bent = [None, [], {}, "x", -1, 0, True, "9e999999", "nan", [None], {"a": None}]
            node[key] = data.draw(st.sampled_from(bent))
            break
        node = node[key]
    try:
        made = parse(BY_ID["metergraph"], json.dumps(tree).encode())
    except SourceShapeError:
        return
    assert all(r.left_out or r.provider for r in made)


@given(st.binary())
def test_bytes_that_are_no_catalog_are_refused(raw: bytes) -> None:
    with pytest.raises(SourceShapeError, match="metergraph"):
        parse(BY_ID["metergraph"], raw)
