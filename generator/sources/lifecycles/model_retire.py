"""model-retire: which models of seven vendors are deprecated or retired, from each vendor's own page.

A row's note says what its day leaves open: a day that is the earliest possible, one for each of several
regions, or one of some regions only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.sources.endings import Ending, ending_record
from generator.sources.records import UNFORESEEN, SourceRecord, expect, left_out, made_or_why, read_json

SOURCE = "model-retire"

EARLIEST = re.compile(r"earliest", re.I)
DAYS = re.compile(r"\d{4}-\d{2}-\d{2}")
REGIONS = re.compile(r"\b(?:us|eu|ap|ca|sa|me|af|il|mx)(?:-gov)?-[a-z]+-\d\b")
#: The regions where Bedrock has all its models: a day of others is not the model's.
FIRST_REGIONS = frozenset({"us-east-1", "us-west-2"})
#: Who lists models as merely deprecated months after the day named for them: it is the earliest. So Mistral
#: does: on 2026-08-21 seventeen, one of them eight months after (docs.mistral.ai, src/schema/models).
EARLIEST_ONLY = frozenset({"mistral"})
ELSEWHERE = "its day holds in some regions only"


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each id that a row names, its aliases too. Raises SourceShapeError."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    return [record for row in expect(top.get("models"), list, SOURCE, "models") for record in _records(row)]


def _records(row: Any) -> Iterator[SourceRecord]:
    made = made_or_why(_of_row, row)
    if isinstance(made, str):
        yield left_out(SOURCE, str(row.get("id", "")) if isinstance(row, dict) else "", made)
    else:
        yield from made


def _of_row(row: dict[str, Any]) -> list[SourceRecord]:
    provider, note = expect(row["provider"], str, SOURCE, "a provider"), str(row.get("note") or "")
    names = [expect(name, str, SOURCE, "an id") for name in (row["id"], *(row.get("aliases") or ()))]
    regions = set(REGIONS.findall(note))
    if regions and not regions & FIRST_REGIONS:
        return [left_out(SOURCE, f"{provider}/{names[0]}", ELSEWHERE)]
    if row["status"] not in ("deprecated", "retired"):
        return [left_out(SOURCE, f"{provider}/{names[0]}", UNFORESEEN)]
    retires = str(row.get("retires_on") or "")
    several = len({*DAYS.findall(note), *filter(None, [retires])}) > 1
    open_day = bool(EARLIEST.search(note)) or several or provider in EARLIEST_ONLY
    ending = Ending(
        deprecated=str(row.get("deprecated_on") or ""),
        retires="" if open_day else retires,
        earliest=retires,
        status="" if row["status"] == "retired" and provider in EARLIEST_ONLY else row["status"],
        replaced_by=str(row.get("replacement") or ""),
    )
    link = str(row.get("source") or "")
    return [
        ending_record(SOURCE, provider, name, ending, link, rows=int(i == 0)) for i, name in enumerate(names)
    ]
