"""Numbers with what is counted, which is one or several."""

from __future__ import annotations


def counted(number: int, one: str, several: str = "") -> str:
    """`1 model`, `1,204 models`, `2 entries`."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
