"""What tests of checks share: a check of one kind put to a text."""

from __future__ import annotations

from typing import Any

from playground.evaluate.checks.check import Answer, Verdict
from playground.evaluate.checks.judging import judged
from playground.evaluate.evaluation import Check, Extraction


def verdict(name: str, text: str | Answer, extract: Extraction | None = None, **arguments: Any) -> Verdict:
    """The verdict of a check of that kind on a text."""
    answer = text if isinstance(text, Answer) else Answer(text=text)
    return judged(answer, Check(name=name, arguments=arguments, extract=extract), {})


def outcomes(name: str, texts: list[str], **arguments: Any) -> list[bool | None]:
    """Whether each of the texts passes; every verdict has a reason."""
    made = [verdict(name, text, **arguments) for text in texts]
    assert all(one.reason for one in made)
    return [one.passed for one in made]
