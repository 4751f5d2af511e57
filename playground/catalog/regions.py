"""Where in the world requests stay: what a provider says of a channel, and the zones of cloud regions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from playground.catalog.facts import Value
from playground.catalog.offering import Offering
from playground.catalog.provider import Statement
from playground.catalog.vocabulary import Channel, Support


class Zone(StrEnum):
    """Where data may have to stay."""

    EU = "eu"
    US = "us"
    UK = "uk"
    CH = "ch"
    CA = "ca"
    BR = "br"
    JP = "jp"
    KR = "kr"
    IN = "in"
    AU = "au"
    APAC = "apac"


ZONES: Mapping[Zone, str] = {
    Zone.EU: "the EU",
    Zone.US: "the US",
    Zone.UK: "the UK",
    Zone.CH: "Switzerland",
    Zone.CA: "Canada",
    Zone.BR: "Brazil",
    Zone.JP: "Japan",
    Zone.KR: "South Korea",
    Zone.IN: "India",
    Zone.AU: "Australia",
    Zone.APAC: "Asia-Pacific",
}

#: Locations that are no one region: Google's endpoint of the whole world, and its multi-regions.
WORLD, MULTI_REGIONS = "global", frozenset({"eu", "us"})

#: Cloud regions by how Azure, AWS and Google name them. The EU is not Europe: no uk, switzerland, norway.
_NAMES = {
    Zone.EU: (
        r"westeurope|northeurope|(belgium|denmark|france|germany|italy|poland|spain|sweden|austria|finland|"
        r"greece)(central|east|north|south|west|westcentral)?"
        r"|eu-(central-1|west-[13]|north-1|south-[12])|eusc-de-east-1"
        r"|europe-(west(1|3|4|8|9|10|12)|north[12]|central2|southwest1)|eu"
    ),
    Zone.US: (
        r"(central|east|west|north|south|northcentral|southcentral|westcentral)us\d?"
        r"|us-(east|west|central|south|north)-?\d|usgov(arizona|texas|virginia)|us-gov-(east|west)-1|us"
    ),
    Zone.UK: r"uk(south|west)|eu-west-2|europe-west2",
    Zone.CH: r"switzerland(north|west)|eu-central-2|europe-west6",
    Zone.CA: r"canada(central|east)|ca-(central|west)-1|northamerica-northeast[12]",
    Zone.BR: r"brazil(south|southeast)|sa-east-1|southamerica-east1",
    Zone.JP: r"japan(east|west)|ap-northeast-[13]|asia-northeast[12]",
    Zone.KR: r"korea(central|south)|ap-northeast-2|asia-northeast3",
    Zone.IN: r"(central|south|west)india|jioindia(west|central)|ap-south-[12]|asia-south[12]",
    Zone.AU: r"australia(central2?|east|southeast)|ap-southeast-[24]|australia-southeast[12]",
}
#: What else lies in Asia-Pacific, beside Japan, South Korea, India and Australia.
_APAC = (
    r"eastasia|southeastasia|indonesiacentral|malaysiawest|newzealandnorth|taiwannorth"
    r"|ap-(east|southeast)-\d|asia-(east[12]|southeast[12])"
)
_WITHIN: Mapping[Zone, tuple[Zone, ...]] = {Zone.APAC: (Zone.JP, Zone.KR, Zone.IN, Zone.AU)}
REGIONS = {zone: re.compile(names) for zone, names in _NAMES.items()} | {
    Zone.APAC: re.compile("|".join([_APAC, *(_NAMES[zone] for zone in _WITHIN[Zone.APAC])]))
}
#: What a provider can say of where requests over a channel stay, beside a zone: in the cloud region that is
#: called, on a machine of the reader's, or in no place that is promised.
CALLED_REGION, OWN_MACHINE, ANYWHERE = "called region", "own machine", "anywhere"
#: How each of them is told.
STAYS: Mapping[str, str] = {
    CALLED_REGION: "in the region that is called",
    OWN_MACHINE: "on your own machine",
    ANYWHERE: "nowhere in particular",
    **{str(zone): f"within {name}" for zone, name in ZONES.items()},
}
#: Channels named for the same zone: their machines may fail together. The name promises nothing.
NAMED_FOR: Mapping[Zone, frozenset[Channel]] = {
    Zone.EU: frozenset({Channel.EU, Channel.DATA_ZONE_EU}),
    Zone.US: frozenset({Channel.US, Channel.DATA_ZONE_US}),
    Zone.APAC: frozenset({Channel.APAC, Channel.DATA_ZONE_APAC, Channel.JP, Channel.IN, Channel.AU}),
}


#: The field of a list of all regions, and that of a list of some: one that is not in the latter may be there.
ALL_REGIONS, SOME_REGIONS = "regions", "some_regions"


def regions_field(offering: Offering) -> str:
    """The field that says most of an offering's regions; empty where none says anything."""
    known = (n for n in (ALL_REGIONS, SOME_REGIONS) if isinstance(offering.value(n), tuple))
    return next(known, "")


