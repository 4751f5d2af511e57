"""Abilities as JSON and back: what docs/catalog/abilities.json holds and the browser reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.ability.abilities import Abilities
from playground.ability.ability import Ability, Benchmark, Interval, Lean, Task, TaskAbility

SCHEMA = 1


def abilities_to_json(abilities: Abilities) -> dict[str, Any]:
    """All abilities of tests; votes stay with the scores that they are, and what is empty is left out."""
    return {
        "schema": SCHEMA,
        "inputs": abilities.inputs,
        "efforts": dict(abilities.efforts),
        "claimed": _interval_to_json(abilities.claimed) if abilities.claimed else None,
        "spread": dict(abilities.spread),
        "benchmarks": {name: benchmark_to_json(one) for name, one in abilities.benchmarks.items()},
        "models": {name: ability_to_json(one) for name, one in abilities.models.items()},
    }


def abilities_from_json(content: Mapping[str, Any]) -> Abilities:
    """The abilities of what abilities_to_json made. Raises KeyError, TypeError or ValueError if it is not."""
    if content["schema"] != SCHEMA:
        raise ValueError(f"schema {content['schema']!r} of abilities is not {SCHEMA}")
    claimed = content["claimed"]
    return Abilities(
        models={name: ability_from_json(name, one) for name, one in content["models"].items()},
        benchmarks={
            name: Benchmark(**{**one, "task": Task(one["task"])})
            for name, one in content["benchmarks"].items()
        },
        efforts=content["efforts"],
        claimed=Interval(low=claimed[0], middle=claimed[1], high=claimed[2]) if claimed else None,
        spread={Task(task): spread for task, spread in content.get("spread", {}).items()},
        inputs=content["inputs"],
    )


def benchmark_to_json(one: Benchmark) -> dict[str, Any]:
    """How success at a benchmark grows with ability."""
    names = ("task", "level", "slope", "chance", "models", "best")
    return {name: getattr(one, name) for name in names}


def ability_to_json(one: Ability) -> dict[str, Any]:
    """One model's ability."""
    fields: dict[str, Any] = {}
    if one.general:
        fields["general"] = _interval_to_json(one.general)
        fields |= {"scores": one.scores, "measured": one.measured, "newest": one.newest}
    if one.tasks:
        fields["tasks"] = {task: _task_to_json(at) for task, at in one.tasks.items()}
    if one.together:
        fields["together"] = dict(one.together)
    if one.outdone_by:
        fields["outdone_by"] = list(one.outdone_by)
    return fields


def ability_from_json(model: str, fields: Mapping[str, Any]) -> Ability:
    """One model's ability of what ability_to_json made."""
    general = fields.get("general")
    return Ability(
        model=model,
        general=_interval(general) if general else None,
        scores=fields.get("scores", 0),
        measured=fields.get("measured", 0),
        newest=fields.get("newest", ""),
        tasks={Task(task): _task(at) for task, at in fields.get("tasks", {}).items()},
        together=fields.get("together", {}),
        outdone_by=tuple(fields.get("outdone_by", ())),
    )


def _interval_to_json(interval: Interval) -> list[float]:
    return [interval.low, interval.middle, interval.high]


def _interval(values: list[float]) -> Interval:
    low, middle, high = values
    return Interval(low=low, middle=middle, high=high)


def _task_to_json(at: TaskAbility) -> list[Any]:
    return [*_interval_to_json(at.interval), at.scores, at.measured, at.newest, at.lean]


def _task(values: list[Any]) -> TaskAbility:
    *interval, scores, measured, newest, lean = values
    return TaskAbility(
        interval=_interval(interval), scores=scores, measured=measured, newest=newest, lean=Lean(lean)
    )
