"""The committed judgement of the fit: what it has to reach, and indices of others beside it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.ability.inputs import inputs_of
from generator.ability.judging.agreement import agreement
from generator.ability.judging.indices import TASKS, Ranked, index_agreement, read_index, votes_by_category
from generator.errors import EditError
from generator.store.abilities import ABILITIES_FILE, load_judged
from playground.ability import Abilities, Ability, Benchmark, Interval, Task, TaskAbility
from playground.catalog import Evidence, Model, RunEffort, Score, Unit
from tests.catalogs import committed
from tests.generator.ability.made import made
from tests.projects import ROOT

CATALOG = ROOT / "docs" / "catalog"
#: Of the folds that no choice of the fit's settings has seen, but by task, where those hold too few scores.
REPORTED, ALL_FOLDS = "cells", "cells, all folds"


@pytest.fixture(scope="module")
def judged() -> Mapping[str, Any]:
    return load_judged(CATALOG)


def test_the_figures_are_of_about_the_committed_scores(judged: Mapping[str, Any]) -> None:
    """A refresh fits abilities anew, but judges nothing: after many new scores, almanac abilities --judge."""
    assert len(inputs_of(committed(), CATALOG).cells) == pytest.approx(judged["cells"], rel=0.1)


def test_hidden_scores_are_foretold_better_than_by_any_simple_rule(judged: Mapping[str, Any]) -> None:
    cells = judged["hidden"][REPORTED]
    assert cells["error"] <= 7.0
    assert cells["error, models of this year"] <= 6.5
    for rule in ("benchmark mean", "nearest model", "last of the family"):
        assert cells["error"] <= 0.8 * cells[f"error, {rule}"], rule


def test_intervals_hold_what_they_say(judged: Mapping[str, Any]) -> None:
    assert 0.76 <= judged["hidden"][REPORTED]["cover"]["80"] <= 0.86
    assert judged["hidden"][REPORTED]["cover"]["95"] >= 0.92
    assert 0.45 <= judged["hidden"][REPORTED]["cover"]["50"] <= 0.57
    tasks = {
        name: one for name, one in judged["hidden"][ALL_FOLDS]["by task"].items() if one["scores"] >= 100
    }
    assert len(tasks) >= 3
    assert [name for name, one in tasks.items() if not 0.73 <= one["cover 80"] <= 0.90] == []


def test_what_is_called_better_is_better(judged: Mapping[str, Any]) -> None:
    cells = judged["hidden"][REPORTED]
    assert cells["pairs"]["said"] >= 0.45
    assert cells["pairs"]["right"] >= 0.92
    assert cells["pairs of models of this year"]["right"] >= 0.90
    assert cells["pairs of models of this year above 50 points"]["said"] >= 0.30
    assert judged["decided"]["pairs"] >= 0.70
    assert judged["decided"]["pairs of the first 15"] >= 0.35


def test_a_new_model_with_one_known_score_is_placed(judged: Mapping[str, Any]) -> None:
    """Wanted are 6.8 points; families that share their lab's level reach 6.6."""
    one = judged["hidden"]["new models, 1 score known"]
    assert one["error"] <= 6.8
    assert one["pairs"]["right"] >= 0.90


def test_the_order_agrees_with_what_the_fit_has_not_seen(judged: Mapping[str, Any]) -> None:
    """Over models of 2026 wanted are 0.75 of votes and 0.88 of LiveBench; the intervals of both hold that."""
    votes = judged["agreement"]
    overall, websites = votes["Everything (overall)"], votes["Building websites and apps"]
    assert overall["rho"] >= 0.72
    assert overall["interval"][1] >= 0.75
    assert websites["task"] == Task.CODE
    assert websites["rho"] >= 0.85
    assert {TASKS.get(category, "") for category in votes} == {one.get("task", "") for one in votes.values()}
    assert len(judged["indices"]) == 2, "judge beside both indices: CONTRIBUTING.md"
    epoch, livebench = judged["indices"].values()
    assert epoch["rho"] >= 0.85
    assert livebench["rho"] >= 0.86
    assert livebench["interval"][1] >= 0.88
    assert judged["agreement, all years"]["Everything (overall)"]["rho"] >= 0.88
    assert [one["rho"] >= 0.9 for one in judged["indices, all years"].values()] == [True, True]


