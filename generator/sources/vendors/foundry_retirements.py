"""Microsoft's schedule of model retirements on Foundry: Markdown tables in its documentation's repository.

A table counts where its head names a model and a retirement. Columns are known by their heads, so that one
more or another order changes nothing; a head that nobody knows is named as unread. "No earlier than" a day is
not a retirement on that day: it is a field of its own, and so are cells with a day for each kind of
deployment. Fine-tuned models have a table of their own, with days for training and for deployment: none of it
is about the model that they are made of, and no offering here is one of them, so it is left out. The schedule
is about a model, whatever the deployment: its records join every offering of the model on Azure, but for the
clouds of governments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from generator.errors import SourceShapeError
from generator.sources.records import FieldClaim, SourceRecord, left_out

SOURCE = "foundry-retirements"

#: Column → what its head holds; the first that fits.
COLUMNS: Mapping[str, re.Pattern[str]] = {
    "replaced_by": re.compile(r"replacement"),
    "retires": re.compile(r"retire"),
    "deprecated": re.compile(r"deprecat"),
    "legacy": re.compile(r"legacy"),
    "status": re.compile(r"status|lifecycle"),
    "version": re.compile(r"version"),
    "model": re.compile(r"model"),
}
STATUS = {"preview": "beta", "deprecated": "deprecated", "retired": "retired"}
DAYS = re.compile(r"\d{4}-\d{2}-\d{2}|[A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}")
FORMS = ("%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%m/%d/%Y")
EARLIEST = re.compile(r"no earlier|not earlier|no sooner|not before|earliest", re.I)
#: What stands where a cell says nothing, and versions that are Azure's own count of one model.
NOTHING = re.compile(r"|n/?a|[-–—]+|latest|\d{1,3}", re.I)
#: What a head or a heading says of fine-tuned models.
FINE_TUNED = re.compile(r"fine-?tun|training", re.I)
HEADING = re.compile(r"\s{0,3}#+ +(.+)")
#: What follows a name in brackets: a version of it, or a remark.
BRACKETED = re.compile(r"(?P<name>[^()]+?)\s*\((?P<more>[^()]*)\)")
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}[\w-]*|\d{1,4}")
#: A line without a bar is a row of one cell; a table ends at an empty line or where another block begins.
ENDS_TABLE = re.compile(r"\s*$|\s{0,3}(?:#|>|```|~~~|[-*+] |<)")
NAME = re.compile(r"[A-Za-z0-9][\w.+-]*(?: [\w.+-]+){0,3}")


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model and version of every table of retirements. Raises SourceShapeError."""
    # A byte that is no text spoils the name it stands in and no other row.
    text = raw.decode("utf-8", "replace")
    records = [
        record
        for table in _tables(text)
        if {"model", "retires"} <= table.heads.keys()
        for row in table.rows
        for record in _records(table, {n: row[i] if i < len(row) else "" for n, i in table.heads.items()})
    ]
    if not records:
        raise SourceShapeError(
            f"{SOURCE}: expected Markdown with a table of models and retirements, "
            f"got {text.lstrip()[:60]!r}; look at the page's address"
        )
    return records


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """A table: where each column that we know stands, the heads that we do not, and its rows."""

    heads: dict[str, int]
    unread: tuple[str, ...]
    fine_tuned: bool
    rows: list[list[str]]


def _tables(text: str) -> Iterator[_Table]:
    lines = re.split(r"\r?\n", text)
    title = ""
    for i, line in enumerate(lines[:-1]):
        if heading := HEADING.fullmatch(line):
            title = heading[1]
        if "|" not in line or not re.fullmatch(r"[\s|:-]+", lines[i + 1]) or "-" not in lines[i + 1]:
            continue
        heads: dict[str, int] = {}
        unread: list[str] = []
        for place, head in enumerate(_cells(line)):
            says = _plain(head).lower()
            name = next((n for n, known in COLUMNS.items() if known.search(says)), None)
            if name and name not in heads:
                heads[name] = place
            else:
                unread.append(says)
        rows: list[list[str]] = []
        for row in lines[i + 2 :]:
            if ENDS_TABLE.match(row):
                break
            rows.append(_cells(row))
        fine_tuned = FINE_TUNED.search(f"{title} {line}") is not None
        yield _Table(heads=heads, unread=tuple(unread), fine_tuned=fine_tuned, rows=rows)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _plain(cell: str) -> str:
    """A cell's text without links, footnotes and emphasis; names in code keep their marks."""
    text = re.sub(r"<sup>.*?</sup>|\[\^\w+\]", "", cell)
    text = re.sub(r"<br\s*/?>", "; ", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"<[^>]+>|\*\*|(?<!\w)\*|\*(?!\w)", "", text).strip()


def _records(table: _Table, row: Mapping[str, str]) -> Iterator[SourceRecord]:
    names = _names(row.get("model", ""))
    if not names:
        yield left_out(SOURCE, row.get("model", "")[:60] or "(no name)", "names no model")
        return
    if table.fine_tuned:
        yield left_out(SOURCE, f"{names[0]}, fine-tuned", "fine-tuned models, which no offering here is")
        return
    claims = tuple(_claims(row))
    versions = [
        v for v in re.split(r"[;,]\s*|\s+and\s+", _plain(row.get("version", "")).replace("`", "")) if v
    ] or [""]
    for name in names:
        for version in versions:
            row_id = name if NOTHING.fullmatch(version) else f"{name}-{version}"
            if not claims:
                yield left_out(SOURCE, row_id, "no day is set")
                continue
            yield SourceRecord(
                source=SOURCE,
                id=row_id,
                provider="azure",
                model=row_id,
                claims=claims,
                unread=table.unread,
                joins=True,
            )


def _claims(row: Mapping[str, str]) -> Iterator[FieldClaim]:
    retires = _plain(row.get("retires", ""))
    days = _days(retires)
    if days:
        exact = len(days) == 1 and not EARLIEST.search(retires)
        yield FieldClaim(field="retires" if exact else "retires_earliest", value=str(min(days)))
    deprecated = _plain(row.get("deprecated", ""))
    if (days := _days(deprecated)) and not EARLIEST.search(deprecated):
        yield FieldClaim(field="deprecated", value=str(min(days)))
    status = STATUS.get(_plain(row.get("status", "")).lower())
    if status:
        yield FieldClaim(field="status", value=status)
    if names := _names(row.get("replaced_by", "")):
        yield FieldClaim(field="replaced_by", value=", ".join(names))


def _days(text: str) -> list[date]:
    days = []
    for written in DAYS.findall(text):
        for form in FORMS:
            try:
                days.append(datetime.strptime(written, form).date())
            except ValueError:
                continue
            break
    return days


def _names(cell: str) -> list[str]:
    """The models that a cell names: those in code where there are any, so that none run together."""
    text = _plain(cell)
    names = re.findall(r"`([^`]+)`", text) or re.split(r"[;,]\s*|\s+/\s+|\s+or\s+|\s+and\s+", text)
    return [n for s in names if (n := _unbracketed(s.strip())) and NAME.fullmatch(n) and not _says_none(n)]


def _unbracketed(name: str) -> str:
    """`sora-2 (2025-12-08)` is that version of it; any other remark in brackets says nothing of the name."""
    bracketed = BRACKETED.fullmatch(name)
    if bracketed is None:
        return name
    more = bracketed["more"].strip()
    return f"{bracketed['name']}-{more}" if VERSION.fullmatch(more) else bracketed["name"]


def _says_none(name: str) -> bool:
    return name.lower() in ("n/a", "na", "none", "tbd", "to be determined", "not applicable")
