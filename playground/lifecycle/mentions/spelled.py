"""Names of models as people write them, which are nobody's ids: `model: "Opus 5.5"`, `MODEL=gpt-4.1 mini`.

Only the value of a setting that holds a model is read so. What it means the resolver of names says
(`playground/naming`), which is made when the first such value is met: most texts hold ids alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import PurePosixPath

from playground.lifecycle.mentions.naming import MODEL
from playground.lifecycle.mentions.prose import MARKUP, SLASHES
from playground.naming.forms import joined, units
from playground.naming.resolver import Resolution, Resolver

#: A value in quotes, or one that its line's end, a comment, or a list's or group's sign ends.
QUOTED = r"""\\?(?P<quote>["'`])(?P<quoted>\w[\w .:/@+()-]{1,79})\\?(?P=quote)"""
BARE = r"""(?P<bare>[A-Za-z0-9](?:[\w.:/@+-]|[ ](?![ #/-])){1,79})(?=[ \t]*(?:[\r\n,;}\]]|[ \t](?:#|//)|$))"""
#: A setting from its `model` on. Before its value may stand a type (`model: str = `), a call's or a list's
#: bracket, or what gives a variable's default.
SETTING = (
    r"""[\w$.-]{0,60}+\\?["'`]?\]?"""
    r"""(?::[ \t]{0,4}+[A-Za-z][\w.]{0,30}+(?:\[\w{1,20}\])?(?:[ \t]?\|[ \t]?\w{1,20})?(?=[ \t]{0,4}=))?"""
    r"""[ \t]{0,40}+(?P<sign>:-|:=|=>|==?|:|\(|,|\)?[ \t]?(?:\|\||\?\?|or(?=[ \t])))?"""
)
IN_PROGRAM = re.compile(rf"{SETTING}[ \t]{{0,40}}+(?P<list>\[)?\s{{0,40}}+{QUOTED}(?P<bare>)(?P<items>)")
#: A value without quotes goes after some of the signs, and so does a list with a line for each value.
ELSEWHERE = re.compile(
    rf"{SETTING}(?:[ \t]{{0,40}}+(?P<list>\[)?\s{{0,40}}+{QUOTED}|"
    rf"(?<=[:=-])(?:[ \t]{{0,40}}+\[?{BARE}|(?P<items>[ \t]*\r?\n)))"
)
#: The next of a list's values, in brackets or in YAML.
NEXT = re.compile(rf"\s{{0,40}}+,\s{{0,40}}+{QUOTED}")
ITEM = re.compile(rf"""(?:[ \t]*\r?\n)?[ \t]{{0,40}}+-[ \t]{{1,4}}+(?:{QUOTED}|{BARE})""")
#: So many values of one list are read.
MOST = 40
#: A word that is longer, in characters, is no setting.
LONGEST = 80
#: What stands before it within a key.
KEY_BEGINS = re.compile(r"[\w$.-]{0,60}$")
KEY_ENDS = re.compile(r"[\w$.-]{0,60}")
#: What is no model itself but something of one: `model_type`, `modelVersion`, `engine_path`.
OF_MODEL = re.compile(
    r"(?:type|version|family|provider|vendor|class|kind|format|path|dir|directory|file|filename|url|uri|"
    r"description|desc|prompt|prefix|suffix|size|mode|role|owner|author|config|settings?|options?|params?|"
    r"tokens|temperature|deployment(?:_?name)?)s?$",
    re.I,
)
#: The version behind a name, as Google and OpenAI write it: which of them the catalog has no more.
OLD_VERSION = re.compile(r"[-@](?:00[0-9]|0[0-9][0-3][0-9]|1[0-2][0-3][0-9])$")
#: Files of programs, where what is not in quotes is a variable.
PROGRAMS = {".py", ".pyi", ".rb", ".r", ".jl", ".pl", ".php", ".tf", ".hcl", ".lua", *SLASHES, *MARKUP}


@dataclass(frozen=True, slots=True)
class Value:
    """What a setting that holds a model says, and where in the text it stands."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def is_program(path: str) -> bool:
    """Whether a file is of a program, in which what stands outside quotes is no text."""
    return PurePosixPath(path).suffix.lower() in PROGRAMS


def values_of(text: str, start: int, end: int, *, program: bool = False) -> Iterator[Value]:
    """The values of the setting whose name a word of the text, from start to end, is or ends.

    For a word that `holds_model`. A number or a plain word may name no model and is left out.
    """
    [*_, hit] = MODEL.finditer(text, start, end)
    setting = (IN_PROGRAM if program else ELSEWHERE).match(text, hit.end())
    if not setting:
        return
    if setting["items"]:
        values = _listed(ITEM, text, setting.end("sign"))
    elif setting["list"]:
        values = chain([setting], _listed(NEXT, text, setting.end()))
    else:
        values = iter([setting])
    for value in values:
        group = "quoted" if value["quote"] else "bare"
        name = value[group].rstrip()
        if _may_name(name):
            if OF_MODEL.search(_key(text, hit.end())):
                return
            yield Value(name, value.start(group))


def _listed(pattern: re.Pattern[str], text: str, start: int) -> Iterator[re.Match[str]]:
    for _ in range(MOST):
        if not (value := pattern.match(text, start)):
            return
        yield value
        start = value.end()


def _key(text: str, end: int) -> str:
    """A setting's whole name; `end` lies within it."""
    after = KEY_ENDS.match(text, end)
    before = KEY_BEGINS.search(text[max(0, end - 60) : end])
    return (before[0] if before else "") + (after[0] if after else "")


@lru_cache(maxsize=65536)
def holds_model(word: str) -> bool:
    """Whether a word may be the name of a setting that holds a model, or the end of it."""
    return len(word) <= LONGEST and MODEL.search(word) is not None


def _may_name(value: str) -> bool:
    """Whether a value has letters and a number, or several words; `fast` and `S0` name nothing."""
    if len(value) < 4 or value.endswith("/") or not any(map(str.isalpha, value)):
        return False
    return any(map(str.isdigit, value)) or any(sign in value for sign in " -")


class Spelled:
    """What values mean; `resolver` makes the resolver once it is needed."""

    def __init__(self, resolver: Callable[[], Resolver], ended: Iterable[str]) -> None:
        """`ended` are the names that vendors have ended, of which the catalog need not know the model."""
        self._make = resolver
        self._ended = ended
        self.meant = lru_cache(maxsize=4096)(self._meant)

    @cached_property
    def _resolver(self) -> Resolver:
        return self._make()

    @cached_property
    def _ended_as(self) -> dict[str, list[str]]:
        """The names that vendors have ended, by their letters and numbers alone."""
        names: dict[str, list[str]] = {}
        for name in self._ended:
            names.setdefault(joined(units(name)), []).append(name)
        return names

    def model_of(self, name: str) -> str:
        """The model of a name that a vendor has ended and no offering has; empty where several may be."""
        meant = self._resolver.meant(OLD_VERSION.sub("", name))
        return meant.model if meant else ""

    def _meant(self, value: str) -> Resolution | str | None:
        """The one model, with its provider where that is said, or the several; None for none.

        A name that a vendor has ended, where it is that but for its signs. A model whose own name is a word
        like others (`standard`) is none: the value may be that word.
        """
        if ended := self._ended_as.get(joined(units(value))):
            return min(ended, key=len)
        meant = self._resolver.meant(value)
        if not meant or not meant.model or self._resolver.now(value.lower()) == meant.model:
            return meant
        # Of a path that nobody has for an id, the end may be another model's with a part of its name.
        letters = {unit for unit in units(value.rpartition("/")[2]) if unit.isalpha()}
        if "/" in value and not letters <= set(units(meant.model)):
            return None
        return meant if _may_name(meant.model.partition("/")[2]) else None
