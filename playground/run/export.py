"""A run to take away: JSON (its schema: docs/playground/run.schema.json), Markdown, CSV; back from JSON.

An export never carries a key: the page does not put one in, and what is written is scanned for anything
shaped like one before it leaves.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from playground.chat.chat_json import chat_from_json, chat_to_json
from playground.chat.metrics import figure_text
from playground.errors import RequestError
from playground.json_text import SIZE, read_json, sound

VERSION = 1
#: Shapes of keys, as their vendors and secret scanners document them.
KEYS = re.compile(
    r"sk-[A-Za-z0-9_-]{16,}|AIza[0-9A-Za-z_-]{30,}|(?:AKIA|ASIA)[0-9A-Z]{16}|gsk_[A-Za-z0-9]{20,}|"
    r"hf_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|ABSK[A-Za-z0-9+/=]{20,}|ghp_[A-Za-z0-9]{30,}|"
    r"github_pat_\w{20,}|tgp_v1_[\w-]{20,}|ya29\.[\w-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|"
    r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9A-Za-z]{84}(?![0-9A-Za-z])"
)
_COLUMNS = (
    "provider",
    "model",
    "end",
    "first_reasoning",
    "first_answer",
    "seconds",
    "answer_rate",
    "input",
    "cache_read",
    "output",
    "reasoning",
    "cost",
    "answer",
)


def key_shapes(text: str) -> list[str]:
    """What in a text is shaped like a key, shortened so that it can be shown."""
    return [f"{key[:6]}…" for key in dict.fromkeys(KEYS.findall(text))]


def as_json(record: Mapping[str, Any]) -> str:
    """The record of a run with its version. Raises RequestError if it holds what looks like a key."""
    run = {"almanac_run": VERSION, "chat": chat_to_json(chat_from_json(record["chat"])), **_rest(record)}
    return _scanned(json.dumps(sound(run), ensure_ascii=False, indent=2))


def as_markdown(record: Mapping[str, Any]) -> str:
    """Prompt, answers and figures for people to read."""
    chat = chat_from_json(record["chat"])
    lines = [f"# {_line(chat.messages[-1].text) or 'A run'}", ""]
    if chat.system:
        lines += ["**System prompt**", "", _fenced(chat.system), ""]
    for message in chat.messages:
        lines += [f"**{str(message.role).capitalize()}**", "", _fenced(message.text), ""]
    for pane in record["panes"]:
        lines += [f"## {_line(pane['provider'])}: {_line(pane['model'])}", ""]
        if pane.get("reasoning"):
            lines += ["Reasoning:", "", _fenced(pane["reasoning"]), ""]
        lines += [_fenced(pane.get("answer", "")), "", "| Figure | Value | Known |", "|---|---|---|"]
        for name, figure in (pane.get("metrics") or {}).items():
            value = "" if figure["value"] is None else figure["value"]
            lines.append(f"| {name.replace('_', ' ')} | {value} | {figure['known']} |")
        lines.append("")
    return _scanned("\n".join(lines))


def as_csv(record: Mapping[str, Any]) -> str:
    """One row for each model. A cell that a spreadsheet would run as a formula gets a leading quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for pane in record["panes"]:
        figures = {n: f["value"] for n, f in (pane.get("metrics") or {}).items()}
        row = {**figures, **{n: pane.get(n, "") for n in ("provider", "model", "end", "answer")}}
        writer.writerow([_cell(row.get(name)) for name in _COLUMNS])
    return _scanned(out.getvalue())


EXPORTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "json": as_json,
    "markdown": as_markdown,
    "csv": as_csv,
}


def run_from_export(text: str) -> dict[str, Any]:
    """The record of an exported run. Raises RequestError naming what is wrong; an address is never taken."""
    if len(text) > SIZE:
        raise RequestError(f"this has more than {SIZE // 1024 // 1024} MiB; choose a file exported as JSON")
    try:
        record = read_json(text)
    except ValueError as error:
        raise RequestError(f"this is {error}; choose a file exported as JSON") from error
    version = record.get("almanac_run") if isinstance(record, dict) else None
    if version != VERSION:
        raise RequestError(
            f"this is no run of version {VERSION} (almanac_run is {version!r}); choose a file exported here"
        )
    panes = record.get("panes")
    if not isinstance(panes, list) or not all(isinstance(p, dict) for p in panes) or len(panes) > 6:
        raise RequestError("the run's panes are no list of at most six models")
    rest = _rest(record)
    for pane in rest["panes"]:
        for name, figure in pane["metrics"].items():
            figure["text"] = figure_text(name, figure["value"])
    return {"chat": chat_to_json(chat_from_json(record.get("chat"))), **rest}


def _rest(record: Mapping[str, Any]) -> dict[str, Any]:
    texts = ("row", "provider", "model", "reasoning", "answer", "end")
    panes = []
    for pane in record["panes"]:
        exported: dict[str, Any] = {n: str(pane.get(n) or "") for n in texts}
        metrics = pane.get("metrics")
        exported["metrics"] = {
            str(name): {
                "value": f.get("value") if isinstance(f.get("value"), int | float) else None,
                "known": str(f.get("known") or ""),
                "note": str(f.get("note") or ""),
            }
            for name, f in (metrics.items() if isinstance(metrics, dict) else ())
            if isinstance(f, dict)
        }
        panes.append(exported)
    return {"made": str(record.get("made") or ""), "panes": panes}


def _scanned(text: str) -> str:
    if keys := key_shapes(text):
        raise RequestError(
            f"the export holds what looks like a key ({', '.join(keys)}); "
            "take it out of the prompt or the answer first"
        )
    return text


def _fenced(text: str) -> str:
    """A block that the text cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)).strip()[:120]


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value
