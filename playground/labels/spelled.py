"""A name for a model that sources give by its id alone: as the catalog's other names spell its words.

`gemini-2.5-flash-native-audio` is Gemini 2.5 Flash Native Audio, since other models are named Gemini. Where
no name has the first word of an id, how that is written is not known, and the id stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

_APART = re.compile(r"[\s\-_/()]+")
#: The first word of a name, and what stands between it and a number.
_JOINT = re.compile(r"([^\s\-_/()]+)([ \-])\d")
#: Numbers that an id writes apart: a day or month, and a version such as `5-1`.
_DAY = re.compile(r"(?<![\w.])(20\d\d-\d\d(?:-\d\d)?|(?:0\d|1[0-2])-\d\d)(?![\w.])")
_VERSION = re.compile(r"(?<![\w.])(v?\d)-(\d)(?=-|$)")
#: A word and the number that it is written with: `qwen3.8`, `v2`.
_NUMBERED = re.compile(r"([a-z]+)([\d.]+)")
#: Parameters, all or active.
_PARAMETERS = re.compile(r"a?\d+(?:\.\d+)?[bmt]|\d+x\d+b")
_VOWEL = re.compile(r"[aeiouy]")
_IN_SMALL = re.compile(r"[a-z0-9 .:@+_/()-]*")
#: A word of letters and digits that is no longer than this is an abbreviation: `i2v`, `fp8`.
_SHORT = 4

type _Counts = dict[str, int]


def is_id(name: str) -> bool:
    """Whether a name is an id, or written as one: in small letters alone."""
    return _IN_SMALL.fullmatch(name) is not None


class Spelling:
    """How names spell words, a lab's own and all of them, learnt from names."""

    def __init__(self, named: Mapping[str, str], more: Iterable[str] = ()) -> None:
        """`named` are names by the models' ids, `more` other names, as of labs; ids tell nothing."""
        self._terms: dict[str, _Counts] = {}
        self._joints: dict[str, _Counts] = {}
        for model, name in named.items():
            if not is_id(name):
                self._learn(f"{model.partition('/')[0]}/", name)
        for name in more:
            self._learn("", name)

    def _learn(self, lab: str, name: str) -> None:
        for word in _APART.split(name):
            low = word.lower()
            for at in {lab, ""}:
                counts = self._terms.setdefault(at + low, {})
                counts[word] = counts.get(word, 0) + 1
            if numbered := _NUMBERED.fullmatch(low):
                self._learn(lab, word[: len(numbered[1])])
        if joint := _JOINT.match(name):
            counts = self._joints.setdefault(joint[1].lower(), {})
            counts[joint[2]] = counts.get(joint[2], 0) + 1

    def of(self, model: str) -> str:
        """The name of a model by its id; the id without the lab where its first word is not known."""
        lab, _, own = model.partition("/")
        terms = list(_terms(_VERSION.sub(r"\1.\2", own)))
        first = terms[0] if terms else ""
        numbered = _NUMBERED.fullmatch(first)
        if not {first, numbered[1] if numbered else first} & self._terms.keys() or first.isdigit():
            return own
        spelled = [self._word(f"{lab}/", word) for word in terms]
        joint = " "
        if first in self._joints and terms[1:] and terms[1][0].isdigit():
            joint = _most(self._joints[first])
        return joint.join(filter(None, (spelled[0], " ".join(spelled[1:]))))

    def _word(self, lab: str, word: str) -> str:
        if known := self._terms.get(lab + word) or self._terms.get(word):
            return _most(known)
        if _PARAMETERS.fullmatch(word):
            return word.upper().replace("X", "x")
        if word[0].isdigit():
            return word
        if numbered := _NUMBERED.fullmatch(word):
            return self._word(lab, numbered[1]) + numbered[2]
        short = len(word) <= _SHORT and not word.isalpha()
        return word.upper() if short or not _VOWEL.search(word) else word.capitalize()


def _most(counts: _Counts) -> str:
    """What is counted most often; of several the first in the alphabet, whatever the order of learning."""
    return min(counts, key=lambda text: (-counts[text], text))


def _terms(own: str) -> Iterator[str]:
    """The words of an id; a day stays whole."""
    for part in _DAY.split(own):
        yield from (part,) if _DAY.fullmatch(part) else filter(None, re.split(r"[-_]", part))
