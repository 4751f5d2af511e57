"""A run to take away: JSON (its schema: docs/playground/run.schema.json), Markdown, CSV.

An export never carries a key: the page does not put one in, and what people and models wrote in it is
scanned for anything shaped like one before it leaves.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playground.chat.metrics import SHOWN
from playground.errors import RequestError
from playground.json_text import sound, sound_text, texts_in
from playground.run.ending import is_whole, shown_figures, turn_end_text
from playground.run.record import VERSION, message_text, run_from_json, turns_of

#: Shapes of keys, as their vendors and secret scanners document them.
KEYS = re.compile(
    r"sk-[A-Za-z0-9_-]{16,}|AIza[0-9A-Za-z_-]{30,}|(?:AKIA|ASIA)[0-9A-Z]{16}|gsk_[A-Za-z0-9]{20,}|"
    r"hf_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|ABSK[A-Za-z0-9+/=]{20,}|ghp_[A-Za-z0-9]{30,}|"
    r"github_pat_\w{20,}|tgp_v1_[\w-]{20,}|ya29\.[\w-]{20,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|"
    r"(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9A-Za-z]{84}(?![0-9A-Za-z])"
)
_COLUMNS = (
    "pane",
    "turn",
    "provider",
    "model",
    "replaced",
    "sent",
    "ended",
    "response_id",
    "end",
    "waited",
    "first_reasoning",
    "first_answer",
    "seconds",
    "answer_rate",
    "input",
    "cache_read",
    "output",
    "reasoning",
    "cost",
    "question",
    "answer",
)
#: What a turn's parts are called; what a provider wants back sealed is in the JSON alone.
_PARTS = {
    "text": "Answer",
    "tool_call": "Tool call",
    "tool_result": "Tool result",
    "image": "Image",
}
_NAMES = (("id", "response id"), ("request", "request id"), ("model", "model that answered"))


def key_shapes(text: str) -> list[str]:
    """What in a text is shaped like a key, shortened so that it can be shown."""
    return [f"{key[:6]}…" for key in dict.fromkeys(KEYS.findall(text))]


def as_json(record: Mapping[str, Any]) -> str:
    """The record of a run with its version. Raises RequestError if it holds what looks like a key."""
    return _pretty(checked(record))


def as_history(history: Mapping[str, Any]) -> str:
    """Several runs, the newest first, in one file."""
    return _pretty({"almanac_runs": VERSION, "runs": [checked(run) for run in history["runs"]]})


def as_markdown(record: Mapping[str, Any]) -> str:
    """Questions, answers, figures and requests for people to read."""
    run = checked(record)
    first = next((message_text(turn["question"]) for _, _, turn in turns_of(run)), "")
    lines = [
        f"# {_line(first) or 'A run'}",
        "",
        f"{_line(run['made'])} · catalog {run['catalog'][:12] or '?'}",
    ]
    for _, number, turn in turns_of(run):
        name = f"{_line(turn['provider'])}: {_line(turn['model'])}"
        lines += ["", f"## {name}" + (f", turn {number}" if number > 1 else ""), ""]
        lines += _turn(turn)
    return "\n".join(lines).rstrip() + "\n"


def _turn(turn: Mapping[str, Any]) -> list[str]:
    lines = ["*Asked again since.*", ""] if turn.get("replaced") else []
    if turn["system"]:
        lines += ["**System prompt**", "", _fenced(turn["system"]), ""]
    if turn["parameters"]:
        lines += ["**Parameters**", "", _fenced(_pretty(turn["parameters"]), "json"), ""]
    for part in turn["question"]["parts"]:
        name = "Question" if part["type"] == "text" else _PARTS.get(part["type"])
        lines += [f"**{name}**", "", _fenced(_shown(part)), ""] if name else []
    if turn["reasoning"]:
        lines += ["**Reasoning**", "", _fenced(turn["reasoning"]), ""]
    for part in turn["reply"]["parts"]:
        name = _PARTS.get(part["type"])
        lines += [f"**{name}**", "", _fenced(_shown(part)), ""] if name else []
    lines += [f"**{_line(turn_end_text(turn))}**", ""]
    figures = shown_figures(turn["metrics"], whole=is_whole(turn["end"]))
    if figures:
        lines += ["| Figure | Value | Known |", "|---|---|---|"]
        for name, figure in figures.items():
            known = figure["known"] + (f": {figure['note']}" if figure["note"] else "")
            lines.append(f"| {SHOWN[name].label} | {figure['text']} | {_line(known)} |")
        lines.append("")
    return [*lines, *_request(turn)]


def _request(turn: Mapping[str, Any]) -> list[str]:
    if not turn["request"]:
        return ["*The request was not recorded.*", ""]
    lines = [
        f"- sent {_line(a['sent'])}" + (f": {_line(a['failed'])}" if a["failed"] else "")
        for a in turn["attempts"]
    ]
    if turn["ended"]:
        lines.append(f"- ended {_line(turn['ended'])}")
    lines += [f"- {name}: {_code(turn['response'][key])}" for key, name in _NAMES if turn["response"][key]]
    return [
        "**Request as sent, without the key**",
        "",
        *lines,
        "",
        _fenced(_pretty(turn["request"]), "json"),
        "",
    ]


def as_csv(record: Mapping[str, Any]) -> str:
    """One row for each turn. A cell that a spreadsheet would run as a formula gets a leading quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for pane, number, turn in turns_of(checked(record)):
        row = {n: f["value"] for n, f in turn["metrics"].items()} | {
            "pane": pane,
            "turn": number,
            "question": _all_text(turn["question"]),
            "sent": turn["attempts"][-1]["sent"] if turn["attempts"] else "",
            "end": turn_end_text(turn),
            "response_id": turn["response"]["id"],
            "answer": _all_text(turn["reply"]),
            "replaced": "yes" if turn.get("replaced") else "",
            **{n: turn[n] for n in ("provider", "model", "ended")},
        }
        writer.writerow([csv_cell(rounded(name, row.get(name))) for name in _COLUMNS])
    return out.getvalue()


EXPORTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "json": as_json,
    "history": as_history,
    "markdown": as_markdown,
    "csv": as_csv,
}


def checked(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record in its form. Raises RequestError if what people or models wrote in it looks like a key."""
    run = run_from_json(record)
    random = set(_random(run))
    keys = [key for text in texts_in(run) if text not in random for key in key_shapes(text)]
    if keys:
        raise RequestError(
            f"the export holds what looks like a key ({', '.join(dict.fromkeys(keys))}); "
            "take it out of the prompt or the answer first"
        )
    return run


def _random(run: Mapping[str, Any]) -> Iterator[str]:
    """Texts that machines made at random, where something shaped like a key is chance: images, ids, seals."""
    for image in run["images"].values():
        yield image["data"]
    for _, _, turn in turns_of(run):
        yield from turn["response"].values()
        for part in [*turn["question"]["parts"], *turn["reply"]["parts"]]:
            match part.get("type"):
                case "tool_call" | "tool_result":
                    yield part.get("id") or part.get("call_id")
                case "echo":
                    yield from texts_in(part["value"])


def _shown(part: Mapping[str, Any]) -> str:
    match part["type"]:
        case "image":
            return f"{part['media_type']}, sha256 {part['sha256']}"
        case "tool_call":
            return f"{part['name']}({part['arguments']})"
        case "tool_result":
            return f"{part['name']}: {part['text']}"
        case _:
            return str(part["text"])


def _all_text(message: Mapping[str, Any]) -> str:
    return "\n".join(_shown(part) for part in message["parts"] if part["type"] in _PARTS)


def _pretty(value: Any) -> str:
    return json.dumps(sound(value), ensure_ascii=False, indent=2)


def _fenced(text: str, language: str = "text") -> str:
    """A block that the text cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _code(text: str) -> str:
    return f"`{' '.join(text.replace('`', '').split())}`"


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)).strip()[:120]


#: Figures in seconds, or by the second.
_TIMES = frozenset({"waited", "first_reasoning", "first_answer", "first_token", "seconds", "answer_rate"})


def rounded(name: str, value: Any) -> Any:
    """A time to the millisecond, which is what was measured; anything else as it is."""
    return round(value, 3) if name in _TIMES and isinstance(value, float) else value


#: What a spreadsheet may run as a formula, in either width, after what it passes over before a cell's text.
_FORMULA = re.compile(r"[\s\x00-\x1f\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
#: What no field of CSV may hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def csv_cell(value: Any) -> Any:
    """A cell of CSV: what a spreadsheet might run begins with a quote, control characters are U+FFFD."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = _CONTROL.sub("\ufffd", sound_text(value))
    return f"'{text}" if _FORMULA.match(value) else text
