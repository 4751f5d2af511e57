"""The refresh itself: sources read, reconciled with the catalog before, written, remembered.

Live, a source that cannot be read, or that must not be believed today, keeps its last good data and does not
stop the others. Pinned, all must be read: the packages are exact, so whatever fails is a mistake of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from generator import store
from generator.curated.benchmarks import BENCHMARKS_FILE, load_scores
from generator.curated.ends import ENDED_FILE
from generator.curated.ends.reader import load_ends
from generator.curated.families import FAMILIES_FILE, load_families, with_families
from generator.curated.identity_rules import Rules, load_rules
from generator.curated.metrics import METRICS_FILE, Metrics, load_metrics
from generator.curated.overrides import Override, load_approvals, load_overrides
from generator.curated.providers import load_providers
from generator.curated.renamed import RENAMED_FILE, load_renamed
from generator.curated.statements.confirmed import CONFIRMED_FILE, Confirmation, load_confirmed
from generator.curated.statements.replacements import (
    REPLACEMENTS_FILE,
    Named,
    load_replacements,
    with_replacements,
)
from generator.errors import AlmanacError, CatalogError
from generator.fetch.fetched import Limits, Progress, complete
from generator.fetch.remembered import remember
from generator.garbage import uncollected
from generator.ledger.confirmed import with_confirmed
from generator.ledger.ended import with_ends
from generator.ledger.last_good import NOTHING, LastGood, last_good
from generator.ledger.not_before import with_first_days
from generator.ledger.one_schedule import with_one_schedule
from generator.ledger.reconcile import Inputs, Reconciled, reconcile
from generator.ledger.refresh.moves import joined, moves, relabelled
from generator.ledger.refresh.outcome import Refreshed, outcome_of, why
from generator.ledger.refresh.source_reading import ReadSource, bytes_of, judged_sources, read_all
from generator.ledger.scores.scores import with_earlier_scores, with_scores
from generator.moved import MOVED_FILE, Moved, lines, load_moved
from generator.sources import SCORES, SOURCES, Scores, Source
from generator.sources.records import SourceRecord
from generator.store import history
from generator.store.events import Event, compare, dated, later
from playground.catalog import Catalog, CitedScore, Provider
from playground.lifecycle.ended import Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curated:
    """What people write that a refresh reads."""

    rules: Rules
    providers: Mapping[str, Provider]
    overrides: tuple[Override, ...]
    approved: frozenset[str]
    scores: tuple[CitedScore, ...]
    metrics: Metrics
    replacements: Named
    ends: Ends
    confirmed: tuple[Confirmation, ...]


@uncollected()
def refresh(
    folder: Path,
    cache: Path,
    *,
    live: bool,
    today: date,
    progress: Callable[[str], Progress],
    sources: tuple[Source, ...] = SOURCES,
    scores: tuple[Scores, ...] = SCORES,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    accept: bool = False,
) -> Refreshed:
    """Make the catalog in `folder` again, from pinned packages or live; `accept` lets every change through.

    Raises AlmanacError where nothing could be read live, or not everything pinned; the catalog is then as it
    was.
    """
    curated = _load_curated(folder, accept=accept)
    old = _old(folder, live=live)
    both: tuple[Source | Scores, ...] = (*sources, *scores)
    wanted = tuple(source for source in both if live or source.pin)
    fetched = complete(read_all(wanted, cache, live, progress, limits))
    read, failed = judged_sources(wanted, fetched, old, live, today, curated.approved)
    if failed and (not live or not read):
        worst = max(failed.values(), key=lambda error: error.exit_code)
        lines = "\n  ".join(str(error) for error in failed.values())
        raise type(worst)(f"{len(failed)} of the sources failed; the catalog is unchanged.\n  {lines}")
    last = _last_good(folder, old, failed)
    stood = {**last.sources, **{s: r.state for s, r in read.items()}}
    states = {s.id: stood[s.id] for s in wanted if s.id in stood}
    inputs = Inputs(
        records=[record for r in read.values() for record in r.records],
        rules=curated.rules,
        providers=curated.providers,
        sources=states,
        # A pinned refresh is the same on any day: what held when the newest package was published.
        today=today if live else max(state.as_of for state in states.values()),
        overrides=curated.overrides,
        last=last,
        old=old,
        approved=curated.approved,
    )
    result = reconcile(inputs)
    replaced = with_replacements(result.catalog, curated.replacements)
    result = replace(result, catalog=with_pages(replaced, curated.ends, curated.confirmed))
    catalog, unscored = _with_scores(result.catalog, curated, read, inputs)
    result = replace(result, catalog=catalog)
    events = _save(folder, result, inputs)
    for one in read.values():
        remember(one.fetched, cache)
    return Refreshed(
        result=result,
        events=events,
        outcomes=tuple(outcome_of(s.id, read, failed, states) for s in wanted),
        unread=_unread(inputs.records),
        unscored=unscored,
    )


def with_pages(catalog: Catalog, ends: Ends, confirmed: tuple[Confirmation, ...]) -> Catalog:
    """The catalog with what people read on vendors' pages: what ends, and what the sources say rightly."""
    return with_one_schedule(with_confirmed(with_ends(with_first_days(catalog), ends), confirmed))


