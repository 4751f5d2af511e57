"""What the measurements share: a site on the loopback, commands and tools, medians, tables."""

from __future__ import annotations

import functools
import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

from tests.site.conftest import Quiet


def serve(folder: Path) -> str:
    """The folder on the loopback for as long as this process lives; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def built(folder: Path) -> Path:
    """The site of this repository, in the folder, unless one is made already, as for the browser tests."""
    if made := os.environ.get("ALMANAC_TEST_SITE"):
        return Path(made)
    site = folder / "site"
    command = [sys.executable, "-m", "generator.cli", "build", "--strict", "--site-dir", str(site)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of a command: seconds, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


#: Runs the command that it is given and prints its seconds and the most memory it held, in KiB. Linux counts
#: what the starting process holds as the least that the command has held, so a small one must start it.
STARTER = """
import os, sys, time
begun = time.perf_counter()
# What the command prints must not stand between the figures.
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - begun, usage.ru_maxrss)
sys.exit(1 if status else 0)
"""


def ran(
    command: Sequence[str], environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Ran:
    """A command, by its path, in a process of its own; the measurement ends where it ends badly."""
    words = [sys.executable, "-I", "-S", "-c", STARTER, *command]
    done = subprocess.run(words, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"bench: {' '.join(command)} failed:\n{done.stderr[-2000:]}")
    seconds, kilobytes = done.stdout.split()
    return Ran(seconds=float(seconds), megabytes=float(kilobytes) / 1024)


def timed(*arguments: str, folder: Path | None = None) -> tuple[float, float]:
    """An `almanac` command in a process of its own: seconds, and the most memory in MB."""
    run = ran([sys.executable, "-m", "generator.cli", *arguments], folder=folder)
    return run.seconds, run.megabytes


def installed(folder: Path, lock: Path) -> Path:
    """A new environment in the folder with what a lock holds, each by its hash; its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = folder / "bin/python"
    install = [str(python), "-m", "pip", "-q", "--disable-pip-version-check", "install", "--no-deps"]
    subprocess.run([*install, "--require-hashes", "-r", str(lock)], check=True)
    return python


def middle(values: list[float]) -> float:
    return statistics.median(values)


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
