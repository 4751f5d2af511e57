"""Where models of an answer run: the places that are left, and those that are out, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground.catalog import Catalog
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.labels.addresses import anchor
from playground.labels.names import place_name
from playground.pricing.money import bill_text


def places_to_json(answer: Answer, models: Sequence[str], most: int) -> dict[str, list[dict[str, Any]]]:
    """The first `most` of each model that are left, and as many that are out for each reason."""
    columns = answer.judgement.columns
    column, row = columns.column("model"), columns.row
    shown: dict[str, list[dict[str, Any]]] = {m: [] for m in models}
    groups = (*answer.eliminated.items(), *answer.left_out.items(), ("to be asked", answer.to_ask))
    for name, group in (("", answer.ranked), *groups):
        counts = dict.fromkeys(models, 0)
        for place, key in enumerate(group.keys):
            model = column[row[key]]
            if model in counts:
                counts[model] += 1
                if counts[model] <= most:
                    shown[model].append(_place(group[place], name, columns.catalog))
    return shown


def with_names(rows: list[dict[str, Any]], answer: Answer, named: Named) -> list[dict[str, Any]]:
    """These rows of offerings, with what a page calls each and where it stands."""
    for row in rows:
        offering = answer.offering(row["offering"])
        row |= {"name": named(offering), "model": offering.model, "anchor": anchor(offering)}
    return rows


def _place(candidate: Candidate, out: str, catalog: Catalog) -> dict[str, Any]:
    offering = candidate.offering
    return {
        "offering": offering.key,
        "model": offering.model,
        "anchor": anchor(offering),
        "place": place_name(offering, catalog),
        "cost": bill_text(candidate.bill),
        **({"out": out} if out else {}),
    }
