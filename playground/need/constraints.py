"""The constraints that a need makes, in the order in which they eliminate, and those of the floor.

Each says yes, no or unknown, with what decides it (judges.py).

A constraint names the columns of the catalog that it looks at and judges their values, so that ten thousand
offerings need only as many judgements as there are different values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from playground.catalog import Channel, Seller, Support
from playground.catalog.regions import ALL_REGIONS, SOME_REGIONS
from playground.catalog.vocabulary import NUMBERS, UNCOUNTED
from playground.labels.deployments import ELSEWHERE, MARGIN, WINDOWS
from playground.labels.labels import CERTIFICATIONS
from playground.need.judges import (
    NOBODY,
    Judged,
    beyond_doubt,
    certified,
    fixed_name,
    had_in,
    judged_value,
    like_one_of,
    not_ending,
    not_trained_on,
    of_kind,
    one_of,
    paid,
    promised_handling,
    served_after,
    sold_by,
    stays_in_zone,
    supported_by,
    supported_or_implied,
    usual_terms,
    value_text,
    yes_or_no,
)
from playground.need.machine import fits_in, open_weights
from playground.need.need import SELLERS, SOON, Need
from playground.pricing.pieces import abilities_for, work_of

#: How the name of a constraint on certifications begins.
CERTIFIED = "certified: "
#: The constraints of how long it lives. That no end is announced is no lack: of most that live on none is.
ENDINGS = ("still lives", "no near end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One thing asked for: `judge` gets the values of `columns`, in their order.

    A column is a field of the offering, one of `provider`, `lab`, `channel`, `variant`, `model`, `doubts`
    (its prices in doubt), `seen_kind` (labels/kinds.py), `seller` (the provider's class), `weights` (whether
    they are open, or kept as those of its line), `served` (how many providers serve the model) and
    `residency` (what the provider says of where requests over the channel stay), or a field of the model
    (`model.licence`) or of the provider (`provider.zero_retention`). Name and `wanted` together tell two
    constraints apart: `wanted` holds the values asked for that the name does not show.

    What a provider would have to be asked (`ask`) never counts as met where it is unknown.
    """

    name: str
    wanted: tuple[Any, ...] = ()
    columns: tuple[str, ...]
    judge: Callable[..., Judged]
    ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorConstraint(Constraint):
    """One thing that is asked though nobody says so: `phrase` says what is left out by it, `{}` the count.

    `include` is the part of a need, with its value, that lets it in.
    """

    phrase: str
    include: tuple[str, Any]


def constraints(need: Need, today: date) -> Iterator[Constraint]:
    """What the need asks, in the order in which the eliminated are grouped; what it costs comes last.

    What a month or a request costs depends on no column: decide/judgement.py judges it by the budgets.
    """
    yield from _kind_and_names(need)
    yield from _terms_of_sale(need)
    yield from _abilities(need)
    yield from _machine(need)
    yield from _location(need)
    yield from _data_handling(need)
    yield from _size(need)
    yield _outlook(need, today)
    if need.min_providers > 1:
        yield _enough_providers(need.min_providers)


def _kind_and_names(need: Need) -> Iterator[Constraint]:
    """The kind of model, and the labs, providers, channels and models that it must be one of."""
    if need.kind is not None:
        yield Constraint(name=f"kind: {need.kind}", columns=("seen_kind",), judge=of_kind(need.kind))
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("lab", need.labs),
        ("provider", need.providers),
        ("channel", need.channels),
    )
    for name, names in allowed:
        if names:
            among = frozenset(names)
            yield Constraint(name=name, wanted=(among,), columns=(name,), judge=one_of(among))
    if need.include_left_out and not need.providers and set(need.sellers) != set(SELLERS):
        # Who names classes of seller asks for them, whatever else is let in.
        sellers = frozenset(need.sellers)
        yield Constraint(
            name="class of seller", wanted=(sellers,), columns=("seller",), judge=sold_by(sellers)
        )
    if need.models:
        yield Constraint(name="model", wanted=need.models, columns=("model",), judge=like_one_of(need.models))


