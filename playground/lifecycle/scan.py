"""Finds the names of models in a text: a configuration, source code, an environment, a list.

Every word that a catalog's offering is called by counts: ids of providers, ids with a gateway's or a
library's prefix (`azure/gpt-4o`, `openai:chat:gpt-4o`, `bedrock/us.anthropic.…`), the catalog's own. A
version in the lines beside (`version = "2024-05-13"`), a kind of deployment (`GlobalStandard`) and the
provider that a prefix names narrow down what is meant. Words that are words besides (`command`, `sonar`)
count only where their line speaks of a model.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from playground.catalog import Catalog, Channel, Offering

#: Letters, digits and what ids join them with; a word of an id begins and ends with a letter or digit.
WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:/@+-]*[A-Za-z0-9])?")
#: What ids and their prefixes are joined with.
JOINT = re.compile(r"[/:]")
#: A line that speaks of a model.
CONTEXT = re.compile(r"model|deploy|engine|llm|provider|(?<![a-z])id\b", re.I)
VERSION = re.compile(
    r"""version["']?\s*[:=]\s*["']?(20\d\d-\d\d-\d\d|\d{4}(?:-preview)?|turbo-20\d\d-\d\d-\d\d|\d{1,3})\b"""
)
#: Azure's kinds of deployment, as its tools and templates write them.
DEPLOYMENTS: Mapping[str, tuple[Channel, ...]] = {
    "globalstandard": (Channel.GLOBAL,),
    "globalprovisionedmanaged": (Channel.GLOBAL,),
    "globalbatch": (Channel.GLOBAL,),
    "datazonestandard": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "datazoneprovisionedmanaged": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "datazonebatch": (Channel.DATA_ZONE_US, Channel.DATA_ZONE_EU),
    "standard": (Channel.REGIONAL,),
    "provisionedmanaged": (Channel.REGIONAL,),
}
DEPLOYMENT = re.compile(rf"\b({'|'.join(DEPLOYMENTS)})\b", re.I)
#: What a prefix of an id says of where it is served.
PREFIXES: Mapping[str, str] = {
    "azure": "azure",
    "azure_ai": "azure",
    "azureopenai": "azure",
    "azureml": "azure",
    "openai": "openai",
    "anthropic": "anthropic",
    "bedrock": "amazon-bedrock",
    "bedrock_converse": "amazon-bedrock",
    "converse": "amazon-bedrock",
    "vertex": "google-vertex",
    "vertex_ai": "google-vertex",
    "gemini": "google",
    "google": "google",
    "openrouter": "openrouter",
    "mistral": "mistral",
    "xai": "xai",
    "groq": "groq",
    "together": "together",
    "together_ai": "together",
    "fireworks": "fireworks",
    "fireworks_ai": "fireworks",
    "deepseek": "deepseek",
    "cohere": "cohere",
    "databricks": "databricks",
    "github_copilot": "github-copilot",
}
#: In the lines beside a name these tell that it is served on Azure; not the prefix of another name.
AZURE = re.compile(r"azure(?!(?:_?[a-z]+)?[/:])|cognitiveservices|foundry", re.I)
#: A line that says so itself is left alone.
IGNORED = "almanac: ignore"
#: How many lines above and below a name its version and its deployment are looked for.
NEAR, FAR = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A model named in a text: where (from 1), as written, and the offerings that may be meant."""

    line: int
    column: int
    text: str
    model: str
    version: str
    offerings: tuple[Offering, ...]


class Scanner:
    """Every name that the offerings of a catalog go by."""

    def __init__(self, catalog: Catalog, ids: Mapping[str, Iterable[str]] | None = None) -> None:
        """`ids` are what each offering is called, by its key, where the offerings do not say."""
        self._by_name: dict[str, list[Offering]] = defaultdict(list)
        self._of_model: dict[str, list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._of_model[offering.model].append(offering)
            key = offering.key
            for name in {n.lower() for n in _names_of(offering, key, (ids or {}).get(key, offering.ids))}:
                self._by_name[name].append(offering)
                if "/" in name and _is_distinctive(short := name.rpartition("/")[2]):
                    self._by_name[short].append(offering)

    def named(self, text: str) -> Iterator[Mention]:
        """Every model that the text names, in its order."""
        wanted = self._names_in(text)
        if not wanted:
            return
        lines = text.splitlines()
        for number in _lines_with(wanted, text):
            line = lines[number]
            if len(line) > 20_000 or IGNORED in line:
                continue
            for match in WORD.finditer(line):
                word = match[0]
                if len(word) < 2 or word.isdigit():
                    continue
                known = self._known(word.lower(), line)
                if known is None:
                    continue
                start, offerings = known
                yield self._narrowed(
                    Mention(
                        line=number + 1,
                        column=match.start() + start + 1,
                        text=word[start:],
                        model="",
                        version="",
                        offerings=offerings,
                    ),
                    word[:start].lower(),
                    lines,
                )

    def _names_in(self, text: str) -> list[str]:
        """The words of the text that are names or end in one. Most texts have none; that is quick to see."""
        written = set(WORD.findall(text.lower()))
        names = written & self._by_name.keys()
        joined = (word for word in written - names if "/" in word or ":" in word)
        names |= {w for w in joined if any(w[m.end() :] in self._by_name for m in JOINT.finditer(w))}
        return sorted(names)

    def _known(self, word: str, line: str) -> tuple[int, tuple[Offering, ...]] | None:
        """The longest end of a word that is a name, and the offerings called so."""
        for start in (0, *(m.end() for m in JOINT.finditer(word))):
            name = word[start:]
            offerings = self._by_name.get(name)
            if offerings and (_is_distinctive(name) or CONTEXT.search(line)):
                return start, tuple({o.key: o for o in offerings}.values())
        return None

    def _narrowed(self, named: Mention, prefix: str, lines: list[str]) -> Mention:
        """The name with what stands before and beside it taken into account."""
        models = {o.model for o in named.offerings}
        own = [m for m in models if m.partition("/")[2] == named.text.lower().rpartition("/")[2]]
        model = min(own or models)
        offerings = [o for o in named.offerings if o.model == model]
        at_line = named.line - 1
        version = (
            next((o.version for o in offerings if o.version), "")
            if len({o.version for o in offerings}) == 1
            else ""
        )
        if not version and (version_match := _nearest(VERSION, lines, at_line, NEAR)):
            with_version = [o for o in self._of_model[model] if o.version == version_match[1]]
            if with_version:
                offerings, version = with_version, version_match[1]
        providers = {PREFIXES[name] for name in JOINT.split(prefix) if name in PREFIXES}
        # Azure's deployments name a version; without one a kind of deployment further off is somebody else's.
        deployment = _nearest(DEPLOYMENT, lines, at_line, FAR if version else NEAR)
        if not providers and (deployment or _nearest(AZURE, lines, at_line, NEAR)):
            providers = {"azure"}
        at = [o for o in self._same(model, version, offerings) if o.provider in providers]
        if (
            at
            and deployment
            and (there := [o for o in at if o.channel in DEPLOYMENTS[deployment[1].lower()]])
        ):
            at = there
        return Mention(
            line=named.line,
            column=named.column,
            text=named.text,
            model=model,
            version=version,
            offerings=tuple(at or offerings),
        )

    def _same(self, model: str, version: str, offerings: Iterable[Offering]) -> list[Offering]:
        """The offerings called so, and those of the same model and version that are called otherwise."""
        others = [o for o in self._of_model[model] if o.version == version and not o.variant]
        return list({o.key: o for o in (*offerings, *others)}.values())


def _lines_with(names: Iterable[str], text: str) -> list[int]:
    """The numbers of the lines, from 0, that hold any of the names, in whichever case."""
    low = text.lower()
    if len(low) != len(
        text
    ):  # A few letters grow when they are lowered: then places in one are not the other's.
        return [n for n, line in enumerate(text.splitlines()) if any(name in line.lower() for name in names)]
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    numbers: set[int] = set()
    for name in names:
        at = low.find(name)
        while at >= 0:
            numbers.add(bisect(starts, at) - 1)
            at = low.find(name, at + 1)
    return sorted(numbers)


def _names_of(offering: Offering, key: str, ids: Iterable[str]) -> tuple[str, ...]:
    """All that an offering goes by."""
    tail, version = offering.model.partition("/")[2], offering.version
    if version:
        return (key, f"{tail}-{version}", f"{tail}@{version}", *ids)
    return (key, offering.model, tail, *ids)


def _is_distinctive(name: str) -> bool:
    """Whether a name is one wherever it stands: it has a digit, or several parts, and is not a syllable."""
    return len(name) > 3 and ("-" in name or any(c.isdigit() for c in name))


def _nearest(wanted: re.Pattern[str], lines: list[str], at: int, most: int) -> re.Match[str] | None:
    """The match in the line nearest to one, of two as near in the one below."""
    for distance in range(most + 1):
        for place in dict.fromkeys((at + distance, at - distance)):
            if 0 <= place < len(lines) and (match := wanted.search(lines[place])):
                return match
    return None
