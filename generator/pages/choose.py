"""The Choose page, with the answers to the named needs in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.exports.chooser import REASONS, AnsweredNeed
from generator.pages.page import WIDE, Page, render
from generator.views.figures import UNKNOWN, escape
from playground.catalog import Catalog
from playground.labels.addresses import markdown_link, model_path

PATH = "/choose/"
#: How many models the page itself lists for each need; the rest comes when it is opened.
LISTED = 6


def chooser_page(answered_needs: tuple[AnsweredNeed, ...], catalog: Catalog, *, live: bool) -> Page:
    """The page, with each named need's answer in it. `live` is whether Python can be started on it."""
    rows = [
        {
            "id": one.named.id,
            "title": escape(one.named.title),
            "description": escape(one.named.said),
            "why": escape(one.named.why),
            "left": f"{one.answer['left']:,}",
            "models": f"{one.answer['left_models']:,}",
            "scored": bool(one.answer["need"]["benchmark"]),
            "able": any("middle" in row.get("ability", {}) for row in one.answer["models"][:LISTED]),
            "evidence": escape(" ".join(one.answer["evidence"])),
            "left_out": escape(one.answer["left_out"]["sentence"]),
            "to_ask": f"{one.answer['to_ask']['count']:,}" if one.answer["to_ask"]["count"] else "",
            "rows": [_row(row) for row in one.answer["models"][:LISTED]],
            "out": [
                (escape(_full(name)), f"{group['count']:,}")
                for name, group in sorted(one.answer["eliminated"].items(), key=lambda g: -g[1]["count"])
            ],
        }
        for one in answered_needs
    ]

    def write() -> str:
        return render("decide/choose.md.j2", needs=rows, total=f"{len(catalog.offerings):,}", live=live)

    return Page(
        path=PATH,
        title="Choose",
        description="From a need to a shortlist: who is out and why, what it costs, what would change it.",
        write=write,
        hide=WIDE,
    )


def _row(row: Mapping[str, Any]) -> dict[str, str]:
    score = row.get("score")
    return {
        "name": escape(row["name"]),
        "link": f"{model_path(row['model'])}#{row['anchor']}",
        "place": escape(row["place"]),
        "month": escape(row["cost"]),
        "score": markdown_link(score["score"], score["link"]) if score else UNKNOWN,
        "ability": escape(row["ability"]["text"]) if "ability" in row else UNKNOWN,
        "why": escape(_evidence(row["ability"], row["behind"])) if "ability" in row else UNKNOWN,
        "front": " †" if row["front"] else "",
    }


def _full(constraint: str) -> str:
    """What puts somebody out: its name, and that in full."""
    reason = REASONS.get(constraint.partition(":")[0])
    return f"{constraint} ({reason})" if reason else constraint


def _evidence(ability: Mapping[str, Any], behind: str) -> str:
    """What an ability rests on, how likely it is enough where that is not sure, why it stands no higher."""
    return "; ".join(filter(None, (ability["why"], ability.get("enough"), behind)))
