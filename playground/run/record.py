"""The record of a run: what was asked and what came, turn by turn; its schema is
docs/playground/run.schema.json.

The page fills it in from what it sent and got, never from what stands in its form. `run_from_json` reads one
of this version or of version 1, from a file or the page's history: whatever it holds, the result is of the
form that the page and the exports expect.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from playground.chat.adapters.reading import dict_in, list_in, text_in
from playground.chat.chat import IMAGES
from playground.chat.chat_json import chat_from_json, chat_to_json
from playground.chat.metrics import figure_text
from playground.errors import RequestError
from playground.json_text import SIZE, read_json
from playground.run.ending import is_whole, shown_figures
from playground.run.sent import image_hash

VERSION = 2
#: Runs in one file: the page's history holds no more.
MOST_RUNS = 20
#: Panes of one run, those that were removed among them, and turns of one pane.
MOST_PANES, MOST_TURNS = 60, 1000
_HASH = re.compile(r"[0-9a-f]{64}")
_END_TEXTS = ("reason", "said", "cause", "message", "parameter")
ENDS = ("Finished", "Failed", "Refused", "Restored", "Running")


def runs_from_text(text: str) -> list[dict[str, Any]]:
    """The runs of an exported file, the newest first. Raises RequestError naming what is wrong."""
    if len(text) > SIZE:
        raise RequestError(f"this has more than {SIZE // 1024 // 1024} MiB; choose a file exported as JSON")
    try:
        value = read_json(text)
    except ValueError as error:
        raise RequestError(f"this is {error}; choose a file exported as JSON") from error
    if isinstance(value, dict) and "almanac_runs" in value:
        _of_version(value, "almanac_runs")
        runs = value.get("runs")
        if not isinstance(runs, list) or not runs:
            raise RequestError("the file holds no list of runs; choose a file exported here")
        if len(runs) > MOST_RUNS:
            raise RequestError(f"the file holds {len(runs)} runs; write at most {MOST_RUNS} into one file")
        return [run_from_json(run) for run in runs]
    return [run_from_json(value)]


def run_from_json(value: Any) -> dict[str, Any]:
    """A record, checked; one of version 1 in the form of this. Raises RequestError naming what is wrong."""
    _of_version(value, "almanac_run")
    run = value if value["almanac_run"] == VERSION else _upgraded(value)
    panes = run.get("panes")
    if not isinstance(panes, list) or not all(isinstance(p, dict) for p in panes) or len(panes) > MOST_PANES:
        raise RequestError(f"the run's panes are no list of at most {MOST_PANES} models")
    return {
        "almanac_run": VERSION,
        "made": text_in(run, "made"),
        "catalog": text_in(run, "catalog"),
        "panes": [_pane(pane) for pane in panes],
        "images": _images(dict_in(run, "images")),
    }


def turns_of(run: Mapping[str, Any]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Each turn of a checked record with the places of its pane and itself, from 1."""
    for place, pane in enumerate(run["panes"], 1):
        for number, turn in enumerate(pane["turns"], 1):
            yield place, number, turn


def reply_text(turn: Mapping[str, Any]) -> str:
    """What the model answered, its calls of tools left out."""
    return message_text(turn["reply"])


def message_text(message: Mapping[str, Any]) -> str:
    """The plain text of one side's turn."""
    return "".join(p["text"] for p in message["parts"] if p.get("type") == "text")


def _of_version(value: Any, name: str) -> None:
    version = value.get(name) if isinstance(value, dict) else None
    if version not in (1, VERSION) or isinstance(version, bool):
        raise RequestError(
            f"this is no run of version 1 or {VERSION} ({name} is {str(version)[:40]!r}); "
            "choose a file exported here"
        )


def _upgraded(run: Mapping[str, Any]) -> dict[str, Any]:
    """A run of version 1: one turn each, with what stood in the form as its question, and no request."""
    chat = chat_to_json(chat_from_json(run.get("chat")))
    messages = chat.pop("messages")
    system = chat.pop("system", "")
    question, images = _without_images(messages[-1])
    panes = run.get("panes")
    if not isinstance(panes, list) or not all(isinstance(pane, dict) for pane in panes):
        raise RequestError("the run's panes are no list of models")
    turns = [
        {
            **{name: pane.get(name) for name in ("row", "provider", "model", "reasoning", "metrics")},
            "question": question,
            "system": system,
            "parameters": chat,
            "reply": {"role": "assistant", "parts": [{"type": "text", "text": text_in(pane, "answer")}]},
            "end": {"type": "Restored", "message": text_in(pane, "end")},
        }
        for pane in panes
    ]
    return {**run, "images": images, "panes": [{"turns": [turn]} for turn in turns]}


