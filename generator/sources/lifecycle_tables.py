"""How long a vendor serves its models, as its Markdown page of deprecations says it in tables.

A table counts where its head names a model and the end of one; columns are known by their heads, so that one
more or another order changes nothing. Of several announcements about a model the newest counts. "Not sooner
than" a day, a month, and every day of a page that calls its days the earliest possible: all these become
`retires_earliest`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.errors import SourceShapeError
from generator.sources.markdown import EARLIEST, Table, columns, days, months, plain, says_nothing, tables
from generator.sources.records import FieldClaim, SourceRecord, left_out

#: Column → what its head holds; the first that fits.
COLUMNS: Mapping[str, re.Pattern[str]] = {
    "replaced_by": re.compile(r"replacement|substitute|alternative"),
    "released": re.compile(r"releas"),
    "model": re.compile(r"model|snapshot"),
    "retires": re.compile(r"shut ?down|retire|sunset"),
    "status": re.compile(r"\b(?:state|status)\b"),
    "deprecated": re.compile(r"deprecat|notice|announce"),
}
#: A word of a status, a section or a divider → our status; the first that fits.
STATUSES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bretired\b|\bshut ?down\b|\bpast\b", re.I), "retired"),
    (re.compile(r"\bdeprecated\b|\bupcoming\b", re.I), "deprecated"),
    (re.compile(r"\bpreview\b|\bbeta\b", re.I), "beta"),
)
#: A page whose days are the earliest on which a model may end.
ALL_EARLIEST = re.compile(r"earliest\W+possible\W+dates?", re.I)
#: An announcement's heading begins with its day: `### 2026-06-11: GPT-5`.
ANNOUNCED = re.compile(r"^\d{4}-\d\d-\d\d\b")
NAME = re.compile(r"[a-z][a-z0-9]*(?:[.:_-][a-z0-9]+)+|[a-z]+\d[a-z0-9]*")
FINE_TUNED = re.compile(r"ft[-:]")
BETWEEN = re.compile(r"[;,|]\s*|\s+/\s+|\s+(?:or|and|with)\s+|[()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What one row says of one model; `announced` orders rows that speak of the same one."""

    model: str
    announced: date | None
    claims: tuple[FieldClaim, ...]
    released: str
    unread: tuple[str, ...]


def read_lifecycles(raw: bytes, source: str, provider: str) -> list[SourceRecord]:
    """A record for each model of every table of deprecations. Raises SourceShapeError."""
    text = raw.decode("utf-8", "replace")
    earliest = ALL_EARLIEST.search(text) is not None
    rows: list[_Row] = []
    out: list[SourceRecord] = []
    for table in tables(text):
        where = columns(table.heads, COLUMNS)
        if {"model", "retires"} <= where.keys():
            for row in _rows(table, where, earliest=earliest):
                if isinstance(row, _Row):
                    rows.append(row)
                else:
                    out.append(left_out(source, *row))
    if not rows:
        raise SourceShapeError(
            f"{source}: expected Markdown with a table of models and the days on which they end, "
            f"got {text.lstrip()[:60]!r}; look at the page's address"
        )
    return [*(_record(row, source, provider) for row in _newest(rows)), *out]


def _record(row: _Row, source: str, provider: str) -> SourceRecord:
    if not row.claims and not row.released:
        return left_out(source, row.model, "no day is set")
    released = (FieldClaim(field="released", value=row.released),) if row.released else ()
    return SourceRecord(
        source=source,
        id=row.model,
        provider=provider,
        model=row.model,
        claims=row.claims,
        model_claims=released,
        unread=row.unread,
        joins=True,
    )


