"""The front models: those that most readers come for, so that a gap or a fault of theirs is mended first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta

from generator.views.as_of import latest
from playground.catalog import Catalog, Kind
from playground.catalog.model import POINTS_TO
from playground.labels.naming import name_parts

#: So many models are front models, where there are so many lines.
FRONT = 60
#: A lab is a main one where so many providers sell what it makes, or where versus.yml names a model of it.
SELLERS = 30
#: A model that is known to be older than this stands at no front, unless versus.yml names its line.
OLDEST = timedelta(days=2 * 365)
#: A model speaks for its line once so many providers serve it: one alone may have an id of its own making.
SERVED_BY = 2
ENDED = "retired"

#: A lab and what the names of a line's models share: `("openai", "gpt-mini")`.
type Line = tuple[str, str]

#: The rule in words, as pages and the terminal show it.
RULE = (
    f"the newest model of each line of the main labs, {FRONT} in all: first the lines that versus.yml names "
    "a model of, then those that most providers serve. A line is what a model's name says without its "
    "numbers. A lab is a main one where versus.yml names a model of it, or where at least "
    f"{SELLERS} providers sell its chat models. A model that is an alias, that is served no more, that "
    f"fewer than {SERVED_BY} providers serve (unless versus.yml names it) or whose release is known to be "
    f"more than {OLDEST.days // 365} years ago (unless versus.yml names its line) does not count"
)


def front_models(catalog: Catalog, named: Collection[str]) -> tuple[str, ...]:
    """The front models by RULE, in its order; `named` are the models of versus.yml.

    The newest of a line has the highest version in its id; of equals most providers serve it.
    """
    serving = _serving(catalog, named)
    lines = {line_of(model) for model in named}
    labs = _main_labs(catalog, named)
    sellers: dict[Line, set[str]] = defaultdict(set)
    newest: dict[Line, str] = {}
    for model, providers in sorted(serving.items()):
        line = line_of(model)
        if line[0] not in labs or catalog.models[model].value(POINTS_TO):
            continue
        sellers[line] |= providers
        if len(providers) < SERVED_BY and model not in named:
            continue
        rival = newest.get(line)
        if rival is None or _age(rival, serving[rival]) < _age(model, providers):
            newest[line] = model
    order = sorted(newest, key=lambda line: (line not in lines, -len(sellers[line]), line))
    too_old = str(latest(catalog) - OLDEST) if catalog.sources else ""
    front = [
        newest[line]
        for line in order
        if line in lines or str(catalog.models[newest[line]].value("released") or "9999") >= too_old
    ]
    return tuple(front[:FRONT])


def line_of(model: str) -> Line:
    """A model's lab and line: `("openai", "gpt-mini")` of `openai/gpt-5-mini`."""
    return model.partition("/")[0], name_parts(model).line


def _serving(catalog: Catalog, named: Collection[str]) -> dict[str, set[str]]:
    """The providers that serve each model that chats or is named."""
    serving: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        counts = offering.model in named or offering.kind is Kind.CHAT
        if counts and offering.value("status") != ENDED:
            serving[offering.model].add(offering.provider)
    return serving


def _main_labs(catalog: Catalog, named: Iterable[str]) -> frozenset[str]:
    sellers: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        if offering.kind is Kind.CHAT:
            sellers[offering.lab].add(offering.provider)
    by_sale = {lab for lab, providers in sellers.items() if len(providers) >= SELLERS}
    return frozenset(by_sale | {model.partition("/")[0] for model in named})


def _age(model: str, providers: Collection[str]) -> tuple[tuple[int, ...], tuple[int, int], int]:
    name = name_parts(model)
    return name.version, name.month or (0, 0), len(providers)
