"""rates: when models came out, what they take in and give out, how much of it, and which efforts they take.

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
    modality_claims,
    read_json,
    release_claim,
    row_of,
    support_claim,
)
from playground.catalog import Capability, Effort

SOURCE = "rates"
#: The most that its ledger unpacks to, in bytes; it has 6 MB.
LIMIT = 60_000_000
#: The ways to steer how much a model thinks that have no names for efforts.
NAMELESS = frozenset({"toggle", "budget_tokens"})


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each row that says when a model came out or what it can do.

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
    claims = (*_limits(row.get("context") or {}), *_abilities(row), *_efforts(row.get("reasoning") or {}))
    if not released and not claims:
        return left_out(SOURCE, name, "neither a day of release nor what it can do")
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=claims,
        model_claims=(release_claim(released),) if isinstance(released, str) else (),
        confirms=True,
    )


def _limits(context: Mapping[str, Any]) -> Iterator[FieldClaim]:
    """The window and the most that comes out, in tokens; what it calls the input is the window."""
    for key, name in (("input", "context_tokens"), ("output", "max_output_tokens")):
        if isinstance(context.get(key), int):
            yield FieldClaim(field=name, value=context[key])


def _abilities(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    """What goes in and comes out, and what models.dev says yes or no to; a null is neither."""
    modalities = row.get("modalities") or {}
    yield from modality_claims(modalities.get("input") or (), modalities.get("output") or ())
    for key, capability in (
        ("tool_call", Capability.TOOL_CALLS),
        ("structured_output", Capability.STRUCTURED_OUTPUT),
    ):
        if isinstance(row.get(key), bool):
            yield support_claim(capability, row[key])
    if row.get("reasoning"):
        # A row without one may be of a model that does not think, or one of which nothing is known.
        yield support_claim(Capability.REASONING, yes=True)


def _efforts(reasoning: Mapping[str, Any]) -> Iterator[FieldClaim]:
    """The efforts that a request may name; the one that counts where it names none is OpenRouter's word.

    Thinking that is only switched on and off, or is given a number of tokens, takes no effort by its name.
    """
    if reasoning.get("control") in NAMELESS:
        yield from (support_claim(effort, yes=False) for effort in Effort)
    if reasoning.get("control") != "effort":
        return
    levels = {level["label"] for level in expect(reasoning.get("levels"), list, SOURCE, "levels")}
    for effort in Effort:
        yield support_claim(effort, effort in levels)
    if (default := reasoning.get("default")) in levels and default in set(Effort):
        yield FieldClaim(field="default_effort", value=default)