def _terms_of_sale(need: Need) -> Iterator[Constraint]:
    """A support page, and whether a plan or what is given away will do."""
    if need.support and not need.on_own_machine:
        yield Constraint(name="support", columns=("provider.support",), judge=supported_by)
    if not need.subscriptions:
        yield Constraint(
            name="paid by use",
            columns=("channel",),
            judge=lambda channel: Judged(yes_or_no(channel != Channel.SUBSCRIPTION), str(channel)),
        )
    if not need.free:
        columns = ("variant", "price.input", "price.output", "channel")
        yield Constraint(name="not given away", columns=columns, judge=paid)


def _abilities(need: Need) -> Iterator[Constraint]:
    """What it must be able to do, and how its weights may be used."""
    for capability in dict.fromkeys((*need.must, *abilities_for(need.work, need.kind))):
        field = f"can.{capability}"
        name = f"can: {capability.replace('_', ' ')}"
        yield Constraint(
            name=name, columns=(field, "seen_kind", "variant"), judge=supported_or_implied(field, capability)
        )
    if need.open_weights:
        yield Constraint(name="open weights", ask=True, columns=("weights",), judge=open_weights)
    if need.licences:
        licences = need.licences
        yield Constraint(
            name="licence",
            ask=True,
            wanted=licences,
            columns=("model.licence",),
            judge=lambda licence: judged_value(licence, licence in licences, "licence"),
        )


def _machine(need: Need) -> Iterator[Constraint]:
    """The memory of the reader's own machine."""
    if need.memory is not None:
        yield Constraint(
            name="fits in memory",
            ask=True,
            wanted=(need.memory,),
            columns=("model.parameters", "model"),
            judge=fits_in(need.memory),
        )


def _location(need: Need) -> Iterator[Constraint]:
    """The zone that requests stay within, and the region that is called."""
    region = need.region
    if need.zone is not None:
        zone = need.zone
        yield Constraint(
            name=f"stays within: {zone}",
            ask=True,
            columns=("residency", ALL_REGIONS, SOME_REGIONS),
            wanted=(region,),
            judge=lambda stated, regions, some: stays_in_zone(stated, regions, some, zone, region),
        )
    if region:
        yield Constraint(
            name=f"in region: {region}",
            ask=True,
            columns=(ALL_REGIONS, SOME_REGIONS),
            judge=had_in(region),
        )


def _data_handling(need: Need) -> Iterator[Constraint]:
    """What the provider may do with what it is sent."""
    if need.zero_retention:
        yield Constraint(
            name="zero retention",
            ask=True,
            columns=("residency", "provider.zero_retention"),
            judge=lambda stays, promised: promised_handling(stays, promised, "zero_retention"),
        )
    if need.no_training:
        yield Constraint(
            name="no training",
            ask=True,
            columns=("residency", "provider.no_training", "variant", "price.input", "price.output"),
            judge=not_trained_on,
        )
    for wanted in need.certifications:
        yield Constraint(
            name=f"{CERTIFIED}{CERTIFICATIONS[wanted]}",
            ask=True,
            columns=("residency", "provider.certifications", "channel"),
            judge=certified(wanted),
        )


def _size(need: Need) -> Iterator[Constraint]:
    """Whether a request's input and output fit into the limits; of what is no text no length decides."""
    if need.kind in UNCOUNTED:
        return
    work = need.work

    def fits(window: Any, limit: Any, window_there: Any, limit_there: Any) -> Judged:
        if isinstance(limit, int) and work.input_tokens > limit:
            return Judged(Support.NO, value_text(limit), "max_input_tokens")
        if isinstance(window, int):
            holds = work.input_tokens + work.output_tokens <= window
            return Judged(yes_or_no(holds), value_text(window), "context_tokens")
        if isinstance(limit, int):
            return Judged(Support.YES, value_text(limit), "max_input_tokens")
        for there, field in ((limit_there, "max_input_tokens"), (window_there, "context_tokens")):
            if isinstance(there, int) and (work.input_tokens + work.output_tokens) * MARGIN <= there:
                return Judged(Support.YES, f"{value_text(there)} at its other deployments", field)
        return Judged(Support.UNKNOWN, NOBODY, "context_tokens")

    yield Constraint(
        name="input fits",
        wanted=(work.input_tokens, work.output_tokens),
        columns=(*WINDOWS, *ELSEWHERE),
        judge=fits,
    )
    if need.kind not in NUMBERS:
        yield Constraint(
            name="output fits",
            wanted=(work.output_tokens,),
            columns=("max_output_tokens",),
            judge=lambda most: judged_value(most, work.output_tokens <= (most or 0), "max_output_tokens"),
        )


