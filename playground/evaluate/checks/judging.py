"""An answer judged by the checks of its case: extraction, negation, groups, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from playground.errors import RequestError
from playground.evaluate.checks.arguments import reason_of
from playground.evaluate.checks.check import Answer, ArgumentError, Field, Verdict, counted, unchecked
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
        raise ArgumentError(
            f"needed is {value!r}; write all, any or a share above 0 and at most 1", argument="needed"
        )
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
    for place, check in enumerate(evaluation.checks, 1):
        refuse_unusable(check, f"check {place}", f"check {place}")
    for number, case in enumerate(evaluation.cases, 1):
        for place, check in enumerate(case.checks, 1):
            try:
                refuse_unusable(check, f"check {place} of case {case.name!r}")
            except RequestError as error:
                error.field = f"case {number}"
                raise


def refuse_unusable(check: Check, where: str, field: str = "") -> None:
    """Raise RequestError for a check that can be used on no answer: of no known kind, or never to be meant.

    What has a variable in it is known only with its case. `field` is the check's, as errors.py names it.
    """
    try:
        kind_of(check)
    except RequestError as error:
        error.field = f"{field} kind"
        raise
    for place, inner in enumerate(check.checks, 1):
        refuse_unusable(inner, f"{where}, check {place}", f"{field}.{place}")
    texts = texts_of(replace(check, checks=()))
    if not names(texts) and not any(map(logic_in, texts)):
        _try_extraction(check, where, field)
        try:
            _try_judge(check)
        except ArgumentError as error:
            wrong = error.argument or _first_needed(CHECKS[check.name].fields)
            raise _unusable(check, where, f"{field} {wrong}", error) from error


def _try_extraction(check: Check, where: str, field: str) -> None:
    if not check.extract:
        return
    try:
        with suppress(NothingThereError):
            _extracted("", check, {})
    except ArgumentError as error:
        wrong = error.argument or _first_needed(EXTRACTIONS[check.extract.name].fields)
        raise _unusable(check, where, f"{field} extract.{wrong}", error) from error
    except RequestError as error:
        error.field = f"{field} extract"
        raise


def _try_judge(check: Check) -> None:
    if check.name != GROUP:
        CHECKS[check.name].judge(Answer(text=""), check.arguments)
    elif not check.checks:
        raise ArgumentError("the group has no checks; add one", argument="checks")
    else:
        needed_of(check.arguments.get("needed"))


def _unusable(check: Check, where: str, field: str, error: ArgumentError) -> RequestError:
    return RequestError(f"{where} ({check.name}) cannot be used: {error}", field=field)


def _first_needed(fields: Sequence[Field]) -> str:
    return next((field.name for field in fields if field.required), fields[0].name if fields else "kind")


def texts_of(check: Check) -> list[str]:
    """The templates of a check and of those within it."""
    return [text for _, text in templates_of(check, "")]


def templates_of(check: Check, field: str) -> Iterator[tuple[str, str]]:
    """The templates of a check and of those within it, each after its field, as errors.py names it."""
    for name, value in check.arguments.items():
        yield from ((f"{field} {name}", text) for text in _texts(value))
    if check.extract:
        for name, value in check.extract.arguments.items():
            yield from ((f"{field} extract.{name}", text) for text in _texts(value))
    for place, inner in enumerate(check.checks, 1):
        yield from templates_of(inner, f"{field}.{place}")


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
