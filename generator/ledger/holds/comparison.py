"""What sources say now beside what they said before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from statistics import median

from generator.curated.fields import OWN_ROWS
from generator.ledger.gather import Gathered
from generator.ledger.holds.changes import Change
from generator.ledger.holds.smells import Suspicion, suspicion
from generator.ledger.judging.gates import HELD, Weighed
from generator.ledger.judging.ladders import stated
from generator.ledger.judging.precedence import alike
from generator.ledger.judging.siblings import SIBLING_CHANNELS, SIBLINGS, sibling_base
from generator.ledger.refresh.acceptance import SHRINKS, sort_of
from generator.sources.independence import are_independent
from generator.sources.records import day
from playground.catalog import Catalog, Channel, Claim, Fact, Key, Offering, Value, source_of
from playground.catalog.prices import Meter, parse_price_field

#: A region breaks from its siblings where their ratio leaves the band and moves at least this much.
BREAKS = Decimal("1.5")
#: Fewer than this many changes, or offerings gone, are not many at once.
MANY, MANY_GONE = 20, 5
#: In the variant of what costs nothing by its name.
FREE_VARIANT = "free"
#: On Bedrock, price lists have named batch prices for profiles across regions that were never sold.
PROFILES = {Channel.US, Channel.EU, Channel.GLOBAL, Channel.APAC, Channel.JP, Channel.AU}


def by_key(catalog: Catalog) -> dict[Key, Offering]:
    """The catalog's offerings by their keys."""
    return {o.sort_key(): o for o in catalog.offerings}


