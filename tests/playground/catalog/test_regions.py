"""Where in the world requests stay, and what a cloud's regional channel is called for a reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from playground.catalog import Statement, Support
from playground.catalog.endpoints import Endpoint
from playground.catalog.regions import CALLED_REGION, Zone, stays_within
from playground.catalog.vocabulary import Channel
from playground.chat.adapters import ADAPTERS
from playground.labels.names import channel_name
from tests.catalogs import catalog, offered

STATED = Statement(
    value=CALLED_REGION,
    quote="x",
    url="https://x.example",
    read=date(2026, 11, 1),
    channels=(Channel.REGIONAL,),
)
WIRE = next(iter(ADAPTERS))


@pytest.mark.parametrize(
    ("regions", "zone", "stays"),
    [
        (("global", "us", "eu"), Zone.EU, Support.YES),
        (("global", "us", "eu"), Zone.US, Support.YES),
        (("global", "us", "eu"), Zone.CH, Support.NO),
        (("global",), Zone.EU, Support.NO),
        (("europe-west4",), Zone.EU, Support.YES),
        (None, Zone.EU, Support.UNKNOWN),
    ],
)
def test_a_multi_region_keeps_to_its_zone_and_the_whole_world_to_none(
    regions: tuple[str, ...] | None, zone: Zone, stays: Support
) -> None:
    assert stays_within((STATED,), regions, zone) == stays


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({}, "Global or regional, unknown which"),
        ({"some_regions": ("global",)}, "Global"),
        ({"regions": ("eu", "global", "us")}, "Global and multi-region"),
        ({"regions": ("global", "us-south1")}, "Global and regional"),
        ({"regions": ("us-central1",)}, "Regional"),
    ],
)
def test_a_channel_is_called_regional_only_where_it_is_known_to_be(
    facts: dict[str, tuple[str, ...]], name: str
) -> None:
    offering = offered(channel="regional", **facts)
    whole = catalog(offering)
    world = Endpoint(wire=WIRE, url="https://x.example/locations/global/models")
    cloud = replace(whole.providers["azure"], endpoints=(world,))
    assert channel_name(offering, replace(whole, providers={"azure": cloud})) == name
    assert channel_name(offering, whole) == "Regional"
