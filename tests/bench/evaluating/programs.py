"""The same cases asked by `almanac evaluate` and by `promptfoo eval`, each a process with its own folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.evaluating.server import Asked, Server
from tests.playground.evaluate.exporting.judges import HERE as PROMPTFOO
from tests.playground.evaluate.exporting.judges import promptfoo

ROOT = Path.cwd()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One run: its seconds, CPU seconds, and what the server saw of it.

    `start` and `start_cpu` are those before it, where what runs it was started before.
    """

    seconds: float
    cpu: float
    asked: Asked
    start: float = 0.0
    start_cpu: float = 0.0


def questions(count: int) -> list[str]:
    """The cases; a right answer repeats its question."""
    return [f"Question {n}: name the capital of the country numbered {n}." for n in range(count)]


def names(count: int) -> list[str]:
    """Models of the server."""
    return [f"model-{n}" for n in range(count)]


def promptfoo_version() -> str:
    """The version that is locked."""
    version: str = json.loads((PROMPTFOO / "package.json").read_text())["dependencies"]["promptfoo"]
    return version


def almanac_command(folder: Path, server: Server, cases: int, models: int, at_once: int) -> list[str]:
    """`almanac evaluate` on so many cases and models; its results go into the folder."""
    file = folder / "cases.csv"
    file.write_text("".join(f"{line}\n" for line in ("q", *questions(cases))))
    command = [sys.executable, "-m", "generator.cli", "evaluate", str(file), "--prompt", "{{q}}"]
    command += ["--check", "contains={{q}}", "--url", server.url, "--at-once", str(at_once)]
    return [*command, *(word for name in names(models) for word in ("--model", f"own/{name}"))]


def almanac(folder: Path, server: Server, cases: int, models: int, at_once: int) -> Figures:
    """One run of ours from nothing."""
    command = almanac_command(folder, server, cases, models, at_once)
    return figures_of(command, os.environ | {"PYTHONPATH": str(ROOT)}, ROOT, server, cases * models)


def other(folder: Path, server: Server, cases: int, models: int, at_once: int) -> Figures:
    """One run of promptfoo, its cache off, which tells nobody of it; its results go into its database."""
    tests = [
        {"vars": {"q": text}, "assert": [{"type": "contains", "value": "{{q}}"}]} for text in questions(cases)
    ]
    config = {"apiBaseUrl": server.url, "apiKey": "none"}
    providers = [{"id": f"openai:chat:{name}", "config": config} for name in names(models)]
    asked = {"prompts": ["{{q}}"], "providers": providers, "tests": tests}
    (folder / "config.json").write_text(json.dumps(asked))
    off = ("TELEMETRY", "UPDATE", "REMOTE_GENERATION", "SHARING")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PROMPTFOO_CONFIG_DIR": str(folder / "own"),
        **{f"PROMPTFOO_DISABLE_{what}": "1" for what in off},
    }
    options = ["--no-cache", "--no-table", "--no-progress-bar", "--no-share", "-j", str(at_once)]
    command = [*promptfoo(), "eval", "-c", "config.json", *options]
    return figures_of(command, environment, folder, server, cases * models)


type Program = Callable[[Path, Server, int, int, int], Figures]


def figures_of(
    command: Sequence[str], environment: Mapping[str, str], folder: Path, server: Server, cells: int
) -> Figures:
    """The command in a process of its own, with what it starts; the measurement ends where it ends badly."""
    server.asked = asked = Asked()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or asked.answers != cells:
        came = f"{asked.answers} of {cells} answers"
        raise SystemExit(f"bench: {' '.join(command)} ended with {process.returncode} after {came}")
    return Figures(seconds=seconds, cpu=usage.ru_utime + usage.ru_stime, asked=asked)
