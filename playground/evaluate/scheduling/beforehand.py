"""How long cells will take, before any is asked: a range, as nobody knows how long answers will be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt
from typing import Any

from playground.evaluate.matrix import Matrix
from playground.evaluate.scheduling.connections import Connections
from playground.evaluate.scheduling.ledger import ENOUGH, ERRORS
from playground.evaluate.scheduling.scheduler import lane_of

#: Seconds to the first token of a fast answer and of a slow one, and the tokens a second that follow.
FIRST_TOKEN = (0.2, 10.0)
PACE = (400, 20)

type Span = tuple[float, float | None]


def time_before(matrix: Matrix, outputs: Sequence[int | None], seen: Sequence[Sequence[float]]) -> Span:
    """Seconds from the least to the most; None is no bound that is known.

    `outputs`: the tokens that an answer of each model may have. `seen`: what answers of each took before, in
    seconds; from ten on they are asked. Addresses are asked side by side, and no limit of a provider counts.
    """
    each = matrix.count // len(matrix.models)
    lanes: dict[Any, list[Span]] = defaultdict(list)
    connections: dict[Any, Connections] = {}
    for run, output, seconds in zip(matrix.models, outputs, seen, strict=True):
        lane = lane_of(run)
        connections.setdefault(lane, Connections(run.target.url))
        lanes[lane].append(_of_one(output, seconds))
    lows, highs = [], []
    for lane, models in lanes.items():
        opened = connections[lane]
        fast = [low for low, _ in models]
        lows.append(max(sum(fast) * each / opened.most_ever, *fast))
        slow = [high for _, high in models if high is not None]
        # The last answers may begin when all others are there.
        late = sum(slow) * each / opened.most + max(slow, default=0)
        highs.append(late if len(slow) == len(models) else None)
    known = [high for high in highs if high is not None]
    return max(lows), max(known) if len(known) == len(highs) else None


def _of_one(output: int | None, seen: Sequence[float]) -> Span:
    """What one answer takes on the average."""
    if len(seen) >= ENOUGH:
        mean = sum(seen) / len(seen)
        variance = sum((one - mean) ** 2 for one in seen) / (len(seen) - 1)
        error = ERRORS * sqrt(variance / len(seen))
        return max(0.0, mean - error), mean + error
    high = None if output is None else FIRST_TOKEN[1] + output / PACE[1]
    return FIRST_TOKEN[0] + 1 / PACE[0], high
