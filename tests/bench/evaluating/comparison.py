"""Cells a second and CPU for each cell: the terminal, the page and promptfoo at the same server, in turn."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.evaluating.page import page
from tests.bench.evaluating.programs import Figures, Program, almanac, other, promptfoo_version
from tests.bench.evaluating.server import Server, serving
from tests.bench.report import middle, serve, table

PAUSE_S = 0.05
ROUNDS, CASES, MODELS = 3, 100, (1, 6, 12)
#: Requests open at once: as many as a browser opens to an address by HTTP/1.1.
AT_ONCE = 6
OURS, PAGE, OTHER = "terminal", "page", "promptfoo"
#: What is added to the name of one that is asked where nothing is streamed.
WHOLE = ", in one piece"
REPORT = """### Beside promptfoo

`almanac evaluate --at-once {at_once}`, the page in a fresh browser, and `promptfoo eval -j {at_once}
--no-cache` of promptfoo {version}, its telemetry, updates and sharing off: the same {cases} cases, messages
and check (`contains`) of each model, at one server on the loopback that answers after 50 ms. They take
turns; medians of {rounds}.

{rows}

- *Cells a second*: from the first request to the last answer, as the server saw it. {at_once} requests of
  50 ms are {most:.0f} a second at most. *Most open*: requests at once, counted by the server.
- *Whole run*: from starting the program to its end; for the page from the click on *Run*.
- *CPU for each cell*: user and system time of the program, or of all processes of Chromium, less that of a
  run with a single case of the same models. Wanted in the terminal: at most promptfoo's.
- Terminal and page ask for a stream, and here get ten pieces spread over the 50 ms; promptfoo asks for the
  answer in one piece. *In one piece* are ours at a server that never streams, which is the like of
  promptfoo's work.
- The page costs more CPU than promptfoo: its Python runs as WebAssembly, each request goes through processes
  of the browser, its table is drawn as answers come, and the program that steers the browser here makes it
  report every request. promptfoo draws neither table nor progress here.
- Terminal and promptfoo keep their results on the disk, the page in memory.

Start alone, which the figures above leave out:

{starts}"""


def measured() -> str:
    """The part of the report."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(site)], check=True)
        programs = _programs(serve(site))
        found = {models: _compared(models, programs) for models in MODELS}
    head = ["models", "by", "whole run, s", "cells a second", "CPU for each cell, ms"]
    head += ["of promptfoo's", "most open"]
    return REPORT.format(
        at_once=AT_ONCE,
        version=promptfoo_version(),
        cases=CASES,
        rounds=ROUNDS,
        most=AT_ONCE / PAUSE_S,
        rows=table(head, [row for models, runs in found.items() for row in _rows(models, runs)]),
        starts=table(["what", "s", "CPU, s"], _starts(found[MODELS[0]])),
    )


#: Runs by who made them and with how many cases.
type Runs = dict[tuple[str, int], list[Figures]]


def _programs(address: str) -> dict[str, Callable[[Server, int, int], Figures]]:
    def in_folder(program: Program) -> Callable[[Server, int, int], Figures]:
        def run(server: Server, cases: int, models: int) -> Figures:
            with tempfile.TemporaryDirectory() as folder:
                return program(Path(folder), server, cases, models, AT_ONCE)

        return run

    def in_page(server: Server, cases: int, models: int) -> Figures:
        return page(address, server, cases, models)

    ours = in_folder(almanac)
    streamed = {OURS: ours, OTHER: in_folder(other), PAGE: in_page}
    return {**streamed, f"{OURS}{WHOLE}": ours, f"{PAGE}{WHOLE}": in_page}


def _compared(models: int, programs: dict[str, Callable[[Server, int, int], Figures]]) -> Runs:
    """Each with one case and with all, in turn; one round more with one case comes first and fills caches."""
    found: Runs = {}
    for number in range(ROUNDS + 1):
        for cases in (1, CASES) if number else (1,):
            for by, run in programs.items():
                with serving(PAUSE_S, whole=by.endswith(WHOLE)) as server:
                    figures = run(server, cases, models)
                if number:
                    found.setdefault((by, cases), []).append(figures)
    return found


def _rows(models: int, runs: Runs) -> list[list[str]]:
    names = [by for by, cases in runs if cases == CASES]
    cpu = {by: _cpu_of_a_cell(models, runs[by, 1], runs[by, CASES]) for by in names}
    rows = []
    for by in names:
        whole = runs[by, CASES]
        rate = middle([run.asked.answers / run.asked.seconds for run in whole])
        rows.append([str(models), by, f"{middle([run.seconds for run in whole]):.1f}", f"{rate:.0f}"])
        rows[-1] += [f"{1000 * cpu[by]:.1f}", f"**{cpu[by] / cpu[OTHER]:.2f}**"]
        rows[-1] += [str(max(run.asked.most_open for run in whole))]
    return rows


def _cpu_of_a_cell(models: int, one: list[Figures], whole: list[Figures]) -> float:
    """Seconds, without those of a run with a single case."""
    more = middle([run.cpu for run in whole]) - middle([run.cpu for run in one])
    return more / ((CASES - 1) * models)


def _starts(runs: Runs) -> list[list[str]]:
    rows = [
        [f"{by}, a run with one case", [run.seconds for run in runs[by, 1]], [run.cpu for run in runs[by, 1]]]
        for by in (OURS, OTHER)
    ]
    every = runs[PAGE, 1]
    opened = "page, from asking for it until its Python has read the cases"
    rows.append([opened, [run.start for run in every], [run.start_cpu for run in every]])
    return [[str(what), f"{middle(seconds):.1f}", f"{middle(cpu):.1f}"] for what, seconds, cpu in rows]
