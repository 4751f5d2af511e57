"""The figures of one answer, each with how it is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Known(StrEnum):
    """How a figure is known."""

    REPORTED = "reported"
    COMPUTED = "computed"
    ESTIMATED = "estimated"
    MISSING = "not reported"
    TOO_SHORT = "too short to tell"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with how it is known; `note` says what it leaves open."""

    value: float | int | Decimal | None
    known: Known
    note: str = ""


MISSING = Figure(None, Known.MISSING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Seconds, tokens and tokens a second and US dollars of one answer, each with how it is known.

    `waited` is what went by before the request that was answered: None where nothing did.
    """

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
    waited: Figure | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """How a figure is shown: what it is called, how its value is written, what the least of several is."""

    label: str
    write: Callable[[float], str]
    least: str = ""


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _usd(value: float) -> str:
    """Four decimals, as answers cost fractions of a cent; below a cent three digits that tell something."""
    if value >= 0.01 or value <= 0:
        return f"${value:.4f}" if value else "$0.00"
    return f"${Decimal(f'{value:.3g}'):f}"


#: The figures that a page shows, in its order.
SHOWN: Mapping[str, Shown] = {
    "waited": Shown("Waited before sending", _seconds),
    "first_reasoning": Shown("First reasoning", _seconds),
    "first_answer": Shown("First answer token", _seconds, "first"),
    "seconds": Shown("Whole answer", _seconds, "fastest"),
    "answer_rate": Shown("Answer tokens/s", lambda value: f"{value:.1f}"),
    "input": Shown("Input tokens", _whole),
    "cache_read": Shown("Cached input tokens", _whole),
    "output": Shown("Output tokens", _whole, "shortest"),
    "reasoning": Shown("Reasoning tokens", _whole),
    "cost": Shown("Cost", _usd, "cheapest"),
}


def figure_text(name: str, value: float | Decimal | None) -> str:
    """A figure's value as a reader sees it; a dash where it is unknown, empty where it is not shown."""
    if name not in SHOWN:
        return ""
    return "—" if value is None else SHOWN[name].write(float(value))
