"""Every source fetched, judged and read as records."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.errors import AlmanacError, FetchError, SourceShapeError
from generator.fetch.fetched import Fetched, Limits, Progress
from generator.fetch.live import fetch_live
from generator.fetch.pinned import fetch_pinned
from generator.ledger.refresh import acceptance
from generator.sources import Scores, Source
from generator.sources.bounds import admitted, admitted_scores
from generator.sources.records import UNFORESEEN, SourceRecord
from playground.catalog import Catalog, CitedScore, SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """A source that was read well: its state, its records or its scores, and whether it is the old copy."""

    state: SourceState
    same: bool
    fetched: Fetched
    records: Sequence[SourceRecord] = ()
    cited: Sequence[CitedScore] = ()


def bytes_of(path: Path) -> bytes:
    """The file's content; nothing where there is no file."""
    return path.read_bytes() if path.exists() else b""


async def read_all(
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


def judged_sources(
    wanted: Sequence[Source | Scores],
    answers: Sequence[Fetched | AlmanacError],
    old: Catalog | None,
    live: bool,
    today: date,
    approved: frozenset[str],
) -> tuple[dict[str, ReadSource], dict[str, AlmanacError]]:
    """The sources that were read well, and why the others were not, by their ids."""
    read: dict[str, ReadSource] = {}
    failed: dict[str, AlmanacError] = {}
    for source, fetched in zip(wanted, answers, strict=True):
        if isinstance(fetched, AlmanacError):
            failed[source.id] = fetched
            continue
        try:
            read[source.id] = _judged_source(source, fetched, old, live, today, approved)
        except AlmanacError as error:
            failed[source.id] = error
    return read, failed


def _judged_source(
    source: Source | Scores,
    fetched: Fetched,
    old: Catalog | None,
    live: bool,
    today: date,
    approved: frozenset[str],
) -> ReadSource:
    """The source as read, where it may take the place of what it said before. Raises AlmanacError."""
    known = old.sources.get(source.id) if old else None
    if live and (fault := acceptance.outdated(known, fetched)):
        raise FetchError(f"{source.id}: {fault}")
    if live and (fault := acceptance.says_twice(source.id, fetched.raw, approved)):
        raise SourceShapeError(f"{source.id}: {fault}")
    state = state_of(source, fetched, live=live, today=today, old=known)
    same = known is not None and known.sha256 == state.sha256
    if isinstance(source, Scores):
        cited, reasons = read_scores(source, fetched.raw)
        state = replace(
            state,
            rows=len(cited) + sum(reasons.values()),
            parsed=len(cited),
            left_out=reasons,
            claims={"scores": len(cited)},
        )
        read = ReadSource(state=state, same=same, fetched=fetched, cited=cited)
    else:
        records = parse(source, fetched.raw)
        state = replace(
            state,
            parsed=sum(r.rows for r in records if not r.left_out),
            claims=acceptance.claims_by_sort(records),
        )
        read = ReadSource(state=state, same=same, fetched=fetched, records=records)
    if live and known and (fault := acceptance.shrinks(known, state.parsed, state.claims, approved)):
        raise SourceShapeError(f"{source.id}: {fault}")
    return read


def parse(source: Source, raw: bytes) -> list[SourceRecord]:
    """The source's records, each within the bounds or left out; an adapter that trips over an unforeseen
    shape says so and no more.

    Raises SourceShapeError.
    """
    records = admitted(read_cited(source.id, source.parse, raw))
    if not any(not r.left_out for r in records):
        raise SourceShapeError(
            f"{source.id}: not one row could be parsed of {len(records)}; look at what it answers now"
        )
    odd = [r.id for r in records if r.left_out == UNFORESEEN]
    if len(odd) > len(records) * acceptance.SHRINKS:
        raise SourceShapeError(
            f"{source.id}: {len(odd)} of {len(records)} rows have a shape the adapter does not know, such as "
            f"{odd[0]}; adapt {source.id.replace('-', '_')}.py in generator/sources/"
        )
    return records


def read_scores(source: Scores, raw: bytes) -> tuple[list[CitedScore], dict[str, int]]:
    """A list of scores as values, and how many were left out by reason.

    Raises SourceShapeError where not one could be read, or too many have a shape that nobody foresaw.
    """
    rows = list(admitted_scores(read_cited(source.id, source.parse, raw)))
    scores = [row for row in rows if isinstance(row, CitedScore)]
    reasons = Counter(row for row in rows if isinstance(row, str))
    if not scores:
        raise SourceShapeError(f"{source.id}: not one score could be read; look at what it answers now")
    if reasons[UNFORESEEN] > len(rows) * acceptance.SHRINKS:
        raise SourceShapeError(
            f"{source.id}: {reasons[UNFORESEEN]} of {len(rows)} rows have a shape the adapter does not know; "
            f"adapt {source.id.replace('-', '_')}.py in generator/sources/"
        )
    return scores, dict(sorted((reason, n) for reason, n in reasons.items() if n))


def read_cited[T](source: str, parse: Callable[[bytes], T], raw: bytes) -> T:
    """What an adapter reads of these bytes. Raises SourceShapeError where it trips over them."""
    try:
        return parse(raw)
    except (
        *(KeyError, TypeError, ValueError, AttributeError, IndexError),
        *(ArithmeticError, RecursionError),
    ) as error:
        raise SourceShapeError(
            f"{source}: its data has a shape the adapter does not know "
            f"({type(error).__name__}: {error}); adapt {source.replace('-', '_')}.py in generator/sources/"
        ) from error


def state_of(
    source: Source | Scores, fetched: Fetched, *, live: bool, today: date, old: SourceState | None = None
) -> SourceState:
    """How a source stands that was read today; `old` is how it stood before."""
    pinned = None if live else source.pin
    sha256 = (pinned.sha256 if pinned else "") or acceptance.fingerprint(fetched.raw)
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
        modified=acceptance.modified(fetched),
        earlier={} if pinned else acceptance.superseded(old, sha256, today),
    )
