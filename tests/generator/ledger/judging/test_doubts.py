"""Prices in doubt: judged by what others ask for the same, and by their own row."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median

import pytest

from generator.ledger.judging.doubts import (
    ABSURD,
    LABS_OWN,
    LEAST,
    LOW,
    OTHERS,
    doubt_prices,
)
from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Channel, Fact, Key, Kind, Offering, Standing
from playground.catalog.prices import Meter, Unit, parse_price_field
from tests.catalogs import committed
from tests.generator.ledger.claimed import OLD, notes, w

MODEL = "acme/one"
INPUT, OUTPUT = "price.input", "price.output"


def key(provider: str, channel: Channel = Channel.HOSTED, version: str = "", variant: str = "") -> Key:
    return Key(provider, channel, MODEL, version, variant)


def claim(source: str, usd: str, **more: object) -> Weighed:
    return w(source, Decimal(usd), **more)  # type: ignore[arg-type]


def others(*asked: str, name: str = INPUT) -> dict[Key, Claims]:
    """Other providers, each with one price by models.dev."""
    return {key(f"host{n}"): {name: [claim("models-dev", usd)]} for n, usd in enumerate(asked)}


def judged(claims: dict[Key, Claims], *unpaid: Key) -> dict[Key, dict[str, Fact]]:
    facts = {
        at: {name: choose_claim(name, group, at.provider) for name, group in own.items()}
        for at, own in claims.items()
    }
    doubt_prices(facts, claims, frozenset(unpaid))
    return facts


ODD = key("odd")
FIVE = others("0.20", "0.21", "0.21", "0.25", "0.30")


def odd(usd: str, *more: Weighed, at: Key = ODD, name: str = INPUT) -> Fact:
    """What becomes of a price beside five hosts' that ask about 0.21."""
    return judged(
        {**others("0.20", "0.21", "0.21", "0.25", "0.30"), at: {name: [claim("litellm", usd), *more]}}
    )[at][name]


def test_a_price_far_below_what_others_ask_is_in_doubt_and_says_why() -> None:
    fact = odd("0.03")
    assert (fact.value, fact.standing) == (Decimal("0.03"), Standing.DOUBTFUL)
    assert fact.reason == "1/7 of what 5 other providers ask: median $0.21"


def test_a_price_that_is_plainly_a_slip_upwards_is_in_doubt() -> None:
    assert odd("21").reason == "100 times what 5 other providers ask: median $0.21"
    assert odd("2.1").standing == Standing.SINGLE  # dear is no slip


@pytest.mark.parametrize("usd", ["0.05", "0.21", "1"])
def test_a_price_near_the_middle_is_in_no_doubt(usd: str) -> None:
    assert odd(usd).standing == Standing.SINGLE


def test_of_fewer_than_three_others_nobody_can_tell() -> None:
    claims = {**others("0.20", "0.21"), ODD: {INPUT: [claim("litellm", "0.01")]}}
    assert judged(claims)[ODD][INPUT].standing == Standing.SINGLE


def test_many_offerings_of_one_provider_are_one_other() -> None:
    same = {key("host", variant=v): {INPUT: [claim("models-dev", "0.21")]} for v in ("a", "b", "c", "d")}
    assert judged({**same, ODD: {INPUT: [claim("litellm", "0.01")]}})[ODD][INPUT].standing == Standing.SINGLE


def test_where_another_claim_is_in_line_that_one_is_chosen_though_it_is_stale() -> None:
    """The case that was taken at its word: OpenRouter's deepseek-v4-flash@latest."""
    fact = odd("0.00688", claim("models-dev", "0.0786", as_of=OLD))
    assert fact.value == Decimal("0.0786")
    assert notes(fact)["litellm"] == "suspect: 1/31 of what 5 other providers ask: median $0.21"
    assert notes(fact)["models-dev"] == ""


def test_of_two_claims_the_dearer_that_is_far_off_yields_though_others_repeat_it() -> None:
    claims = {
        **others("3", "3", "3", "3", "60", "60", name=OUTPUT),
        ODD: {OUTPUT: [claim("model-prices", "60"), claim("litellm", "3")]},
    }
    fact = judged(claims)[ODD][OUTPUT]
    assert (fact.value, notes(fact)["model-prices"]) == (
        3,
        "suspect: 20 times what 6 other providers ask: median $3",
    )


def test_what_independent_sources_agree_on_is_in_no_doubt_unless_it_is_absurd() -> None:
    assert odd("0.03", claim("genai-prices", "0.03")).standing == Standing.AGREED
    assert odd("0.001", claim("genai-prices", "0.001")).standing == Standing.DOUBTFUL


def test_a_source_that_repeats_another_bears_nothing_out() -> None:
    fact = judged(
        {
            **FIVE,
            ODD: {INPUT: [claim("models-dev", "0.03"), claim("model-prices", "0.03", origin="models-dev")]},
        }
    )
    assert fact[ODD][INPUT].standing == Standing.DOUBTFUL


