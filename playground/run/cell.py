"""What a Python cell in the playground can use: `await compare("…", models=["openai/gpt-6.1-sol"])`.

The panes of the page are the models it may ask; the page hands their rows and keys over with each run of a
cell, and the cell's code sees neither.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from playground.catalog import Effort
from playground.chat.chat import NUMBERS, Chat, user
from playground.chat.events import Failed, Finished
from playground.chat.metrics import Metrics
from playground.chat.transcript import Transcript
from playground.errors import RequestError
from playground.run.ending import end_text
from playground.run.run import Run
from playground.run.standing import Measured, measured, note, place_text, places

#: The names a cell finds, for completion in the editor.
NAMES = ("compare", "models", "table", "plot")
MOST_RUNS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One model's reply. Seconds are None where there is no whole answer.

    `cost` is in US dollars, None where it is unknown; `failed` says why there is no whole answer, else it is
    empty; `measured` holds every run, this the last.
    """

    model: str
    text: str
    reasoning: str
    calls: tuple[Any, ...]
    end: str
    metrics: Metrics
    failed: str = ""
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
        return None if value is None else Decimal(value)

    def __repr__(self) -> str:
        return f"<{self.model}: {self.text[:60]!r} ({self.end})>"


class Cell:
    """The models of the page by their names, and how they are asked (`send` gives a transcript)."""

    def __init__(
        self,
        runs: Mapping[str, Run],
        send: Callable[[Run], Awaitable[Transcript]],
        say: Callable[[str], None],
    ) -> None:
        self._runs = runs
        self._send = send
        self._say = say

    @property
    def models(self) -> list[str]:
        """The names `compare` takes: the panes of the page."""
        return list(self._runs)

    async def compare(
        self,
        prompt: str,
        models: Sequence[str] | None = None,
        system: str = "",
        runs: int = 1,
        **parameters: Any,
    ) -> list[Result]:
        """Ask several models at once; all panes where `models` is left out. `runs` asks each so many times.

        `parameters` are those of the form: temperature, max_tokens, effort, seed … Raises RequestError for a
        name that no pane has.
        """
        names = self.models if models is None else list(models)
        if unknown := [name for name in names if name not in self._runs]:
            known = ", ".join(self._runs) or "none: choose a model in a pane first"
            raise RequestError(f"no pane has the model {unknown[0]!r}; the panes have {known}")
        chat = _chat(prompt, system, parameters)
        if not 1 <= runs <= MOST_RUNS:
            raise RequestError(f"compare was asked for {runs} runs; write 1 to {MOST_RUNS}")
        asked = [replace(self._runs[name], chat=chat) for name in names]
        measured_runs: list[tuple[Measured, ...]] = [() for _ in asked]
        for _ in range(runs):
            transcripts = await asyncio.gather(*(self._send(run) for run in asked))
            results = [_result(n, r, t) for n, r, t in zip(names, asked, transcripts, strict=True)]
            measured_runs = [
                (*before, measured(t.end, result.metrics))
                for before, t, result in zip(measured_runs, transcripts, results, strict=True)
            ]
        return [replace(r, measured=m) for r, m in zip(results, measured_runs, strict=True)]

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


def _chat(prompt: str, system: str, parameters: Mapping[str, Any]) -> Chat:
    known = {*NUMBERS, "effort"}
    if unknown := sorted(set(parameters) - known):
        raise RequestError(f"compare has no parameter {unknown[0]!r}; known are {', '.join(sorted(known))}")
    settings = dict(parameters)
    if settings.get("effort") is not None:
        settings["effort"] = Effort(settings["effort"])
    return Chat(messages=(user(str(prompt)),), system=system, **settings)


def _result(name: str, run: Run, transcript: Transcript) -> Result:
    end = transcript.end
    return Result(
        model=name,
        text=transcript.text,
        reasoning=transcript.reasoning,
        calls=transcript.calls,
        end=str(end.reason) if isinstance(end, Finished) else end.message if isinstance(end, Failed) else "",
        metrics=transcript.metrics(run.price),
        failed=end_text({"type": "Failed", "cause": end.cause, "status": end.status, "message": end.message})
        if isinstance(end, Failed)
        else "",
    )


def readable(error: BaseException) -> str:
    """The traceback from the cell's own first line on."""
    frames = traceback.extract_tb(error.__traceback__)
    own = next((i for i, frame in enumerate(frames) if frame.filename == "<cell>"), len(frames))
    shown = [frame for frame in frames[own:] if frame.filename == "<cell>"]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(shown)] if shown else []
    return "".join([*lines, *traceback.format_exception_only(error)])
