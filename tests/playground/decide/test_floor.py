"""What is left out of an answer though nobody asked for that, and what lets it in again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from playground.catalog import Catalog, Channel, Kind, Model, Offering, Provider, Seller
from playground.catalog.regions import Zone
from playground.decide.answer import asked_of
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import choose
from playground.decide.sentences import left_out_sentence
from playground.labels.kinds import kind_by_name, seen_kinds
from playground.need.need import Need, need_to_parts
from playground.need.reader import read_need
from tests.catalogs import HOST, fact
from tests.playground.decide.offers import GOOD, TODAY, WORK, left, of, offer

CHAT = {"kind": "chat", "context_tokens": 128_000, "max_output_tokens": 8_000, "price__input": "0.1"}


def cheap(model: str = "acme/cheap", provider: str = "azure", version: str = "", **facts: Any) -> Offering:
    """An offering that would win but for one thing."""
    return replace(
        offer(model, provider=provider, **{**CHAT, "price__output": "0.1", **facts}), version=version
    )


def sold(seller: str, *offerings: Offering, kind: str = "") -> Catalog:
    """The catalog with GOOD, and these offerings of a provider of that class."""
    whole = of(GOOD, *offerings)
    row = replace(HOST, value=seller) if seller else None
    one = Provider(
        id="shop", name="Shop", kind=kind, seller=row, residency=whole.providers["azure"].residency
    )
    return replace(whole, providers={**whole.providers, "shop": one})


SHOP = cheap(provider="shop")


@pytest.mark.parametrize("seller", ["gateway", "reseller", "unknown", ""])
def test_who_only_passes_on_or_is_unknown_is_in_on_request_alone(seller: str) -> None:
    whole = sold(seller, SHOP)
    need = Need(work=WORK)
    assert left(need, whole) == [GOOD.key]
    for more in ({"sellers": tuple(Seller)}, {"providers": ("shop", "azure")}, {"include_left_out": True}):
        assert left(replace(need, **more), whole) == [SHOP.key, GOOD.key], more  # type: ignore[arg-type]


@pytest.mark.parametrize("seller", ["lab", "hyperscaler", "established-host", "own"])
def test_whom_a_contract_is_made_with_is_in(seller: str) -> None:
    assert left(Need(work=WORK), sold(seller, SHOP)) == [SHOP.key, GOOD.key]
    only = Need(work=WORK, sellers=(Seller(seller),))
    assert left(only, sold(seller, SHOP))[0] == SHOP.key


@pytest.mark.parametrize(
    ("kind", "lab", "seller"),
    [
        ("lab", "acme", "lab"),
        ("subscription", "acme", "lab"),
        ("subscription", "", "reseller"),
        ("gateway", "", "gateway"),
        ("self-hosted", "", "own"),
        ("host", "", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_without_a_row_the_kind_tells_the_class(kind: str, lab: str, seller: str) -> None:
    assert Provider(id="x", name="x", kind=kind, lab=lab).seller_class == seller


ENDS = cheap(retires="2027-05-01")
LATER = cheap(retires="2027-06-01")
GIVEN_UP = cheap(status="deprecated")


def test_what_ends_within_half_a_year_is_left_out_unless_the_need_says_how_long_it_lives() -> None:
    need = Need(work=WORK)
    assert [left(need, of(GOOD, one))[0] == one.key for one in (ENDS, LATER, GIVEN_UP)] == [
        False,
        True,
        False,
    ]
    now = replace(need, min_days=0)
    assert all(left(now, of(GOOD, one))[0] == one.key for one in (ENDS, LATER, GIVEN_UP))
    assert left(replace(need, min_days=100), of(GOOD, ENDS))[0] == ENDS.key
    long = replace(need, min_days=300, keep_unknown=False)
    assert left(long, of(GOOD, LATER)) == []
    # Who asks for longer than half a year asks for no less than who asks for nothing.
    assert left(replace(need, min_days=300), of(GOOD, GIVEN_UP)) == [GOOD.key]
    assert left(replace(need, min_days=300, include_left_out=True), of(GOOD, GIVEN_UP))[0] == GIVEN_UP.key
    retired = cheap(status="retired")
    assert left(replace(need, include_left_out=True), of(GOOD, retired)) == [GOOD.key]


@pytest.mark.parametrize(("weights", "served"), [("no", False), ("yes", True), (None, False)])
def test_what_its_lab_retired_is_left_out_elsewhere_but_for_open_weights(
    weights: str | None, served: bool
) -> None:
    here = cheap("acme/old", provider="shop")
    whole = sold("hyperscaler", here, replace(cheap("acme/old", status="retired"), channel=Channel.DIRECT))
    facts = {"open_weights": fact(weights)} if weights else {}
    whole = replace(whole, models={**whole.models, "acme/old": Model(id="acme/old", facts=facts)})
    assert (here.key in left(Need(work=WORK), whole)) is served
    assert here.key in left(Need(work=WORK, min_days=0), whole)


@pytest.mark.parametrize(
    ("earliest", "instead", "stays"),
    [
        ("2026-11-17", "acme/new", False),
        ("2027-05-23", "acme/new", False),
        ("2027-05-24", "acme/new", True),
        ("2026-11-17", "", True),
        ("", "acme/new", True),
    ],
)
def test_what_may_end_soon_is_left_out_where_another_is_named_in_its_place(
    earliest: str, instead: str, stays: bool
) -> None:
    """A vendor that promises no more days and names what comes after has given it up."""
    one = cheap(retires_earliest=earliest or None, replaced_by=instead or None)
    assert (one.key in left(Need(work=WORK), of(GOOD, one))) is stays
    assert one.key in left(Need(work=WORK, min_days=0), of(GOOD, one))


def test_a_name_that_moves_is_left_out_unless_it_is_named() -> None:
    latest, named = cheap(version="latest"), cheap("acme/chat-latest")
    points = cheap("acme/small")
    whole = of(GOOD, latest, named, points)
    moved = Model(id="acme/small", facts={"points_to": fact("acme/small-2")}, records={})
    whole = replace(whole, models={**whole.models, "acme/small": moved})
    need = Need(work=WORK)
    assert left(need, whole) == [GOOD.key]
    assert len(left(replace(need, aliases=True), whole)) == 4
    assert left(replace(need, models=("acme/small",)), whole) == [points.key]
    assert left(replace(need, models=("acme/*",)), whole) == [GOOD.key]


def test_the_line_counts_what_the_switch_lets_in() -> None:
    dear = cheap("acme/vision", provider="shop", can__vision="no")
    whole = sold("gateway", SHOP, dear)
    whole = replace(whole, offerings=(*whole.offerings, ENDS))
    need = Need(work=WORK)
    answer = choose(need, whole, TODAY)
    assert left_out_sentence(answer) == (
        "3 offerings left out: 2 sold by gateways, resellers and sellers of unknown class; "
        "1 with a known or possible end by 2027-05-23, deprecated, or retired by their lab"
    )
    values = answer_to_json(answer, "x", TODAY, most=1)["left_out"]
    assert (values["count"], [g["count"] for g in values["groups"]]) == (3, [2, 1])
    for include, more in ((values["include"], 3), *((g["include"], g["count"]) for g in values["groups"])):
        asked, faults = read_need({**need_to_parts(need), **include}, whole)
        assert faults == ()
        assert len(left(asked, whole)) == len(answer.ranked) + more
    assert left_out_sentence(choose(replace(need, include_left_out=True), whole, TODAY)) == ""


def test_who_names_classes_of_seller_gets_them_alone_whatever_else_is_let_in() -> None:
    whole = sold("gateway", SHOP)
    whole = replace(whole, offerings=(*whole.offerings, ENDS))
    need = Need(work=WORK, include_left_out=True)
    assert len(left(need, whole)) == len(whole.offerings)
    only = choose(replace(need, sellers=(Seller.GATEWAY,)), whole, TODAY)
    assert [c.offering.key for c in only.ranked] == [SHOP.key]
    assert left_out_sentence(only) == ""


# What a provider has to be asked.


def test_what_a_provider_says_nothing_of_is_a_question_and_no_yes() -> None:
    silent, told = cheap(), replace(GOOD, channel="eu", model="acme/told")
    whole = of(replace(silent, channel="direct"), told)
    for keep in (True, False):
        answer = choose(Need(work=WORK, zone=Zone.EU, keep_unknown=keep), whole, TODAY)
        assert list(answer.ranked.keys) == [told.key]
        assert [asked_of(c, answer) for c in answer.to_ask] == [("stays within: eu",)]
        assert not answer.eliminated
    data = choose(Need(work=WORK, zero_retention=True, no_training=True), of(GOOD), TODAY)
    assert not data.ranked
    assert [asked_of(c, data) for c in data.to_ask] == [("zero retention", "no training")]
    assert data.conflict  # what would help is still told


def test_what_a_provider_promises_of_some_models_is_a_question_of_others() -> None:
    """Microsoft speaks of what Azure sells; Claude is Anthropic's to sell there."""
    ours, partners = cheap("acme/own"), cheap("guest/partner")
    whole = of(ours, partners)
    promise = replace(HOST, value="yes", models=("acme/*",))
    azure = replace(whole.providers["azure"], zero_retention=promise, no_training=promise)
    whole = replace(whole, providers={**whole.providers, "azure": azure})
    for need in (Need(work=WORK, zero_retention=True), Need(work=WORK, no_training=True)):
        answer = choose(need, whole, TODAY)
        assert list(answer.ranked.keys) == [ours.key]
        assert [c.offering.model for c in answer.to_ask] == [partners.model]


