"""What the playground's page says of where requests to a model stay, by what is chosen in its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.exports.listed.models import call_id
from playground.catalog import Catalog, Offering, Provider
from playground.catalog.endpoints import Endpoint
from playground.catalog.regions import ANYWHERE, STAYS
from playground.labels.labels import CHANNELS
from playground.labels.ways import stays_by_choice

#: By choices in an address (parted by spaces), `*` for any: where requests stay, and what else counts there.
type Stays = Mapping[str, list[str]]


def different(stays: Mapping[str, Stays]) -> list[Stays]:
    """Each once, in their order: a row has them, its models say which is theirs."""
    once: list[Stays] = []
    for one in stays.values():
        if one not in once:
            once.append(one)
    return once


def stays_by_id(catalog: Catalog, offerings: Iterable[Offering], endpoint: Endpoint) -> Mapping[str, Stays]:
    """By the id that is sent, where requests stay.

    Of an id that means several offerings which differ in it nothing is told.
    """
    known: dict[str, dict[str, list[str]]] = {}
    for offering in offerings:
        alike: dict[tuple[str, str], list[str]] = {}
        for choice, where in stays_by_choice(catalog, offering, endpoint).items():
            alike.setdefault(where, []).append(choice)
        stays = {" ".join(choices): list(where) for where, choices in alike.items()}
        name = call_id(offering)
        known[name] = stays if known.get(name, stays) == stays else {}
    return {name: stays for name, stays in known.items() if stays}


def by_deployment(provider: Provider, endpoint: Endpoint) -> str:
    """What is to be told where a deployment of the reader's own decides; empty where none does."""
    if "{resource}" not in endpoint.url:
        return ""
    kinds = [
        f"{CHANNELS[channel][0]} {STAYS[stated.value]}"
        for stated in provider.residency
        if stated.value != ANYWHERE and not stated.models
        for channel in stated.channels
    ]
    if not kinds:
        return ""
    return f"The type of your deployment decides where requests stay: {', '.join(kinds)}; else nobody says."
