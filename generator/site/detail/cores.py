"""Work shared out among the machine's cores."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

#: Fewer items than this for each process are not worth starting it.
WORTH = 50
#: How many items a process is given at once: they take unlike times.
AT_ONCE = 16


def on_all_cores[Item, Result](
    work: Callable[[Item], Result], items: Sequence[Item], cores: int | None = None
) -> Iterator[Result]:
    """`work` of each item, in the items' order; `cores` is how many to use, all where it is left out.

    Processes are forked, so that they share what is read already: in one process alone where the system
    cannot fork safely (Windows, macOS, beside other threads), and where there is little to do. What `work`
    returns or raises is pickled.
    """
    processes = min(cores or os.cpu_count() or 1, len(items) // WORTH)
    if processes < 2 or not _can_fork():
        yield from map(work, items)
        return
    # The first is made here: what it loads, the forked ones have.
    yield work(items[0])
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), initializer=_begin, initargs=(work, items)
    ) as pool:
        yield from pool.map(_one, range(1, len(items)), chunksize=AT_ONCE)


def _can_fork() -> bool:
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


#: In a forked process: the work and the items, which came with its memory.
_begun: tuple[Callable[[Any], Any], Sequence[Any]]


def _begin(work: Callable[[Any], Any], items: Sequence[Any]) -> None:
    global _begun
    _begun = work, items


def _one(number: int) -> Any:
    work, items = _begun
    return work(items[number])
