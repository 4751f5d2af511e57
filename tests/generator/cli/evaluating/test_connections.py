"""A run opens as many connections as its scheduler asks for, over all addresses."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.cli.evaluating.run import EvaluationRun, Setting
from generator.cli.evaluating.secrets import Secrets
from generator.cli.evaluating.set_up import with_options
from playground.evaluate.cases.files import read_file
from playground.evaluate.matrix import Matrix
from playground.evaluate.results.results_json import Head
from playground.run.run import run_from_json
from tests.patience import PATIENCE_S
from tests.site.playground.playing import Served, said

MODELS = ("a", "b")
AT_ONCE = 64
CASES = 2 * AT_ONCE
#: More than an HTTP client opens by itself.
MANY = 120


class Held:
    """Answers as many of each model as open its window; the others once MANY are open at all addresses."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._came: Counter[str] = Counter()
        self._open = 0
        self.most_open = 0

    def __call__(self, body: Any, handler: BaseHTTPRequestHandler) -> None:
        with self._changed:
            self._came[body["model"]] += 1
            if self._came[body["model"]] > AT_ONCE:
                self._open += 1
                self.most_open = max(self.most_open, self._open)
                self._changed.notify_all()
                self._changed.wait_for(lambda: self.most_open >= MANY, PATIENCE_S)
                self._open -= 1
        said(handler, {"content": "Hi"})


def test_models_at_several_addresses_do_not_wait_for_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else the server's system refuses connections for a second or more where many are made at once.
    monkeypatch.setattr(ThreadingHTTPServer, "request_queue_size", MANY)
    held = Held()
    servers = [Served(held) for _ in MODELS]
    cases = read_file("cases.csv", "q\n" + "".join(f"{n}\n" for n in range(CASES)))
    evaluation = with_options(cases, ["{{q}}"], "", [], None)
    rows = [
        {"endpoint": {"wire": "openai-chat", "url": f"{server.origin}/v1", "auth": ["none"]}, "model": model}
        for server, model in zip(servers, MODELS, strict=True)
    ]
    chat = {"messages": [{"role": "user", "parts": []}]}
    matrix = Matrix(evaluation, [run_from_json({**row, "browser": "yes", "chat": chat}) for row in rows])
    setting = Setting(
        matrix=matrix,
        head=Head(evaluation=evaluation, models=MODELS),
        path=tmp_path / "cases.results.json",
        secrets=Secrets(matrix.models),
        most_output=[None] * len(MODELS),
        at_once=AT_ONCE,
    )
    with closing(EvaluationRun(setting)) as run, ThreadPoolExecutor(1) as alone:
        # In a thread of its own: after a browser test this worker's has a loop that runs.
        alone.submit(run.run).result()
        assert run.answered == CASES * len(MODELS)
    assert held.most_open >= MANY
    for server in servers:
        server.close()
