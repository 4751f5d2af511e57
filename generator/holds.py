"""What changed in a way that smells is held: the old value stays, and the change waits for a person.

Each source is compared with what the catalog says it said before, offering by offering and field by field,
so that whatever causes a change (a slip upstream, a new shape, a rule of ours) is seen. Changes of one sort
that a source makes at one provider are held together. A held claim stays in the ledger as suspect beside the
old one, which is still chosen. A person lets it through by its id, with a line in overrides.yml:
`- approve: 1a2b3c4d`. What another source already says needs no person.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median

from generator.choice import alike
from generator.gates import HELD, SIBLING_CHANNELS, SIBLINGS, Weighed, sibling_base
from generator.gather import Gathered, Key
from generator.last_good import NOTHING, LastGood, both, last_good
from generator.records import day
from generator.trust import SHRINKS, sort_of
from playground.catalog import (
    Catalog,
    Channel,
    Claim,
    Fact,
    Held,
    HeldChange,
    Offering,
    Value,
    offering_key,
    source_of,
)
from playground.prices import Meter, parse_price_field

#: A price that moves this many times is no price change.
TENFOLD = Decimal(10)
#: A ratio this close to a power of a thousand is a slipped unit, whatever else it might be.
NEAR = Decimal("0.03")
SLIPS = (Decimal(1000), Decimal(1024), Decimal(10) ** 6)
#: A region breaks from its siblings where their ratio leaves the band and moves at least this much.
BREAKS = Decimal("1.5")
#: Fewer than this many changes, or offerings gone, are not many at once.
MANY, MANY_GONE = 20, 5
#: On Bedrock, price lists have named batch prices for profiles across regions that were never sold.
PROFILES = {Channel.US, Channel.EU, Channel.GLOBAL, Channel.APAC, Channel.JP, Channel.AU}
LIMITS = {"context_tokens", "max_input_tokens", "max_output_tokens"}


class Smell(StrEnum):
    """What is suspicious about a change, as a person is told it."""

    SLIP = "a slipped unit"
    TENFOLD = "a price moves tenfold or more"
    ZERO = "a price crosses zero"
    SHRINKS = "a limit shrinks by half or more"
    REGION = "a region breaks from its siblings"
    ANOTHER = "a model takes the prices of another whose name begins alike"
    PAST = "a retirement moves into the past"
    RISEN = "what was retired comes to life again"
    TOGETHER = "two names run together"
    TIER = "the price for long contexts vanishes, so that the short one seems to hold for all"
    BATCH = "a batch price appears for a profile across regions"
    MANY = "many values change at once"
    GONE = "many offerings vanish at once"


def smell(name: str, was: Value, now: Value, today: date) -> Smell | None:
    """Why a field's change from one value to another is not to be believed at once; None where it is."""
    if name.startswith(("price.", "uplift.")):
        return _price(Decimal(str(was)), Decimal(str(now)))
    if name in LIMITS and isinstance(was, int) and isinstance(now, int) and was > 0:
        if _slips(Decimal(now) / was):
            return Smell.SLIP
        return Smell.SHRINKS if now <= was / 2 else None
    if name == "retires":
        old, new = day(str(was)), day(str(now))
        return Smell.PAST if new and new < today and (old is None or old >= today) else None
    if name == "status" and was == "retired":
        return Smell.RISEN
    return Smell.TOGETHER if name == "replaced_by" and _run_together(str(now)) else None


def _price(was: Decimal, now: Decimal) -> Smell | None:
    if not was or not now:
        return None if was == now else Smell.ZERO
    ratio = now / was
    if _slips(ratio):
        return Smell.SLIP
    return None if 1 / TENFOLD < ratio < TENFOLD else Smell.TENFOLD


def _run_together(names: str) -> bool:
    """Whether a name holds its own beginning twice: gpt-5gpt-5-mini."""
    for name in names.split(", "):
        start = re.match(r"[a-z]{3,}", name.lower())
        if start and name.lower().count(start[0]) > 1:
            return True
    return False


