"""How long an offering will be served: the days that sources give.

A day is a last day of service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from playground.catalog import Catalog, Offering


class Stage(StrEnum):
    """Where an offering stands between its launch and its retirement."""

    RETIRED = "retired"
    RETIRING = "retiring"
    DEPRECATED = "deprecated"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is known of an offering's end; `earliest` is a day before which it is not retired.

    `days` are those left to the retirement, or, where only that is known, to the earliest one; negative where
    it is past.
    """

    offering: Offering
    stage: Stage
    retires: date | None = None
    earliest: date | None = None
    deprecated: date | None = None
    days: int | None = None


def outlook_of(offering: Offering, today: date) -> Outlook:
    """What is known of an offering's end on a day."""
    retires, earliest, deprecated = (
        _day(offering.value(name)) for name in ("retires", "retires_earliest", "deprecated")
    )
    status = offering.value("status")
    until = retires or earliest
    stage = Stage.LIVE
    if status == "retired" or (retires and retires < today):
        stage = Stage.RETIRED
    elif retires:
        stage = Stage.RETIRING
    elif status == "deprecated" or (deprecated and deprecated <= today):
        stage = Stage.DEPRECATED
    return Outlook(
        offering=offering,
        stage=stage,
        retires=retires,
        earliest=earliest,
        deprecated=deprecated,
        days=(until - today).days if until else None,
    )


def offering_end(offering: Offering) -> str:
    """`retired`, or the last day of service (`2027-04-14`); empty where neither is known."""
    if offering.value("status") == Stage.RETIRED:
        return str(Stage.RETIRED)
    last = _day(offering.value("retires"))
    return str(last) if last else ""


def model_ends(catalog: Catalog) -> Mapping[str, str]:
    """The end of each model that ends at every place: `retired`, or the last day that one still serves it."""
    ends: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        ends[offering.model].add(offering_end(offering))
    known = {model: every for model, every in ends.items() if "" not in every}
    return {
        model: max(every - {str(Stage.RETIRED)}, default=str(Stage.RETIRED)) for model, every in known.items()
    }


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def by_month(outlooks: Sequence[Outlook]) -> Mapping[str, tuple[Outlook, ...]]:
    """Those with a day of retirement, by its month (`2027-01`)."""
    months: dict[str, list[Outlook]] = defaultdict(list)
    for outlook in outlooks:
        if outlook.retires:
            months[outlook.retires.strftime("%Y-%m")].append(outlook)
    return {month: tuple(months[month]) for month in sorted(months)}
