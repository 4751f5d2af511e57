"""The catalog held against a sample of first-party facts: what is right, wrong, wrong in silence, unknown."""

from __future__ import annotations

from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from generator.curated.fields import NUMBERS, PARAMETERS, exact_limits
from generator.curated.truth import EVERY_STEP, PLACE, TrueFact, steps
from generator.store.events import Event, EventKind, FieldChange
from generator.views.report import sort_of_field
from playground.catalog import Catalog, Claim, Fact, Offering, Standing, Support, Value
from playground.catalog.regions import ALL_REGIONS, SOME_REGIONS, Zone, in_region, stays_within


class Verdict(StrEnum):
    """What the catalog makes of a fact; where it is wrong but disputed or in doubt, its reader is warned.

    A price may change after the page was read: that says nothing of the catalog of today.
    """

    RIGHT = "right"
    DISPUTED = "wrong, disputed"
    UNDISPUTED = "wrong, undisputed"
    UNKNOWN = "unknown"
    CHANGED = "changed since"


#: The standings that warn a reader.
WARNED = {Standing.DISPUTED, Standing.DOUBTFUL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One fact of the sample with what the catalog says; `fact` is None where it says nothing."""

    true: TrueFact
    fact: Fact | None
    verdict: Verdict

    @property
    def wrong(self) -> bool:
        return self.verdict in (Verdict.DISPUTED, Verdict.UNDISPUTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many facts of a sort there are, and how many of them are what."""

    name: str
    counts: Mapping[Verdict, int]

    @property
    def facts(self) -> int:
        return sum(self.counts.values())


def judged(sample: Iterable[TrueFact], catalog: Catalog, history: Iterable[Event] = ()) -> list[Judged]:
    """Each fact of the sample held against the catalog and its history, in the sample's order."""
    # What is true of a model wherever it runs may be asked of an offering of it.
    facts: dict[str, Mapping[str, Fact]] = {
        o.key: ChainMap(dict(o.facts), dict(catalog.models[o.model].facts)) for o in catalog.offerings
    }
    facts |= {model.id: model.facts for model in catalog.models.values()}
    offerings = {o.key: o for o in catalog.offerings}
    changes = _price_changes(history)
    judgements = []
    for true in sample:
        of = facts.get(true.target, {})
        if PLACE.fullmatch(true.field):
            fact = _place(true.field, offerings.get(true.target), catalog)
        else:
            fact = _every_step(true.field, of) if true.field.endswith(EVERY_STEP) else _step(true.field, of)
        verdict = _verdict(true, fact, there=true.target in facts)
        if fact and _changed_since(true, fact, changes.get((true.target, true.field), ())):
            verdict = Verdict.CHANGED
        judgements.append(Judged(true=true, fact=fact, verdict=verdict))
    return judgements


def by_field(judgements: Iterable[Judged]) -> list[Tally]:
    """A row per sort of field, the commonest first; `all` at the top."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in judgements:
        for name in ("all", sort_of_field(one.true.field)):
            counts[name][one.verdict] += 1
    return _tallies(counts)


def by_source(judgements: Iterable[Judged]) -> list[Tally]:
    """A row per source, the one with most claims first: what it claims itself, whatever the catalog chose."""
    counts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for one in judgements:
        for claim in one.fact.claims if one.fact and one.verdict != Verdict.CHANGED else ():
            if same(one.true.field, claim.value, one.true.value):
                counts[claim.source][Verdict.RIGHT] += 1
            else:
                silent = one.verdict != Verdict.DISPUTED
                counts[claim.source][Verdict.UNDISPUTED if silent else Verdict.DISPUTED] += 1
    return _tallies(counts)


def _tallies(counts: Mapping[str, Counter[Verdict]]) -> list[Tally]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    return [Tally(name=name, counts={v: c[v] for v in Verdict}) for name, c in ordered]


def _verdict(true: TrueFact, fact: Fact | None, *, there: bool) -> Verdict:
    value: Value | None = fact.value if fact else None
    if value is None:
        # That there is none is a fact too, where the catalog has the offering.
        return Verdict.RIGHT if there and true.value is None else Verdict.UNKNOWN
    if same(true.field, value, true.value):
        return Verdict.RIGHT
    return Verdict.DISPUTED if fact and fact.standing in WARNED else Verdict.UNDISPUTED


def _price_changes(history: Iterable[Event]) -> Mapping[tuple[str, str], list[tuple[date, FieldChange]]]:
    """The changes of each price of each offering, in the order in which they were noted."""
    changes: dict[tuple[str, str], list[tuple[date, FieldChange]]] = defaultdict(list)
    for event in history:
        for change in event.changes if event.kind == EventKind.PRICE else ():
            changes[event.target, change.field].append((event.day, change))
    return changes


def _changed_since(true: TrueFact, fact: Fact, changes: Iterable[tuple[date, FieldChange]]) -> bool:
    """Whether the catalog had the page's price too, until independent sources agreed on the one of today."""
    return fact.standing == Standing.AGREED and any(
        day > true.read and same(true.field, change.was, true.value) and change.now == fact.value
        for day, change in changes
        if not same(true.field, fact.value, true.value)
    )


def same(field: str, value: Value | None, true: Value | None) -> bool:
    """Whether both say the same; a page that says 256k of 262,144 tokens, or a month, only rounds."""
    if field == "knowledge":
        return str(value)[:7] == str(true)[:7]
    if field == "released":
        return str(true).startswith(str(value))
    if field not in NUMBERS - PARAMETERS or not isinstance(true, int):
        return value == true
    return value in exact_limits(true)


def _place(field: str, offering: Offering | None, catalog: Catalog) -> Fact | None:
    """Whether an offering is in a place, as the chooser judges it; None where nobody says."""
    asked = PLACE.fullmatch(field)
    if offering is None or asked is None:
        return None
    regions, some = offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)
    if asked["zone"]:
        holds = stays_within(catalog.residency(offering), regions, Zone(asked["zone"]), some)
    else:
        holds = in_region(asked["region"], regions, some)
    return None if holds == Support.UNKNOWN else Fact(value=str(holds), standing=Standing.SINGLE, claims=())


