"""Which claim a fact is made of: what looks wrong is out, what is stale yields, then precedence decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from generator.curated.fields import NUMBERS, PARAMETERS, exact_limits, ranks
from generator.ledger.judging.gates import Weighed
from generator.sources.independence import supersedes, witnesses
from generator.sources.schedules import same_hours
from playground.catalog import Claim, Fact, Record, SourceState, Standing, Value, source_of

#: A source this much older than the freshest that speaks of a fact yields to it, for what changes by date.
STALE_AFTER = timedelta(days=45)
PERISHABLE = re.compile(r"(price|uplift|window)\..+|retires|status|(some_)?regions")
#: Limits within this of each other are one limit, rounded to a thousand or short of one token.
NEAR = Decimal("0.001")
#: Prices within this of each other whose shorter one is the longer one rounded are one price.
ROUNDING = Decimal("0.01")
#: A record of model-prices that was taken from models.dev is no second source.
REPEATS = re.compile(r"/models\.dev/commit/")


def origin_of(record: str, records: Mapping[str, Record]) -> str:
    """The source that a record goes back to: its own, or the one it repeats."""
    cited = records.get(record)
    return "models-dev" if cited and REPEATS.search(cited.link) else source_of(record)


def choose_claim(name: str, group: list[Weighed], provider: str, leader: str = "") -> Fact:
    """The fact that the claims of one field make; `leader` is a source that goes before all others."""
    if len(group) == 1 and not (only := group[0]).suspect:  # as most are
        inferred = only.inferred and _why_inferred(group)
        return _single(only.record, only.value, only.since, inferred)
    sound = [w for w in group if not w.suspect]
    if len(sound) == len(group) and not name.startswith("window.") and _say_one_value(sound):
        return _unanimous(sound[0].value, *sound)
    order = ranks(name, provider)
    if not sound:
        return Fact(
            value=None,
            standing=Standing.SUSPECT,
            claims=tuple(
                sorted(
                    (_claim(w, f"suspect: {w.suspect}") for w in group),
                    key=lambda c: (c.note, str(c.value), c.record),
                )
            ),
        )
    perishable = PERISHABLE.fullmatch(name) is not None
    fresh = _fresh(sound, perishable=perishable)

    def stale(w: Weighed) -> bool:
        """Old, and borne out by no fresh source: of a kind that changes, or since copied anew."""
        if w in fresh or any(alike(name, w.value, f.value) for f in fresh):
            return False
        return perishable or any(supersedes(f.source, w.origin) for f in fresh)

    best = min(sound, key=lambda w: (w.source != leader, stale(w), _rank(w, order), w.record))
    if name.startswith("window."):
        # Of those that say the same hours, the one that says most of the days.
        best = max((w for w in sound if alike(name, w.value, best.value)), key=lambda w: len(str(w.value)))
    first = min(sound, key=lambda w: _rank(w, order))
    claims: list[Claim] = []
    for w in group:
        note = ""
        if w.suspect:
            note = f"suspect: {w.suspect}"
        elif w.value != best.value:
            note = "rounding" if alike(name, w.value, best.value) else "stale" if stale(w) else "disagrees"
        claims.append(_claim(w, note))
    claims.sort(key=order_of_claims)
    notes = {c.note for c in claims}
    origins = {w.origin for w in sound if w.value == best.value or alike(name, w.value, best.value)}
    older = [w for w in sound if stale(w) and not alike(name, w.value, best.value)]
    agreed = witnesses(origins) > 1
    why_older = _why_older(best, group, older, agreed=agreed)
    # A status only moves on, and a region is only added: there an old claim is what was true before.
    contradicted = bool(older) and not why_older and name.startswith("price.")
    standing = _standing(disputed="disagrees" in notes or contradicted, agreed=agreed)
    reasons = []
    if first in older and not leader:
        reasons.append(f"{best.source} is fresher than {first.source}, which would go first")
    if why_older and standing != Standing.DISPUTED:
        reasons.append(why_older)
    if inferred := _why_inferred([w for w in sound if alike(name, w.value, best.value)]):
        reasons.append(inferred)
    return Fact(value=best.value, standing=standing, claims=tuple(claims), reason="; ".join(reasons))


def _fresh(sound: list[Weighed], *, perishable: bool) -> list[Weighed]:
    """The claims that are not old; old is also what was read before another one's price began to hold."""
    freshest = max(w.as_of for w in sound)
    changed = max((w.since for w in sound if w.since), default=None) if perishable else None
    return [w for w in sound if freshest - w.as_of <= STALE_AFTER and (not changed or w.as_of >= changed)]


# A fact and its claims never change, so of those that are alike one is enough; nine of ten are.
@lru_cache(maxsize=65_536, typed=True)
def _single(record: str, value: Value, since: date | None, reason: str) -> Fact:
    """The fact of a field that one source speaks of."""
    claims = (_claimed(record, value, since, ""),)
    return Fact(value=value, standing=Standing.SINGLE, claims=claims, reason=reason)


@lru_cache(maxsize=65_536, typed=True)
def _claimed(record: str, value: Value, since: date | None, note: str) -> Claim:
    return Claim(record=record, value=value, since=since, note=note)


