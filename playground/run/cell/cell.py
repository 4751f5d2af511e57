"""What a Python cell in the playground can use: `await compare("…", models=["openai/gpt-6.1-sol"])`.

The panes of the page are the models it may ask, each by its name. The page asks them, with keys that never
come here.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from playground.chat.adapters.reading import dict_in, list_in, text_in
from playground.chat.chat import Chat, Image, ToolCall
from playground.chat.events import Finished, Reason
from playground.chat.metrics import Metrics
from playground.errors import RequestError
from playground.run.cell.asked import asked
from playground.run.ending import end_text
from playground.run.run import metrics_from_json
from playground.run.standing import Measured, measured, note, place_text, places

#: The names a cell finds; exports/playground.py has what the editor says of each.
NAMES = ("compare", "models", "images", "table", "plot")
MOST_RUNS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One model's reply. Seconds are None where there is no whole answer.

    `cost` is in US dollars, None where it is unknown; `failed` says why there is no whole answer, else it is
    empty; `measured` holds every run, this the last. `left` says of each part of the question that the model
    does not take, and so was not sent, why.
    """

    model: str
    text: str
    reasoning: str
    calls: tuple[Any, ...]
    end: str
    metrics: Metrics
    failed: str = ""
    left: Mapping[str, str] = field(default_factory=dict)
    measured: tuple[Measured, ...] = field(default=(), repr=False)

    @property
    def seconds(self) -> float | None:
        """From sending to the end."""
        value = self.metrics.seconds.value
        return None if value is None or self.failed else float(value)

    @property
    def first_token(self) -> float | None:
        """From sending to the first token of the answer."""
        value = self.metrics.first_answer.value
        return None if value is None else float(value)

    @property
    def cost(self) -> Decimal | None:
        """By the catalog's price, or as the provider reports it."""
        value = self.metrics.cost.value
        return None if value is None else Decimal(str(value))

    def __repr__(self) -> str:
        return f"<{self.model}: {self.text[:60]!r} ({self.end})>"


