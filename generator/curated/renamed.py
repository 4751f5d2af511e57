"""Ids that changed, in docs/catalog/renamed.yml: an old one leads to the new one for ever."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from generator.bounds import folder_fault, model_fault
from generator.curated.yaml_file import Edited, id_field, read_edited
from generator.errors import EditError
from generator.moved import load_moved
from playground.catalog import Catalog, Provider
from playground.spelling import did_you_mean

RENAMED_FILE = "renamed.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """Old → new: models' ids, providers' ids, offerings' keys.

    `ended` are models that are none here any more, with the provider that served them.
    """

    models: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    offerings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    providers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ended: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def within(self, catalog: Catalog) -> Renamed:
        """Those that lead to something in this catalog, which may be a part of the whole."""
        return Renamed(
            models=_leading_to(self.models, catalog.models),
            offerings=_leading_to(self.offerings, {o.key for o in catalog.offerings}),
            providers=_leading_to(self.providers, catalog.providers),
            ended={
                old: by
                for old, by in self.ended.items()
                if by in catalog.providers and old not in catalog.models
            },
        )


def _leading_to(entries: Mapping[str, str], there: Collection[str]) -> dict[str, str]:
    return {old: now for old, now in entries.items() if now in there and old not in there}


def load_renamed(path: Path) -> Renamed:
    """renamed.yml, where an id that changed more than once leads to the last; nothing where there is no file.

    Raises EditError naming the entry.
    """
    if not path.exists():
        return Renamed()
    edited = read_edited(path, keys={"models", "providers"})
    return Renamed(
        models=_resolved(path, _ids(edited, "models", model_fault)),
        providers=_resolved(path, _ids(edited, "providers", folder_fault)),
    )


def _ids(edited: Edited, sort: str, fault_of: Callable[[str], str]) -> Mapping[str, str]:
    """The entries of one sort: a page is written at each old id's address. Raises EditError."""
    entries = edited.mapping(sort)
    for old, now in entries.items():
        id_field(edited, f"{sort}: an old id", old, fault_of)
        id_field(edited, f"{sort}: {old}", now, fault_of)
    return entries


def every_renamed(folder: Path) -> Renamed:
    """As `load_renamed`, with what refreshes have laid to other ids. Raises AlmanacError."""
    renamed, moved = load_renamed(folder / RENAMED_FILE), load_moved(folder)
    models = {was: now for was, now in moved.names.items() if now.count("/") == 1}
    offerings = {was: now for was, now in moved.names.items() if was not in models}
    models |= renamed.models
    ended = {was: by for was, by in moved.ended.items() if was not in models}
    return replace(renamed, models=models, offerings=offerings, ended=ended)


def _resolved(path: Path, entries: Mapping[str, str]) -> dict[str, str]:
    resolved = {}
    for old in entries:
        seen, now = {old}, entries[old]
        while now in entries:
            if now in seen:
                raise EditError(
                    f"{path}: {old} leads back to itself by way of {now}; take one of the two out"
                )
            seen.add(now)
            now = entries[now]
        resolved[old] = now
    return resolved


def misleading(folder: Path, renamed: Renamed, catalog: Catalog) -> Iterator[str]:
    """What is wrong with the entries, a line for each."""
    sorts: tuple[tuple[str, Mapping[str, str], Collection[str]], ...] = (
        ("models", renamed.models, catalog.models),
        ("providers", renamed.providers, catalog.providers),
    )
    for sort, entries, there in sorts:
        for old, now in entries.items():
            at = f"{folder / RENAMED_FILE}: {sort}: {old}"
            if old in there:
                yield f"{at} is in the catalog, so it did not change; take it out"
            if now not in there:
                yield f"{at} leads to {now}, which is not in the catalog{did_you_mean(now, there)}"


def old_names(path: Path, providers: Mapping[str, Provider], moved: Mapping[str, str]) -> Iterator[str]:
    """What a provider states of models by ids that they no longer have, a line for each: it holds of none."""
    for provider in providers.values():
        named = (*(one.models for one in provider.residency), *(one.models for one in provider.endpoints))
        for name in dict.fromkeys(name for names in named for name in names):
            model, sign, version = name.partition("@")
            now = moved.get(model, model)
            if now != model:
                yield f"{path}: {provider.id}: {name} is called {now}{sign}{version} now; write that"
