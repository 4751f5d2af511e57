"""Prices for what does not come out of a model are another unit's, and held back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.ledger.judging.gates import Claims
from generator.ledger.judging.outputs import hold_unfitting_outputs
from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Channel, Key, Standing, Value
from tests.catalogs import committed
from tests.generator.ledger.claimed import w

KEY = Key("maker", Channel.DIRECT, "maker/m")


def held(price: str, **row: Value) -> bool:
    values: dict[str, Value] = {price: Decimal("0.04"), **{n.replace("__", "."): v for n, v in row.items()}}
    claims: Claims = {name: [w("litellm", value)] for name, value in values.items()}
    own = {name: choose_claim(name, group, KEY.provider) for name, group in claims.items()}
    hold_unfitting_outputs({KEY: own}, {KEY: claims})
    return own[price].standing == Standing.SUSPECT


@pytest.mark.parametrize(
    ("price", "row", "expected"),
    [
        ("price.output.per_image", {"kind": "chat", "can__image_out": "no"}, True),
        ("price.output.per_image", {"kind": "music"}, True),
        ("price.output.per_pixel", {"kind": "speech", "can__image_out": "no"}, True),
        ("price.output_image", {"kind": "embedding"}, True),
        ("price.output.per_image", {"kind": "chat", "can__image_out": "yes"}, False),
        ("price.output.per_image", {"kind": "chat"}, False),
        ("price.output.per_image", {"kind": "image", "can__image_out": "no"}, False),
        ("price.output.per_image", {}, False),
        ("price.output_audio", {"kind": "chat", "can__audio_out": "no"}, True),
        ("price.output_audio", {"kind": "transcription"}, True),
        ("price.output_audio", {"kind": "speech", "can__audio_out": "no"}, False),
        ("price.output_audio", {"kind": "chat"}, False),
        ("price.input.per_image", {"kind": "chat", "can__image_out": "no"}, False),
        ("price.output.per_second", {"kind": "music", "can__image_out": "no"}, False),
    ],
)
def test_a_price_of_what_cannot_come_out_is_held_back(
    price: str, row: dict[str, Value], expected: bool
) -> None:
    assert held(price, **row) is expected


def test_nothing_in_the_catalog_is_priced_by_the_image_that_gives_none() -> None:
    wrong = [
        o.key
        for o in committed().offerings
        if o.value("can.image_out") == "no" and o.value("kind") not in ("image", "other")
        if o.value("price.output.per_image") is not None
    ]
    assert wrong == []
