"""Who can still serve what its lab has retired."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.catalog import Channel
from playground.labels.names import outlives
from tests.catalogs import offered


@pytest.mark.parametrize(
    ("weights", "channel", "served"),
    [
        ("no", Channel.HOSTED, False),
        ("yes", Channel.GLOBAL, True),
        # A host that runs a model has its weights; a cloud sells what its lab keeps.
        (None, Channel.HOSTED, True),
        (None, Channel.GLOBAL, False),
        (None, Channel.DATA_ZONE_EU, False),
        (None, Channel.GATEWAY, False),
    ],
)
def test_a_retired_model_lives_on_where_others_have_its_weights(
    weights: str | None, channel: Channel, served: bool
) -> None:
    there = replace(offered("acme/old"), channel=channel)
    assert outlives(weights, [there]) is served
