"""Gates: claims that cannot be right are held back, each with its reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace as with_changes

from generator.ledger.judging.dates import began
from generator.ledger.judging.gates import Weighed, hold_suspects
from generator.ledger.judging.precedence import choose_claim
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Channel, Kind, Standing, Value
from tests.catalogs import committed
from tests.generator.ledger.claimed import notes, record, run, w


def held(kind: Kind = Kind.CHAT, **claims: Weighed) -> dict[str, str]:
    given_claims = {name.replace("__", "."): [c] for name, c in claims.items()}
    held = hold_suspects(given_claims, kind=kind, free=False)
    return {name: group[0].suspect for name, group in held.items() if group[0].suspect}


def test_an_output_limit_above_the_context_is_held_back() -> None:
    assert held(context_tokens=w("a", 8192), max_output_tokens=w("a", 16384)) == {
        "max_output_tokens": "output limit above the context window"
    }


def test_a_window_given_in_thousands_is_no_smaller_than_what_is_written_into_it() -> None:
    assert held(context_tokens=w("a", 1_048_000), max_output_tokens=w("a", 1_048_576)) == {}


@pytest.mark.parametrize("kind", [Kind.SPEECH, Kind.VIDEO, Kind.REALTIME, Kind.TRANSCRIPTION])
def test_sound_and_pictures_are_not_written_into_the_window(kind: Kind) -> None:
    # https://ai.google.dev/gemini-api/docs/models/gemini-3.1-flash-tts-preview: 8,192 in, 16,384 out.
    assert held(kind, context_tokens=w("a", 8192), max_output_tokens=w("a", 16384)) == {}


@pytest.mark.parametrize("kind", [Kind.EMBEDDING, Kind.RERANK, Kind.MODERATION])
def test_what_answers_with_numbers_writes_no_tokens(kind: Kind) -> None:
    assert held(kind, context_tokens=w("a", 32768), max_output_tokens=w("a", 1024)) == {
        "max_output_tokens": f"a model for {kind} writes no tokens"
    }


def test_a_context_of_zero_is_held_back() -> None:
    assert held(context_tokens=w("a", 0)) == {"context_tokens": "a limit of 0 tokens"}


def test_a_price_of_zero_is_held_back_unless_it_is_free() -> None:
    zero = {"price.input": [w("a", Decimal(0))], "price.output": [w("a", Decimal(0))]}
    paid = hold_suspects(zero, kind=Kind.CHAT, free=False)
    assert [g[0].suspect for g in paid.values()] == ["a price of zero for a model that is sold"] * 2
    assert not any(g[0].suspect for g in hold_suspects(zero, kind=Kind.CHAT, free=True).values())


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("price.cache_write", "input"),
        ("price.cache_write_1h", "input"),
        ("price.batch.cache_write", "input"),
        ("price.reasoning", "output"),
    ],
)
def test_zero_for_what_is_billed_as_input_or_output_is_no_price(part: str, whole: str) -> None:
    """A storage fee that is not asked, or nothing on top: what is written or thought is still paid for."""
    paid = {f"price.{whole}": [w("a", Decimal("0.6"))]}

    def suspect(free: bool, **rest: list[Weighed]) -> str:
        zeros = {part: [w("a", Decimal(0)), w("b", Decimal(0))], **rest}
        return hold_suspects(zeros, kind=Kind.CHAT, free=free)[part][0].suspect

    assert suspect(False, **paid) == f"zero where {whole} is paid for: nothing on top of it, or a fee"
    assert suspect(True, **paid) == ""


def test_no_part_of_a_paid_meter_is_free_in_the_catalog() -> None:
    """Rows of what is given away aside, and what a vendor's page says is free: they have their own zeros."""
    free = [
        (o.key, part)
        for o in committed().offerings
        for part, whole in (("price.cache_write", "price.input"), ("price.reasoning", "price.output"))
        if o.value(part) == 0 and o.value(whole) and o.facts[part].standing != Standing.OVERRIDDEN
    ]
    assert free == []


