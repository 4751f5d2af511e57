"""Run a coroutine in a thread of its own: Playwright's browser keeps an event loop in the tests' thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run[T](coroutine: Coroutine[Any, Any, T]) -> T:
    return run_sync(lambda: asyncio.run(coroutine))


def run_sync[T](work: Callable[[], T]) -> T:
    """Plain code that starts a loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
