"""One refresh: every source read and judged, reconciled, and only then the catalog replaced.

Live, a source that cannot be read, or that must not be trusted today, keeps its last good data and does not
stop the others. Pinned, all must be read: the packages are exact, so whatever fails is a mistake of ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from generator import store
from generator.curated.benchmarks import FILE as SCORES_FILE
from generator.curated.benchmarks import load_scores
from generator.curated.identity_rules import load_rules
from generator.curated.overrides import load_approvals, load_overrides
from generator.curated.providers import load_providers
from generator.errors import AlmanacError, CatalogError
from generator.fetch.fetched import Limits, Progress, complete
from generator.fetch.remembered import remember
from generator.garbage import uncollected
from generator.ledger.last_good import NOTHING, last_good
from generator.ledger.reconcile import reconcile
from generator.ledger.refresh.outcome import Refreshed, outcome_of, why
from generator.ledger.refresh.source_reading import ReadSource, bytes_of, judged_source, read_all
from generator.ledger.scores import with_kept, with_scores
from generator.sources import SCORES, SOURCES, Scores, Source
from generator.store import history
from generator.store.events import compare, dated, later
from playground.catalog import Catalog, Model, SourceState


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
    rules = load_rules(folder / "identity.yml")
    providers = load_providers(folder / "providers.yml")
    overrides = load_overrides(folder / "overrides.yml")
    approved = load_approvals(folder / "overrides.yml") | ({"all"} if accept else set())
    cited = [*load_scores(folder / SCORES_FILE)]
    old = _old(folder, live=live)
    wanted: tuple[Source | Scores, ...] = (*sources, *scores) if live else tuple(s for s in sources if s.pin)
    read: dict[str, ReadSource] = {}
    failed: dict[str, AlmanacError] = {}
    for source, found in zip(wanted, complete(read_all(wanted, cache, live, progress, limits)), strict=True):
        try:
            if isinstance(found, AlmanacError):
                raise found
            read[source.id] = judged_source(source, found, old, live, today, approved)
        except AlmanacError as error:
            failed[source.id] = error
    if failed and (not live or not read):
        worst = max(failed.values(), key=lambda f: f.exit_code)
        lines = "\n  ".join(str(f) for f in failed.values())
        raise type(worst)(f"{len(failed)} of the sources failed; the catalog is unchanged.\n  {lines}")
    stale = {s for s in failed if old and s in old.sources}
    last = last_good(old, store.load_unplaced(folder), stale) if old and stale else NOTHING
    last = replace(
        last, sources={s: replace(state, stale=why(failed[s])) for s, state in last.sources.items()}
    )
    stood = {**last.sources, **{s: r.state for s, r in read.items()}}
    states = {s.id: stood[s.id] for s in wanted if s.id in stood}
    # A pinned refresh is the same on any day: what held when the newest package was published.
    asked = today if live else max(state.as_of for state in states.values())
    records = [record for r in read.values() for record in r.records]
    result = reconcile(records, rules, providers, overrides, states, asked, last, old, approved)
    cited += [row for r in read.values() for row in r.cited]
    models, unscored = with_scores(result.catalog.models, cited, rules)
    for listed in scores:
        if old and listed.id in stale:
            models = with_kept(models, old.models, listed.by)
    catalog = replace(
        result.catalog,
        models=models,
        sources={
            **result.catalog.sources,
            **{s.id: _placed(states[s.id], s, models) for s in scores if s.id in states},
        },
    )
    result = replace(result, catalog=catalog)
    known = history.load_history(folder)
    seen = compare(old, catalog, asked) if old else ()
    events = later(known, seen, dated(catalog, asked))
    grown = (history.FILE, bytes_of(folder / history.FILE) + history.lines(events))
    store.save(folder, chain([grown], store.render(result.catalog, result.unplaced)))
    for one in read.values():
        remember(one.fetched, cache)
    unread: dict[str, Counter[str]] = {}
    for record in records:
        unread.setdefault(record.source, Counter()).update(record.unread)
    return Refreshed(
        result=result,
        events=events,
        outcomes=tuple(outcome_of(s.id, read, failed, states) for s in wanted),
        unread={s: dict(c) for s, c in unread.items() if c},
        unscored=unscored,
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


def _placed(state: SourceState, source: Scores, models: Mapping[str, Model]) -> SourceState:
    placed = sum(score.by == source.by for model in models.values() for score in model.scores)
    return replace(state, placed=placed)
