"""How able models are, as one need asks: what that weighs, who is able enough, how sure an order is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from statistics import NormalDist

from playground.ability import (
    KIND_TESTS,
    LANGUAGE_TESTS,
    TASK_TESTS,
    TIER_ODDS,
    Abilities,
    Ability,
    Interval,
    KindTest,
    Proof,
    by_test,
    followed,
    yardstick,
)
from playground.catalog import Capability, Channel, Kind, Support
from playground.decide.columns import Columns, Mask
from playground.labels.names import Names
from playground.labels.odds import percent
from playground.need.judges import Judged, yes_or_no
from playground.need.levels import LEVELS
from playground.need.need import Need

#: What comes out of a model that is no text.
SOUND_AND_IMAGES = frozenset({Capability.AUDIO_OUT, Capability.IMAGE_OUT})
#: What a standard deviation of ability is worth in cost where both weigh the same. Prices of models differ a
#: thousandfold and abilities by three or four standard deviations, so neither is drowned by the other.
WORTH = 10
#: By how much less what only its own lab claims counts, in standard deviations. The fit takes off what claims
#: stand above measurements of the same model; held against people's votes, models known by claims alone still
#: stood too high, by 0 to 0.6. Of the steps from 0 to 0.3 this one met most of tests/needs/needs.yml.
UNCONFIRMED = 0.15


def test_of(need: Need) -> KindTest | None:
    """The one test that a need goes by: of its kind, language or task; None where it goes by the fit."""
    if _writes_text(need):
        spoken = LANGUAGE_TESTS.get(need.language)
        return spoken or (TASK_TESTS.get(need.task) if need.task else None)
    return KIND_TESTS.get(need.kind) if need.kind else None


def _writes_text(need: Need) -> bool:
    return need.kind in (None, Kind.CHAT, Kind.COMPLETION) and not SOUND_AND_IMAGES & {*need.must}


def _by_test(columns: Columns, test: KindTest) -> Abilities:
    """What a test says of its models; of other kinds than text also of those that follow a tested one."""
    if test not in columns.by_test:
        tested = by_test(test, columns.catalog.models.values())
        after: dict[str, Ability] = {}
        if test in KIND_TESTS.values():
            waiting = dict.fromkeys(o.model for o in columns.offerings if o.model not in tested.models)
            after = {model: known for model in waiting if (known := followed(model, tested))}
        columns.by_test[test] = replace(tested, models={**tested.models, **after})
    return columns.by_test[test]


class Merits:
    """The abilities of the models, by the rows of a catalog's columns."""

    def __init__(self, columns: Columns, need: Need, abilities: Abilities) -> None:
        self.columns = columns
        self.need = need
        #: The labs of which others have measured a model, in whichever test.
        self.checked = {
            name.partition("/")[0] for name, one in abilities.models.items() if one.proof is Proof.MEASURED
        }
        self._solved: dict[Interval, Decimal] = {}
        #: The one test that the need goes by; None where it goes by the fit of all.
        self.test = test_of(need)
        if self.test:
            self.abilities = _by_test(columns, self.test)
        else:
            self.abilities = abilities if self.of_text else Abilities()

    @cached_property
    def by_model(self) -> Mapping[str, Interval]:
        """How able each tested model is at the need's task, or in general.

        What tests say of text tells nothing of speech, images or vectors: these have tests of their own.
        """
        return self.abilities.at(self.need.task)

    @property
    def of_text(self) -> bool:
        """Whether the need is for a model that writes text."""
        return _writes_text(self.need)

    @cached_property
    def intervals(self) -> Sequence[Interval | None]:
        """How able each row's model is."""
        return list(map(self.by_model.get, self.columns.column("model")))

    @cached_property
    def merits(self) -> Sequence[Decimal | None]:
        """What each row's ability is worth in cost, by ratios: WORTH times as much a standard deviation.

        What counts is how able it is with 90 % probability: what is less sure counts for less.
        """
        worth = {model: self._merit(model, interval) for model, interval in self.by_model.items()}
        return list(map(worth.get, self.columns.column("model")))

    def _merit(self, model: str, interval: Interval) -> Decimal:
        claimed = self.abilities.of(model).proof is Proof.CLAIMED
        return Decimal(repr(round(WORTH ** (interval.low - UNCONFIRMED * claimed), 9)))

    @cached_property
    def tested(self) -> int:
        """The rows whose models have a test, a bit each."""
        return self.columns.bits(self.columns.rows_of_models(self.by_model))

    @cached_property
    def alone(self) -> int:
        """The rows whose models only their own lab's claims speak for, with nothing that bears them out.

        That is where only one provider serves the model, or where nobody has measured any model of its lab:
        how far the claims of that lab are from what others measure is not known.
        """
        claimed = {name for name, one in self.abilities.models.items() if one.proof is Proof.CLAIMED}
        served, offerings = self.columns.column("served"), self.columns.offerings
        return self.columns.bits(
            row
            for row in self.columns.rows_of_models(claimed)
            if (o := offerings[row]).lab not in self.checked
            or (served[row] < 2 and o.channel != Channel.SELF_HOSTED)
        )

    # Able enough.

    @cached_property
    def least(self) -> float | None:
        """How able a model must be; None where the need does not say, or names an untested model."""
        if level := LEVELS.get(self.need.able):
            return level.least
        named = self.by_model.get(self.need.able)
        return named.middle if named else None

    @cached_property
    def able_enough(self) -> Mask:
        """Who is not surely less able than the need asks; unknown where there is no test."""
        columns = self.columns
        if self.least is None:
            return Mask(no=0, unknown=columns.everyone)
        less = columns.rows_of_models([model for model in self.by_model if self._surely_less(model)])
        return Mask(no=columns.bits(less), unknown=columns.everyone & ~self.tested)

    def judged(self, model: str) -> Judged:
        """Whether a model is as able as the need asks, or perhaps is."""
        interval = self.by_model.get(model)
        if interval is None:
            return Judged(Support.UNKNOWN, "no public test of it", "ability")
        if self.least is None:
            return Judged(Support.UNKNOWN, f"{self.named} has no public test to go by", "ability")
        level = LEVELS.get(self.need.able)
        asked = f"reach the {self.least:.1f} that {level.label} asks for" if level else f"equal {self.named}"
        text = f"ability {interval.middle:z.1f} ({interval.low:z.1f} to {interval.high:z.1f})"
        if model != self.need.able:
            text += f": {percent(self.at_least(model, interval))} likely to {asked}"
        return Judged(yes_or_no(not self._surely_less(model)), text, "ability")

    def _surely_less(self, model: str) -> bool:
        """Whether it is less able than the need asks with more than TIER_ODDS, as where tiers part."""
        if self.need.able in LEVELS:
            return self._reaches[model] < 1 - TIER_ODDS
        return self.abilities.surely_better(self.need.able, model, self.need.task)

    @cached_property
    def perhaps(self) -> Mapping[str, int]:
        """The models that are able enough for the level asked neither surely nor surely not.

        Each with 1 where it rather is than not, else 2. Of a model that another must be as good as there are
        none: who can be surely as good as the best?
        """
        if self.need.able not in LEVELS:
            return {}
        odds = self._reaches.items()
        return {m: 1 if p >= 0.5 else 2 for m, p in odds if 1 - TIER_ODDS <= p < TIER_ODDS}

    @cached_property
    def _reaches(self) -> Mapping[str, float]:
        """The probability that each tested model reaches the level asked."""
        return {model: self.at_least(model, at) for model, at in self.by_model.items()}

    @cached_property
    def named(self) -> str:
        """What the model is called that others must be as good as."""
        return Names(self.columns.catalog)[self.need.able]

    # Cost of an answer that is right.

    @cached_property
    def benchmark_name(self) -> str:
        """The test that says how hard the task is, or work in general; empty if there is none."""
        return yardstick(self.abilities, self.need.task)

    def success(self, interval: Interval | None) -> Decimal | None:
        """The odds that so able a model solves one question of that test; None where nothing says."""
        if interval is None or not self.benchmark_name:
            return None
        if interval not in self._solved:
            solved = self.abilities.benchmarks[self.benchmark_name].success(interval)
            self._solved[interval] = Decimal(repr(round(solved, 6)))
        return self._solved[interval]

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """The same of each tested model as a number, where anything says."""
        solved = {model: self.success(interval) for model, interval in self.by_model.items()}
        return {model: float(share) for model, share in solved.items() if share}

    def success_slope(self, at: Interval) -> float:
        """How many powers of WORTH the odds of success grow by for a unit of ability, at this one."""
        step = 0.05
        near = [at.middle - step, at.middle + step]
        low, high = (self.success(Interval(low=x, middle=x, high=x)) for x in near)
        return math.log(float(high) / float(low), WORTH) / (2 * step) if low and high else 0.0

    # How sure.

    def worth_apart(self, one: str, other: str) -> tuple[float, float] | None:
        """By how much one model's ability is worth more than another's, and the standard deviation of that.

        In powers of WORTH for a weight of 1; where answers that are right are counted, of these. None where
        either has no test.
        """
        a, b = self.by_model.get(one), self.by_model.get(other)
        apart = self.abilities.apart(one, other, self.need.task)
        if apart is None or a is None or b is None or not self.need.accepted:
            return apart
        first, second = self.success(a), self.success(b)
        if not first or not second:
            return None
        x, y = self.success_slope(a) * a.deviation, self.success_slope(b) * b.deviation
        spread = a.deviation * b.deviation
        together = (a.deviation**2 + b.deviation**2 - apart[1] ** 2) / (2 * spread) if spread else 0.0
        variance = x**2 + y**2 - 2 * x * y * together
        return math.log(float(first / second), WORTH), math.sqrt(max(variance, 1e-6))

    def at_least(self, model: str, interval: Interval) -> float:
        """The probability that a model is as able as the need asks; 1 where it asks for itself or none."""
        if self.least is None or model == self.need.able:
            return 1.0
        if (than_named := self.better(model, self.need.able)) is not None:
            return than_named
        return 1 - NormalDist(interval.middle, interval.deviation or 1e-3).cdf(self.least)

    def as_proven(self, one: str, other: str) -> bool:
        """Whether one model is known by evidence no weaker than another's."""
        proofs = list(Proof)
        return proofs.index(self.abilities.of(one).proof) <= proofs.index(self.abilities.of(other).proof)

    def better(self, one: str, other: str) -> float | None:
        """The probability that one model is abler than another; None where either has no test."""
        return self.abilities.better(one, other, self.need.task)

    def first(self, one: str, other: str, dearer: float) -> float | None:
        """The probability that one model is worth more than another though it costs `dearer` times as much.

        None where either has no test, or quality does not weigh.
        """
        apart = self.worth_apart(one, other)
        if apart is None or not (self.need.quality or self.need.accepted):
            return None
        ahead = apart[0] - self.cost_power * math.log(dearer, WORTH)
        return NormalDist().cdf(ahead / apart[1])

    @property
    def cost_power(self) -> float:
        """What a price WORTH times as high takes from an ability's worth, in powers of WORTH."""
        if self.need.accepted:
            return 1.0
        return self.need.cost / self.need.quality if self.need.quality else math.inf
