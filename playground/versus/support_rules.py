"""Rules about place, lifetime, providers and support: what speaks for `x` against `y`."""

from __future__ import annotations

from collections.abc import Iterator

from playground.catalog import Channel, Kind, Offering, Statement, Support
from playground.catalog.regions import (
    ALL_REGIONS,
    CALLED_REGION,
    SOME_REGIONS,
    ZONES,
    Zone,
    keeping,
    known_regions,
    promises_place,
    regions_field,
    stays_within,
)
from playground.decide.portability import serving
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side


def residency(x: Side, y: Side) -> Iterator[Sentence]:
    """By what its provider says, requests stay within a zone; of the other nobody says so, or it says no."""
    for zone, name in ZONES.items():
        within = [o for o in _within(x, zone) if promises_place(_keeper(x, o, zone)) and o.kind == Kind.CHAT]
        if not within or any(_within(y, zone)):
            continue
        promises = {o.key: stated for o in within if (stated := _keeper(x, o, zone))}
        offering = min(within, key=lambda o: (promises[o.key].setting != "", *_nearest(o)))
        stated = promises[offering.key]
        text = f"requests must stay within {name}: {x.where[offering.key]} keeps them there by its own word"
        text += f", with {stated.setting}" if stated.setting else ""
        text += f" ({stated.note})" if stated.note else ""
        unknown = sum(_stays(y, o, zone) == Support.UNKNOWN for o in y.places)
        places = "1 place" if len(y.places) == 1 else f"{len(y.places)} places"
        text += (
            f"; at {unknown} of the other’s {places} nobody here says where they stay"
            if unknown
            else "; no provider of the other here gives it"
        )
        facts = [
            CitedFact(of=offering.key, field="channel", value=str(offering.channel)),
            CitedFact(of=offering.key, field="residency", value=stated.value, stated=stated),
        ]
        if stated.value == CALLED_REGION and (regions := regions_field(offering)):
            facts.append(CitedFact(of=offering.key, field=regions, value=known_regions(offering)))
        yield Sentence(rule="residency", text=text, facts=tuple(facts))


def _nearest(offering: Offering) -> tuple[bool, bool, str]:
    """A cloud's place speaks better than another's, one without regions to choose better than one with."""
    return (offering.provider not in CLOUDS, offering.channel == Channel.REGIONAL, offering.key)


def _within(side: Side, zone: Zone) -> Iterator[Offering]:
    """Its places where requests stay within the zone."""
    return (o for o in side.places if _stays(side, o, zone) == Support.YES)


def _stays(side: Side, offering: Offering, zone: Zone) -> Support:
    """Whether requests to one of its places stay within the zone."""
    regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
    return stays_within(side.stays.get(offering.key, ()), regions, zone, some)


def _keeper(side: Side, offering: Offering, zone: Zone) -> Statement | None:
    """What keeps requests to one of its places within the zone."""
    regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
    return keeping(side.stays.get(offering.key, ()), regions, zone, some)


#: Whose promise of a place is a cloud's own.
CLOUDS = frozenset({"azure", "amazon-bedrock", "google-vertex"})


def life(x: Side, y: Side) -> Iterator[Sentence]:
    """The other's place has a date of retirement, and its own is later or not known; neither is past."""
    field = "retires"
    ends, own = y.known(field), x.known(field)
    if ends is None or (own is not None and own <= ends) or x.home.retired:
        return
    facts = (y.cited(field), *((x.cited(field),) if own else ()))
    later = f", this one on {own}" if own else "; of this one no end is known"
    text = f"you need it after {ends}: the other retires then at {y.place}{later}"
    yield Sentence(rule="life", text=text, facts=facts)


def providers(x: Side, y: Side) -> Iterator[Sentence]:
    """Clearly more providers serve it; gateways and subscriptions are none."""
    mine, theirs = (len(serving(s.places)) for s in (x, y))
    if mine >= theirs * 2 and mine - theirs >= 2:
        text = f"you want to be free to switch: {mine} providers serve it here, against {theirs}"
        facts = tuple(
            CitedFact(of=s.model.id, field="providers", value=n) for s, n in ((x, mine), (y, theirs))
        )
        yield Sentence(rule="providers", text=text, facts=facts)


def support(x: Side, y: Side) -> Iterator[Sentence]:
    """A provider of it has a support page that is known here, and no provider of the other has."""
    if x.supported and not y.supported:
        count = len(x.supported)
        have = "has a support page" if count == 1 else "have support pages"
        known = f"{count} of its providers {have} known here, none of the other’s"
        facts = tuple(CitedFact(of=s.model.id, field="supported", value=len(s.supported)) for s in (x, y))
        yield Sentence(rule="support", text=f"you need somebody to turn to: {known}", facts=facts)


def weights(x: Side, y: Side) -> Iterator[Sentence]:
    """Its weights are open and the other's are not."""
    field = "open_weights"
    mine, theirs = x.model.value(field), y.model.value(field)
    if mine == Support.YES and theirs == Support.NO:
        facts = tuple(CitedFact(of=s.model.id, field=field, value=str(s.model.value(field))) for s in (x, y))
        yield Sentence(
            rule="weights", text="you may have to run it yourself: its weights are open", facts=facts
        )
