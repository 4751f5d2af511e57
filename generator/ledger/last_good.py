"""What the catalog holds of a source, taken back out of it: its last good data, for when it cannot be read.

The catalog names the source of every claim, so the catalog as committed is all that a refresh needs to go on
without one of them: no copy of anybody's file lies in the repository.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from generator.ledger.gather import INFERRED, Gathered
from generator.ledger.judging.fillers import KNOWLEDGE
from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.ladders import stated
from generator.ledger.judging.open_weights import UNMEANT
from generator.ledger.judging.precedence import origin_of
from generator.ledger.not_before import RETIRES, is_first_by_rule
from playground.catalog import Catalog, Claim, Fact, Key, Offering, Provider, Record, SourceState, source_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LastGood:
    """The last good data of some sources: by offering, by model, and how they stood."""

    offerings: Mapping[Key, Gathered] = field(default_factory=dict)
    models: Mapping[str, Gathered] = field(default_factory=dict)
    providers: Mapping[str, Provider] = field(default_factory=dict)
    sources: Mapping[str, SourceState] = field(default_factory=dict)
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


#: No source is missing.
NOTHING = LastGood()


def last_good(
    old: Catalog, unplaced: Mapping[str, Mapping[str, tuple[str, ...]]], sources: Collection[str]
) -> LastGood:
    """What the old catalog holds of those sources."""
    offerings = {o.sort_key(): g for o in old.offerings if (g := _of_offering(o, sources, old))}
    served = {key.provider for key in offerings}
    return LastGood(
        offerings=offerings,
        models={
            m.id: g for m in old.models.values() if (g := _gathered(m.records, m.facts, sources, old)).records
        },
        providers={
            p.id: Provider(id=p.id, name=p.name, docs=p.docs, api=p.api)
            for p in old.providers.values()
            if p.id in served
        },
        sources={s: old.sources[s] for s in sources if s in old.sources},
        unplaced={s: unplaced[s] for s in sources if s in unplaced},
    )


def _of_offering(offering: Offering, sources: Collection[str], old: Catalog) -> Gathered | None:
    gathered = _gathered(offering.records, offering.facts, sources, old)
    if not gathered.records:
        return None
    # The catalog does not say which source calls it what: what it was called stays until all are read again.
    gathered.ids = offering.ids
    gathered.history = tuple(s for s in offering.history if source_of(s.record) in sources)
    return gathered


def _gathered(
    records: Mapping[str, Record], facts: Mapping[str, Fact], sources: Collection[str], old: Catalog
) -> Gathered:
    return Gathered(
        records={label: r for label, r in records.items() if source_of(label) in sources},
        claims=_claims(stated(facts).items(), records, sources, old),
    )


def _claims(
    facts: Iterable[tuple[str, Fact]],
    records: Mapping[str, Record],
    sources: Collection[str],
    old: Catalog,
) -> Claims:
    return {
        RETIRES if is_first_by_rule(name, fact) else name: group
        for name, fact in facts
        if (
            group := [
                Weighed(
                    record=c.record,
                    source=c.source,
                    origin=origin_of(c.record, records),
                    as_of=old.sources[c.source].as_of,
                    value=c.value,
                    since=c.since,
                    suspect=_unmeant(name, c),
                    inferred=_inferred(fact, c.source),
                )
                for c in fact.claims
                if c.source in sources and c.source in old.sources
            ]
        )
    }


def _inferred(fact: Fact, source: str) -> str:
    """What a source did not say itself of its claim, as the fact's reason has it."""
    reason = re.search(rf"\b{re.escape(source)} ({INFERRED.pattern})", fact.reason)
    return reason[1] if reason else ""


def _unmeant(name: str, claim: Claim) -> str:
    """Why a claim of a model was not meant; only its rows tell, and of those the catalog keeps one."""
    return claim.suspicion if name == KNOWLEDGE or claim.suspicion == UNMEANT else ""


def both(a: LastGood, b: LastGood) -> LastGood:
    """Two sources' last good data as one."""
    return LastGood(
        offerings=_merged(a.offerings, b.offerings),
        models=_merged(a.models, b.models),
        providers={**a.providers, **b.providers},
        sources={**a.sources, **b.sources},
        unplaced={**a.unplaced, **b.unplaced},
    )


def _merged[K](a: Mapping[K, Gathered], b: Mapping[K, Gathered]) -> Mapping[K, Gathered]:
    merged = dict(a)
    for key, theirs in b.items():
        ours = merged.get(key)
        if ours is None:
            merged[key] = theirs
            continue
        claims = {
            name: [*ours.claims.get(name, ()), *theirs.claims.get(name, ())]
            for name in ours.claims | theirs.claims
        }
        merged[key] = Gathered(
            records={**ours.records, **theirs.records},
            claims=claims,
            ids=tuple(sorted({*ours.ids, *theirs.ids})),
            history=(*ours.history, *theirs.history),
        )
    return merged
