"""Which points of a plot get their name beside them: as many as fit without one covering another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: How wide a letter is on average and how high a line, in pixels, at the labels' size.
LETTER, LINE = 6.6, 14
#: How far a point and what is written beside it are from its middle.
DOT, GAP = 6, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point that may be named: from the left and from below in percent, and its name."""

    left: float
    bottom: float
    name: str


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def labelled(
    spots: Sequence[Spot],
    wanted: Sequence[int],
    width: int,
    height: int,
    at_the_edge: Sequence[Spot] = (),
) -> dict[int, str]:
    """For each of the `wanted` spots, the first first, the side where its name fits: r, l, t or b.

    `width` and `height` are those of the smallest plot, in pixels: in a larger one all stand further apart.
    `at_the_edge` is what is written there already, ending at the right edge, above its place.
    """
    dots = [_Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in (_place(s, width, height) for s in spots)]
    taken = [_above(spot, width, height) for spot in at_the_edge]
    sides: dict[int, str] = {}
    for number in wanted:
        others = [dot for n, dot in enumerate(dots) if n != number]
        for side, box in _boxes(spots[number], width, height):
            within = box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height
            if within and not any(box.meets(other) for other in (*others, *taken)):
                taken.append(box)
                sides[number] = side
                break
    return sides


def _place(spot: Spot, width: int, height: int) -> tuple[float, float]:
    return spot.left * width / 100, spot.bottom * height / 100


def _above(spot: Spot, width: int, height: int) -> _Box:
    bottom = spot.bottom * height / 100
    return _Box(width - LETTER * len(spot.name), bottom, width, bottom + LINE)


def _boxes(spot: Spot, width: int, height: int) -> list[tuple[str, _Box]]:
    """Where its name may stand, the best side first."""
    x, y = _place(spot, width, height)
    wide, half = LETTER * len(spot.name), LINE / 2
    return [
        ("r", _Box(x + GAP, y - half, x + GAP + wide, y + half)),
        ("l", _Box(x - GAP - wide, y - half, x - GAP, y + half)),
        ("t", _Box(x - wide / 2, y + GAP, x + wide / 2, y + GAP + LINE)),
        ("b", _Box(x - wide / 2, y - GAP - LINE, x + wide / 2, y - GAP)),
    ]
