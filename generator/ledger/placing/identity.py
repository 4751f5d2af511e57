"""Which model at which provider a source's row is about, by the rules in docs/catalog/identity.yml.

An id is read from the outside in: provider, channel, vendor, variant, version, name. Names are compared
in one form (lower case, dashes only) and only ever as a whole: no name is taken for another because it
begins alike. What no rule places is left unplaced with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.bounds import has_other_letters
from playground.catalog import Channel, Key, Provider
from playground.spelling import slug

if TYPE_CHECKING:
    # Slow to load with all the sources and YAML, and who reads names needs neither.
    from generator.curated.identity_rules import Rules, Steps
    from generator.sources.records import SourceRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """What a record is about: one offering, and the region and the mode where it speaks of one only."""

    provider: str
    channel: Channel
    model: str
    version: str = ""
    variant: str = ""
    region: str = ""
    mode: str = ""

    @property
    def key(self) -> Key:
        return Key(self.provider, self.channel, self.model, self.version, self.variant)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A record that no rule places, and why."""

    reason: str


#: What placing a record rests on: provider, its name at the source, the id, and what stands beside it.
type Asked = tuple[str, str, str, str, str]


def place(
    record: SourceRecord,
    rules: Rules,
    providers: Mapping[str, Provider],
    known: dict[Asked, Placement | Unplaced] | None = None,
) -> Placement | Unplaced:
    """What the record is about, or why no rule says.

    Lists that take over each other's rows ask the same again: `known`, which grows, has the answers.
    """
    named, hints = record.provider, record.hints or {}
    provider = rules.providers.get(record.source, {}).get(named)
    if not provider:
        if has_other_letters(named):
            return Unplaced(reason="its provider's name has letters that no id has: identity.yml can name it")
        provider = slug(named)
    variant = hints.get("variant", "")
    if split := rules.provider_variants.get(record.source):
        whole = split.fullmatch(named)
        variant = whole["variant"] if whole else ""
    asked = (provider, named, record.model.strip().lower(), hints.get("channel", ""), variant)
    if known is None:
        return _place(asked, rules, providers)
    if asked not in known:
        known[asked] = _place(asked, rules, providers)
    return known[asked]


def _place(asked: Asked, rules: Rules, providers: Mapping[str, Provider]) -> Placement | Unplaced:
    provider, named, text, channel, variant = asked
    if has_other_letters(text):
        return Unplaced(reason="its name has letters that no id has")
    if none := rules.not_models.first(text, provider):
        return Unplaced(reason=none[0].reason)
    elsewhere = rules.served_elsewhere.get(provider)
    if served := elsewhere and elsewhere.first(text):
        provider, text = served[0].to, served[1]["rest"]
    parts = {"channel": channel, "variant": variant, "region": "", "vendor": ""}
    text = _strip_prefixes(text, rules.prefixes.get(provider), parts)
    text = _without_own_prefix(text, named, provider)
    text = _strip_prefixes(text, rules.prefixes.get(provider), parts)
    *path, name = [part for part in text.split("/") if part] or [""]
    if len(path) > 1 and path[0] in rules.vendors:
        # A lab's id with parts of its own (`bytedance/seedance-2.0/image-to-video`): all of them name it.
        path, name = path[:1], "-".join([*path[1:], name])
    whole_name = name
    name, ends = _taken_apart(name, rules, provider)
    names = (name,) if name == whole_name else (name, whole_name)
    lab = _lab(parts["vendor"], path, names, provider, rules)
    if not lab:
        return Unplaced(reason="no rule names its lab")
    key = _spelled(compared(name), lab, rules)
    if not key:
        return Unplaced(reason="no name is left of its id")
    model, version, variant = _resolve(lab, key, iso_version(ends.version), provider, rules)
    variants = (_host(path, rules), slug(parts["variant"]), *map(slug, ends.variants), variant)
    return Placement(
        provider=provider,
        channel=_access(parts["channel"], provider, model.partition("/")[0], rules, providers),
        model=model,
        version="" if rules.snapshots.get(model) == version else version,
        variant="-".join(dict.fromkeys(v for v in variants if v)),
        region=parts["region"],
        mode=ends.mode,
    )


_SIZE = re.compile(r"(\d)\.(\d+)(?=[bt](?![a-z0-9]))")
_POINT = re.compile(r"(?<=\d)p(?=\d)(?!\d+[bt](?![a-z0-9]))")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65_536)
def compared(name: str) -> str:
    """The form in which names are compared: lower case, every separator a dash, sizes whole (`1p5b`).

    A `p` between the digits of anything else is a point, as some hosts write it (`qwen2p5`, `v1p5`).
    """
    name = _SIZE.sub(r"\1p\2", name.lower())
    name = _POINT.sub("-", name)
    return _SEPARATORS.sub("-", name).strip("-")


def canonical(lab: str, key: str, rules: Rules) -> str:
    """The name a model goes by here: version numbers with points, but for the labs that write dashes."""
    return key if lab in rules.dashed_labs else _pointed(key)


@lru_cache(maxsize=65_536)
def _pointed(key: str) -> str:
    key = re.sub(r"(?<=\d)(?<!\d\d\d)-(?=\d{1,2}(?:v\b|(?![0-9a-z])))", ".", key)
    return re.sub(r"(\d)p(\d+)(?=[bt]\b)", r"\1.\2", key)


