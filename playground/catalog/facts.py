"""What sources say of a field, and the fact that is chosen from it.

Prices are Decimal US dollars per million tokens; any other unit is named in the field
(`price.output.per_image`). A missing fact is unknown: not no, not zero, not free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from playground.catalog.vocabulary import Standing

type Value = Decimal | int | str | tuple[str, ...]


@cache  # a catalog has some hundred labels, and is asked for their sources a million times
def source_of(record: str) -> str:
    """The source of a record's label: `litellm` of `litellm#2`."""
    return record.partition("#")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one record of one source says of one field.

    `record` names the record within its offering (`litellm`, or `litellm#2` where the source has
    several); `since` is the day from which the source says the value holds. `note` says why a claim
    that differs from the chosen value counts as it does: `rounding`, `stale`, or `suspect: <reason>`.
    """

    record: str
    value: Value
    since: date | None = None
    note: str = ""

    @property
    def source(self) -> str:
        return source_of(self.record)

    @property
    def suspect(self) -> bool:
        return self.note.startswith("suspect")

    @property
    def suspicion(self) -> str:
        """Why it looks wrong; empty where it does not."""
        return self.note.removeprefix("suspect: ") if self.suspect else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The chosen value of a field with every claim behind it; None where every claim is suspect."""

    value: Value | None
    standing: Standing
    claims: tuple[Claim, ...] = ()
    reason: str = ""
    link: str = ""

    @property
    def is_none(self) -> bool:
        """Whether its page was read and has none: no last day is announced, no batch is sold.

        That is known, with the page and the day; a value that nobody gives, or that was held back, is not.
        """
        return self.value is None and self.standing is Standing.OVERRIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where in a source an offering's or a model's claims stand: the row's id and the page it cites."""

    id: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSpan:
    """A price list that held from a day on (None: from the first), in one service mode, by one source."""

    record: str
    start: date | None
    mode: str
    usd: Mapping[str, Decimal] | None
    basis: str = ""
    link: str = ""
