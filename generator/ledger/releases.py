"""The day on which a model came out, of many rows that name one.

The row of the lab's own API goes first, unless the others agree on another day: they copy an announcement,
and a slip in one row is not copied. A month alone yields to a day of that month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

RELEASED = "released"
#: Fewer rows than this outvote no row of the lab's own, and name no day of its month.
OUTVOTE, IN_MONTH = 5, 3
MONTH = len("2026-07")


def believed(rows: Sequence[tuple[str, bool]]) -> str:
    """The day, or the month, that counts of rows of one source: (day, whether it is the lab's own row)."""
    votes = Counter(day for day, _ in rows)
    own = Counter(day for day, is_own in rows if is_own)
    first = _most(own) if own else _most(votes)
    days = Counter({day: n for day, n in votes.items() if len(day) > MONTH})
    if days and own and votes[top := _most(days)] >= max(OUTVOTE, 2 * votes[first] + 1):
        return top
    if len(first) == MONTH:
        within = Counter({day: n for day, n in days.items() if day.startswith(first)})
        if within and within[top := _most(within)] >= IN_MONTH:
            return top
    return first


def _most(votes: Counter[str]) -> str:
    """What most say; of equals the earliest."""
    return min(votes, key=lambda day: (-votes[day], day))