def test_an_agreement_has_the_interval_of_so_few_models() -> None:
    pairs = [(float(n), float(n + 7 * (n % 3))) for n in range(30)]
    one = agreement(pairs)
    assert one == {"models": 30, "rho": 0.85, "interval": [0.75, 0.91]}
    few, many = agreement(pairs[:8])["interval"], agreement(pairs)["interval"]
    assert isinstance(few, list)
    assert isinstance(many, list)
    assert few[1] - few[0] > many[1] - many[0]
    assert agreement(pairs[:3])["interval"] is None


def test_the_result_is_small() -> None:
    assert len(gzip.compress((CATALOG / ABILITIES_FILE).read_bytes(), 9)) <= 25_000


def test_an_index_of_others_is_compared_by_order_alone(tmp_path: Path) -> None:
    inputs = made(1, models=12).inputs
    names = list(inputs.models)
    abilities = Abilities(
        models={
            name: Ability(model=name, general=Interval(low=n - 1, middle=n, high=n + 1), scores=2, measured=1)
            for n, name in enumerate(names)
        }
    )
    file = tmp_path / "index.csv"
    rows = [f"{name},{n * n}" for n, name in enumerate(names)]
    # Of two figures the better counts; a model that nobody here serves is left out.
    file.write_text("\n".join(["model,score", *rows, f"{names[0]},-5", "lab/nobody,99"]))
    index = read_index(file, lambda name: name if name in inputs.models else None)
    assert index == {name: Ranked(float(n * n)) for n, name in enumerate(names)}
    since = min(one.released or 0.0 for one in inputs.models.values())
    known = [name for name in names if name in inputs.since(since)]
    turned = {name: Ranked(-one.score) for name, one in index.items()}
    made_of = index_agreement(
        inputs, abilities, since, {"Index": index, "Turned": turned, "Few": {names[0]: Ranked(1.0)}}
    )
    assert made_of == {
        "Index": {"models": len(known), "rho": 1.0, "interval": None},
        "Turned": {"models": len(known), "rho": -1.0, "interval": None},
    }


@pytest.mark.parametrize(
    ("efforts", "wanted"),
    [
        # A better figure at another effort does not count where there is one at high effort.
        ({"xhigh": 9, "high": 7, "": 8}, Ranked(7, RunEffort.HIGH)),
        ({"none": 9, "low": 5}, Ranked(5, RunEffort.LOW)),
        ({"": 6, "medium": 9}, Ranked(6)),
        ({"thinking": 6, "": 9}, Ranked(6, RunEffort.THINKING)),
    ],
)
def test_of_several_efforts_the_one_nearest_to_that_of_abilities_counts(
    tmp_path: Path, efforts: Mapping[str, int], wanted: Ranked
) -> None:
    file = tmp_path / "index.csv"
    for rows in (list(efforts.items()), list(efforts.items())[::-1]):
        lines = (f"a,{effort},{score}" for effort, score in rows)
        file.write_text("\n".join(["model,effort,score", *lines]))
        assert read_index(file, lambda name: name) == {"a": wanted}


