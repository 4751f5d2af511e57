"""The parts of a need that say where it runs, who may serve it, and what becomes of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from playground.catalog import Catalog, Channel
from playground.catalog.regions import ZONES, Zone, known_regions
from playground.labels.labels import CHANNELS
from playground.need.form import Control, Part, Section, tick
from playground.need.values import choice, named

PLACE = Section(id="place", title="Place and data")


def regions(catalog: Catalog) -> list[str]:
    """Every region that an offering names, or that a provider's address may be called in, sorted."""
    endpoints = (e for provider in catalog.providers.values() for e in provider.endpoints)
    places = (place for endpoint in endpoints for place in endpoint.places)
    called = {region for place in places if place.is_region for region in place.choices}
    return sorted(called.union(*(known_regions(offering) for offering in catalog.offerings)))


def _named(known: Callable[[Catalog], Iterable[str]], where: str = "the catalog") -> Callable[..., str]:
    return lambda value, catalog: named(value, known(catalog), where)


def _only(name: str, label: str, meaning: str, read: Callable[..., Any], choices: Any = lambda _: ()) -> Part:
    return Part(
        name=name,
        read=read,
        several=True,
        option=name.removesuffix("s"),
        section=PLACE,
        control=Control.LIST,
        label=label,
        placeholder="any",
        help=meaning,
        choices=choices,
    )


PLACE_AND_DATA = (
    Part(
        name="zone",
        read=lambda value, _: choice(value, Zone),
        section=PLACE,
        control=Control.CHOICE,
        label="Requests stay within",
        choices=lambda _: [("", "anywhere"), *((str(zone), name) for zone, name in ZONES.items())],
        help=f"Where requests must stay: {', '.join(Zone)}.",
    ),
    Part(
        name="region",
        read=_named(regions, "the regions of the catalog"),
        section=PLACE,
        label="Cloud region it must be had in",
        placeholder="any",
        choices=lambda catalog: [(region, "") for region in regions(catalog)],
        help="The cloud region it must be had in.",
    ),
    tick("zero_retention", PLACE, "Nothing sent is kept", "Only where nothing sent is kept."),
    tick("no_training", PLACE, "Nothing sent is trained on", "Only where nothing sent is trained on."),
    tick(
        "support",
        PLACE,
        "The provider’s support page is known",
        "Only providers whose support page is known here.",
    ),
    tick("open_weights", PLACE, "Open weights", "Only models whose weights are open."),
    _only(
        "labs",
        "Only these labs",
        "Only this lab's models.",
        _named(lambda catalog: catalog.labs),
        lambda catalog: [(lab.id, lab.name) for lab in catalog.labs.values()],
    ),
    _only(
        "providers",
        "Only these providers",
        "Only at this provider.",
        _named(lambda catalog: catalog.providers),
        lambda catalog: [(p.id, p.name) for p in catalog.providers.values()],
    ),
    _only(
        "channels",
        "Only these channels",
        "Only over this access channel.",
        lambda value, _: choice(value, Channel),
        lambda _: [(str(c), CHANNELS[c][0]) for c in Channel],
    ),
    _only("models", "Only these models", "Only this model.", _named(lambda catalog: catalog.models)),
    _only("licences", "Only under these licences", "Only under this licence.", lambda value, _: str(value)),
)
