"""Which of two models costs less at every known price, and claims more in every test that both publish."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from generator.views.figures import escape
from generator.views.verdicts.market import PRICES, Market
from generator.views.verdicts.verdict import Ground, Phrase, Sentence, sentence
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


def run_of_both(market: Market, one: Offering, other: Offering) -> Phrase:
    """`: Vals AI ran both in Terminal-Bench 4.0, 35.35 against 13.64`; empty where nobody ran both.

    Of several such tests the two newest, as one test settles nothing; of a model's runs in a test the best.
    """
    ours, theirs = (_measured(market.catalog.models[o.model]) for o in (one, other))
    both = [(ours[key], theirs[key]) for key in ours.keys() & theirs.keys()]
    if not both:
        return Phrase(text="")
    both.sort(key=lambda pair: (min(s.as_of for s in pair), pair[0].test, pair[0].by), reverse=True)
    texts: list[str] = []
    grounds: list[Ground] = []
    for a, b in both[:2]:
        figures = " against ".join(markdown_link(s.text, s.link) for s in (a, b))
        ran = "" if texts else "ran both "
        texts.append(f"{escape(a.by)} {ran}in {escape(a.benchmark)}{_version_text(a)}, {figures}")
        grounds += [
            Ground(of=o.model, field=f"score:{s.test}", text=s.text) for o, s in ((one, a), (other, b))
        ]
    return Phrase(text=f": {', and '.join(texts)}", grounds=tuple(grounds))


def newest_measured(market: Market, offering: Offering) -> Sentence | None:
    """`The newest score of it by others: 13.6 in Terminal-Bench 4.0, Vals AI.`; none where nobody has."""
    scores = _measured(market.catalog.models[offering.model]).values()
    if not scores:
        return None
    one = max(scores, key=lambda s: (s.as_of, s.test, s.by))
    return sentence(
        "measured",
        "the newest score of it by others: {score} in {test}, {by}.",
        score=Phrase(
            text=markdown_link(one.text, one.link),
            grounds=(Ground(of=offering.model, field=f"score:{one.test}", text=one.text),),
        ),
        test=f"{escape(one.benchmark)}{_version_text(one)}",
        by=escape(one.by),
    )


def _version_text(score: Score) -> str:
    return f" {score.version}" if score.version else ""


def _measured(model: Model) -> dict[tuple[str, str], Score]:
    """The best that each who measured it found in each test."""
    return _best((s for s in model.scores if s.evidence == Evidence.MEASURED), lambda s: (s.test, s.by))


def _claims(model: Model) -> dict[str, Score]:
    """The best that its maker claims in each test."""
    return _best((s for s in model.scores if s.evidence == Evidence.CLAIMED), lambda s: s.test)


def _best[K](scores: Iterable[Score], key: Callable[[Score], K]) -> dict[K, Score]:
    """The best score by key; of equals the first."""
    best: dict[K, Score] = {}
    for score in scores:
        before = best.setdefault(key(score), score)
        if score.score < before.score if score.lower_is_better else score.score > before.score:
            best[key(score)] = score
    return best
