"""The plain sentence: who beats whom by how much, or that the cases can't tell and what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from playground.evaluate.statistics.cost import CostPerAccepted, cost_per_accepted
from playground.evaluate.statistics.many import Pair, all_pairs
from playground.evaluate.statistics.outcomes import Outcomes, judged, mean
from playground.evaluate.statistics.paired import Difference
from playground.evaluate.statistics.power import Settling, settling
from playground.pricing.money import exact_usd

#: From this many cases needed on, the number is given in tens.
IN_TENS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two models compared, in numbers and in a plain sentence.

    `settling` is worked out for the two models that pass most often, where neither wins and no answer is
    missing; for another pair, call `settling`.
    """

    pair: Pair
    cost_a: CostPerAccepted
    cost_b: CostPerAccepted
    settling: Settling | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an evaluation says: a headline, and each pair of models."""

    headline: str
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the sentences say is compared, and on whose cases.

    `model`: the one model whose prompts are compared; empty where models are. `recorded`: the cases are of a
    recorded run, and not the reader's own.
    """

    model: str = ""
    recorded: bool = False

    @property
    def what(self) -> str:
        """What is compared, one of them."""
        return "prompt" if self.model else "model"

    @property
    def on(self) -> str:
        """The model whose prompts are compared, as the end of a clause."""
        return f" with {self.model}" if self.model else ""

    def cases(self, count: int | None = None) -> str:
        """The cases: `your 40 cases`, `these 40 recorded cases`; `your cases` without a count."""
        number = "" if count is None else f"{count:,} "
        noun = "case" if count == 1 else "cases"
        if not self.recorded:
            return f"your {number}{noun}"
        return f"{'this' if count == 1 else 'these'} {number}recorded {noun}"


MODELS = Compared()


def verdict(models: Sequence[Outcomes], compared: Compared = MODELS) -> Verdict:
    """What the outcomes of two models or more say of them. Raises OutcomeError where two have one name."""
    pairs = all_pairs(models)
    by_name = {one.model: one for one in models}
    costs = {name: cost_per_accepted(one) for name, one in by_name.items()}
    rates = {one.model: mean([judged(row) or 0.0 for row in one.scores.values()]) for one in models}
    best = set(sorted(rates, key=rates.__getitem__)[-2:])
    comparisons = []
    for pair in pairs:
        a, b = pair.difference.a, pair.difference.b
        sentence = _won(pair, compared) if pair.winner else _open(pair, compared)
        needed = None
        if not (pair.winner or pair.difference.missing) and best == {a, b}:
            needed = settling(pair.difference, by_name[a], by_name[b], len(pairs))
        comparisons.append(
            Comparison(
                pair=pair,
                cost_a=costs[a],
                cost_b=costs[b],
                settling=needed,
                sentence=f"{sentence}{_paid(pair, costs[a], costs[b])}.{_next(pair, needed, compared)}",
            )
        )
    headline = _headline(list(by_name), comparisons, compared)
    return Verdict(headline=headline, comparisons=tuple(comparisons))


def points(low: float, high: float, *, sure: bool = False) -> int:
    """How many decimals points of a percentage need, so that an interval's width is seen.

    `sure`: neither end may be printed as if it were zero.
    """
    decimals = 0 if high - low >= 0.05 else 1 if high - low >= 0.005 else 2
    while sure and decimals < 4 and any(not float(f"{end * 100:.{decimals}f}") for end in (low, high)):
        decimals += 1
    return decimals


def dollars(amount: Decimal) -> str:
    """`$0.0021`: at most two digits that count, or whole cents from a tenth of a dollar on."""
    if amount >= Decimal("0.095"):
        return f"${amount:,.2f}"
    return exact_usd(Decimal(f"{amount:.2g}"))


def _signed(share: float, decimals: int) -> str:
    text = f"{abs(share) * 100:.{decimals}f}"
    return f"−{text}" if share < 0 and float(text) else text


