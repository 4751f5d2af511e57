"""A process of the tests ends with them, even where they are killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

KILLED = """
import sys
from tests.patience import started
with started([sys.executable, "-c", "import time; time.sleep(3600)"]) as process:
    print(process.pid, flush=True)
    process.wait()
"""


def runs(pid: int) -> bool:
    try:
        return b"sleep(3600)" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bind a process to its parent")
def test_a_process_ends_with_a_test_that_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert runs(child)
        os.kill(parent.pid, 9)
    until = time.monotonic() + PATIENCE_S
    while runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(child)
