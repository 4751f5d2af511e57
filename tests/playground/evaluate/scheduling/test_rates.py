"""The scheduler against limits that it is not told: how near it comes, and how often it is refused."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections import Counter
from dataclasses import dataclass

import pytest

from playground.evaluate.matrix import Cell
from playground.evaluate.scheduling.scheduler import Outcome, Scheduler
from tests.playground.evaluate.scheduling.simulated import (
    Bucket,
    Limit,
    Provider,
    Window,
    cells,
    clock,
    in_simulated_time,
)
from tests.playground.evaluate.test_matrix import model
from tests.rounds import rounds, sampled

ENDLESS = 10**6


def ask_for(seconds: float, provider: Provider, models: int = 1, count: int = ENDLESS) -> Scheduler[Cell]:
    """Ask so long, or until all is asked."""

    async def main() -> Scheduler[Cell]:
        runs = [model(f"m{place}") for place in range(models)]
        own = [cells(place, count) for place in range(models)]
        scheduler = Scheduler(runs, own, provider.ask, lambda _: None, clock)
        task = asyncio.ensure_future(scheduler.run())
        try:
            async with asyncio.timeout(seconds):
                await task
        except TimeoutError:
            pass
        return scheduler

    return in_simulated_time(main())


def rate(provider: Provider, begin: float, end: float) -> float:
    """Requests a second that were taken between two times."""
    return sum(begin <= time < end for time, _ in provider.times) / (end - begin)


@sampled(5)
@pytest.mark.parametrize("tells", ["", "wait", "headers"])
@pytest.mark.parametrize(
    ("limit", "allowed"),
    [
        (Bucket(1, 60), 1),
        (Bucket(3, 5), 3),
        (Bucket(0.5, 3), 0.5),
        (Window(60), 1),
        (Window(3), 0.05),
        (Bucket(8, 2), 8),
        (Window(4, 1), 4),
    ],
    ids=str,
)
def test_nine_tenths_of_a_hidden_limit_are_used_with_few_refusals(
    limit: Bucket | Window, allowed: float, tells: str
) -> None:
    fresh = (
        Bucket(limit.rate, limit.burst) if isinstance(limit, Bucket) else Window(limit.most, limit.seconds)
    )
    provider = Provider({None: fresh}, tells=tells, seconds=lambda _: 0.5)
    ask_for(1800, provider)
    assert rate(provider, 60, 1800) >= 0.9 * allowed
    # A limit by the minute that is told nowhere is found again in each minute, by a few tries.
    assert len(provider.refused) <= (60 if not tells else 20)


@dataclass
class Changing:
    """One limit until a time, another from then on."""

    first: Limit
    then: Limit
    at: float

    def take(self, now: float) -> float | None:
        return (self.first if now < self.at else self.then).take(now)


@pytest.mark.parametrize("tells", ["", "wait"])
def test_a_limit_that_falls_costs_a_few_refusals_and_one_that_rises_is_found(tells: str) -> None:
    provider = Provider({None: Changing(Bucket(4, 5), Bucket(1, 5, 0), 600)}, tells=tells)
    ask_for(1500, provider)
    assert sum(600 <= time < 720 for time in provider.refused) <= 10
    assert 0.85 <= rate(provider, 700, 1500) <= 1.0
    provider = Provider({None: Changing(Bucket(1, 5), Bucket(4, 5, 0), 600)}, tells=tells)
    ask_for(1800, provider)
    assert rate(provider, 1200, 1800) >= 0.9 * 4


def test_a_limit_of_requests_at_once_is_found() -> None:
    provider = Provider({}, at_once=2, seconds=lambda _: 5)
    ask_for(1800, provider)
    assert rate(provider, 60, 1800) >= 0.9 * 2 / 5.1
    assert len(provider.refused) <= 20


@pytest.mark.parametrize("tells", ["", "wait", "headers"])
@pytest.mark.parametrize("slower", [1, 5])
def test_models_at_one_limit_get_the_same_of_it(slower: float, tells: str) -> None:
    provider = Provider(
        {None: Bucket(1.5, 20)}, tells=tells, seconds=lambda place: (0.5, 0.5 * slower)[place]
    )
    ask_for(1800, provider, models=2)
    first, second = provider.answered[0], provider.answered[1]
    assert rate(provider, 60, 1800) >= 0.9 * 1.5
    # Jain's index of fairness: 1 where both get the same, a half where one gets all.
    assert (first + second) ** 2 / (2 * (first**2 + second**2)) > 0.95


def test_a_model_at_a_limit_of_its_own_slows_no_other() -> None:
    provider = Provider({0: Bucket(0.2, 2), 1: Bucket(2, 20)})
    ask_for(1800, provider, models=2)
    assert provider.answered[0] >= 0.9 * 0.2 * 1800
    assert provider.answered[1] >= 0.9 * 2 * 1800


def test_an_address_has_six_connections_at_most_by_http() -> None:
    provider = Provider({})
    ask_for(120, provider, models=3)
    assert provider.most_open == 6


@dataclass
class Played:
    """Answers at once, as answers that are played back do."""

    asked: Counter[int]

    async def ask(self, cell: Cell) -> Outcome[Cell]:
        self.asked[cell.model] += 1
        await asyncio.sleep(0)
        return Outcome(result=cell)


#: Memory does not grow with them.
CELLS = len(rounds(25_000))


def test_a_hundred_thousand_cells_are_asked_once_each_in_little_memory() -> None:
    played = Played(Counter())
    heard = 0

    async def main() -> None:
        def hear(_: Cell) -> None:
            nonlocal heard
            heard += 1

        own = [cells(place, CELLS) for place in range(4)]
        await Scheduler([model(f"m{n}") for n in range(4)], own, played.ask, hear, clock).run()

    tracemalloc.start()
    in_simulated_time(main())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert heard == 4 * CELLS
    assert played.asked == dict.fromkeys(range(4), CELLS)
    assert peak < 4_000_000