def test_what_two_others_ask_too_is_in_no_doubt() -> None:
    cheap = {key(f"cheap{n}"): {INPUT: [claim("litellm", "0.03")]} for n in range(3)}
    assert {f[INPUT].standing for f in judged({**FIVE, **cheap}).values()} == {Standing.SINGLE}


def test_what_one_other_asks_by_another_source_is_in_no_doubt_by_the_same_source_it_is() -> None:
    for source, standing in (("genai-prices", Standing.SINGLE), ("litellm", Standing.DOUBTFUL)):
        claims = {
            **FIVE,
            key("cheap"): {INPUT: [claim(source, "0.03")]},
            ODD: {INPUT: [claim("litellm", "0.03")]},
        }
        assert judged(claims)[ODD][INPUT].standing == standing


def test_a_price_like_the_labs_own_is_in_no_doubt_and_the_labs_own_cut_is_none() -> None:
    lab = key("acme", Channel.DIRECT)
    facts = judged(
        {**FIVE, lab: {INPUT: [claim("litellm", "0.04")]}, ODD: {INPUT: [claim("litellm", "0.04")]}}
    )
    assert {facts[at][INPUT].standing for at in (lab, ODD)} == {Standing.SINGLE}
    assert odd("0.01", at=lab).standing == Standing.DOUBTFUL  # 1/21 is no cut


def test_the_labs_own_new_price_does_not_yield_to_an_old_one() -> None:
    lab = key("acme", Channel.DIRECT)
    assert odd("0.04", claim("models-dev", "0.20", as_of=OLD), at=lab).value == Decimal("0.04")


@pytest.mark.parametrize(
    "at",
    [
        key("plan", Channel.SUBSCRIPTION),
        key("mine", Channel.SELF_HOSTED),
        key("given", variant="free"),
    ],
    ids=str,
)
def test_what_is_given_away_or_paid_by_a_plan_is_not_compared(at: Key) -> None:
    assert odd("0.0001", at=at).standing == Standing.SINGLE


def test_nor_is_what_a_free_provider_asks() -> None:
    assert (
        judged({**FIVE, ODD: {INPUT: [claim("litellm", "0.01")]}}, ODD)[ODD][INPUT].standing
        == Standing.SINGLE
    )


def test_a_batch_price_is_judged_by_batch_prices() -> None:
    batch = "price.batch.input"
    claims = {**FIVE, ODD: {INPUT: [claim("litellm", "0.2")], batch: [claim("litellm", "0.04")]}}
    assert judged(claims)[ODD][batch].standing == Standing.SINGLE


def test_a_version_is_judged_by_its_own_where_enough_have_it() -> None:
    old = {key(f"old{n}", version="2024"): {INPUT: [claim("models-dev", "4")]} for n in range(3)}
    at = key("odd", version="2024")
    facts = judged({**FIVE, **old, at: {INPUT: [claim("litellm", "0.7")]}})
    assert facts[at][INPUT].reason == "1/6 of what 3 other providers ask: median $4"


def row(kind: str = "chat", **prices: str) -> dict[str, Fact]:
    """One offering alone, judged by its own prices."""
    claims: Claims = {"kind": [w("litellm", kind)]}
    claims |= {f"price.{n.replace('__', '.')}": [claim("litellm", usd)] for n, usd in prices.items()}
    return judged({ODD: claims})[ODD]


def doubted(facts: dict[str, Fact]) -> set[str]:
    return {name for name, fact in facts.items() if fact.standing == Standing.DOUBTFUL}


def test_text_out_that_costs_a_fraction_of_text_in_puts_both_in_doubt() -> None:
    assert doubted(row(input="5", output="0.15")) == {INPUT, OUTPUT}
    assert doubted(row(input="0.01", output="1.2")) == {INPUT, OUTPUT}
    assert doubted(row(input="1.1", output="0.37")) == doubted(row(input="1", output="20")) == set()


def test_of_two_prices_at_odds_neither_is_in_doubt_where_independent_sources_agree_on_one() -> None:
    claims: Claims = {
        "kind": [w("litellm", "chat")],
        INPUT: [claim("litellm", "5"), claim("openrouter", "5")],
        OUTPUT: [claim("litellm", "0.15")],
    }
    assert doubted(judged({ODD: claims})[ODD]) == set()


def test_of_the_two_the_one_far_from_its_siblings_is_in_doubt() -> None:
    five = others("5", "5", "5", "5")
    for own in five.values():
        own[OUTPUT] = [claim("models-dev", "8")]
    bad: Claims = {
        "kind": [w("litellm", "chat")],
        INPUT: [claim("litellm", "0.15")],
        OUTPUT: [claim("litellm", "8")],
    }
    assert doubted(judged({**five, ODD: bad})[ODD]) == {INPUT}


def test_sound_and_images_may_cost_many_times_what_text_does() -> None:
    claims: Claims = {
        "kind": [w("litellm", "chat")],
        "can.image_out": [w("litellm", "yes")],
        INPUT: [claim("litellm", "0.5")],
        OUTPUT: [claim("litellm", "60")],
    }
    assert doubted(judged({ODD: claims})[ODD]) == set()


