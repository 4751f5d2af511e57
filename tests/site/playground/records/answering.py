"""A server that answers five wires with numbered answers, and notes what it got and what it said."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from itertools import count
from threading import Lock
from typing import Any

from tests.site.playground.playing import Served


@dataclass
class Answered:
    """One request as it arrived, and what was answered."""

    path: str
    body: Any
    id: str = ""
    text: str = ""
    whole: bool = False


class Answering:
    """By words in the question: `slow` over half a second, `limit` after one refusal, `broken`, `tool`."""

    def __init__(self) -> None:
        self.answered: list[Answered] = []
        self._numbers = count(1)
        self._limited: set[str] = set()
        self._lock = Lock()
        self._served = Served(self._answer)
        self.origin = self._served.origin

    def close(self) -> None:
        self._served.close()

    def _answer(self, body: Any, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            number = next(self._numbers)
            asked = json.dumps(body)
            one = Answered(path=handler.path, body=body)
            self.answered.append(one)
            limited = "limit" in asked and asked not in self._limited
            self._limited.add(asked)
        if limited:
            return _refused(handler, 429, "Rate limit: try again in 0.02s")
        if "broken" in asked:
            return _refused(handler, 400, f"broken on purpose, number {number}")
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        one.id = f"answer_{number}"
        self._stream(one, handler, slow="slow" in asked, tool="tool" in asked)
        return None

    def _stream(self, one: Answered, handler: BaseHTTPRequestHandler, *, slow: bool, tool: bool) -> None:
        def send(line: str) -> None:
            handler.wfile.write(line.encode())
            handler.wfile.flush()

        for line in _head(one):
            send(line)
        for n in range(50 if slow else 1):
            piece = f"{one.id} word{n} "
            one.text += piece
            send(_piece(one.path, piece))
            time.sleep(0.01 if slow else 0)
        for line in _tail(one, tool):
            send(line)
        one.whole = True


def _refused(handler: BaseHTTPRequestHandler, status: int, message: str) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    handler.wfile.write(json.dumps({"error": {"message": message}}).encode())


def _sse(value: Any) -> str:
    return f"data: {json.dumps(value)}\n\n"


def _head(one: Answered) -> list[str]:
    if one.path.endswith("/messages"):
        return [_sse({"type": "message_start", "message": {"id": one.id, "model": "told"}})]
    if one.path.endswith("/responses"):
        return [_sse({"type": "response.created", "response": {"id": one.id, "model": "told"}})]
    return []


def _piece(path: str, text: str) -> str:
    if path.endswith("/messages"):
        return _sse({"type": "content_block_delta", "delta": {"type": "text_delta", "text": text}})
    if path.endswith("/responses"):
        return _sse({"type": "response.output_text.delta", "delta": text})
    if path.endswith("/api/chat"):
        return json.dumps({"model": "told", "message": {"content": text}, "done": False}) + "\n"
    if "streamGenerateContent" in path:
        named = {"responseId": text.split()[0], "modelVersion": "told"}
        return _sse({**named, "candidates": [{"content": {"parts": [{"text": text}]}}]})
    named = {"id": text.split()[0], "model": "told"}
    return _sse({**named, "choices": [{"delta": {"content": text}}]})


def _tail(one: Answered, tool: bool) -> list[str]:
    if one.path.endswith("/messages"):
        stop = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 4}}
        return [_sse(stop), _sse({"type": "message_stop"})]
    if one.path.endswith("/responses"):
        return [_sse({"type": "response.completed", "response": {"id": one.id, "status": "completed"}})]
    if one.path.endswith("/api/chat"):
        return [json.dumps({"message": {"content": ""}, "done": True, "done_reason": "stop"}) + "\n"]
    if "streamGenerateContent" in one.path:
        return [_sse({"candidates": [{"finishReason": "STOP"}]})]
    call = {"index": 0, "id": "c1", "function": {"name": "weather", "arguments": "{}"}}
    calls = [_sse({"choices": [{"delta": {"tool_calls": [call]}}]})] if tool else []
    return [*calls, _sse({"choices": [{"delta": {}, "finish_reason": "stop"}]}), "data: [DONE]\n\n"]
