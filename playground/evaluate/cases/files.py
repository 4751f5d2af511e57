"""A file or a pasted text read into an evaluation, by what it is."""

from __future__ import annotations

from playground.evaluate.cases.csv_cases import cases_of_table
from playground.evaluate.evaluation import Evaluation


def read_file(name: str, text: str) -> Evaluation:
    """The evaluation in a file of that name. Raises RequestError saying what was expected."""
    return Evaluation(name=name, prompts=(), cases=cases_of_table(text))
