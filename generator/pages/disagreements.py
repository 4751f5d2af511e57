"""The pages of what sources disagree on and of what is held back."""

from __future__ import annotations

from functools import partial

from generator.pages.page import WIDE, Page, render
from generator.views.evidence import DisputeView, dispute_view
from generator.views.figures import UNKNOWN, change_text, escape
from playground.catalog import Catalog, Held, Model, Offering, Standing

#: Of changes held together, as many are shown on the page.
SHOWN = 8


def disagreements_page(catalog: Catalog) -> Page:
    """Every fact on which sources differ."""
    return _facts_page(
        catalog,
        Standing.DISPUTED,
        path="/disagreements/",
        title="Disagreements",
        description="Facts on which sources differ.",
    )


def held_back_page(catalog: Catalog) -> Page:
    """Every fact without a sound claim, every price in doubt, and the changes that wait for a person."""
    return _facts_page(
        catalog,
        Standing.SUSPECT,
        path="/held-back/",
        title="Held back",
        description="Facts whose every claim looks wrong, and prices in doubt.",
    )


def _facts_page(catalog: Catalog, standing: Standing, *, path: str, title: str, description: str) -> Page:
    rows = _rows(catalog, standing)
    # The furthest apart first; names of models, of which most are two spellings of one, last.
    rows.sort(key=lambda row: -row.ratio)
    return Page(
        path=path,
        title=title,
        description=description,
        write=partial(
            render,
            "lists/disputes.md.j2",
            title=title,
            rows=rows,
            standing=str(standing),
            held=[_held_changes(held) for held in catalog.held],
            doubtful=_rows(catalog, Standing.DOUBTFUL),
        ),
        hide=WIDE,
    )


def _rows(catalog: Catalog, standing: Standing) -> list[DisputeView]:
    owners: tuple[Model | Offering, ...] = (*catalog.offerings, *catalog.models.values())
    return [
        dispute_view(owner, name, fact, catalog.sources)
        for owner in owners
        for name, fact in owner.facts.items()
        if fact.standing == standing
    ]


def _held_changes(held: Held) -> dict[str, str]:
    shown = "<br>".join(escape(change_text(c)) for c in held.changes[:SHOWN])
    rest = len(held.changes) - SHOWN
    return {
        "id": held.id,
        "source": escape(held.source),
        "where": escape(held.where),
        "reason": held.reason,
        "what": shown + (f"<br>and {rest:,} more" if rest > 0 else ""),
        "since": str(held.since or UNKNOWN),
    }
