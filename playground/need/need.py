"""What is asked of a model: a need, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from playground.ability import Task
from playground.catalog import Capability, Certification, Channel, Kind, Seller
from playground.catalog.regions import Zone
from playground.pricing.pieces import usual_tokens
from playground.pricing.workload import INPUT_SHARES, OUTPUT_SHARES, Workload

#: Who may sell a model unless the need says otherwise: whom a contract for work that matters is made with. A
#: gateway and a reseller are a second party to it, and of the unknown nobody says whose machines answer.
SELLERS = (Seller.LAB, Seller.HYPERSCALER, Seller.HOST, Seller.OWN)
#: Within how many days it must not be known to end, unless the need says for how long it must last: half a
#: year, as moving to another model takes a team months.
SOON = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is asked for; an empty part asks for nothing.

    Money is US dollars: `budget` for a month, `request_budget` for a request. `min_days` are the days the
    offering must stay in service; unless said it must not be known to end within SOON days.
    `min_providers` is how many providers, gateways and plans aside, must serve the model (the freedom to
    switch), `max_share` the most of the requests that models of one lab may answer, from 0 to 1. `cost`,
    `quality` and `speed` weigh the three against each other, from 0 to 9. Quality is the model's ability at
    the `task`, in the `language` where that has a test of its own, or in general; speed is the tokens a
    second that the reader measured (`speeds`, by offering), as no source gives them. `able` is how able a
    model must be: one of LEVELS, or a model that it must be as good as. `accepted` orders by the cost of
    each answer that is likely to be right. `benchmark` names a series of scores (catalog.Score.series)
    and `min_score` the worst in it that will do. `certifications` are those that the provider's own pages
    must name. `memory` is how many gigabytes a machine of the reader's own has: then only what runs there
    is looked at.
    `support` keeps to providers whose support page is known here. `sellers` are the classes of provider that
    may sell it. `subscriptions` lets in plans, which are not paid by the token, `free` what is given away
    within limits, `doubtful` prices that are in doubt, `aliases` names that move to another model,
    `special_terms` prices for terms that few can take (spare capacity, data given for training, a
    commitment), `include_left_out` all that is left out though nobody asked for that (`floor` in
    constraints.py).
    `keep_unknown` keeps candidates of which nobody says whether they meet a constraint; they are marked.
    """

    work: Workload
    kind: Kind | None = Kind.CHAT
    must: tuple[Capability, ...] = ()
    should: tuple[Capability, ...] = ()
    zone: Zone | None = None
    region: str = ""
    zero_retention: bool = False
    no_training: bool = False
    certifications: tuple[Certification, ...] = ()
    open_weights: bool = False
    licences: tuple[str, ...] = ()
    memory: Decimal | None = None
    labs: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    models: tuple[str, ...] = ()
    budget: Decimal | None = None
    request_budget: Decimal | None = None
    min_days: int | None = None
    min_providers: int = 1
    max_share: Decimal = Decimal(1)
    task: Task | None = None
    language: str = ""
    able: str = ""
    accepted: bool = False
    benchmark: str = ""
    min_score: Decimal | None = None
    cost: int = 1
    quality: int = 1
    speed: int = 0
    speeds: Mapping[str, Decimal] = field(default_factory=dict)
    support: bool = False
    subscriptions: bool = False
    free: bool = False
    doubtful: bool = False
    aliases: bool = False
    special_terms: bool = False
    sellers: tuple[Seller, ...] = SELLERS
    include_left_out: bool = False
    keep_unknown: bool = True

    @property
    def on_own_machine(self) -> bool:
        """Whether only what runs on a machine of the reader's own is asked for."""
        return self.memory is not None or set(self.channels) == {Channel.SELF_HOSTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A part of a need that cannot be read: what was seen and what would do.

    `typed` is the value, of several the one that is wrong; `meant` are parts with a value that would do.
    """

    part: str
    message: str
    typed: str = ""
    meant: tuple[tuple[str, str], ...] = ()


WORK = tuple(f.name for f in fields(Workload))
#: Shares that are parts of one whole, and what that is.
WHOLES = {INPUT_SHARES: "input", OUTPUT_SHARES: "output"}
SHARES = frozenset({*INPUT_SHARES, *OUTPUT_SHARES, "batch"})
NEED_PARTS = tuple(f.name for f in fields(Need) if f.name != "work")
#: What a workload is where a need does not state it.
USUAL: Mapping[str, Any] = {
    "input_tokens": Decimal(1000),
    "output_tokens": Decimal(500),
    "requests": Decimal(1000),
}
#: The most that a weight can be.
HEAVIEST = 9


def need_to_parts(need: Need) -> dict[str, Any]:
    """The parts of a need that differ from the usual, as read_need takes them: text, numbers, lists."""
    parts = {name: getattr(need.work, name) for name in WORK}
    bare = Need(work=Workload(**usual_tokens(USUAL, parts, need.kind)))
    work = {n: getattr(need.work, n) for n in WORK if getattr(need.work, n) != getattr(bare.work, n)}
    rest = {n: getattr(need, n) for n in NEED_PARTS if getattr(need, n) != getattr(bare, n)}
    return {name: plain_value(value) for name, value in {**work, **rest}.items()}


def workload_to_parts(work: Workload) -> dict[str, Any]:
    """A workload as plain values, without what is nought."""
    return {name: plain_value(getattr(work, name)) for name in WORK if getattr(work, name)}


def plain_value(value: Any) -> Any:
    """A value of a need as JSON has it: a whole number where it is one."""
    match value:
        case None:
            return "any"
        case bool() | int():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [plain_value(v) for v in value]
        case Mapping():
            return {k: plain_value(v) for k, v in value.items()}
        case _:
            return str(value)
