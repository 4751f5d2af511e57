"""rates: when models came out, which efforts they take, and which they take by themselves.

It merges models.dev, OpenRouter, LiteLLM and genai-prices, so beside those it is no second witness; what is
read here is what models.dev and OpenRouter say in it, which stands in no other package. Its prices are left
alone: they are chosen among the four by its own rules. It names offerings as models.dev does; its rows join
those that other sources list.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.errors import SourceShapeError
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    expect,
    left_out,
    read_json,
    release_claim,
    row_of,
    support_claim,
)
from playground.catalog import Effort

SOURCE = "rates"
#: The most that its ledger unpacks to, in bytes; it has 6 MB.
LIMIT = 60_000_000


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each row that says when a model came out or which efforts it takes.

    Raises SourceShapeError.
    """
    top = expect(read_json(_unpacked(raw), SOURCE), dict, SOURCE, "the file")
    return [_row(row) for row in expect(top.get("models"), list, SOURCE, "models")]


def _unpacked(raw: bytes) -> bytes:
    """The ledger as JSON, whether it is packed or not."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        unpacking = zlib.decompressobj(wbits=31)
        text = unpacking.decompress(raw, LIMIT)
    except zlib.error as error:
        raise SourceShapeError(
            f"{SOURCE}: its ledger cannot be unpacked ({error}); fetch it again"
        ) from error
    if not unpacking.eof:
        raise SourceShapeError(
            f"{SOURCE}: its ledger is cut off or unpacks to more than {LIMIT // 1_000_000} MB; "
            "look at what it answers now"
        )
    return text


def _row(row: Any) -> SourceRecord:
    if not isinstance(row, dict):
        return left_out(SOURCE, str(row), UNFORESEEN)
    return row_of(SOURCE, f"{row.get('provider')}/{row.get('id')}", _record, row)


def _record(row: Mapping[str, Any]) -> SourceRecord:
    provider = expect(row["provider"], str, SOURCE, "a row's provider")
    model = expect(row["id"], str, SOURCE, f"{provider}: a row's id")
    name = f"{provider}/{model}"
    if "models_dev" not in (row.get("sources") or {}):
        return left_out(SOURCE, name, "a row that is not from models.dev")
    released = (row.get("lifecycle") or {}).get("release_date")
    claims = tuple(_efforts(row.get("reasoning") or {}))
    if not released and not claims:
        return left_out(SOURCE, name, "neither a day of release nor efforts")
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=claims,
        model_claims=(release_claim(released),) if isinstance(released, str) else (),
        confirms=True,
    )


def _efforts(reasoning: Mapping[str, Any]) -> Iterator[FieldClaim]:
    """The efforts that a request may name; the one that counts where it names none is OpenRouter's word."""
    if reasoning.get("control") != "effort":
        return
    levels = {level["label"] for level in expect(reasoning.get("levels"), list, SOURCE, "levels")}
    for effort in Effort:
        yield support_claim(effort, effort in levels)
    if (default := reasoning.get("default")) in levels and default in set(Effort):
        yield FieldClaim(field="default_effort", value=default)