def _say_one_value(sound: Sequence[Weighed]) -> bool:
    value = sound[0].value
    return all(w.value == value and type(w.value) is type(value) for w in sound)


# One such fact is enough, too: four of five are as another's. Typed, for no number is a text or a yes.
@lru_cache(maxsize=65_536, typed=True)
def _unanimous(value: Value, *sound: Weighed) -> Fact:
    """The fact of a field of which all sources say the same, as most do: no claim is stale or contrary."""
    return Fact(
        value=value,
        standing=_standing(disputed=False, agreed=witnesses({w.origin for w in sound}) > 1),
        claims=tuple(sorted((_claim(w, "") for w in sound), key=lambda claim: claim.record)),
        reason=_why_inferred(sound),
    )


def _rank(w: Weighed, order: Mapping[str, int]) -> int:
    return order.get(w.source, len(order))


def _standing(*, disputed: bool, agreed: bool) -> Standing:
    if disputed:
        return Standing.DISPUTED
    return Standing.AGREED if agreed else Standing.SINGLE


def _why_older(best: Weighed, group: list[Weighed], older: list[Weighed], *, agreed: bool) -> str:
    """Why contrary claims that are stale make no dispute; empty where they do, or where there are none."""
    if not older:
        return ""
    names = ", ".join(sorted({f"{w.source} of {w.as_of}" for w in older}))
    if all(supersedes(best.source, w.origin) for w in older):
        return f"{best.source} has since taken over the row of {names}, which differs"
    since = max((w.since for w in group if w.since and not w.suspect and w.value == best.value), default=None)
    if since and all(w.as_of < since for w in older):
        return f"it holds since {since}, and {names} says what held before"
    return f"two sources agree against {names}" if agreed else ""


def _why_inferred(bearing: Sequence[Weighed]) -> str:
    """What none of the sources that bear a fact out says itself; empty where one of them does."""
    inferred = [f"{w.source} {w.inferred}" for w in bearing if w.inferred]
    return min(inferred) if len(inferred) == len(bearing) else ""


def _claim(w: Weighed, note: str) -> Claim:
    return _claimed(w.record, w.value, w.since, note)


def order_of_claims(claim: Claim) -> tuple[bool, str, str, str]:
    """By what a fact's claims are sorted: as the catalog's JSON groups them."""
    return bool(claim.note), claim.note, str(claim.value) if claim.note else "", claim.record


def alike(name: str, a: Value, b: Value) -> bool:
    """Whether two values differ by rounding or spelling only."""
    if isinstance(a, Decimal | int) and isinstance(b, Decimal | int):
        x, y = sorted((Decimal(a), Decimal(b)))
        if x == y:
            return True
        if x <= 0:
            return False
        if name in NUMBERS - PARAMETERS:
            return _one_limit(int(x), int(y))
        if (y - x) / y > ROUNDING:
            return False
        digits = min(len(x.normalize().as_tuple().digits), len(y.normalize().as_tuple().digits))
        return Decimal(f"{x:.{digits}g}") == Decimal(f"{y:.{digits}g}")
    if isinstance(a, str) and isinstance(b, str):
        if name == "replaced_by":
            # One of those that the other names.
            one, other = (set(map(_letters, names.split(", "))) for names in (a, b))
            return one <= other or other <= one
        if name in ("released", "retires", "knowledge"):
            return a.startswith(b) or b.startswith(a)
        if name.startswith("window."):
            return same_hours(a, b)
        return _letters(a) == _letters(b)
    return a == b


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _one_limit(a: int, b: int) -> bool:
    """Whether one is the other in thousands of 1,000 for those of 1,024, or both are nearly the same."""
    pairs = [*((exact, b) for exact in exact_limits(a)), *((exact, a) for exact in exact_limits(b))]
    return any(abs(x - y) <= NEAR * max(x, y) for x, y in pairs)


def against(claim: Claim, name: str, value: Value | None) -> Claim:
    """A claim as it counts beside an override, which may say that there is none.

    What was suspect or stale stays so.
    """
    if claim.suspect or claim.note == "stale":
        return claim
    if claim.value == value:
        return replace(claim, note="")
    rounding = value is not None and alike(name, claim.value, value)
    return replace(claim, note="rounding" if rounding else "disagrees")


def rechosen(
    name: str,
    claims: tuple[Claim, ...],
    provider: str,
    sources: Mapping[str, SourceState],
    records: Mapping[str, Record],
) -> Fact:
    """The fact that these claims of an older fact make by themselves; `records` are what they stand in."""
    weighed = [
        Weighed(
            record=c.record,
            source=c.source,
            origin=origin_of(c.record, records),
            as_of=sources[c.source].as_of,
            value=c.value,
            since=c.since,
            suspect=c.suspicion,
        )
        for c in claims
    ]
    return choose_claim(name, weighed, provider)


def unoverridden(name: str, fact: Fact, provider: str, sources: Mapping[str, SourceState]) -> Value | None:
    """What the claims of an overridden fact would make of it by themselves."""
    return rechosen(name, fact.claims, provider, sources, {}).value if fact.claims else None
