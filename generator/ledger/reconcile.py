"""Records and people's edits → the catalog: every fact with all its claims, the chosen one by rule.

For each field of an offering: claims that look wrong are held back (`gates`), of the others the source
that stands first in the field's precedence (`fields`) decides, but a claim from a source much older than
the freshest one, which no fresh source bears out, yields to it. What differs stays visible in the fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.curated.identity_rules import Rules
from generator.curated.overrides import Override
from generator.garbage import uncollected
from generator.ledger.assembled import (
    assemble_labs,
    assemble_model,
    assemble_offering,
    assemble_providers,
    removable_overrides,
)
from generator.ledger.gather import gather
from generator.ledger.holds.changes import Holding
from generator.ledger.holds.holds import hold_changes, hold_losses, used_up
from generator.ledger.identity import Placement, Unplaced, place
from generator.ledger.judged import judged_facts
from generator.ledger.last_good import NOTHING, LastGood, both
from generator.ledger.placed import NOT_SERVED, counted, joins, name_provider
from generator.sources.records import SourceRecord
from playground.catalog import Catalog, Key, Provider, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The catalog with what a maintainer should know of how it came about."""

    catalog: Catalog
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]]
    removable: tuple[Override, ...]
    aimless: tuple[Override, ...]
    used_up: tuple[str, ...] = ()


@uncollected()
def reconcile(
    records: Iterable[SourceRecord],
    rules: Rules,
    providers: Mapping[str, Provider],
    overrides: tuple[Override, ...],
    sources: Mapping[str, SourceState],
    today: date,
    last: LastGood = NOTHING,
    old: Catalog | None = None,
    approved: Collection[str] = (),
) -> Reconciled:
    """The catalog that the records make under the rules; `today` decides which dated prices hold.

    `last` stands in for the sources that could not be read. Changes from the catalog `old` that smell are
    held, but for those `approved` by their ids.
    """
    placed: dict[Key, list[tuple[Placement, SourceRecord]]] = defaultdict(list)
    by_model: dict[str, list[SourceRecord]] = defaultdict(list)
    unplaced: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    joining: list[tuple[Placement, SourceRecord]] = []
    named: dict[str, Provider] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        if record.left_out:
            counts[record.source]["rows"] += record.rows
            counts[record.source][f"left out: {record.left_out}"] += record.rows
            continue
        counts[record.source]["rows"] += record.rows
        counts[record.source]["parsed"] += record.rows
        where = place(record, rules, providers)
        if isinstance(where, Unplaced):
            unplaced[record.source][where.reason].append(record.id)
            counts[record.source][f"unplaced: {where.reason}"] += 1
            continue
        if record.joins:
            joining.append((where, record))
            continue
        counts[record.source]["placed"] += 1
        placed[where.key].append((where, record))
        by_model[where.model].append(record)
        name_provider(named, where.provider, record)
    for where, record in joining:
        joined = [key for key in placed.keys() | last.offerings.keys() if joins(where, key)]
        for key in joined:
            placed[key].append((replace(where, channel=key.channel, variant=key.variant), record))
        if joined:
            counts[record.source]["placed"] += 1
        else:
            unplaced[record.source][NOT_SERVED].append(record.id)
            counts[record.source][f"unplaced: {NOT_SERVED}"] += 1
    set_by = {(o.target, o.field): o for o in overrides}
    gathered = {
        key: gather(placed.get(key, []), sources, today, last.offerings.get(key))
        for key in placed.keys() | last.offerings.keys()
    }
    losses = changes = Holding()
    if old is not None:
        losses = hold_losses(gathered, old, counts, today, approved)
        last = both(last, losses.last)
        for key in losses.last.offerings:
            gathered[key] = gather(placed.get(key, []), sources, today, last.offerings[key])
        as_of = {s: sources[s].as_of for s in counts}
        changes = hold_changes(gathered, old, as_of, today, approved)
    for name, provider in last.providers.items():
        named.setdefault(name, provider)
    judged = judged_facts(gathered, providers)
    offerings = [assemble_offering(key, gathered[key], judged[key], set_by) for key in sorted(gathered)]
    models = {
        m: assemble_model(m, by_model.get(m, []), last.models.get(m), rules, sources, set_by)
        for m in sorted({key.model for key in gathered})
    }
    known = {*models, *(o.key for o in offerings)}
    catalog = Catalog(
        labs=assemble_labs(models),
        models=models,
        providers=assemble_providers(providers, named, {key.provider for key in gathered}),
        offerings=tuple(offerings),
        sources={
            s: last.sources.get(s) or counted(state, counts[s])
            for s, state in sources.items()
            if s in counts or s in last.sources
        },
        held=(*losses.held, *changes.held),
    )
    return Reconciled(
        catalog=catalog,
        unplaced={
            s: {reason: tuple(sorted(ids)) for reason, ids in sorted(reasons.items())}
            for s, reasons in sorted({**unplaced, **last.unplaced}.items())
        },
        removable=tuple(removable_overrides(overrides, offerings, models, sources)),
        aimless=tuple(o for o in overrides if o.target not in known),
        used_up=tuple(used_up(approved, losses.used | changes.used)),
    )
