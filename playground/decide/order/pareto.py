"""What no other beats: to beat is to be surely as cheap, as good in all and better in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

#: What more of is better.
type Goods = tuple[Decimal | int, ...]
#: The least it costs, its name, the most it costs (None: no bound is known), and what more of is better.
type Point = tuple[Decimal, int, Decimal | None, Goods]


def pareto(points: Sequence[Point]) -> Iterator[int]:
    """The names of the points that no other beats.

    From the cheapest on: who could beat a point costs at most as much for sure, so was met by then.
    """
    sure = sorted((high, name, goods) for _, name, high, goods in points if high is not None)
    best: dict[Goods, Decimal] = {}
    met = 0
    for low, name, _, goods in sorted(points):  # no two have one name, so what follows is not compared
        while met < len(sure) and sure[met][0] <= low:
            high, _, others = sure[met]
            met += 1
            if others not in best and not _beaten(best, others, high):
                best[others] = high
        if not _beaten(best, goods, low):
            yield name


def _beaten(best: dict[Goods, Decimal], goods: Goods, low: Decimal) -> bool:
    # Those met last cost most and are good at most.
    for others, high in reversed(best.items()):
        for a, b in zip(others, goods, strict=True):
            if a < b:
                break
        else:
            if high < low or others != goods:
                return True
    return False
