"""What is known of a model before any score: its age, line and size.

The fit expects of a model what such models are like; its own scores soon weigh more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playground.catalog import Catalog, Model, Offering
from playground.labels.naming import name_parts
from playground.lifecycle.lines import line_of

_DAY = re.compile(r"(?<!\d)(20[12]\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?!\d)")
_MONTH = re.compile(r"(20[12]\d)-(0[1-9]|1[0-2])")
#: A model is out so many years after its knowledge ends at the latest: an old one is still measured later.
_AFTER_KNOWLEDGE = 16 / 12


#: Words by which labs name the sizes of a generation whose parameters they do not tell. Which stands above
#: which is what their makers say; how much abler one tier is than the next the fit finds out.
TIERS = {
    **dict.fromkeys(("nano", "tiny", "micro"), -2),
    **dict.fromkeys(("mini", "lite", "flash", "haiku", "luna", "small", "air", "fast"), -1),
    **dict.fromkeys(("pro", "large", "max", "ultra", "opus", "fable", "astra"), 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """One model: `released` is a year such as 2026.4, `size` in billions of parameters; None is unknown.

    `tier` is where its name puts it among the sizes of its generation: 1 above the plain one, -1 below it.
    """

    line: str
    released: float | None = None
    size: float | None = None
    tier: int = 0


def backgrounds(catalog: Catalog) -> Mapping[str, Background]:
    """The background of each model with scores; those of one generation came out with the first of it."""
    offerings: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        offerings[offering.model].append(offering)
    scored = {name: model for name, model in sorted(catalog.models.items()) if model.scores}
    first: dict[object, float] = {}
    for name, model in scored.items():
        for year in _years(model, offerings[name]):
            first[_generation(name)] = min(year, first.get(_generation(name), year))
    return {
        name: Background(
            line=_line(name),
            released=round(first[_generation(name)], 2) if _generation(name) in first else None,
            size=name_parts(name).parameters,
            tier=tier_of(name),
        )
        for name in scored
    }


def came_out(model: Model) -> float | None:
    """The year in which a model came out by its own sources, such as 2026.4; None where none tells.

    Not `released`, which the fit reads: that is where models first left a trace, which for many is a score.
    """
    text = str(model.value("released") or "")
    if moment := _DAY.search(text) or _MONTH.search(text):
        year, month, day = (int(part) for part in (*moment.groups(), "1")[:3])
        return year + (month - 1) / 12 + (day - 1) / 372
    return None


def tier_of(model: str) -> int:
    """The tier that a model's name says, from -2 to 1; 0 where it says none."""
    return max(-2, min(1, sum(TIERS.get(term, 0) for term in name_parts(model).terms)))


def _line(model: str) -> str:
    return f"{model.partition('/')[0]}/{' '.join(line_of(model))}"


def _generation(model: str) -> object:
    """What models of one line and number share, whatever their size.

    Of a line without numbers those whose names differ by their size alone came out together too.
    """
    parts = name_parts(model)
    numbered = parts.version or parts.month or parts.parameters
    return (_line(model), parts.version, parts.month) if numbered else model


def _years(model: Model, offerings: Iterable[Offering]) -> Iterator[float]:
    """Each year in which a model was out, as its id, versions, sources, scores and knowledge tell."""
    days = [model.id, *(o.version for o in offerings)]
    days += [str(o.facts["released"].value) for o in offerings if "released" in o.facts]
    yield from (_year(*day.groups()) for text in days if (day := _DAY.search(text)))
    if month := name_parts(model.id).month:
        yield _year(str(2000 + month[0] % 100), str(month[1]))
    for text in (score.as_of for score in model.scores):
        if day := _DAY.search(text) or _MONTH.search(text):
            yield _year(*day.groups())
    if knowledge := _MONTH.search(str(model.value("knowledge") or "")):
        yield _year(*knowledge.groups()) + _AFTER_KNOWLEDGE


def _year(year: str, month: str, day: str = "15") -> float:
    return int(year) + (int(month) - 1) / 12 + int(day) / 365
