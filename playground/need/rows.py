"""Every part of a need: one row each, in the order in which a page asks for them.

A new part is a row in the file of its kind and the field of Need that it goes into; one that eliminates is a
constraint too (constraints.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from playground.catalog import Catalog
from playground.need.abilities import ABILITIES
from playground.need.form import Control, Part, Section, tick
from playground.need.location import PLACE_AND_DATA
from playground.need.need import SOON
from playground.need.ranking import RANKING
from playground.need.values import number, whole
from playground.need.workload import FINER, WORK_PARTS

LIMITS = Section(id="limits", title="Limits")
COUNTS = Section(id="counts", title="What counts")


def _number(value: Any, _: Catalog) -> Decimal:
    return number(value)


def _whole(value: Any, _: Catalog) -> int:
    return whole(value)


def _limit(name: str, label: str, placeholder: str, meaning: str, read: Callable[..., Any] = _number) -> Part:
    return Part(
        name=name,
        read=read,
        section=LIMITS,
        control=Control.NUMBER,
        label=label,
        placeholder=placeholder,
        help=meaning,
    )


BOUNDS = (
    _limit("budget", "Dollars a month, at most", "no limit", "At most so many US dollars a month."),
    _limit(
        "request_budget", "Dollars a request, at most", "no limit", "At most so many US dollars a request."
    ),
    _limit(
        "min_days",
        "Days it must live on",
        f"not known to end within {SOON}",
        f"Days it must live on; unless said, it must not be known to end within {SOON}.",
        _whole,
    ),
    _limit(
        "min_providers",
        "Providers that serve the model, at least",
        "1",
        "How many providers must serve the model.",
        _whole,
    ),
    _limit(
        "max_share",
        "Share of the requests one lab may answer, 0 to 1",
        "1",
        "The most of the requests that one lab may answer, 0 to 1.",
        lambda value, _: number(value, least=Decimal("0.01"), most=Decimal(1)),
    ),
)
WHAT_COUNTS = (
    tick(
        "keep_unknown",
        COUNTS,
        "Keep those of which nobody says enough",
        "",
        "after the others, marked",
    ),
    tick(
        "subscriptions",
        COUNTS,
        "Plans too",
        "Plans too, which are not paid by the token.",
        "not paid by the token",
    ),
    tick("free", COUNTS, "What is given away too", "What is given away too."),
    tick(
        "doubtful",
        COUNTS,
        "Prices in doubt too",
        "Prices in doubt too, far from what others ask for the same.",
        "far from what others ask for the same",
    ),
    tick(
        "aliases",
        COUNTS,
        "Names that move to other models too",
        "Names that move to other models too, such as …-latest.",
        "such as …-latest",
    ),
    tick(
        "special_terms",
        COUNTS,
        "Prices for special terms too",
        "Prices for special terms too: data given for training, spare capacity, a commitment.",
        "data given for training, spare capacity, a commitment",
    ),
    tick(
        "include_left_out",
        COUNTS,
        "All that is left out unasked too",
        "All that is left out unasked too: any seller, prices in doubt, near ends, names that move.",
        "any seller, prices in doubt, near ends, names that move",
    ),
)
#: The region as a bill asks for it.
CALLED_REGION = replace(
    next(part for part in PLACE_AND_DATA if part.name == "region"),
    section=FINER,
    label="Cloud region that is called, where prices differ by it",
    placeholder="any; westeurope",
    choices=lambda _: (),
    help="The cloud region that is called, where prices differ by it.",
)
#: The parts of a bill.
BILL_PARTS = (*WORK_PARTS, CALLED_REGION)
#: Every part by its name.
PARTS = {
    part.name: part for part in (*WORK_PARTS, *ABILITIES, *PLACE_AND_DATA, *BOUNDS, *RANKING, *WHAT_COUNTS)
}