@pytest.mark.parametrize(
    ("kind", "usd", "doubtful"),
    [
        ("chat", "0.001", True),
        ("chat", "0.01", False),
        ("transcription", "0.0023", True),
        ("embedding", "0.001", False),
    ],
)
def test_a_price_for_another_unit_is_in_doubt(kind: str, usd: str, doubtful: bool) -> None:
    """An image model that is called chat, at $0.001 a million tokens: that is its price by the step."""
    assert (INPUT in doubted(row(kind, input=usd))) is doubtful


def test_nobody_transcribes_for_a_price_by_the_hour_each_second() -> None:
    second = "price.input_audio.per_second"
    assert row("transcription", input_audio__per_second="0.0001")[second].standing == Standing.SINGLE
    dear = row("transcription", input_audio__per_second="0.36")[second]
    assert dear.standing == Standing.DOUBTFUL
    assert "nobody transcribes for $0.36 a second" in dear.reason


def test_cached_input_dearer_than_input_and_a_mode_out_of_its_row_are_in_doubt() -> None:
    assert doubted(row(input="1", cache_read="2")) == {"price.cache_read"}
    assert doubted(row(input="1", batch__input="0.0005")) == {"price.batch.input"}
    assert doubted(row(input="1", batch__input="0.5", cache_read="0.01")) == set()


# The committed catalog.

#: Why a price under a fifth of the middle may stand undoubted.
EXCEPTIONS = ("the lab's own", "agreed", "has company", "a person set it")


def compared() -> dict[tuple[str, str], list[tuple[Offering, Decimal]]]:
    """Every price of input and output by model and field, but for what is free or paid by a plan."""
    providers = committed().providers
    prices: dict[tuple[str, str], list[tuple[Offering, Decimal]]] = defaultdict(list)
    for o in committed().offerings:
        unpaid = o.channel in (Channel.SUBSCRIPTION, Channel.SELF_HOSTED)
        unpaid = unpaid or providers[o.provider].kind in ("subscription", "self-hosted")
        if unpaid or {"free", "cloud"} & set(o.variant.split("-")):
            continue
        for name in (INPUT, OUTPUT):
            if isinstance(usd := o.value(name), Decimal) and usd > 0:
                prices[o.model, name].append((o, usd))
    return prices


def exception(
    o: Offering, name: str, usd: Decimal, ratio: Decimal, those: list[tuple[Offering, Decimal]]
) -> str:
    """Which exception lets a low price stand; empty where none does."""
    fact = o.facts[name]
    if fact.standing == Standing.OVERRIDDEN:
        return "a person set it"
    if fact.standing == Standing.AGREED and ratio >= ABSURD:
        return "agreed"
    if o.channel == Channel.DIRECT and ratio >= LABS_OWN:
        return "the lab's own"
    near = [other for other, price in those if other.provider != o.provider and usd / 2 < price < usd * 2]
    return "has company" if near else ""


def test_no_price_under_a_fifth_of_its_models_median_stands_undoubted_without_a_reason() -> None:
    unexplained, seen = [], set()
    for (_, name), those in compared().items():
        for o, usd in those:
            by_provider: dict[str, list[Decimal]] = defaultdict(list)
            for other, price in those:
                if other.provider != o.provider:
                    by_provider[other.provider].append(price)
            if len(by_provider) < OTHERS:
                continue
            ratio = usd / Decimal(median([Decimal(median(own)) for own in by_provider.values()]))
            if ratio < LOW and o.facts[name].standing != Standing.DOUBTFUL:
                seen.add(exception(o, name, usd, ratio, those))
                if not exception(o, name, usd, ratio, those):
                    unexplained.append((o.key, name, usd))
    assert unexplained == []
    assert seen <= set(EXCEPTIONS)


def test_every_doubt_says_why_and_stands_on_a_price() -> None:
    doubts = [
        (n, f) for o in committed().offerings for n, f in o.facts.items() if f.standing == Standing.DOUBTFUL
    ]
    assert doubts
    assert all(n.startswith("price.") and f.reason and f.value is not None for n, f in doubts)


def test_no_chat_model_of_the_catalog_costs_next_to_nothing_undoubted() -> None:
    for o in committed().offerings:
        for name, fact in o.facts.items():
            if (
                o.kind in LEAST
                and name.startswith("price.")
                and isinstance(fact.value, Decimal)
                and fact.value
            ):
                rate = parse_price_field(name)
                if (
                    rate.unit == Unit.MTOK
                    and rate.meter in (Meter.INPUT, Meter.OUTPUT)
                    and fact.value < LEAST[o.kind]
                ):
                    assert fact.standing == Standing.DOUBTFUL, (o.key, name)


def test_kinds_in_the_catalog_follow_what_comes_out() -> None:
    kinds = {o.key: o.kind for o in committed().offerings}
    assert kinds["google/direct/google/gemini-2.5-pro-preview-tts"] == Kind.SPEECH
