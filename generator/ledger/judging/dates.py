"""From when on a model was there: what sources date before that day belongs to something else.

A batch price "since" the day on which its provider began to sell batches, three years before the model, is
a price of that model none the less: it loses the day and stays.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace as with_changes

from generator.ledger.judging.gates import Claims
from generator.sources.records import first_day
from playground.catalog import Model


def began(model: Model) -> date | None:
    """The day before which the model was not there: its release, else the end of its knowledge."""
    return first_day(str(model.value("released"))) or first_day(str(model.value("knowledge")))


def within(claims: Claims, begun: date | None) -> Claims:
    """An offering's claims without the days from which they hold that lie before the model was there."""
    if begun is None:
        return claims
    return {
        name: [with_changes(w, since=None) if w.since and w.since < begun else w for w in group]
        for name, group in claims.items()
    }
