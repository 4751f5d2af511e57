"""`almanac evaluate` killed fifty times in one evaluation: what that loses, and what is asked twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from generator.cli.evaluating.results_file import ResultsReader
from tests.bench.evaluating.programs import ROOT, almanac_command
from tests.bench.evaluating.server import Asked, serving
from tests.bench.report import middle

PAUSE_S = 0.05
KILLS, CASES, MODELS, AT_ONCE = 50, 400, 5, 12
#: One kill in so many comes in the start, which takes about so many seconds; the others after a number of
#: requests by chance, at most MOST.
EARLY, START_S, MOST = 5, 0.8, 40
REPORT = """### Killed and gone on with

One evaluation of {cells:,} cells, {at_once} requests open at most, ended {kills} times by `kill -9` at
random moments, {early} of them within its start, and begun again each time by the same command.

| What | found | wanted |
|---|---|---|
| answers that were in the file and were lost or changed by a kill | {lost} | 0 |
| cells without an answer at the end | {missing} | 0 |
| cells with two answers at the end | {doubled} | 0 |
| requests sent twice, of {requests:,} | {twice} | at most {most} |
| requests of a start without an answer in the file: median | {middle:.0f} | at most {at_once} |
| the same, at the worst kill | {worst} | at most {at_once} |

Sent twice can only be what was open at a kill: an answer is in the file before the next request takes
its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What became of it; `unwritten` has for each kill the requests of which the file has no answer."""

    lost: int
    missing: int
    doubled: int
    twice: int
    requests: int
    unwritten: list[int]


def measured() -> str:
    """The part of the report. Ends the measurement where anything is lost."""
    found = killed(random.Random(28))
    return REPORT.format(
        cells=CASES * MODELS,
        at_once=AT_ONCE,
        kills=KILLS,
        early=KILLS // EARLY,
        most=KILLS * AT_ONCE,
        middle=middle([float(count) for count in found.unwritten]),
        worst=max(found.unwritten),
        lost=found.lost,
        missing=found.missing,
        doubled=found.doubled,
        requests=found.requests,
        twice=found.twice,
    )


def killed(chance: random.Random) -> Killed:
    """Kills at random moments, then a run to the end. Raises SystemExit where one ends otherwise."""
    unwritten: list[int] = []
    lost = 0
    with tempfile.TemporaryDirectory() as name, serving(PAUSE_S) as server:
        folder = Path(name)
        command = almanac_command(folder, server, CASES, MODELS, AT_ONCE)
        results = folder / "cases.results.json"
        asked = server.asked = Asked(by_name=True)
        before: dict[str, str] = {}
        for number in range(KILLS + 1):
            seen = asked.requests
            process = _started(command)
            if number < KILLS:
                _wait(process, asked, chance, early=number % EARLY == 0)
                process.kill()
            status = process.wait()
            if status != (-signal.SIGKILL if number < KILLS else 0):
                raise SystemExit(f"bench: `almanac evaluate` ended with {status} in start {number + 1}")
            while asked.open:  # the server still answers whoever is gone
                time.sleep(0.01)
            now = _answers(results)
            lost += sum(now.get(name) != text for name, text in before.items())
            unwritten.append(asked.requests - seen - (len(now) - len(before)))
            before = now
        rows = [row["hash"] for _, row in ResultsReader(results).rows()]
    assert asked.names is not None
    return Killed(
        lost=lost,
        missing=CASES * MODELS - len(before),
        doubled=len(rows) - len(set(rows)),
        twice=asked.requests - len(asked.names),
        requests=asked.requests,
        unwritten=unwritten[:-1],
    )


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=quiet, stderr=quiet)


def _wait(process: subprocess.Popen[bytes], asked: Asked, chance: random.Random, *, early: bool) -> None:
    """Until the moment of the next kill."""
    if early:
        time.sleep(chance.uniform(0, START_S))
        return
    enough = asked.requests + chance.randrange(1, MOST)
    while asked.requests < enough and process.poll() is None:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, PAUSE_S))


def _answers(path: Path) -> dict[str, str]:
    """The answers that the file holds, by hash; none where it is not there yet."""
    if not path.exists():
        return {}
    return {row["hash"]: row["text"] for _, row in ResultsReader(path).rows() if not row["failure"]}
