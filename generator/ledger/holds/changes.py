"""A claim that changed, and what is held of such changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.ledger.holds.smells import Suspicion
from generator.ledger.judging.gates import Weighed
from generator.ledger.last_good import NOTHING, LastGood
from playground.catalog import Claim, Held, HeldChange, Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim that a source makes now (None where it makes none) and what it said before."""

    key: Key
    field: str
    source: str
    claim: Weighed | None
    was: Claim | None

    def to_held(self) -> HeldChange:
        return HeldChange(
            target=str(self.key),
            field=self.field,
            was=self.was.value if self.was else None,
            now=self.claim.value if self.claim else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held, the approvals that let something through, and what the catalog held of what vanished."""

    held: tuple[Held, ...] = ()
    used: frozenset[str] = frozenset()
    last: LastGood = NOTHING


type Groups = Mapping[tuple[str, str, Suspicion], list[Change]]
