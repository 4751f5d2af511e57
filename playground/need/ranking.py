"""The parts of a need that say what comes first: what cost, quality and speed weigh, and by which figures."""

from __future__ import annotations

from typing import Any

from playground.catalog import Catalog
from playground.need.form import Choices, Control, Part, Section
from playground.need.need import HEAVIEST
from playground.need.values import MOST, named, number, speeds, whole

ORDER = Section(
    id="order",
    title="Order",
    note="With equal weights twice the score is worth twice the cost. How fast an offering is "
    "no source says: measure it in",
    link=("playground/", "the playground"),
)
#: A series of scores with fewer models than this tells nobody apart.
ENOUGH = 4


def series(catalog: Catalog) -> dict[str, int]:
    """Every series of scores, with how many models have one, those with most first."""
    counts: dict[str, int] = {}
    for model in catalog.models.values():
        for name in {s.series for s in model.scores}:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _series(catalog: Catalog) -> Choices:
    large = {name: n for name, n in series(catalog).items() if n >= ENOUGH}
    return [("", "not looked at"), *((name, f"{name}: {n} models") for name, n in large.items())]


def _weight(value: Any, _: Catalog) -> int:
    return whole(value, HEAVIEST)


def _weight_of(name: str, usual: int, meaning: str, needs: str = "") -> Part:
    return Part(
        name=name,
        read=_weight,
        section=ORDER,
        control=Control.WEIGHT,
        label=f"what {name} weighs",
        usual=str(usual),
        needs=needs,
        help=f"What {name} weighs, 0 to 9 ({usual}){meaning}.",
    )


RANKING = (
    _weight_of("cost", 1, ""),
    _weight_of("quality", 0, "; needs a benchmark", needs="benchmark"),
    Part(
        name="benchmark",
        read=lambda value, catalog: named(value, series(catalog), "the series of scores"),
        section=ORDER,
        control=Control.CHOICE,
        label="Quality is",
        choices=_series,
        help="A series of scores to judge quality by.",
    ),
    Part(
        name="min_score",
        read=lambda value, _: number(value, least=-MOST),
        section=ORDER,
        control=Control.NUMBER,
        label="The worst score that will do",
        placeholder="any",
        help="The worst score that will do.",
    ),
    _weight_of("speed", 0, "; needs speeds", needs="speeds"),
    Part(
        name="speeds",
        read=speeds,
        section=ORDER,
        control=Control.LINES,
        label="Tokens a second that you measured, an offering a line",
        placeholder="openai/direct/openai/gpt-6-luna 80",
        help="Tokens a second that you measured: 'openai/direct/openai/gpt-5 80, …'.",
    ),
)
