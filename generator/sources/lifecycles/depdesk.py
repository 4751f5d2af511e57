"""depdesk: OpenAI's and Anthropic's pages of deprecations as JSON, with the day and sha256 of each page.

Beside models it lists endpoints and products that end; those are no offerings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.sources.endings import Ending, ending_record
from generator.sources.records import UNFORESEEN, SourceRecord, expect, left_out, read_json, row_of

SOURCE = "depdesk"

STATUSES = ("active", "deprecated", "retired")
#: What it lists that is no model → why it is left out.
OTHERS = {"endpoints": "an endpoint, not a model", "products": "a product, not a model"}


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model, and one for each other thing, left out. Raises SourceShapeError."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    models = expect(top.get("models"), list, SOURCE, "models")
    pages = {
        page["provider"]: page["url"]
        for page in top.get("sources") or ()
        if isinstance(page, dict) and {"provider", "url"} <= page.keys()
    }
    records = [row_of(SOURCE, _name(row), _record, row, pages) for row in models]
    for key, reason in OTHERS.items():
        others = expect(top.get(key) or [], list, SOURCE, key)
        records += [left_out(SOURCE, _name(row), reason) for row in others]
    return records


def _name(row: Any) -> str:
    return str(row.get("id", "")) if isinstance(row, dict) else ""


def _record(row: dict[str, Any], pages: Mapping[str, str]) -> SourceRecord:
    provider = expect(row["provider"], str, SOURCE, "a provider")
    model = expect(row["id"], str, SOURCE, "an id")
    if row["status"] not in STATUSES:
        return left_out(SOURCE, f"{provider}/{model}", UNFORESEEN)
    ending = Ending(
        deprecated=str(row.get("deprecated_on") or ""),
        retires=str(row.get("retires_on") or ""),
        earliest=str(row.get("earliest_retirement") or ""),
        status=row["status"],
        replaced_by=str(row.get("replacement") or ""),
    )
    link = str(row.get("source") or pages.get(provider, ""))
    return ending_record(SOURCE, provider, model, ending, link, rows=1)