class Cell:
    """The names of the page's models, and how they are asked.

    `ask` gives what came of a chat, as JSON has it: `end`, `metrics`, `reply`, `text` and `reasoning`, or why
    it was `refused`; and what was `left` out of it. `images` are those beside the prompt in the page.
    """

    def __init__(
        self,
        models: Sequence[str],
        ask: Callable[[str, Chat], Awaitable[Mapping[str, Any]]],
        say: Callable[[str], None],
        images: Sequence[Image] = (),
    ) -> None:
        self._models = list(models)
        self._images = tuple(images)
        self._ask = ask
        self._say = say

    @property
    def models(self) -> list[str]:
        """The names `compare` takes: the panes of the page."""
        return list(self._models)

    @property
    def images(self) -> list[Image]:
        """The images that stand beside the prompt in the page, for `compare`."""
        return list(self._images)

    async def compare(
        self,
        prompt: str,
        models: Sequence[str] | None = None,
        system: str = "",
        runs: int = 1,
        *,
        images: Any = None,
        variables: Mapping[str, Any] | None = None,
        **parameters: Any,
    ) -> list[Result]:
        """Ask several models at once; all panes where `models` is left out. `runs` asks each so many times.

        `parameters` are those of the form: schema, tools, temperature, max_tokens, effort, seed, stop …
        `images` are the page's, bytes or `data:` addresses; `variables` fill each {{name}} of prompt and
        system prompt. Raises RequestError for what can't be sent, and for a name that no pane has.
        """
        names = self.models if models is None else list(models)
        if unknown := [name for name in names if name not in self._models]:
            known = ", ".join(self._models) or "none: choose a model in a pane first"
            raise RequestError(f"no pane has the model {unknown[0]!r}; the panes have {known}")
        chat = asked(prompt, system, images, variables, parameters)
        if not 1 <= runs <= MOST_RUNS:
            raise RequestError(f"compare was asked for {runs} runs; write 1 to {MOST_RUNS}")
        results: list[Result] = []
        runs_before: list[tuple[Measured, ...]] = [() for _ in names]
        for _ in range(runs):
            outcomes = await asyncio.gather(*(self._ask(name, chat) for name in names))
            results = [
                _result(name, outcome, before)
                for name, outcome, before in zip(names, outcomes, runs_before, strict=True)
            ]
            runs_before = [result.measured for result in results]
        return results

    def table(self, results: Sequence[Result]) -> None:
        """Print the results beside each other: medians of several runs, and a best where one is sure."""
        rows: list[tuple[str, ...]] = [("model", "first token", "whole answer", "output", "cost", "answer")]
        runs = [r.measured for r in results]
        columns = {name: places(name, runs) for name in ("first_answer", "seconds", "output", "cost")}
        for place, r in enumerate(results):
            if r.failed:
                rows.append((r.model, r.failed, "", "", "", ""))
                continue
            figures = [place_text(name, column[place]) for name, column in columns.items()]
            rows.append((r.model, *figures, " ".join(r.text.split())[:50] or r.end))
        whole = [row for row in rows if any(row[2:])]
        widths = [max(len(row[i]) for row in whole) for i in range(len(rows[0]))]
        widths[0] = max(len(row[0]) for row in rows)
        for row in rows:
            self._say("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() + "\n")
        for r in results:
            for part, why in r.left.items():
                self._say(f"{r.model} was not sent {part}: {why}\n")
        if below := note(runs):
            self._say(f"{below}\n")

    def plot(self, results: Sequence[Result]) -> None:
        """Print a bar for each whole answer's time, the soonest first: the wait, then the streaming."""
        answered = sorted((r for r in results if r.seconds is not None), key=lambda r: r.seconds or 0)
        longest = max((r.seconds or 0 for r in answered), default=0) or 1
        width = max((len(r.model) for r in results), default=0)
        for r in answered:
            whole = round(40 * (r.seconds or 0) / longest)
            wait = min(whole, round(40 * (r.first_token or r.seconds or 0) / longest))
            bar = "░" * wait + "█" * (whole - wait)
            self._say(f"{r.model.ljust(width)}  {bar} {r.seconds:.2f} s\n")
        for r in results:
            if r.seconds is None:
                self._say(f"{r.model.ljust(width)}  {r.failed or 'no time is known'}\n")

    def names(self) -> dict[str, Any]:
        """What the cell's code finds."""
        return {name: getattr(self, name) for name in NAMES}


def _result(name: str, outcome: Mapping[str, Any], before: tuple[Measured, ...]) -> Result:
    """What came of a question; `before` are the measurements of the runs before it."""
    refused = text_in(outcome, "refused")
    end = {"type": "Refused", "message": refused} if refused else dict_in(outcome, "end")
    reason = text_in(end, "reason")
    finished = Finished(reason=Reason(reason)) if end.get("type") == "Finished" else None
    metrics = metrics_from_json(dict_in(outcome, "metrics"))
    return Result(
        model=name,
        text=text_in(outcome, "text"),
        reasoning=text_in(outcome, "reasoning"),
        calls=tuple(
            ToolCall(id=text_in(part, "id"), name=text_in(part, "name"), arguments=text_in(part, "arguments"))
            for part in list_in(dict_in(outcome, "reply"), "parts")
            if text_in(part, "type") == "tool_call"
        ),
        end=reason if finished else text_in(end, "message"),
        metrics=metrics,
        failed="" if finished else end_text(end),
        left={str(part): str(why) for part, why in dict_in(outcome, "left").items()},
        measured=(*before, measured(finished, metrics)),
    )


def readable(error: BaseException) -> str:
    """The traceback from the cell's own first line on."""
    frames = traceback.extract_tb(error.__traceback__)
    own = next((i for i, frame in enumerate(frames) if frame.filename == "<cell>"), len(frames))
    shown = [frame for frame in frames[own:] if frame.filename == "<cell>"]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(shown)] if shown else []
    return "".join([*lines, *traceback.format_exception_only(error)])