class Comparison:
    """What sources say now beside what they said before."""

    def __init__(
        self, gathered: Mapping[Key, Gathered], old: Catalog, sources: Mapping[str, date], today: date
    ) -> None:
        self._gathered = gathered
        self._sources = sources
        self._today = today
        self._before = {key: _stated(offering) for key, offering in by_key(old).items()}
        self._kin: dict[tuple[str, str, str, str], list[Key]] = defaultdict(list)
        for key in gathered:
            if key.channel in SIBLING_CHANNELS:
                self._kin[key.but_channel].append(key)
        self._changes: list[Change] = []
        self._new: list[tuple[Change, Fact | None]] = []
        self._compare()
        self._mass = self._sorts_that_moved()

    def _compare(self) -> None:
        """Sort every claim: as before, changed, or new."""
        # A fact that stands alike at many offerings was read once: there it is one and the same.
        known: dict[int, Mapping[str, Sequence[Claim]]] = {}
        for key, each in self._gathered.items():
            offering = self._before.get(key)
            if offering is None:
                continue
            for name, group in each.claims.items():
                fact = offering.facts.get(name)
                before_by = known.get(id(fact))
                if before_by is None:
                    before_by = known[id(fact)] = _by_source(fact)
                for w in group:
                    before = before_by.get(w.source)
                    if before and before[0].value == w.value:  # as of nearly all
                        continue
                    if w.source not in self._sources:
                        continue
                    if not before:
                        change = Change(key=key, field=name, source=w.source, claim=w, was=None)
                        self._new.append((change, fact))
                        continue
                    if w.value in [c.value for c in before]:
                        continue
                    was = _same_row(before, offering, each.records[w.record].id)
                    self._changes.append(Change(key=key, field=name, source=w.source, claim=w, was=was))

    def _sorts_that_moved(self) -> frozenset[tuple[str, str]]:
        """The sorts of claim of which a source changed more than a fifth at once."""
        counts = Counter((c.source, sort_of(c.field)) for c in self._changes)
        return frozenset(
            at for at, n in counts.items() if n >= MANY and n > self._count(*at) * Decimal(str(SHRINKS))
        )

    def _count(self, source: str, sort: str) -> int:
        """How many claims of a sort a source makes now of fields of which it made some before."""
        return sum(
            sum(w.source == source for w in group)
            for key, each in self._gathered.items()
            if key in self._before
            for name, group in each.claims.items()
            if sort_of(name) == sort and _operative(self._before[key].facts.get(name), source)
        )

    def many(self) -> Iterator[tuple[Change, Suspicion]]:
        """Every change of a sort that moved as a whole."""
        for change in self._changes:
            if (change.source, sort_of(change.field)) in self._mass:
                yield change, Suspicion.MANY

    def suspicions(self) -> Iterator[tuple[Change, Suspicion]]:
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

    def _smell(self, change: Change) -> Suspicion | None:
        claim, was = change.claim, change.was
        # What was suspect before is no measure; the gates look at what came in its place.
        if claim is None or was is None or was.suspect:
            return None
        if _falls_to_zero(change, was.value):
            return None if self._may_cost_nothing(change) else Suspicion.ZERO
        if self._borne_out(change.key, change.field, claim):
            return None
        return (
            suspicion(change.field, was.value, claim.value, self._today)
            or self._another(change, claim, was)
            or self._breaks(change, claim, was)
        )

    def _may_cost_nothing(self, change: Change) -> bool:
        """Whether it is free by its name, or who asks the price says that it is nothing.

        Sources copy from each other, slips too: that another one says the same is not enough.
        """
        key = change.key
        if FREE_VARIANT in key.variant.split("-"):
            return True
        own = OWN_ROWS.get(key.provider, ())
        return any(w.source in own and w.value == 0 for w in self._gathered[key].claims[change.field])

    def _borne_out(self, key: Key, name: str, claim: Weighed) -> bool:
        """Whether another source says the same."""
        return any(
            are_independent(w.origin, claim.origin) and not w.suspect and alike(name, w.value, claim.value)
            for w in self._gathered[key].claims[name]
        )

    def _smell_of_new(self, change: Change, fact: Fact | None) -> Suspicion | None:
        """A claim by a source that said nothing of the field before."""
        claim, name = change.claim, change.field
        if claim is None or claim.suspect:
            return None
        if fact is not None:
            if fact.value is None or any(c.source == claim.source for c in fact.claims):
                return None
            if _falls_to_zero(change, fact.value):
                return None if self._may_cost_nothing(change) else Suspicion.ZERO
            return (
                None
                if self._borne_out(change.key, name, claim)
                else suspicion(name, fact.value, claim.value, self._today)
            )
        if (
            name.startswith("price.batch.")
            and change.key.provider == "amazon-bedrock"
            and change.key.channel in PROFILES
        ):
            known = self._before[change.key].facts
            return None if any(n.startswith("price.batch.") for n in known) else Suspicion.BATCH
        return None

    def _breaks(self, change: Change, claim: Weighed, was: Claim) -> Suspicion | None:
        """A price that no longer fits its sibling regions', where it did before."""
        if not change.field.startswith("price.") or not was.value or not claim.value:
            return None
        others = self._siblings(change)
        if not others:
            return None
        before = Decimal(str(was.value)) / median(b for _, b in others)
        after = Decimal(str(claim.value)) / median(a for a, _ in others)
        inside = SIBLINGS[0] <= before <= SIBLINGS[1] and not SIBLINGS[0] <= after <= SIBLINGS[1]
        return Suspicion.REGION if inside and max(before / after, after / before) >= BREAKS else None

    def _siblings(self, change: Change) -> list[tuple[Decimal, Decimal]]:
        """What the same source says of the same price elsewhere, now and before."""
        key, name, source = change.key, change.field, change.source
        each, offering = self._gathered[key], self._before[key]
        base, _, region = name.partition("/")
        siblings = [
            (_now(each, n, source), _then(offering, n, source))
            for n in each.claims
            if n.partition("/")[0] == base and n != name
        ]
        if region and all(price := (_now(each, base, source), _then(offering, base, source))):
            return [price]
        if not any(map(all, siblings)) and not region and key.channel in SIBLING_CHANNELS:
            prices = {
                str(k.channel): (_now(self._gathered[k], name, source), _then(self._before[k], name, source))
                for k in self._kin[key.but_channel]
                if k != key and k in self._before
            }
            channel = sibling_base({c: p[0] for c, p in prices.items()})
            siblings = [prices[channel]] if channel else [*prices.values()]
        return [price for price in siblings if all(price)]

    def _another(self, change: Change, claim: Weighed, was: Claim) -> Suspicion | None:
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
            if (other.provider, other.channel) != (key.provider, key.channel) or other.model == key.model:
                continue
            alike_named = other.model.startswith(key.model) or key.model.startswith(other.model)
            if alike_named and prices == tuple(_then(offering, n, source) for n in (name, output)):
                return Suspicion.ANOTHER
        return None

    def _vanished(self) -> Iterator[tuple[Change, Suspicion]]:
        """What a source no longer says of an offering it still lists, and whose absence would mislead."""
        for key, each in self._gathered.items():
            offering = self._before.get(key)
            if offering is None:
                continue
            still = {source_of(label) for label in each.records} & self._sources.keys()
            for name, fact in offering.facts.items():
                if not _is_missed(name):
                    continue
                says = {w.source for w in each.claims.get(name, ())}
                for source in {source_of(c.record) for c in fact.claims}:
                    if source in says or source not in still:
                        continue
                    before = _operative(fact, source)
                    if before and (why := self._misses(name, before[0], each, source)):
                        yield Change(key=key, field=name, source=source, claim=None, was=before[0]), why

    def _misses(self, name: str, was: Claim, each: Gathered, source: str) -> Suspicion | None:
        """Why a claim is missed of a field that `_is_missed`; None where its absence does not mislead."""
        if name == "retires":
            retired = day(str(was.value))
            return Suspicion.RISEN if retired and retired < self._today else None
        if name == "status":
            return Suspicion.RISEN if was.value == "retired" else None
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
        return Suspicion.TIER

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


