"""Which models are called most like a name that is none's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from playground.naming.forms import split_path
from playground.spelling import alike, pairs

#: What separates the words of a name.
WORD = re.compile(r"[\s:_-]+")
#: Names less alike than this are not meant.
_LEAST = 0.45


class Alike:
    """Models by the letters of what they are called; rows as in `name_data`, and all that each is called."""

    def __init__(self, models: Sequence[Sequence[Any]], texts: Iterable[set[str]]) -> None:
        self._spelled = [
            (model, places, _spelled(model), [_spelled(text) for text in sorted(called - {model})])
            for (model, _, places, _), called in zip(models, texts, strict=True)
        ]

    def nearest(self, text: str, most: int) -> list[str]:
        """The models called most alike, by the letters that they share; the most served first."""
        whole = _spelled(text)
        name = _spelled(split_path(text)[-1])
        scored = []
        for model, places, own, others in self._spelled:
            score = max(alike(whole, own), *(alike(name, each) for each in others))
            if score > _LEAST:
                scored.append((-score, -places, model))
        return [model for *_, model in sorted(scored)[:most]]


def _spelled(text: str) -> set[str]:
    """The letters of a name and their pairs: in `gtp-5` two letters changed places, and all are there."""
    same = "-".join(WORD.split(text))
    return pairs(same) | set(same)
