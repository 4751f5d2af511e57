"""What models and places are called, and the order in which they are listed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from playground.catalog import Catalog, Channel, Model, Offering, Support, Value
from playground.catalog.regions import MULTI_REGIONS, WORLD, known_regions
from playground.labels.labels import CHANNELS
from playground.labels.spelled import Spelling, is_id


def served(offering: Offering) -> str:
    """The version and variant, where there is one."""
    return ", ".join(part for part in (offering.version, offering.variant) if part)


class Names(Mapping[str, str]):
    """Every model's name, by its id, made when it is asked for: most who ask need a few."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getitem__(self, model: str) -> str:
        offerings = (o for o in self._catalog.offerings if o.model == model)
        written = _written(self._catalog.models[model], offerings)
        return self._spelled(model) if is_id(written) else written

    @cached_property
    def _spelled(self) -> Callable[[str], str]:
        return _spelled_in(self._catalog)

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalog.models)

    def __len__(self) -> int:
        return len(self._catalog.models)


def display_names(catalog: Catalog) -> Mapping[str, str]:
    """Every model's name, by its id."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
    written = {m.id: _written(m, by_model[m.id]) for m in catalog.models.values()}
    spelled = _spelled_in(catalog)
    return {model: spelled(model) if is_id(name) else name for model, name in written.items()}


def _written(model: Model, offerings: Iterable[Offering]) -> str:
    """The model's name as a source gives it, else as an id that is it writes it, else its own id."""
    if model.value("name") and not is_id(model.name):
        return model.name
    own = re.sub(r"[^a-z0-9]", "", model.id.partition("/")[2])
    written_ids = [i.rpartition("/")[2] for o in offerings for i in o.ids]
    same = [i for i in written_ids if re.sub(r"[^a-z0-9]", "", i.lower()) == own]
    return max(same, key=lambda i: (sum(c.isupper() for c in i), i), default=model.name)


def _spelled_in(catalog: Catalog) -> Callable[[str], str]:
    """What spells an id as the catalog's names do; one that two labs share would name neither of theirs."""
    named = {m.id: m.name for m in catalog.models.values() if m.value("name")}
    spelling = Spelling(named, (lab.name for lab in catalog.labs.values()))
    shared = Counter(model.partition("/")[2] for model in catalog.models)

    def spelled(model: str) -> str:
        own = model.partition("/")[2]
        return own if shared[own] > 1 else spelling.of(model)

    return spelled


_FIRST = (Channel.DIRECT,)
_LAST = (Channel.HOSTED, Channel.SELF_HOSTED, Channel.GATEWAY, Channel.SUBSCRIPTION)


def model_order(offering: Offering) -> tuple[bool, int, bool, str, str, str, str]:
    """The lab's own API first, then the clouds, the hosts, the gateways; plain versions before others.

    What is retired comes after all that is served.
    """
    channel = offering.channel
    rank = 0 if channel in _FIRST else 2 + _LAST.index(channel) if channel in _LAST else 1
    return (
        offering.retired,
        rank,
        bool(offering.version or offering.variant),
        offering.provider,
        offering.channel,
        offering.version,
        offering.variant,
    )


def withdrawn(offerings: Iterable[Offering]) -> bool:
    """Whether the lab of a model has retired it at its own API, whoever else serves these offerings of it."""
    own = [o for o in offerings if o.channel in _FIRST and not o.variant]
    # An alias may outlive in a list what it stood for.
    named = [o for o in own if o.version != "latest"] or own
    return bool(named) and all(o.retired for o in named)


def outlives(open_weights: Value | None, offerings: Iterable[Offering]) -> bool:
    """Whether a model can be served on once its lab has retired it: others have the weights.

    Where nobody says whether they are open, a host that runs the model has them; a cloud sells closed ones.
    """
    if open_weights is None:
        return any(offering.channel is Channel.HOSTED for offering in offerings)
    return open_weights != Support.NO


def living_first(
    models: Iterable[Model], ends: Mapping[str, str], by_model: Mapping[str, Iterable[Offering]]
) -> list[Model]:
    """The models as they come; after them those that their lab has retired, last those that nobody serves.

    `ends` are those of `model_ends`, `by_model` has the offerings of each model.
    """
    return sorted(models, key=lambda m: (ends.get(m.id) == "retired", withdrawn(by_model.get(m.id, ()))))


def channel_name(offering: Offering, catalog: Catalog) -> str:
    """What its way in is called: `Global`, `Data Zone EU`.

    A cloud whose regional channel has an address for the whole world too serves some models only there: which
    of both it is, its regions say, where they are known.
    """
    name = CHANNELS[offering.channel][0]
    worldwide = any(e.is_worldwide for e in catalog.providers[offering.provider].endpoints)
    if offering.channel != Channel.REGIONAL or not worldwide:
        return name
    regions = set(known_regions(offering))
    held = {
        "global": WORLD in regions,
        "multi-region": bool(regions & MULTI_REGIONS),
        "regional": bool(regions - MULTI_REGIONS - {WORLD}),
    }
    kinds = [kind for kind, there in held.items() if there]
    return " and ".join(kinds).capitalize() if kinds else "Global or regional, unknown which"


def place_name(offering: Offering, catalog: Catalog) -> str:
    """Where an offering is: provider, channel, and version and variant where there are any."""
    provider, channel = catalog.providers[offering.provider].name, channel_name(offering, catalog)
    parts = (provider, "" if provider.endswith(f" {channel}") else channel, served(offering))
    return ", ".join(part for part in parts if part)
