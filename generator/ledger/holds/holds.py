"""Suspicious changes put back to what was said before, and listed for a person to let through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from generator.ledger.gather import Gathered
from generator.ledger.holds.changes import Change, Groups, Holding
from generator.ledger.holds.comparison import MANY_GONE, Comparison, by_key, lists
from generator.ledger.holds.newcomers import newcomers
from generator.ledger.holds.smells import Suspicion
from generator.ledger.last_good import NOTHING, both, last_good
from generator.ledger.refresh.acceptance import SHRINKS, sort_of
from playground.catalog import Catalog, Held, Key, source_of


def hold_losses(
    gathered: Mapping[Key, Gathered],
    old: Catalog,
    sources: Collection[str],
    today: date,
    approved: Collection[str],
) -> Holding:
    """The offerings of which one of those sources lost many at once at one provider."""
    before = by_key(old)
    listed: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, offering in before.items():
        for source in {source_of(label) for label in offering.records}.intersection(sources):
            listed[source, key.provider].append(key)
    groups: dict[tuple[str, str, Suspicion], list[Change]] = {}
    for (source, provider), keys in listed.items():
        lost = [k for k in keys if not lists(gathered.get(k), source)]
        if len(lost) >= MANY_GONE and len(lost) > len(keys) * SHRINKS:
            groups[source, provider, Suspicion.GONE] = [
                Change(key=key, field="", source=source, claim=None, was=None) for key in lost
            ]
    holding = _sorted_out(groups, old, today, approved)
    last = NOTHING
    for one in holding.held:
        lost = [c.key for c in groups[one.source, one.where, Suspicion.GONE]]
        only = replace(
            old,
            offerings=tuple(before[k] for k in sorted(lost)),
            models={m: old.models[m] for m in {k.model for k in lost} if m in old.models},
        )
        last = both(last, last_good(only, {}, {one.source}))
    # They are listed as read: only these offerings stay, not the source's state.
    return replace(holding, last=replace(last, sources={}))


def hold_newcomers(
    gathered: dict[Key, Gathered],
    old: Catalog,
    sources: Collection[str],
    today: date,
    approved: Collection[str],
) -> Holding:
    """Take out of `gathered` what is new and smells; `sources` are those read now."""
    groups = newcomers(gathered, old, sources)
    holding = _sorted_out(groups, old, today, approved)
    for one in holding.held:
        for change in groups[one.source, one.where, Suspicion(one.reason)]:
            del gathered[change.key]
    return holding


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
    judge = Comparison(gathered, old, sources, today)
    groups: dict[tuple[str, str, Suspicion], list[Change]] = defaultdict(list)
    for change, why in judge.suspicions():
        groups[change.source, change.key.provider, why].append(change)
    for change, why in judge.many():
        groups[change.source, sort_of(change.field), why].append(change)
    holding = _sorted_out(groups, old, today, approved)
    for one in holding.held:
        for change in groups[one.source, one.where, Suspicion(one.reason)]:
            judge.put_back(change, one.reason)
    return holding


def _sorted_out(groups: Groups, old: Catalog, today: date, approved: Collection[str]) -> Holding:
    first = {h.id: h.since for h in old.held}
    held: list[Held] = []
    used: set[str] = set()
    for (source, where, why), changes in sorted(groups.items()):
        rows = sorted((c.to_held() for c in changes), key=lambda row: (row.target, row.field, str(row.now)))
        one = Held(source=source, where=where, reason=str(why), changes=tuple(rows))
        if one.id in approved or "all" in approved:
            used.add(one.id)
        else:
            held.append(replace(one, since=first.get(one.id) or today))
    return Holding(held=tuple(held), used=frozenset(used))


def used_up(approved: Collection[str], used: Collection[str]) -> Iterator[str]:
    """The approvals by id that let nothing through any more."""
    for line in sorted(approved):
        if len(line.split()) == 1 and line not in {*used, "all"}:
            yield line
