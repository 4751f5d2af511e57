"""What can be asked of an offering, one function each: yes, no or unknown, with what decides it.

A constraint names the columns of the catalog that it looks at and judges their values, so that ten thousand
offerings need only as many judgements as there are different values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from playground.catalog import Channel, Score, Support
from playground.need import Need
from playground.regions import zone_of

NOBODY = "nobody says"


class Judged(NamedTuple):
    """Whether a constraint holds, in words, and the field that decides; empty where no fact does."""

    holds: Support
    said: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One thing asked for: `judge` gets the values of `columns`, in their order.

    A column is a field of the offering, one of `provider`, `lab`, `channel`, `variant`, `model` and `served`
    (how many providers serve the model), or a field of the model (`model.licence`) or of the provider
    (`provider.zero_retention`). Where the name does not tell all of what is asked, `asked` does.
    """

    name: str
    asked: tuple[Any, ...] = ()
    columns: tuple[str, ...]
    judge: Callable[..., Judged]


def constraints(need: Need, today: date) -> Iterator[Constraint]:
    """What the need asks, in the order in which the eliminated are grouped; what it costs comes last.

    What a month costs is no column: choose.py judges it by `budget`.
    """
    if need.kind is not None:
        wanted = need.kind
        yield Constraint(
            name=f"kind: {wanted}",
            columns=("kind",),
            judge=lambda kind: _is(kind, kind == wanted, "kind"),
        )
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("lab", need.labs),
        ("provider", need.providers),
        ("channel", need.channels),
        ("model", need.models),
    )
    for name, wanted_ones in allowed:
        if wanted_ones:
            among = frozenset(wanted_ones)
            yield Constraint(name=name, asked=(among,), columns=(name,), judge=_among(among))
    if need.support:
        yield Constraint(
            name="support",
            columns=("provider.support",),
            judge=lambda page: Judged(
                _support(bool(page)), page or "no support page is known here", "support"
            ),
        )
    if not need.subscriptions:
        yield Constraint(
            name="paid by use",
            columns=("channel",),
            judge=lambda channel: Judged(_support(channel != Channel.SUBSCRIPTION), str(channel)),
        )
    if not need.free:
        columns = ("variant", "price.input", "price.output")
        yield Constraint(name="not given away", columns=columns, judge=_paid)
    for capability in need.must:
        field = f"can.{capability}"
        name = f"can: {capability.replace('_', ' ')}"
        yield Constraint(name=name, columns=(field,), judge=_supported(field))
    if need.open_weights:
        name = "model.open_weights"
        yield Constraint(name="open weights", columns=(name,), judge=_supported("open_weights"))
    if need.licences:
        licences = need.licences
        yield Constraint(
            name="licence",
            asked=licences,
            columns=("model.licence",),
            judge=lambda licence: _is(licence, licence in licences, "licence"),
        )
    if need.zone is not None:
        zone = need.zone
        yield Constraint(
            name=f"stays within: {zone}",
            columns=("channel", "regions"),
            asked=(need.region,),
            judge=lambda channel, regions: _stays(channel, regions, zone, need.region),
        )
    if need.region:
        region = need.region
        yield Constraint(
            name=f"in region: {region}",
            columns=("regions",),
            judge=lambda regions: _is(regions, region in (regions or ()), "regions"),
        )
    if need.zero_retention:
        yield Constraint(
            name="zero retention",
            columns=("channel", "provider.zero_retention"),
            judge=lambda channel, said: _handled(channel, said, "zero_retention"),
        )
    if need.no_training:
        yield Constraint(
            name="no training",
            columns=("channel", "provider.no_training", "variant", "price.input", "price.output"),
            judge=_untrained,
        )
    yield from _size(need)
    yield _life(need, today)
    if need.min_providers > 1:
        least = need.min_providers
        yield Constraint(
            name="providers to switch to",
            asked=(least,),
            columns=("served",),
            judge=lambda served: Judged(_support(served >= least), f"{served} serve the model"),
        )


def _is(value: Any, holds: bool, field: str) -> Judged:
    if value is None:
        return Judged(Support.UNKNOWN, NOBODY, field)
    return Judged(_support(holds), said(value), field)


def said(value: Any) -> str:
    """A fact's value in words."""
    match value:
        case None:
            return NOBODY
        case tuple():
            return ", ".join(value)
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _among(wanted: frozenset[str]) -> Callable[[Any], Judged]:
    return lambda value: Judged(_support(value in wanted), str(value))


def _paid(variant: str, read: Any, made: Any) -> Judged:
    """What is given away has limits that nobody states, and may end any day."""
    if "free" in variant.split("-"):
        return Judged(Support.NO, variant)
    if read == 0 and made == 0:
        return Judged(Support.NO, "a price of nothing", "price.input")
    return Judged(Support.YES, "for a price")