def test_zero_on_one_meter_of_a_paid_embedding_is_no_mistake() -> None:
    claims = {"price.input": [w("a", Decimal("0.02"))], "price.output": [w("a", Decimal(0))]}
    assert not any(g[0].suspect for g in hold_suspects(claims, kind=Kind.EMBEDDING, free=False).values())


@pytest.mark.parametrize("slip", ["1000", "1000000", "0.001", "0.000001"])
def test_a_slipped_unit_is_held_back(slip: str) -> None:
    claims = {
        "price.input": [
            w("litellm", Decimal(2) * Decimal(slip)),
            w("genai-prices", Decimal(2)),
            w("model-prices", Decimal(2)),
        ]
    }
    claims_held = hold_suspects(claims, kind=Kind.CHAT, free=False)["price.input"]
    assert [bool(c.suspect) for c in claims_held] == [True, False, False]


def test_cached_input_dearer_than_input_is_held_back() -> None:
    claims = {"price.input": [w("a", Decimal(1))], "price.cache_read": [w("a", Decimal(2))]}
    held = hold_suspects(claims, kind=Kind.CHAT, free=False)
    assert held["price.cache_read"][0].suspect == "cached input costs more than input"


def test_a_cached_read_for_nothing_counts_where_its_source_speaks_of_caching() -> None:
    free, paid = w("a", Decimal(0)), w("a", Decimal("0.5"))
    assert held(price__input=paid, price__cache_read=free) == {
        "price.cache_read": "a price of zero for what its source does not say is cached"
    }
    assert held(price__input=paid, price__cache_read=free, can__prompt_caching=w("a", "yes")) == {}
    claims = {"price.input": [paid], "price.cache_read": [free, w("b", Decimal(0))]}
    agreed = hold_suspects(claims, kind=Kind.CHAT, free=False)["price.cache_read"]
    assert [claim.suspect for claim in agreed] == ["", ""]


def weighty(provider: str, model: str, value: str) -> SourceRecord:
    made = record("models-dev", provider, model, kind="chat")
    return with_changes(
        made, model_claims=(*made.model_claims, FieldClaim(field="open_weights", value=value))
    )


def weights(*rows: SourceRecord) -> dict[str, Value | None]:
    return {name.partition("/")[2]: m.value("open_weights") for name, m in run(*rows).catalog.models.items()}


def test_no_to_open_weights_counts_where_the_lab_itself_says_it() -> None:
    """models.dev's rows must say yes or no, so that no stands where nobody looked."""
    open_ones = [weighty("deepseek", f"deepseek-v{n}", "yes") for n in (7, 8)]
    by_others = weighty("nano-gpt", "deepseek/deepseek-v9", "no")
    assert weights(*open_ones, by_others)["deepseek-v9"] is None
    assert weights(*open_ones, by_others, weighty("deepseek", "deepseek-v9", "no"))["deepseek-v9"] == "no"
    closed = [weighty("anthropic", "claude-opus-9", "no"), weighty("nano-gpt", "claude-sonnet-9", "no")]
    assert set(weights(*closed).values()) == {"no"}


def test_most_rows_outvote_the_labs_no_to_open_weights() -> None:
    own = weighty("deepseek", "deepseek-v9", "no")
    others = [weighty(host, "deepseek/deepseek-v9", "yes") for host in ("nano-gpt", "openrouter")]
    assert weights(own, others[0])["deepseek-v9"] == "no"
    assert weights(own, *others)["deepseek-v9"] == "yes"


def test_the_catalogs_weights_zeros_and_dollars_are_as_their_sources_mean_them() -> None:
    models = committed().models
    assert models["deepseek/deepseek-v4-pro"].value("open_weights") == "yes"
    assert models["zai/glm-5.3"].value("open_weights") == "yes"
    assert models["alibaba/qwen3.7-max"].value("open_weights") == "no"
    offerings = {o.key: o for o in committed().offerings}
    assert offerings["openai/direct/openai/gpt-3.5-turbo"].value("price.cache_read") is None
    terra = offerings["databricks/hosted/openai/gpt-5.6-terra"]
    assert (terra.value("price.input"), terra.value("price.output")) == (2, 12)