def iso_version(version: str) -> str:
    """`20251001`, `10012025` and `2025-10-01` alike, `03-2025` as `2025-03`; others as they are."""
    if not version:
        return ""
    if match := re.fullmatch(r"(20\d\d)(\d\d)(\d\d)", version):
        return "-".join(match.groups())
    if match := re.fullmatch(r"(\d\d)(\d\d)(20\d\d)", version):
        return f"{match[3]}-{match[1]}-{match[2]}"
    if match := re.fullmatch(r"(\d\d)-(20\d\d)", version):
        return f"{match[2]}-{match[1]}"
    return version


def place_model(text: str, rules: Rules) -> tuple[str, str]:
    """The model and the dated version that `lab/name` says, whether the catalog has it or not."""
    lab, _, name = text.strip().lower().partition("/")
    lab = rules.vendors.get(lab) or rules.vendors.get(slug(lab)) or slug(lab)
    version = ""
    if stripped := _strip(rules.versions, name, "", "version"):
        name, version = stripped
    model, version, _ = _resolve(lab, _spelled(compared(name), lab, rules), iso_version(version), "", rules)
    return model, "" if rules.snapshots.get(model) == version else version


def _without_own_prefix(text: str, named: str, provider: str) -> str:
    for own in (named.lower(), provider, provider.replace("-", "_")):
        if text.startswith(f"{own}/") and text != f"{own}/":
            return text.removeprefix(f"{own}/")
    return text


def _strip_prefixes(text: str, steps: Steps | None, parts: dict[str, str]) -> str:
    while first := steps and steps.first(text):
        step, match = first
        named = match.groupdict()
        text = named["rest"]
        for part in ("region", "vendor", "variant"):
            parts[part] = named.get(part) or parts[part]
        parts["channel"] = step.channel or parts["channel"]
        parts["variant"] = step.variant or parts["variant"]
    return text


@dataclass(slots=True)
class _Ends:
    """What the end of an id says beside the model's name, the variants in the order they are written."""

    version: str = ""
    mode: str = ""
    variants: list[str] = field(default_factory=list)


def _taken_apart(name: str, rules: Rules, provider: str) -> tuple[str, _Ends]:
    """The name without what stands behind it, and that; taken off from the end, as long as there is any."""
    ends = _Ends()
    while True:
        if stripped := _strip(rules.modes, name, provider, "mode"):
            name, ends.mode = stripped
        elif stripped := _strip(rules.variants, name, provider):
            name, variant = stripped
            ends.variants.insert(0, variant)
        elif (shorter := _strip_endings(name, rules.endings, provider)) != name:
            name = shorter
        elif not ends.version and (stripped := _strip(rules.versions, name, provider, "version")):
            name, ends.version = stripped
        else:
            return name, ends


def _strip(steps: Steps, name: str, provider: str, group: str = "variant") -> tuple[str, str] | None:
    first = steps.first(name, provider)
    return (first[1]["rest"], first[1][group]) if first else None


def _strip_endings(name: str, steps: Steps, provider: str) -> str:
    for step in steps if steps.may_match(name) else ():
        if match := step.match(name, provider):
            name = match["rest"]
    return name


def _host(path: list[str], rules: Rules) -> str:
    """Who runs the model, where a gateway's id says so."""
    return next((slug(part) for part in path if slug(part) in rules.hosts), "")


def _lab(vendor: str, path: list[str], names: tuple[str, ...], provider: str, rules: Rules) -> str:
    """The lab: as the id's vendor says, else its owner, else its family's name, else the provider's own."""
    owners = [vendor] if vendor else list(reversed(path))
    for owner in owners:
        if owner in rules.repackagers and (whose := rules.families.first(names)):
            return whose
        if lab := rules.vendors.get(owner) or rules.vendors.get(slug(owner)):
            return rules.derived.first(names) or lab
    if provider in rules.only_own:
        return rules.own_lab[provider]
    for owner in owners:
        if slug(owner) not in (rules.hosts | rules.structure) and slug(owner) != provider:
            return slug(owner)
    return rules.families.first(names) or rules.own_lab.get(provider, "")


def _spelled(key: str, lab: str, rules: Rules) -> str:
    for step in rules.spellings.get(lab, ()):
        if match := step.match(key):
            key = match.expand(step.to)
    return key


def _resolve(lab: str, key: str, version: str, provider: str, rules: Rules) -> tuple[str, str, str]:
    """Model, version and variant: aliases first with the version, then the canonical name.

    A generation has its date in its name.
    """
    tagged = f"{lab}/{key}@{version}" if version else f"{lab}/{key}"
    for scope in (provider, "*"):
        target = rules.aliases.get(scope, {}).get(tagged)
        if target:
            named, _, variant = target.partition(":")
            model, _, dated = named.partition("@")
            return (*_of_generation(model, dated, rules), variant)
    return (*_of_generation(f"{lab}/{canonical(lab, key, rules)}", version, rules), "")


def _of_generation(model: str, version: str, rules: Rules) -> tuple[str, str]:
    if model in rules.generations and version and version != "latest":
        return f"{model}-{version}", ""
    return model, version


def _access(
    channel: str, provider: str, lab: str, rules: Rules, providers: Mapping[str, Provider]
) -> Channel:
    if channel:
        return Channel(channel)
    if default := rules.default_channel.get(provider):
        return Channel(default)
    kind = providers[provider].kind if provider in providers else ""
    if kind in ("gateway", "subscription", "self-hosted"):
        return Channel(kind)
    if rules.own_lab.get(provider) == lab:
        return Channel.DIRECT
    return Channel.HOSTED
