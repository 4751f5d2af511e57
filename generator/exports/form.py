"""The form of a need as a page draws it: its sections, and the control of each part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playground.catalog import Catalog
from playground.need.form import Control, Part
from playground.need.need import HEAVIEST
from playground.need.rows import BILL_PARTS, PARTS

#: The parts that hold several values, which an address has with commas between them.
LISTS = [part.name for part in PARTS.values() if part.several]


def need_form(catalog: Catalog) -> list[dict[str, Any]]:
    """The form of a whole need."""
    return form(PARTS.values(), catalog)


def bill_form(catalog: Catalog) -> list[dict[str, Any]]:
    """The form of a month's work whose bill is asked for."""
    return form(BILL_PARTS, catalog)


def form(parts: Iterable[Part], catalog: Catalog) -> list[dict[str, Any]]:
    """The sections in the order of their first parts, each with its parts; what is empty is left out."""
    sections: dict[str, dict[str, Any]] = {}
    for part in parts:
        if (section := part.section) is None:
            continue
        drawn = sections.setdefault(
            section.id,
            {
                "id": section.id,
                "title": section.title,
                "open": section.open,
                **_given(note=section.note, link=list(section.link or ())),
                "parts": [],
            },
        )
        drawn["parts"].append(_control(part, catalog))
    return list(sections.values())


def _control(part: Part, catalog: Catalog) -> dict[str, Any]:
    return {
        "name": part.name,
        "control": str(part.control),
        **_given(
            label=part.label,
            note=part.note,
            placeholder=part.placeholder,
            usual=part.usual,
            needs=part.needs,
            beside=list(part.none_beside),
            most=HEAVIEST if part.control is Control.WEIGHT else None,
            choices=list(map(list, part.choices(catalog))),
            fieldsets=[
                {"legend": each.legend, "choices": list(map(list, each.choices))} for each in part.fieldsets()
            ],
        ),
    }


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