def _pane(pane: Mapping[str, Any]) -> dict[str, Any]:
    turns = pane.get("turns")
    if not isinstance(turns, list) or not all(isinstance(t, dict) for t in turns) or len(turns) > MOST_TURNS:
        raise RequestError(f"a pane's turns are no list of at most {MOST_TURNS}")
    removed = {"removed": True} if pane.get("removed") is True else {}
    return {**removed, "turns": [_turn(turn) for turn in turns]}


def _turn(turn: Mapping[str, Any]) -> dict[str, Any]:
    asked = dict_in(turn, "question")
    pictures = [_picture(part) for part in list_in(asked, "parts") if text_in(part, "type") == "image"]
    rest = [part for part in list_in(asked, "parts") if text_in(part, "type") != "image"]
    messages = [
        {"role": "user", "parts": rest},
        {"role": "assistant", "parts": list_in(dict_in(turn, "reply"), "parts")},
    ]
    given = {**dict_in(turn, "parameters"), "system": text_in(turn, "system"), "messages": messages}
    chat = chat_to_json(chat_from_json(given))
    question, reply = chat.pop("messages")
    request = dict_in(turn, "request")
    end = _end(dict_in(turn, "end"))
    return {
        **{name: text_in(turn, name) for name in ("row", "provider", "model")},
        "question": {"role": "user", "parts": [*pictures, *question["parts"]]},
        "system": chat.pop("system", ""),
        "parameters": chat,
        "request": {
            "url": text_in(request, "url"),
            "headers": {str(n): str(v) for n, v in dict_in(request, "headers").items()},
            "body": dict_in(request, "body"),
        }
        if request
        else None,
        "attempts": [
            {n: text_in(a, n) for n in ("sent", "failed")}
            for a in list_in(turn, "attempts")
            if isinstance(a, dict)
        ],
        "response": {n: text_in(dict_in(turn, "response"), n) for n in ("id", "request", "model")},
        "reasoning": text_in(turn, "reasoning"),
        "reply": reply,
        "end": end,
        "ended": text_in(turn, "ended"),
        "metrics": shown_figures(_metrics(dict_in(turn, "metrics")), whole=is_whole(end)),
        **({"replaced": True} if turn.get("replaced") is True else {}),
    }


def _picture(part: Any) -> dict[str, Any]:
    name, media_type = text_in(part, "sha256"), text_in(part, "media_type")
    if not _HASH.fullmatch(name) or media_type not in IMAGES:
        raise RequestError(f"an image of the run is named {name[:70]!r} ({media_type!r}), which is no sha256")
    return {"type": "image", "media_type": media_type, "sha256": name}


def _end(end: Mapping[str, Any]) -> dict[str, Any]:
    kind = text_in(end, "type")
    status = end.get("status")
    whole = isinstance(status, int) and not isinstance(status, bool)
    return {
        "type": kind if kind in ENDS else "Restored",
        **{name: text for name in _END_TEXTS if (text := text_in(end, name))},
        **({"status": status} if whole else {}),
    }


def _metrics(metrics: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        str(name): {
            "value": value if (value := _number(figure.get("value"))) is not None else None,
            "known": text_in(figure, "known"),
            "note": text_in(figure, "note"),
            "text": figure_text(str(name), value),
        }
        for name, figure in metrics.items()
        if isinstance(figure, dict)
    }


def _images(given: Mapping[str, Any]) -> dict[str, Any]:
    """The images by their hash, without those that are none of ours or not the bytes they are called."""
    images: dict[str, Any] = {}
    for name, image in given.items():
        if text_in(image, "media_type") not in IMAGES:
            continue
        try:
            data = base64.b64decode(text_in(image, "data"), validate=True)
        except binascii.Error:
            continue
        if image_hash(data) == name:
            images[name] = {"media_type": image["media_type"], "data": text_in(image, "data")}
    return images


def _without_images(message: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The message with each image by its hash, and the images."""
    images: dict[str, Any] = {}
    parts = []
    for part in message["parts"]:
        if part["type"] != "image":
            parts.append(part)
            continue
        name = image_hash(base64.b64decode(part["data"]))
        images[name] = {"media_type": part["media_type"], "data": part["data"]}
        parts.append({"type": "image", "media_type": part["media_type"], "sha256": name})
    return {"role": message["role"], "parts": parts}, images


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
