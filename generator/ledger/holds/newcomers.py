"""What is new and looks wrong: many models or providers at once, a provider far below everybody's prices.

What is new has nothing to go back to, so what is held of it is not in the catalog until a person lets it in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from statistics import median

from generator.ledger.gather import Gathered
from generator.ledger.holds.changes import Change
from generator.ledger.holds.smells import Suspicion
from playground.catalog import Catalog, Key, source_of

#: Fewer new models than this are not many, nor is less than this share of what the source listed before.
MANY_MODELS, SHARE = 40, 0.05
#: So many new providers at once are many.
MANY_PROVIDERS = 5
#: A price below this share of the middle of what others ask for the same model is far below.
FAR_BELOW = Decimal("0.2")
#: Of fewer others than this there is no middle.
OTHERS = 2
COMPARED = ("price.input", "price.output")

type Newcomers = dict[tuple[str, str, Suspicion], list[Change]]


def newcomers(gathered: Mapping[Key, Gathered], old: Catalog, sources: Collection[str]) -> Newcomers:
    """The new offerings that smell, by the source that alone lists them; of a new source there are none.

    `sources` are those that were read now.
    """
    by_source: dict[str, list[Key]] = defaultdict(list)
    before = {offering.sort_key() for offering in old.offerings}
    for key in gathered.keys() - before:
        listed_by = {source_of(label) for label in gathered[key].records}
        if len(listed_by) == 1 and (source := listed_by.pop()) in sources and source in old.sources:
            by_source[source].append(key)
    prices = _prices(old)
    groups: Newcomers = {}
    for source, keys in sorted(by_source.items()):
        for where, why, some in _suspicious(source, sorted(keys), gathered, old, prices):
            groups[source, where, why] = [
                Change(key=key, field="", source=source, claim=None, was=None) for key in some
            ]
    return groups


def _suspicious(
    source: str,
    keys: list[Key],
    gathered: Mapping[Key, Gathered],
    old: Catalog,
    prices: Mapping[tuple[str, str], list[Decimal]],
) -> Iterable[tuple[str, Suspicion, list[Key]]]:
    """Where something smells, why, and the offerings; each offering once."""
    providers = {offering.provider for offering in old.offerings}
    new_providers = {key.provider for key in keys} - providers
    if len(new_providers) >= MANY_PROVIDERS:
        yield "providers", Suspicion.PROVIDERS, [k for k in keys if k.provider in new_providers]
        keys = [k for k in keys if k.provider not in new_providers]
        new_providers = set()
    for provider in sorted(new_providers):
        own = [key for key in keys if key.provider == provider]
        if any(_far_below(key, gathered[key], prices) for key in own):
            yield provider, Suspicion.CHEAP, own
            keys = [key for key in keys if key.provider != provider]
    models = {key.model for key in keys} - old.models.keys()
    listed = {o.model for o in old.offerings if any(source_of(label) == source for label in o.records)}
    if len(models) >= MANY_MODELS and len(models) > SHARE * len(listed):
        yield "models", Suspicion.MODELS, [key for key in keys if key.model in models]


def _prices(old: Catalog) -> Mapping[tuple[str, str], list[Decimal]]:
    """What others ask, by model and price: the middle of each provider's."""
    asked: dict[tuple[str, str], dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for offering in old.offerings:
        for name in COMPARED:
            if usd := offering.value(name):
                asked[offering.model, name][offering.provider].append(Decimal(str(usd)))
    return {at: [median(own) for own in by_provider.values()] for at, by_provider in asked.items()}


def _far_below(key: Key, each: Gathered, prices: Mapping[tuple[str, str], list[Decimal]]) -> bool:
    for name in COMPARED:
        others = prices.get((key.model, name), [])
        if len(others) < OTHERS:
            continue
        if any(0 < Decimal(str(w.value)) < FAR_BELOW * median(others) for w in each.claims.get(name, ())):
            return True
    return False
