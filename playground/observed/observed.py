"""What came of the reader's own cases: each model's figures with intervals, and how they were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRate:
    """The share of answers that passed, from 0 to 1, with its 95 % interval.

    `estimate` is None where nothing was judged. `passed` of `asked` answers passed; `missing` did not come.
    """

    estimate: float | None
    low: float
    high: float
    passed: int
    asked: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedCost:
    """US dollars paid for each answer that passed, with its 95 % interval.

    `estimate` is None where nothing passed or some cost is unknown; `high` where there is no upper limit.
    """

    estimate: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputTokens:
    """The mean of the output tokens of an answer, reasoning included, as providers reported them.

    With its 95 % interval, of `answers` answers; the limits are None with a single case.
    """

    mean: float
    low: float | None
    high: float | None
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One model with one prompt and its parameters, on the reader's cases.

    `name` is what the results call it; `model` its id in the catalog, empty where that is not known; `called`
    the id that was sent to the page's row `row`, which is named `where`. `prompt` is empty where there was
    one for all. `first_token` is the median in seconds, `speed` that of output tokens a second of the whole
    answer; each is None where it is not known.
    """

    name: str
    model: str = ""
    called: str = ""
    row: str = ""
    where: str = ""
    prompt: str = ""
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)
    rate: PassRate
    cost: AcceptedCost
    first_token: float | None = None
    speed: float | None = None
    output: OutputTokens | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The results of one evaluation.

    `dataset` is the SHA-256 of its cases with their checks, `prompts` that of its prompts, `catalog` that of
    the catalog whose prices counted; each is empty where it is not known. `texts` are the prompts by name,
    where the reader carries them, too. `author` is who published the results, empty for the reader's own.
    """

    name: str
    day: date
    dataset: str
    prompts: str
    catalog: str = ""
    cases: int
    repeats: int
    observations: tuple[Observation, ...]
    texts: tuple[tuple[str, str], ...] = ()
    author: str = ""
