"""What the resolver knows of a catalog, as plain values: the site publishes them for its scripts.

models      [id, name, number of places, the providers' numbers]
providers   [id, name]
labs        id → name
own         lab → the numbers of the providers that are the lab itself
owners      what stands before names in ids (`meta-llama/`, `us.`) → [lab, number of the provider]: what it
            says, "" and -1 where it says neither
variants    what offerings call their variants
versions    a model's number → its versions that are no dates
ids         [id, the models' numbers, number of the provider]: what providers call models where the rule
            alone would not tell; -1 where several call it so
moved       old ids of models → those of now
channels    provider → what the beginnings of its ids (`eu/`, `us.`, `us-east-1/`) say of the access channel
served      `provider/channel`, where a beginning says it → the numbers of the models it serves so as such
editions    ids of one version or variant, or of one way to be served → as `Editions` has it
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.catalog import Catalog, Channel
from playground.naming.channels import channel_names, models_by_channel
from playground.naming.editions import Editions
from playground.naming.forms import split_path
from playground.naming.prefixes import ANYWHERE, PREFIXES, WAYS
from playground.naming.resolver import Resolver

#: How many of the ids that begin so must be of one lab, or at one provider, for the beginning to say it.
_CLEAR = 0.9
#: What stands in ids and addresses of APIs whoever made the model and serves it.
_STRUCTURE = (
    "models/",
    "accounts/",
    "publishers/",
    "deployments/",
    "foundation-model/",
    "inference-profile/",
    *(f"{text}/" for text in (*WAYS, *ANYWHERE)),
)
_DATE = re.compile(r"20\d\d-?\d\d-?\d\d")


def name_data(catalog: Catalog, names: Mapping[str, str], moved: Mapping[str, str]) -> dict[str, Any]:
    """The values above; `moved` are old ids and the models that they lead to."""
    data = _without_ids(catalog, names, moved)
    return {**data, "ids": list(ProviderIds(catalog, data).values()), "editions": dict(Editions(catalog))}


def resolver_for(
    catalog: Catalog,
    names: Mapping[str, str],
    moved: Mapping[str, str],
    ids: Mapping[str, Iterable[str]] | None = None,
) -> Resolver:
    """The resolver over a catalog that looks at the ids of providers as they are asked for: most are not.

    `ids` are what each offering is called, by its key, where the offerings do not say.
    """
    if ids is not None:
        called = tuple(replace(o, ids=tuple(ids.get(o.key, o.ids))) for o in catalog.offerings)
        catalog = replace(catalog, offerings=called)
    data = _without_ids(catalog, names, moved)
    return Resolver({**data, "editions": Editions(catalog)}, ProviderIds(catalog, data))


def _without_ids(catalog: Catalog, names: Mapping[str, str], moved: Mapping[str, str]) -> dict[str, Any]:
    providers = {p: n for n, p in enumerate(catalog.providers)}
    numbers = {m: n for n, m in enumerate(catalog.models)}
    at: dict[str, set[int]] = defaultdict(set)
    places: Counter[str] = Counter()
    own: dict[str, set[int]] = defaultdict(set)
    versions: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        at[offering.model].add(providers[offering.provider])
        places[offering.model] += 1
        if offering.channel == Channel.DIRECT:
            own[offering.lab].add(providers[offering.provider])
        if offering.version and not _DATE.fullmatch(offering.version):
            versions[str(numbers[offering.model])].add(offering.version)
    channels = channel_names(catalog, {*catalog.labs})
    return {
        "models": [[m, names[m], places[m], sorted(at[m])] for m in catalog.models],
        "providers": [[p.id, p.name] for p in catalog.providers.values()],
        "labs": {lab.id: lab.name for lab in catalog.labs.values()},
        "own": {lab: sorted(numbers) for lab, numbers in own.items()},
        "owners": {**_regions(channels), **dict(_owners(catalog, providers))},
        "channels": channels,
        "served": models_by_channel(catalog, channels, numbers),
        "variants": sorted({o.variant for o in catalog.offerings} - {""}),
        "versions": {model: sorted(known) for model, known in versions.items()},
        "ids": [],
        "editions": {},
        "moved": {was: now for was, now in moved.items() if now in numbers and was not in numbers},
    }


def _owners(catalog: Catalog, providers: Mapping[str, int]) -> Iterator[tuple[str, list[Any]]]:
    """What the beginnings of ids say, told by all ids that begin so."""
    labs: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for offering in catalog.offerings:
        for one in {text for i in offering.ids for text in split_path(i.lower())[:-1]}:
            labs[one][offering.lab] += 1
            places[one][offering.provider] += 1
    for one in _STRUCTURE:
        yield one, ["", -1]
    for one in sorted(labs.keys() - set(_STRUCTURE)):
        # What one provider alone writes says where, not whose: Azure's `us/` is before OpenAI's by chance.
        provider = _clear(places[one])
        yield one, ["", providers[provider]] if provider else [_clear(labs[one]), -1]
    for text, provider in PREFIXES.items():
        one = f"{text}/"
        # A lab's name before its models stays one: they are at other places, too.
        is_labs = _clear(labs[one]) and not _clear(places[one])
        if provider in providers and one not in _STRUCTURE and not is_labs:
            yield one, ["", providers[provider]]


def _regions(channels: Mapping[str, Mapping[str, str]]) -> dict[str, list[Any]]:
    """Beginnings that name a region, which says neither whose a model is nor who serves it."""
    return {one: ["", -1] for of in channels.values() for one in of}


def _clear(counts: Counter[str]) -> str:
    return next((first for first, count in counts.most_common(1) if count >= _CLEAR * counts.total()), "")


class ProviderIds(Mapping[str, list[Any]]):
    """The rows of `ids`, each by its id, made when it is looked at."""

    def __init__(self, catalog: Catalog, data: Mapping[str, Any]) -> None:
        self._models: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, set[str]] = defaultdict(set)
        for offering in catalog.offerings:
            for one in map(str.lower, offering.ids):
                self._models[one].add(offering.model)
                self._places[one].add(offering.provider)
        self._numbers = {model: n for n, model in enumerate(catalog.models)}
        self._providers = {provider: n for n, provider in enumerate(catalog.providers)}
        self._resolver = Resolver(data)

    def __getitem__(self, one: str) -> list[Any]:
        if one not in self._models or self._follows(one):
            raise KeyError(one)
        [provider, *others] = self._places[one]
        models = sorted(self._numbers[model] for model in self._models[one])
        return [one, models, -1 if others else self._providers[provider]]

    def _follows(self, one: str) -> bool:
        """Whether the rule alone lays an id to its model."""
        meant = self._resolver.meant(one)
        return meant is not None and {meant.model} == self._models[one]

    def __iter__(self) -> Iterator[str]:
        return (one for one in sorted(self._models) if not self._follows(one))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, one: object) -> bool:
        return one in self._models and not self._follows(str(one))
