"""OpenAI's own table of the models in Codex, which its plans of ChatGPT give: JSON in Codex's repository.

The limits are the plan's, not those of the API. A row's usual window is smaller than the largest that a
reader can set; the largest is the limit. Rows that Codex hides from its list of models are left out. The
model that Codex proposes in a model's place is advice, not the end of it, and left out too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.sources.bundle import unbundled
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    expect,
    left_out,
    read_json,
    row_of,
    support_claim,
)
from playground.catalog import Capability, Effort

SOURCE = "codex"
PROVIDER = "chatgpt-subscription"
#: Efforts that the API takes; Codex has a level above them, which is a way to work and no effort.
EFFORTS = frozenset(Effort)


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model of the newest table. Raises SourceShapeError."""
    files = unbundled(raw, SOURCE)
    table = expect(
        read_json(files[max(files, key=_release)] if files else b"", SOURCE), dict, SOURCE, "the file"
    )
    rows = expect(table.get("models"), list, SOURCE, "models")
    return [row_of(SOURCE, _name(row), _record, row) for row in rows]


def _release(file: str) -> list[int]:
    """The numbers in a file's name: a package names the table after Codex's release."""
    return [int(number) for number in re.findall(r"\d{1,9}", file)]


def _name(row: Any) -> str:
    return str(row.get("slug") or "(no name)")[:60] if isinstance(row, dict) else "(no row)"


def _record(row: Mapping[str, Any]) -> SourceRecord:
    slug = row["slug"]
    if row.get("visibility") == "hide":
        return left_out(SOURCE, slug, "hidden from the list of models")
    return SourceRecord(source=SOURCE, id=slug, provider=PROVIDER, model=slug, claims=tuple(_claims(row)))


def _claims(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    window = row.get("max_context_window") or row.get("context_window")
    if isinstance(window, int) and window > 0:
        yield FieldClaim(field="context_tokens", value=window)
    levels = [level["effort"] for level in row.get("supported_reasoning_levels") or []]
    if levels:
        yield support_claim(Capability.REASONING, yes=True)
        for effort in Effort:
            yield support_claim(effort, effort in levels)
    if (default := row.get("default_reasoning_level")) in EFFORTS:
        yield FieldClaim(field="default_effort", value=default)
    if modalities := row.get("input_modalities"):
        yield support_claim(Capability.VISION, "image" in modalities)
    if isinstance(parallel := row.get("supports_parallel_tool_calls"), bool):
        yield support_claim(Capability.PARALLEL_TOOL_CALLS, parallel)
