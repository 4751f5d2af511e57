"""Records and what people write → the catalog: every fact with all its claims, the chosen one by rule.

For each field of an offering: claims that look wrong are held back (`gates`), of the others the source
that stands first in the field's precedence (`fields`) decides, but a claim from a source much older than
the freshest one, which no fresh source bears out, yields to it. What differs stays visible in the fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.curated.identity_rules import Rules
from generator.curated.overrides import Override
from generator.garbage import uncollected
from generator.ledger.assembled import (
    assemble_labs,
    assemble_offering,
    assemble_providers,
)
from generator.ledger.family_efforts import with_family_efforts
from generator.ledger.gather import Gathered, gather
from generator.ledger.holds.changes import Holding
from generator.ledger.holds.holds import hold_changes, hold_losses, hold_newcomers, used_up
from generator.ledger.judging.dates import began
from generator.ledger.judging.judged import judged_facts
from generator.ledger.judging.ladders import steps_by_model
from generator.ledger.judging.whole_ladders import align_steps
from generator.ledger.last_good import NOTHING, LastGood, both
from generator.ledger.model_facts import Unmeant, assemble_model
from generator.ledger.overridden import Reread, removable_overrides, to_reread
from generator.ledger.placing.placed import Placed, counted, place_records
from generator.sources.records import SourceRecord
from playground.catalog import Catalog, Key, Provider, SourceState, Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a catalog is made of; `today` decides which dated prices hold.

    `last` stands in for the sources that could not be read. Changes from the catalog `old` that smell are
    held, but for those `approved` by their ids.
    """

    records: Collection[SourceRecord]
    rules: Rules
    providers: Mapping[str, Provider]
    sources: Mapping[str, SourceState]
    today: date
    overrides: tuple[Override, ...] = ()
    last: LastGood = NOTHING
    old: Catalog | None = None
    approved: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The catalog with what a maintainer should know of how it came about."""

    catalog: Catalog
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]]
    removable: tuple[Override, ...]
    aimless: tuple[Override, ...]
    reread: tuple[Reread, ...]
    used_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """The offerings as gathered once what smells is held, and the last good data that they now rest on."""

    gathered: Mapping[Key, Gathered]
    last: LastGood
    losses: Holding
    new: Holding
    changes: Holding


@uncollected()
def reconcile(inputs: Inputs) -> Reconciled:
    """The catalog that the records make under the rules, with what is held and what no rule places."""
    served = inputs.last.offerings.keys()
    placed = place_records(inputs.records, inputs.rules, inputs.providers, served)
    held = _gathered_and_held(inputs, placed)
    catalog = _assembled(inputs, placed, held)
    named = {*catalog.models, *(o.key for o in catalog.offerings)}
    overrides, used = inputs.overrides, held.losses.used | held.new.used | held.changes.used
    return Reconciled(
        catalog=catalog,
        unplaced={
            source: {reason: tuple(sorted(ids)) for reason, ids in sorted(reasons.items())}
            for source, reasons in sorted({**placed.unplaced, **held.last.unplaced}.items())
        },
        removable=tuple(removable_overrides(overrides, catalog)),
        aimless=tuple(o for o in overrides if o.target not in named),
        reread=tuple(to_reread(overrides, catalog, inputs.today)),
        used_up=tuple(used_up(inputs.approved, used)),
    )


def _gathered_and_held(inputs: Inputs, placed: Placed) -> _Held:
    """Every offering's records brought together, with what it said before where a change smells."""
    last, sources, today = inputs.last, inputs.sources, inputs.today

    steps = steps_by_model(_exact(placed, last, today))

    def gathered_at(key: Key, last: LastGood) -> Gathered:
        elsewhere = steps.get(key.model, ())
        return gather(placed.by_offering.get(key, []), sources, today, last.offerings.get(key), elsewhere)

    gathered = {key: gathered_at(key, last) for key in placed.by_offering.keys() | last.offerings.keys()}
    align_steps(gathered)
    if inputs.old is None:
        return _Held(gathered=gathered, last=last, losses=Holding(), new=Holding(), changes=Holding())
    losses = hold_losses(gathered, inputs.old, placed.counts, today, inputs.approved)
    last = both(last, losses.last)
    if losses.last.offerings:
        gathered |= {key: gathered_at(key, last) for key in losses.last.offerings}
        align_steps(gathered)
    new = hold_newcomers(gathered, inputs.old, placed.counts, today, inputs.approved)
    as_of = {source: sources[source].as_of for source in placed.counts}
    changes = hold_changes(gathered, inputs.old, as_of, today, inputs.approved)
    return _Held(gathered=gathered, last=last, losses=losses, new=new, changes=changes)


def _exact(placed: Placed, last: LastGood, today: date) -> Iterator[tuple[str, set[str]]]:
    """For each offering its model and the steps of prices that sources name exactly."""
    for key, group in placed.by_offering.items():
        claims = (c for _, record in group for c in record.claims if ">" in c.field)
        yield key.model, {c.field for c in claims if not c.from_there_on and c.holds(today)}
    for key, gathered in last.offerings.items():
        yield key.model, set(gathered.claims)


def _assembled(inputs: Inputs, placed: Placed, held: _Held) -> Catalog:
    """The catalog of what was gathered, with what people set over it."""
    gathered, last, sources = held.gathered, held.last, inputs.sources
    overrides: dict[str, dict[str, Override]] = defaultdict(dict)
    for override in inputs.overrides:
        overrides[override.target][override.field] = override
    unmeant = Unmeant.among(placed.by_model, inputs.rules)
    models = {
        m: assemble_model(
            m,
            placed.by_model.get(m, []),
            last.models.get(m),
            inputs.rules,
            sources,
            overrides.get(m, {}),
            unmeant,
        )
        for m in sorted({key.model for key in gathered})
    }
    begun = {name: began(model) for name, model in models.items()}
    closed = frozenset(name for name, model in models.items() if model.value("open_weights") == Support.NO)
    judged = judged_facts(gathered, inputs.providers, begun, closed)
    offerings = [
        with_family_efforts(
            assemble_offering(key, gathered[key], judged[key], overrides.get(str(key), {})),
            inputs.providers.get(key.provider),
        )
        for key in sorted(gathered)
    ]
    return Catalog(
        labs=assemble_labs(models, inputs.rules.lab_names),
        models=models,
        providers=assemble_providers(
            inputs.providers,
            {**last.providers, **placed.providers},
            {key.provider for key in gathered},
        ),
        offerings=tuple(offerings),
        sources={
            source: last.sources.get(source) or counted(state, placed.counts[source])
            for source, state in sources.items()
            if source in placed.counts or source in last.sources
        },
        held=(*held.losses.held, *held.new.held, *held.changes.held),
    )
