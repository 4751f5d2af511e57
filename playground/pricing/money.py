"""US dollars as a reader sees them: a bill rounded to cents, a range, a sum that is surely enough."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from playground.pricing.cost import Bill


def usd(amount: Decimal) -> str:
    """`$1,234.50`; below a cent at most three digits that tell something: `$0.0008`, `$0.00213`."""
    if amount >= Decimal("0.01") or not amount:
        return f"${amount:,.2f}"
    return exact_usd(Decimal(f"{amount:.3g}"))


def exact_usd(amount: Decimal) -> str:
    """`$0.0000025`: every digit there is, and no more."""
    return f"${amount.normalize():,f}"


def bill_text(bill: Bill | None) -> str:
    """`$12.50`, `$12.50 to $20.00`, `from $12.50`, `$10.00 to $20.00 by the hour`, or unknown."""
    if bill is None or not bill.known:
        return "unknown"
    if bill.off_peak is not None:
        upper = "no known limit" if bill.high is None else usd(bill.high)
        return f"{usd(bill.off_peak)} to {upper} by the hour"
    if bill.usd is not None:
        return usd(bill.usd)
    return f"from {usd(bill.low)}" if bill.high is None else f"{usd(bill.low)} to {usd(bill.high)}"


def rounded_up(amount: Decimal) -> str:
    """Dollars that are surely enough, in as many digits as tell something."""
    least = Decimal("0.01") if amount >= 1 else Decimal(1).scaleb(amount.adjusted() - 2) if amount else 1
    return f"${amount.quantize(Decimal(least), ROUND_CEILING).normalize():,f}"
