"""Finds the names of models in a text: a configuration, source code, an environment, a list.

Every word that a catalog's offering is called by counts: ids of providers, ids with a gateway's or a
library's prefix (`azure/gpt-4o`, `openai:chat:gpt-4o`, `bedrock/us.anthropic.…`), the catalog's own, and the
names that vendors have ended. Words that are words besides (`command`, `sonar`) count only as a model
setting's value. A text is read in time that grows with its length, and no more than `MOST` names of it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from playground.catalog import Catalog, Channel, Offering
from playground.lifecycle.ended import PROFILE, Ends, EndsByName
from playground.lifecycle.mentions.lines import Lines
from playground.lifecycle.mentions.naming import MODEL, key_of, named_by_team
from playground.lifecycle.mentions.prose import Passages
from playground.lifecycle.mentions.serving import JOINT, Surroundings, formed, prefixed
from playground.lifecycle.mentions.versions import Versions

#: Letters, digits and what ids join them with; a word of an id begins and ends with a letter or digit.
WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:/@+-]*[A-Za-z0-9])?")
#: So many names of one text are told; more are a list, and somebody's data.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A model named in a text: where (from 1), as written, and the offerings that may be meant.

    `closest` are those of the offerings that go by just this name, or run by the kind of deployment beside
    it. `provider` is who serves it there, empty where nothing tells. `aside` says why it is only talked about
    or a name that its team gave; empty where it is used.
    """

    line: int
    column: int
    text: str
    model: str
    version: str
    offerings: tuple[Offering, ...]
    closest: tuple[Offering, ...] = ()
    provider: str = ""
    aside: str = ""


class Scanner:
    """Every name that the offerings of a catalog go by, and those that vendors have ended."""

    def __init__(
        self, catalog: Catalog, ids: Mapping[str, Iterable[str]] | None = None, ends: Ends | None = None
    ) -> None:
        """`ids` are what each offering is called, by its key, where the offerings do not say."""
        self.ends = EndsByName(ends or Ends())
        self._by_name: dict[str, list[Offering]] = defaultdict(list)
        self._of_model: dict[str, list[Offering]] = defaultdict(list)
        self._owners: dict[str, set[str]] = defaultdict(set)
        for offering in catalog.offerings:
            self._of_model[offering.model].append(offering)
            key = offering.key
            own = tuple((ids or {}).get(key, offering.ids))
            for name in own:
                self._owners[name.lower()].add(offering.provider)
            for name in {n.lower() for n in _names_of(offering, key, own)}:
                self._by_name[name].append(offering)
                if "/" in name and _is_distinctive(short := name.rpartition("/")[2]):
                    self._by_name[short].append(offering)
        self._names = {*self._by_name, *self.ends.providers_of}
        # Of a name at Bedrock, the region before it is none of its own.
        self._longest = max(map(len, self._names), default=0) + len("us-gov.")

    def named(self, text: str, path: str = "") -> Iterator[Mention]:
        """Every model that the text names, in its order; `path` tells what kind of file it is."""
        # A word that comes again is looked up once.
        starts_in: dict[str, int | None] = {}
        hits = []
        for match in WORD.finditer(text):
            word = match[0].lower()
            if word not in starts_in:
                starts_in[word] = self._start(word)
            if (start := starts_in[word]) is not None:
                hits.append((match, start))
        if not hits:
            return
        lines = Lines(text)
        starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
        reading = _Reading(self, lines, Surroundings(lines, path), Passages(lines, path))
        count = 0
        for match, start in hits:
            number = bisect(starts, match.start()) - 1
            column = match.start() - starts[number]
            if number in lines.ignored:
                continue
            if mention := reading.mention(match[0], start, number, column):
                yield mention
                count += 1
            if count >= MOST:
                return

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
        offerings = self._by_name.get(name) or self._by_name.get(PROFILE.sub("", name)) or []
        return list({o.key: o for o in offerings}.values())

    def of_model(self, model: str) -> list[Offering]:
        return self._of_model.get(model, [])

    def owners(self, name: str) -> set[str]:
        """The providers whose own id a name in lower case is."""
        return self._owners.get(name, set()) | set(self.ends.providers_of.get(name, ()))