def test_of_two_whose_facts_are_known_better_comes_first_though_it_costs_more() -> None:
    known = cheap("acme/known", price__input="9", can__vision="yes", can__pdf="yes")
    half = cheap("acme/half", price__input="5", can__vision="yes")
    none = cheap("acme/none", price__input="1")
    asked, _ = read_need({"must": ["vision", "pdf"]}, of(known, half, none))
    assert [key.split("/")[-1] for key in left(asked, of(none, half, known))] == ["known", "half", "none"]


# Kinds.


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("deepseek/deepseek-ocr-2", "ocr"),
        ("allenai/olmocr-7b", "ocr"),
        ("intfloat/e5-mistral-7b-instruct", "embedding"),
        ("baai/bge-reranker-base", "rerank"),
        ("alibaba/qwen3guard-gen-8b", "moderation"),
        ("openai/gpt-oss-safeguard-20b", "moderation"),
        ("google/gemini-3-pro-image", "image"),
        ("black-forest-labs/flux-1-dev", "image"),
        ("openai/gpt-4o-audio-preview", "speech"),
        ("tencent/hunyuan-mt-7b", "translation"),
        ("alibaba/qwen3-4b-base", "completion"),
        ("openai/gpt-5.4-mini", None),
        ("mistral/pixtral-large", None),
        ("meta/llama-3.2-11b-vision-instruct", None),
        ("amazon/nova-lite", None),
        ("nvidia/nemotron-nano-9b-v2", None),
        ("ai21/jamba-large", None),
        ("meta/llama-embracing-7b", None),
    ],
)
def test_a_name_says_what_a_model_is_made_for(model: str, kind: str | None) -> None:
    assert kind_by_name(model) == kind