def _load_curated(folder: Path, *, accept: bool) -> _Curated:
    """The edited files, checked. Raises EditError."""
    rules = load_rules(folder / "identity.yml")
    families = load_families(folder / FAMILIES_FILE)
    providers = with_families(load_providers(folder / "providers.yml"), families)
    overrides = load_overrides(folder / "overrides.yml")
    approved = load_approvals(folder / "overrides.yml") | ({"all"} if accept else set())
    return _Curated(
        rules=rules,
        providers=providers,
        overrides=overrides,
        approved=approved,
        scores=load_scores(folder / BENCHMARKS_FILE),
        metrics=load_metrics(folder / METRICS_FILE),
        replacements=load_replacements(folder / REPLACEMENTS_FILE),
        ends=load_ends(folder / ENDED_FILE),
        confirmed=load_confirmed(folder / CONFIRMED_FILE),
    )


def _old(folder: Path, *, live: bool) -> Catalog | None:
    """The catalog as it is. Raises CatalogError where it is broken and could not be made from pins again."""
    if not (folder / "catalog.json").exists() and not (folder / store.STAGED).exists():
        return None
    try:
        return store.load(folder)
    except CatalogError:
        if live:
            raise
        return None


def _last_good(folder: Path, old: Catalog | None, failed: Mapping[str, AlmanacError]) -> LastGood:
    """What the old catalog holds of the sources that could not be read, each with the reason."""
    stale = {s for s in failed if old and s in old.sources}
    if old is None or not stale:
        return NOTHING
    last = last_good(old, store.load_unplaced(folder), stale)
    states = {s: replace(state, stale=why(failed[s])) for s, state in last.sources.items()}
    return replace(last, sources=states)


def _with_scores(
    catalog: Catalog, curated: _Curated, read: Mapping[str, ReadSource], inputs: Inputs
) -> tuple[Catalog, tuple[str, ...]]:
    """The catalog with its scores, and the names that no model of it goes by."""
    cited = [*curated.scores, *(row for r in read.values() for row in r.cited)]
    models, unscored = with_scores(catalog.models, cited, curated.rules, curated.metrics)
    for source in inputs.last.sources:
        if inputs.old:
            models = with_earlier_scores(models, inputs.old.models, source)
    counts = Counter(score.source for model in models.values() for score in model.scores)
    lists = {source for source, state in inputs.sources.items() if "scores" in state.claims}
    states = {s: replace(inputs.sources[s], placed=counts[s]) for s in sorted(lists)}
    return replace(catalog, models=models, sources={**catalog.sources, **states}), unscored


def _save(folder: Path, result: Reconciled, inputs: Inputs) -> tuple[Event, ...]:
    """Put the new catalog and its longer history in the place of the old ones; the events that are new."""
    moved = _moved(folder, result.catalog, inputs.old)
    old = relabelled(inputs.old, moved) if inputs.old else None
    known = history.load_history(folder, moved)
    seen = compare(old, result.catalog, inputs.today) if old else ()
    events = later(known, seen, dated(result.catalog, inputs.today))
    grown = (history.HISTORY_FILE, bytes_of(folder / history.HISTORY_FILE) + history.lines(events))
    led_on = (MOVED_FILE, lines(moved))
    store.save(folder, chain([grown, led_on], store.render(result.catalog, result.unplaced)))
    return events


def _moved(folder: Path, catalog: Catalog, old: Catalog | None) -> Moved:
    """Every id that changed, until now and by this refresh."""
    known = load_moved(folder)
    known = replace(known, names={**known.names, **load_renamed(folder / RENAMED_FILE).models})
    return joined(known, moves(old, catalog) if old else Moved(), catalog)


def _unread(records: Iterable[SourceRecord]) -> Mapping[str, Mapping[str, int]]:
    """By source how often each key stands in its rows that no rule reads."""
    unread: dict[str, Counter[str]] = {}
    for record in records:
        if record.unread:
            unread.setdefault(record.source, Counter()).update(record.unread)
    return {source: dict(counts) for source, counts in unread.items()}
