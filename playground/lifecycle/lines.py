"""Which offerings are newer ones of a model's line, by the words and numbers of names, through one index."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from playground.catalog import Catalog, Offering
from playground.labels.naming import NameParts, name_parts

#: Words that say how a model answers, not of which line it is: a later one may do both, and lose the word.
MODES = frozenset(["thinking", "reasoning", "reasoner", "non"])
#: Words that say what a model is made for: two lines differ in that where these differ.
SPECIALITIES = frozenset(
    {
        *("coder", "code", "codex", "math", "cyber", "law", "search"),
        *("research", "translate", "mt", "captioner"),
        *("vl", "v", "vision", "omni", "multimodal", "ocr", "doc"),
        *("parse", "document", "image", "video"),
        *("audio", "voice", "speech", "tts", "stt", "asr", "transcribe"),
        *("realtime", "live", "sonic", "native"),
        *("embed", "embedding", "embeddings", "rerank", "reranker", "guard", "safeguard"),
        *("moderation", "robotics"),
    }
)
#: What is on trial takes the place of nothing but another trial.
TRIALS = re.compile(r"-(?:preview|beta|exp|experimental|alpha)(?:-|$)")
#: Two models are of one size where neither has more than so many times the other's parameters.
SAME_SIZE = 2.0


@cache
def line_of(model: str) -> tuple[str, ...]:
    """The words that a line's models share, its tier and speciality among them: `("claude", "haiku")`."""
    return tuple(sorted(set(name_parts(model).terms) - MODES))


def succeeds(new: str, old: str) -> bool:
    """Whether two ids are of one lab's line and alike, and the numbers of the first are later."""
    before, after = name_parts(old), name_parts(new)
    if old.partition("/")[0] != new.partition("/")[0] or line_of(new) != line_of(old):
        return False
    if before.parameters != after.parameters:
        return False
    if set(before.terms) & MODES != set(after.terms) & MODES:
        return False
    return ((), (0, 0)) < (before.version, before.month or (0, 0)) < (after.version, after.month or (0, 0))


class Lines:
    """The offerings of a catalog by provider, lab and line, and where labs send a line's users."""

    def __init__(self, catalog: Catalog) -> None:
        self._models = catalog.models
        self._of_lab: dict[tuple[str, str], list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._of_lab[offering.provider, offering.lab].append(offering)
        self._by_line: dict[tuple[str, str], dict[tuple[str, ...], list[Offering]]] = {}
        self._next = _next_lines(catalog)

    def _parts(self, model: str) -> NameParts:
        """A model's name taken apart; of an alias, the name of what it leads to."""
        return name_parts(str(self._models[model].value("points_to") or model))

    def newer(self, old: Offering) -> Iterator[Offering]:
        """The newer offerings at its provider, newest first: of its line, then of those that follow it."""
        own = line_of(old.model)
        yield from self._newest(old, self._at(old, own))
        for line in self._next.get((old.lab, own), ()):
            yield from self._newest(old, self._at(old, line))

    def _at(self, old: Offering, line: tuple[str, ...]) -> Sequence[Offering]:
        lab = (old.provider, old.lab)
        if lab not in self._by_line:  # names are taken apart of those labs alone that are asked about
            lines = self._by_line[lab] = defaultdict(list)
            for offering in self._of_lab[lab]:
                lines[line_of(offering.model)].append(offering)
        return self._by_line[lab].get(line, ())

    def _newest(self, old: Offering, offerings: Sequence[Offering]) -> list[Offering]:
        newer = [o for o in offerings if o.version != "latest" and self._is_newer(old, o)]
        newer.sort(key=lambda o: (bool(o.version), o.variant != old.variant, o.channel != old.channel, o.key))
        newer.sort(key=lambda o: _age(o.model), reverse=True)
        return newer

    def _is_newer(self, old: Offering, new: Offering) -> bool:
        """Whether it is known to be newer; a name that leads to another model is no model of its own."""
        if new.model == old.model or self._models[new.model].value("points_to"):
            return False
        was, now = self._parts(old.model), name_parts(new.model)
        if set(now.terms) & MODES - set(was.terms) or not _of_one_size(was, now):
            return False
        if TRIALS.search(new.model) and not TRIALS.search(old.model):
            return False
        knew, knows = (self._models[o.model].value("knowledge") for o in (old, new))
        if knew and knows and str(knows) < str(knew):
            return False
        if was.numbers and now.numbers:
            # Lines that share no first word count apart, such as o3 and GPT-5.6.
            if was.terms[:1] != now.terms[:1]:
                return True
            return (now.version, now.month or (0, 0)) > (was.version, was.month or (0, 0))
        if was.month and now.month:
            return now.month > was.month
        if line_of(old.model) != line_of(new.model) or not (was.numbers or was.month):
            return bool(now.numbers or now.month)
        return bool((now.numbers or now.month) and knew and knows and str(knows) > str(knew))


def newest_of_lines(models: Iterable[str]) -> frozenset[str]:
    """Of these models the newest of each lab's line and size, by names, and those that no other follows."""
    return _newest_of(frozenset(models))


@lru_cache(maxsize=32)
def _newest_of(models: frozenset[str]) -> frozenset[str]:
    # The chooser asks of the same models whenever a number of a need is moved.
    lines: dict[tuple[str, tuple[str, ...], float | None], list[str]] = defaultdict(list)
    for model in models:
        lines[_line_and_size(model)].append(model)
    newest = (max(map(_age, line)) for line in lines.values())
    pairs = zip(lines.values(), newest, strict=True)
    return frozenset(model for line, age in pairs for model in line if _age(model) == age)


@cache
def _line_and_size(model: str) -> tuple[str, tuple[str, ...], float | None]:
    return model.partition("/")[0], line_of(model), name_parts(model).parameters


@cache
def _age(model: str) -> tuple[tuple[int, ...], tuple[int, int]]:
    parts = name_parts(model)
    return parts.version, parts.month or (0, 0)


def _of_one_size(was: NameParts, now: NameParts) -> bool:
    if was.parameters is None or now.parameters is None:
        return was.parameters is now.parameters
    return max(was.parameters, now.parameters) <= SAME_SIZE * min(was.parameters, now.parameters)


def _speciality(line: Iterable[str]) -> frozenset[str]:
    return SPECIALITIES & frozenset(line)


def _next_lines(catalog: Catalog) -> Mapping[tuple[str, tuple[str, ...]], Sequence[tuple[str, ...]]]:
    """By lab and line, the lines of that lab that replacements are named from: most often first, its own word
    before others'."""
    own: dict[tuple[str, tuple[str, ...]], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for provider in catalog.providers.values():
        for named in provider.replacements:
            lab = named.model.partition("/")[0]
            old, new = line_of(named.model), named.instead[0]
            if (
                new.partition("/")[0] == lab
                and line_of(new) != old
                and _speciality(old) == _speciality(line_of(new))
            ):
                own[lab, old][line_of(new)] += 1000 if provider.id == lab else 1
    return {
        key: [line for line, _ in sorted(c.items(), key=lambda n: (-n[1], n[0]))] for key, c in own.items()
    }
