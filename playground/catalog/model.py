"""What a lab made, and what benchmarks say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from playground.catalog.facts import Fact, Record, Value
from playground.catalog.vocabulary import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedScore:
    """A score with the model it is about, in its source's words."""

    model: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One published figure of a benchmark, as its source gives it.

    `version` is the benchmark's, `variant` how it was run (effort, harness, tools), `snapshot` the dated
    version of the model where the source names one; `as_of` is a day or a month. Empty is unknown.
    """

    benchmark: str
    score: Decimal
    metric: str
    evidence: Evidence
    by: str
    link: str
    as_of: str
    version: str = ""
    variant: str = ""
    snapshot: str = ""

    @property
    def series(self) -> str:
        """What may be compared: the same benchmark, version, variant and metric, by the same people."""
        return f"{self.benchmark} ({self.run}), {self.backing}"

    @property
    def run(self) -> str:
        """Version, variant and metric."""
        return ", ".join(part for part in (self.version, self.variant, self.metric) if part)

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
    scores: tuple[Score, ...] = ()

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


def newest_score(scores: Sequence[Score], version: str) -> Score | None:
    """The latest of a model's scores in one series that hold for this version of it.

    A score of a dated snapshot says nothing of another snapshot. Of two of the same day the worse counts.
    """
    held = [s for s in scores if s.snapshot in ("", version)]

    def rank(score: Score) -> tuple[bool, str, Decimal]:
        return score.snapshot == version, score.as_of, -score_goodness(score)

    return max(held, key=rank, default=None)
