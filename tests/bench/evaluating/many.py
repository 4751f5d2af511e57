"""A hundred thousand answers in the terminal: how long they take, and that memory does not grow by them."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.evaluating.programs import ROOT, almanac_command
from tests.bench.evaluating.server import serving
from tests.bench.report import table

CASES, MODELS, AT_ONCE = 10_000, 10, 64
#: Per cent of the answers at which memory is looked at.
MARKS = (1, 10, 50, 90, 100)
#: What memory may grow by at most from 10 % of the answers to all of them, in MB.
MOST = 10
REPORT = """### {cells:,} cells in the terminal

{cases:,} cases, {models} models, `--at-once {at_once}`, a server that streams its answers without waiting:
{minutes:.1f} minutes, {rate:.0f} cells a second, {cpu:.2f} ms of CPU each. The results file
has {file:.0f} MB.

{rows}

From 10 % to the last answer memory grows by {grown:.1f} MB (wanted: at most {most}). *At most* is of the
whole run with its end, where the intervals of all models and pairs are computed."""


def measured() -> str:
    """The part of the report."""
    held: dict[int, float] = {}
    peak, size = 0.0, CASES * MODELS
    with tempfile.TemporaryDirectory() as name, serving(0) as server:
        folder = Path(name)
        command = almanac_command(folder, server, CASES, MODELS, AT_ONCE)
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            status = Path(f"/proc/{process.pid}/status").read_text()
            for mark in MARKS:
                if mark not in held and server.asked.answers >= size * mark // 100:
                    held[mark] = _megabytes("VmRSS", status)
            peak = max(peak, _megabytes("VmHWM", status))
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(ended[1])
        asked, usage = server.asked, ended[2]
        if process.returncode or asked.answers != size:
            raise SystemExit(f"bench: `almanac evaluate` ended with {process.returncode} and {asked.answers}")
        file = (folder / "cases.results.json").stat().st_size / 1e6
    rows = [[f"{mark} % of the answers", f"{held[mark]:.1f}"] for mark in MARKS]
    return REPORT.format(
        cells=size,
        cases=CASES,
        models=MODELS,
        at_once=AT_ONCE,
        minutes=asked.seconds / 60,
        rate=size / asked.seconds,
        cpu=1000 * (usage.ru_utime + usage.ru_stime) / size,
        file=file,
        rows=table(["when", "MB"], [*rows, ["at most", f"{peak:.1f}"]]),
        grown=held[100] - held[10],
        most=MOST,
    )


def _megabytes(name: str, status: str) -> float:
    """A figure of a process's status; 0 where it has none any more."""
    found = re.search(rf"{name}:\s*(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0
