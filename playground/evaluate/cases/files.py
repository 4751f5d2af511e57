"""A file or a pasted text read into an evaluation, by its name and by what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases import github_prompt, openai_evals
from playground.evaluate.cases.csv_cases import cases_of_table
from playground.evaluate.cases.promptfoo import config
from playground.evaluate.cases.promptfoo.table import has_expectations, with_expectations
from playground.evaluate.cases.reading import Unread
from playground.evaluate.cases.rows import evaluation_of_rows
from playground.evaluate.cases.yaml_text import read_yaml
from playground.evaluate.evaluation import Evaluation
from playground.evaluate.evaluation_json import MOST_CASES, evaluation_from_json
from playground.json_text import SIZE, NumberError, read_numbers_held

FORMS = (
    "CSV, JSON, JSONL or YAML with one case for each line or object, a promptfoo configuration, "
    "a .prompt.yml, an export of OpenAI Evals, or an evaluation that was saved here"
)
#: What stands beside cases and says nothing of them.
_SILENT = {"$schema", "name", "description", "version", "metadata"}
_TABLE = re.compile(r"\.(?:csv|tsv|tab)$", re.I)
_LINES = re.compile(r"\.(?:jsonl|ndjson)$", re.I)
_YAML = re.compile(r"\.ya?ml$", re.I)
#: How YAML begins, where no file's name says that it is YAML.
_BEGINS_YAML = re.compile(r"\s*(?:---|#[^\n]*\n\s*)*(?:- |[\w-]+:(?:\s|$))")


def read_file(name: str, text: str) -> Evaluation:
    """The evaluation in a file of that name; a pasted text has none. Raises RequestError."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise RequestError(f"there is nothing in it; these are read: {FORMS}")
    if len(text) > SIZE:
        raise RequestError(f"it has {len(text):,} characters; at most {SIZE:,} are read: part it into files")
    if "\0" in text[:1000]:
        raise RequestError(f"this is no text; these are read: {FORMS}")
    evaluation = _read(name, text)
    if len(evaluation.cases) > MOST_CASES:
        raise RequestError(
            f"it has {len(evaluation.cases):,} cases; an evaluation has at most {MOST_CASES:,}"
        )
    return evaluation


def _read(name: str, text: str) -> Evaluation:
    if _TABLE.search(name):
        return _table(name, text)
    if _YAML.search(name):
        return _of_value(_yaml(text), name)
    if _LINES.search(name):
        value = _json(text)
        return _of_value(value if isinstance(value, list) else [value], name)
    if text.lstrip()[0] in "[{" or name.lower().endswith(".json"):
        return _of_value(_json(text), name)
    if not name and _BEGINS_YAML.match(text):
        return _of_value(read_yaml(text), name)
    return _table(name, text)


def _yaml(text: str) -> Any:
    """JSON is YAML, too, and read much faster as what it is."""
    try:
        return read_numbers_held(text) if text.lstrip()[0] in "[{" else read_yaml(text)
    except ValueError:
        return read_yaml(text)


def _table(name: str, text: str) -> Evaluation:
    cases = cases_of_table(text)
    if has_expectations(cases):
        made, left_out = with_expectations(cases)
        return Evaluation(name=name, prompts=(), cases=made, left_out=left_out)
    return Evaluation(name=name, prompts=(), cases=cases)


def _json(text: str) -> Any:
    """One value, or a list of one for each line."""
    try:
        return read_numbers_held(text)
    except NumberError as error:
        raise RequestError(str(error)) from error
    except ValueError as error:
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not lines[0][1].rstrip().endswith("}"):
            raise RequestError(f"this is no JSON: {error}") from error
    if len(lines) > MOST_CASES:
        raise RequestError(f"it has {len(lines):,} lines; an evaluation has at most {MOST_CASES:,} cases")
    return _rows(lines)


def _rows(lines: Iterable[tuple[int, str]]) -> list[Any]:
    rows = []
    for number, line in lines:
        try:
            rows.append(read_numbers_held(line, line=number))
        except NumberError as error:
            raise RequestError(str(error)) from error
        except ValueError as error:
            raise RequestError(f"line {number} is no JSON ({error}); JSONL has one object a line") from error
    return rows


def _rows_under(key: str, value: Mapping[str, Any], name: str) -> Evaluation:
    """The cases under that key of an object; what else it holds is listed."""
    if ours := [field for field in ("prompts", "checks") if field in value]:
        raise RequestError(
            f"it has {' and '.join(ours)} beside {key}, and no almanac_evaluation; write "
            "almanac_evaluation: 1 and call the cases cases, so that all of it is read"
        )
    unread = Unread()
    unread.rest(value, "", {key, *_SILENT}, f"only the cases under {key} are taken")
    made = evaluation_of_rows(value[key], name)
    return replace(made, left_out=(*unread.parts, *made.left_out))


def _of_value(value: Any, name: str) -> Evaluation:
    if isinstance(value, dict) and "almanac_evaluation" in value:
        return evaluation_from_json(value)
    if openai_evals.is_eval(value):
        return openai_evals.evaluation_of(value, name)
    if isinstance(value, list):
        if value and all(isinstance(row, dict) and {"vars", "assert"} & row.keys() for row in value):
            return replace(config.evaluation_of({"tests": value}, name), prompts=())
        return evaluation_of_rows(value, name)
    if isinstance(value, dict):
        if config.is_config(value):
            return config.evaluation_of(value, name)
        if github_prompt.is_prompt(value):
            return github_prompt.evaluation_of(value, name)
        for key in ("cases", "examples", "data", "rows"):
            if isinstance(value.get(key), list):
                return _rows_under(key, value, name)
        keys = ", ".join(list(value)[:6])
        raise RequestError(f"this is of no form that is known here (it has {keys}); these are read: {FORMS}")
    raise RequestError(f"this holds no list of cases; these are read: {FORMS}")
