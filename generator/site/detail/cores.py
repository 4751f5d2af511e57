"""Work shared out among the machine's cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

from mkdocs.plugins import get_plugin_logger

log = get_plugin_logger("almanac")

#: The signals by which a person or a system ends a command.
ENDING = (signal.SIGINT, signal.SIGTERM)
#: Fewer items than this for each process are not worth starting it.
WORTH = 50
#: How many items a process is given at once: they take unlike times.
AT_ONCE = 16
#: More processes than this gain little and need memory; a container may have few of its machine's cores.
MOST = 16


def on_all_cores[Item, Result](
    work: Callable[[Item], Result], items: Sequence[Item], cores: int | None = None
) -> Iterator[Result]:
    """`work` of each item, in the items' order; `cores` is how many to use, all where it is left out.

    Processes are forked, so that they share what is read already: in one process alone where the system
    cannot fork safely (Windows, macOS, beside other threads), and where there is little to do. What `work`
    returns or raises is pickled. What processes were not lent for, or did not live to do, is done here,
    some of it for the second time.
    """
    processes = min(cores or _cores(), MOST, len(items) // WORTH)
    done = 0
    if processes > 1 and _can_fork():
        for result in _by_processes(work, items, processes):
            yield result
            done += 1
    yield from map(work, items[done:])


def _by_processes[Item, Result](
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[Result]:
    """The first of the results: all of them, where no process is refused or ends early."""
    # The first is made here: what it loads, the forked ones have.
    yield work(items[0])
    others = multiprocessing.active_children()
    try:
        # It needs semaphores, which need a /dev/shm that can be written, and room for processes.
        with _signals_wait():
            pool = ProcessPoolExecutor(
                processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work, items)
            )
            results = pool.map(_one, range(1, len(items)), chunksize=AT_ONCE)
    except (OSError, RuntimeError, ImportError) as error:
        # Those that began wait for work, and this one would wait for them in the end.
        _terminate(others)
        log.info("one process makes all pages, for the system lends no other (%s)", error)
        return
    try:
        with pool:
            try:
                yield from results
            except BaseException:  # or leaving waits for all that is still to do
                _terminate(others)
                raise
    except BrokenProcessPool:
        log.info("one process makes the other pages, for one beside it ended early (is memory short?)")


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Let what ends the command come a moment later: a process not set up yet would print that it came."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _terminate(others: Sequence[BaseProcess]) -> None:
    """End the processes beside this one, but for the `others`."""
    for process in multiprocessing.active_children():
        if process not in others:
            process.terminate()


def _cores() -> int:
    """Those that this process may use, which may be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


#: In a forked process: the work and the items, which came with its memory.
_begun: tuple[Callable[[Any], Any], Sequence[Any]]


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _begun
    _begun = work, items
    # What ends the command may reach every process, and the first of them says so.
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    with suppress(RuntimeError):  # where the system lends no more threads
        threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Whoever kills the process that shares the work out kills those that would wait for more."""
    if first := multiprocessing.parent_process():
        wait([first.sentinel])
        os._exit(1)


def _one(number: int) -> Any:
    work, items = _begun
    return work(items[number])
