"""The benchmark that says how hard a task is: one of the task as such, in the real catalog too."""

from __future__ import annotations

import pytest

from generator.curated.metrics import METRICS_FILE, load_metrics
from playground.ability import Abilities, Benchmark, Task, yardstick
from playground.ability.yardsticks import GENERAL, YARDSTICKS
from tests.catalogs import CATALOG
from tests.catalogs import abilities as committed_abilities


def benchmark(task: Task, models: int = 20, best: float = 70.0) -> Benchmark:
    return Benchmark(task=task, level=0.0, slope=1.0, chance=0.0, models=models, best=best)


def having(**benchmarks: Benchmark) -> Abilities:
    return Abilities(benchmarks={name.replace("_", " "): one for name, one in benchmarks.items()})


def test_a_test_of_one_language_is_none_however_many_have_taken_it() -> None:
    one = having(
        Estonian_Language_Leaderboard=benchmark(Task.KNOWLEDGE, models=62),
        SimpleQA_Verified=benchmark(Task.KNOWLEDGE, models=31),
    )
    assert yardstick(one, Task.KNOWLEDGE) == "SimpleQA Verified"
    assert yardstick(one, None) == ""


def test_the_most_used_version_counts_and_none_that_is_used_up_or_little_known() -> None:
    versions = {
        "Terminal-Bench 2.0": benchmark(Task.AGENTS, models=12),
        "Terminal-Bench 2.1": benchmark(Task.AGENTS, models=30),
        "Terminal-Bench 3.0": benchmark(Task.AGENTS, models=9),
        "Terminal-Bench 1.0": benchmark(Task.AGENTS, models=90, best=95.0),
        "Terminal-Bench Science": benchmark(Task.AGENTS, models=99),
    }
    assert yardstick(Abilities(benchmarks=versions), Task.AGENTS) == "Terminal-Bench 2.1"


def test_a_task_without_one_goes_by_a_general_test() -> None:
    general = {"OpenHands Index: GAIA": benchmark(Task.AGENTS), "IFEval": benchmark(Task.WRITING, models=50)}
    assert yardstick(Abilities(benchmarks=general), Task.WRITING) == "OpenHands Index: GAIA"


@pytest.mark.parametrize("task", [None, *Task])
def test_each_task_of_the_catalog_has_one_that_is_about_that_task(task: Task | None) -> None:
    """metrics.yml knows what each is about: Estonian and documents are no task here."""
    name = yardstick(committed_abilities(), task)
    metrics = load_metrics(CATALOG / METRICS_FILE)
    base = next((b for b in metrics.benchmarks if name == b or name.startswith(f"{b} ")), "")
    assert base
    assert base in GENERAL or metrics.task(base) == task


def test_what_is_listed_is_in_metrics_yml_and_of_its_task() -> None:
    metrics = load_metrics(CATALOG / METRICS_FILE)
    for task, names in YARDSTICKS.items():
        assert {name: metrics.task(name) for name in names} == dict.fromkeys(names, str(task))
    assert {metrics.task(name) for name in GENERAL} <= {*Task}
