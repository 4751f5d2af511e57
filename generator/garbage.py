"""Python's search for cyclic garbage, left out where a catalog is made.

Hundreds of thousands of values come to be that all stay: looking among them for garbage takes a third of the
time and finds none.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage inside; also a decorator."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
