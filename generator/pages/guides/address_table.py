"""What the address of a model takes: its format, where tools work, efforts and the temperature."""

from __future__ import annotations

from collections.abc import Iterable

from generator.pages.guides.markdown import markdown_table
from generator.views.figures import UNKNOWN, escape
from playground.catalog import Support
from playground.labels.addresses import anchor, markdown_link, model_path
from playground.versus.addresses import formats_text, takes_no_effort, temperature_text, tools_text
from playground.versus.side import Side

_HEADS = ("Model", "Place", "API format", "Tools", "Efforts", "Temperature")


def address_table(sides: Iterable[Side]) -> str:
    """A row for each model, at the place that speaks for it."""
    return markdown_table(_HEADS, [_row(side) for side in sides], left=len(_HEADS))


def _row(side: Side) -> list[str]:
    page = f"{model_path(side.model.id)}#{anchor(side.home)}"
    efforts = [str(effort) for effort, can in side.home.efforts().items() if can == Support.YES]
    cells = (
        side.place,
        formats_text(side),
        tools_text(side),
        ", ".join(efforts) or ("cannot be set" if takes_no_effort(side) else ""),
        temperature_text(side),
    )
    return [markdown_link(escape(side.name), page), *(escape(cell) or UNKNOWN for cell in cells)]
