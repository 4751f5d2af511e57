"""The bill page: what a month's work costs at several offerings, answered with the site for one workload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from generator.exports.form import bill_form
from generator.pages.page import WIDE, Page, render
from generator.views.figures import UNKNOWN, escape
from playground.advisor import Advisor
from playground.labels.addresses import model_path
from playground.pricing.bills import MOST
from playground.versus.side import Side

PATH = "/bill/"
#: The work that the page begins with: a support chat with a long, cached prompt.
WORK: Mapping[str, Any] = {"input_tokens": 4000, "output_tokens": 400, "requests": 100_000, "cached": 0.5}
#: The models that it begins with, where this catalog has them.
MODELS = (
    *("microsoft/mai-thinking-1", "openai/gpt-6.1-terra", "openai/gpt-6-luna", "openai/gpt-6.1-sol"),
    *("anthropic/claude-sonnet-5-5", "anthropic/claude-haiku-5-5", "google/gemini-3.8-flash"),
    *("amazon/nova-2-lite", "deepseek/deepseek-v4-pro"),
)
FIRST = 8
#: The earlier day that the page shows bills of; its own day is written out, as the page may be read later.
PAST = "a year ago"


def first_bills(advisor: Advisor, sides: Sequence[Side]) -> dict[str, Any]:
    """The page's first bills and what its controls offer, as of the freshest source."""
    served = {o.model for o in advisor.catalog.offerings}
    names = [m for m in MODELS if m in served] or [s.model.id for s in sides[:FIRST]]
    reply = advisor.bills(WORK, names)
    return {
        "work": dict(WORK),
        "names": [row["offering"] for row in reply["bills"]],
        "answer": reply,
        "form": bill_form(advisor.catalog),
        "most": MOST,
        "models": {m: name for m, name in advisor.names.items() if m in served},
    }


def bill_page(opening: Mapping[str, Any], *, live: bool) -> Page:
    """The page, with the bills of `first_bills` in it. `live` is whether Python can be started on it."""
    rows = [
        {
            "name": escape(row["name"]),
            "link": f"{model_path(row['model'])}#{row['anchor']}",
            "place": escape(row["place"]),
            "cost": escape(row["cost"]),
            "saves": escape("; ".join(f"{s['way']}: {s['cost']}" for s in row["savings"][:3])) or UNKNOWN,
            "before": escape(next(p["cost"] for p in row["past"] if p["when"] == PAST)),
        }
        for row in opening["answer"]["bills"]
    ]
    before = next(
        (p["day"] for row in opening["answer"]["bills"] for p in row["past"] if p["when"] == PAST), ""
    )
    work = {name: f"{value:,}" for name, value in opening["work"].items()}
    return Page(
        path=PATH,
        title="Bill",
        description="What a month's work costs at up to twelve offerings, and what would save.",
        write=partial(render, "decide/bill.md.j2", rows=rows, work=work, before=before, live=live),
        hide=WIDE,
    )
