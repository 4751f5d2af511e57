"""Work shared out among processes: whatever becomes of them, each item is done or its error raised."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.patience import PATIENCE_S
from tests.projects import environment

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no process is forked there")

#: In a process of its own, for a test's may have threads. `beside` tells whether it is not the first.
BEGINNING = """
import os, signal
from multiprocessing import active_children
from generator.errors import CatalogError
from generator.site.detail import cores

FIRST = os.getpid()

def beside():
    return os.getpid() != FIRST

class Strange(Exception):
    def __init__(self, one, other):
        super().__init__(f"{one}, {other}")
"""
ALL = "print(list(cores.on_all_cores(work, range(200), 4)) == [*range(200)])"


def run(script: str) -> subprocess.CompletedProcess[str]:
    """The script, and all that it forked: its output ends when the last of them does."""
    return subprocess.run(
        [sys.executable, "-c", BEGINNING + script],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        start_new_session=True,
        check=False,
    )


def test_items_are_done_by_several_processes_in_their_order() -> None:
    done = run(f"def work(n):\n    return n\n{ALL}\nprint(bool(active_children()))")
    assert (done.stdout, done.stderr) == ("True\nFalse\n", "")
    done = run("print({FIRST} < {*cores.on_all_cores(lambda n: os.getpid(), range(200), 4)})")
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_what_a_process_that_was_killed_had_to_do_is_done() -> None:
    kill = "if n == 120 and beside():\n        os.kill(os.getpid(), signal.SIGKILL)"
    done = run(f"def work(n):\n    {kill}\n    return n\n{ALL}")
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ('CatalogError("a.json: is wrong; restore it")', "CatalogError a.json: is wrong; restore it\n"),
        ('OSError(28, "No space left")', "OSError [Errno 28] No space left\n"),
        # It can be pickled, but not read again.
        ('Strange("this", "that")', "Strange this, that\n"),
    ],
)
def test_an_error_of_the_work_is_raised_as_it_is(error: str, said: str) -> None:
    work = f"def work(n):\n    if n == 120:\n        raise {error}\n    return n\n"
    tell = f"try:\n    {ALL}\nexcept Exception as error:\n    print(type(error).__name__, error)\n"
    done = run(work + tell)
    assert (done.stdout, done.stderr) == (said, "")


REFUSED = """
def refuse(*why):
    def refused(*_, **__):
        raise OSError(*why)
    return refused

def work(n):
    return n

"""
#: As where /dev/shm cannot be written, or the system knows no semaphores.
NO_SEMAPHORES = 'cores.ProcessPoolExecutor = refuse(30, "Read-only file system")'
#: As where a container may have no more processes: the first is there, and waits for work.
NO_SECOND_PROCESS = """
fork, forked = os.fork, []
os.fork = lambda: forked.append(1) or fork() if not forked else refuse(11)()
"""


@pytest.mark.parametrize("refusal", [NO_SEMAPHORES, NO_SECOND_PROCESS])
def test_what_the_system_lends_no_processes_for_is_done_by_one(refusal: str) -> None:
    done = run(f"{REFUSED}{refusal}\n{ALL}")
    assert (done.stdout, done.stderr, done.returncode) == ("True\n", "", 0)


def test_no_more_processes_are_used_than_there_are_cores_for_them() -> None:
    pids = "print({*cores.on_all_cores(lambda n: os.getpid(), range(200))} == {FIRST})"
    done = run(f"os.sched_setaffinity(0, [*os.sched_getaffinity(0)][:1])\n{pids}")
    assert (done.stdout, done.stderr) == ("True\n", "")
    done = run(
        "results = cores.on_all_cores(abs, range(2000), 1000)\nnext(results), next(results)\n"
        "print(len(active_children()) == cores.MOST)"
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_none_is_left_of_a_process_that_was_killed() -> None:
    kill = "if n == 120 and beside():\n        os.kill(FIRST, signal.SIGKILL)"
    assert run(f"def work(n):\n    {kill}\n    return n\n{ALL}").returncode == -9


def test_ctrl_c_is_told_once() -> None:
    script = """
ready, tell = os.pipe()

def work(n):
    if n == 113:  # alone in the last part, while the other process has nothing more to do
        os.read(ready, 1)
        os.killpg(0, signal.SIGINT)
        signal.pause()
    return n

signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    for n in cores.on_all_cores(work, range(114), 2):
        if n == 112:
            os.write(tell, b"!")
except KeyboardInterrupt:
    print("stopped")
"""
    done = run(script)
    assert (done.stdout, done.stderr) == ("stopped\n", "")


def test_whoever_is_ended_does_not_wait_for_what_is_still_to_do() -> None:
    done = run("""
import time

def work(n):
    time.sleep(beside() * 3600)
    return n

signal.signal(signal.SIGTERM, signal.default_int_handler)
try:
    for n in cores.on_all_cores(work, range(200), 4):
        os.kill(FIRST, signal.SIGTERM)
except KeyboardInterrupt:
    print("ended")
print(active_children())
""")
    assert done.stdout == "ended\n[]\n", done.stderr
