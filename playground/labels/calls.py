"""How the playground's links call an offering for who asks for a place, and why one is not called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from playground.catalog import Catalog, Offering
from playground.catalog.endpoints import Place
from playground.catalog.regions import (
    ALL_REGIONS,
    OWN_MACHINE,
    REGIONS,
    SOME_REGIONS,
    STAYS,
    Zone,
    keeping,
)
from playground.labels.ways import usual_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """`usual` is, by offering, how it is called (`openai:gpt-5`), where it can be.

    `ways` is, by offering and zone, the address that keeps requests there (labels/ways.py).
    """

    catalog: Catalog
    usual: Mapping[str, str]
    ways: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, offering: Offering, zone: Zone | None, region: str = "") -> str:
        """How a link calls it so that requests stay in the zone and the region; empty where none does."""
        call = self.usual.get(offering.key, "")
        asked = zone or usual_zone(self.catalog, offering)
        if not call or not (asked or region) or self._is_own(offering):
            return call
        ways = self.ways.get(offering.key, {})
        address = ways.get(str(asked), "") if asked else call.partition(":")[0]
        row, _, choice = address.partition("@")
        if region and choice != region:
            place = self._regional(offering)
            fits = zone is None or REGIONS[zone].fullmatch(region)
            if place and not (fits and region in place.choices):
                return ""
            if place:
                address = f"{row}@{region}" if row else ""
        if not address and zone is None and not region:
            return call
        return f"{address}:{call.partition(':')[2]}" if address else ""

    def why_not(self, offering: Offering, zone: Zone | None, region: str = "") -> str:
        """Why a link does not call it, as a clause; empty where one does."""
        if self.of(offering, zone, region):
            return ""
        provider = self.catalog.providers[offering.provider].name
        if offering.key not in self.usual:
            return f"the playground has no way to call it at {provider}"
        if zone is None:
            return f"the playground cannot call {provider} in {region}"
        regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
        stated = keeping(self.catalog.residency(offering), regions, zone, some)
        within = STAYS[zone]
        if stated is None:
            return f"nobody says how its requests stay {within} at {provider}"
        setting = f", which needs {stated.setting}" if stated.setting else ""
        return f"from a page its requests cannot be made to stay {within}{setting}"

    def first(self, offerings: Iterable[Offering], zone: Zone | None, region: str = "") -> dict[str, str]:
        """By model, how the first of these offerings is called that can be."""
        calls: dict[str, str] = {}
        for offering in (one for one in offerings if one.key in self.usual):
            if offering.model not in calls and (call := self.of(offering, zone, region)):
                calls[offering.model] = call
        return calls

    def _is_own(self, offering: Offering) -> bool:
        return any(one.value == OWN_MACHINE for one in self.catalog.residency(offering))

    def _regional(self, offering: Offering) -> Place | None:
        """The part of its address that is a region."""
        endpoints = self.catalog.providers[offering.provider].endpoints
        return next((p for e in endpoints for p in e.places if p.is_region and p.choices), None)
