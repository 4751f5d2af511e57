"""Results that a site owner publishes, as rows of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.owner.evaluations import SiteEvaluation
from generator.views.figures import UNKNOWN, escape
from playground.catalog import Catalog
from playground.decide.own.floor import ordered
from playground.decide.own.sentences import (
    cost_text,
    observation_name,
    output_text,
    parameters_text,
    rate_text,
    source_sentence,
    speed_text,
)
from playground.labels.addresses import model_path
from playground.observed.observed import Observation, Observed


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRow:
    """One model, with a prompt where there were several; every part is a page's text."""

    evaluation: str
    link: str
    name: str
    model_link: str
    rate: str
    cost: str
    speed: str
    output: str
    parameters: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationView:
    """One evaluation with its rows, by what an accepted answer costs."""

    id: str
    title: str
    source: str
    dataset: str
    prompts: str
    rows: tuple[EvaluationRow, ...]


def evaluation_views(
    evaluations: Sequence[SiteEvaluation], catalog: Catalog, names: Mapping[str, str]
) -> tuple[EvaluationView, ...]:
    """Each evaluation in their order; `names` calls the models that the catalog has."""
    return tuple(
        EvaluationView(
            id=one.id,
            title=escape(one.observed.name or one.id),
            source=escape(source_sentence(one.observed)),
            dataset=one.observed.dataset,
            prompts=one.observed.prompts,
            rows=tuple(
                _row(one.id, one.observed, observation, catalog, names)
                for observation in ordered(one.observed.observations, 0).eligible
            ),
        )
        for one in evaluations
    )


def rows_by_model(
    evaluations: Sequence[SiteEvaluation], catalog: Catalog, names: Mapping[str, str]
) -> Mapping[str, Sequence[EvaluationRow]]:
    """By a model's id the results that it has, the newest evaluation first."""
    rows: dict[str, list[EvaluationRow]] = defaultdict(list)
    for one in evaluations:
        for observation in one.observed.observations:
            if observation.model:
                rows[observation.model].append(_row(one.id, one.observed, observation, catalog, names))
    return rows


def _row(
    name: str, observed: Observed, one: Observation, catalog: Catalog, names: Mapping[str, str]
) -> EvaluationRow:
    provider = catalog.providers.get(one.row.partition(".")[0])
    return EvaluationRow(
        evaluation=escape(source_sentence(observed)),
        link=f"/evaluations/#{name}",
        name=escape(observation_name(one, names)),
        model_link=model_path(one.model) if one.model in names else "",
        rate=escape(rate_text(one.rate)),
        cost=escape(cost_text(one.cost)),
        speed=escape(speed_text(one)) or UNKNOWN,
        output=escape(output_text(one.output)),
        parameters=escape(parameters_text(one)) or UNKNOWN,
        place=escape(one.where or (provider.name if provider else one.row)) or UNKNOWN,
    )
