"""What a name that was found in a text means there: which model, which version, who serves it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.catalog import Channel, Offering
from playground.lifecycle.ended import PROFILE
from playground.lifecycle.mentions.naming import MODEL, aside_of, key_of, named_by_team
from playground.lifecycle.mentions.prose import Passages
from playground.lifecycle.mentions.serving import ROUTED, Surroundings, formed, prefixed
from playground.lifecycle.mentions.text_lines import TextLines
from playground.lifecycle.mentions.versions import Versions
from playground.naming.resolver import Resolution

if TYPE_CHECKING:
    from playground.lifecycle.mentions.scan import Scanner


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A model named in a text: where (from 1), as written, and the offerings that may be meant.

    `closest` are those of the offerings that go by just this name, or run by the kind of deployment beside
    it. `provider` is who serves it there, empty where nothing tells. `aside` says why it is only talked about
    or a name that its team gave; empty where it is used. `called` is the name meant where another is written.
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
    called: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A name of a line (from 0), which ends at `end`; its word, with a prefix, begins at `column`."""

    text: str
    name: str
    model: str
    version: str
    provider: str
    stated: bool
    number: int
    column: int
    end: int


class Reading:
    """One text, read name by name."""

    def __init__(self, scanner: Scanner, lines: TextLines, around: Surroundings, passages: Passages) -> None:
        self._scanner = scanner
        self._lines = lines
        self._around = around
        self._passages = passages
        self._versions = Versions(lines)
        self._labs: dict[str, int] = {}

    def mention(self, word: str, start: int, number: int, column: int, written: str = "") -> Mention | None:
        """What a word of a line names, None where it is a word like others.

        `written` is how it stands there, where that is another way.
        """
        name, prefix = word[start:].lower(), word[:start].lower()
        end = column + len(written or word)
        before, _ = self._lines.beside(number, column, end)
        offerings = self._scanner.offerings_called(name)
        if not is_distinctive(name) and (
            not self._is_meant(name, prefix, before, number, end)
            or named_by_team(self._lines, number, column, end)
        ):
            return None
        provider, stated = self._provider(name, prefix, number, column, end)
        model = _model(name, offerings, provider) or self._scanner.model_of_ended(name)
        offerings = [o for o in offerings if o.model == model]
        versions = {o.version for o in offerings}
        version = next(iter(versions)) if len(versions) == 1 else ""
        there = _Word(written or word[start:], name, model, version, provider, stated, number, column, end)
        return self._mention(there, offerings)

    def spelled(self, value: str, meant: Resolution, number: int, column: int) -> Mention | None:
        """What a value means, as `meant` has it; None where the model is served nowhere."""
        of_model = self._scanner.of_model(meant.model)
        if not of_model:
            return None
        name, end = meant.model.partition("/")[2], column + len(value)
        provider, stated = meant.provider, True
        if not provider:
            provider, stated = self._provider(name, "", number, column, end)
        known = sorted({o.version for o in of_model if o.version}, key=len, reverse=True)
        version = next((v for v in known if value.lower().endswith(v.lower())), "")
        there = _Word(value, name, meant.model, version, provider, stated, number, column, end)
        return self._mention(there, [o for o in of_model if o.version == version] or of_model)

    def _mention(self, there: _Word, offerings: list[Offering]) -> Mention:
        """A name with what its surroundings say of it; `offerings` are those that are called so."""
        model, version, provider = there.model, there.version, there.provider
        number, end = there.number, there.end
        begin = end - len(there.text)
        self._labs[model.partition("/")[0]] = number
        of_model = self._scanner.of_model(model)
        if not version:
            version = self._versions.beside(number, self._known_versions(provider, there.name, of_model))
        at = [o for o in of_model if o.version == version and o.provider == provider and not o.variant]
        closest = [o for o in offerings if o.provider == provider and o.version == version]
        if channels := self._versions.deployed(number, bool(version)):
            closest = [o for o in at if o.channel in channels] or closest
        # Where nothing says who serves it, any place may be meant.
        others = () if there.stated else offerings if provider else of_model
        meant = list({o.key: o for o in (*closest, *at, *others)}.values())
        aside = self._passages.reason(number, begin, end)
        aside = aside or aside_of(self._lines, number, there.column, end)
        return Mention(
            line=number + 1,
            column=begin + 1,
            text=there.text,
            model=model,
            version=version,
            offerings=tuple(meant or offerings),
            closest=tuple(closest),
            provider=provider,
            aside=aside,
            called="" if there.text.lower() == there.name else there.name,
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
        stated = prefixed(prefix) or prefixed(name.rpartition("/")[0])
        if (not stated or stated in LAB_PREFIXES) and self._is_routed(f"{prefix}{name}", number, end):
            return "openrouter", True
        lab = self._lab(name)
        # Who loads weights by their lab's name asks no API of it: `mistralai/Mixtral-8x7B-Instruct-v0.1`.
        weights = stated in LAB_PREFIXES and self._scanner.are_weights(name.rpartition("/")[2], stated)
        if weights or (lab and self._scanner.are_weights(name, lab)):
            stated, lab = "" if weights else stated, ""
        if stated:
            whole = f"{prefix}{name}"
            if stated not in LAB_PREFIXES or not self._scanner.owners(whole) - {stated}:
                return stated, True
            # A lab's name before an id is also how gateways and hosts write theirs.
            gateway = next((p for p in hints if p != stated and self._is_called(p, whole)), "")
            return gateway or stated, True
        if form := formed(name):
            return form, True
        if host := "" if weights or len(owners) > 1 else self._only_host(name, owners - LAB_PREFIXES - {lab}):
            return host, True
        for hint in hints:
            if hint in owners or (hint in BY_ANY_NAME and self._at(hint, name)):
                return hint, True
        if lab:
            return lab, False
        labs = [p for p in self._scanner.ends.providers_of.get(name, ()) if p in LAB_PREFIXES]
        return labs[0] if labs else "", False

    def _is_routed(self, name: str, number: int, end: int) -> bool:
        """Whether a name is spelled as OpenRouter's users do, with its lab before and a way behind it."""
        _, after = self._lines.beside(number, end, end)
        return "/" in name and bool(ROUTED.search(name) or ROUTED.match(after))

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
        """Whether a provider serves the model of a name, or ended as a whole: `fast` is none of its own."""
        plain = provider in self._scanner.ends.providers and not is_distinctive(name)
        if not plain and self._scanner.ends.end(provider, [name]):
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


#: What words of a language lack; digits of other scripts are looked for by themselves.
_SIGN = re.compile(r"[-:0-9]")


def is_distinctive(name: str) -> bool:
    """Whether a name is one wherever it stands: it has a digit, or several parts, and is not a syllable."""
    return len(name) > 3 and bool(_SIGN.search(name) or (not name.isascii() and any(map(str.isdigit, name))))