def test_a_model_is_compared_at_the_effort_at_which_the_index_ran_it() -> None:
    inputs = made(1, models=12).inputs
    since = min(one.released or 0.0 for one in inputs.models.values())
    names = sorted(inputs.since(since))
    abilities = Abilities(
        models={
            name: Ability(model=name, general=Interval(low=n - 1, middle=n, high=n + 1), scores=2, measured=1)
            for n, name in enumerate(names)
        },
        benchmarks={
            name: Benchmark(task=Task.CODE, level=0, slope=0.5, chance=0, models=4, best=50) for name in "ab"
        },
        efforts={"none": -1.25},
    )
    # Without thinking the best model is as good as one 2.5 places lower.
    places = {name: float(n) for n, name in enumerate(names)}
    best = names[-1]
    without = {**{n: Ranked(p) for n, p in places.items()}, best: Ranked(places[best] - 2.5, RunEffort.NONE)}
    silent = {name: Ranked(one.score) for name, one in without.items()}
    made_of = index_agreement(inputs, abilities, since, {"Named": without, "Silent": silent})
    rho = {name: one["rho"] for name, one in made_of.items()}
    assert rho["Named"] == 1.0
    assert rho["Silent"] != 1.0


def test_votes_are_compared_by_the_rule_of_indices() -> None:
    """At the effort that people voted on, and those about one task with the ability at that."""

    def voted(model: str, rating: int, effort: RunEffort | None, **changed: Any) -> Model:
        score = Score(
            **{
                "benchmark": "Arena",
                "subset": "Coding",
                "metric": "rating",
                "unit": Unit.RATING,
                "evidence": Evidence.VOTED,
                "by": "Arena",
                "link": "l",
                "as_of": "2026-10-20",
                "score": Decimal(rating),
                "low": Decimal(rating - 9),
                "high": Decimal(rating + 9),
                "effort": effort,
                **changed,
            }
        )
        return Model(id=model, scores=(score,))

    inputs = made(1, models=12).inputs
    since = min(one.released or 0.0 for one in inputs.models.values())
    names = sorted(inputs.since(since))
    models = [voted(name, 1400 + n, RunEffort.HIGH) for n, name in enumerate(names)]
    best = voted(names[-1], 1397 + len(names), RunEffort.NONE)
    # More people voted on it, but at another effort than that of abilities.
    other = voted(names[0], 1500, RunEffort.LOW, n=10**6).scores
    models = [
        *(replace(one, scores=(*one.scores, *other)) if one.id == names[0] else one for one in models[:-1]),
        best,
        voted(names[1], 1900, RunEffort.HIGH, low=None),
        voted(names[1], 1900, RunEffort.HIGH, evidence=Evidence.MEASURED),
    ]
    votes = votes_by_category(models)
    assert votes["Coding"][names[0]] == Ranked(1400, RunEffort.HIGH)
    code = {name: Interval(low=n - 1, middle=n, high=n + 1) for n, name in enumerate(names)}
    abilities = Abilities(
        models={
            name: Ability(
                model=name,
                general=Interval(low=-n - 1, middle=-n, high=1 - n),
                scores=2,
                measured=1,
                tasks={Task.CODE: TaskAbility(interval=code[name], scores=2, measured=1, newest="")},
            )
            for n, name in enumerate(names)
        },
        benchmarks={
            name: Benchmark(task=Task.CODE, level=0, slope=0.5, chance=0, models=4, best=50) for name in "ab"
        },
        efforts={"none": -1.25},
    )
    made_of = index_agreement(inputs, abilities, since, {**votes, "Chat": votes["Coding"]}, TASKS)
    assert (made_of["Coding"]["rho"], made_of["Coding"]["task"]) == (1.0, Task.CODE)
    # Those in no category of a task are held beside general ability, which here is the other way round.
    assert made_of["Chat"]["rho"] != 1.0
    assert "task" not in made_of["Chat"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("model,score,effort\na,1,much", "line 2: effort 'much' is none of none, minimal"),
        ("name,score\na,1", "no column model"),
        ("model,score\na,x", "line 2: score 'x'"),
    ],
)
def test_a_file_that_is_no_index_is_named(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "index.csv"
    file.write_text(text)
    with pytest.raises(EditError, match=fault):
        read_index(file, lambda name: name)
