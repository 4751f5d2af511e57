"""Checks of an answer's size and of what it took: length, latency, cost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playground.evaluate.checks.arguments import choice_of, number_of
from playground.evaluate.checks.check import (
    Answer,
    ArgumentError,
    Field,
    Verdict,
    counted,
    failed,
    passed,
    unchecked,
)

UNIT = Field(
    name="unit",
    label="Counted in",
    kind="choice",
    choices={
        "characters": "characters",
        "words": "words",
        "lines": "lines",
        "tokens": "tokens, as reported",
    },
)
MOMENT = Field(
    name="until",
    label="Measured to",
    kind="choice",
    choices={"end": "the end of the answer", "first": "its first token"},
)


def length(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is as long as it may be; white space parts words."""
    unit = choice_of(arguments, UNIT)
    least, most = number_of(arguments, "at_least"), number_of(arguments, "at_most")
    if least is None and most is None:
        raise ArgumentError("at_least and at_most are empty; fill in one of them", argument="at_least")
    if least is not None and most is not None and least > most:
        shown = f"at_least is {least:g} and at_most is {most:g}"
        raise ArgumentError(f"{shown}; the first must not be greater", argument="at_least")
    text = answer.text
    count = {
        "characters": len(text),
        "words": len(text.split()),
        "lines": len(text.splitlines()),
        "tokens": answer.tokens,
    }[unit]
    if count is None:
        return unchecked("the provider reported no tokens of the answer")
    has = f"has {counted(count, unit.removesuffix('s'))}"
    if most is not None and count > most:
        return failed(f"{has}, more than {most:g}")
    if least is not None and count < least:
        return failed(f"{has}, fewer than {least:g}")
    return passed(has)


def latency(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer came in time, in seconds."""
    most = _needed(arguments)
    first = choice_of(arguments, MOMENT) == "first"
    seconds = answer.first_token if first else answer.seconds
    if seconds is None:
        return unchecked(f"the time {'to the first token' if first else 'of the answer'} is not known")
    what = "the first token took" if first else "took"
    if seconds > most:
        return failed(f"{what} {seconds:.2f} s, more than {most:g} s")
    return passed(f"{what} {seconds:.2f} s")


def cost(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer cost no more than so many US dollars."""
    most = _needed(arguments)
    if answer.cost is None:
        return unchecked("the cost is not known: the model has no price here, or no tokens were reported")
    figure = f"cost ${answer.cost.normalize():.3g}"
    if answer.cost > Decimal(repr(most)):
        return failed(f"{figure}, more than ${most:g}")
    return passed(figure)


def _needed(arguments: Mapping[str, Any]) -> float:
    most = number_of(arguments, "at_most")
    if most is None:
        raise ArgumentError("at_most is empty; write a number", argument="at_most")
    return most
