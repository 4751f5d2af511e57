"""The page of results that the site's owner publishes."""

from __future__ import annotations

from collections.abc import Sequence

from generator.pages.page import WIDE, Page, render
from generator.views.evaluation_rows import EvaluationView

PATH = "/evaluations/"


def evaluation_pages(evaluations: Sequence[EvaluationView]) -> tuple[Page, ...]:
    """The page with a table for each evaluation; none where nothing is published."""
    if not evaluations:
        return ()
    return (
        Page(
            path=PATH,
            title="Evaluations",
            description="What models do on cases of this site's own, with error bars and what it cost.",
            write=lambda: render("lists/evaluations.md.j2", evaluations=evaluations),
            hide=WIDE,
            in_nav=False,
        ),
    )
