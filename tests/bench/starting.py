"""How soon commands of the terminal are done: CPU seconds, beside `llm models` and an `import click`.

All in the same run, each in a process of its own, the one after the other in every round: what else the
machine does meanwhile weighs on all alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.report import installed, middle, table

ROUNDS = int(os.environ.get("ROUNDS", "7"))
LOCK = Path(__file__).with_name("commands.lock")
PROJECT = {
    "app.py": 'client.responses.create(model="gpt-4o-2024-08-06")\nFALLBACK = "claude-3-5-sonnet-20241022"\n',
    "models.yml": "chat: openai/gpt-5\nrerank: cohere/rerank-v3.5\n",
}
TOOL, CLICK, FIRST = "llm models", "import click", "choose, for the first time"
#: Each command with the most it may take of its measure.
COMMANDS: Mapping[str, tuple[Sequence[str], str, float | None]] = {
    "--help": (["--help"], CLICK, 3),
    "show": (["show", "openai/gpt-5"], TOOL, 0.5),
    "cost": (["cost", "openai/gpt-5", "anthropic/claude-haiku-5-5"], TOOL, 0.5),
    "versus": (["versus", "openai/gpt-6.1-terra", "microsoft/mai-thinking-1"], TOOL, None),
    "lint": (["lint", "--never-fail", "PROJECT"], TOOL, 0.5),
    "choose": (["choose", "--must", "vision", "--zone", "eu", "--requests", "10000"], TOOL, 0.8),
    FIRST: (["choose", "--must", "vision", "--zone", "eu", "--requests", "10000"], TOOL, None),
}
REPORT = """CPU seconds (user and system) from a process's start to its end, medians of {rounds}, beside
`llm models` of the package `llm` {version} in an environment of its own ({tool:.2f} s) and
`python -c "import click"` ({click:.3f} s). `choose` keeps a packed copy of the catalog in the user's cache;
for the first time there is none. `lint` reads a folder of two files, and what vendors end from a copy
beside it.

{rows}"""


def measured() -> str:
    """The part of the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tool, version = _tool(folder / "tool")
        project = folder / "project"
        project.mkdir()
        for file, text in PROJECT.items():
            (project / file).write_text(text)
        commands = {TOOL: [tool, "models"], CLICK: [sys.executable, "-c", "import click"]}
        for command, (arguments, _, _) in COMMANDS.items():
            given = [str(project) if a == "PROJECT" else a for a in arguments]
            commands[command] = [sys.executable, "-m", "generator.cli", *given]
        seconds = _seconds(commands, folder / "cache")
    rows = []
    for command, (_, beside, most) in COMMANDS.items():
        ratio = seconds[command] / seconds[beside]
        wanted = "–" if most is None else f"{most:g}"
        rows.append([f"`{command}`" if command != FIRST else command, f"{seconds[command]:.2f}", beside])
        rows[-1] += [f"**{ratio:.2f}**", wanted]
    head = ["Command", "CPU, s", "beside", "of it", "wanted, at most"]
    return REPORT.format(
        rounds=ROUNDS,
        version=version,
        tool=seconds[TOOL],
        click=seconds[CLICK],
        rows=table(head, rows),
    )


def _tool(folder: Path) -> tuple[str, str]:
    """The tool installed by the lock: its command and its version."""
    python = installed(folder, LOCK)
    printed = subprocess.run(
        [str(python), "-c", "import importlib.metadata as m; print(m.version('llm'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    return str(python.with_name("llm")), printed.stdout.strip()


def _seconds(commands: Mapping[str, Sequence[str]], cache: Path) -> dict[str, float]:
    """The middle CPU seconds of each command, without the first round, which compiles and fills caches."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for count in range(ROUNDS + 1):
        for name, command in commands.items():
            own = cache / str(count) if name == FIRST else cache
            seconds = _cpu_seconds(command, os.environ | {"ALMANAC_CACHE": str(own)})
            if count:
                times[name].append(seconds)
    return {name: middle(values) for name, values in times.items()}


def _cpu_seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime
