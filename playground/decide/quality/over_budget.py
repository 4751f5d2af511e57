"""Who is out by a budget alone and surely abler than the first: what a little more would buy."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_

from playground.catalog import Channel, Support
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.decide.remedies import failing
from playground.labels.odds import percent
from playground.pricing.money import usd

#: What costs more than so many times the budget is no near miss.
FARTHEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OverBudget:
    """The cheapest that is surely abler than the first and out by a budget alone.

    `cost` and `budget` are US dollars in `period` (month, request), `odds` the probability (0 to 1) that
    it is abler.
    """

    candidate: Candidate
    cost: Decimal
    budget: Decimal
    period: str
    odds: float


def over_budget(answer: Answer) -> OverBudget | None:
    """The near miss of an answer; None where more ability is not asked, or none is surely abler."""
    judgement, need = answer.judgement, answer.need
    first = answer.leaders[0]
    budgets = judgement.bills.budgets
    if not budgets or not (need.quality or need.accepted) or first.interval is None:
        return None
    abilities, models = judgement.merits.abilities, judgement.columns.column("model")
    masks = ((name, mask) for name, mask in judgement.masks if name not in budgets)
    out = reduce(or_, (failing(judgement, name, mask) for name, mask in masks), 0)
    abler = {
        model
        for model in judgement.merits.by_model
        if abilities.surely_better(model, first.offering.model, need.task)
    }
    misses: list[tuple[Decimal, bool, str, int, str]] = []
    for name, (budget, work, _) in budgets.items():
        for row in answer.eliminated[name].rows if name in answer.eliminated else ():
            if models[row] not in abler or out >> row & 1:
                continue
            others = (judgement.bills.within_budget(one, row).holds for one in budgets if one != name)
            bill, _ = judgement.bills.billed_at(row, work)
            cost = bill.usd if bill else None
            if cost and cost <= FARTHEST * budget and all(holds is Support.YES for holds in others):
                offering = judgement.columns.offerings[row]
                misses.append((cost, offering.channel is not Channel.DIRECT, offering.key, row, name))
    if not misses:
        return None
    cost, _, _, row, name = min(misses)
    budget, _, period = budgets[name]
    odds = abilities.better(models[row], first.offering.model, need.task)
    return OverBudget(
        candidate=judgement.candidate(row), cost=cost, budget=budget, period=period, odds=odds or 0.0
    )


def over_budget_sentence(miss: OverBudget, named: Named) -> str:
    """It in a sentence, without its full stop."""
    more = usd(miss.cost - miss.budget)
    return (
        f"{usd(miss.cost)} a {miss.period}, {more} over what you allow, would buy "
        f"{named(miss.candidate.offering)}: it is {percent(miss.odds)} likely to be more able than the first"
    )
