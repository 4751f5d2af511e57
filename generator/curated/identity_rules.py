"""identity.yml: the rules by which a source's rows are placed, checked and compiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from generator.curated.yaml_file import Edited, date_field, pattern_field, read_edited, text_field
from generator.errors import EditError
from playground.catalog import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rule: a pattern for the whole text, and what a match stands for."""

    pattern: re.Pattern[str]
    channel: str = ""
    variant: str = ""
    to: str = ""
    reason: str = ""
    link: str = ""
    providers: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()

    def match(self, text: str, provider: str = "") -> re.Match[str] | None:
        if self.providers and provider not in self.providers:
            return None
        if self.only and text not in self.only:
            return None
        return self.pattern.fullmatch(text)


class Steps(tuple[Step, ...]):
    """Rules in their order. Most texts match none of them, which one pattern of them all tells at once."""

    @cached_property
    def may_match(self) -> Callable[[str], bool]:
        """Whether a rule matches a text at some provider; many providers have the same names."""
        each = (_GROUP.sub("(?:", step.pattern.pattern) for step in self)
        one_of = re.compile("|".join(f"(?:{pattern})" for pattern in each))
        return cache(lambda text: one_of.fullmatch(text) is not None)

    def first(self, text: str, provider: str = "") -> tuple[Step, re.Match[str]] | None:
        """The first rule that the text matches at the provider, with its match."""
        if self.may_match(text):
            for step in self:
                if match := step.match(text, provider):
                    return step, match
        return None


class LabNames(tuple[tuple[str, re.Pattern[str]], ...]):
    """Labs in their order, each with a pattern for names of its models; one pattern of all tells which."""

    @cached_property
    def _any(self) -> re.Pattern[str]:
        each = (_GROUP.sub("(?:", pattern.pattern) for _, pattern in self)
        return re.compile("|".join(f"(?P<at_{i}>{one})" for i, one in enumerate(each)) or r"(?!)")

    def first(self, names: tuple[str, ...]) -> str:
        """The first lab whose pattern is one of the names; empty where there is none."""
        matches = filter(None, map(self._any.fullmatch, names))
        at = [int(match.lastgroup.removeprefix("at_")) for match in matches if match.lastgroup]
        return self[min(at)][0] if at else ""


#: How a named group begins.
_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """docs/catalog/identity.yml, checked and compiled."""

    providers: Mapping[str, Mapping[str, str]]
    provider_variants: Mapping[str, re.Pattern[str]]
    served_elsewhere: Mapping[str, Steps]
    vendors: Mapping[str, str]
    hosts: frozenset[str]
    structure: frozenset[str]
    only_own: frozenset[str]
    repackagers: frozenset[str]
    own_lab: Mapping[str, str]
    derived: LabNames
    families: LabNames
    prefixes: Mapping[str, Steps]
    default_channel: Mapping[str, str]
    modes: Steps
    variants: Steps
    endings: Steps
    versions: Steps
    spellings: Mapping[str, Steps]
    aliases: Mapping[str, Mapping[str, str]]
    apart: frozenset[str]
    generations: frozenset[str]
    versions_of_one: tuple[re.Pattern[str], ...]
    snapshots: Mapping[str, str]
    not_models: Steps
    dashed_labs: frozenset[str]
    lab_names: Mapping[str, str]


def load_rules(path: Path) -> Rules:
    """Read and check identity.yml. Raises EditError naming the entry that is wrong."""
    edited = read_edited(path, keys=set(Rules.__dataclass_fields__))
    channels = set(Channel)
    rules = Rules(
        providers={s: edited.names(f"providers.{s}") for s in edited.mapping("providers")},
        provider_variants={
            source: pattern_field(edited, f"provider_variants.{source}", pattern)
            for source, pattern in edited.mapping("provider_variants").items()
        },
        served_elsewhere={
            provider: _steps(edited, f"served_elsewhere.{provider}", {"rest"})
            for provider in edited.mapping("served_elsewhere")
        },
        vendors=edited.names("vendors"),
        hosts=edited.texts("hosts"),
        structure=edited.texts("structure"),
        only_own=edited.texts("only_own"),
        repackagers=edited.texts("repackagers"),
        own_lab=edited.names("own_lab"),
        derived=_labs(edited, "derived"),
        families=_labs(edited, "families"),
        prefixes={
            provider: _steps(edited, f"prefixes.{provider}", {"rest"})
            for provider in edited.mapping("prefixes")
        },
        default_channel=edited.names("default_channel"),
        modes=_steps(edited, "modes", {"rest", "mode"}),
        variants=_steps(edited, "variants", {"rest", "variant"}),
        endings=_steps(edited, "endings", {"rest"}),
        versions=Steps(
            Step(pattern=pattern_field(edited, f"versions[{i}]", p, {"rest", "version"}))
            for i, p in enumerate(edited.sequence("versions"))
        ),
        spellings={lab: _steps(edited, f"spellings.{lab}") for lab in edited.mapping("spellings")},
        apart=edited.texts("apart"),
        generations=edited.texts("generations"),
        versions_of_one=tuple(_versions_of_one(edited)),
        aliases={p: edited.names(f"aliases.{p}") for p in edited.mapping("aliases")},
        snapshots=edited.names("snapshots"),
        not_models=_steps(edited, "not_models"),
        dashed_labs=edited.texts("dashed_labs"),
        lab_names={
            lab: text_field(edited, f"lab_names.{lab}", name)
            for lab, name in edited.mapping("lab_names").items()
        },
    )
    for provider, steps in rules.served_elsewhere.items():
        if any(not step.to or not step.link.startswith("https://") for step in steps):
            raise EditError(
                f"{path}: served_elsewhere.{provider}: each row needs `to`, the provider that serves it, and "
                "`link`, the page that says so"
            )
    for name, channel in rules.default_channel.items():
        if channel not in channels:
            raise EditError(
                f"{path}: default_channel.{name}: {channel!r} is no channel; "
                f"write one of {', '.join(sorted(channels))}"
            )
    return rules


def _versions_of_one(edited: Edited) -> Iterator[re.Pattern[str]]:
    for where, row in edited.rows("versions_of_one", {"models", "quote", "link", "date"}):
        text_field(edited, f"{where}.quote", row.get("quote"))
        text_field(edited, f"{where}.link", row.get("link"))
        date_field(edited, f"{where}.date", row.get("date"))
        yield pattern_field(edited, where, row.get("models"))


def _labs(edited: Edited, at: str) -> LabNames:
    return LabNames(
        (text_field(edited, f"{where}.lab", row.get("lab")), pattern_field(edited, where, row.get("name")))
        for where, row in edited.rows(at, {"lab", "name"})
    )


def _steps(edited: Edited, at: str, groups: set[str] | None = None) -> Steps:
    steps = []
    allowed = {"match", "channel", "variant", "to", "reason", "link", "providers", "only"}
    for where, row in edited.rows(at, allowed):
        if row.get("channel") and row["channel"] not in set(Channel):
            raise EditError(f"{edited.path}: {where}: {row['channel']!r} is no channel")
        steps.append(
            Step(
                pattern=pattern_field(edited, where, row.get("match"), groups),
                channel=row.get("channel", ""),
                variant=row.get("variant", ""),
                to=row.get("to", ""),
                reason=row.get("reason", ""),
                link=row.get("link", ""),
                providers=frozenset(row.get("providers", ())),
                only=frozenset(row.get("only", ())),
            )
        )
    return Steps(steps)