def test_a_kind_is_seen_by_other_places_and_by_what_is_paid_for() -> None:
    vectors = [
        cheap("acme/x", provider=f"p{n}", kind=kind) for n, kind in enumerate(["chat", "chat", "embedding"])
    ]
    assert [seen.kind for seen in seen_kinds(vectors)] == ["embedding"] * 3
    once = [cheap("acme/x", provider=f"p{n}", kind="chat") for n in range(9)]
    image = cheap("acme/x", provider="q", kind="image")
    assert [seen.kind for seen in seen_kinds([*once, image])] == ["chat"] * 9 + ["image"]
    silent = offer("acme/x", provider="r", price__output="1")
    assert [seen.kind for seen in seen_kinds([*once, silent])][-1] == "chat"
    drawn = offer("acme/y", kind="chat", price__input="1", price__output_image="30")
    paged = offer("acme/z", kind="chat", **{"price__input.per_page": "1"})
    assert [seen.kind for seen in seen_kinds([drawn, paged])] == ["image", "other"]


# How it is read.


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5M", 5_000_000),
        ("200k", 200_000),
        ("1.5M", 1_500_000),
        ("128K", 128_000),
        ("1_000_000", 1_000_000),
        ("1,000,000", 1_000_000),
        (" 2 k ", 2_000),
        ("1,500k", 1_500_000),
        (7, 7),
        ("$20", 20),
        ("$ 1.5k", 1_500),
    ],
)
def test_a_number_is_read_as_people_write_it(typed: Any, value: int) -> None:
    need, faults = read_need({"input_tokens": typed, "budget": typed}, of(GOOD))
    assert faults == ()
    assert (need.work.input_tokens, need.budget) == (value, value)


