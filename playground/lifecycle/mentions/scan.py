"""Finds the names of models in a text: a configuration, source code, an environment, a list.

Every word that a catalog's offering is called by counts: ids of providers, ids with a gateway's or a
library's prefix (`azure/gpt-4o`, `openai:chat:gpt-4o`, `bedrock/us.anthropic.…`), the catalog's own, and the
names that vendors have ended. So do constants of libraries that stand for ids. Words that are words besides
(`command`, `sonar`) count only as a model setting's value, and so do names as people write them (`Opus 5.5`).
A text is read in time that grows with its length, and no more than `MOST` names of it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate

from playground.catalog import Catalog, Offering, Support
from playground.lifecycle.ended import PROFILE, Ends, EndsByName
from playground.lifecycle.mentions.called import Called
from playground.lifecycle.mentions.constants import Constant, Constants
from playground.lifecycle.mentions.prose import Passages
from playground.lifecycle.mentions.reading import Mention, Reading
from playground.lifecycle.mentions.serving import JOINT, ROUTED, Surroundings
from playground.lifecycle.mentions.spelled import Spelled, holds_model, is_program, values_of
from playground.lifecycle.mentions.text_lines import TextLines
from playground.naming.resolver import Resolution, Resolver

#: Letters, digits and what ids join them with; a word of an id begins and ends with a letter or digit. A
#: variable of the environment (`${MODEL:-gpt-4o}`) is a word of its own, and so is what it is by default.
WORD = re.compile(r"(?<=\$\{)[A-Za-z_]\w*+(?=:?[-=])|[A-Za-z0-9](?:[A-Za-z0-9._:/@+-]*[A-Za-z0-9])?")
#: What an address asks of a model: it stands behind the name.
ASKED = re.compile(r"(?::(?:predict|[a-z]+[A-Z][A-Za-z]*)|/(?:invoke|converse)[a-z-]*)$")
#: A model that its user tuned: `ft:gpt-4o-mini-2024-07-18:acme::9xYz`, `davinci:ft-acme-2023-02-01`, and, as
#: Azure has it, `gpt-4o-mini-2024-07-18.ft-0ab3`. What is tuned is known by the first part.
TUNED = re.compile(
    r"(?:^|(?<=[:/]))(?:ft:[^:]+(?=:)|(?:ada|babbage|curie|davinci):ft(?=-)|[\w.-]+\.ft-(?=[0-9a-f]))", re.I
)
#: What makes a name another model's where people write it with a space: `GPT-4.1 Mini`.
SIZE = re.compile(r" (mini|nano|turbo|pro|lite)(?![\w-])", re.I)
#: So many names of one text are told; more are a list, and somebody's data.
MOST = 1000


class Scanner:
    """Every name that the offerings of a catalog go by, and those that vendors have ended."""

    def __init__(
        self,
        catalog: Catalog,
        ids: Mapping[str, Iterable[str]] | None = None,
        ends: Ends | None = None,
        resolver: Callable[[], Resolver] | None = None,
    ) -> None:
        """`ids` are what each offering is called, by its key, where the offerings do not say.

        `resolver` makes what knows names as people write them; without it they are not read.
        """
        self.ends = EndsByName(ends or Ends())
        self._spelled = Spelled(resolver, self.ends.providers_of) if resolver else None
        self._open = {m for m, model in catalog.models.items() if model.value("open_weights") == Support.YES}
        self._called = Called(catalog, ids)
        self._of_model: dict[str, list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._of_model[offering.model].append(offering)
        self._names = {*self._called.names(), *self.ends.providers_of}
        self._constants = Constants(self._names, self.owners)
        # Of a name at Bedrock, the region before it is none of its own.
        self._longest = max(map(len, self._names), default=0) + len("us-gov.")

    def named(self, text: str, path: str = "") -> Iterator[Mention]:
        """Every model that the text names, in its order; `path` tells what kind of file it is."""
        # A word that comes again is looked up once; most are neither a name nor a setting.
        known: dict[str, tuple[str, int | None, bool] | None] = {}
        hits: list[_Hit] = []
        spelled: list[_Hit] = []
        program = is_program(path)
        for match in WORD.finditer(text):
            word = match[0]
            if word not in known:
                name, start = self._named_by(word)
                setting = self._spelled is not None and holds_model(word)
                known[word] = (name, start, setting) if setting or start is not None else None
            if (known_as := known[word]) is None:
                continue
            name, start, setting = known_as
            if start is not None:
                larger = self._with_size(text, match) if not start else ""
                begin = match.start() + start
                hits.append(
                    (begin, larger, 0, larger.lower().replace(" ", "-"))
                    if larger
                    else (begin, name, start, None)
                )
            if setting:
                spelled += self._spelled_after(text, match, program=program)
        spelled += [(one.start, one.text, 0, one) for one in self._constants.named(text)]
        if spelled:
            hits = _merged(hits, spelled)
        if not hits:
            return
        lines = TextLines(text)
        starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        reading = Reading(self, lines, Surroundings(lines, path), Passages(lines, path))
        count = 0
        for at, word, start, meant in hits:
            number = bisect(starts, at) - 1
            if number in lines.ignored:
                continue
            column = at - start - starts[number]
            if isinstance(meant, Resolution):
                mention = reading.spelled(word, meant, number, column)
            elif isinstance(meant, Constant):
                name = meant.prefix + meant.name
                mention = reading.mention(name, len(meant.prefix), number, column, word)
            elif meant:
                mention = reading.mention(meant, 0, number, column, word)
            else:
                mention = reading.mention(word, start, number, column)
            if mention:
                yield mention
                count += 1
            if count >= MOST:
                return

    def _with_size(self, text: str, word: re.Match[str]) -> str:
        """A word with the size behind it, where both are a name together; empty where they are none."""
        size = SIZE.match(text, word.end())
        whole = f"{word[0]}{size[0]}" if size else ""
        return whole if whole.lower().replace(" ", "-") in self._names else ""

    def _spelled_after(self, text: str, setting: re.Match[str], *, program: bool) -> Iterator[_Hit]:
        """The values of a setting that mean models and are no names of this scanner."""
        if not self._spelled:
            return
        for value in values_of(text, setting.start(), setting.end(), program=program):
            if " " not in value.text and self._start(value.text.lower()) is not None:
                continue
            if meant := self._spelled.meant(value.text):
                yield value.start, value.text, 0, meant

    def _named_by(self, word: str) -> tuple[str, int | None]:
        """A word, but for what it asks of a model, and where a name begins in it."""
        if "ft" in word and (tuned := TUNED.search(word)):
            word = word[: tuned.end()]
        start = self._start(word.lower())
        if start is None and (asked := ASKED.search(word) or ROUTED.search(word)):
            word = word[: asked.start()]
            start = self._start(word.lower())
        return word, start

    def _start(self, word: str) -> int | None:
        """Where in a word the longest end of it that is a name begins, None where none is."""
        if len(word) < 2 or word.isdigit():
            return None
        if len(word) <= self._longest and self._is_name(word):
            return 0
        if "/" not in word and ":" not in word:
            return None
        # A name is no longer than the longest: what begins farther to the left need not be looked up.
        least = max(0, len(word) - self._longest)
        return next((m.end() for m in JOINT.finditer(word, least) if self._is_name(word[m.end() :])), None)

    def _is_name(self, word: str) -> bool:
        if word in self._names:
            return True
        profile = PROFILE.match(word)
        return profile is not None and word[profile.end() :] in self._names

    def offerings_called(self, name: str) -> list[Offering]:
        """The offerings that go by a name in lower case, each once."""
        return self._called.offerings(name) or self._called.offerings(PROFILE.sub("", name))

    def of_model(self, model: str) -> list[Offering]:
        return self._of_model.get(model, [])

    def model_of_ended(self, name: str) -> str:
        """The model of a name in lower case that only vendors' ends know; empty where nothing tells."""
        return self._spelled.model_of(name) if self._spelled and name in self.ends.providers_of else ""

    def are_weights(self, name: str, lab: str) -> bool:
        """Whether a name in lower case is of open weights, and none by which their lab's own API goes."""
        models = {o.model for o in self.offerings_called(name)}
        return bool(models) and models <= self._open and lab not in self.owners(name)

    def owners(self, name: str) -> set[str]:
        """The providers whose own id a name in lower case is."""
        return self._called.owners(name) | set(self.ends.providers_of.get(name, ()))


#: Where a name begins, the word, where in that the name begins, and what it means where it is no id: a model
#: or models, a library's constant, or a name that its vendor has ended.
type _Hit = tuple[int, str, int, Resolution | Constant | str | None]


def _merged(hits: Iterable[_Hit], spelled: Iterable[_Hit]) -> list[_Hit]:
    """In the text's order, without the words within a value that has a meaning as a whole.

    Nor is there a value that may mean several.
    """
    merged: list[_Hit] = []
    until = 0
    for hit in sorted([*hits, *spelled], key=lambda hit: (hit[0], hit[3] is None)):
        at, word, _, meant = hit
        if at < until:
            continue
        if meant:
            until = at + len(word)
        if not isinstance(meant, Resolution) or meant.model:
            merged.append(hit)
    return merged
