"""What an evaluation costs: a forecast, what was spent, and a budget that is never passed.

What is in flight counts at the most that it can cost: every byte a token, and as many tokens of output as the
request allows. So does what ended without its provider saying what it used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from math import sqrt
from typing import Any

from playground.catalog.prices import Price
from playground.chat.chat import Chat
from playground.chat.events import Failed
from playground.errors import RequestError
from playground.evaluate.matrix import Cell, Matrix, chat_of
from playground.evaluate.scheduling.tokens import Size, size_of
from playground.pricing.cost import bill
from playground.pricing.workload import Amounts

#: Answers of a model after which their own costs say what the rest costs.
ENOUGH = 10
#: Standard errors on each side: 95 % for ten answers.
ERRORS = 2.3
#: Tokens of output of the shortest answer.
SHORTEST = 1


@dataclass(frozen=True, slots=True)
class Range:
    """US dollars from `low` to `high`; None is no upper bound that is known."""

    low: Decimal = Decimal(0)
    high: Decimal | None = Decimal(0)

    def __add__(self, other: Range) -> Range:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Range(self.low + other.low, high)


class Ledger:
    """The money of one run; the scheduler asks before each request and says what came of it."""

    def __init__(
        self,
        matrix: Matrix,
        most_output: Sequence[int | None],
        budget: Decimal | None = None,
        *,
        unpriced: bool = False,
        unanswered: Decimal = Decimal(0),
        note: Callable[[], None] | None = None,
    ) -> None:
        """`most_output` are the models' own limits of output; `unpriced`: those without a price may run.

        `unanswered` is what earlier starts may have paid beside their answers; `note` is called before each
        request, once what it may cost is in `unanswered`.
        """
        self.matrix = matrix
        self.budget = budget
        self._note = note
        #: What requests that have no answer may have cost, but for those that are open.
        self._lost = unanswered
        #: What is known to be spent, and that with what may have been spent beside.
        self.spent, self.counted = Decimal(0), unanswered
        #: Answers whose cost is not known.
        self.unknown = 0
        self._unpriced = unpriced
        self._reserved: dict[Cell, Decimal] = {}
        self._held = Decimal(0)
        self._seen: dict[int, _Seen] = {}
        self._models = [
            _Model(run.price, run.chat, most) for run, most in zip(matrix.models, most_output, strict=True)
        ]
        self._sizes: dict[tuple[int, int], Size] = {}
        #: What one repeat of all cases costs by their sizes, by model.
        self._first: dict[int, Range] = {}

    def refusal(self, model: int) -> str:
        """Why a model cannot run under the budget at all; empty where it can."""
        if self.budget is None:
            return ""
        row = self._models[model]
        if not row.priced:
            return (
                ""
                if self._unpriced
                else (
                    "No price is known, so a budget cannot hold it: let models without a price run, "
                    "or run without a budget."
                )
            )
        if row.output is None:
            return (
                "How long an answer may be is not known, so a budget cannot hold it: set Max output tokens."
            )
        return ""

    def reserve(self, cell: Cell) -> str:
        """Set aside what the cell costs at most; a reason where that would pass the budget."""
        if self.budget is None and not self._note:
            return ""
        most = self._most(cell)
        if most is None:
            return ""
        if self.budget is not None and self.counted + self._held + most > self.budget:
            return (
                f"Stopped before the budget of ${self.budget:f}: ${self.counted:.4f} may be spent, "
                f"and one more request could cost ${most:.4f}."
            )
        self._reserved[cell] = most
        self._held += most
        if self._note:
            self._note()
        return ""

    @property
    def unanswered(self) -> Decimal:
        """What requests may cost or have cost at most that have no answer (yet), in US dollars."""
        return self._lost + self._held

    def settle(self, cell: Cell, usd: Decimal | None, failed: Failed | None, *, answered: bool) -> None:
        """What the cell cost in fact; None is not known. One that was refused cost nothing."""
        most = self._reserved.pop(cell, None)
        if most is not None:
            self._held -= most
        if usd is not None:
            self.spent += usd
            self.counted += usd
            if answered:
                self._seen.setdefault(cell.model, _Seen()).add(usd)
            else:
                self._lost += usd
        elif failed is None or failed.status is None:
            self.unknown += 1
            self.counted += most or Decimal(0)
            if not answered:
                self._lost += most or Decimal(0)

    def paid_before(self, cell: Cell, usd: Decimal | None) -> None:
        """Count what an earlier start paid for an answer: the most where its cost is not known."""
        if usd is None:
            usd = (self._most(cell) if self.budget is not None else None) or Decimal(0)
        self.counted += usd or Decimal(0)

    def seen_before(self, model: int, costs: Iterable[Decimal]) -> None:
        """What answers of a model cost in an earlier run: they say what the next ones cost."""
        for usd in costs:
            self._seen.setdefault(model, _Seen()).add(usd)

    @property
    def outputs(self) -> Sequence[int | None]:
        """The most tokens of an answer, by model; None where nobody knows."""
        return [row.output for row in self._models]

    def forecast(self, left: Mapping[int, int] | None = None) -> Range:
        """What the cells that are left will cost; all of them where nothing is given.

        A model without a price adds nothing; `refusal` and `unpriced` tell of it.
        """
        total = Range()
        share = len(self.matrix.evaluation.cases) * len(self.matrix.evaluation.prompts)
        whole = share * self.matrix.evaluation.repeats
        for model, row in enumerate(self._models):
            count = whole if left is None else left.get(model, 0)
            if not count or not row.priced:
                continue
            seen = self._seen.get(model)
            if seen and seen.count >= ENOUGH:
                total += seen.range(count)
                continue
            each = self._first.get(model) or self._first.setdefault(model, self._before(row))
            scale = Decimal(count) / share
            total += Range(each.low * scale, None if each.high is None else each.high * scale)
        return total

    @property
    def unpriced(self) -> list[int]:
        """The models whose price is not known."""
        return [model for model, row in enumerate(self._models) if not row.priced]

    def _before(self, row: _Model) -> Range:
        """What one repeat of all cases costs, by sizes alone; like sizes are priced once."""
        sizes: Counter[Size] = Counter()
        evaluation = self.matrix.evaluation
        for case in range(len(evaluation.cases)):
            for prompt in range(len(evaluation.prompts)):
                sizes[_rounded(self._size(case, prompt))] += 1
        total = Range()
        for size, count in sizes.items():
            each = row.range(size)
            total += Range(each.low * count, None if each.high is None else each.high * count)
        return total

    def _size(self, case: int, prompt: int) -> Size:
        size = self._sizes.get((case, prompt))
        if size is None:
            evaluation = self.matrix.evaluation
            chat = chat_of(evaluation.cases[case], evaluation.prompts[prompt], Chat(messages=()))
            size = self._sizes[case, prompt] = size_of(chat)
        return size

    def _most(self, cell: Cell) -> Decimal | None:
        return self._models[cell.model].most(self._size(cell.case, cell.prompt))


def budget_of(value: Any) -> Decimal | None:
    """US dollars as a reader writes them; None where nothing is written. Raises RequestError."""
    text = str(value or "").strip().lstrip("$").strip()
    if not text:
        return None
    try:
        budget = Decimal(text)
    except InvalidOperation:
        budget = Decimal("NaN")
    if not budget.is_finite() or budget <= 0:
        raise RequestError(f"the budget is {text!r}; write US dollars, such as 2.50", field="budget")
    return budget


class _Seen:
    """Mean and spread of what answers cost."""

    def __init__(self) -> None:
        self.count = 0
        self._sum = self._squares = 0.0

    def add(self, usd: Decimal) -> None:
        self.count += 1
        self._sum += float(usd)
        self._squares += float(usd) ** 2

    def range(self, count: int) -> Range:
        """What so many more cost."""
        mean = self._sum / self.count
        variance = max(self._squares / self.count - mean**2, 0.0) * self.count / (self.count - 1)
        spread = ERRORS * sqrt(variance * count + variance * count**2 / self.count)
        middle = mean * count
        return Range(Decimal(max(middle - spread, 0.0)), Decimal(middle + spread))


class _Model:
    """What one model's requests may cost."""

    def __init__(self, price: Price, parameters: Chat, most_output: int | None) -> None:
        self._beside = size_of(Chat(messages=(), tools=parameters.tools, schema=parameters.schema))
        self.output = parameters.max_tokens if parameters.max_tokens is not None else most_output

        @cache
        def usd(read: int, made: int) -> Range | None:
            """The cost of a request; what it makes may be reasoning, which some lists price apart."""
            shapes = (
                Amounts(input=read, output=made),
                Amounts(input=read, output=made, reasoning=made),
                Amounts(input=read, output=made, cache_write_5m=read),
            )
            bills = [one for shape in shapes if (one := bill(shape, price))]
            if not bills:
                return None
            # A price that only a cache's writes lack leaves the others.
            highs = [one.high for one in bills if one.high is not None]
            high = max(highs) if highs and bills[0].high is not None else None
            return Range(min(one.least for one in bills), high)

        self._usd = usd
        sample = usd(1000, 1000)
        self.priced = sample is not None and sample.high is not None

    def range(self, size: Size) -> Range:
        """From the least to the most that is likely."""
        whole = size + self._beside
        low = self._usd(whole.low, SHORTEST)
        high = None if self.output is None else self._usd(whole.high, self.output)
        return Range(low.low if low else Decimal(0), high.high if high else None)

    def most(self, size: Size) -> Decimal | None:
        """More than this no request of that size costs; None where that is not known."""
        if self.output is None or not self.priced:
            return None
        cost = self._usd(-(-(size + self._beside).most // 64) * 64, self.output)
        return cost.high if cost else None


def _rounded(size: Size) -> Size:
    """The size to two digits, so that few of many differ."""
    digits = max(len(str(size.text)) - 2, 0)
    return Size(round(size.text, -digits), size.messages, size.images)
