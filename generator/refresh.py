"""One refresh: every source read and judged, reconciled, and only then the catalog replaced.

Live, a source that cannot be read, or that must not be trusted today, keeps its last good data and does not
stop the others. Pinned, all must be read: the packages are exact, so whatever fails is a mistake of ours.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path

from generator import history, store, trust
from generator.errors import AlmanacError, CatalogError, FetchError, SourceShapeError
from generator.fetch import Fetched, Limits, Progress, complete, fetch_live, fetch_pinned, remember
from generator.garbage import uncollected
from generator.identity import load_rules
from generator.last_good import NOTHING, last_good
from generator.people import load_approvals, load_overrides, load_providers
from generator.reconcile import Reconciled, reconcile
from generator.records import UNFORESEEN, Cited, SourceRecord
from generator.scores import FILE as SCORES_FILE
from generator.scores import load_scores, with_kept, with_scores
from generator.sources import SCORES, SOURCES, Scores, Source
from playground.catalog import Catalog, Model, SourceState


class Verdict(StrEnum):
    """What became of a source: read anew, read and the same, kept as it was, or nowhere to be had."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A source's verdict; `said` is why its last good data was kept, `as_of` the day that this is from."""

    source: str
    verdict: Verdict
    said: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh did: the catalog, a verdict per source, what no rule reads, what is scored only."""

    result: Reconciled
    events: tuple[history.Event, ...]
    outcomes: tuple[Outcome, ...]
    unread: Mapping[str, Mapping[str, int]]
    unscored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A source that was read well: its state, its records or its scores, and whether it is the old copy."""

    state: SourceState
    same: bool
    fetched: Fetched
    records: Sequence[SourceRecord] = ()
    cited: Sequence[Cited] = ()


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
    read: dict[str, Read] = {}
    failed: dict[str, AlmanacError] = {}
    for source, found in zip(wanted, complete(_read_all(wanted, cache, live, progress, limits)), strict=True):
        try:
            if isinstance(found, AlmanacError):
                raise found
            read[source.id] = _judged(source, found, old, live, today, approved)
        except AlmanacError as error:
            failed[source.id] = error
    if failed and (not live or not read):
        worst = max(failed.values(), key=lambda f: f.exit_code)
        lines = "\n  ".join(str(f) for f in failed.values())
        raise type(worst)(f"{len(failed)} of the sources failed; the catalog is unchanged.\n  {lines}")
    stale = {s for s in failed if old and s in old.sources}
    last = last_good(old, store.load_unplaced(folder), stale) if old and stale else NOTHING
    last = replace(
        last, sources={s: replace(state, stale=_why(failed[s])) for s, state in last.sources.items()}
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
    seen = history.compare(old, catalog, asked) if old else ()
    events = history.later(known, seen, history.dated(catalog, asked))
    grown = (history.FILE, _bytes_of(folder / history.FILE) + history.lines(events))
    store.save(folder, chain([grown], store.render(result.catalog, result.unplaced)))
    for one in read.values():
        remember(one.fetched, cache)
    unread: dict[str, Counter[str]] = {}
    for record in records:
        unread.setdefault(record.source, Counter()).update(record.unread)
    return Refreshed(
        result=result,
        events=events,
        outcomes=tuple(_outcome(s.id, read, failed, states) for s in wanted),
        unread={s: dict(c) for s, c in unread.items() if c},
        unscored=unscored,
    )


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


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


async def _read_all(
    sources: Iterable[Source | Scores],
    cache: Path,
    live: bool,
    progress: Callable[[str], Progress],
    limits: Limits,
) -> list[Fetched | AlmanacError]:
    """Every source's bytes, or why there are none, all at the same time."""

    async def one(source: Source | Scores) -> Fetched | AlmanacError:
        try:
            if live:
                return await fetch_live(source, cache, progress(source.id), limits)
            if source.pin is None:
                raise FetchError(f"{source.id}: no package carries it; use --live")
            return await fetch_pinned(source.pin, cache, progress(source.id))
        except AlmanacError as error:
            return error

    return await asyncio.gather(*(one(source) for source in sources))


def _judged(
    source: Source | Scores,
    fetched: Fetched,
    old: Catalog | None,
    live: bool,
    today: date,
    approved: frozenset[str],
) -> Read:
    """The source as read, where it may take the place of what it said before. Raises AlmanacError."""
    known = old.sources.get(source.id) if old else None
    if live and (said := trust.outdated(known, fetched)):
        raise FetchError(f"{source.id}: {said}")
    if live and (said := trust.says_twice(source.id, fetched.raw, approved)):
        raise SourceShapeError(f"{source.id}: {said}")
    state = state_of(source, fetched, live=live, today=today, old=known)
    same = known is not None and known.sha256 == state.sha256
    if isinstance(source, Scores):
        cited = _scores(source, fetched.raw)
        state = replace(
            state,
            rows=len(cited),
            parsed=len(cited),
            claims={"scores": len(cited)},
        )
        read = Read(state=state, same=same, fetched=fetched, cited=cited)
    else:
        records = parse(source, fetched.raw)
        state = replace(
            state,
            parsed=sum(r.rows for r in records if not r.left_out),
            claims=trust.claims_by_sort(records),
        )
        read = Read(state=state, same=same, fetched=fetched, records=records)
    if live and known and (said := trust.shrinks(known, state.parsed, state.claims, approved)):
        raise SourceShapeError(f"{source.id}: {said}")
    return read


def parse(source: Source, raw: bytes) -> list[SourceRecord]:
    """The source's records; an adapter that trips over an unforeseen shape says so and no more.

    Raises SourceShapeError.
    """
    records = _read(source.id, source.parse, raw)
    if not any(not r.left_out for r in records):
        raise SourceShapeError(
            f"{source.id}: not one row could be parsed of {len(records)}; look at what it answers now"
        )
    odd = [r.id for r in records if r.left_out == UNFORESEEN]
    if len(odd) > len(records) * trust.SHRINKS:
        raise SourceShapeError(
            f"{source.id}: {len(odd)} of {len(records)} rows have a shape the adapter does not know, such as "
            f"{odd[0]}; adapt generator/sources/{source.id.replace('-', '_')}.py"
        )
    return records


def _scores(source: Scores, raw: bytes) -> list[Cited]:
    found = _read(source.id, source.parse, raw)
    if not found:
        raise SourceShapeError(f"{source.id}: not one score could be read; look at what it answers now")
    return found


def _read[T](source: str, parse: Callable[[bytes], T], raw: bytes) -> T:
    try:
        return parse(raw)
    except (
        *(KeyError, TypeError, ValueError, AttributeError, IndexError),
        *(ArithmeticError, RecursionError),
    ) as error:
        raise SourceShapeError(
            f"{source}: its data has a shape the adapter does not know "
            f"({type(error).__name__}: {error}); adapt generator/sources/{source.replace('-', '_')}.py"
        ) from error


def _placed(state: SourceState, source: Scores, models: Mapping[str, Model]) -> SourceState:
    placed = sum(score.by == source.by for model in models.values() for score in model.scores)
    return replace(state, placed=placed)


def state_of(
    source: Source | Scores, fetched: Fetched, *, live: bool, today: date, old: SourceState | None = None
) -> SourceState:
    """How a source stands that was read today; `old` is how it stood before."""
    pinned = None if live else source.pin
    sha256 = pinned.sha256 if pinned else trust.fingerprint(fetched.raw)
    same = old is not None and old.sha256 == sha256
    return SourceState(
        id=source.id,
        name=source.name,
        version=f"{pinned.package} {pinned.version}" if pinned else "live",
        sha256=sha256,
        as_of=pinned.published if pinned else today,
        retrieved=pinned.published if pinned else today,
        licence=source.licence,
        home=source.home,
        link=source.link,
        gives=source.gives,
        changed=None if pinned else (old.changed if old and same else None) or today,
        modified=trust.modified(fetched),
        earlier={} if pinned else trust.superseded(old, sha256, today),
    )


def _why(error: AlmanacError) -> str:
    """The reason without the source's name before it and the advice behind it."""
    return str(error).partition(": ")[2].partition("; ")[0]


def _outcome(
    source: str,
    read: Mapping[str, Read],
    failed: Mapping[str, AlmanacError],
    states: Mapping[str, SourceState],
) -> Outcome:
    as_of = states[source].as_of if source in states else None
    if source in failed:
        said = str(failed[source]).partition(": ")[2]
        verdict = Verdict.STALE if as_of else Verdict.MISSING
        return Outcome(source=source, verdict=verdict, said=said, as_of=as_of)
    verdict = Verdict.UNCHANGED if read[source].same else Verdict.FRESH
    return Outcome(source=source, verdict=verdict, as_of=as_of)
