"""The figures of one answer, each with how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Known(StrEnum):
    """How a figure is known."""

    REPORTED = "reported"
    COMPUTED = "computed"
    ESTIMATED = "estimated"
    MISSING = "not reported"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how it is known; `note` says what it leaves open."""

    value: float | int | Decimal | None
    known: Known
    note: str = ""


MISSING = Figure(None, Known.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Seconds, tokens and tokens a second and US dollars of one answer, each with how it is known."""

    first_reasoning: Figure
    first_answer: Figure
    seconds: Figure
    input: Figure
    cache_read: Figure
    cache_write: Figure
    output: Figure
    reasoning: Figure
    answer_rate: Figure
    cost: Figure
