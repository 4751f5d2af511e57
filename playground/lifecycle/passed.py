"""The catalog as it stands on a reader's day: whose last day of service has passed is retired, and a price
that was announced for a day is asked from that day on.

It is worked out when the catalog is read and never stored, where it would be as old as the last refresh.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from playground.catalog import Catalog, Claim, Fact, Offering, Standing
from playground.lifecycle.outlook import Stage, outlook_of
from playground.pricing.price_changes import catalog_on

RETIRED = str(Stage.RETIRED)


def on_day(catalog: Catalog, today: date) -> Catalog:
    """The catalog with the prices and the status of each offering as of a day."""
    priced = catalog_on(catalog, today)
    # Names first: where facts are read when they are looked at, the others stay unread.
    offerings = (_on_day(o, priced, today) if "retires" in o.facts else o for o in priced.offerings)
    return replace(priced, offerings=tuple(offerings))


def _on_day(offering: Offering, catalog: Catalog, today: date) -> Offering:
    if offering.value("status") == RETIRED:
        return offering
    outlook = outlook_of(offering, today)
    if outlook.stage != Stage.RETIRED or outlook.retires is None:
        return offering
    status = _passed(outlook.retires, offering, catalog)
    return replace(offering, facts=dict(sorted({**offering.facts, "status": status}.items())))


def _passed(day: date, offering: Offering, catalog: Catalog) -> Fact:
    """The status that a last day of service makes; who says otherwise later disputes it."""
    by = offering.facts["retires"]
    claims = [replace(c, value=RETIRED) for c in by.claims if not c.note]
    before = offering.facts.get("status")
    for claim in before.claims if before else ():
        if not claim.suspect:
            source = catalog.sources.get(claim.source)
            later = source is not None and source.as_of > day
            claims.append(
                Claim(record=claim.record, value=claim.value, note="disagrees" if later else "stale")
            )
    disputed = any(c.note == "disagrees" for c in claims)
    return Fact(
        value=RETIRED,
        standing=Standing.DISPUTED if disputed else by.standing,
        claims=tuple(claims),
        reason=f"its last day of service was {day}",
        link=by.link,
    )
