"""The forms in which results leave, by the names that the page's menu and the terminal have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from playground.errors import RequestError
from playground.evaluate.exporting.figures import as_figures
from playground.evaluate.exporting.inspect_log import as_inspect_logs
from playground.evaluate.exporting.promptfoo.config import as_promptfoo_config
from playground.evaluate.exporting.promptfoo.results import as_promptfoo_results
from playground.evaluate.exporting.results_csv import as_csv
from playground.evaluate.exporting.saved import Exported, Saved, saved_from_json


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader calls a form, and what writes it."""

    label: str
    written: Callable[[Saved], Exported]


FORMS: Mapping[str, Form] = {
    "csv": Form("CSV, a line for each answer", as_csv),
    "promptfoo": Form("promptfoo configuration", as_promptfoo_config),
    "promptfoo-results": Form("promptfoo results", as_promptfoo_results),
    "inspect": Form("Inspect AI logs", as_inspect_logs),
    "figures": Form("figures alone, for a site to publish", as_figures),
}


def export_to_json(to: Any, results: Mapping[str, Any]) -> dict[str, Any]:
    """The files of a form as the page hands them to its reader. Raises RequestError."""
    if to not in FORMS:
        raise RequestError(f"results cannot be saved as {to!r}; known are {', '.join(FORMS)}")
    made = FORMS[to].written(saved_from_json(results))
    files = [{"ending": file.ending, "text": "".join(file.text)} for file in made.files]
    return {"files": files, "left_out": [asdict(part) for part in made.left_out]}
