"""An answer judged by the checks of its case: extraction, negation, groups, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.arguments import reason_of
from playground.evaluate.checks.check import Answer, ArgumentError, Verdict, counted, unchecked
from playground.evaluate.checks.extraction.kinds import EXTRACTIONS, NothingThereError
from playground.evaluate.checks.table import CHECKS, GROUP, kind_of
from playground.evaluate.code.job import Job
from playground.evaluate.evaluation import Check, Evaluation, Needed
from playground.evaluate.template import filled_in, logic_in, names


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an answer's verdicts come to; `passed` is None where that hangs on what was not checked.

    `share` is how much of the checks' weight passed, None where some could not be checked.
    """

    passed: bool | None
    share: float | None
    verdicts: tuple[Verdict, ...] = ()


def judgement(
    answer: Answer, checks: Sequence[Check], needed: Needed, variables: Mapping[str, Any]
) -> Judgement:
    """The verdicts of the checks, in their order, and what they come to. Raises RequestError."""
    return together([judged(answer, check, variables) for check in checks], needed)


def jobs(answer: Answer, checks: Sequence[Check], variables: Mapping[str, Any]) -> list[Job]:
    """The code that these checks of the answer run, each once. Raises RequestError."""
    if not any(map(runs_code, checks)):
        return []
    wanted: dict[Job, None] = {}

    def asked(job: Job) -> None:
        wanted[job] = None

    asking = replace(answer, ran=asked)
    for check in checks:
        judged(asking, check, variables)
    return list(wanted)


def runs_code(check: Check) -> bool:
    """Whether it or one within it runs code. Raises RequestError."""
    return kind_of(check).runs_code or any(map(runs_code, check.checks))


def judged(answer: Answer, check: Check, variables: Mapping[str, Any]) -> Verdict:
    """The check's verdict on the answer; one that cannot be used is not checked, with the reason."""
    made = _judged(replace(answer, variables=variables), check, variables)
    passed = None if made.passed is None else made.passed != check.negated
    return replace(made, passed=passed, weight=check.weight)


def _judged(answer: Answer, check: Check, variables: Mapping[str, Any]) -> Verdict:
    kind = kind_of(check)
    try:
        if check.extract:
            answer = replace(answer, text=_extracted(answer.text, check, variables))
        if check.name == GROUP:
            return _group(answer, check, variables)
        return kind.judge(answer, filled_in(check.arguments, variables))
    except NothingThereError as error:
        # What was to be looked at is not there, and so neither "is" nor "is not" passes.
        return Verdict(passed=check.negated, reason=f"has {error}")
    except ArgumentError as error:
        return unchecked(reason_of(error))


def _extracted(text: str, check: Check, variables: Mapping[str, Any]) -> str:
    if not check.extract:
        return text
    row = EXTRACTIONS.get(check.extract.name)
    if not row:
        raise RequestError(
            f"check {check.name!r} looks at {check.extract.name!r}, which is not known; "
            f"known are {', '.join(EXTRACTIONS)}"
        )
    return row.extract(text, filled_in(check.extract.arguments, variables))


def _group(answer: Answer, check: Check, variables: Mapping[str, Any]) -> Verdict:
    made = judgement(answer, check.checks, needed_of(check.arguments.get("needed")), variables)
    if not made.verdicts:
        raise ArgumentError("the group has no checks; add one")
    passed = sum(one.passed is True for one in made.verdicts)
    reasons = "; ".join(one.reason for one in made.verdicts[:10])
    return Verdict(
        passed=made.passed, reason=f"passes {passed} of {counted(len(made.verdicts), 'check')}: {reasons}"
    )


def needed_of(value: Any) -> Needed:
    """How much is needed, as a file says it. Raises ArgumentError."""
    if value in (None, "", "all"):
        return "all"
    if value == "any":
        return "any"
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = 0
    if isinstance(value, bool) or not 0 < share <= 1:
        raise ArgumentError(f"needed is {value!r}; write all, any or a share above 0 and at most 1")
    return share


def together(verdicts: Sequence[Verdict], needed: Needed) -> Judgement:
    """What the verdicts come to: passed or failed once what was not checked could change nothing."""
    counting = [one for one in verdicts if one.weight > 0]
    whole = sum(one.weight for one in counting)
    least = sum(one.weight for one in counting if one.passed)
    most = least + sum(one.weight for one in counting if one.passed is None)

    def enough(weight: float) -> bool:
        if needed == "any":
            return weight > 0
        return weight >= whole * (1 if needed == "all" else float(needed)) - 1e-9 * whole

    passed = True if enough(least) else None if enough(most) else False
    return Judgement(
        passed=passed if counting else None,
        share=least / whole if counting and least == most else None,
        verdicts=tuple(verdicts),
    )


def refuse_unusable_checks(evaluation: Evaluation) -> None:
    """Raise RequestError for the first check that can be used on no answer, naming its place."""
    for place, check in enumerate(evaluation.checks):
        refuse_unusable(check, f"check {place + 1}")
    for case in evaluation.cases:
        for place, check in enumerate(case.checks):
            refuse_unusable(check, f"check {place + 1} of case {case.name!r}")


def refuse_unusable(check: Check, where: str) -> None:
    """Raise RequestError for a check that can be used on no answer: of no known kind, or never to be meant.

    What has a variable in it is known only with its case.
    """
    kind_of(check)
    for place, inner in enumerate(check.checks):
        refuse_unusable(inner, f"{where}, check {place + 1}")
    texts = texts_of(replace(check, checks=()))
    if not names(texts) and not any(map(logic_in, texts)):
        try:
            _tried(check)
        except ArgumentError as error:
            raise RequestError(f"{where} ({check.name}) cannot be used: {error}") from error


def _tried(check: Check) -> None:
    if check.extract:
        with suppress(NothingThereError):
            _extracted("", check, {})
    if check.name == GROUP:
        needed_of(check.arguments.get("needed"))
    else:
        CHECKS[check.name].judge(Answer(text=""), check.arguments)


def texts_of(check: Check) -> list[str]:
    """The templates of a check and of those within it."""
    inner = [text for one in check.checks for text in texts_of(one)]
    return [*_texts(check.arguments), *_texts(check.extract.arguments if check.extract else {}), *inner]


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case Mapping():
            return [text for entry in value.values() for text in _texts(entry)]
        case list() | tuple():
            return [text for entry in value for text in _texts(entry)]
        case _:
            return []
