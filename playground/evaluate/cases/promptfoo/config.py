"""A whole configuration of promptfoo as an evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.promptfoo.asserts import checks
from playground.evaluate.cases.promptfoo.prompts import prompts
from playground.evaluate.cases.promptfoo.providers import models
from playground.evaluate.cases.promptfoo.tests import Tests, read_scenarios
from playground.evaluate.cases.reading import Unread, object_in, reference
from playground.evaluate.evaluation import Case, Evaluation, Prompt
from playground.evaluate.evaluation_json import MOST_REPEATS
from playground.evaluate.template import names

KEYS = {"prompts", "providers", "targets", "tests", "scenarios", "defaultTest", "redteam"}
_READ = {*KEYS, "description", "assertionTemplates", "evaluateOptions", "$schema"} - {"redteam"}
#: What says nothing of what is asked or checked.
_SILENT = {"outputPath", "sharing", "tags", "metadata", "writeLatestResults", "commandLineOptions", "version"}
_WHY = {
    "redteam": "attacks are not made up here; write the cases",
    "extensions": "they run code",
    "env": "nothing of your environment is read",
    "nunjucksFilters": "only {{name}} is filled in",
    "derivedMetrics": "they run code",
    "passRateThreshold": "no rate is held to a threshold here",
}


def is_config(value: Mapping[str, Any]) -> bool:
    """Whether these are the keys of a configuration of promptfoo."""
    return len(KEYS & value.keys()) >= 2 or "tests" in value


def evaluation_of(value: Mapping[str, Any], name: str) -> Evaluation:
    """The configuration as an evaluation. Raises RequestError where a part is not of promptfoo's form."""
    unread = Unread()
    for key, held in value.items():
        if key not in _READ | _SILENT and not key.startswith("x-"):
            unread.add(key, held, _WHY.get(key, "this key is not known here"))
    templates = object_in(value.get("assertionTemplates") or {}, "assertionTemplates")
    default = _default(value.get("defaultTest"), unread)
    asked = prompts(value.get("prompts"), unread)
    tests = Tests(default, templates, unread)
    tests.read(value.get("tests"), "tests")
    read_scenarios(value.get("scenarios"), tests, unread)
    if not value.get("tests") and not value.get("scenarios") and "redteam" not in value:
        tests.read([{}], "tests")  # promptfoo asks each prompt once
    cases = _whole(tests.cases, asked, unread)
    key = "providers" if "providers" in value else "targets"
    return Evaluation(
        name=str(value.get("description") or name),
        prompts=asked,
        cases=cases,
        checks=checks(default.get("assert"), templates, "defaultTest.assert", unread),
        models=models(value.get(key), key, unread),
        repeats=_repeats(value.get("evaluateOptions"), unread),
        left_out=tuple(unread.parts),
    )


def _default(value: Any, unread: Unread) -> dict[str, Any]:
    if why := reference(value):
        unread.add("defaultTest", value, why)
        return {}
    default = object_in(value or {}, "defaultTest")
    if why := reference(given := default.get("vars")):
        unread.add("defaultTest.vars", given, why)
        return {**default, "vars": {}}
    object_in(given or {}, "defaultTest.vars")
    return default


def _whole(cases: Iterable[Case], asked: Iterable[Prompt], unread: Unread) -> tuple[Case, ...]:
    """The cases with an empty text for what a prompt names and they do not give, as promptfoo asks them."""
    wanted = names(text for p in asked for text in (p.system, *(turn.text for turn in p.messages)))
    whole = []
    for case in cases:
        absent = [
            name for name in wanted if name not in case.variables and name.split(".")[0] not in case.variables
        ]
        if absent:
            why = "it is asked with an empty text in its place, as promptfoo does"
            unread.add(f"case {case.name}", f"{{{{{absent[0]}}}}} is not given", why)
        whole.append(replace(case, variables={**case.variables, **dict.fromkeys(absent, "")}))
    return tuple(whole)


def _repeats(options: Any, unread: Unread) -> int:
    if not isinstance(options, dict):
        unread.rest({"evaluateOptions": options}, "", (), "it is no mapping of options")
        return 1
    for name, value in options.items():
        if name not in ("repeat", "maxConcurrency", "showProgressBar", "cache"):
            unread.add(f"evaluateOptions.{name}", value, "this option is not known here")
    repeats = options.get("repeat", 1)
    if isinstance(repeats, int) and 1 <= repeats <= MOST_REPEATS:
        return repeats
    raise RequestError(
        f"evaluateOptions.repeat is {repeats!r}; write a whole number from 1 to {MOST_REPEATS}"
    )