def _outlook(need: Need, today: date) -> Constraint:
    """Whether it is not retired, and stays so for the days that the need asks."""
    days = need.min_days or 0
    until = today + timedelta(days=days)
    return Constraint(
        name="still lives",
        wanted=(until, days > 0),
        columns=("status", "retires", "retires_earliest"),
        judge=served_after(until, days=days),
    )


def _enough_providers(least: int) -> Constraint:
    """How many providers must serve the model, gateways and plans aside."""
    return Constraint(
        name="providers to switch to",
        wanted=(least,),
        columns=("served",),
        judge=lambda served: Judged(yes_or_no(served >= least), f"{served} serve the model"),
    )


def floor(need: Need, today: date) -> Iterator[FloorConstraint]:
    """What is asked though the need does not say so, but where it asks for the very thing.

    Judged last, so that what is left out by it is what would be in the answer without it.
    """
    if need.include_left_out:
        return
    if not need.providers:
        yield _sellers(need)
    if not need.doubtful:
        yield _sound_prices(need)
    if need.min_days is None or need.min_days >= SOON:  # who asks for longer asks for no less
        until = today + timedelta(days=max(SOON, need.min_days or 0))
        yield FloorConstraint(
            name="no near end",
            wanted=(until,),
            columns=("status", "retires", "withdrawn", "retires_earliest", "replaced_by"),
            judge=not_ending(until),
            phrase=f"{{}} with a known or possible end by {until}, deprecated, or retired by their lab",
            include=("include_left_out", True) if need.min_days else ("min_days", 0),
        )
    if not need.special_terms:
        yield FloorConstraint(
            name="usual terms",
            columns=("variant",),
            judge=usual_terms,
            phrase="{} at a price for special terms (your data for training, spare capacity, a commitment)",
            include=("special_terms", True),
        )
    if not need.aliases and (not need.models or any("*" in model for model in need.models)):
        yield FloorConstraint(
            name="fixed name",
            columns=("model.points_to", "version", "model"),
            judge=fixed_name,
            phrase="{} under a name that moves to other models",
            include=("aliases", True),
        )


def _sellers(need: Need) -> FloorConstraint:
    sellers = frozenset(need.sellers)
    if Channel.GATEWAY in need.channels:
        sellers |= {Seller.GATEWAY, Seller.RESELLER}
    others = [
        f"{seller.replace('-', ' ')}s"
        for seller in Seller
        if seller not in {*sellers, Seller.UNKNOWN, Seller.OWN}
    ]
    if Seller.UNKNOWN not in sellers:
        others.append("sellers of unknown class")
    listed = " and ".join(part for part in (", ".join(others[:-1]), *others[-1:]) if part)
    return FloorConstraint(
        name="class of seller",
        wanted=(sellers,),
        columns=("seller",),
        judge=sold_by(sellers),
        phrase=f"{{}} sold by {listed}",
        include=("sellers", tuple(Seller)),
    )


def _sound_prices(need: Need) -> FloorConstraint:
    work = work_of(need.kind, need.work)
    return FloorConstraint(
        name="price not in doubt",
        wanted=(work.mode, work.batch > 0, work.input_tokens, frozenset(work.counts())),
        columns=("doubts",),
        judge=lambda doubts: beyond_doubt(doubts, work),
        phrase="{} with a price in doubt",
        include=("doubtful", True),
    )
