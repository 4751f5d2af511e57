"""The fit finds abilities again that are known, says how sure it is, and is the same each time."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from generator.ability.background import Background
from generator.ability.fit import fit
from generator.ability.gibbs import Length
from generator.ability.inputs import Inputs, inputs_of
from generator.ability.outdone import with_outdone
from generator.store.abilities import abilities_bytes, load_abilities
from playground.ability import Abilities, Ability, Interval, Lean, Proof, Task
from tests.catalogs import committed
from tests.generator.ability.made import Made, cell, made
from tests.projects import ROOT
from tests.rounds import FULL, nightly

SHORT = Length(burn=100, sweeps=300, thin=2)
CATALOG = ROOT / "docs" / "catalog"


@pytest.fixture(scope="module")
def known() -> Made:
    return made(1)


@pytest.fixture(scope="module")
def fitted(known: Made) -> Abilities:
    return fit(known.inputs, SHORT)


def standard(known: Made) -> np.ndarray:
    """The true abilities of the tested models on the scale of the fit: by the models with five scores."""
    tests = {m: {c.benchmark for c in known.inputs.cells if c.model == m} for m in known.inputs.models}
    well = np.array([len(each) >= 5 for each in tests.values()])
    return (known.general - known.general[well].mean()) / known.general[well].std()


@nightly("test_the_odds_of_pairs_hold, from one fit")
def test_intervals_of_80_percent_hold_80_percent_of_known_abilities() -> None:
    within = []
    for seed in range(12):
        known = made(seed)
        abilities = fit(known.inputs, SHORT)
        for name, true in zip(known.inputs.models, standard(known), strict=True):
            interval = abilities.of(name).general
            if interval:
                within.append(interval.low <= true <= interval.high)
    assert len(within) > 700
    assert 0.77 <= np.mean(within) <= 0.83


def test_the_odds_of_pairs_hold(known: Made, fitted: Abilities) -> None:
    names, true = list(known.inputs.models), standard(known)
    sure = [
        (a, b)
        for a in range(len(names))
        for b in range(len(names))
        if a != b and fitted.surely_better(names[a], names[b])
    ]
    assert len(sure) > len(names) * (len(names) - 1) / 2 * 0.5
    assert np.mean([true[a] > true[b] for a, b in sure]) > 0.93


def test_claims_are_found_to_stand_above_measurements(fitted: Abilities) -> None:
    assert fitted.claimed
    assert fitted.claimed.low > 0


@nightly("test_the_odds_of_pairs_hold, from one fit")
def test_a_model_known_by_claims_alone_is_less_surely_known() -> None:
    known = made(3, claimed=0.0)
    model = known.inputs.cells[0].model
    claims = tuple(replace(c, claimed=True) if c.model == model else c for c in known.inputs.cells)
    measured, claimed = fit(known.inputs, SHORT), fit(replace(known.inputs, cells=claims), SHORT)
    assert (measured.of(model).proof, claimed.of(model).proof) == (Proof.MEASURED, Proof.CLAIMED)
    assert _width(claimed, model) > _width(measured, model)


def _width(abilities: Abilities, model: str) -> float:
    interval = abilities.of(model).general
    assert interval
    return interval.deviation


@nightly("test_the_odds_of_pairs_hold, from one fit")
def test_a_score_more_moves_its_model_and_no_other(known: Made, fitted: Abilities) -> None:
    little = min(fitted.models, key=lambda name: (fitted.of(name).scores, name))
    lacking = next(f"b{b:02}" for b in range(0, 16, 2) if not _has(known.inputs, little, f"b{b:02}"))
    test = fitted.benchmarks[lacking]
    share = 1 / (1 + math.exp(-(test.level + test.slope * (_middle(fitted, little) + 0.8))))
    more = replace(known.inputs, cells=(*known.inputs.cells, cell(little, lacking, share)))
    longer = Length(burn=200, sweeps=1200, thin=3)
    before, after = fit(known.inputs, longer), fit(more, longer)
    moved = {name: abs(_middle(after, name) - _middle(before, name)) for name in before.models}
    assert _middle(after, little) > _middle(before, little) + 0.1
    assert max(moved, key=lambda name: moved[name]) == little
    assert np.median([shift for name, shift in moved.items() if name != little]) <= 0.03


def _middle(abilities: Abilities, model: str) -> float:
    interval = abilities.of(model).general
    assert interval
    return interval.middle


def _has(inputs: Inputs, model: str, benchmark: str) -> bool:
    return any(c.model == model and c.benchmark == benchmark for c in inputs.cells)


def test_the_same_inputs_and_seed_make_the_same_file(known: Made, fitted: Abilities) -> None:
    assert abilities_bytes(fit(known.inputs, SHORT)) == abilities_bytes(fitted)
    assert abilities_bytes(fit(known.inputs, SHORT, seed=2)) != abilities_bytes(fitted)


def test_a_change_of_the_fit_is_seen(fitted: Abilities) -> None:
    """`make test` does not fit the committed scores: with other figures here, run `almanac abilities`."""
    figures = {name: _middle(fitted, name) for name in ("lab/m003", "lab/m020", "lab/m041")}
    assert figures == pytest.approx({"lab/m003": 1.07, "lab/m020": 0.38, "lab/m041": 0.98}, abs=0.01)
    test = fitted.benchmarks["b07"]
    assert (test.level, test.slope, _width(fitted, "lab/m020")) == pytest.approx(
        (-1.20, 0.37, 0.183), abs=0.01
    )


def test_a_test_in_which_all_of_a_labs_models_do_well_makes_them_no_abler() -> None:
    """Two labs are as able; one does far better in one test, and each has a new model that had only that."""
    random = np.random.default_rng(4)
    cells, models = [], {}
    for m in range(24):
        lab, ability = ("deft", "even")[m % 2], random.normal(0, 0.8)
        for b in range(8):
            z = ability + random.normal(0, 0.2) + (1.5 if (lab, b) == ("deft", 0) else 0.0)
            if m < 22 or b == 0:
                z = z if m < 22 else 1.0 + (1.5 if lab == "deft" else 0.0)
                cells.append(cell(f"{lab}/m{m}", f"b{b}", 1 / (1 + math.exp(-z))))
        models[f"{lab}/m{m}"] = Background(line=f"{lab}/line", released=2026.0)
    abilities = fit(Inputs(cells=tuple(cells), models=models), SHORT)
    assert _middle(abilities, "deft/m22") - _middle(abilities, "even/m23") == pytest.approx(0, abs=0.35)
    # Without it the score alone would tell: 1.5 logits are two standard deviations of these models.
    assert cells[-2].share > cells[-1].share + 0.15


def test_a_model_without_a_test_gets_no_number() -> None:
    inputs = made(1, models=20).inputs
    models = {**inputs.models, "lab/nobody": Background(line="line 1", released=2026.5)}
    abilities = fit(replace(inputs, models=models), Length(burn=20, sweeps=40, thin=2))
    assert (abilities.of("lab/nobody").general, abilities.of("lab/nobody").proof) == (None, Proof.UNTESTED)
    assert abilities.better("lab/nobody", "lab/m000") is None


def test_without_any_score_there_is_no_ability() -> None:
    assert fit(Inputs(cells=())).models == {}


def test_a_task_has_a_number_only_where_the_model_has_scores_of_it() -> None:
    cells = (*made(1).inputs.cells, *(cell("lab/coder", f"b{b:02}", 0.7) for b in range(0, 16, 2)))
    models = {**made(1).inputs.models, "lab/coder": Background(line="coder")}
    abilities = fit(replace(made(1).inputs, cells=cells, models=models), SHORT)
    assert list(abilities.of("lab/coder").tasks) == [Task.CODE]
    assert abilities.of("lab/coder").tasks[Task.CODE].scores == 8


def test_one_who_is_better_at_one_task_is_said_to_be_stronger_there() -> None:
    plain = made(1).inputs
    odd = tuple(cell("lab/odd", f"b{b:02}", 0.9 if b % 2 else 0.2, agents=b % 2 == 1) for b in range(16))
    inputs = replace(
        plain, cells=(*plain.cells, *odd), models={**plain.models, "lab/odd": Background(line="odd")}
    )
    tasks = fit(inputs, SHORT).of("lab/odd").tasks
    assert (tasks[Task.AGENTS].lean, tasks[Task.CODE].lean) == (Lean.STRONGER, Lean.WEAKER)


def test_no_model_known_by_claims_alone_passes_one_that_beats_it_wherever_they_meet() -> None:
    """Over the committed catalog: 0.8 is the most that is said of such a pair."""
    abilities, inputs = load_abilities(CATALOG), inputs_of(committed(), CATALOG)
    scores: dict[str, dict[str, list[float]]] = {}
    for one in inputs.cells:
        scores.setdefault(one.model, {}).setdefault(one.benchmark, []).append(one.share)
    tried = 0
    for name, own in scores.items():
        if abilities.of(name).proof != Proof.CLAIMED:
            continue
        for other, theirs in scores.items():
            both = own.keys() & theirs.keys()
            if other != name and both and all(min(theirs[test]) > max(own[test]) for test in both):
                tried += 1
                for task in (None, *abilities.of(name).tasks):
                    assert not abilities.surely_better(name, other, task), (name, other, task)
    assert tried > 100


def test_nor_does_one_known_mostly_by_claims_pass_one_that_others_measured_above_it() -> None:
    """What others ran of both counts, whatever else the maker claims; what most of its scores are decides."""
    claims = [cell("lab/loud", f"b{n}", 0.9, claimed=True) for n in range(3)]
    lost, won = cell("lab/loud", "ours", 0.4), cell("lab/loud", "ours", 0.6)
    quiet = [cell("lab/quiet", "ours", 0.5), *(cell("lab/quiet", f"b{n}", 0.6) for n in range(3))]
    more = [cell("lab/loud", f"m{n}", 0.9) for n in range(2)]
    for cells, outdone in (
        ([*claims, lost, *quiet], ("lab/quiet",)),
        ([*claims, won, *quiet], ()),
        ([*claims, lost, *more, *quiet], ()),
    ):
        own = [one for one in cells if one.model == "lab/loud"]
        measured = sum(not one.claimed for one in own)
        abilities = Abilities(
            models={
                "lab/loud": Ability(
                    model="lab/loud",
                    general=Interval(low=1.8, middle=2.0, high=2.2),
                    scores=len(own),
                    measured=measured,
                ),
                "lab/quiet": Ability(
                    model="lab/quiet",
                    general=Interval(low=0.8, middle=1.0, high=1.2),
                    scores=4,
                    measured=4,
                ),
            }
        )
        assert with_outdone(abilities, cells).of("lab/loud").outdone_by == outdone


def test_the_committed_abilities_are_those_of_the_committed_scores() -> None:
    """Fitted again here: another machine's arithmetic may change the last digits, and no more."""
    kept, inputs = load_abilities(CATALOG), inputs_of(committed(), CATALOG)
    assert kept.inputs == inputs.digest, "the scores have changed; run almanac abilities"
    if not FULL:  # the fit itself is tried on what is made for it
        return
    began = time.process_time()
    again = fit(inputs)
    assert time.process_time() - began < 30
    assert again.models.keys() == kept.models.keys()
    for name, one in kept.models.items():
        new = again.of(name)
        assert (new.scores, new.measured, new.newest) == (one.scores, one.measured, one.newest)
        if one.general and new.general:
            assert new.general.middle == pytest.approx(one.general.middle, abs=0.15), name
            assert new.general.deviation == pytest.approx(one.general.deviation, rel=0.4), name