class _Reading:
    """One text, read name by name."""

    def __init__(self, scanner: Scanner, lines: Lines, around: Surroundings, passages: Passages) -> None:
        self._scanner = scanner
        self._lines = lines
        self._around = around
        self._passages = passages
        self._versions = Versions(lines)
        self._labs: dict[str, int] = {}

    def mention(self, word: str, start: int, number: int, column: int) -> Mention | None:
        """What a word of a line names, None where it is a word like others."""
        name, prefix = word[start:].lower(), word[:start].lower()
        begin, end = column + start, column + len(word)
        before, _ = self._lines.beside(number, column, end)
        offerings = self._scanner.offerings_called(name)
        if not _is_distinctive(name) and not self._is_meant(name, prefix, before, number, end):
            return None
        provider, stated = self._provider(name, prefix, number, column, end)
        model = _model(name, offerings, provider)
        self._labs[model.partition("/")[0]] = number
        offerings = [o for o in offerings if o.model == model]
        versions = {o.version for o in offerings}
        version = next(iter(versions)) if len(versions) == 1 else ""
        of_model = self._scanner.of_model(model)
        if not version:
            version = self._versions.beside(number, self._known_versions(provider, name, of_model))
        at = [o for o in of_model if o.version == version and o.provider == provider and not o.variant]
        closest = [o for o in offerings if o.provider == provider and o.version == version]
        if channels := self._versions.deployed(number, bool(version)):
            closest = [o for o in at if o.channel in channels] or closest
        meant = list({o.key: o for o in (*closest, *at, *(() if stated else offerings))}.values())
        aside = self._passages.reason(number, begin, end)
        if not aside and named_by_team(self._lines, number, column, end):
            aside = "a name that its team gave"
        return Mention(
            line=number + 1,
            column=begin + 1,
            text=word[start:],
            model=model,
            version=version,
            offerings=tuple(meant or offerings),
            closest=tuple(closest),
            provider=provider,
            aside=aside,
        )

    def _is_meant(self, name: str, prefix: str, before: str, number: int, end: int) -> bool:
        """Whether a word that is a word besides names a model here."""
        if provider := prefixed(prefix):
            return provider in self._scanner.owners(name) or bool(self._at(provider, name))
        labs = {o.lab for o in self._scanner.offerings_called(name) if o.provider == o.lab}
        # A value that goes on (`Command R+`) is another.
        if re.match(r"[ \t]+[A-Za-z]", self._lines.beside(number, end, end)[1]):
            return False
        if MODEL.search(key_of(before)) and labs:
            return True
        # One of several models of a list, within quotes.
        quoted = before[-1:] in ("'", '"', "`") and self._lines.texts[number][end : end + 1] == before[-1:]
        return quoted and any(number - self._labs[lab] <= 3 for lab in labs & self._labs.keys())

    def _provider(self, name: str, prefix: str, number: int, start: int, end: int) -> tuple[str, bool]:
        """Who serves what a word names (empty: unknown), and whether that is said or its lab's own."""
        owners = self._scanner.owners(f"{prefix}{name}") | self._scanner.owners(name)
        hints = self._around.providers(number, start, end)
        if stated := prefixed(prefix) or prefixed(name.rpartition("/")[0]):
            whole = f"{prefix}{name}"
            if stated not in LAB_PREFIXES or not self._scanner.owners(whole) - {stated}:
                return stated, True
            # A lab's name before an id is also how gateways and hosts write theirs.
            gateway = next((p for p in hints if p != stated and self._is_called(p, whole)), "")
            return gateway or stated, True
        if form := formed(name):
            return form, True
        lab = self._lab(name)
        if host := self._only_host(name, owners - LAB_PREFIXES - {lab}) if len(owners) == 1 else "":
            return host, True
        for hint in hints:
            if hint in owners or (hint in BY_ANY_NAME and self._at(hint, name)):
                return hint, True
        if lab:
            return lab, False
        labs = [p for p in self._scanner.ends.providers_of.get(name, ()) if p in LAB_PREFIXES]
        return labs[0] if labs else "", False

    def _lab(self, name: str) -> str:
        """The lab that serves the model of a name itself, by whichever name; empty where none does."""
        models = dict.fromkeys(o.model for o in self._scanner.offerings_called(name))
        served = (o for model in models for o in self._scanner.of_model(model))
        return next((o.lab for o in served if o.provider == o.lab), "")

    def _only_host(self, name: str, owners: set[str]) -> str:
        """The host that alone spells a model so; not as it is called anyway, and no seller of others'."""
        called = self._scanner.offerings_called(name)
        resold = {o.provider for o in called if o.channel in (Channel.GATEWAY, Channel.SUBSCRIPTION)}
        if any(o.model.partition("/")[2] == name for o in called):
            return ""
        return next(iter(owners - resold), "")

    def _is_called(self, provider: str, name: str) -> bool:
        """Whether a name is a provider's own id, or the provider is ended as a whole."""
        return provider in self._scanner.owners(name) or provider in self._scanner.ends.providers

    def _at(self, provider: str, name: str) -> bool:
        """Whether a provider serves the model of a name, or is ended as a whole."""
        if self._scanner.ends.end(provider, [name]):
            return True
        models = {o.model for o in self._scanner.offerings_called(name)}
        return any(o.provider == provider for model in models for o in self._scanner.of_model(model))

    def _known_versions(self, provider: str, name: str, offerings: Iterable[Offering]) -> set[str]:
        return {o.version for o in offerings if o.version} | self._scanner.ends.versions(provider, name)


#: Providers that serve a model under its lab's name or one that its user gives; others only by their own ids.
BY_ANY_NAME = {
    *("azure", "amazon-bedrock", "google-vertex", "github-models", "github-copilot", "databricks"),
    *("ollama", "vllm", "lmstudio", "llama-cpp"),
    *("openai", "anthropic", "google", "mistral", "cohere", "deepseek", "xai"),
}
#: Prefixes that are labs' names too.
LAB_PREFIXES = {
    "openai",
    "anthropic",
    "google",
    "mistral",
    "cohere",
    "deepseek",
    "xai",
    "moonshotai",
    "perplexity",
}


def _model(name: str, offerings: list[Offering], provider: str) -> str:
    """The model that a name means: of those at the provider the one called exactly so."""
    models = {o.model for o in offerings if o.provider == provider} or {o.model for o in offerings}
    short = PROFILE.sub("", name).rpartition("/")[2]
    own = [m for m in models if m.partition("/")[2] == short]
    return min(own or models, default="")


def _names_of(offering: Offering, key: str, ids: Iterable[str]) -> tuple[str, ...]:
    """All that an offering goes by."""
    tail, version = offering.model.partition("/")[2], offering.version
    if version:
        return (key, f"{tail}-{version}", f"{tail}@{version}", *ids)
    return (key, offering.model, tail, *ids)


def _is_distinctive(name: str) -> bool:
    """Whether a name is one wherever it stands: it has a digit, or several parts, and is not a syllable."""
    return len(name) > 3 and ("-" in name or any(c.isdigit() for c in name))
