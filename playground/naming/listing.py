"""In which order models are offered, where a name may mean several of them.

The scripts of the site do the same (generator/web/site/names/listing.mjs); a test holds both to one answer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from playground.naming.forms import units

_NUMBERED = re.compile(r"(?P<number>[0-9.]+)(?P<rest>.*)")


def listed(places: Mapping[str, int], most: int) -> tuple[str, ...]:
    """Models by the places that serve them, those that most serve first.

    Of more than `most` one half are the newest of their lines, the line that most serve before the others:
    the newest `Claude` is hardly the one that most places have.
    """
    ordered = sorted(places, key=lambda model: (-places[model], model))
    if len(ordered) <= most:
        return tuple(ordered)
    lines: dict[str, list[str]] = defaultdict(list)
    for model in ordered:
        lines[_line(model)[0]].append(model)
    longest = sorted(lines, key=lambda line: (-sum(places[model] for model in lines[line]), line))
    newest = [max(lines[line], key=lambda model: _line(model)[1]) for line in longest[: most // 2]]
    return tuple(dict.fromkeys([*newest, *ordered]))[:most]


def _line(model: str) -> tuple[str, list[list[int]]]:
    """The words of a model's id, and its numbers, by which the newest of those words is told."""
    letters, numbers = [], []
    for unit in units(model.partition("/")[2]):
        if part := _NUMBERED.fullmatch(unit):
            numbers.append([int(digits) for digits in part["number"].split(".")])
        if not part or part["rest"]:
            letters.append(part["rest"] if part else unit)
    return " ".join(letters), numbers


def is_brand(name: str, own: int, others: Iterable[int]) -> bool:
    """Whether a name alone is a brand, and means no one model; `own` and `others` count places.

    It is one word without a number that several other models' names begin with, and one of these is at more
    than twice the places of the model that is called just so: `Grok` and `Nova`, but not `Sonar`.
    """
    parts = units(name)
    several = list(others)
    return len(parts) == 1 and parts[0].isalpha() and len(several) > 1 and max(several) > 2 * own
