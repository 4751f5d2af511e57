"""What is to be run for a check, and what came of it, as values that cross to where it is shut in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from playground.json_text import read_json

#: Seconds that code may take where a check says nothing, and the most that it may say.
SECONDS, MOST_SECONDS = 5.0, 60.0
#: Bytes of memory that it may take.
MEMORY = 256 * 1024 * 1024
#: Characters of code that are run, and of what it prints that are kept.
MOST_CODE = 100_000


class What(StrEnum):
    """What is done with the code."""

    #: The code runs, and then `tests`.
    TESTS = "tests"
    #: The code runs, and each of `calls` gives its value; what is expected stays outside.
    CALLS = "calls"
    #: The code is the reader's own and defines `check(answer, case)`.
    FUNCTION = "function"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Code to run: `values` is JSON, the answer and the case's variables of a FUNCTION."""

    what: What
    code: str
    tests: str = ""
    calls: tuple[str, ...] = ()
    values: str = ""
    seconds: float = SECONDS


class State(StrEnum):
    """How a job ended."""

    DONE = "done"
    #: It raised, or a test failed.
    FAILED = "failed"
    SLOW = "slow"
    MEMORY = "memory"
    #: It ended without a word: it was killed, or ended Python itself.
    ENDED = "ended"
    #: It could not be shut in, so it was not run.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job: a reason in words, what it printed, of CALLS the values as Python writes them."""

    state: State
    reason: str = ""
    printed: str = ""
    values: tuple[str, ...] = ()
    passed: bool | None = None


def job_to_json(job: Job) -> dict[str, Any]:
    """The job as plain values."""
    return {**asdict(job), "what": str(job.what), "calls": list(job.calls)}


def outcome_from_json(text: str) -> Outcome:
    """What came back, which the code may have written itself; what is of no form is ENDED."""
    try:
        row = read_json(text)
        state = State(row["state"])
    except (ValueError, TypeError, KeyError):
        return Outcome(state=State.ENDED, reason="it ended Python itself")
    return Outcome(
        state=state,
        reason=_text(row, "reason"),
        printed=_text(row, "printed"),
        values=tuple(str(value)[:MOST_CODE] for value in row.get("values") or ()),
        passed=row["passed"] if isinstance(row.get("passed"), bool) else None,
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")[:2000]
