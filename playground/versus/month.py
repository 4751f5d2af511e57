"""What a month's work costs at both sides, today and once announced prices hold."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from playground.catalog import Kind
from playground.pricing.coming import coming_bills, coming_text
from playground.pricing.cost import Bill, monthly
from playground.pricing.money import bill_text
from playground.pricing.price_changes import with_changes
from playground.pricing.workload import Workload
from playground.versus.side import SOON_DAYS, CitedFact, Side

#: The month's work of a page: as a support assistant has it, three tokens in for one out.
USUAL_WORK = Workload(input_tokens=Decimal(3000), output_tokens=Decimal(1000), requests=Decimal(10_000))
#: The same as people write it.
USUAL_PARTS = {"input_tokens": 3000, "output_tokens": 1000, "requests": 10_000}
#: What costs more by less than this is as dear: nobody changes a model for it.
NEAR = Decimal("1.1")
#: What is paid by the token: of other kinds a bill of tokens is not what is paid.
BY_TOKEN = frozenset({Kind.CHAT, Kind.COMPLETION, Kind.EMBEDDING, None})
_PRICES = ("price.input", "price.output")


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One side's bill: `now` at today's prices, `then` at those announced last, both None where unknown.

    `coming` is the day from which `then` holds; None where no change is announced.
    """

    now: Bill | None
    then: Bill | None
    coming: date | None
    text: str

    def usd(self, *, later: bool = False) -> Decimal | None:
        """The sum, at the dearest hours, where it is one number."""
        bill = self.then if later else self.now
        return bill.usd if bill else None


def month_of(side: Side, work: Workload = USUAL_WORK) -> Month:
    """A month's bill at the place that speaks for a model, by prices that are in no doubt."""
    parts = tuple(getattr(work, f.name) for f in fields(work))
    return side.once(("month", *parts), lambda: _month(side, work))


def _month(side: Side, work: Workload) -> Month:
    home = side.home
    vectors = side.kind == Kind.EMBEDDING  # nothing comes out that is paid by the token
    if vectors:
        work = replace(work, output_tokens=Decimal(0))
    if side.kind not in BY_TOKEN or any(side.known(f) is None for f in _PRICES[: 1 if vectors else 2]):
        return Month(now=None, then=None, coming=None, text="unknown")
    now = monthly(work, home.sound_prices)
    changes = coming_bills(work, home, side.changes)
    later = with_changes(home, side.changes) if changes else home
    text = ", ".join(filter(None, (bill_text(now), coming_text(changes))))
    return Month(
        now=now,
        then=monthly(work, later.sound_prices),
        coming=changes[-1].day if changes else None,
        text=text,
    )


def once_announced(side: Side) -> tuple[Side, date | None]:
    """The side at the prices announced last, and the day from which they hold, where that is soon."""

    def later() -> tuple[Side, date | None]:
        last = max((c.day for c in side.changes), default=None)
        if last is None or side.day is None or (last - side.day).days > SOON_DAYS:
            return side, None
        home = with_changes(side.home, side.changes)
        return replace(side, home=home, changes=(), worked_out={}), last

    return side.once("once announced", later)


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Both sides' bills of one workload."""

    work: Workload
    a: Month
    b: Month

    def times(self, *, later: bool = False) -> Decimal | None:
        """How many times as much `a` costs as `b`; None where a sum is unknown or `b` costs nothing."""
        a, b = self.a.usd(later=later), self.b.usd(later=later)
        if a is None or b is None or (a and not b):
            return None
        return a / b if b else Decimal(1)

    def cheaper(self, *, later: bool = False) -> str:
        """`a` or `b`, whichever costs clearly less; empty where both cost alike or a sum is unknown."""
        a, b = self.a.usd(later=later), self.b.usd(later=later)
        if a is None or b is None:
            return ""
        if a * NEAR <= b and a != b:
            return "a"
        return "b" if b * NEAR <= a and a != b else ""

    @property
    def known(self) -> bool:
        """Whether both sums are known."""
        return None not in (self.a.usd(), self.b.usd())


def months_of(a: Side, b: Side, work: Workload = USUAL_WORK) -> Months:
    """Both sides' bills."""
    return Months(work=work, a=month_of(a, work), b=month_of(b, work))


def work_text(work: Workload) -> str:
    """`10,000 requests a month, each of 3,000 tokens in and 1,000 out`."""
    counts = (work.requests, work.input_tokens, work.output_tokens)
    requests, read, made = (f"{int(n):,}" if n == n.to_integral_value() else f"{n:f}" for n in counts)
    return f"{requests} requests a month, each of {read} tokens in and {made} out"


def month_facts(side: Side) -> tuple[CitedFact, ...]:
    """The prices that a bill rests on."""
    return tuple(cited for f in _PRICES if side.known(f) is not None for cited in side.cited_price(f))
