"""What is known of a model before any score: its age, line and size.

The fit expects of a model what such models are like; its own scores soon weigh more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playground.catalog import Catalog, Evidence, Model, Offering
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
    """One model: `released` is a year such as 2026.454, `size` in billions of parameters; None is unknown.

    `tier` is where its name puts it among the sizes of its generation: 1 above the plain one, -1 below it.
    """

    line: str
    released: float | None = None
    size: float | None = None
    tier: int = 0


def backgrounds(catalog: Catalog) -> Mapping[str, Background]:
    """The background of each model with scores.

    A model came out on the day that its sources say, which the site shows, unless it surely was out before;
    where none says one, with the first of its generation that has a day or left a trace, and no later than
    what follows it in its line.
    """
    offerings: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        offerings[offering.model].append(offering)
    scored = {name: model for name, model in sorted(catalog.models.items()) if model.scores}
    own = {name: _own_year(model, offerings[name]) for name, model in scored.items()}
    first: dict[object, float] = {}
    for name, model in scored.items():
        day = own[name]
        for year in _traces(model, offerings[name]) if day is None else (day,):
            first[_generation(name)] = min(year, first.get(_generation(name), year))
    lines: dict[str, list[str]] = defaultdict(list)
    for name in scored:
        lines[_line(name)].append(name)

    def by(name: str) -> float | None:
        """The year by which a model without a day was out."""
        after = (day for other in lines[_line(name)] if (day := own[other]) and _follows(other, name))
        traced = first.get(_generation(name))
        return min(after, default=traced) if traced is None else min((traced, *after))

    came_out = {name: own[name] or by(name) for name in scored}
    return {
        name: Background(
            line=_line(name), released=came_out[name], size=name_parts(name).parameters, tier=tier_of(name)
        )
        for name in scored
    }


def _own_year(model: Model, offerings: Iterable[Offering]) -> float | None:
    """The year in which a model came out by its own sources, such as 2026.4; None where none tells.

    Many give the day of general availability: a model that others had measured by then was out before.
    """
    text = str(model.value("released") or "")
    moment = _DAY.search(text) or _MONTH.search(text)
    return min((_year(*moment.groups()), *_out_by(model, offerings))) if moment else None


def _out_by(model: Model, offerings: Iterable[Offering]) -> Iterator[float]:
    """The years by which a model was out for certain: a month tells no more than its end.

    A claim is no such thing, since a lab tests a model before it is out.
    """
    measured = (score.as_of for score in model.scores if score.evidence != Evidence.CLAIMED)
    for text in (*_days(model, offerings), *measured):
        if moment := _DAY.search(text) or _MONTH.search(text):
            yield _year(*(*moment.groups(), "31")[:3])


def _days(model: Model, offerings: Iterable[Offering]) -> Iterator[str]:
    """The days and the month that a model's id and its versions name."""
    yield from (day[0] for text in (model.id, *(o.version for o in offerings)) if (day := _DAY.search(text)))
    if month := name_parts(model.id).month:
        yield f"{2000 + month[0] % 100}-{month[1]:02}"


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


def _follows(later: str, model: str) -> bool:
    """Whether the numbers of a model of the same line are later ones."""
    return () < name_parts(model).version < name_parts(later).version


def _traces(model: Model, offerings: Iterable[Offering]) -> Iterator[float]:
    """Each year in which a model was out, as its id, versions, scores and knowledge tell."""
    for text in (*_days(model, offerings), *(score.as_of for score in model.scores)):
        if moment := _DAY.search(text) or _MONTH.search(text):
            yield _year(*moment.groups())
    if knowledge := _MONTH.search(str(model.value("knowledge") or "")):
        yield round(_year(*knowledge.groups()) + _AFTER_KNOWLEDGE, 3)


def _year(year: str, month: str, day: str = "16") -> float:
    """A day as a year with its part, such as 2026.454, which never is the next one; a month is its middle."""
    return round(int(year) + (int(month) - 1 + max(int(day) - 1, 0) / 31) / 12, 3)
