"""Results as figures alone, which a site can publish: what Choose reads, without cases and answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from playground.errors import RequestError
from playground.evaluate.evaluation import Evaluation, NamedModel
from playground.evaluate.evaluation_json import evaluation_to_json
from playground.evaluate.exporting.saved import Exported, File, Saved
from playground.evaluate.observing import observe
from playground.evaluate.results.tallies import Contestant

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def as_figures(saved: Saved) -> Exported:
    """Each model's pass rate, cost of an accepted answer, speed and output tokens, with 95 % intervals.

    Raises RequestError where no case is checked, or it is not known when the results are of.
    """
    evaluation = saved.head.evaluation
    cases = saved.tallies.checked_cases
    if not cases:
        raise RequestError("no case of it has a check, so no pass rate is known; add one, and check again")
    if not _DAY.match(saved.saved):
        raise RequestError(
            f"the results do not say when they were saved ({saved.saved!r}); save them again in Evaluate"
        )
    made = observe(
        {
            "evaluation": evaluation_to_json(evaluation),
            "day": str(date.fromisoformat(saved.saved[:10])),
            "catalog": "",
            "with_texts": False,
            "models": list(_rows(saved, cases)),
        }
    )
    text = json.dumps({**made, "author": saved.author}, ensure_ascii=False, indent=1)
    return Exported(files=(File(ending=".figures.json", text=(f"{text}\n",)),))


def _rows(saved: Saved, cases: Sequence[int]) -> Iterator[dict[str, Any]]:
    evaluation, tallies = saved.head.evaluation, saved.tallies
    for place, one in enumerate(tallies.contestants):
        asked = _asked(evaluation, saved.head.models, one)
        yield {
            "name": saved.head.models[one.model],
            "model": "",
            "called": asked.model,
            "row": asked.provider,
            "where": "",
            "prompt": evaluation.prompts[one.prompt].name if len(evaluation.prompts) > 1 else "",
            "parameters": asked.parameters,
            "scores": [tallies.scores(place, case) for case in cases],
            "costs": [tallies.costs(place, case) for case in cases],
            **_measured(saved, place, cases),
        }


def _asked(evaluation: Evaluation, names: Sequence[str], one: Contestant) -> NamedModel:
    """How the file says the model was asked; by its place where as many are named as have results."""
    name, models = names[one.model], evaluation.models
    if len(models) == len(names):
        asked = models[one.model]
    else:
        asked = next((model for model in models if model.name == name), NamedModel(name=name))
    return replace(asked, parameters={**evaluation.parameters, **asked.parameters})


def _measured(saved: Saved, contestant: int, cases: Sequence[int]) -> Mapping[str, list[list[float | None]]]:
    """What answers took, by case, then by time; failures are none."""
    parts = {"tokens": "tokens", "first_tokens": "first_token", "seconds": "seconds"}
    took: dict[str, list[list[float | None]]] = {name: [[] for _ in cases] for name in parts}
    places = {case: place for place, case in enumerate(cases)}
    for cell, row in saved.results([contestant]):
        if cell.case in places and not row["failure"]:
            for name, part in parts.items():
                took[name][places[cell.case]].append(row.get(part))
    return took
