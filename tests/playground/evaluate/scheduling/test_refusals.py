"""What ends a cell, what ends a model, and what is asked again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest

from playground.chat.events import Cause, Failed
from playground.evaluate.matrix import Cell
from playground.evaluate.scheduling.scheduler import Outcome, Scheduler
from tests.playground.evaluate.scheduling.simulated import cells, clock, in_simulated_time
from tests.playground.evaluate.test_matrix import model


class Server:
    """Answers or fails as `judge` says of the cell and of how often it was asked before."""

    def __init__(self, judge: Callable[[Cell, int], Failed | None]) -> None:
        self.asked: Counter[Cell] = Counter()
        self.came: dict[Cell, str] = {}
        self._judge = judge

    async def ask(self, cell: Cell) -> Outcome[tuple[Cell, str]]:
        before = self.asked[cell]
        self.asked[cell] += 1
        await asyncio.sleep(0.5)
        failed = self._judge(cell, before)
        return Outcome(result=(cell, failed.message if failed else ""), failed=failed)

    def run(self, models: int = 1, count: int = 50) -> Scheduler[tuple[Cell, str]]:
        async def main() -> Scheduler[tuple[Cell, str]]:
            own = [cells(place, count) for place in range(models)]
            runs = [model(f"m{place}") for place in range(models)]
            scheduler = Scheduler(runs, own, self.ask, lambda row: self.came.update([row]), clock)
            await scheduler.run()
            return scheduler

        return in_simulated_time(main())


def failed(cause: Cause, status: int | None = None, wait: float | None = None) -> Failed:
    return Failed(cause=cause, message=f"it is {cause}", status=status, retry_after=wait)


def test_a_rate_limit_is_asked_again_and_is_no_result() -> None:
    server = Server(
        lambda cell, before: failed(Cause.RATE, 429) if cell.case % 3 == 0 and not before else None
    )
    server.run()
    assert set(server.came.values()) == {""}
    assert len(server.came) == 50
    assert sum(server.asked.values()) == 67


@pytest.mark.parametrize(
    ("cause", "status"),
    [(Cause.KEY, 401), (Cause.MODEL, 404), (Cause.QUOTA, 402), (Cause.PERMISSION, 403), (Cause.FOREIGN, 200)],
)
def test_a_model_that_no_request_can_reach_is_not_asked_on_and_others_are(cause: Cause, status: int) -> None:
    server = Server(lambda cell, _: failed(cause, status) if cell.model == 0 else None)
    scheduler = server.run(models=2, count=10_000 // 50)
    bad, good = scheduler.works
    assert sum(count for cell, count in server.asked.items() if cell.model == 0) <= 4
    assert bad.stopped == f"Not asked any more ({cause}, {status}): it is {cause}"
    assert (good.stopped, good.answered) == ("", 200)


def test_a_cell_that_alone_is_not_found_does_not_end_its_model() -> None:
    server = Server(lambda cell, _: failed(Cause.MODEL, 404) if cell.case == 20 else None)
    scheduler = server.run()
    assert scheduler.works[0].stopped == ""
    assert [cell.case for cell, failure in server.came.items() if failure] == [20]


def test_where_the_first_requests_all_fail_the_rest_is_not_asked() -> None:
    server = Server(lambda *_: failed(Cause.REQUEST, 400))
    (work,) = server.run(count=1000).works
    assert 10 <= len(server.came) <= 15
    assert "the first 10 requests all failed, the last with bad request: it is bad request" in work.stopped


@pytest.mark.parametrize("cause", [Cause.SERVER, Cause.TRUNCATED])
def test_where_nothing_ever_comes_from_a_broken_server_it_is_given_up_within_a_minute(cause: Cause) -> None:
    """A stream of another wire looks cut off: waiting for minutes would not mend it."""
    asked_at: list[float] = []

    def judge(*_: object) -> Failed:
        asked_at.append(clock())
        return failed(cause, 200)

    server = Server(judge)
    scheduler = server.run(count=1000)
    told = f"Not asked any more: the first 6 requests all failed, the last with {cause}: it is {cause}"
    assert scheduler.works[0].stopped == told
    assert sum(server.asked.values()) <= 10
    assert asked_at[-1] - asked_at[0] < 60


def test_what_fails_for_one_case_costs_that_case_alone() -> None:
    for cause in (Cause.SERVER, Cause.RATE, Cause.TRUNCATED):
        server = Server(lambda cell, _, cause=cause: failed(cause, 500) if cell.case == 7 else None)  # type: ignore[misc]
        scheduler = server.run()
        assert scheduler.works[0].stopped == ""
        assert {cell.case: text for cell, text in server.came.items() if text} == {7: f"it is {cause}"}
        assert max(server.asked.values()) <= 10


def test_a_provider_that_refuses_for_long_is_given_up_in_words() -> None:
    def judge(cell: Cell, _: int) -> Failed | None:
        return failed(Cause.OVERLOADED, 529) if cell.case >= 5 else None

    (work,) = Server(judge).run().works
    assert work.stopped.startswith("Not asked any more after ")
    assert work.stopped.endswith("(overloaded): it is overloaded")
    assert work.answered == 5


def test_a_wait_of_hours_is_not_waited_for() -> None:
    (work,) = Server(lambda *_: failed(Cause.RATE, 429, wait=7200)).run().works
    assert work.stopped == "It asks to wait for 2 hours: it is rate limit"


def test_an_address_that_was_never_reached_is_given_up_soon_and_a_lost_network_late() -> None:
    server = Server(lambda *_: failed(Cause.UNREACHABLE))
    (work,) = server.run().works
    assert work.stopped == "It could not be reached: it is unreachable"
    assert sum(server.asked.values()) < 20
    down = Server(lambda _, __: failed(Cause.UNREACHABLE) if 20 < clock() < 200 else None)
    (work,) = down.run(count=400).works
    assert (work.stopped, work.answered) == ("", 400)


def test_a_pause_lets_what_runs_end_and_starts_nothing_until_it_is_over() -> None:
    server = Server(lambda *_: None)

    async def main() -> None:
        scheduler = Scheduler(
            [model()], [cells(0, 30)], server.ask, lambda row: server.came.update([row]), clock
        )
        task = asyncio.ensure_future(scheduler.run())
        await asyncio.sleep(0.7)
        scheduler.paused = True
        asked = sum(server.asked.values())
        await asyncio.sleep(100)
        assert scheduler.in_flight == 0
        assert len(server.came) == sum(server.asked.values()) == asked < 30
        assert not task.done()
        scheduler.paused = False
        await task
        assert len(server.came) == sum(server.asked.values()) == 30

    in_simulated_time(main())
