"""The parts of a need that say what comes first: what cost, quality and speed weigh, and by which figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from playground.ability import LANGUAGE_TESTS, Task
from playground.catalog import Catalog, Score
from playground.need.form import Choices, Control, Part, Section, tick
from playground.need.levels import LEVELS
from playground.need.need import HEAVIEST
from playground.need.values import MOST, WrongError, called, named, near, number, speeds, whole

ORDER = Section(
    id="order",
    title="Order",
    note="Quality is how able public scores make a model. With equal weights, a standard deviation of it is "
    "worth ten times the cost. How fast an offering is no source says: measure it in",
    link=("playground/", "the playground"),
)
#: A series of scores with fewer models than this tells nobody apart.
ENOUGH = 4


def series(catalog: Catalog) -> dict[str, int]:
    """Every series of scores, with how many models have one, those with most first."""
    return _counts(catalog, lambda score: score.series)


def tests(catalog: Catalog) -> dict[str, int]:
    """Every test, however and by whomever it was run, with how many models have a score of it."""
    return _counts(catalog, lambda score: score.test)


def _counts(catalog: Catalog, name_of: Callable[[Score], str]) -> dict[str, int]:
    counts = Counter(
        name for m in catalog.models.values() for name in {name_of(s) for s in m.scores if s.is_compared}
    )
    return dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def _series(catalog: Catalog) -> Choices:
    """Series first, in which all is alike; then tests, whose runs differ in what each score says."""
    alike = {name: n for name, n in series(catalog).items() if n >= ENOUGH}
    wide = {name: n for name, n in tests(catalog).items() if n >= ENOUGH}
    return [
        ("", "not looked at"),
        *((name, f"{name}: {n} models") for name, n in alike.items()),
        *((name, f"{name}, runs differ: {n} models") for name, n in wide.items()),
    ]


#: What else writing is called.
_CREATIVE = dict.fromkeys(("creative", "creative writing"), str(Task.WRITING))


def _task(value: Any, _: Catalog) -> Task | None:
    text = " ".join(str(value).lower().replace("_", " ").replace("-", " ").split())
    if text in ("", "any", "anything", "general"):
        return None
    text = _CREATIVE.get(text, text)
    try:
        return Task(text)
    except ValueError:
        raise WrongError(f"there is no {value!r}{near(text, list(Task))}") from None


def _language(value: Any, _: Catalog) -> str:
    text = str(value).strip().lower()
    if text in ("", "any", *LANGUAGE_TESTS):
        return text.removeprefix("any")
    raise WrongError(
        f"no public test of {value!r} is known here; there is one of {', '.join(LANGUAGE_TESTS)}"
    )


def _able(value: Any, catalog: Catalog) -> str:
    """A level, or a model that another must be as good as."""
    text = str(value).strip().lower()
    if text in ("", "any", *LEVELS):
        return text.removeprefix("any")
    if text in catalog.models:
        return text
    if model := called(value, ((m.id, m.name) for m in catalog.models.values())):
        return model
    raise WrongError(f"is {', '.join(LEVELS)} or a model, not {value!r}{near(text, list(catalog.models))}")


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
    Part(
        name="task",
        read=_task,
        section=ORDER,
        control=Control.CHOICE,
        label="What it is for",
        choices=lambda _: [("", "anything"), *((str(t), str(t)) for t in Task)],
        help=f"What it is for: {', '.join(Task)}.",
    ),
    Part(
        name="language",
        read=_language,
        section=ORDER,
        control=Control.CHOICE,
        label="A language that has a public test",
        choices=lambda _: [("", "any"), *((name, name.title()) for name in LANGUAGE_TESTS)],
        help=f"A language that it must know, where that has a public test: {', '.join(LANGUAGE_TESTS)}.",
    ),
    Part(
        name="able",
        read=_able,
        section=ORDER,
        control=Control.TEXT,
        label="As able as",
        placeholder="any; hard, or openai/gpt-6-luna",
        choices=lambda _: [(name, f"{level.label}: {level.work}") for name, level in LEVELS.items()],
        help=f"How able it must be: {', '.join(LEVELS)}, or a model that it must be as good as.",
    ),
    _weight_of("cost", 1, ""),
    _weight_of("quality", 1, ""),
    tick(
        "accepted",
        ORDER,
        "By the cost of each right answer",
        "Order by the cost of each answer that is likely to be right.",
        "the cost over the odds of success at the task’s benchmark",
    ),
    Part(
        name="benchmark",
        read=lambda value, catalog: named(
            value, {**series(catalog), **tests(catalog)}, "the series of scores"
        ),
        section=ORDER,
        control=Control.CHOICE,
        label="A score it must have, in",
        choices=_series,
        help="A series of scores for min-score to go by, or a test, whose runs then differ.",
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