@pytest.mark.parametrize("value", ["1970-01-01", "2099-01-01", "soon"])
def test_an_impossible_date_is_held_back(value: str) -> None:
    assert list(held(retires=w("a", value))) == ["retires"]


@pytest.mark.parametrize("name", ["released", "knowledge"])
def test_what_has_not_come_when_its_source_is_read_is_held_back(name: str) -> None:
    assert held(**{name: w("a", "2026-12", as_of=date(2026, 11, 20))}) == {
        name: "a day after its source was read"
    }
    assert held(**{name: w("a", "2026", as_of=date(2026, 11, 20))}) == {}


def test_knowledge_of_a_time_after_the_release_is_held_back() -> None:
    known = w("a", "2026-06-30")
    assert held(released=w("a", "2026-05-01"), knowledge=known) == {
        "knowledge": "knows of a time after its release"
    }
    assert held(released=w("a", "2026-07-01"), knowledge=known) == {}


MODEL = FieldClaim(field="released", value="2026-09-01")


def dated(field: str, value: Value, since: date | None = None) -> SourceRecord:
    """A row of a model released on 2026-09-01 that says one thing of it."""
    made = record("litellm", "openai", "gpt-6-nova", kind="chat")
    claim = FieldClaim(field=field, value=value, since=since)
    return with_changes(made, claims=(*made.claims, claim), model_claims=(*made.model_claims, MODEL))


@pytest.mark.parametrize(("since", "kept"), [(date(2024, 4, 15), None), (date(2026, 9, 1), date(2026, 9, 1))])
def test_a_price_is_not_dated_before_its_model(since: date, kept: date | None) -> None:
    (one,) = run(dated("price.batch.input", Decimal(1), since)).catalog.offerings
    fact = one.facts["price.batch.input"]
    assert (fact.value, fact.claims[0].since) == (1, kept)


def test_no_model_retires_before_it_was_there() -> None:
    (one,) = run(dated("retires", "2026-08-31")).catalog.offerings
    assert notes(one.facts["retires"]) == {"litellm": "suspect: retires before the model was there"}
    (one,) = run(dated("retires", "2027-08-31")).catalog.offerings
    assert one.value("retires") == "2027-08-31"


def test_the_days_of_the_catalog_are_in_order() -> None:
    read = {source: state.as_of for source, state in committed().sources.items()}
    begun = {name: began(model) for name, model in committed().models.items()}
    early, late, backwards = [], [], []
    for offering in committed().offerings:
        for name, fact in offering.facts.items():
            there = begun[offering.model] or date.min
            early += [(offering.key, name) for c in fact.claims if c.since and c.since < there]
            late += [(offering.key, name) for c in fact.claims if c.since and c.since > read[c.source]]
        last: dict[tuple[str, str], date] = {}
        for span in offering.history:
            start = span.start or date.min
            if start <= last.get((span.record, span.mode), date.min) and span.start:
                backwards.append((offering.key, span.mode, start))
            last[span.record, span.mode] = start
    assert (early, late, backwards) == ([], [], [])


def bedrock(source: str, price: str, *channels: str) -> list[SourceRecord]:
    provider = {"litellm": "bedrock", "models-dev": "amazon-bedrock"}[source]
    model = "anthropic.claude-opus-5"
    return [record(source, provider, f"{c}.{model}", price__input=Decimal(price)) for c in channels]


def test_a_region_out_of_line_with_its_siblings_is_held_back() -> None:
    rows = [
        *bedrock("litellm", "5", "global"),
        *bedrock("litellm", "5.5", "us", "eu"),
        *bedrock("litellm", "16.5", "au"),
    ]
    prices = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}
    assert {c: str(f.value) for c, f in prices.items()} == {
        "global": "5",
        "us": "5.5",
        "eu": "5.5",
        "au": "None",
    }
    assert notes(prices[Channel.AU]) == {"litellm": "suspect: 3.30 times the price in global"}