def known_regions(offering: Offering) -> tuple[str, ...]:
    """The regions that an offering is known to be had in."""
    value = offering.value(regions_field(offering))
    return value if isinstance(value, tuple) else ()


def in_region(region: str, regions: Value | None, some: Value | None) -> Support:
    """Whether it can be had in a region: no only where all of its regions are known."""
    if isinstance(regions, tuple):
        return Support.YES if region in regions else Support.NO
    return Support.YES if isinstance(some, tuple) and region in some else Support.UNKNOWN


def stays_within(
    stated: tuple[Statement, ...], regions: Value | None, zone: Zone, some: Value | None = None
) -> Support:
    """Whether requests can stay within the zone, by what the provider says of the channel: yes, no, unknown.

    Neither a channel's name nor the kind of its provider says where requests stay. One statement that keeps
    them there is enough, with the setting that it names. No is known only where a statement tells where
    requests go without a setting: of settings there may be others.
    """
    if keeping(stated, regions, zone, some):
        return Support.YES
    usual = {keeps_within(one, regions, zone, some) for one in stated if not one.setting}
    return Support.NO if usual == {Support.NO} else Support.UNKNOWN


def keeping(
    stated: tuple[Statement, ...], regions: Value | None, zone: Zone, some: Value | None = None
) -> Statement | None:
    """The statement that keeps requests within the zone, one that needs no setting first; None where none."""
    holding = [one for one in stated if keeps_within(one, regions, zone, some) == Support.YES]
    return min(holding, key=lambda one: one.setting != "", default=None)


def keeps_within(stated: Statement, regions: Value | None, zone: Zone, some: Value | None = None) -> Support:
    """Whether one statement keeps requests within the zone.

    Where they stay in the region that is called, the zone has to have one of the offering's regions; `some`
    are those of a list that does not name all.
    """
    if stated.value == OWN_MACHINE:
        return Support.YES
    if stated.value == CALLED_REGION:
        if not isinstance(regions, tuple):
            return Support.YES if isinstance(some, tuple) and regions_in(some, zone) else Support.UNKNOWN
        return Support.YES if regions_in(regions, zone) else Support.NO
    return Support.YES if stated.value in (zone, *_WITHIN.get(zone, ())) else Support.NO


def promises_place(stated: Statement | None) -> bool:
    """Whether what is stated is a promise of a place by the provider; a reader's own machine is none."""
    return stated is not None and stated.value not in (OWN_MACHINE, ANYWHERE)


def stay_text(stated: Statement) -> str:
    """Where requests stay in words, with what a reader sets for it and what else has to be known."""
    setting = f" with {stated.setting}" if stated.setting else ""
    return STAYS[stated.value] + setting + (f" ({stated.note})" if stated.note else "")


def regions_in(regions: tuple[str, ...], zone: Zone) -> tuple[str, ...]:
    """Those of the regions that lie in the zone."""
    return tuple(r for r in regions if REGIONS[zone].fullmatch(r))
