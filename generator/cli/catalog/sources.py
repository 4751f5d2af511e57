"""`almanac sources`: every live source asked now, and which of them is dead or has changed its shape.

It ends with 0 where all can be read, 1 where one has changed its shape, 2 where one did not answer.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape
from rich.table import Table

from generator import store
from generator.cli.options import AS_JSON, CATALOG, cache_folder, print_json
from generator.cli.terminal import err
from generator.cli.terminal import wide as out
from generator.errors import AlmanacError, FetchError
from generator.sources import ALL, Scores, Source
from playground.catalog import SourceState
from playground.spelling import did_you_mean

if TYPE_CHECKING:
    from generator.fetch.fetched import Fetched

#: So many of the keys that no rule reads are named.
NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a source answered: how many rows could be read, and what is wrong; `code` is as a process's."""

    source: str
    rows: int = 0
    fault: str = ""
    code: int = 0

    @property
    def verdict(self) -> str:
        return {0: "well", 1: "changed its shape"}.get(self.code, "does not answer")


@click.command()
@click.argument("sources", nargs=-1)
@CATALOG
@AS_JSON
def sources(sources: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Ask every live source now, and say which does not answer or has changed its shape.

    Changes nothing. Ends with 0 where all can be read, 1 where one has changed its shape (too few rows, keys
    that no rule reads), 2 where one does not answer.
    """
    wanted = _wanted(sources)
    answers = asyncio.run(_answers(wanted))
    states = store.load(folder).sources
    asked = [_asked(row, raw, states.get(row.id)) for row, raw in zip(wanted, answers, strict=True)]
    if as_json:
        print_json(
            [{"source": a.source, "verdict": a.verdict, "rows": a.rows, "fault": a.fault} for a in asked]
        )
    else:
        out.print(_table(asked))
        for one in asked:
            if one.fault:
                err.print(escape(one.fault), highlight=False, soft_wrap=True)
    sys.exit(max(one.code for one in asked))


def _wanted(names: Iterable[str]) -> list[Source | Scores]:
    known = {row.id: row for row in ALL}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"; known are {', '.join(sorted(known))}"
            raise click.UsageError(f"there is no source {name!r}{hint}")
    return [known[name] for name in tuple(names) or tuple(known)]


async def _answers(wanted: Iterable[Source | Scores]) -> list[Fetched | AlmanacError]:
    from generator.fetch.fetched import Limits, no_progress  # with HTTP, slow to load
    from generator.ledger.refresh.source_reading import read_all

    return await read_all(wanted, cache_folder(), live=True, progress=lambda _: no_progress, limits=Limits())


def _asked(row: Source | Scores, answer: Fetched | AlmanacError, before: SourceState | None) -> Asked:
    """What to make of an answer, held against what the catalog last had of the source."""
    from generator.ledger.refresh.acceptance import claims_by_sort, shrinks
    from generator.ledger.refresh.source_reading import parse, read_scores

    if isinstance(answer, AlmanacError):
        return Asked(source=row.id, fault=str(answer), code=FetchError.exit_code)
    unread: Counter[str] = Counter()
    try:
        if isinstance(row, Scores):
            scores, _ = read_scores(row, answer.raw)
            rows, claims = len(scores), {"scores": len(scores)}
        else:
            records = parse(row, answer.raw)
            rows = sum(record.rows for record in records if not record.left_out)
            claims = dict(claims_by_sort(records))
            unread.update(key for record in records for key in record.unread)
    except AlmanacError as error:
        return Asked(source=row.id, fault=str(error), code=error.exit_code)
    faults = []
    if before and (fewer := shrinks(before, rows, claims, ())):
        faults.append(fewer.partition(";")[0])
    if unread:
        keys = ", ".join(f"{key} ({n})" for key, n in unread.most_common(NAMED))
        faults.append(f"keys that no rule reads: {keys}")
    fault = f"{row.id}: {'; '.join(faults)}; look at {row.live.url}" if faults else ""
    return Asked(source=row.id, rows=rows, fault=fault, code=1 if faults else 0)


def _table(asked: Iterable[Asked]) -> Table:
    table = Table(title="Live sources", title_justify="left")
    table.add_column("Source")
    table.add_column("Verdict")
    table.add_column("Rows", justify="right")
    for one in asked:
        table.add_row(one.source, one.verdict, f"{one.rows:,}" if one.rows else "–")
    return table
