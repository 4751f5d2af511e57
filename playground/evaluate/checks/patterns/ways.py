"""How many ways Python's engine may try at most before it knows whether a pattern fits a text."""

from __future__ import annotations

from typing import Any

#: Ways that are worth trying one after the other: a second or so on a slow machine, and mostly far less.
MOST = 3_000_000


def ways(parsed: Any, length: int) -> int:
    """At most so many ways through a text of that length, from every place in it; MOST + 1 is any more."""
    return min((length + 1) * _of_all(parsed, length), MOST + 1)


def _of_all(items: Any, length: int) -> int:
    count = 1
    for operation, argument in items:
        count = min(count * _of(str(operation), argument, length), MOST + 1)
    return count


def _of(operation: str, argument: Any, length: int) -> int:
    match operation:
        case "BRANCH":
            return sum(_of_all(branch, length) for branch in argument[1])
        case "SUBPATTERN":
            return _of_all(argument[3], length)
        case "ATOMIC_GROUP":
            return _of_all(argument, length)
        case "ASSERT" | "ASSERT_NOT":
            return _of_all(argument[1], length)
        case "GROUPREF":
            return length + 1  # it is compared letter by letter
        case "GROUPREF_EXISTS":
            return sum(_of_all(branch, length) for branch in argument[1:] if branch is not None)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_repeat(argument, length)
        case _:
            return 1


def _of_repeat(argument: Any, length: int) -> int:
    """Each number of times is a way, and so is each choice within every time."""
    least, most, items = argument
    times = min(int(most), length + 1)
    each = _of_all(items, length)
    if each > 1:
        return MOST + 1 if times >= 22 else min(each ** (times + 1), MOST + 1)
    return max(times - min(int(least), times), 0) + 1
