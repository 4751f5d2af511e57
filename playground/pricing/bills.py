"""A month's bill at several offerings: its meters, what would save, what it would have cost before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from playground.catalog import Catalog, Kind, Offering, Support
from playground.catalog.regions import ALL_REGIONS, SOME_REGIONS, in_region
from playground.labels.addresses import anchor
from playground.labels.kinds import seen_kinds
from playground.labels.names import place_name
from playground.pricing.bill_json import bill_to_json, labelled_bill
from playground.pricing.coming import coming_bills, coming_text
from playground.pricing.cost import Bill, monthly
from playground.pricing.doubt import doubt_text
from playground.pricing.history import past_bills
from playground.pricing.money import bill_text
from playground.pricing.pieces import CALLED, can_do, work_of
from playground.pricing.price_changes import changes_of, labs_changes
from playground.pricing.savings import elsewhere, priced_hours, savings
from playground.pricing.workload import PIECES, Workload

#: The most offerings that are compared at once.
MOST = 12


def _retired(offering: Offering) -> str:
    return "retired: served no more" if offering.retired else ""


def _absent(offering: Offering, region: str) -> str:
    """That the offering is not listed in the region that is called; empty where it is or nobody says."""
    absent = in_region(region, offering.value(ALL_REGIONS), offering.value(SOME_REGIONS)) == Support.NO
    return f"not listed in {region}" if region and absent else ""


def _beyond(kind: Kind | None, work: Workload) -> str:
    """Which pieces of the work its kind of model cannot do; empty where it can do all."""
    pieces = [CALLED[piece] for piece in PIECES if getattr(work, piece) and not can_do(piece, kind)]
    return f"no work of {kind} models: {', '.join(pieces)}" if pieces else ""


def _cost(bill: Bill | None) -> dict[str, Any]:
    """A bill in words and as a number."""
    return {"cost": bill_text(bill), "usd": float(bill.low) if bill and bill.known else None}


def bills_to_json(
    work: Workload,
    offerings: Sequence[Offering],
    catalog: Catalog,
    names: Mapping[str, str],
    today: date,
    region: str = "",
    outputs: Mapping[str, Decimal | None] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """The bills as plain values, the cheapest first, then those of which no upper end is known; after them
    those of retired offerings, those in doubt, and those unknown last.

    The catalog's prices are those of `today`. `region` is the cloud region that is called, for prices that
    differ by it. `outputs` are the output tokens of a request that were measured, by model, in the place of
    the work's.
    """
    rows = []
    labs = labs_changes(catalog.offerings, catalog.day)
    for offering, seen in zip(offerings, seen_kinds(offerings), strict=True):
        measured = outputs.get(offering.model)
        done = work if measured is None else replace(work, output_tokens=measured)
        done = work_of(seen.kind, done) if done.pieces else done
        bill = monthly(done, offering.price, region=region)
        doubt = doubt_text(offering.doubts(), done)
        coming = coming_bills(done, offering, changes_of(offering, catalog.day, labs), region)
        notes = (
            *(_beyond(seen.kind, done), _retired(offering), _absent(offering, region)),
            *(doubt, coming_text(coming)),
        )
        row = {
            "offering": offering.key,
            "model": offering.model,
            "name": names[offering.model],
            "place": place_name(offering, catalog),
            "anchor": anchor(offering),
            "cost": bill_text(bill),
            "month": labelled_bill(bill_to_json(bill)),
            "measured": None if measured is None else int(measured),
            "note": "; ".join(filter(None, notes)),
            "coming": [{"day": str(c.day), **_cost(c.bill)} for c in coming],
            **_otherwise(done, offering, catalog, today, region),
        }
        open_ended = bill is not None and bill.high is None
        unknown = bill is None or not bill.known
        order = (unknown, doubt != "", offering.retired, open_ended, bill.low if bill else 0)
        rows.append(((*order, offering.key), row))
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def _otherwise(
    work: Workload, offering: Offering, catalog: Catalog, today: date, region: str
) -> dict[str, Any]:
    """What would save, at which hours and regions the price is another, and what it was."""
    return {
        "savings": [
            {"way": s.way, "cost": bill_text(s.bill), "usd": float(s.bill.low)}
            for s in savings(work, offering, region, elsewhere(offering, catalog))
        ],
        "hours": [
            {
                "hours": hours,
                "cost": bill_text(monthly(replace(work, at=at), offering.price, region=region)),
            }
            for hours, at in priced_hours(offering.price)
        ],
        "regions": sorted({r.region for r in offering.price.rates if r.region}),
        "past": [
            {"when": p.when, "day": str(p.day), **_cost(p.bill)} for p in past_bills(work, offering, today)
        ],
    }
