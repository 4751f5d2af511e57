"""Rules about place, lifetime and providers: what speaks for `x` against `y`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

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
from playground.versus.family import follows, name_facts
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side


def residency(x: Side, y: Side) -> Iterator[Sentence]:
    """By what its providers say, requests stay within zones; of the other nobody says so, or it says no."""
    promises: dict[str, tuple[Offering, Statement, list[Zone]]] = {}
    for zone in ZONES:
        promised = _promised(x, zone)
        if promised and not _within(y, zone):
            offering, stated = promised
            promises.setdefault(offering.key, (offering, stated, []))[2].append(zone)
    if not promises:
        return
    zones = [zone for _, _, several in promises.values() for zone in several]
    at: dict[str, list[str]] = {}
    for offering, stated, several in promises.values():
        provider, _, channel = x.where[offering.key].partition(", ")
        at.setdefault(provider, []).append(_keeps(channel, stated, several))
    each = [f"{provider} states that it keeps them in {', '.join(places)}" for provider, places in at.items()]
    unknown = any(Support.UNKNOWN in _stays(y, zone) for zone in zones)
    theirs = "no such statement is known of" if unknown else "no provider here states it of"
    named = sorted(zones, key=list(ZONES).index)
    text = f"requests must stay within {_listed(named)}: {'; '.join(each)}; {theirs} {y.name}"
    facts = tuple(fact for row in promises.values() for fact in _promise(*row))
    yield Sentence(rule="residency", text=text, facts=facts, weight=RESIDENCY)


def _promised(x: Side, zone: Zone) -> tuple[Offering, Statement] | None:
    """The nearest of its places that promises to keep requests within the zone, with its words."""

    def nearest() -> tuple[Offering, Statement] | None:
        stated = ((o, _keeper(x, o, zone)) for o in _within(x, zone) if o.kind == Kind.CHAT)
        promises = [(o, s) for o, s in stated if s and promises_place(s)]
        return min(promises, key=lambda one: (one[1].setting != "", *_nearest(one[0])), default=None)

    return x.once(("promised", zone), nearest)


def _listed(zones: Sequence[Zone]) -> str:
    """`the EU, the US or 3 more zones`."""
    names = [ZONES[zone] for zone in zones]
    if len(names) > ZONES_NAMED:
        rest = len(names) - ZONES_NAMED + 1
        names = [*names[: ZONES_NAMED - 1], f"{rest} more zones"]
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _keeps(channel: str, stated: Statement, zones: Sequence[Zone]) -> str:
    """`the EU (Data Zone EU, as Microsoft draws it)`: which channel keeps them where, with what set."""
    *first, last = [ZONES[zone] for zone in zones]
    where = f"{', '.join(first)} and {last}" if first else last
    how = (channel, f"with {stated.setting}" if stated.setting else "", stated.note)
    return f"{where} ({', '.join(filter(None, how))})"


def _promise(offering: Offering, stated: Statement, _: Sequence[Zone]) -> Iterator[CitedFact]:
    """What a place's promise rests on."""
    yield CitedFact(of=offering.key, field="channel", value=str(offering.channel))
    yield CitedFact(of=offering.key, field="residency", value=stated.value, stated=stated)
    if stated.value == CALLED_REGION and (regions := regions_field(offering)):
        yield CitedFact(of=offering.key, field=regions, value=known_regions(offering))


def _nearest(offering: Offering) -> tuple[bool, bool, str]:
    """A cloud's place speaks better than another's, one without regions to choose better than one with."""
    return (offering.provider not in CLOUDS, offering.channel == Channel.REGIONAL, offering.key)


def _within(side: Side, zone: Zone) -> list[Offering]:
    """Its places where requests stay within the zone."""
    return [o for o, stays in zip(side.places, _stays(side, zone), strict=True) if stays == Support.YES]


def _stays(side: Side, zone: Zone) -> Sequence[Support]:
    """Whether requests stay within the zone, at each of its places."""

    def at_each() -> Sequence[Support]:
        return [
            stays_within(side.stays.get(o.key, ()), o.value(ALL_REGIONS), zone, o.value(SOME_REGIONS))
            for o in side.places
        ]

    return side.once(("stays", zone), at_each)


def _keeper(side: Side, offering: Offering, zone: Zone) -> Statement | None:
    """What keeps requests to one of its places within the zone."""
    regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
    return keeping(side.stays.get(offering.key, ()), regions, zone, some)


#: How many zones are named before the rest are counted.
ZONES_NAMED = 4
#: An end further off decides nothing; one within half a year comes first; a few days more are no reason.
FAR_DAYS, SOON_DAYS, LATER_DAYS = 365, 180, 30
#: What each of these weighs beside a price (Sentence.weight).
ENDING, SUCCESSION, WEIGHTS, RESIDENCY, PROVIDERS = 3.0, 2.5, 0.3, 0.2, 0.12
#: Whose promise of a place is a cloud's own.
CLOUDS = frozenset({"azure", "amazon-bedrock", "google-vertex"})


def life(x: Side, y: Side) -> Iterator[Sentence]:
    """The other's place ends within a year, and its own clearly later or on no known day; neither is past."""
    field = "retires"
    ends, own = y.known(field), x.known(field)
    if ends is None or x.home.retired or y.home.retired:
        return
    last, later = date.fromisoformat(str(ends)[:10]), date.fromisoformat(str(own or date.max)[:10])
    left = (last - x.day).days if x.day else 0
    if not 0 <= left <= FAR_DAYS or (later - last).days < LATER_DAYS:
        return
    facts = (y.cited(field), *((x.cited(field),) if own else ()))
    after = f", this one on {own}" if own else "; of this one no end is known"
    text = f"you need it after {ends}: the other retires then at {y.place}{after}"
    yield Sentence(rule="life", text=text, facts=facts, weight=ENDING if left <= SOON_DAYS else ENDING / 10)


def succession(x: Side, y: Side) -> Iterator[Sentence]:
    """It comes after the other: its provider names it, or the numbers of their names say so."""
    if follows(x, y):
        named = y.home.value("replaced_by") and x.model.id in y.instead
        facts = (y.cited("replaced_by"),) if named else name_facts(x, y)
        text = f"you begin anew: it comes after {y.name}"
        yield Sentence(rule="succession", text=text, facts=facts, weight=SUCCESSION)


def providers(x: Side, y: Side) -> Iterator[Sentence]:
    """Clearly more providers serve it; gateways and subscriptions are none."""
    mine, theirs = (len(serving(s.places)) for s in (x, y))
    if mine >= theirs * 2 and mine - theirs >= 2:
        text = f"you want to be free to switch: {mine} providers serve it here, against {theirs}"
        facts = tuple(
            CitedFact(of=s.model.id, field="providers", value=n) for s, n in ((x, mine), (y, theirs))
        )
        yield Sentence(rule="providers", text=text, facts=facts, weight=PROVIDERS)


def weights(x: Side, y: Side) -> Iterator[Sentence]:
    """Its weights are open, and the other's are not, or nobody says that they are."""
    field = "open_weights"
    mine, theirs = x.model.value(field), y.model.value(field)
    if mine == Support.YES and theirs != Support.YES:
        known = [s for s in (x, y) if s.model.value(field) is not None]
        facts = tuple(CitedFact(of=s.model.id, field=field, value=str(s.model.value(field))) for s in known)
        unknown = f"; no source says that of {y.name}" if theirs is None else ""
        text = f"you may have to run it yourself: its weights are open{unknown}"
        yield Sentence(rule="weights", text=text, facts=facts, weight=WEIGHTS)