def test_a_share_may_be_of_a_hundred_and_nothing_else_may() -> None:
    need, faults = read_need({"cached": "50%", "batch": "2.5 %"}, of(GOOD))
    assert faults == ()
    assert (need.work.cached, need.work.batch) == (Decimal("0.5"), Decimal("0.025"))
    for part, typed in (("cached", "150%"), ("requests", "50%")):
        _, (fault,) = read_need({part: typed}, of(GOOD))
        assert (fault.part, repr(typed) in fault.message) == (part, True)


def test_money_is_in_dollars() -> None:
    _, (fault,) = read_need({"budget": "€5"}, of(GOOD))
    assert "US dollars" in fault.message


@pytest.mark.parametrize("typed", ["5X", "k", "1.5.2M", "0,5k", "M5", "5kM"])
def test_what_is_no_number_is_named(typed: str) -> None:
    _, (fault,) = read_need({"input_tokens": typed}, of(GOOD))
    assert fault.part == "input_tokens"
    assert "is a number" in fault.message


def test_a_region_outside_the_zone_is_refused_with_where_it_lies() -> None:
    whole = of(offer(regions=("eastus", "westeurope", "ukwest")))
    for zone, region, lies in (
        ("eu", "eastus", "the US"),
        ("eu", "ukwest", "the UK"),
        ("us", "westeurope", "the EU"),
    ):
        need, (fault,) = read_need({"zone": zone, "region": region}, whole)
        assert (fault.part, need.region) == ("region", "")
        assert f"it lies in {lies}" in fault.message
    assert read_need({"zone": "eu", "region": "westeurope"}, whole)[1] == ()


def test_who_makes_and_who_serves_are_told_apart() -> None:
    whole = of(GOOD)
    whole = replace(
        whole,
        labs={**whole.labs, "mega": replace(whole.labs["acme"], id="mega", name="Mega")},
        providers={**whole.providers, "cloudy": Provider(id="cloudy", name="Mega Foundry", kind="cloud")},
    )
    _, (fault,) = read_need({"providers": "mega"}, whole)
    assert "ask for them under labs" in fault.message
    assert fault.message.endswith("its own platform is cloudy: use cloudy")
    _, (fault,) = read_need({"labs": "cloudy"}, whole)
    assert "under providers" in fault.message
    bedrock = Provider(id="amazon-bedrock", name="Amazon Bedrock", kind="cloud")
    clouds = replace(whole, providers={**whole.providers, "amazon-bedrock": bedrock})
    _, (fault,) = read_need({"providers": "AWS"}, clouds)
    assert fault.message.endswith("did you mean amazon-bedrock?")
    _, (fault,) = read_need({"providers": "AWS"}, whole)
    assert "amazon-bedrock" not in fault.message
    _, (fault,) = read_need({"labs": GOOD.model.removeprefix("acme/")}, whole)
    assert fault.message.endswith(f"ask for it under models as {GOOD.model}*")
    _, (fault,) = read_need({"models": "acme/none-*"}, whole)
    assert "no model fits" in fault.message


def test_of_what_nobody_says_what_it_is_only_a_chat_may_be() -> None:
    unsaid = offer("acme/riddle", price__input="0.1", price__output="0.1")
    vectors = offer("acme/vectors", kind="embedding", price__input="0.2", context_tokens=8000)
    whole = of(unsaid, vectors)
    assert unsaid.key in left(Need(work=WORK, kind=Kind.CHAT), whole)
    # Vectors have no length that an answer must fit.
    assert left(Need(work=WORK, kind=Kind.EMBEDDING), whole) == [vectors.key]
    answer = choose(Need(work=WORK, kind=Kind.EMBEDDING), whole, TODAY)
    assert "output fits" not in {v.constraint for v in answer.ranked[0].verdicts}