def _gap(one: Difference, winner: str | None) -> str:
    """`12 points, 95 % interval 4 to 20`, seen from the model that is ahead."""
    ahead = one.estimate or 0.0
    turned = winner == one.b or (winner is None and ahead < 0)
    low, high = (-one.high, -one.low) if turned else (one.low, one.high)
    decimals = points(low, high, sure=winner is not None)
    size = _signed(abs(ahead), decimals)
    unit = "point" if size == "1" else "points"
    return f"{size} {unit}, 95 % interval {_signed(low, decimals)} to {_signed(high, decimals)}"


def _won(pair: Pair, compared: Compared) -> str:
    where = f"on {compared.cases()}{compared.on}"
    return f"{pair.winner} beats {pair.loser} {where}: {_gap(pair.difference, pair.winner)}"


def _open(pair: Pair, compared: Compared) -> str:
    one = pair.difference
    if one.estimate is None:
        return f"{one.a} and {one.b} cannot be compared yet: no case has a judged answer of both"
    cases = _begun(compared.cases(one.cases))
    ahead = one.a if one.estimate > 0 else one.b
    seen = (
        f"{ahead} is ahead by {_gap(one, None)}" if one.estimate else f"no difference, {_gap(one, None)[10:]}"
    )
    return f"{cases} can't tell {one.a} from {one.b}{compared.on}: {seen}"


def _begun(text: str) -> str:
    """The text as a sentence begins."""
    return f"{text[:1].upper()}{text[1:]}"


def _paid(pair: Pair, a: CostPerAccepted, b: CostPerAccepted) -> str:
    """`; cost for each accepted answer $0.0021 against $0.0008`, the model named first first."""
    first, second = (b, a) if pair.winner == pair.difference.b else (a, b)
    if not first.estimate and not second.estimate:
        return ""  # unknown, or free
    return f"; cost for each accepted answer {_cost(first)} against {_cost(second)}"


def _cost(one: CostPerAccepted) -> str:
    if one.estimate is not None:
        return dollars(one.estimate)
    return "unknown" if one.unknown or one.paid is None else f"none accepted for {dollars(one.paid)}"


def _next(pair: Pair, needed: Settling | None, compared: Compared) -> str:
    """What is missing and what would settle it, as sentences that follow."""
    one = pair.difference
    if one.missing:
        counted = f" {one.missing:,} of {one.asked:,} answers are missing and counted both ways"
        return f"{counted}." if pair.winner else f"{counted}; get these first."
    if needed is None:
        return ""
    if needed.cases is not None:
        more = needed.cases if needed.cases < IN_TENS else round(needed.cases, -1)
        cases = "1 more case" if more == 1 else f"about {more:,} more cases"
        repeats = f" So would {needed.repeats} more repeats of each case." if needed.repeats else ""
        return f" If that difference holds, {cases} would tell them apart (8 times in 10).{repeats}"
    if needed.detectable is not None:
        least = f"{needed.detectable * 100:.0f} points"
        return f" So many cases tell {compared.what}s apart that differ by {least} or more."
    return f" So few cases tell no {compared.what}s apart: add cases."


def _headline(names: Sequence[str], comparisons: Sequence[Comparison], compared: Compared) -> str:
    """One sentence for all models: the best, or those of which none can be said to be better."""
    if len(comparisons) == 1:
        return comparisons[0].sentence
    where, what = f"{compared.cases()}{compared.on}", compared.what
    cases = _begun(compared.cases())
    losers = {c.pair.loser for c in comparisons}
    wins = {name: sum(c.pair.winner == name for c in comparisons) for name in names}
    best = [name for name in names if wins[name] == len(names) - 1]
    if best and len(names) > 1:
        return f"{best[0]} beats all {len(names) - 1} others on {where}."
    unbeaten = [name for name in names if name not in losers]
    if not comparisons:
        return "One model has nothing to be compared with."
    if len(unbeaten) == len(names):
        return f"{cases} can't tell any of {_listed(names)} apart{compared.on}."
    if len(unbeaten) == 1:
        return f"No {what} beats {unbeaten[0]} on {where}, but it does not surely beat each of the others."
    apart = f"{_listed(unbeaten)} apart{compared.on}"
    return f"{cases} can't tell {apart}; each of the others is beaten by another {what}."


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
