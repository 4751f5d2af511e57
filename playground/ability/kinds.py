"""How able models of other kinds than text are, in one language, and at writing: by one public test of each.

There is no fit of many tests for these, as there are not many.

Abilities are in standard deviations of the models that the test has, from their mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean, pstdev

from playground.ability.abilities import Abilities
from playground.ability.ability import TENTH, Ability, Interval, Task
from playground.ability.predecessor import predecessor
from playground.catalog import Evidence, Kind, Model, Score, best_founded_score
from playground.catalog.vocabulary import Unit
from playground.labels.naming import name_shape


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTest:
    """The test that speaks for a kind or a language: a benchmark, and which of its tasks; empty is any."""

    benchmark: str
    subset: str = ""

    @property
    def name(self) -> str:
        """As a reader calls it."""
        return f"{self.benchmark} ({self.subset})" if self.subset else self.benchmark

    @property
    def is_voted(self) -> bool:
        """Whether people's votes are its scores."""
        return self.benchmark == "Arena"

    def score_of(self, model: Model) -> Score | None:
        """The model's score that is founded best; None where it has none."""
        own = [
            s for s in model.scores if s.benchmark == self.benchmark and s.subset == (self.subset or s.subset)
        ]
        return best_founded_score(own, "") if own else None


#: One for each kind: several would each have other models, and their figures never meet.
KIND_TESTS: Mapping[Kind, KindTest] = {
    Kind.EMBEDDING: KindTest(benchmark="MTEB Multilingual"),
    Kind.OCR: KindTest(benchmark="olmOCR-bench"),
    Kind.TRANSCRIPTION: KindTest(benchmark="Real Multilingual Conversation", subset="Spanish"),
    Kind.REALTIME: KindTest(benchmark="τ-voice"),
    Kind.IMAGE: KindTest(benchmark="Arena", subset="Text to image"),
}
#: A language's own test: what models can do in English says less of a small language.
LANGUAGE_TESTS: Mapping[str, KindTest] = {"estonian": KindTest(benchmark="Estonian Language Leaderboard")}
#: A task that tests of right answers do not judge: style is what readers prefer. Tests of following
#: instructions, which the fit of all has under writing, say how well a form is met, not how it reads.
TASK_TESTS: Mapping[Task, KindTest] = {Task.WRITING: KindTest(benchmark="Arena", subset="Creative writing")}
#: Fewer models than this tell nothing of the spread.
FEWEST = 4
#: How far one test of a kind is from what another of it would say, in standard deviations: as where the two
#: go together by 0.9, which tests of text do at least.
ONE_TEST = 0.44
#: How far a model may be from the tested one before it.
ONE_STEP = 0.3
#: A logit for a point of rating: 400 points are odds of ten to one.
_RATING = math.log(10) / 400


def by_test(test: KindTest, models: Iterable[Model]) -> Abilities:
    """The abilities of models by one test; none where too few have a score of it."""
    scores = {m.id: s for m in models if (s := test.score_of(m))}
    if len(scores) < FEWEST:
        return Abilities()
    values = {name: _logit(score) for name, score in scores.items()}
    mean, spread = fmean(values.values()), pstdev(values.values()) or 1.0
    return Abilities(
        models={
            name: Ability(
                model=name,
                general=_interval((values[name] - mean) / spread, _error(score) / spread),
                scores=1,
                measured=int(score.evidence != Evidence.CLAIMED),
                newest=score.as_of,
                voted=score.evidence == Evidence.VOTED,
            )
            for name, score in sorted(scores.items())
        }
    )


def followed(model: str, tested: Abilities) -> Ability | None:
    """What is known of an untested model by the tested one before it in its line; None where none was."""
    labs = {name.partition("/")[0] for name in tested.models}
    before = predecessor(model, tested) if model.partition("/")[0] in labs else ""
    if not before or name_shape(before) != name_shape(model) or (known := tested.of(before)).general is None:
        return None
    interval = known.general
    return replace(
        known, model=model, general=_interval(interval.middle, interval.deviation, ONE_STEP), by=before
    )


def _interval(middle: float, error: float, more: float = ONE_TEST) -> Interval:
    reach = TENTH * math.hypot(error, more)
    return Interval(low=round(middle - reach, 2), middle=round(middle, 2), high=round(middle + reach, 2))


def _logit(score: Score) -> float:
    if score.unit == Unit.RATING:
        return float(score.score) * _RATING
    share = min(max(float(score.score) / 100, 0.005), 0.995)
    return math.log(share / (1 - share)) * (-1 if score.lower_is_better else 1)


def _error(score: Score) -> float:
    """The standard error on the same scale; nothing where none is published."""
    if score.stderr is None:
        return 0.0
    if score.unit == Unit.RATING:
        return float(score.stderr) * _RATING
    share = min(max(float(score.score) / 100, 0.005), 0.995)
    return float(score.stderr) / 100 / (share * (1 - share))
