"""What `almanac compare` runs and prints: panels while the models answer, a table at the end."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from typing import Any

from rich.columns import Columns
from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as RichText

from generator.cli.asking.models import Asked
from generator.fetch.http_client import http_client
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.client import TIMEOUT, stream
from playground.chat.events import Event, Failed, Finished
from playground.chat.metrics import SHOWN, Figure, Known
from playground.chat.parameters import LABELS
from playground.chat.transcript import Transcript
from playground.run.comparison import compare
from playground.run.ending import shown_figures
from playground.run.explain import explain
from playground.run.run import Run, event_to_json, metrics_to_json
from playground.run.sent import request_to_json
from playground.run.standing import Measured, Place, measured, note, place_text, places


def run(models: Sequence[Asked], console: Console | None) -> list[Transcript]:
    """Ask all, drawing what comes on the console; None draws nothing. Ctrl-C closes every connection."""
    transcripts = [
        Transcript(m.run.target.endpoint.wire, time.perf_counter, m.run.target.giver) for m in models
    ]
    notes = [""] * len(models)
    drawn = console if console and console.is_terminal else None

    def draw(console: Console) -> Columns:
        width = max(24, console.width // min(len(models), 3) - 1)
        panels = (_panel(m.name, t, n, width) for m, t, n in zip(models, transcripts, notes, strict=True))
        return Columns(list(panels))

    async def ask() -> None:
        runs = [m.run for m in models]
        async with http_client(timeout=TIMEOUT) as http:
            send = partial(stream, http=http)
            if drawn is None:
                await compare(runs, transcripts, send)
                return
            with Live(draw(drawn), console=drawn, refresh_per_second=12, vertical_overflow="visible") as live:

                def heard(place: int, _: Event) -> None:
                    notes[place] = ""
                    live.update(draw(drawn))

                def waiting(place: int, _: int, seconds: float, failed: Failed) -> None:
                    notes[place] = f"{failed.message} Trying again in {seconds:.0f} s."
                    live.update(draw(drawn))

                await compare(runs, transcripts, send, heard=heard, waiting=waiting)

    asyncio.run(ask())
    return transcripts


def _panel(name: str, transcript: Transcript, note: str, width: int) -> Panel:
    body = RichText()
    if transcript.reasoning and not transcript.text:
        body.append(transcript.reasoning[-400:], style="dim")
    body.append(transcript.text)
    for call in transcript.calls:
        body.append(f"\n{call.name}({call.arguments})", style="cyan")
    if note:
        body.append(f"\n{note}", style="yellow")
    return Panel(body, title=RichText(name), width=width)


def summary(models: Sequence[Asked], rounds: Sequence[Sequence[Transcript]]) -> Group:
    """The table of those that answered, what was not sent, why the others failed; `rounds` are the runs."""
    last = rounds[-1]
    runs = [
        [measured(t.end, t.metrics(m.run.price)) for t in every]
        for m, every in zip(models, zip(*rounds, strict=True), strict=True)
    ]
    there = [place for place, each in enumerate(runs) if any(one.answered for one in each)]
    lines: list[Any] = []
    if there:
        lines.append(_table(models, last, runs, there))
    if below := note(runs):
        lines.append(RichText(below, style="dim"))
    for model, transcript in zip(models, last, strict=True):
        for part, why in model.left.items():
            lines.append(RichText(f"{model.name}: {LABELS[part]} was not sent: {why}.", style="yellow"))
        if isinstance(end := transcript.end, Failed):
            lines.append(RichText(f"{model.name}: failed ({end.cause}): {end.message}", style="red"))
            lines += [RichText(f"  {a.cause}: {a.fix}") for a in explain(end, model.run.situation)]
    return Group(*lines)


def _table(
    models: Sequence[Asked],
    last: Sequence[Transcript],
    runs: Sequence[Sequence[Measured]],
    there: Sequence[int],
) -> Table:
    table = Table(title="Side by side")
    table.add_column("Figure")
    for place in there:
        table.add_column(RichText(models[place].name))
    metrics = {place: last[place].metrics(models[place].run.price) for place in there}
    for name, shown in SHOWN.items():
        if name == "waited" and not any(m.waited for m in metrics.values()):
            continue
        stand = places(name, runs)
        cells = (_figure(name, getattr(metrics[place], name), stand[place]) for place in there)
        table.add_row(shown.label, *cells)
    return table


def _figure(name: str, figure: Figure | None, place: Place) -> RichText:
    if figure is None and place.value is None:
        return RichText("no")
    known = figure.known if figure else Known.COMPUTED
    style = "bold" if place.best else ""
    return RichText.assemble((place_text(name, place), style), (f" {known}", "dim"))


def to_json(models: Sequence[Asked], transcripts: Sequence[Transcript]) -> list[dict[str, Any]]:
    """Every answer with its request, its names, its end and its figures; of one that failed those with a
    value. Money is text, so that no digit is lost."""
    rows = []
    for model, transcript in zip(models, transcripts, strict=True):
        end = transcript.end
        figures = transcript.metrics(model.run.price)
        metrics = shown_figures(metrics_to_json(figures), whole=isinstance(end, Finished))
        if isinstance(figures.cost.value, Decimal):
            metrics["cost"]["value"] = f"{figures.cost.value:f}"
        rows.append(
            {
                "model": model.name,
                "answer": transcript.text,
                "reasoning": transcript.reasoning,
                "calls": [{"id": c.id, "name": c.name, "arguments": c.arguments} for c in transcript.calls],
                "end": event_to_json(end) if end else None,
                "request": request_to_json(_request(model.run), model.run.chat),
                "response": asdict(transcript.name),
                "metrics": metrics,
                "left_out": dict(model.left),
            }
        )
    return json.loads(json.dumps(rows, default=str))  # type: ignore[no-any-return]


def _request(run: Run) -> Request:
    return ADAPTERS[run.target.endpoint.wire].build_request(run.chat, run.target)


def exit_code(transcripts: Sequence[Transcript]) -> int:
    """0 where every model finished, else 1."""
    return 0 if all(isinstance(t.end, Finished) for t in transcripts) else 1
