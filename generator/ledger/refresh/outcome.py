"""What became of every source in one refresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.errors import AlmanacError
from playground.catalog import SourceState

if TYPE_CHECKING:
    # Who only prints an outcome needs neither the sources nor HTTP, which are slow to load.
    from generator.ledger.reconcile import Reconciled
    from generator.ledger.refresh.source_reading import ReadSource
    from generator.store import events


class SourceVerdict(StrEnum):
    """What became of a source: read anew, read and the same, left as it was, or nowhere to be had."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A source's verdict; `reason` is why its last good data stays, `as_of` the day that this is from."""

    source: str
    verdict: SourceVerdict
    reason: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What a refresh did: the catalog, a verdict per source, what no rule reads, what is scored only."""

    result: Reconciled
    events: tuple[events.Event, ...]
    outcomes: tuple[Outcome, ...]
    unread: Mapping[str, Mapping[str, int]]
    unscored: tuple[str, ...] = ()


def why(error: AlmanacError) -> str:
    """The reason without the source's name before it and the advice behind it."""
    return str(error).partition(": ")[2].partition("; ")[0]


def outcome_of(
    source: str,
    read: Mapping[str, ReadSource],
    failed: Mapping[str, AlmanacError],
    states: Mapping[str, SourceState],
) -> Outcome:
    """What became of one source."""
    as_of = states[source].as_of if source in states else None
    if source in failed:
        reason = str(failed[source]).partition(": ")[2]
        verdict = SourceVerdict.STALE if as_of else SourceVerdict.MISSING
        return Outcome(source=source, verdict=verdict, reason=reason, as_of=as_of)
    verdict = SourceVerdict.UNCHANGED if read[source].same else SourceVerdict.FRESH
    return Outcome(source=source, verdict=verdict, as_of=as_of)