def test_a_claim_out_of_line_gives_way_to_the_one_in_line() -> None:
    rows = [
        *bedrock("litellm", "5", "global"),
        *bedrock("litellm", "5.5", "au"),
        *bedrock("models-dev", "16.5", "au"),
    ]
    prices = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}
    assert prices[Channel.AU].value == Decimal("5.5")
    assert notes(prices[Channel.AU])["models-dev"].startswith("suspect: 3.30 times")


def test_where_all_siblings_agree_it_is_the_base_that_is_held_back() -> None:
    rows = [*bedrock("litellm", "0.005", "global"), *bedrock("litellm", "5.5", "us", "eu", "au")]
    prices = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}
    assert prices[Channel.GLOBAL].value is None
    assert prices[Channel.EU].value == Decimal("5.5")


def test_an_odd_price_that_two_sources_saw_is_kept() -> None:
    rows = [
        *bedrock("litellm", "5", "global"),
        *bedrock("litellm", "16.5", "au"),
        *bedrock("models-dev", "16.5", "au"),
    ]
    prices = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}
    assert (prices[Channel.AU].value, prices[Channel.AU].standing) == (Decimal("16.5"), Standing.AGREED)


def test_a_fact_whose_every_claim_is_suspect_is_unknown() -> None:
    fact = choose_claim("price.input", [w("a", Decimal(0)).because("zero")], "openai")
    assert (fact.value, fact.standing) == (None, Standing.SUSPECT)
    assert notes(fact) == {"a": "suspect: zero"}


def test_the_global_profiles_price_is_no_in_region_price() -> None:
    rows = [
        *bedrock("litellm", "5", "global"),
        *bedrock("litellm", "5.5", "us", "eu"),
        record("litellm", "bedrock", "anthropic.claude-opus-5", price__input=Decimal(5)),
    ]
    in_region = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}[Channel.REGIONAL]
    assert (in_region.value, in_region.standing) == (None, Standing.SUSPECT)
    reason = "suspect: the price of the global profile; in one geography it is 5.5 USD"
    assert [c.note for c in in_region.claims] == [reason]
    own = record("genai-prices", "aws", "anthropic.claude-opus-5", price__input=Decimal("5.5"))
    both = {o.channel: o.facts["price.input"] for o in run(*rows, own).catalog.offerings}
    assert (both[Channel.REGIONAL].value, both[Channel.GLOBAL].value) == (Decimal("5.5"), 5)


def test_where_a_geography_costs_no_more_the_in_region_price_stands() -> None:
    rows = [
        *bedrock("litellm", "5", "global", "us"),
        *bedrock("litellm", "5.5", "eu"),
        record("litellm", "bedrock", "anthropic.claude-opus-5", price__input=Decimal(5)),
    ]
    in_region = {o.channel: o.facts["price.input"] for o in run(*rows).catalog.offerings}[Channel.REGIONAL]
    assert (in_region.value, in_region.standing) == (5, Standing.SINGLE)


def test_no_in_region_price_of_claude_is_the_global_one_from_4_5_on() -> None:
    """Anthropic: regional endpoints cost 10 % more than global ones, from Sonnet, Haiku and Opus 4.5 on."""
    prices = {
        (o.model, o.channel): o.facts["price.input"].value
        for o in committed().offerings
        if o.provider == "amazon-bedrock" and o.lab == "anthropic" and "price.input" in o.facts
    }
    ratios = {
        model: usd / Decimal(str(at_global))
        for (model, channel), usd in prices.items()
        if channel == Channel.REGIONAL and usd and (at_global := prices.get((model, Channel.GLOBAL)))
    }
    assert ratios.pop("anthropic/claude-sonnet-4") == 1
    assert len(ratios) >= 14
    assert {model: ratio for model, ratio in ratios.items() if ratio != Decimal("1.1")} == {}
