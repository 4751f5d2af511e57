"""Cases × prompts × models × repeats: which cells there are, what each asks, and the hash of what it asks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from playground.chat.chat import Chat, Message, Part, Text
from playground.chat.chat_json import chat_to_json
from playground.errors import RequestError
from playground.evaluate.checks.judging import runs_code, templates_of
from playground.evaluate.evaluation import Case, Check, Evaluation, Prompt, Turn
from playground.evaluate.template import filled, missing
from playground.run.run import Run

MOST_CELLS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One request by its places: which case, prompt and model, and the how manieth time, all from 0."""

    case: int
    prompt: int
    model: int
    repeat: int


class Matrix:
    """The cells of an evaluation with these models; a model's chat gives the parameters, not the messages.

    `allows_code`: whether checks may run code.
    """

    def __init__(self, evaluation: Evaluation, models: Sequence[Run], *, allows_code: bool = False) -> None:
        """Raises RequestError where there is nothing to ask or nobody to be asked."""
        if not evaluation.cases:
            raise RequestError("there are no cases; add a file, paste a table or type one", field="cases")
        if not evaluation.prompts:
            raise RequestError("there is no prompt; write one, with {{column}} where a case's text goes")
        if not models:
            raise RequestError("no model is chosen; add at least one", field="models")
        self.evaluation = evaluation
        self.models = tuple(models)
        self.allows_code = allows_code
        self._asked: dict[tuple[int, int], str] = {}
        self._checked: dict[int, str] = {}
        if self.count > MOST_CELLS:
            raise RequestError(
                f"these are {self.count:,} requests; at most {MOST_CELLS:,} are run at once: "
                "take fewer cases, prompts, models or repeats"
            )
        for place, case in enumerate(evaluation.cases, 1):
            for number, prompt in enumerate(evaluation.prompts, 1):
                _refuse_gaps(case, prompt, f"prompt {number}")
            for number, check in enumerate(evaluation.checks, 1):
                _refuse_gaps_of_check(check, case, f"check {number}")
            for check in case.checks:
                _refuse_gaps_of_check(check, case, f"case {place}")

    @property
    def count(self) -> int:
        """How many cells there are."""
        evaluation = self.evaluation
        sizes = len(evaluation.cases) * len(evaluation.prompts) * len(self.models)
        return sizes * evaluation.repeats

    def cells(self) -> Iterator[Cell]:
        """All cells: every case once before any a second time, and the models in turn."""
        for asked in zip(*(self.cells_of(model) for model in range(len(self.models))), strict=True):
            yield from asked

    def cells_of(self, model: int) -> Iterator[Cell]:
        """The cells of one model, every case once before any a second time."""
        evaluation = self.evaluation
        for repeat in range(evaluation.repeats):
            for case in range(len(evaluation.cases)):
                for prompt in range(len(evaluation.prompts)):
                    yield Cell(case=case, prompt=prompt, model=model, repeat=repeat)

    def run_of(self, cell: Cell) -> Run:
        """The model's run with what the cell asks."""
        evaluation, run = self.evaluation, self.models[cell.model]
        case, prompt = evaluation.cases[cell.case], evaluation.prompts[cell.prompt]
        return replace(run, chat=chat_of(case, prompt, run.chat))

    def hash_of(self, cell: Cell) -> str:
        """A name for exactly what the cell asks of whom, and for which time; no key is in it."""
        parts = f"{self._model_digests[cell.model]} {self._asked_digest(cell.case, cell.prompt)}"
        return f"{_digest(parts)}.{cell.repeat}"

    def checked(self, case: int) -> str:
        """A name for what answers of the case are checked for; another one makes old verdicts void."""
        name = self._checked.get(case)
        if name is None:
            row = self.evaluation.cases[case]
            checks = (*self.evaluation.checks, *row.checks)
            needed = row.needed or self.evaluation.needed
            ran = self.allows_code and any(map(runs_code, checks))
            judged_by = [[asdict(check) for check in checks], row.variables, needed, ran]
            name = self._checked[case] = _digest(_json(judged_by))[:12]
        return name

    @cached_property
    def _model_digests(self) -> list[str]:
        return [_digest(_text_of(run)) for run in self.models]

    def _asked_digest(self, case: int, prompt: int) -> str:
        """The digest of the messages, which all models and repeats share."""
        digest = self._asked.get((case, prompt))
        if digest is None:
            evaluation = self.evaluation
            chat = chat_of(evaluation.cases[case], evaluation.prompts[prompt], Chat(messages=()))
            digest = self._asked[case, prompt] = _digest(_json(chat_to_json(chat)))
        return digest


def chat_of(case: Case, prompt: Prompt, parameters: Chat) -> Chat:
    """The case's messages and the prompt's, filled in, with a model's parameters."""
    turns = _turns(case, prompt)
    system = filled(case.system or prompt.system, case.variables)
    return replace(parameters, messages=tuple(_message(turn, case) for turn in turns), system=system)


def _turns(case: Case, prompt: Prompt) -> tuple[Turn, ...]:
    """A prompt that was left blank adds nothing to a case with messages of its own."""
    return (*case.messages, *(turn for turn in prompt.messages if turn.text.strip() or turn.images))


def _message(turn: Turn, case: Case) -> Message:
    parts: tuple[Part, ...] = (*turn.images, Text(text=filled(turn.text, case.variables)))
    return Message(role=turn.role, parts=parts)


def _refuse_gaps(case: Case, prompt: Prompt, field: str) -> None:
    if not _turns(case, prompt):
        raise RequestError(
            f"the prompt “{prompt.name}” is empty; write what each case is asked, with {{{{column}}}} where "
            "a case's text goes",
            field=field,
        )
    for template in (prompt.system, *(turn.text for turn in prompt.messages)):
        _refuse_gap(template, case, f"the prompt “{prompt.name}”", field)


def _refuse_gaps_of_check(check: Check, case: Case, field: str) -> None:
    of_all = field.startswith("check ")
    for place, template in templates_of(replace(check, checks=()), field):
        _refuse_gap(template, case, f"the check “{check.name}”", place if of_all else field)
    for number, inner in enumerate(check.checks, 1):
        _refuse_gaps_of_check(inner, case, f"{field}.{number}" if of_all else field)


def _refuse_gap(template: str, case: Case, what: str, field: str) -> None:
    if absent := missing(template, case.variables):
        there = ", ".join(case.variables) or "none"
        raise RequestError(
            f"{what} has {{{{{absent[0]}}}}}, and case “{case.name}” has no column of that name (it has "
            f"{there}); rename the one or the other",
            field=field,
        )


def _text_of(run: Run) -> str:
    """Who is asked with which parameters."""
    parameters = chat_to_json(replace(run.chat, messages=(), system=""))
    return _json([run.target.endpoint.wire, run.target.url, run.target.model, parameters])


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