def _is_missed(name: str) -> bool:
    """Whether the absence of a field may mislead: of an end that was near, or of a step of a price."""
    return name in ("retires", "status") or (">" in name and name.startswith("price."))


def _falls_to_zero(change: Change, was: Value) -> bool:
    """Whether a price that was something is nothing now."""
    return change.field.startswith("price.") and bool(was) and bool(change.claim and change.claim.value == 0)


def _stated(offering: Offering) -> Offering:
    """The offering with what sources stated of it."""
    facts = stated(offering.facts)
    return offering if facts is offering.facts else replace(offering, facts=facts)


#: How the note begins of what was held.
_HELD = f"suspect: {HELD}"


def _by_source(fact: Fact | None) -> Mapping[str, Sequence[Claim]]:
    """What each source said of a field before, without what was held then."""
    claims: dict[str, list[Claim]] = {}
    for claim in fact.claims if fact else ():
        if not claim.note.startswith(_HELD):
            claims.setdefault(source_of(claim.record), []).append(claim)
    return claims


def _operative(fact: Fact | None, source: str) -> Sequence[Claim]:
    """What one source said of a field before, without what was held then."""
    return _by_source(fact).get(source, ())


def _same_row(before: Sequence[Claim], offering: Offering, row: str) -> Claim:
    """Of what a source said before, the claim that stood in the same row; else the first."""
    return next(
        (c for c in before if c.record in offering.records and offering.records[c.record].id == row),
        before[0],
    )


def _now(each: Gathered, name: str, source: str) -> Decimal:
    return next((Decimal(str(w.value)) for w in each.claims.get(name, ()) if w.source == source), Decimal(0))


def _then(offering: Offering, name: str, source: str) -> Decimal:
    return next((Decimal(str(c.value)) for c in _operative(offering.facts.get(name), source)), Decimal(0))


def lists(each: Gathered | None, source: str) -> bool:
    """Whether a source has a record of the offering."""
    return each is not None and any(source_of(label) == source for label in each.records)
