"""What the server of these tests answers, by the prompt, and the key that it is sent."""

from __future__ import annotations

import json
import re
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.site.playground.hostile import OUTPUTS
from tests.site.playground.playing import said

#: The classes that parts of code have, each for a colour.
CODE_KINDS = ["comment", "deleted", "inserted", "keyword", "meta"]
CODE_KINDS += ["name", "number", "property", "string", "type"]
CODE_CLASSES = [f"tok-{kind}" for kind in CODE_KINDS]
KEY = "sk-tEsTkEy0123456789abcdefghij"


def answers(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """By the prompt: an output of the corpus, a tool call, an error, a limit, or an echo."""
    last = body["messages"][-1]
    words = last["content"] if isinstance(last["content"], str) else last["content"][-1]["text"]
    if match := re.fullmatch(r"hostile (\d+)", words):
        pane = int(body["model"].removeprefix("m"))
        text = OUTPUTS[(int(match[1]) + pane) % len(OUTPUTS)]
        return said(handler, *({"content": text[i : i + 5000]} for i in range(0, len(text), 5000)))
    if words == "weather":
        call = {"index": 0, "id": "c1", "function": {"name": "weather", "arguments": '{"city":"Oslo"}'}}
        return said(handler, {"tool_calls": [call]})
    if words == "json":
        return said(handler, {"content": '```json\n{"city": "Oslo", "days": [1, 2]}\n```'})
    if words == "limit":
        return failed(handler, 429, {"message": "Too many requests, try again in 9s", "type": "rate_limit"})
    if body["model"] == "broken":
        return failed(handler, 400, {"message": "broken on purpose"})
    if words == "picky" and "temperature" in body:
        error = {"message": "Unsupported parameter: 'temperature'", "param": "temperature"}
        return failed(handler, 400, {**error, "code": "unsupported_parameter"})
    usage = {"prompt_tokens": 1_000_000, "completion_tokens": 100_000}
    history = " | ".join(str(m.get("content")) for m in body["messages"])
    return said(
        handler, {"reasoning_content": "Hm."}, {"content": f"{body['model']}: {history}"}, usage=usage
    )


def failed(handler: BaseHTTPRequestHandler, status: int, error: dict[str, str]) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    handler.wfile.write(json.dumps({"error": error}).encode())
