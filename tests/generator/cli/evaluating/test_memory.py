"""What a run holds in memory does not grow by the answers that come; `make bench` has 100,000 of them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.catalogs import CATALOG
from tests.generator.cli.evaluating.asking import cases_file, program, saying, url
from tests.patience import PATIENCE_S, started
from tests.rounds import nightly
from tests.site.playground.playing import Served

CASES, REPEATS = 200, 6
#: An answer, in characters: what a process has free from its start is less than some hundred of these.
LONG = 40_000
#: The numbers of requests after which memory is looked at.
EARLY, LATE = 200, 1_100


@nightly("nothing: no other test measures it")
@pytest.mark.skipif(sys.platform != "linux", reason="a process's memory is read from /proc")
def test_memory_does_not_grow_by_the_answers(tmp_path: Path) -> None:
    server = saying("word " * (LONG // 5))
    file = cases_file(tmp_path, "q\n" + "".join(f"{n}\n" for n in range(CASES)))
    asked = ("--prompt", "{{q}}", "--model", "own/a", "--repeat", str(REPEATS), *url(server))
    with started(program(file, *asked, "--catalog", CATALOG), stdout=subprocess.DEVNULL) as process:
        early, late = (_megabytes_after(count, server, process) for count in (EARLY, LATE))
        assert process.wait(PATIENCE_S) == 0
    server.close()
    assert late - early < (LATE - EARLY) * LONG / 1e6 / 2


def _megabytes_after(count: int, server: Served, process: subprocess.Popen[str]) -> float:
    """What the process holds once so many requests have come."""
    for _ in range(PATIENCE_S * 1000):
        if len(server.seen) >= count:
            status = Path(f"/proc/{process.pid}/status").read_text()
            return int(re.findall(r"VmRSS:\s*(\d+)", status)[0]) / 1024
        assert process.poll() is None
        time.sleep(0.001)
    raise AssertionError(f"{len(server.seen)} requests of {count} came")
