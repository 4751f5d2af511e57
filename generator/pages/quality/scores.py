"""The scores page: every test by its task, the newest first, with what each model costs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from generator.exports.leaderboards import Boards
from generator.pages.page import WIDE, Page, render
from generator.views.figures import UNKNOWN, figure_text, price_figure
from generator.views.quality.score_tables import Listed, score_tables
from generator.views.quality.topics import OVERALL
from playground.catalog.prices import Meter, Rate
from playground.labels.addresses import anchor, model_path
from playground.lifecycle.outlook import model_ends

#: The prices that stand beside a score.
PRICES = tuple(Rate(meter=meter).field for meter in (Meter.INPUT, Meter.OUTPUT))


def scores_page(made_of: Boards, task_of: Callable[[str], str]) -> Page:
    """Every test of the boards' catalog; `task_of` has the task of a benchmark."""
    catalog = made_of.catalog
    scored = [m for m in catalog.models.values() if m.scores]
    listed = Listed(names=made_of.names, ends=model_ends(catalog), prices=partial(_prices, made_of))
    return Page(
        path="/scores/",
        title="Scores",
        description="What benchmarks say of the models, with who stands behind each figure and its page.",
        write=lambda: render(
            "lists/scores.md.j2",
            total=f"{sum(len(m.scores) for m in scored):,}",
            models=f"{len(scored):,}",
            tasks=score_tables(scored, task_of, listed),
        ),
        hide=WIDE,
    )


def _prices(made_of: Boards, model: str) -> tuple[str, str]:
    """Input and output where the everyday work costs least; unknown where no such place sells it."""
    offer = made_of.works[OVERALL.need].offers.get(model)
    if offer is None:
        return UNKNOWN, UNKNOWN
    there = offer.offering
    claims = f"{model_path(there.model)}#{anchor(there)}"
    into, out = (figure_text(price_figure(there.facts, field), claims) for field in PRICES)
    return into, out
