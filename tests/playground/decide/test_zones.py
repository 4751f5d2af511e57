"""Where an offering's data stays: what its channel and its regions promise."""

from __future__ import annotations

import pytest

from playground.catalog import Channel, Support
from playground.catalog.regions import ZONES, Zone, in_region, known_regions, regions_in, stays_within
from playground.need.judges import Judged, had_in, stays_in_zone
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


@pytest.mark.parametrize(
    ("some", "eu", "here"),
    [
        (("eu-central-1", "us-east-1"), "yes", "yes"),
        (("us-east-1",), "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_a_list_of_some_regions_rules_out_none(some: tuple[str, ...] | None, eu: str, here: str) -> None:
    one = offer(channel="regional", **({"some_regions": some} if some else {}))
    assert stays_within(one, Zone.EU) == eu
    assert in_region("eu-central-1", None, some) == here
    assert in_region("eu-central-1", ("us-east-1",), some) == "no"
    reason = "nobody says" if some is None else f"at least {', '.join(some)}"
    assert had_in("eu-central-1")(None, some) == Judged(Support(here), reason, "some_regions")
    zone = stays_in_zone(Channel.REGIONAL, None, some, Zone.EU, "")
    assert zone == Judged(Support(eu), f"channel regional; regions: {reason}", "some_regions")


def test_a_region_of_the_catalog_lies_in_one_country_at_most() -> None:
    named = {region for offering in committed().offerings for region in known_regions(offering)}
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
