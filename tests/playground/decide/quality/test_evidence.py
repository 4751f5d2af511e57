"""What an answer says of the evidence behind it: a task of which too few scores are known has no say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from playground.ability import Abilities, Interval, Task, TaskAbility
from playground.decide.chooser import choose
from playground.decide.quality.evidence import ability_text, evidence_sentences
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of

OTHER = replace(GOOD, model="acme/other")
ABLE = abilities_of({GOOD.model: 2.0, OTHER.model: 0.0}, spread=0.1)


def at_vision(*models: str) -> Abilities:
    """The abilities, of these models with scores of vision, too."""

    def own(name: str) -> TaskAbility:
        interval = ABLE.of(name).general
        assert interval
        return TaskAbility(interval=interval, scores=2, measured=1, newest="2026-11")

    seen = {name: replace(ABLE.of(name), tasks={Task.VISION: own(name)}) for name in models}
    return replace(ABLE, models={**ABLE.models, **seen})


NOBODY = "No model left has enough scores in tests of vision: the order goes by ability in general"
ANOTHER = f"{GOOD.model} has too few scores in tests of vision: its ability in general counts"


@pytest.mark.parametrize(
    ("task", "models", "told"),
    [
        (Task.VISION, (), [NOBODY]),
        (Task.VISION, (OTHER.model,), [ANOTHER]),
        (Task.VISION, (GOOD.model,), []),
        (None, (), []),
    ],
)
def test_a_task_without_scores_is_said_to_have_no_say(
    task: Task | None, models: tuple[str, ...], told: list[str]
) -> None:
    answer = choose(Need(work=WORK, task=task), of(GOOD, OTHER), TODAY, abilities=at_vision(*models))
    assert answer.leaders[0].offering.model == GOOD.model
    sentences = list(evidence_sentences(answer, lambda offering: offering.model))
    assert [one for one in sentences if "in general" in one] == told


def test_no_ability_is_a_negative_nought() -> None:
    interval = Interval(low=-0.2, middle=-0.04, high=0.1)
    assert ability_text(interval) == "0.0 (-0.2 to 0.1)"


@pytest.mark.parametrize(
    ("requests", "batch", "told"),
    [
        ("20000000", "0", "463 a minute"),
        ("20000000", "0.5", "231 a minute"),
        ("20000000", "1", ""),
        ("100000", "0", ""),
    ],
)
def test_so_many_requests_that_limits_may_stop_them_are_said_to_be_unjudged(
    requests: str, batch: str, told: str
) -> None:
    work = replace(WORK, requests=Decimal(requests), batch=Decimal(batch))
    answer = choose(Need(work=work), of(GOOD, OTHER), TODAY, abilities=ABLE)
    sentences = list(evidence_sentences(answer, lambda offering: offering.model))
    assert [told in one for one in sentences if "a minute" in one] == ([True] if told else [])
