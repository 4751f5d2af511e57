"""Results carried as JSON: whole there and back, and refused in words where they are not of the form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.errors import RequestError
from playground.observed.observed_json import observed_from_json, observed_to_json
from tests.catalogs import HOSTILE
from tests.playground.observed.results import result, results


def test_results_go_there_and_back() -> None:
    observed = results(
        result(HOSTILE, parameters={"temperature": 0, "effort": "low"}, prompt="P", row="openai", where="O"),
        result("b", cost=None, first_token=None, speed=None),
        texts=(("P", "Text"),),
        author="A",
        catalog="c" * 64,
    )
    assert observed_from_json(json.loads(json.dumps(observed_to_json(observed)))) == observed


WRONG: list[tuple[list[Any], Any, str]] = [
    (["almanac_observed"], 2, "almanac_observed is 2, not 1"),
    (["models"], [], "models is no list of 1 to 120 results"),
    (["models"], {}, "models is no list of 1 to 120 results"),
    (["models", 0], 7, "model 1 is 7, no JSON object"),
    (["models", 0, "name"], "", "model 1 has no name"),
    (["models", 0, "name"], "x" * 201, "name of model 1 is no text of at most 200 characters"),
    (["models", 0, "rate", "low"], -0.1, "low of rate of model 1 is -0.1; write a number from 0 to 1"),
    (["models", 0, "rate", "high"], float("nan"), "high of rate of model 1 is nan"),
    (["models", 0, "rate", "estimate"], 0.1, "rate of model 1 is 0.1 from 0.7 to 0.97; low comes first"),
    (["models", 0, "rate", "passed"], 21, "rate of model 1 has more answers passed and missing than asked"),
    (["models", 0, "rate", "asked"], True, "asked of rate of model 1 is True; write a whole number"),
    (["models", 0, "cost", "estimate"], "1e400", "estimate of cost of model 1 is '1e400'; write US dollars"),
    (["models", 0, "cost", "estimate"], 0.002, "estimate of cost of model 1 is 0.002; write US dollars"),
    (["models", 0, "cost", "low"], "5", "cost of model 1 is 0.002 from 5 to 0.003; low comes first"),
    (["models", 0, "speed"], 1e300, "speed of model 1 is 1e+300; write a number from 0 to 1e+09"),
    (["models", 0, "output", "high"], 1, "output of model 1 is 400.0 from 350.0 to 1.0; low comes first"),
    (["models", 0, "parameters"], {"a": [1]}, "parameter 'a' of model 1 is neither a text nor a number"),
    (["dataset"], "A" * 64, "no SHA-256 of 64 hexadecimal digits"),
    (["day"], "2026-02-30", "day is '2026-02-30'; write a day such as"),
    (["cases"], 0, "cases of the results is 0; write a whole number from 1 on"),
    (["texts"], [1], "text 1 is 1, no JSON object"),
]


@pytest.mark.parametrize(("path", "value", "message"), WRONG, ids=[m[:40] for _, _, m in WRONG])
def test_what_is_not_of_the_form_is_refused_by_name(path: list[Any], value: Any, message: str) -> None:
    row: Any = observed_to_json(results(result("a")))
    at = row
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(RequestError) as refused:
        observed_from_json(row)
    assert message in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("value", [None, [], "x", 3, {"almanac_observed": {"a": ["x" * 10_000]}}])
def test_anything_else_is_refused_in_few_words(value: Any) -> None:
    with pytest.raises(RequestError) as refused:
        observed_from_json(value)
    assert len(str(refused.value)) < 300
