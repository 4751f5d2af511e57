"""The values of a verdict, and how the two are looked at: at today's prices, or at those announced last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from playground.versus.ahead import is_ahead
from playground.versus.month import Months
from playground.versus.sentence import Sentence
from playground.versus.side import Side


class Sureness(StrEnum):
    """How sure a verdict is."""

    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two models with what a month costs at each; `later` looks at the prices that are announced last."""

    a: Side
    b: Side
    months: Months
    later: bool = False

    def other(self, x: Side) -> Side:
        """The one that `x` is not."""
        return self.b if x is self.a else self.a

    @property
    def cheaper(self) -> Side | None:
        """The one whose month costs clearly less; None where both cost alike or a sum is unknown."""
        return {"a": self.a, "b": self.b}.get(self.months.cheaper(later=self.later))

    @property
    def ahead(self) -> Side | None:
        """The one that scores put ahead; None where they do not tell."""
        if is_ahead(self.a, self.b):
            return self.a
        return self.b if is_ahead(self.b, self.a) else None

    @property
    def begins(self) -> date | None:
        """The day from which the prices announced last hold; None where none is announced."""
        return max((m.coming for m in (self.months.a, self.months.b) if m.coming), default=None)

    @property
    def priced(self) -> bool:
        """Whether a month's sum is known of both."""
        return None not in (self.usd(self.a), self.usd(self.b))

    def usd(self, x: Side) -> Decimal | None:
        """What a month costs at `x`, if that is one number."""
        return (self.months.a if x is self.a else self.months.b).usd(later=self.later)

    def hourly(self, x: Side) -> bool:
        """Whether what it costs goes by the hour: then sums are those of the dearest."""
        month = self.months.a if x is self.a else self.months.b
        bill = month.then if self.later else month.now
        return bill is not None and bill.off_peak is not None

    def times(self, x: Side) -> Decimal | None:
        """How many times as much a month costs at `x`; None where that is no number."""
        mine, theirs = self.usd(x), self.usd(self.other(x))
        return mine / theirs if mine is not None and theirs else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one rule decides: the one for most, or None; why, and when to take the other one."""

    most: Side | None
    sure: Sureness
    rule: str
    why: tuple[Sentence, ...]
    otherwise: tuple[str, ...] = ()


#: What one rule decides of a pair; None where it has nothing to say.
type Decider = Callable[[Pair], Decision | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict: `most` is `a`, `b` or empty; `when` says of which side when to choose it, in short.

    `rule` is what decided, `why` its reasons, the weightiest first; `notes` are what else has to be known.
    `begins` is the day from which it holds, where another one holds until then.
    """

    most: str
    sure: Sureness
    rule: str
    why: tuple[Sentence, ...]
    when: Mapping[str, tuple[str, ...]]
    notes: tuple[Sentence, ...]
    months: Months
    begins: date | None = None
