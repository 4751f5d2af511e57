"""What OpenRouter's price lists hold beside one price for each thing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.sources import BY_ID
from tests.generator.sources.fixtures import values

LONG = {"min_prompt_tokens": 200000, "prompt": "0.000004", "completion": "0.00001"}
NIGHT = {"utc_start": 1630, "utc_end": 30, "prompt": "0.000001"}


@pytest.mark.parametrize(
    ("pricing", "wanted", "unread"),
    [
        (
            {"overrides": [LONG]},
            {"price.input>200000": "4", "price.output>200000": "10"},
            (),
        ),
        ({"overrides": [NIGHT]}, {"price.input@16:30-00:30": "1"}, ()),
        # A price that hangs on both is not told by either.
        ({"overrides": [{**LONG, **NIGHT}]}, {}, ("overrides",)),
        ({"overrides": [{"region": "eu", "prompt": "1"}]}, {}, ("overrides",)),
        ({"input_cache_write": "0.0000025"}, {"price.cache_write": "2.5"}, ()),
        (
            {"input_cache_write": "0.0000025", "input_cache_write_1h": "0.000004"},
            {"price.cache_write_5m": "2.5", "price.cache_write_1h": "4"},
            (),
        ),
        ({"image": "0.000002"}, {"price.input_image": "2"}, ()),
        ({"image": "0.0036"}, {"price.input.per_image": "0.0036"}, ()),
        ({"image_output": "0.04"}, {"price.output.per_image": "0.04"}, ()),
        ({"image_output": "0.00004"}, {"price.output_image": "40"}, ()),
        ({"audio_output": "0.000064", "image_token": "0"}, {"price.output_audio": "64"}, ()),
        ({"discount": 0.1, "audio": "0"}, {}, ("discount",)),
    ],
)
def test_each_price_is_read_for_what_it_is_a_price_of(
    pricing: dict[str, Any], wanted: dict[str, str], unread: tuple[str, ...]
) -> None:
    row = {"id": "openai/gpt-5", "pricing": {"prompt": "0.000002", "completion": "0.000008", **pricing}}
    (made,) = BY_ID["openrouter"].parse(json.dumps({"data": [row]}).encode())
    prices = {name: str(usd) for name, usd in values(made).items() if name.startswith("price.")}
    assert prices == {"price.input": "2", "price.output": "8", **wanted}
    assert made.unread == unread
