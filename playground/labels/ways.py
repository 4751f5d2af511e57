"""What has to be chosen at a provider's address so that requests stay where a statement says they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from playground.catalog.catalog import Catalog
from playground.catalog.endpoints import Endpoint, Place
from playground.catalog.offering import Offering
from playground.catalog.provider import Provider, Statement
from playground.catalog.regions import (
    ALL_REGIONS,
    ANYWHERE,
    CALLED_REGION,
    OWN_MACHINE,
    SOME_REGIONS,
    STAYS,
    Zone,
    keeping,
    known_regions,
    regions_in,
)

#: What stands for each choice there is.
EACH = "*"
#: How a setting says that each region of the zone will do.
_ONE_OF = "or one of"


def row_id(provider: Provider, place: int) -> str:
    """The id of a provider's address: `azure`, and `azure.1` for its second."""
    return f"{provider.id}.{place}" if place else provider.id


def ways(catalog: Catalog, offering: Offering) -> dict[str, str]:
    """By zone that requests can stay within, the address that keeps them there.

    It is the id of the address, with what to choose there: `openai@eu.api.openai.com`. A zone is left out
    where no address is known that keeps them there.
    """
    provider = catalog.providers[offering.provider]
    if not provider.residency or not provider.endpoints:
        return {}
    by_zone = ((zone, way(catalog, offering, zone)) for zone in Zone)
    return {str(zone): address for zone, address in by_zone if address}


def way(catalog: Catalog, offering: Offering, zone: Zone) -> str:
    """The address that keeps requests within the zone, with what to choose there; empty where none does."""
    regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
    stated = keeping(catalog.residency(offering), regions, zone, some)
    if stated is None:
        return ""
    provider = catalog.providers[offering.provider]
    for place in provider.rows(offering.model):
        choice = _choice(provider.endpoints[place], stated, zone, known_regions(offering))
        if choice is not None:
            return row_id(provider, place) + (f"@{choice}" if choice else "")
    return ""


def usual_zone(catalog: Catalog, offering: Offering) -> Zone | None:
    """The zone that requests over its channel stay within whatever is set; None where that is none."""
    plain = (one.value for one in catalog.residency(offering) if not one.setting)
    return next((Zone(value) for value in plain if value in set(Zone)), None)


def _choice(endpoint: Endpoint, stated: Statement, zone: Zone, known: tuple[str, ...]) -> str | None:
    """What to choose at the address; empty where nothing has to be, None where nothing there will do."""
    if stated.value == OWN_MACHINE:
        return ""
    place = endpoint.choice
    if place is None or not (place.is_region or stated.setting):
        # At a resource of the reader's own its kind of deployment decides, not the address.
        own = "{" in endpoint.url.split("/")[2]
        return "" if own and not stated.setting else None
    fit = dict(_fitting(place, stated, zone))
    listed = [choice for choice in fit if choice in known] if known else list(fit)
    named = [choice for choice in fit if _names(stated.setting, choice)]
    fitting = named or listed or ([] if stated.value == CALLED_REGION else list(fit))
    if place.default in fitting:
        return place.default
    return next(iter(fitting), None)


def _fitting(place: Place, stated: Statement, zone: Zone | None = None) -> Iterator[tuple[str, str]]:
    """The choices with which the statement holds, each with where requests then stay."""
    if stated.value == CALLED_REGION:
        if place.is_region and not stated.setting:
            within = regions_in(place.choices, zone) if zone else (EACH,)
            yield from ((choice, STAYS[CALLED_REGION]) for choice in within)
        return
    within = regions_in(place.choices, Zone(stated.value)) if place.is_region else ()
    for choice in place.choices:
        by_zone = choice in within and (not stated.setting or _ONE_OF in stated.setting)
        if by_zone or _names(stated.setting, choice):
            yield choice, STAYS[stated.value]


def _names(setting: str, choice: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(choice)}(?![\w.-])", setting) is not None


def stays_by_choice(
    catalog: Catalog, offering: Offering, endpoint: Endpoint
) -> Mapping[str, tuple[str, str]]:
    """By choice at the address, where requests then stay and what else has to be known of that.

    `*` stands for each choice. What is promised for no choice is left out.
    """
    place = endpoint.choice
    if place is None:
        return {}
    stays: dict[str, tuple[str, str]] = {}
    for stated in catalog.residency(offering):
        if stated.value not in (OWN_MACHINE, ANYWHERE):
            for choice, where in _fitting(place, stated):
                stays.setdefault(choice, (where, stated.note))
    return stays