def _supported(field: str) -> Callable[[Any], Judged]:
    def judge(value: Any) -> Judged:
        return Judged(Support(value) if value else Support.UNKNOWN, said(value), field)

    return judge


def _stays(channel: Channel, regions: Any, zone: Any, region: str) -> Judged:
    """Where one region is called, it is that one that must lie in the zone."""
    regional = channel == Channel.REGIONAL
    words = f"channel {channel}" + (f"; regions: {said(regions)}" if regional else "")
    if regional and region and regions is not None and region in regions:
        regions = (region,)
    return Judged(zone_of(channel, regions, zone), words, "regions" if regional else "")


_HANDLED = {"yes": Support.YES, "no": Support.NO}


def _handled(channel: Channel, promised: str, field: str) -> Judged:
    if channel == Channel.SELF_HOSTED:
        return Judged(Support.YES, "your own machines", field)
    return Judged(_HANDLED.get(promised, Support.UNKNOWN), promised or NOBODY, field)


def _untrained(channel: Channel, promised: str, variant: str, read: Any, made: Any) -> Judged:
    """A promise for paid use does not hold for what is free."""
    if promised == "paid":
        return Judged(_paid(variant, read, made).holds, "not with what is paid for", "no_training")
    return _handled(channel, promised, "no_training")


def _size(need: Need) -> Iterator[Constraint]:
    work = need.work

    def fits(window: Any, limit: Any) -> Judged:
        if isinstance(limit, int) and work.input_tokens > limit:
            return Judged(Support.NO, said(limit), "max_input_tokens")
        if isinstance(window, int):
            holds = work.input_tokens + work.output_tokens <= window
            return Judged(_support(holds), said(window), "context_tokens")
        if isinstance(limit, int):
            return Judged(Support.YES, said(limit), "max_input_tokens")
        return Judged(Support.UNKNOWN, NOBODY, "context_tokens")

    asked = (work.input_tokens, work.output_tokens)
    yield Constraint(
        name="input fits", asked=asked, columns=("context_tokens", "max_input_tokens"), judge=fits
    )
    yield Constraint(
        name="output fits",
        asked=asked[1:],
        columns=("max_output_tokens",),
        judge=lambda most: _is(most, work.output_tokens <= (most or 0), "max_output_tokens"),
    )


def room(window: Any, limit: Any, other: Decimal) -> Decimal | None:
    """The most that fits under its own limit and, beside so much else, in a window; None where unknown."""
    known = [window - other] if isinstance(window, int) else []
    known += [Decimal(limit)] if isinstance(limit, int) else []
    return min(known, default=None)


def _life(need: Need, today: date) -> Constraint:
    until = today + timedelta(days=need.min_days)

    def judge(status: Any, retires: Any) -> Judged:
        if status == "retired":
            return Judged(Support.NO, "retired", "status")
        day = last_day(retires) if isinstance(retires, str) else None
        if day is not None:
            return Judged(_support(day > until), f"retires {retires}", "retires")
        if need.min_days:
            return Judged(Support.UNKNOWN, "no date is known", "retires")
        return Judged(Support.YES, "not retired", "status")

    return Constraint(name="still lives", asked=(until,), columns=("status", "retires"), judge=judge)


def last_day(text: str) -> date | None:
    """The last day that a date, or a month alone, can mean; None where it is neither."""
    try:
        if len(text) == len("2027-01"):
            following = date.fromisoformat(f"{text}-28") + timedelta(days=4)
            return following - timedelta(days=following.day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def scored(need: Need, score: Score | None) -> Judged:
    """Whether a score is good enough; unknown where there is none."""
    if score is None or need.min_score is None:
        return Judged(Support.UNKNOWN, "no score", "scores")
    good = score.score <= need.min_score if score.lower_is_better else score.score >= need.min_score
    return Judged(_support(good), f"{score.score.normalize():f}", "scores")


def affordable(budget: Decimal, low: Decimal | None, high: Decimal | None, period: str) -> Judged:
    """Whether a cost is within the budget; unknown where its range goes over it, or none is known."""
    if low is None:
        return Judged(Support.UNKNOWN, "no price is known", "price.input")
    if low > budget:
        holds = Support.NO
    else:
        holds = Support.YES if high is not None and high <= budget else Support.UNKNOWN
    if low == high:
        return Judged(holds, f"{usd(low)} a {period}", "price.input")
    upper = "no known limit" if high is None else usd(high)
    return Judged(holds, f"from {usd(low)} to {upper} a {period}", "price.input")


def usd(amount: Decimal) -> str:
    """`$1,234.50`; below a cent three digits that tell something."""
    return f"${amount:,.2f}" if amount >= Decimal("0.01") or not amount else f"${amount:.3g}"


def _support(yes: bool) -> Support:
    return Support.YES if yes else Support.NO