def _step(field: str, facts: Mapping[str, Fact]) -> Fact | None:
    """The fact of a field; a step at the price below it, chosen or claimed, is none."""
    fact = facts.get(field)
    beginning, _, tokens = field.partition(">")
    if fact is None or not tokens.isdigit():
        return fact
    sizes = [0, *(size for size in _sizes(f"{beginning}>", facts) if size < int(tokens))]
    below = [facts[n] for size in sizes if (n := f"{beginning}>{size}" if size else beginning) in facts]
    prices = {claim.source: claim.value for lower in below for claim in lower.claims}
    claims = tuple(c for c in fact.claims if prices.get(c.source) != c.value)
    level = bool(below) and below[-1].value == fact.value
    return replace(fact, value=None if level else fact.value, claims=claims)


def _sizes(beginning: str, facts: Mapping[str, Fact]) -> list[int]:
    """The sizes of input at which a price has steps, in order; `beginning` is `price.input>`."""
    ends = (name[len(beginning) :] for name in facts if name.startswith(beginning))
    return sorted(int(end) for end in ends if end.isdigit())


def _every_step(field: str, facts: Mapping[str, Fact]) -> Fact | None:
    """All steps of a price as one fact, with what each source claims of them; None where there are none."""
    beginning = field.removesuffix("*")
    own = {size: fact for size in _sizes(beginning, facts) if (fact := _step(f"{beginning}{size}", facts))}
    if not own:
        return None
    by_name: dict[str, dict[int, Value]] = defaultdict(dict)
    for tokens, fact in own.items():
        for claim in fact.claims:
            by_name[claim.source][tokens] = claim.value
    known = {tokens: fact.value for tokens, fact in own.items() if fact.value is not None}
    disputed = any(fact.standing in WARNED for fact in own.values())
    return Fact(
        value=steps(known) if known else None,
        standing=Standing.DISPUTED if disputed else Standing.SINGLE,
        claims=tuple(Claim(record=source, value=steps(prices)) for source, prices in by_name.items()),
    )
