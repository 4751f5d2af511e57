"""What keeps requests within a zone, and which zones Azure alone is known to keep."""

from __future__ import annotations

from generator.views.verdicts.market import Market
from playground.catalog import Offering
from playground.catalog.regions import ZONES, Zone, keeping, regions_field, stay_text


def what_keeps(market: Market, offering: Offering, zone: Zone) -> str:
    """What keeps requests of an offering within a zone, in words; empty where nothing known does."""
    regions = offering.value(regions_field(offering)) if regions_field(offering) else None
    stated = keeping(market.catalog.residency(offering), regions, zone)
    return stay_text(stated) if stated else ""


def zones_of_azure_alone(market: Market, own: Offering | None) -> str:
    """The zones that Azure keeps a model's requests in and its lab is not known to; empty where none is."""
    if own is None:
        return ""
    places = [o for o in market.catalog.of_model(own.model) if o.provider == "azure"]
    zones = [
        name
        for zone, name in ZONES.items()
        if not what_keeps(market, own, zone) and any(what_keeps(market, o, zone) for o in places)
    ]
    return f"{', '.join(zones)} as a zone, " if zones else ""
