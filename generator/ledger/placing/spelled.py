"""One model under several spellings of its id, told by all the ids of its lab.

An id alone does not say whether `m25` is 2.5 or 25. That the lab has an `m2.5` does. So what only separators,
a `.0`, or the size of a model that comes in one size tell apart is one model, under the spelling that its lab
itself uses, else the one that most providers use.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import combinations

#: How big a model is, and how much of it works at once: `30b`, `1.5b`, `235b-a22b`, `2.4t-a95b`.
_SIZE = re.compile(r"(?<![a-z0-9.])\d+(?:\.\d+)?[bt](?:-a\d+(?:\.\d+)?b)?(?![a-z0-9])")
_ZERO = re.compile(r"(?<=\d)[.-]0(?![a-z0-9.])")

type Uses = Mapping[str, Set[tuple[str, bool]]]


def one_spelling(uses: Uses, apart: Collection[str]) -> dict[str, str]:
    """Each id that is another spelling → the id it is one of.

    `uses` are the models' ids with the providers that serve them, each with whether it is the lab itself.
    Those `apart` are what they are, however alike another looks.
    """
    by_lab: dict[str, list[str]] = defaultdict(list)
    for model in uses:
        if model not in apart:
            by_lab[model.partition("/")[0]].append(model)
    leads: dict[str, str] = {}
    for models in by_lab.values():
        # Who serves both means two by them: `gemini-1.5-flash-8b` is no `gemini-1.5-flash`.
        sizeless = (
            (a, b) for a, b in _without_size(models) if not {p for p, _ in uses[a]} & {p for p, _ in uses[b]}
        )
        for group in _joined([*_alike(models), *_with_half_a_size(models), *sizeless]):
            first = min(group, key=lambda m: _rank(m, uses[m]))
            leads |= {model: first for model in group if model != first}
    return leads


def spelled(model: str, models: Iterable[str]) -> str | None:
    """The one of these ids that differs from a model's in separators only; None where none or several do."""
    lab, _, name = model.partition("/")
    same = [m for m in models if m.startswith(f"{lab}/") and _are_one(m.partition("/")[2], name)]
    return same[0] if len(same) == 1 else None


def _rank(model: str, uses: Set[tuple[str, bool]]) -> tuple[bool, int, int, int, int, str]:
    own = any(itself for _, itself in uses)
    return not own, -len(uses), -model.count("."), len(_SIZE.findall(model)), -model.count("-"), model


def _key(name: str) -> str:
    return re.sub(r"[.-]", "", _ZERO.sub("", name))


def _are_one(a: str, b: str) -> bool:
    """Whether two names of a lab differ in separators only, and not in size: `qwen3-1.7b` is no 31.7b."""
    if _key(a) != _key(b):
        return False
    return _SIZE.findall(a) == _SIZE.findall(b) or a.replace(".", "-") == b.replace(".", "-")


def _alike(models: Iterable[str]) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for model in models:
        groups[_key(model.partition("/")[2])].append(model)
    for group in groups.values():
        for a, b in combinations(group, 2):
            if _are_one(a.partition("/")[2], b.partition("/")[2]):
                yield a, b


def _without_size(models: Collection[str]) -> Iterator[tuple[str, str]]:
    """A model without its size and with it, where its lab has it in no other."""
    sizes: dict[str, set[str]] = defaultdict(set)
    for model, size in _sized(models):
        sizes[model[: size.start()]].add(_half(size))
    known = set(models)
    for model, size in _sized(models):
        before, after = model[: size.start()], model[size.end() :]
        if len(sizes[before]) == 1 and (name := before.rstrip("-") + after) in known:
            yield name, model


def _with_half_a_size(models: Collection[str]) -> Iterator[tuple[str, str]]:
    """A model with how big it is, and with how much of it works too, where its lab has one such of that size.

    Nobody means two by them, not even who serves both: what is as big has as much at work.
    """
    whole: dict[str, set[str]] = defaultdict(set)
    for model, size in _sized(models):
        if _half(size) != size[0]:
            whole[model[: size.start()] + _half(size)].add(size[0])
    known = set(models)
    for model, size in _sized(models):
        half = model[: size.start()] + _half(size)
        name = half + model[size.end() :]
        if name != model and name in known and len(whole[half]) == 1:
            yield name, model


def _sized(models: Iterable[str]) -> Iterator[tuple[str, re.Match[str]]]:
    return ((model, size) for model in models for size in _SIZE.finditer(model))


def _half(size: re.Match[str]) -> str:
    """How big, of a size that also says how much of it works."""
    return size[0].partition("-a")[0]


def _joined(pairs: Iterable[tuple[str, str]]) -> Iterator[set[str]]:
    """The pairs as groups of what hangs together."""
    group_of: dict[str, set[str]] = {}
    for a, b in pairs:
        both = group_of.get(a, {a}) | group_of.get(b, {b})
        group_of |= dict.fromkeys(both, both)
    yield from {id(group): group for group in group_of.values()}.values()
