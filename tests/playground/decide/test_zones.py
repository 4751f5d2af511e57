"""Where requests to an offering stay: what its provider says of the channel, its regions; nothing else."""

from __future__ import annotations

import pytest

from playground.catalog import Catalog, Channel, Offering, Statement, Support
from playground.catalog.regions import (
    OWN_MACHINE,
    STAYS,
    ZONES,
    Zone,
    in_region,
    known_regions,
    promises_place,
    regions_in,
    stays_within,
)
from playground.decide.chooser import choose
from playground.need.judges import Judged, had_in, stays_in_zone
from playground.need.need import Need
from tests.catalogs import committed
from tests.playground.decide.offers import STATED, TODAY, WORK, of, offer, stated


def stays(offering: Offering, zone: Zone, whole: Catalog | None = None) -> Support:
    whole = whole or of(offering)
    regions, some = (offering.value(field) for field in ("regions", "some_regions"))
    return stays_within(whole.residency(offering), regions, zone, some)


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
def test_residency_is_what_the_provider_says_of_the_channel(
    channel: str, regions: tuple[str, ...] | None, eu: str, us: str
) -> None:
    one = offer(channel=channel, **({"regions": regions} if regions else {}))
    assert (stays(one, Zone.EU), stays(one, Zone.US)) == (eu, us)


@pytest.mark.parametrize("channel", Channel)
def test_a_channel_of_which_its_provider_says_nothing_promises_nothing_whatever_it_is_called(
    channel: Channel,
) -> None:
    one = offer(channel=str(channel), regions=("westeurope", "eastus"))
    silent = of(one, residency=tuple(s for s in STATED if channel not in s.channels))
    assert {stays(one, zone, silent) for zone in Zone} == {Support.UNKNOWN}
    answer = choose(Need(work=WORK, zone=Zone.EU, zero_retention=True, no_training=True), silent, TODAY)
    asked = {"stays within: eu", "zero retention", "no training"}
    groups = (*answer.eliminated.values(), *answer.left_out.values(), answer.to_ask)
    (candidate,) = [c for group in groups for c in group]
    assert {v.holds for v in candidate.verdicts if v.constraint in asked} == {Support.UNKNOWN}


def test_what_a_promise_leaves_open_is_told_with_it() -> None:
    note = "as Acme draws it, with Norway"
    one = offer(channel="eu", kind="chat")
    answer = choose(
        Need(work=WORK, zone=Zone.EU), of(one, residency=(stated(Channel.EU, "eu", note),)), TODAY
    )
    verdicts = {v.constraint: v for v in answer.ranked[0].verdicts}
    assert verdicts["stays within: eu"].reason == f"within the EU ({note})"
    assert verdicts["stays within: eu"].field == "residency"


@pytest.mark.parametrize(
    ("channel", "regions", "zones"),
    [
        ("jp", None, {Zone.JP, Zone.APAC}),
        ("apac", None, {Zone.APAC}),
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
def test_each_zone_has_its_promises_and_regions(
    channel: str, regions: tuple[str, ...] | None, zones: set[Zone]
) -> None:
    one = offer(channel=channel, **({"regions": regions} if regions else {}))
    assert {zone for zone in Zone if stays(one, zone) == Support.YES} == zones


def test_every_place_that_the_catalog_promises_rests_on_its_providers_words() -> None:
    """Read by other means than the rule's: the row that names the channel, and the offering's regions."""
    whole = committed()
    promised = 0
    for o in whole.offerings:
        rows = [s for s in whole.providers[o.provider].residency if o.channel in s.channels]
        for zone in Zone:
            if stays(o, zone, whole) != Support.YES:
                continue
            (row,) = rows
            promised += 1
            assert row.value in STAYS, o.key
            assert row.quote, o.key
            assert row.url.startswith("https://"), o.key
            assert row.read.year >= 2026, o.key
            if row.value == "called region":
                assert regions_in(known_regions(o), zone), o.key
    assert promised > 500


def test_what_runs_at_the_readers_is_what_its_provider_says_runs_there() -> None:
    own = {
        (o.provider, stated.value if stated else "")
        for o in committed().offerings
        if o.channel == Channel.SELF_HOSTED
        for stated in (committed().residency(o),)
    }
    assert own == {(p, OWN_MACHINE) for p in ("ollama", "lmstudio", "lemonade", "atomic-chat")}
    assert not any("cloud" in i for o in committed().offerings if o.provider == "ollama" for i in o.ids)
    cloud = [o for o in committed().offerings if o.provider == "ollama-cloud"]
    assert {"gpt-oss:120b", "ollama/gpt-oss:120b-cloud"} <= {i for o in cloud for i in o.ids}
    assert {o.channel for o in cloud} == {Channel.HOSTED}
    assert {stays(o, zone, committed()) for o in cloud for zone in Zone} == {Support.UNKNOWN}


def test_a_readers_own_machine_is_no_place_that_somebody_promises() -> None:
    values: dict[str, Statement | None] = {value: stated(Channel.EU, value) for value in STAYS} | {"": None}
    assert {v for v, s in values.items() if not promises_place(s)} == {"", "own machine", "anywhere"}


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
    assert stays(one, Zone.EU) == eu
    assert in_region("eu-central-1", None, some) == here
    assert in_region("eu-central-1", ("us-east-1",), some) == "no"
    reason = "nobody says" if some is None else f"at least {', '.join(some)}"
    assert had_in("eu-central-1")(None, some) == Judged(Support(here), reason, "some_regions")
    zone = stays_in_zone(of(one).residency(one), None, some, Zone.EU, "")
    assert zone == Judged(Support(eu), f"in the region that is called; regions: {reason}", "residency")


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
