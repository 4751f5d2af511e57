"""A forecast that holds what comes, and a budget that is never passed, whatever answers cost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from playground.chat.chat import Tool
from playground.chat.events import Cause, Failed
from playground.evaluate.evaluation import Case, Evaluation
from playground.evaluate.matrix import Cell, Matrix
from playground.evaluate.scheduling.ledger import Ledger
from playground.evaluate.scheduling.scheduler import Outcome, Scheduler
from playground.evaluate.scheduling.tokens import size_of
from playground.run.run import Run, run_from_json
from tests.playground.evaluate.scheduling.simulated import clock, in_simulated_time
from tests.playground.evaluate.test_matrix import ENDPOINT, prompt


def priced(name: str = "m", max_tokens: int | None = 100, **prices: str) -> Run:
    chat = {"messages": [{"role": "user", "parts": []}]} | ({"max_tokens": max_tokens} if max_tokens else {})
    row = {"endpoint": ENDPOINT, "base_url": "http://localhost:1/v1", "model": name, "chat": chat}
    return run_from_json({**row, "prices": {f"price.{meter}": usd for meter, usd in prices.items()}})


def matrix(*models: Run, cases: int = 40, repeats: int = 1) -> Matrix:
    all_cases = tuple(Case(name=str(n), variables={"q": "word " * (n + 1)}) for n in range(cases))
    return Matrix(Evaluation(prompts=(prompt("Say {{q}}"),), cases=all_cases, repeats=repeats), models)


CHEAP = priced("cheap", input="1", output="2")
DEAR = priced("dear", input="10", output="50")


def test_a_forecast_holds_the_least_and_the_most_that_the_cells_can_likely_cost() -> None:
    asked = matrix(CHEAP, cases=1)
    size = size_of(asked.run_of(Cell(case=0, prompt=0, model=0, repeat=0)).chat)
    forecast = Ledger(asked, [None]).forecast()
    assert size.low < size.high < size.most
    assert forecast.low == (Decimal(size.low) * 1 + 1 * 2) / 1_000_000
    assert forecast.high == (Decimal(size.high) * 1 + 100 * 2) / 1_000_000


def test_without_a_limit_of_output_or_a_price_nobody_knows_the_most() -> None:
    open_ended = priced(max_tokens=None, input="1", output="2")
    assert Ledger(matrix(open_ended), [None]).forecast().high is None
    limited = Ledger(matrix(open_ended), [4000]).forecast()
    assert limited.high is not None
    assert limited.high > Decimal("0.3")
    ledger = Ledger(matrix(priced()), [100])
    assert (ledger.unpriced, ledger.forecast().low) == ([0], 0)


def test_after_ten_answers_their_own_costs_are_the_forecast() -> None:
    asked = matrix(CHEAP, cases=1000)
    ledger, random = Ledger(asked, [None]), Random(3)
    costs = [Decimal(str(random.uniform(0.001, 0.003))) for _ in range(1000)]
    for case, usd in enumerate(costs[:10]):
        ledger.settle(Cell(case=case, prompt=0, model=0, repeat=0), usd, None, answered=True)
    forecast = ledger.forecast({0: 990})
    assert forecast.high is not None
    assert forecast.low < sum(costs[10:]) < forecast.high
    assert forecast.high < 2 * forecast.low


def test_a_model_that_no_budget_can_hold_is_named_before_the_run() -> None:
    asked = matrix(CHEAP, priced("free"), priced("open", max_tokens=None, input="1", output="2"))
    words = [Ledger(asked, [None] * 3, Decimal(1)).refusal(model) for model in range(3)]
    assert words[0] == ""
    assert words[1].startswith("No price is known")
    assert words[2].endswith("set Max output tokens.")
    assert Ledger(asked, [None] * 3, Decimal(1), unpriced=True).refusal(1) == ""
    assert Ledger(asked, [None] * 3).refusal(2) == ""


@settings(max_examples=40, deadline=None)
@given(
    budget=st.decimals("0.0001", "0.05", places=4),
    seed=st.integers(0, 10**6),
    share=st.sampled_from([0.05, 0.5, 1.0]),
    silent=st.sampled_from([0.0, 0.3]),
)
def test_a_budget_is_never_passed_and_used_up_to_one_answer(
    budget: Decimal, seed: int, share: float, silent: float
) -> None:
    asked = matrix(CHEAP, DEAR, repeats=5)
    ledger, random = Ledger(asked, [None] * 2, budget), Random(seed)
    spent = Decimal(0)

    async def ask(cell: Cell) -> Outcome[Cell]:
        """Costs up to what is possible at most, and sometimes its provider says nothing of it."""
        nonlocal spent
        await asyncio.sleep(random.uniform(0.1, 2))
        run = asked.run_of(cell)
        size = size_of(run.chat)
        rates = (1, 2) if cell.model == 0 else (10, 50)
        tokens = (int(size.high * random.uniform(0.3, 1)), int(100 * share * random.uniform(0.1, 1)))
        usd = sum(Decimal(n * rate) for n, rate in zip(tokens, rates, strict=True)) / 1_000_000
        spent += usd
        return Outcome(result=cell, usd=None if random.random() < silent else usd)

    heard: list[Cell] = []

    async def main() -> Scheduler[Cell]:
        own = [asked.cells_of(place) for place in range(2)]
        scheduler = Scheduler(asked.models, own, ask, heard.append, clock, ledger)
        await scheduler.run()
        return scheduler

    scheduler = in_simulated_time(main())
    assert spent <= ledger.counted <= budget
    assert len(heard) == len(set(heard))
    for work in scheduler.works:
        assert (work.next() is None) or work.stopped.startswith("Stopped before the budget of $")
    if any(work.stopped for work in scheduler.works):
        assert ledger.counted > budget - Decimal("0.012")


def test_what_was_refused_costs_nothing_and_what_broke_off_counts_at_its_most() -> None:
    asked = matrix(CHEAP)
    ledger = Ledger(asked, [None], Decimal(1))
    cell = Cell(case=0, prompt=0, model=0, repeat=0)
    for failed, counted in (
        (Failed(cause=Cause.RATE, message="", status=429), False),
        (Failed(cause=Cause.TRUNCATED, message=""), True),
        (None, True),
    ):
        before = ledger.counted
        assert ledger.reserve(cell) == ""
        ledger.settle(cell, None, failed, answered=failed is None)
        assert (ledger.counted > before) == counted
    assert ledger.spent == 0
    assert ledger.unknown == 2


def test_a_size_counts_the_system_prompt_and_the_tools() -> None:
    asked = matrix(CHEAP, cases=1)
    chat = asked.run_of(Cell(case=0, prompt=0, model=0, repeat=0)).chat
    assert size_of(replace(chat, system="Be brief.")).text == size_of(chat).text + 9
    assert size_of(replace(chat, tools=(Tool(name="look_up"),))).text > size_of(chat).text + 40
