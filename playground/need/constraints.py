"""What can be asked of an offering, one function each: yes, no or unknown, with what decides it.

A constraint names the columns of the catalog that it looks at and judges their values, so that ten thousand
offerings need only as many judgements as there are different values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playground.catalog import Channel, Support
from playground.need.judges import (
    NOBODY,
    Judged,
    judged_value,
    last_day,
    not_trained_on,
    one_of,
    paid,
    promised_handling,
    stays_in_zone,
    supported,
    value_text,
    yes_or_no,
)
from playground.need.need import Need


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
            judge=lambda kind: judged_value(kind, kind == wanted, "kind"),
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
            yield Constraint(name=name, asked=(among,), columns=(name,), judge=one_of(among))
    if need.support:
        yield Constraint(
            name="support",
            columns=("provider.support",),
            judge=lambda page: Judged(
                yes_or_no(bool(page)), page or "no support page is known here", "support"
            ),
        )
    if not need.subscriptions:
        yield Constraint(
            name="paid by use",
            columns=("channel",),
            judge=lambda channel: Judged(yes_or_no(channel != Channel.SUBSCRIPTION), str(channel)),
        )
    if not need.free:
        columns = ("variant", "price.input", "price.output")
        yield Constraint(name="not given away", columns=columns, judge=paid)
    for capability in need.must:
        field = f"can.{capability}"
        name = f"can: {capability.replace('_', ' ')}"
        yield Constraint(name=name, columns=(field,), judge=supported(field))
    if need.open_weights:
        name = "model.open_weights"
        yield Constraint(name="open weights", columns=(name,), judge=supported("open_weights"))
    if need.licences:
        licences = need.licences
        yield Constraint(
            name="licence",
            asked=licences,
            columns=("model.licence",),
            judge=lambda licence: judged_value(licence, licence in licences, "licence"),
        )
    if need.zone is not None:
        zone = need.zone
        yield Constraint(
            name=f"stays within: {zone}",
            columns=("channel", "regions"),
            asked=(need.region,),
            judge=lambda channel, regions: stays_in_zone(channel, regions, zone, need.region),
        )
    if need.region:
        region = need.region
        yield Constraint(
            name=f"in region: {region}",
            columns=("regions",),
            judge=lambda regions: judged_value(regions, region in (regions or ()), "regions"),
        )
    if need.zero_retention:
        yield Constraint(
            name="zero retention",
            columns=("channel", "provider.zero_retention"),
            judge=lambda channel, said: promised_handling(channel, said, "zero_retention"),
        )
    if need.no_training:
        yield Constraint(
            name="no training",
            columns=("channel", "provider.no_training", "variant", "price.input", "price.output"),
            judge=not_trained_on,
        )
    yield from _size(need)
    yield _life(need, today)
    if need.min_providers > 1:
        least = need.min_providers
        yield Constraint(
            name="providers to switch to",
            asked=(least,),
            columns=("served",),
            judge=lambda served: Judged(yes_or_no(served >= least), f"{served} serve the model"),
        )


def _size(need: Need) -> Iterator[Constraint]:
    work = need.work

    def fits(window: Any, limit: Any) -> Judged:
        if isinstance(limit, int) and work.input_tokens > limit:
            return Judged(Support.NO, value_text(limit), "max_input_tokens")
        if isinstance(window, int):
            holds = work.input_tokens + work.output_tokens <= window
            return Judged(yes_or_no(holds), value_text(window), "context_tokens")
        if isinstance(limit, int):
            return Judged(Support.YES, value_text(limit), "max_input_tokens")
        return Judged(Support.UNKNOWN, NOBODY, "context_tokens")

    asked = (work.input_tokens, work.output_tokens)
    yield Constraint(
        name="input fits", asked=asked, columns=("context_tokens", "max_input_tokens"), judge=fits
    )
    yield Constraint(
        name="output fits",
        asked=asked[1:],
        columns=("max_output_tokens",),
        judge=lambda most: judged_value(most, work.output_tokens <= (most or 0), "max_output_tokens"),
    )


def _life(need: Need, today: date) -> Constraint:
    until = today + timedelta(days=need.min_days)

    def judge(status: Any, retires: Any) -> Judged:
        if status == "retired":
            return Judged(Support.NO, "retired", "status")
        day = last_day(retires) if isinstance(retires, str) else None
        if day is not None:
            return Judged(yes_or_no(day > until), f"retires {retires}", "retires")
        if need.min_days:
            return Judged(Support.UNKNOWN, "no date is known", "retires")
        return Judged(Support.YES, "not retired", "status")

    return Constraint(name="still lives", asked=(until,), columns=("status", "retires"), judge=judge)
