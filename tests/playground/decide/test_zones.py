"""Where an offering's data stays: what its channel and its regions promise."""

from __future__ import annotations

import pytest

from playground.catalog import Support
from playground.catalog.regions import ZONES, Zone, regions_in, stays_within
from tests.catalogs import committed
from tests.playground.decide.offers import offer


@pytest.mark.parametrize(
    ("channel", "regions", "eu", "us"),
    [
        ("eu", None, "yes", "no"),
        ("data-zone-eu", ("swedencentral",), "yes", "no"),
        ("us", None, "no", "yes"),
        ("global", ("westeurope",), "no", "no"),
        ("regional", ("westeurope", "eastus"), "yes", "yes"),
        ("regional", ("uksouth", "switzerlandnorth", "norwayeast"), "no", "no"),
        ("regional", ("eu-west-2",), "no", "no"),
        ("regional", ("eu-central-1", "us-gov-west-1"), "yes", "yes"),
        ("regional", None, "unknown", "unknown"),
        ("government", ("usgovvirginia",), "no", "yes"),
        ("direct", None, "unknown", "unknown"),
        ("self-hosted", None, "yes", "yes"),
    ],
)
def test_residency_is_what_the_channel_promises(
    channel: str, regions: tuple[str, ...] | None, eu: str, us: str
) -> None:
    one = offer(channel=channel, **({"regions": regions} if regions else {}))
    assert (stays_within(one, Zone.EU), stays_within(one, Zone.US)) == (eu, us)


@pytest.mark.parametrize(
    ("channel", "regions", "zones"),
    [
        ("jp", None, {Zone.JP, Zone.APAC}),
        ("apac", None, {Zone.APAC}),
        ("data-zone-apac", None, {Zone.APAC}),
        ("ca", None, {Zone.CA}),
        ("global", ("japaneast",), set()),
        ("regional", ("uksouth",), {Zone.UK}),
        ("regional", ("eu-central-2",), {Zone.CH}),
        ("regional", ("brazilsouth", "sa-east-1"), {Zone.BR}),
        ("regional", ("ap-southeast-2",), {Zone.AU, Zone.APAC}),
        ("regional", ("koreacentral", "centralindia"), {Zone.KR, Zone.IN, Zone.APAC}),
        ("regional", ("southafricanorth",), set()),
    ],
)
def test_each_zone_has_its_channels_and_regions(
    channel: str, regions: tuple[str, ...] | None, zones: set[Zone]
) -> None:
    one = offer(channel=channel, **({"regions": regions} if regions else {}))
    assert {zone for zone in Zone if stays_within(one, zone) == Support.YES} == zones


def test_a_region_of_the_catalog_lies_in_one_country_at_most() -> None:
    named = {r for o in committed().offerings if isinstance(v := o.value("regions"), tuple) for r in v}
    countries = [zone for zone in Zone if zone != Zone.APAC]
    zones_of = {region: [z for z in countries if regions_in((region,), z)] for region in named}
    assert [region for region, zones in zones_of.items() if len(zones) > 1] == []
    # Places that no zone here is made for.
    assert {
        region for region, zones in zones_of.items() if not zones and not regions_in((region,), Zone.APAC)
    } == {
        *("global", "norwayeast", "qatarcentral", "southafricanorth", "uaenorth"),
    }
    assert set(ZONES) == set(Zone)
