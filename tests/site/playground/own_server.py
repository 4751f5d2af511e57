"""A server of the reader's own, as the tests have it: it wants a key, and its API stands below /v1."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.site.playground.playing import Served, said

KEY = "sk-local-4fTq0Zx81LmW"


class Listing(Served):
    """A server of the reader's own: it lists two models and answers, both for a key alone.

    `asked` are the keys with which its models are asked for, `listed` those that were answered.
    """

    def __init__(self, pause: float = 0, port: int = 0) -> None:
        super().__init__(answer, port)
        self.asked: list[str] = []
        self.listed: list[str] = []
        self.pause = pause
        handler: Any = self._server.RequestHandlerClass

        def get(request: BaseHTTPRequestHandler) -> None:
            key = request.headers["authorization"] or ""
            self.asked.append(key)
            time.sleep(self.pause)
            allowed = key == f"Bearer {KEY}"
            there = 200 if request.path == "/v1/models" else 404
            request.send_response(there if allowed else 401)
            request.send_header("content-type", "application/json")
            request.end_headers()
            models = [{"id": "llama-mini"}, {"id": "qwen-mini"}] if allowed else []
            request.wfile.write(json.dumps({"data": models}).encode())
            self.listed.append(key)

        handler.do_GET = get


class NoApi(Served):
    """A web page, which any page may read; `is_sent_on`: where models would be listed it sends on to it."""

    def __init__(self, is_sent_on: bool) -> None:
        super().__init__(lambda *_: None)
        handler: Any = self._server.RequestHandlerClass

        def get(request: BaseHTTPRequestHandler) -> None:
            moved = is_sent_on and request.path == "/v1/models"
            request.send_response(301 if moved else 200)
            request.send_header("location" if moved else "content-type", "/models/" if moved else "text/html")
            request.end_headers()
            if not moved:
                request.wfile.write(b"<!doctype html><title>Open WebUI</title>")

        handler.do_GET = get


def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
    if handler.headers["authorization"] != f"Bearer {KEY}":
        handler.send_response(401)
        handler.end_headers()
        return
    model = body["model"]
    said(handler, {"content": f"{model} "}, {"content": "has "}, {"content": "answered."}, pause=0.2)