def _slips(ratio: Decimal) -> bool:
    return any(abs(ratio / unit - 1) <= NEAR or abs(ratio * unit - 1) <= NEAR for unit in SLIPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim that a source makes now (None where it makes none) and what it said before."""

    key: Key
    field: str
    source: str
    claim: Weighed | None
    was: Claim | None

    def told(self) -> HeldChange:
        return HeldChange(
            target=offering_key(*self.key),
            field=self.field,
            was=self.was.value if self.was else None,
            now=self.claim.value if self.claim else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held, the approvals that let something through, and what the catalog held of what vanished."""

    held: tuple[Held, ...] = ()
    used: frozenset[str] = frozenset()
    last: LastGood = NOTHING


type _Groups = Mapping[tuple[str, str, Smell], list[Change]]


def hold_losses(
    gathered: Mapping[Key, Gathered],
    old: Catalog,
    sources: Collection[str],
    today: date,
    approved: Collection[str],
) -> Holding:
    """The offerings of which one of those sources lost many at once at one provider."""
    before = _by_key(old)
    listed: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, offering in before.items():
        for source in {source_of(label) for label in offering.records}.intersection(sources):
            listed[source, key[0]].append(key)
    groups: dict[tuple[str, str, Smell], list[Change]] = {}
    for (source, provider), keys in listed.items():
        lost = [k for k in keys if not _lists(gathered.get(k), source)]
        if len(lost) >= MANY_GONE and len(lost) > len(keys) * SHRINKS:
            groups[source, provider, Smell.GONE] = [
                Change(key=key, field="", source=source, claim=None, was=None) for key in lost
            ]
    found = _sorted_out(groups, old, today, approved)
    last = NOTHING
    for one in found.held:
        lost = [c.key for c in groups[one.source, one.where, Smell.GONE]]
        only = replace(
            old,
            offerings=tuple(before[k] for k in sorted(lost)),
            models={m: old.models[m] for m in {k[2] for k in lost} if m in old.models},
        )
        last = both(last, last_good(only, {}, {one.source}))
    # They are listed as read: only these offerings are kept, not the source's state.
    return replace(found, last=replace(last, sources={}))


def hold_changes(
    gathered: Mapping[Key, Gathered],
    old: Catalog,
    sources: Mapping[str, date],
    today: date,
    approved: Collection[str],
) -> Holding:
    """Put back what those sources said before where what they say now smells; `gathered` is changed.

    `sources` are those read now, with the days their data is from; `approved` holds the ids that a person let
    through, or `all`.
    """
    judge = _Judge(gathered, old, sources, today)
    groups: dict[tuple[str, str, Smell], list[Change]] = defaultdict(list)
    for change, why in judge.suspicions():
        groups[change.source, change.key[0], why].append(change)
    for change, why in judge.many():
        groups[change.source, sort_of(change.field), why].append(change)
    found = _sorted_out(groups, old, today, approved)
    for one in found.held:
        for change in groups[one.source, one.where, Smell(one.reason)]:
            judge.put_back(change, one.reason)
    return found


def _sorted_out(groups: _Groups, old: Catalog, today: date, approved: Collection[str]) -> Holding:
    first = {h.id: h.since for h in old.held}
    held: list[Held] = []
    used: set[str] = set()
    for (source, where, why), changes in sorted(groups.items()):
        told = sorted((c.told() for c in changes), key=lambda t: (t.target, t.field, str(t.now)))
        one = Held(source=source, where=where, reason=str(why), changes=tuple(told))
        if one.id in approved or "all" in approved:
            used.add(one.id)
        else:
            held.append(replace(one, since=first.get(one.id) or today))
    return Holding(held=tuple(held), used=frozenset(used))


def _by_key(catalog: Catalog) -> dict[Key, Offering]:
    return {(o.provider, o.channel, o.model, o.version, o.variant): o for o in catalog.offerings}


class _Judge:
    """What sources say now beside what they said before."""

    def __init__(
        self, gathered: Mapping[Key, Gathered], old: Catalog, sources: Mapping[str, date], today: date
    ) -> None:
        self._gathered = gathered
        self._sources = sources
        self._today = today
        self._before = _by_key(old)
        self._kin: dict[tuple[str, str, str, str], list[Key]] = defaultdict(list)
        for key in gathered:
            if key[1] in SIBLING_CHANNELS:
                self._kin[key[0], key[2], key[3], key[4]].append(key)
        self._changes: list[Change] = []
        self._said: Counter[tuple[str, str]] = Counter()
        self._new: list[tuple[Change, Fact | None]] = []
        self._compare()
        self._mass = self._sorts_that_moved()

    def _compare(self) -> None:
        """Sort every claim: as before, changed, or new."""
        for key, each in self._gathered.items():
            offering = self._before.get(key)
            if offering is None:
                continue
            for name, group in each.claims.items():
                fact = offering.facts.get(name)
                for w in group:
                    if w.source not in self._sources:
                        continue
                    before = _operative(fact, w.source)
                    if not before:
                        change = Change(key=key, field=name, source=w.source, claim=w, was=None)
                        self._new.append((change, fact))
                        continue
                    self._said[w.source, sort_of(name)] += 1
                    if any(c.value == w.value for c in before):
                        continue
                    was = _same_row(before, offering, each.records[w.record].id)
                    self._changes.append(Change(key=key, field=name, source=w.source, claim=w, was=was))

    def _sorts_that_moved(self) -> frozenset[tuple[str, str]]:
        """The sorts of claim of which a source changed more than a fifth at once."""
        counts = Counter((c.source, sort_of(c.field)) for c in self._changes)
        return frozenset(
            at for at, n in counts.items() if n >= MANY and n > self._said[at] * Decimal(str(SHRINKS))
        )

    def many(self) -> Iterator[tuple[Change, Smell]]:
        """Every change of a sort that moved as a whole."""
        for change in self._changes:
            if (change.source, sort_of(change.field)) in self._mass:
                yield change, Smell.MANY

    def suspicions(self) -> Iterator[tuple[Change, Smell]]:
        """Every other change that smells."""
        for change in self._changes:
            if (change.source, sort_of(change.field)) not in self._mass and (why := self._smell(change)):
                yield change, why
        for change, fact in self._new:
            if why := self._smell_of_new(change, fact):
                shown = (
                    replace(change, was=Claim(record="", value=fact.value)) if fact and fact.value else change
                )
                yield shown, why
        yield from self._vanished()

    def _smell(self, change: Change) -> Smell | None:
        claim, was = change.claim, change.was
        # What was suspect before is no measure; the gates look at what came in its place.
        if claim is None or was is None or was.suspect or self._borne_out(change.key, change.field, claim):
            return None
        return (
            smell(change.field, was.value, claim.value, self._today)
            or self._another(change, claim, was)
            or self._breaks(change, claim, was)
        )

    def _borne_out(self, key: Key, name: str, claim: Weighed) -> bool:
        """Whether another source says the same."""
        return any(
            w.origin != claim.origin and not w.suspect and alike(name, w.value, claim.value)
            for w in self._gathered[key].claims[name]
        )

    def _smell_of_new(self, change: Change, fact: Fact | None) -> Smell | None:
        """A claim by a source that said nothing of the field before."""
        claim, name = change.claim, change.field
        if claim is None or claim.suspect:
            return None
        if fact is not None:
            if fact.value is None or any(c.source == claim.source for c in fact.claims):
                return None
            return (
                None
                if self._borne_out(change.key, name, claim)
                else smell(name, fact.value, claim.value, self._today)
            )
        if (
            name.startswith("price.batch.")
            and change.key[0] == "amazon-bedrock"
            and change.key[1] in PROFILES
        ):
            known = self._before[change.key].facts
            return None if any(n.startswith("price.batch.") for n in known) else Smell.BATCH
        return None

    def _breaks(self, change: Change, claim: Weighed, was: Claim) -> Smell | None:
        """A price that no longer fits its sibling regions', where it did before."""
        if not change.field.startswith("price.") or not was.value or not claim.value:
            return None
        others = self._siblings(change)
        if not others:
            return None
        before = Decimal(str(was.value)) / median(b for _, b in others)
        after = Decimal(str(claim.value)) / median(a for a, _ in others)
        inside = SIBLINGS[0] <= before <= SIBLINGS[1] and not SIBLINGS[0] <= after <= SIBLINGS[1]
        return Smell.REGION if inside and max(before / after, after / before) >= BREAKS else None

    def _siblings(self, change: Change) -> list[tuple[Decimal, Decimal]]:
        """What the same source says of the same price elsewhere, now and before."""
        key, name, source = change.key, change.field, change.source
        each, offering = self._gathered[key], self._before[key]
        base, _, region = name.partition("/")
        found = [
            (_now(each, n, source), _then(offering, n, source))
            for n in each.claims
            if n.partition("/")[0] == base and n != name
        ]
        if region and all(price := (_now(each, base, source), _then(offering, base, source))):
            return [price]
        if not any(map(all, found)) and not region and key[1] in SIBLING_CHANNELS:
            prices = {
                str(k[1]): (_now(self._gathered[k], name, source), _then(self._before[k], name, source))
                for k in self._kin[key[0], key[2], key[3], key[4]]
                if k != key and k in self._before
            }
            channel = sibling_base({c: p[0] for c, p in prices.items()})
            found = [prices[channel]] if channel else [*prices.values()]
        return [price for price in found if all(price)]

    def _another(self, change: Change, claim: Weighed, was: Claim) -> Smell | None:
        """Whether the model now has both prices of one whose name begins with its own, or the other way."""
        name, key, source = change.field, change.key, change.source
        if not name.startswith("price.") or parse_price_field(name).meter != Meter.INPUT:
            return None
        ratio = Decimal(str(claim.value)) / Decimal(str(was.value)) if was.value else Decimal(1)
        output = name.replace("input", "output", 1)
        prices = Decimal(str(claim.value)), _now(self._gathered[key], output, source)
        if Decimal("0.5") <= ratio <= 2 or not all(prices):
            return None
        for other, offering in self._before.items():
            if other[:2] != key[:2] or other[2] == key[2]:
                continue
            alike_named = other[2].startswith(key[2]) or key[2].startswith(other[2])
            if alike_named and prices == tuple(_then(offering, n, source) for n in (name, output)):
                return Smell.ANOTHER
        return None

    def _vanished(self) -> Iterator[tuple[Change, Smell]]:
        """What a source no longer says of an offering it still lists, and whose absence would mislead."""
        for key, each in self._gathered.items():
            offering = self._before.get(key)
            if offering is None:
                continue
            still = {source_of(label) for label in each.records} & self._sources.keys()
            for name, fact in offering.facts.items():
                for source in still & {c.source for c in fact.claims}:
                    if any(w.source == source for w in each.claims.get(name, ())):
                        continue
                    before = _operative(fact, source)
                    if before and (why := self._misses(name, before[0], each, source)):
                        yield Change(key=key, field=name, source=source, claim=None, was=before[0]), why

    def _misses(self, name: str, was: Claim, each: Gathered, source: str) -> Smell | None:
        if name == "retires":
            said = day(str(was.value))
            return Smell.RISEN if said and said < self._today else None
        if name == "status":
            return Smell.RISEN if was.value == "retired" else None
        if not name.startswith("price.") or ">" not in name:
            return None
        rate = parse_price_field(name)
        stem = name.partition(">")[0]
        base = replace(rate, above_tokens=0).field
        limit = max(_now(each, n, source) for n in ("context_tokens", "max_input_tokens"))
        tiered = any(
            n.startswith(f"{stem}>") and any(w.source == source for w in group)
            for n, group in each.claims.items()
        )
        if not _now(each, base, source) or tiered or 0 < limit <= rate.above_tokens:
            return None
        return Smell.TIER

    def put_back(self, change: Change, why: str) -> None:
        """What the source said before, in the place of what it says now; that is held."""
        each = self._gathered[change.key]
        group = each.claims.setdefault(change.field, [])
        label = next(r for r in each.records if source_of(r) == change.source)
        if change.claim is not None:
            group[group.index(change.claim)] = change.claim.because(f"{HELD}: {why}")
            label = change.claim.record
        # A claim that is new has nothing to go back to: the fact stands as the others make it.
        if change.was is None or not change.was.record:
            return
        if any(w.source == change.source and w.value == change.was.value for w in group):
            return
        group.append(
            Weighed(
                record=label,
                source=change.source,
                origin=change.claim.origin if change.claim else change.source,
                as_of=self._sources[change.source],
                value=change.was.value,
                since=change.was.since,
            )
        )


def _operative(fact: Fact | None, source: str) -> list[Claim]:
    """What a source said of a field before, without what was held then."""
    return [
        c
        for c in (fact.claims if fact else ())
        if c.source == source and not c.note.startswith(f"suspect: {HELD}")
    ]


def _same_row(before: list[Claim], offering: Offering, row: str) -> Claim:
    """Of what a source said before, the claim that stood in the same row; else the first."""
    return next(
        (c for c in before if c.record in offering.records and offering.records[c.record].id == row),
        before[0],
    )


def _now(each: Gathered, name: str, source: str) -> Decimal:
    return next((Decimal(str(w.value)) for w in each.claims.get(name, ()) if w.source == source), Decimal(0))


def _then(offering: Offering, name: str, source: str) -> Decimal:
    return next((Decimal(str(c.value)) for c in _operative(offering.facts.get(name), source)), Decimal(0))


def _lists(each: Gathered | None, source: str) -> bool:
    return each is not None and any(source_of(label) == source for label in each.records)


def used_up(approved: Collection[str], used: Collection[str]) -> Iterator[str]:
    """The approvals by id that let nothing through any more."""
    for line in sorted(approved):
        if len(line.split()) == 1 and line not in {*used, "all"}:
            yield line
