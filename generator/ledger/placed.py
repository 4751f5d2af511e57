"""Records laid to the offerings that they are about, and counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from generator.ledger.identity import Placement
from generator.sources.records import SourceRecord
from playground.catalog import Channel, Key, Provider, SourceState

#: Why a record that only joins others is unplaced.
NOT_SERVED = "no other source lists the model there"


def joins(where: Placement, key: Key) -> bool:
    """Whether what is said of a model at a provider is said of this offering; governments have their own."""
    there = (where.provider, where.model, where.version) == (key.provider, key.model, key.version)
    return there and key.channel != Channel.GOVERNMENT


def counted(state: SourceState, counts: Counter[str]) -> SourceState:
    """The source's state with how many of its rows were parsed, left out, placed and unplaced."""

    def under(prefix: str) -> dict[str, int]:
        return {k.removeprefix(prefix): n for k, n in sorted(counts.items()) if k.startswith(prefix)}

    return replace(
        state,
        rows=counts["rows"],
        parsed=counts["parsed"],
        left_out=under("left out: "),
        placed=counts["placed"],
        unplaced=under("unplaced: "),
    )


def name_provider(named: dict[str, Provider], provider: str, record: SourceRecord) -> None:
    """Note what a record says of a provider, unless an earlier one did."""
    hints = record.hints or {}
    if hints.get("provider_name") and provider not in named:
        named[provider] = Provider(
            id=provider,
            name=hints["provider_name"],
            docs=hints.get("provider_docs", ""),
            api=hints.get("provider_api", ""),
        )
