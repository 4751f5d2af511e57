"""Which of two models costs less at every known price, and claims more in every test that both publish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.views.figures import escape
from generator.views.verdicts.market import PRICES, Market
from generator.views.verdicts.verdict import Ground, Phrase
from playground.catalog import Evidence, Model, Offering, Score
from playground.labels.addresses import markdown_link


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One model against another: `shared` are the tests that both makers claim a score of, its own first."""

    own: Offering
    other: Offering
    shared: tuple[tuple[Score, Score], ...]

    @property
    def costs_less(self) -> bool:
        """Whether it costs no more at each price that both state, and less at one; input and output known."""
        prices = {f: (self.own.sound_price(f), self.other.sound_price(f)) for f in PRICES}
        known = {f: (x, y) for f, (x, y) in prices.items() if x is not None and y is not None}
        if not {"price.input", "price.output"} <= known.keys():
            return False
        return all(x <= y for x, y in known.values()) and any(x < y for x, y in known.values())

    @property
    def claims_more(self) -> bool:
        """Whether it claims more in each test that both publish, of which there is one."""
        return bool(self.shared) and all(
            own.score < other.score if own.lower_is_better else own.score > other.score
            for own, other in self.shared
        )

    @property
    def won(self) -> bool:
        """Whether it costs less and claims more."""
        return self.costs_less and self.claims_more

    def claims(self) -> Phrase:
        """`SWE-Bench Pro 62.7 against 52.8`, for each test."""
        texts, grounds = [], []
        for own, other in self.shared:
            pair = [markdown_link(s.text, s.link) for s in (own, other)]
            texts.append(f"{escape(own.benchmark)} {pair[0]} against {pair[1]}")
            grounds += [
                Ground(of=o.model, field=f"score:{s.test}", text=s.text)
                for o, s in ((self.own, own), (self.other, other))
            ]
        return Phrase(text=", ".join(texts), grounds=tuple(grounds))

    @property
    def tests(self) -> str:
        """`the one test that both publish`."""
        count = len(self.shared)
        return f"{'the one test' if count == 1 else f'each of the {count} tests'} that both makers publish"


def contest(market: Market, own: Offering, other: Offering) -> Contest:
    """One model against another."""
    ours, theirs = (_claims(market.catalog.models[o.model]) for o in (own, other))
    shared = tuple((ours[test], theirs[test]) for test in sorted(ours.keys() & theirs.keys()))
    return Contest(own=own, other=other, shared=shared)


def cheapest_winner(market: Market, rivals: Iterable[Offering], other: Offering) -> Contest | None:
    """The cheapest of the rivals that costs less and claims more."""
    won = [c for rival in rivals if (c := contest(market, rival, other)).won]
    return min(won, key=lambda c: (market.cost(c.own), c.own.key), default=None)


def nearest_claimed(market: Market, rivals: Sequence[Offering], other: Offering) -> Contest | None:
    """The rival that shares a test with it and costs most like it."""
    sharing = [c for rival in rivals if (c := contest(market, rival, other)).shared]
    return min(sharing, key=lambda c: (abs(market.cost(c.own) - market.cost(other)), c.own.key), default=None)


def _claims(model: Model) -> dict[str, Score]:
    """The best that its maker claims in each test."""
    best: dict[str, Score] = {}
    for score in model.scores:
        if score.evidence != Evidence.CLAIMED:
            continue
        before = best.get(score.test)
        better = before is None or (
            score.score < before.score if score.lower_is_better else score.score > before.score
        )
        if better:
            best[score.test] = score
    return best
