"""Observed results as JSON, and back; what comes back may be anybody's, so it is checked and bounded."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from playground.errors import RequestError
from playground.json_text import sound_text
from playground.observed.observed import AcceptedCost, Observation, Observed, OutputTokens, PassRate

#: The version of the form.
VERSION = 1
#: Twelve models with ten prompts each.
MOST_OBSERVATIONS = 120
#: Characters of a name, of a parameter's value, and of a prompt that is carried.
NAME, VALUE, TEXT = 200, 2000, 100_000
MOST_PARAMETERS, MOST_TEXTS = 40, 100
MOST_ANSWERS = 100_000_000
#: More dollars, seconds or tokens than any answer has.
MOST = 1e9
#: The fields of each part: figures hold nothing else.
_RESULTS = {"almanac_observed", "name", "day", "dataset", "prompts", "catalog", "cases", "repeats", "models"}
_RESULTS |= {"texts", "author"}
_MODEL = set(Observation.__slots__)
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def observed_to_json(observed: Observed) -> dict[str, Any]:
    """The results as plain values: money as texts, shares from 0 to 1."""
    return {
        "almanac_observed": VERSION,
        "name": observed.name,
        "day": str(observed.day),
        "dataset": observed.dataset,
        "prompts": observed.prompts,
        "catalog": observed.catalog,
        "cases": observed.cases,
        "repeats": observed.repeats,
        "models": [_observation_to_json(one) for one in observed.observations],
        **({"texts": [{"name": n, "text": t} for n, t in observed.texts]} if observed.texts else {}),
        **({"author": observed.author} if observed.author else {}),
    }


def _observation_to_json(one: Observation) -> dict[str, Any]:
    rate, cost, output = one.rate, one.cost, one.output
    return {
        "name": one.name,
        "model": one.model,
        "called": one.called,
        "row": one.row,
        "where": one.where,
        "prompt": one.prompt,
        "parameters": dict(one.parameters),
        "rate": {part: getattr(rate, part) for part in PassRate.__slots__},
        "cost": {
            part: None if (usd := getattr(cost, part)) is None else str(usd)
            for part in AcceptedCost.__slots__
        },
        "first_token": one.first_token,
        "speed": one.speed,
        "output": {part: getattr(output, part) for part in OutputTokens.__slots__} if output else None,
    }


def observed_from_json(value: Any) -> Observed:
    """The inverse of observed_to_json. Raises RequestError naming what is not of the form, and where."""
    row = _object(value, "the results")
    if row.get("almanac_observed") != VERSION:
        seen = row.get("almanac_observed")
        raise RequestError(
            f"almanac_observed is {_shown(seen)}, not {VERSION}: these are no results of this version; "
            "use the results in Choose again from Evaluate"
        )
    _refuse_others(row, "the results", _RESULTS)
    models = row.get("models")
    if not isinstance(models, list) or not 1 <= len(models) <= MOST_OBSERVATIONS:
        raise RequestError(f"models is no list of 1 to {MOST_OBSERVATIONS} results")
    return Observed(
        name=_text(row, "name", "the results"),
        day=_day(row.get("day")),
        dataset=_hash(row, "dataset"),
        prompts=_hash(row, "prompts"),
        catalog=_hash(row, "catalog", needed=False),
        cases=_count(row, "cases", "the results", least=1),
        repeats=_count(row, "repeats", "the results", least=1),
        observations=tuple(_observation(one, f"model {place}") for place, one in enumerate(models, 1)),
        texts=_texts(row.get("texts", [])),
        author=_text(row, "author", "the results"),
    )


def _observation(value: Any, where: str) -> Observation:
    row = _object(value, where, _MODEL)
    name = _text(row, "name", where)
    if not name:
        raise RequestError(f"{where} has no name")
    texts = {part: _text(row, part, where) for part in ("model", "called", "row", "where", "prompt")}
    return Observation(
        name=name,
        **texts,
        parameters=_parameters(row.get("parameters", {}), where),
        rate=_rate(row.get("rate"), where),
        cost=_cost(row.get("cost"), where),
        first_token=_number(row, "first_token", where),
        speed=_number(row, "speed", where),
        output=None if row.get("output") is None else _output(row["output"], where),
    )


def _rate(value: Any, where: str) -> PassRate:
    at = f"rate of {where}"
    row = _object(value, at, PassRate.__slots__)
    low, high = (_number(row, part, at, most=1) for part in ("low", "high"))
    if low is None or high is None:
        raise RequestError(f"{at} has no low or no high; both are shares from 0 to 1")
    estimate = _number(row, "estimate", at, most=1)
    counts = {part: _count(row, part, at) for part in ("passed", "asked", "missing")}
    if not low <= (low if estimate is None else estimate) <= high:
        raise RequestError(f"{at} is {_shown(estimate)} from {low} to {high}; low comes first, high last")
    if counts["passed"] + counts["missing"] > counts["asked"]:
        raise RequestError(f"{at} has more answers passed and missing than asked")
    return PassRate(estimate=estimate, low=low, high=high, **counts)


def _cost(value: Any, where: str) -> AcceptedCost:
    at = f"cost of {where}"
    row = _object(value, at, AcceptedCost.__slots__)
    estimate, low, high = (_dollars(row.get(part), f"{part} of {at}") for part in AcceptedCost.__slots__)
    middle = [usd for usd in (low, estimate, high) if usd is not None]
    if middle != sorted(middle):
        raise RequestError(f"{at} is {estimate} from {low} to {high}; low comes first, high last")
    return AcceptedCost(estimate=estimate, low=low, high=high)


def _output(value: Any, where: str) -> OutputTokens:
    at = f"output of {where}"
    row = _object(value, at, OutputTokens.__slots__)
    mean = _number(row, "mean", at)
    if mean is None:
        raise RequestError(f"{at} has no mean; write tokens")
    low, high = (_number(row, part, at) for part in ("low", "high"))
    if not (mean if low is None else low) <= mean <= (mean if high is None else high):
        raise RequestError(f"{at} is {mean} from {low} to {high}; low comes first, high last")
    return OutputTokens(mean=mean, low=low, high=high, answers=_count(row, "answers", at))


def _parameters(value: Any, where: str) -> dict[str, str | int | float]:
    row = _object(value, f"parameters of {where}")
    if len(row) > MOST_PARAMETERS:
        raise RequestError(f"{where} has {len(row)} parameters; at most {MOST_PARAMETERS}")
    read: dict[str, str | int | float] = {}
    for name, one in row.items():
        if isinstance(one, str):
            read[sound_text(name)[:NAME]] = sound_text(one)[:VALUE]
        elif isinstance(one, int | float) and math.isfinite(one) and abs(one) <= MOST:
            read[sound_text(name)[:NAME]] = one
        else:
            raise RequestError(f"parameter {_shown(name)} of {where} is neither a text nor a number")
    return read


def _texts(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list) or len(value) > MOST_TEXTS:
        raise RequestError(f"texts is no list of at most {MOST_TEXTS} prompts")
    rows = [_object(one, f"text {place}", ("name", "text")) for place, one in enumerate(value, 1)]
    return tuple((_text(row, "name", "a text"), _text(row, "text", "a text", most=TEXT)) for row in rows)


def _object(value: Any, what: str, known: Collection[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise RequestError(f"{what} is {_shown(value)}, no JSON object")
    if known is not None:
        _refuse_others(value, what, known)
    return value


def _refuse_others(row: Mapping[str, Any], what: str, known: Collection[str]) -> None:
    if others := [name for name in row if name not in known]:
        raise RequestError(f"{what} has {_shown(others[0])}, which is no field of figures; leave it out")


def _text(row: Mapping[str, Any], name: str, where: str, most: int = NAME) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise RequestError(f"{name} of {where} is no text of at most {most:,} characters")
    return sound_text(value)


def _hash(row: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = row.get(name, "")
    if (value == "" and not needed) or (isinstance(value, str) and _HASH.fullmatch(value)):
        return str(value)
    raise RequestError(f"{name} is {_shown(value)}, no SHA-256 of 64 hexadecimal digits")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise RequestError(f"day is {_shown(value)}; write a day such as 2026-11-28")


def _count(row: Mapping[str, Any], name: str, where: str, least: int = 0) -> int:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST_ANSWERS:
        raise RequestError(f"{name} of {where} is {_shown(value)}; write a whole number from {least} on")
    return value


def _number(row: Mapping[str, Any], name: str, where: str, most: float = MOST) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 <= value <= most:
        raise RequestError(f"{name} of {where} is {_shown(value)}; write a number from 0 to {most:g}")
    return float(value)


def _dollars(value: Any, what: str) -> Decimal | None:
    if value is None:
        return None
    try:
        # A text, as JSON's numbers are not exact; a long one would take long to read.
        usd = Decimal(value) if isinstance(value, str) and len(value) <= NAME else Decimal("NaN")
    except InvalidOperation:
        usd = Decimal("NaN")
    if not usd.is_finite() or not 0 <= usd <= Decimal(MOST):
        raise RequestError(f'{what} is {_shown(value)}; write US dollars as a text, such as "0.0021"')
    return usd


def _shown(value: Any) -> str:
    """What was seen, in a few characters."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
