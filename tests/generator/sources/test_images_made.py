"""LiteLLM's price of an image: of one that is made, or of one that goes in."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from generator.sources.catalogs import litellm
from tests.generator.sources.fixtures import values

IN, MADE = "input_cost_per_image", "price.output.per_image"


@pytest.mark.parametrize(
    ("name", "mode", "row", "prices"),
    [
        (
            "high/1024-x-1024/gpt-image-1.5",
            "image_generation",
            {IN: 0.133},
            {f"{MADE}[high 1024x1024]": "0.133"},
        ),
        # No price at all of what comes out, or one of nothing, says nothing of it.
        (
            "low/1024-x-1024/gpt-image-1",
            "image_edit",
            {IN: 0.011, "output_cost_per_pixel": 0.0},
            {f"{MADE}[low 1024x1024]": "0.011", "price.output.per_pixel[low 1024x1024]": "0"},
        ),
        ("xai/grok-imagine-image", "image_generation", {IN: 0.02}, {MADE: "0.02"}),
        # Where what comes out has its own price, this is that of an image that goes in.
        (
            "gemini/gemini-3-pro-image",
            "image_generation",
            {IN: 0.0011, "output_cost_per_image": 0.134},
            {"price.input.per_image": "0.0011", MADE: "0.134"},
        ),
        (
            "xai/grok-imagine-image-2.0",
            "image_generation",
            {IN: 0.06, "output_cost_per_image_1K": 0.04},
            {"price.input.per_image": "0.06", f"{MADE}[1K]": "0.04"},
        ),
        ("embed", "embedding", {IN: 0.0001}, {"price.input.per_image": "0.0001"}),
    ],
)
def test_litellm_prices_an_image_made_as_one_that_goes_in_where_a_row_has_no_other_price(
    name: str, mode: str, row: dict[str, float], prices: dict[str, str]
) -> None:
    """Its own calculator multiplies that price by how many images were asked for."""
    (made,) = litellm.parse(json.dumps({name: {"litellm_provider": "openai", "mode": mode, **row}}).encode())
    read = {field: value for field, value in values(made).items() if field.startswith("price.")}
    assert read == {field: Decimal(usd) for field, usd in prices.items()}
    assert made.unread == ()
