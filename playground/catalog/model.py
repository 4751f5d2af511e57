"""What a lab made, and what benchmarks say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from playground.catalog.facts import Fact, Record, Value
from playground.catalog.vocabulary import Evidence, RunEffort, Unit

#: The categories of votes that are compared beside tests, and go to the browser: one for each kind of work.
VOTES = frozenset(
    {
        *("Everything (overall)", "Coding", "Understanding images", "Building websites and apps"),
        *("Creative writing", "Text to image"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedScore:
    """A score with the model it is about, and `variant`, how it was run, in its source's words."""

    model: str
    score: Score
    variant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One published figure of a benchmark: what was tested, how, by whom, and what came of it.

    `benchmark`, `version`, `subset` (which of its tasks) and `metric` say which test it is; `effort`,
    `harness` and `setting` (tools, shots, who plays the user) how it was run, `by` who ran it; `snapshot` is
    the dated version of the model, `as_of` a day or a month. `score` is in `unit`, and so are `stderr` and
    the interval of 95 % from `low` to `high`, where they are published; `n` is how many tasks, or votes, it
    rests on. `note` is about where the figure is from and no part of what is compared; `source` is the list
    it was read from. Empty or None is unknown.
    """

    benchmark: str
    score: Decimal
    metric: str
    evidence: Evidence
    by: str
    link: str
    as_of: str
    version: str = ""
    subset: str = ""
    unit: Unit = Unit.PERCENT
    effort: RunEffort | None = None
    harness: str = ""
    setting: str = ""
    snapshot: str = ""
    n: int | None = None
    stderr: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    note: str = ""
    source: str = ""

    @property
    def test(self) -> str:
        """The test it is a score of: benchmark, version, tasks and metric, however and by whomever run."""
        which = ", ".join(filter(None, (self.version, self.subset, self.metric)))
        return f"{self.benchmark} ({which})" if which else self.benchmark

    @property
    def series(self) -> str:
        """What compares strictly: the same test, run in the same way, by the same people."""
        return f"{self.benchmark} ({self.run}), {self.backing}"

    @property
    def text(self) -> str:
        """The figure without trailing zeros; to a tenth where it is known to be less exact than that."""
        return f"{self.score:.1f}" if self.stderr else f"{self.score.normalize():f}"

    @property
    def is_compared(self) -> bool:
        """Whether it is set beside others': of votes one category for each kind of work is enough."""
        return self.evidence != Evidence.VOTED or self.subset in VOTES

    @property
    def run(self) -> str:
        """Version, tasks, effort, harness, setting and metric."""
        effort = f"{self.effort} effort" if self.effort else ""
        parts = (self.version, self.subset, effort, self.harness, self.setting, self.metric)
        return ", ".join(filter(None, parts))

    @property
    def backing(self) -> str:
        """Who stands behind it, and how."""
        own = self.by.startswith("own lab")
        return "claimed by each lab" if own else f"{self.evidence} by {self.by}"

    @property
    def lower_is_better(self) -> bool:
        return "lower is better" in self.metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What a lab made: facts that are true of it wherever it runs, and what benchmarks say of it."""

    id: str
    records: Mapping[str, Record] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    scores: Sequence[Score] = ()

    @property
    def lab(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        value = self.value("name")
        return value if isinstance(value, str) else self.id.partition("/")[2]

    def value(self, name: str) -> Value | None:
        fact = self.facts.get(name)
        return fact.value if fact else None


#: The field of an alias that names the model it stands for.
POINTS_TO = "points_to"


def aliases_of(models: Mapping[str, Model]) -> Mapping[str, tuple[Model, ...]]:
    """The aliases that point to each model, by its id; models that no alias points to are left out."""
    aliases: dict[str, list[Model]] = defaultdict(list)
    for model in models.values():
        # Names first: where facts are read when they are looked at, the others stay unread.
        if POINTS_TO in model.facts and isinstance(target := model.value(POINTS_TO), str):
            aliases[target].append(model)
    return {target: tuple(several) for target, several in aliases.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """Who makes models."""

    id: str
    name: str


def score_goodness(score: Score | None) -> Decimal:
    """A score turned so that more is better; minus infinity where there is none."""
    if score is None:
        return Decimal("-Infinity")
    return -score.score if score.lower_is_better else score.score


#: Standard errors to either side of an interval of 95 %.
_WIDTH = Decimal("1.96")
#: What of a run must be alike for a strict comparison, as a reader calls it.
RUN_PARTS = {
    "effort": "effort",
    "harness": "harness",
    "setting": "setting",
    "evidence": "evidence",
    "by": "run by",
}


def differing(a: Score, b: Score) -> tuple[str, ...]:
    """What differs between two runs of one test, such as `effort: high / not stated`.

    Empty: they meet strictly. Labs that each claim of their own models count as the same people.
    """
    both = ((name, _part(a, field), _part(b, field)) for field, name in RUN_PARTS.items())
    return tuple(
        f"{name}: {one or 'not stated'} / {other or 'not stated'}"
        for name, one, other in both
        if one != other
    )


def varying(scores: Iterable[Score]) -> tuple[str, ...]:
    """What differs among several runs of one test, as a reader calls it, such as `effort`."""
    each = tuple(scores)
    return tuple(
        name for field, name in RUN_PARTS.items() if len({_part(score, field) for score in each}) > 1
    )


def _part(score: Score, name: str) -> str:
    if name == "by" and score.by.startswith("own lab"):
        return "each lab"
    return str(getattr(score, name) or "")


def within_error(a: Score, b: Score) -> bool:
    """Whether two figures may be one: their intervals of 95 % overlap, or their difference is within its own.

    A standard error that one of them does not give is taken to be the other's.
    """
    if a.low is not None and a.high is not None and b.low is not None and b.high is not None:
        return a.low <= b.high and b.low <= a.high
    errors = [s.stderr for s in (a, b) if s.stderr is not None]
    if not errors:
        return False
    variance = sum(error * error for error in (errors * 2)[:2])
    return (a.score - b.score) ** 2 <= _WIDTH * _WIDTH * variance


def newest_score(scores: Sequence[Score], version: str) -> Score | None:
    """The latest of a model's scores in one series that hold for this version of it.

    A score of a dated snapshot says nothing of another snapshot. Of two of the same day the worse counts.
    """

    def rank(score: Score) -> tuple[bool, str, Decimal]:
        return score.snapshot == version, score.as_of, -score_goodness(score)

    return max(scores_of(scores, version), key=rank, default=None)


def scores_of(scores: Sequence[Score], version: str) -> list[Score]:
    """Those of a model's scores that hold for this version of it."""
    return [s for s in scores if s.snapshot in ("", version)]


_EFFORTS = list(RunEffort)
_EVIDENCE = [Evidence.VOTED, Evidence.CLAIMED, Evidence.MEASURED]


def best_founded_score(scores: Sequence[Score], version: str) -> Score | None:
    """The one of a model's scores of one test that says most of it, however it was run.

    A measured one before a claimed one, then that of the highest effort that is known, then the latest; of
    two of the same day the worse.
    """

    def rank(score: Score) -> tuple[int, bool, int, str, Decimal]:
        effort = _EFFORTS.index(score.effort) if score.effort else -1
        founded = _EVIDENCE.index(score.evidence)
        return founded, score.snapshot == version, effort, score.as_of, -score_goodness(score)

    return max(scores_of(scores, version), key=rank, default=None)
