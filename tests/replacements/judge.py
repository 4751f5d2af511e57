"""Replacements written by people, held against what the rule says: how many are right, wrong, unanswered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How the answers for one list stand: counts by `right`, `wrong`, `never`, `none`, and each case in words."""

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
        right = first in row["replacement"] if row.get("replacement") else not any(answers)
        verdict = "right" if right else "wrong" if any(answers) else "none"
        if never & set(answers):
            counts["never"] += 1
            verdict += ", never"
        counts[verdict.partition(",")[0]] += 1
        cases.append(f"{verdict}: {row['model']} at {row['provider']} → {', '.join(dict.fromkeys(answers))}")
    return Judgement(counts=counts, cases=cases)


def _answers(row: Mapping[str, Any], outlooks: Outlooks) -> list[str]:
    """The model that is said to replace each offering that the row means, the plainest offering first."""
    place = PLACES.get(row["provider"], row["provider"])
    found = [outlooks.replacement(outlook_of(o, outlooks.today)) for o in _meant(row, place, outlooks.catalog)]
    return [one.offering.model if one else "" for one in found]


def _meant(row: Mapping[str, Any], place: str, catalog: Catalog) -> list[Offering]:
    """The offerings of the model at its place; one may be there by its id alone, under another model."""
    there = [o for o in catalog.offerings if o.provider == place]
    name = row["model"].partition("/")[2]
    meant = [o for o in there if o.model == row["model"]] or [o for o in there if name in o.ids]
    return sorted(meant, key=lambda o: (bool(o.variant), bool(o.version), model_order(o)))
