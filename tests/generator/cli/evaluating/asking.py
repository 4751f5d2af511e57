"""What tests of `almanac evaluate` share: a server that answers, cases, the command, its results."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from generator.cli import cli
from generator.errors import AlmanacError
from tests import running
from tests.site.playground.playing import Served, said

CASES = "country,capital\nFrance,Paris\nPeru,Lima\nJapan,Tokyo\n"
CAPITALS = dict(line.split(",") for line in CASES.splitlines()[1:])
PROMPT = ("--prompt", "What is the capital of {{country}}?")
CHECK = ("--check", "contains={{capital}}")
USAGE = {"prompt_tokens": 20, "completion_tokens": 5}


def answer_of(body: Any) -> str:
    """The model `good` knows every capital, any other answers Paris to all."""
    text = body["messages"][-1]["content"]
    country = next(name for name in CAPITALS if name in text)
    return CAPITALS[country] if body["model"] == "good" else "It is Paris."


def capitals(body: Any, handler: BaseHTTPRequestHandler) -> None:
    said(handler, {"content": answer_of(body)}, usage=USAGE)


def saying(text: str | Callable[[Any], str]) -> Served:
    """A server that gives this answer to everything."""

    def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
        said(handler, {"content": text if isinstance(text, str) else text(body)}, usage=USAGE)

    return Served(answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended: with which status, and what stands on both outputs, an error's message too."""

    status: int
    out: str
    err: str


def evaluate(*arguments: str | Path, **env: str) -> Ended:
    """`almanac evaluate` with these arguments."""
    # A loop of the tests' own may run in this thread.
    texts = ["evaluate", *map(str, arguments)]
    result = running.run_sync(lambda: CliRunner(env=env).invoke(cli, texts))
    ended = Ended(status=result.exit_code, out=result.stdout, err=result.stderr)
    if isinstance(error := result.exception, AlmanacError):
        return replace(ended, status=error.exit_code, err=f"{ended.err}{error}")
    assert error is None or isinstance(error, SystemExit), error
    return ended


def cases_file(folder: Path, text: str = CASES, name: str = "cases.csv") -> Path:
    """A file of cases."""
    path = folder / name
    path.write_text(text)
    return path


def results_in(path: Path) -> Any:
    """The results file as JSON."""
    return json.loads(path.read_text())


def program(*arguments: str | Path) -> list[str]:
    """The command as a process of its own."""
    return [sys.executable, "-m", "generator.cli", "evaluate", *map(str, arguments)]


def url(server: Served) -> tuple[str, str]:
    """The option by which models of one's own are asked there."""
    return ("--url", f"{server.origin}/v1")
