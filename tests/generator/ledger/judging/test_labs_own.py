"""A price that too few ask for a middle, beside what the lab itself asks."""

from __future__ import annotations

import pytest

from playground.catalog import Channel, Standing
from tests.generator.ledger.judging.test_doubts import INPUT, ODD, claim, judged, key

SPOKEN = "price.input.per_character"


@pytest.mark.parametrize(
    ("name", "host", "reason"),
    [
        (SPOKEN, "0.0000003", "1/267 of what the lab itself asks: $0.00008"),
        (SPOKEN, "0.08", "1000 times what the lab itself asks: $0.00008"),
        (SPOKEN, "0.000008", ""),  # a tenth may be a price
        (INPUT, "0.0000003", ""),  # by the token other rules tell what is absurd
    ],
)
def test_a_price_by_the_piece_that_is_absurd_beside_the_labs_own_is_in_doubt(
    name: str, host: str, reason: str
) -> None:
    lab = key("acme", Channel.DIRECT)
    facts = judged({lab: {name: [claim("litellm", "0.00008")]}, ODD: {name: [claim("litellm", host)]}})
    assert facts[lab][name].standing == Standing.SINGLE
    assert facts[ODD][name].reason == reason
    assert (facts[ODD][name].standing == Standing.DOUBTFUL) is bool(reason)
