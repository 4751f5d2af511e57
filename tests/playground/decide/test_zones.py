"""Where requests to an offering stay: what its provider says of the channel, its regions; nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from playground.catalog import Catalog, Channel, Offering, Statement, Support
from playground.catalog.packed import pack, unpack
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
from tests.rounds import FULL

#: The zones that a promise keeps within each zone.
WHERE = {zone: {zone} for zone in Zone} | {Zone.APAC: {"apac", "jp", "kr", "in", "au"}}


@cache
def names() -> frozenset[str]:
    """What the committed catalog's models are called, with and without their versions."""
    return frozenset(name for o in committed().offerings for name in (o.model, f"{o.model}@{o.version}"))


@cache
def named(row: Statement) -> set[str]:
    """The models of the committed catalog that a statement's patterns name, by plain comparison."""
    ids = names()
    exact = {pattern for pattern in row.models if not pattern.endswith("*")}
    begun = tuple(pattern[:-1] for pattern in row.models if pattern.endswith("*"))
    return exact & ids | {name for name in ids if begun and name.startswith(begun)}


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
    """Read by other means than the rule's: the row that names the channel, and the offering's regions.

    In `make test` every fourth offering.
    """
    whole = committed()
    promised, step = 0, 1 if FULL else 4
    for o in whole.offerings[::step]:
        rows = [s for s in whole.providers[o.provider].residency if o.channel in s.channels]
        for zone in Zone:
            if stays(o, zone, whole) != Support.YES:
                continue
            keeps = [row for row in rows if row.value in WHERE[zone] or row.value == "own machine"]
            keeps += [s for s in rows if s.value == "called region" and regions_in(known_regions(o), zone)]
            own = [row for row in keeps if not row.models or {o.model, f"{o.model}@{o.version}"} & named(row)]
            assert own, o.key
            promised += 1
            for row in own:
                assert row.value in STAYS, o.key
                assert row.quote, o.key
                assert row.url.startswith("https://"), o.key
                assert row.read.year >= 2026, o.key
    assert promised > 1000 / step


@pytest.mark.parametrize(
    ("key", "zone", "holds", "reason"),
    [
        (
            "anthropic/direct/anthropic/claude-opus-5-5",
            "us",
            "yes",
            "within the US with inference_geo set to us",
        ),
        ("anthropic/direct/anthropic/claude-opus-5-5", "eu", "no", "nowhere in particular"),
        ("anthropic/direct/anthropic/claude-haiku-4-5", "us", "no", "nowhere in particular"),
        (
            "openai/direct/openai/gpt-6-astra",
            "eu",
            "yes",
            "within the EU with the base URL https://eu.api.openai",
        ),
        ("openai/direct/openai/gpt-6-astra", "jp", "unknown", "within the US with"),
        ("openai/direct/openai/gpt-4o@2024-05-13", "eu", "unknown", "nobody says"),
        ("google-vertex/regional/google/gemini-3.5-flash", "uk", "yes", "with the location europe-west2"),
        ("google-vertex/regional/google/gemini-3.5-flash", "ca", "no", "nowhere in particular"),
        ("google-vertex/regional/google/gemini-3.8-flash", "eu", "unknown", "in the region that is called"),
        ("azure/global/openai/gpt-5.4", "eu", "no", "nowhere in particular"),
    ],
)
def test_a_place_that_a_reader_sets_is_kept_refused_or_unknown_by_the_vendors_words(
    key: str, zone: str, holds: str, reason: str
) -> None:
    (offering,) = (o for o in committed().offerings if o.key == key)
    facts = (offering.value(field) for field in ("regions", "some_regions"))
    judged = stays_in_zone(committed().residency(offering), *facts, Zone(zone), "")
    assert (judged.holds, judged.field) == (holds, "residency")
    assert reason in judged.reason


def test_what_names_the_model_goes_before_what_speaks_of_any() -> None:
    any_model = stated(Channel.REGIONAL, "called region")
    elsewhere = replace(stated(Channel.REGIONAL, "anywhere"), models=("acme/*",))
    chosen = replace(stated(Channel.REGIONAL, "eu"), models=("acme/x",), setting="the location eu")
    one = offer(model="acme/x", channel="regional", regions=("us-east1",))
    whole = of(one, residency=(any_model, elsewhere, chosen))
    assert whole.residency(one) == (elsewhere, chosen)
    assert (stays(one, Zone.EU, whole), stays(one, Zone.US, whole)) == ("yes", "no")
    other = offer(model="other/x", channel="regional", regions=("us-east1",))
    silent = of(other, residency=(any_model, elsewhere, chosen))
    assert silent.residency(other) == (any_model,)
    assert (stays(other, Zone.EU, silent), stays(other, Zone.US, silent)) == ("no", "yes")
    version = replace(one, version="2")
    assert of(version, residency=(chosen,)).residency(version) == ()


def test_of_what_else_a_reader_could_set_nothing_is_known() -> None:
    chosen = replace(stated(Channel.DIRECT, "us"), setting="the base URL https://us.acme.test")
    one = offer(channel="direct")
    whole = of(one, residency=(chosen,))
    assert (stays(one, Zone.US, whole), stays(one, Zone.EU, whole)) == ("yes", "unknown")


def test_every_model_that_a_statement_names_is_in_the_catalog() -> None:
    missing = []
    for provider in committed().providers.values():
        served = [o for o in committed().offerings if o.provider == provider.id]
        for row in provider.residency:
            there = [o for o in served if o.channel in row.channels]
            ids = {f"{o.model}@{o.version}" if o.version else o.model for o in there}
            missing += [(provider.id, row.value, m) for m in row.models if "*" not in m and m not in ids]
            assert not row.models or any(row.names(i) for i in ids), (provider.id, row.value)
    assert missing == []


def test_what_runs_at_the_readers_is_what_its_provider_says_runs_there() -> None:
    own = {
        (o.provider, *(stated.value for stated in committed().residency(o)))
        for o in committed().offerings
        if o.channel == Channel.SELF_HOSTED
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
        *("af-south-1", "il-central-1", "mx-central-1"),
    }
    assert set(ZONES) == set(Zone)


@pytest.mark.parametrize(
    ("uplifts", "zone", "usd"),
    [
        ({"uplift__eu": Decimal("1.1")}, Zone.EU, "55.00"),
        ({"uplift__eu": Decimal("1.1")}, Zone.US, "50.00"),
        ({"uplift__eu": Decimal("1.1")}, None, "50.00"),
        ({"uplift__regional": Decimal("1.2")}, Zone.US, "60.00"),
        ({"uplift__regional": Decimal("1.2"), "uplift__us": Decimal("1.1")}, Zone.US, "55.00"),
        ({}, Zone.EU, "50.00"),
    ],
)
def test_the_bill_has_what_staying_within_a_zone_costs_more(
    uplifts: dict[str, Decimal], zone: Zone | None, usd: str
) -> None:
    ways = tuple(
        replace(stated(Channel.DIRECT, place), setting=f"the base URL https://{place}.acme.test")
        for place in ("us", "eu")
    )
    one = offer(channel="direct", kind="chat", price__input=1, price__output=4, **uplifts)
    (candidate,) = choose(Need(work=WORK, zone=zone), of(one, residency=ways), TODAY).ranked
    assert candidate.bill is not None
    assert candidate.bill.usd == Decimal(usd)
    packed = unpack(pack(of(one, residency=ways), "", "", names={}, calls={}))
    (again,) = choose(Need(work=WORK, zone=zone), packed, TODAY).ranked
    assert again.bill == candidate.bill
