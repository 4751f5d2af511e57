"""promptfoo's tests as cases: variables (a list stands for several cases) and assertions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from math import prod
from typing import Any

from playground.errors import RequestError
from playground.evaluate.cases.promptfoo.asserts import checks, needed
from playground.evaluate.cases.reading import Unread, list_in, object_in, reference
from playground.evaluate.evaluation import Case
from playground.evaluate.evaluation_json import MOST_CASES

#: Cases that the lists in one test may stand for.
MOST = 10_000
#: What says nothing of what is asked or checked.
_SILENT = {"description", "metadata", "vars", "assert", "name", "threshold"}
_SETTINGS = {
    "provider": "every model is asked every case here",
    "providers": "every model is asked every case here",
    "assertScoringFunction": "it runs code",
}
_OPTIONS = {
    "provider": "no model judges answers here yet",
    "transform": "it runs code; answers are checked as they come",
    "postprocess": "it runs code; answers are checked as they come",
    "transformVars": "it runs code",
}


#: What promptfoo opens or runs where a variable begins with it (src/evaluatorHelpers.ts).
_OPENED = re.compile(r"(?:file://|package:)")


def opened_by_promptfoo(text: str) -> bool:
    """Whether promptfoo takes a variable of that text for a file or a program."""
    return bool(_OPENED.match(text))


class Tests:
    """Reads tests with the defaults of their file."""

    def __init__(self, default: Mapping[str, Any], templates: Mapping[str, Any], unread: Unread) -> None:
        self._default = default
        self._templates = templates
        self._unread = unread
        self.cases: list[Case] = []
        self._settings(default, "defaultTest")

    def read(self, listed: Any, where: str, more: Mapping[str, Any] | None = None) -> None:
        """Add the cases of a list of tests, each with `more` variables; what is in other files is noted."""
        if listed is None:
            return
        rows = listed if isinstance(listed, list) else [listed]
        for place, row in enumerate(rows):
            at = f"{where}[{place}]" if isinstance(listed, list) else where
            if isinstance(row, str):
                why = reference(row) or reference(f"file:{row}")
                self._unread.add(at, row, why)
            else:
                self._test(object_in(row, at), at, more or {})

    def _test(self, row: Mapping[str, Any], where: str, more: Mapping[str, Any]) -> None:
        self._settings(row, where)
        given = row.get("vars") or {}
        if not isinstance(given, dict):
            why = reference(f"file:{given}")
            self._unread.add(f"{where}.vars", given, why)
            return
        variables = {**(self._default.get("vars") or {}), **more, **given}
        for name, value in variables.items():
            held = value if isinstance(value, list) else [value]
            opened = (text for text in held if isinstance(text, str) and opened_by_promptfoo(text))
            if why := next(map(reference, opened), ""):
                self._unread.add(f"{where}.vars.{name}", value, why)
                return
        made = checks(row.get("assert"), self._templates, f"{where}.assert", self._unread)
        share = needed({**self._default, **row}, where, self._unread)
        title = str(row.get("description") or "")
        whole = (row.get("options") or {}).get("disableVarExpansion")
        count = 1 if whole else prod(len(v) for v in variables.values() if isinstance(v, list))
        if count > MOST:
            self._unread.add(
                f"{where}.vars", f"{count:,} combinations", f"at most {MOST:,} are taken of one test"
            )
            return
        if len(self.cases) + count > MOST_CASES:
            raise RequestError(f"{where} makes it more than {MOST_CASES:,} cases; part it into files")
        for each in [variables] if whole else _combinations(variables):
            name = title or str(len(self.cases) + 1)
            self.cases.append(Case(name=name, variables=each, checks=made, needed=share))

    def _settings(self, row: Mapping[str, Any], where: str) -> None:
        for name, value in row.items():
            if name == "options":
                for option, held in (value or {}).items():
                    why = _OPTIONS.get(option, "this option is not known here")
                    if option != "disableVarExpansion":
                        self._unread.add(f"{where}.options.{option}", held, why)
            elif name not in _SILENT:
                self._unread.add(f"{where}.{name}", value, _SETTINGS.get(name, "this key is not known here"))


def _combinations(variables: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    choices = [value if isinstance(value, list) else [value] for value in variables.values()]
    return (dict(zip(variables, chosen, strict=True)) for chosen in product(*choices))


def read_scenarios(listed: Any, tests: Tests, unread: Unread) -> None:
    """Every test of a scenario with every row of its variables."""
    for place, row in enumerate(list_in(listed, "scenarios")):
        where = f"scenarios[{place}]"
        if not isinstance(row, dict):
            unread.add(where, row, reference(row) or "a scenario has config and tests")
            continue
        unread.rest(row, where, {"config", "tests", "description"})
        for number, config in enumerate(list_in(row.get("config"), f"{where}.config")):
            given = config.get("vars") if isinstance(config, dict) else None
            if isinstance(given, dict):
                unread.rest(config, f"{where}.config[{number}]", {"vars", "description"})
                tests.read(row.get("tests"), f"{where}.tests", given)
            else:
                unread.add(f"{where}.config[{number}]", config, "a row of a scenario has vars")
