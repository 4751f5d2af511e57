"""Where in the world an offering answers: zones of cloud regions, and what a channel promises."""

from __future__ import annotations

import re
from enum import StrEnum

from playground.catalog import Channel, Offering, Support, Value


class Zone(StrEnum):
    """Where data may have to stay."""

    EU = "eu"
    US = "us"


#: Cloud regions by how Azure, AWS and Google name them. The EU is not Europe: no uk, switzerland, norway.
REGIONS = {
    Zone.EU: re.compile(
        r"(westeurope|northeurope|(belgium|denmark|france|germany|italy|poland|spain|sweden|austria|finland|"
        r"greece)(central|east|north|south|west|westcentral)?"
        r"|eu-(central|west|north|south)-[1-9](?<!eu-west-2)(?<!eu-central-2)"
        r"|europe-(west|north|central|southwest)[1-9]\d?(?<!europe-west2)(?<!europe-west6))"
    ),
    Zone.US: re.compile(
        r"(central|east|west|north|south|northcentral|southcentral|westcentral)us\d?"
        r"|us-(east|west|central|south|north)-?\d|usgov(arizona|texas|virginia)|us-gov-(east|west)-1"
    ),
}
#: Channels that keep a request within a zone, whatever region is called.
WITHIN = {
    Zone.EU: frozenset({Channel.EU, Channel.DATA_ZONE_EU}),
    Zone.US: frozenset({Channel.US, Channel.DATA_ZONE_US}),
}
#: Channels of a zone of their own, or of none.
ELSEWHERE = frozenset(
    {Channel.GLOBAL, Channel.APAC, Channel.AU, Channel.JP, Channel.IN, Channel.CA}
    | {Channel.DATA_ZONE_APAC}
    | WITHIN[Zone.EU]
    | WITHIN[Zone.US]
)


def stays_within(offering: Offering, zone: Zone) -> Support:
    """Whether requests can be kept within the zone: yes, no, or nobody says."""
    return zone_of(offering.channel, offering.value("regions"), zone)


def zone_of(channel: Channel, regions: Value | None, zone: Zone) -> Support:
    """Whether a channel, or the cloud regions where it is regional, keeps requests within the zone."""
    if channel in WITHIN[zone] or channel == Channel.SELF_HOSTED:
        return Support.YES
    if channel in ELSEWHERE:
        return Support.NO
    if channel not in (Channel.REGIONAL, Channel.GOVERNMENT) or not isinstance(regions, tuple):
        return Support.UNKNOWN
    return Support.YES if regions_in(regions, zone) else Support.NO


def regions_in(regions: tuple[str, ...], zone: Zone) -> tuple[str, ...]:
    """Those of the regions that lie in the zone."""
    return tuple(r for r in regions if REGIONS[zone].fullmatch(r))
