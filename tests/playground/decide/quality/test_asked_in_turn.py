"""One chooser asked in turn: what it remembers of an answer is never another need's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from playground.ability import Task
from playground.decide.answer_json import answer_to_json
from playground.decide.chooser import Chooser
from playground.need.need import Need
from tests.playground.decide.abilities import abilities_of
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer

WHOLE = of(
    *(
        replace(GOOD, model=model, facts={**GOOD.facts, **offer(price__input=usd, price__output=usd).facts})
        for model, usd in (
            ("acme/big-1", "9"),
            ("acme/mid-1", "3"),
            ("acme/small-1", "1"),
            ("acme/new-1", "2"),
        )
    )
)
ABLE = abilities_of({"acme/big-1": 2.0, "acme/mid-1": 0.5, "acme/small-1": -1.0}, spread=0.2)
MORE = replace(WORK, input_tokens=WORK.input_tokens * 3, batch=Decimal("0.5"))
NEEDS = (
    Need(work=WORK),
    Need(work=MORE),
    Need(work=MORE, able="acme/mid-1"),
    Need(work=WORK, able="acme/mid-1"),
    Need(work=WORK, able="acme/big-1"),
    Need(work=WORK, quality=5),
    Need(work=MORE, quality=0),
    Need(work=MORE, accepted=True),
    Need(work=WORK, task=Task.CODE),
    Need(work=WORK, memory=Decimal(48)),
)


def test_each_answer_is_that_of_a_chooser_that_was_asked_nothing_before() -> None:
    asked = Chooser(WHOLE, TODAY, ABLE)
    for need in (*NEEDS, *reversed(NEEDS)):
        alone = Chooser(WHOLE, TODAY, ABLE).answer(need)
        assert answer_to_json(asked.answer(need), "x", TODAY) == answer_to_json(alone, "x", TODAY)
