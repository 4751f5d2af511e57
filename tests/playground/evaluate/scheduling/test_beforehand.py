"""How long a run takes is within what was stated before it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from playground.evaluate.page_evaluation import evaluation_reply
from playground.evaluate.scheduling.beforehand import FIRST_TOKEN, PACE, time_before
from playground.evaluate.scheduling.scheduler import Scheduler
from playground.run.run import Run, run_from_json
from tests.playground.evaluate.scheduling.simulated import Provider, cells, clock, in_simulated_time
from tests.playground.evaluate.scheduling.test_ledger import matrix, priced
from tests.playground.evaluate.test_matrix import ENDPOINT


def took(models: Sequence[Run], count: int, seconds: Sequence[float]) -> float:
    """Seconds of a run whose answers take so long, give or take a half."""
    provider = Provider({}, seconds=lambda model: seconds[model])

    async def main() -> float:
        every = [cells(model, count) for model in range(len(models))]
        await Scheduler(models, every, provider.ask, lambda _: None, clock).run()
        return clock()

    return in_simulated_time(main())


@pytest.mark.parametrize("count", [2, 20, 400])
@pytest.mark.parametrize("seconds", [(0.3, 0.4), (1, 5), (12, 14)])
def test_a_run_takes_as_long_as_was_stated(count: int, seconds: tuple[float, float]) -> None:
    models = [priced("m", 100), priced("n", 100)]
    low, high = time_before(matrix(*models, cases=count), [100, 100], [(), ()])
    assert high is not None
    assert low <= took(models, count, seconds) <= high


def test_answers_of_before_make_the_range_narrow() -> None:
    models = [priced("m", None), priced("n", None)]
    seen = [[one * (0.5 + place / 39) for place in range(40)] for one in (1.0, 3.0)]
    low, high = time_before(matrix(*models, cases=400), [None, None], seen)
    assert high is not None
    assert high < 1.5 * low
    assert low <= took(models, 400, (1.0, 3.0)) <= high
    assert time_before(matrix(*models, cases=400), [None, None], [seen[0], ()])[1] is None


def test_a_browsers_further_connections_count_for_the_least_and_never_for_the_most() -> None:
    near, https = (
        time_before(matrix(at(url), cases=960), [100], [()])
        for url in ("http://localhost:1/v1", "https://example.com/v1")
    )
    assert https[0] == pytest.approx(near[0] * 6 / 32)
    assert https[1] == near[1]


def at(url: str) -> Run:
    chat = {"messages": [{"role": "user", "parts": []}], "max_tokens": 100}
    return run_from_json({"endpoint": ENDPOINT, "base_url": url, "model": "m", "chat": chat})


def test_the_page_hears_both_ranges_and_what_was_seen_narrows_them() -> None:
    question = {
        "kind": "forecast",
        "evaluation": {
            "almanac_evaluation": 1,
            "prompts": [{"name": "p", "messages": [{"role": "user", "text": "Say {{q}}"}]}],
            "cases": [{"name": str(n), "variables": {"q": "x"}} for n in range(30)],
        },
        "models": [
            {
                "endpoint": ENDPOINT,
                "base_url": "http://localhost:1/v1",
                "model": "m",
                "chat": {"max_tokens": 400},
                "prices": {"price.input": "1", "price.output": "2"},
            }
        ],
    }
    made = evaluation_reply(question)
    slowest = FIRST_TOKEN[1] + 400 / PACE[1]
    assert made["seconds"] == pytest.approx((0.2025 * 5, slowest * 30 / 6 + slowest))
    seen = {"costs": [0.002, 0.003] * 6, "seconds": [1.0, 2.0] * 6}
    again = evaluation_reply({**question, "seen": [seen]})
    assert again["cost"]["low"] < 30 * 0.0025 < again["cost"]["high"] < 0.1
    assert again["seconds"][0] < 30 * 1.5 / 6 < again["seconds"][1] < 12
