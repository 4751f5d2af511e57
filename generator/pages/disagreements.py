"""The pages of what sources disagree on and of what is held back."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.pages.page import WIDE, Page, render
from generator.views.as_of import latest
from generator.views.evidence import DisputeView, dispute_view
from generator.views.figures import UNKNOWN, change_text, escape
from generator.views.front.rule import front_models
from generator.views.mending.mending import by_kind, to_mend
from generator.views.mending.weight import Of, by_weight
from generator.views.report import every_fact
from playground.catalog import Catalog, Held, Standing

#: Of changes held together, as many are shown on the page.
SHOWN = 8


def disagreements_page(catalog: Catalog, named: Collection[str] = (), stored: Catalog | None = None) -> Page:
    """Every fact on which sources differ, what matters most first, and how much else rules find to mend.

    `named` are the models of versus.yml; `stored` is the catalog as it lies on the disk, whose findings
    `almanac report` counts: that a last day has passed is worked out only in what is shown.
    """

    def write() -> str:
        disputed = by_weight(_standing(catalog, Standing.DISPUTED), front_models(catalog, named))
        kinds = by_kind(to_mend(stored or catalog, named, latest(catalog)))
        return render(
            "lists/disagreements.md.j2",
            rows=[dispute_view(of, name, fact, catalog.sources) for of, name, fact in disputed],
            kinds=[(kind, f"{n:,}") for kind, n in kinds.items() if n and kind != "dispute"],
            disputes=f"{kinds['dispute']:,}",
        )

    return Page(
        path="/disagreements/",
        title="Disagreements",
        description="Facts on which sources differ.",
        write=write,
        hide=WIDE,
    )


def held_back_page(catalog: Catalog) -> Page:
    """Every fact without a sound claim, every price in doubt, and the changes that wait for a person."""

    def write() -> str:
        held = [_held_changes(held) for held in catalog.held]
        rows, doubtful = _rows(catalog, Standing.SUSPECT), _rows(catalog, Standing.DOUBTFUL)
        return render("lists/held-back.md.j2", rows=rows, doubtful=doubtful, held=held)

    return Page(
        path="/held-back/",
        title="Held back",
        description="Facts whose every claim looks wrong, and prices in doubt.",
        write=write,
        hide=WIDE,
    )


def _standing(catalog: Catalog, standing: Standing) -> Iterator[Of]:
    return ((of, name, fact) for of, name, fact in every_fact(catalog) if fact.standing is standing)


def _rows(catalog: Catalog, standing: Standing) -> list[DisputeView]:
    """The facts of this standing, the furthest apart first."""
    rows = [dispute_view(of, name, fact, catalog.sources) for of, name, fact in _standing(catalog, standing)]
    return sorted(rows, key=lambda row: -row.ratio)


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
