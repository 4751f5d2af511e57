"""A budget holds for all that a results file has: what earlier starts paid, and what they may have paid."""

from __future__ import annotations

import json
import os
import signal
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest

from generator import store
from playground.catalog.endpoints import Endpoint, Wire
from tests.catalogs import catalog, offered
from tests.generator.cli.evaluating.asking import (
    CHECK,
    PROMPT,
    cases_file,
    evaluate,
    program,
    results_in,
    url,
)
from tests.patience import PATIENCE_S, started
from tests.site.playground.playing import Served

pytestmark = pytest.mark.usefixtures("among_few")
KEY = {"ACME_KEY": "sk-acme-0123456789abcdef"}


def priced(folder: Path, origin: str) -> Path:
    """A catalog with one offering at that server: a dollar for a thousand tokens."""
    made = catalog(
        replace(
            offered("acme/one", provider="acme", price__input=1000, price__output=1000, kind="chat"),
            ids=("good",),
        ),
        offered("acme/two", provider="acme", kind="chat"),
    )
    endpoint = Endpoint(wire=Wire.OPENAI_CHAT, url=f"{origin}/v1", key_env="ACME_KEY", usage_option=True)
    provider = replace(made.providers["acme"], endpoints=(endpoint,))
    made = replace(made, providers={**made.providers, "acme": provider})
    store.save(folder, store.render(made, {}))
    return folder


def test_a_budget_holds_for_the_file_however_often_it_is_begun(server: Served, tmp_path: Path) -> None:
    place = priced(tmp_path / "catalog", server.origin)
    file = cases_file(tmp_path)
    command = (file, *PROMPT, *CHECK, "--model", "acme/good", "--max-tokens", "10", "--catalog", place)
    # Each request may cost 0.13 and more, by its bytes and the longest answer; it costs 0.025 in fact.
    for _ in range(3):
        ended = evaluate(*command, "--budget", "0.15", ACME_KEY="sk-acme-0123456789abcdef")
        assert ended.status == 4, ended
        assert "Stopped before the budget of $0.15" in ended.out
    rows = results_in(tmp_path / "cases.results.json")["results"]
    assert [row["cost"] for row in rows] == [0.025] * len(rows)
    assert len(server.seen) == len(rows) == 1
    assert evaluate(*command, "--budget", "$5", ACME_KEY="sk-acme-0123456789abcdef").status == 0
    assert len(server.seen) == 3


def test_a_model_without_a_price_runs_under_a_budget_only_if_told_so(server: Served, tmp_path: Path) -> None:
    command = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", "own/good", *url(server), "--budget", "1")
    ended = evaluate(*command)
    assert (ended.status, len(server.seen)) == (4, 0)
    assert "No price is known" in ended.out
    assert "--unpriced" in ended.out
    assert evaluate(*command, "--unpriced").status == 0


def cut(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """A stream that breaks off without saying what it used."""
    handler.send_response(200)
    handler.send_header("content-type", "text/event-stream")
    handler.end_headers()
    piece = {"choices": [{"index": 0, "delta": {"content": "Pa"}}]}
    handler.wfile.write(f"data: {json.dumps(piece)}\n\n".encode())


def page(body: Any, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "text/html")
    handler.end_headers()
    handler.wfile.write(b"<html><title>Sign in</title></html>")


BUDGET_ENDS = "Stopped before the budget of $0.3"


@pytest.mark.parametrize(("answer", "first"), [(cut, BUDGET_ENDS), (page, "Not asked any more (no API)")])
def test_what_broke_off_counts_at_the_next_start(answer: Any, first: str, tmp_path: Path) -> None:
    server = Served(answer)
    place = priced(tmp_path / "catalog", server.origin)
    asked = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", "acme/good", "--max-tokens", "10")
    for ending in (first, BUDGET_ENDS, BUDGET_ENDS):
        ended = evaluate(*asked, "--catalog", place, "--budget", "0.3", **KEY)
        assert ending in ended.out, ended
    # Two may cost 0.26 and more.
    assert len(server.seen) == 2
    server.close()


def test_what_was_paid_without_a_budget_counts_under_a_later_one(tmp_path: Path) -> None:
    server = Served(page)
    place = priced(tmp_path / "catalog", server.origin)
    asked = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", "acme/good", "--max-tokens", "10")
    evaluate(*asked, "--catalog", place, **KEY)
    count = len(server.seen)
    assert count >= 3
    ended = evaluate(*asked, "--catalog", place, "--budget", "0.3", **KEY)
    assert "Stopped before the budget of $0.3" in ended.out
    assert len(server.seen) == count
    server.close()


def test_money_that_is_not_known_is_not_told_as_none(server: Served, tmp_path: Path) -> None:
    place = priced(tmp_path / "catalog", server.origin)

    def paid(model: str, *more: str) -> tuple[str, Any]:
        file = cases_file(tmp_path, name=f"{len(more)}{model.partition('/')[0]}.csv")
        asked = (file, *PROMPT, "--model", model, *url(server), "--catalog", place, *more)
        row = evaluate(*asked, **KEY).out.split("good")[1].split("\n")[0]
        return row.split("│")[4].strip(), json.loads(evaluate(*asked, "--json", **KEY).out)["models"]

    assert paid("own/good")[0] == "not known"
    told, (model,) = paid("own/good", *CHECK)
    assert (told, model["cost"]["paid"]) == ("not known", None)
    assert paid("acme/good")[0] == "$0.075"
    told, (model,) = paid("acme/good", *CHECK)
    assert (told, model["cost"]["paid"]) == ("$0.075", "$0.075")


def test_what_was_open_when_it_was_killed_counts(tmp_path: Path) -> None:
    came, over = threading.Event(), threading.Event()

    def never(body: Any, handler: BaseHTTPRequestHandler) -> None:
        came.set()
        over.wait()

    server = Served(never)
    place = priced(tmp_path / "catalog", server.origin)
    asked = (cases_file(tmp_path), *PROMPT, *CHECK, "--model", "acme/good", "--max-tokens", "10")
    asked = (*asked, "--catalog", place, "--budget", "0.2")
    with started(program(*asked), env={**os.environ, **KEY}, stdout=DEVNULL, stderr=DEVNULL) as process:
        assert came.wait(PATIENCE_S)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)
    over.set()
    ended = evaluate(*asked, **KEY)
    assert "Stopped before the budget of $0.2" in ended.out
    assert len(server.seen) == 1
    amount = results_in(tmp_path / "cases.results.json")["unanswered_usd"]
    assert 0.1 < float(amount) < 0.2
    server.close()
