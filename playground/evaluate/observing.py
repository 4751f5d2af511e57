"""An evaluation's results as Choose reads them: for each model figures with intervals, hashes, no texts.

The page sends for each model (or model and prompt) what became of every case and repeat, as for the summary,
with what each answer took.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from playground.evaluate.evaluation import Evaluation, Turn
from playground.evaluate.evaluation_json import evaluation_from_json, evaluation_to_json
from playground.evaluate.statistics import Outcomes, cost_per_accepted, pass_rate
from playground.evaluate.statistics.distributions import t_critical
from playground.evaluate.statistics.outcomes import mean, squares
from playground.evaluate.summary import outcomes_from_json
from playground.observed.observed import AcceptedCost, Observation, Observed, OutputTokens, PassRate
from playground.observed.observed_json import NAME, TEXT, VALUE, observed_from_json, observed_to_json

#: Of a cost per answer no more digits are known than these.
DIGITS = 6
type Measured = Sequence[Sequence[float | None]]


def observe(question: Mapping[str, Any]) -> dict[str, Any]:
    """The results as `observed_to_json` writes them. Raises RequestError.

    `evaluation` is what was asked, `day` when, `catalog` the hash of the catalog whose prices counted (or
    empty), `with_texts` whether the prompts' text goes with them. `models` are rows of `{name, model, called,
    row, where, prompt, parameters, scores, costs, tokens, first_tokens, seconds}`, the last five by case,
    then by repeat.
    """
    evaluation = evaluation_from_json(question["evaluation"])
    written = evaluation_to_json(evaluation)
    observed = Observed(
        name=evaluation.name[:NAME],
        day=date.fromisoformat(str(question["day"])),
        dataset=dataset_hash(written),
        prompts=prompts_hash(written),
        catalog=str(question["catalog"]),
        cases=len(evaluation.cases),
        repeats=evaluation.repeats,
        observations=tuple(_observation(row) for row in question["models"]),
        texts=tuple(_texts(evaluation)) if question["with_texts"] else (),
    )
    # Read back at once: what Choose would refuse is refused where it can still be mended.
    return observed_to_json(observed_from_json(observed_to_json(observed)))


def dataset_hash(written: Mapping[str, Any]) -> str:
    """The SHA-256 of an evaluation's cases with what every answer is checked for, whatever it is called."""
    return _sha256({part: written.get(part) for part in ("cases", "checks", "needed")})


def prompts_hash(written: Mapping[str, Any]) -> str:
    """The SHA-256 of an evaluation's prompts."""
    return _sha256(written["prompts"])


def _sha256(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _texts(evaluation: Evaluation) -> list[tuple[str, str]]:
    return [
        (
            prompt.name[:NAME],
            "\n\n".join(filter(None, (prompt.system, *map(_turn, prompt.messages))))[:TEXT],
        )
        for prompt in evaluation.prompts
    ]


def _turn(turn: Turn) -> str:
    pictures = f" [{len(turn.images)} images]" if turn.images else ""
    return f"{turn.role}: {turn.text}{pictures}"


def _observation(row: Mapping[str, Any]) -> Observation:
    outcomes = outcomes_from_json(row)
    rate, cost = pass_rate(outcomes), cost_per_accepted(outcomes)
    return Observation(
        **{part: str(row[part])[:NAME] for part in ("name", "model", "called", "row", "where", "prompt")},
        parameters=_parameters(row["parameters"]),
        rate=PassRate(
            estimate=rate.estimate,
            low=rate.low,
            high=rate.high,
            passed=_passed(outcomes),
            asked=rate.asked,
            missing=rate.missing,
        ),
        cost=AcceptedCost(estimate=_rounded(cost.estimate), low=_rounded(cost.low), high=_rounded(cost.high)),
        first_token=_median(row["first_tokens"]),
        speed=_speed(row["tokens"], row["seconds"]),
        output=_output(row["tokens"]),
    )


def _passed(outcomes: Outcomes) -> int:
    return sum(score is not None and score >= 1 for row in outcomes.scores.values() for score in row)


def _parameters(parameters: Mapping[str, Any]) -> dict[str, str | int | float]:
    """A chat's parameters; what is no text and no number stands as JSON, cut."""
    plain = {
        name: value
        if isinstance(value, str | int | float) and not isinstance(value, bool)
        else json.dumps(value, ensure_ascii=False)
        for name, value in parameters.items()
    }
    return {name: value[:VALUE] if isinstance(value, str) else value for name, value in plain.items()}


def _rounded(usd: Decimal | None) -> Decimal | None:
    return None if usd is None else Decimal(f"{usd:.{DIGITS}g}")


def _median(rows: Measured) -> float | None:
    values = _known(rows)
    return round(median(values), 4) if values else None


def _speed(tokens: Measured, seconds: Measured) -> float | None:
    """The median over answers of output tokens a second, from the request to the answer's end."""
    speeds = [
        count / took
        for of_case, times in zip(tokens, seconds, strict=True)
        for count, took in zip(of_case, times, strict=True)
        if count and took
    ]
    return round(median(speeds), 2) if speeds else None


def _output(tokens: Measured) -> OutputTokens | None:
    """The mean over cases, with Student's interval: repeats of a case are not independent."""
    cases = [mean(known) for row in tokens if (known := _known([row]))]
    if not cases:
        return None
    middle, answers = mean(cases), len(_known(tokens))
    if len(cases) < 2:
        return OutputTokens(mean=round(middle, 1), low=None, high=None, answers=answers)
    half = t_critical(0.05, len(cases) - 1) * math.sqrt(squares(cases) / (len(cases) - 1) / len(cases))
    return OutputTokens(
        mean=round(middle, 1),
        low=round(max(0.0, middle - half), 1),
        high=round(middle + half, 1),
        answers=answers,
    )


def _known(rows: Measured) -> list[float]:
    return [value for row in rows for value in row if value is not None]
