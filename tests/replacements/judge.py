"""Replacements written by people, held against what the rule says: how many are right, wrong, unanswered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from playground.catalog import Catalog, Offering
from playground.labels.names import model_order
from playground.lifecycle.outlook import outlook_of
from playground.lifecycle.replacement import Outlooks

#: Places in plain words, where the catalog calls them otherwise.
PLACES = {
    "bedrock": "amazon-bedrock",
    "vertex": "google-vertex",
    "gemini-api": "google",
    "oci": "oracle",
    "ibm": "ibm-watsonx",
    "tencent-cloudbase": "tencent",
    "cloudflare": "cloudflare-workers-ai",
    "snowflake": "snowflake-cortex",
}


#: Ids that the lists' own notes say are taken to be another model.
CALLED = {
    "cohere/command-r": "cohere/command-r-2024-08",
    "cohere/command-r-plus": "cohere/command-r-plus-2024-08",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How the answers for one list stand: counts by `right`, `wrong`, `never` and `none`, and each case."""

    counts: Mapping[str, int]
    cases: Sequence[str]


def judged(path: Path, outlooks: Outlooks) -> tuple[Judgement, Judgement]:
    """The pairs of a file, and its `no_fit`, for which no answer is right."""
    written = yaml.safe_load(path.read_text())
    return _judgement(written["pairs"], outlooks), _judgement(written["no_fit"], outlooks)


def _judgement(rows: Sequence[Mapping[str, Any]], outlooks: Outlooks) -> Judgement:
    counts: Counter[str] = Counter()
    cases = []
    for row in rows:
        answers = _answers(row, outlooks)
        never = {one["id"] for one in row.get("never", ())}
        first = answers[0] if answers else ""
        accepted = _same(row.get("replacement", ()), outlooks.catalog)
        right = first in accepted if accepted else not any(answers)
        verdict = "right" if right else "wrong" if any(answers) else "none"
        if never & set(answers):
            counts["never"] += 1
            verdict += ", never"
        counts[verdict.partition(",")[0]] += 1
        cases.append(f"{verdict}: {row['model']} at {row['provider']} → {', '.join(dict.fromkeys(answers))}")
    return Judgement(counts=counts, cases=cases)


def _same(models: Collection[str], catalog: Catalog) -> set[str]:
    """The models, and those that the catalog knows by another id: what an alias leads to."""
    leads = {m: catalog.models[m].value("points_to") for m in models if m in catalog.models}
    return {
        *models,
        *(str(model) for model in leads.values() if model),
        *(CALLED[m] for m in models if m in CALLED),
    }


def _answers(row: Mapping[str, Any], outlooks: Outlooks) -> list[str]:
    """The model that is said to replace each offering that the row means, the plainest offering first.

    Where the place serves it no more, what it names for it.
    """
    place = PLACES.get(row["provider"], row["provider"])
    meant = _meant(row, place, outlooks.catalog)
    if not meant:
        return [one.offering.model for at, one in outlooks.elsewhere(row["model"]) if at == place]
    replacements = [outlooks.replacement(outlook_of(o, outlooks.today)) for o in meant]
    return [one.offering.model if one else "" for one in replacements]


def _meant(row: Mapping[str, Any], place: str, catalog: Catalog) -> list[Offering]:
    """The offerings of the model at its place; one may be there by its id alone, under another model."""
    there = [o for o in catalog.offerings if o.provider == place]
    name = row["model"].partition("/")[2]
    meant = [o for o in there if o.model == row["model"]] or [o for o in there if name in o.ids]
    return sorted(meant, key=lambda o: (bool(o.variant), bool(o.version), model_order(o)))