def _newest(rows: Iterable[_Row]) -> list[_Row]:
    """One row for each model: its newest announcement, with what undated rows say of it."""
    by_model: dict[str, list[_Row]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(row)
    return [_together(group) for group in by_model.values()]


def _together(group: list[_Row]) -> _Row:
    last = max((row.announced for row in group if row.announced), default=None)
    dated = [row for row in group if row.announced == last]
    current = dated + [row for row in group if row.announced is None and last]
    claims: dict[str, FieldClaim] = {}
    for claim in (c for row in current for c in row.claims):
        end = claim.field.removesuffix("_earliest")
        claims.setdefault(end, claim)
    return _Row(
        model=group[0].model,
        announced=last,
        claims=tuple(claims.values()),
        released=next((row.released for row in group if row.released), ""),
        unread=tuple(dict.fromkeys(key for row in current for key in row.unread)),
    )


def _rows(table: Table, where: Mapping[str, int], *, earliest: bool) -> Iterator[_Row | tuple[str, str]]:
    """The rows of a table; of one that names no model its words and the reason."""
    heading = next((h for h in reversed(table.headings) if ANNOUNCED.match(h)), "")
    announced = next(iter(days(heading)), None)
    section = _status(" ".join(h for h in table.headings if h != heading))
    unknown = tuple(f"column: {h}" for i, h in enumerate(table.heads) if h and i not in where.values())
    for cells in table.rows:
        row = {name: cells[i] if i < len(cells) else "" for name, i in where.items()}
        names = model_names(row["model"])
        if not names:
            if all(not cell for cell in cells if cell != row["model"]):
                section = _status(plain(row["model"])) or section
            else:
                yield plain(row["model"])[:60] or "(no name)", "names no model"
            continue
        status = _status(plain(row.get("status", ""))) if "status" in where else section
        claims, unread = _claims(row, announced, status, earliest=earliest)
        released = next(iter(days(row.get("released", ""))), None)
        for name in names:
            if FINE_TUNED.match(name):
                yield name, "a model that a customer tuned"
                continue
            yield _Row(
                model=name,
                announced=announced or next(iter(days(row.get("deprecated", ""))), None),
                claims=claims,
                released=str(released) if released else "",
                unread=(*unknown, *unread),
            )


def _status(text: str) -> str:
    return next((status for pattern, status in STATUSES if pattern.search(text)), "")


def _claims(
    row: Mapping[str, str], announced: date | None, status: str, *, earliest: bool
) -> tuple[tuple[FieldClaim, ...], tuple[str, ...]]:
    """What a row claims, and its cells that no rule reads."""
    claims: list[FieldClaim] = []
    unread: list[str] = []
    end = plain(row["retires"])
    if named := days(end) or months(end):
        exact = len(days(end)) == 1 and not earliest and not EARLIEST.search(end)
        claims.append(FieldClaim(field="retires" if exact else "retires_earliest", value=str(min(named))))
    elif not says_nothing(end):
        unread.append(f"end: {end[:60]}")
    notices = days(plain(row.get("deprecated", ""))) or ([announced] if announced else [])
    if notices:
        claims.append(FieldClaim(field="deprecated", value=str(min(notices))))
    # A preview whose end is set is on its way out, and others say how far.
    if status and not (status == "beta" and named):
        claims.append(FieldClaim(field="status", value=status))
    replacement = row.get("replaced_by", "")
    if names := model_names(replacement):
        claims.append(FieldClaim(field="replaced_by", value=", ".join(names)))
    return tuple(claims), tuple(unread)


def model_names(cell: str) -> list[str]:
    """The ids of models that a cell names: those in code where there are any, so that none run together."""
    text = plain(cell)
    parts = re.findall(r"`([^`]+)`", text) or BETWEEN.split(text)
    names = [part.strip().rstrip("*").removeprefix("models/") for part in parts]
    return list(dict.fromkeys(name for name in names if _is_id(name) or FINE_TUNED.match(name)))


def _is_id(name: str) -> bool:
    """Whether it may be a model's id: `reasoning.mode` is none."""
    return NAME.fullmatch(name) is not None and re.search(r"[\d-]", name) is not None
