"""Which access channel the beginning of an id means: Azure's `eu/`, Bedrock's `us.`, the region called.

The scripts of the site do the same (generator/web/site/names/channels.mjs); a test holds both to one answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from playground.catalog import Catalog, Channel
from playground.catalog.regions import known_regions
from playground.naming.forms import CLOUD_REGION, split_path
from playground.naming.prefixes import PREFIXES

#: What providers of one channel have: no beginning of an id has to say it.
_ALONE = frozenset(
    {Channel.DIRECT, Channel.HOSTED, Channel.GATEWAY, Channel.SUBSCRIPTION, Channel.SELF_HOSTED}
)
#: What catalogs list where an id says nothing: no program's name before an id says it.
_USUAL = frozenset({Channel.GLOBAL, Channel.REGIONAL})
#: How many of a provider's ids that begin so must be over one channel, for the beginning to say it.
_CLEAR = 0.9


def channel_names(catalog: Catalog, labs: Collection[str]) -> dict[str, dict[str, str]]:
    """By provider, what the beginnings of its ids (`us.`, `eu/`, `us-east-1/`) say of the channel."""
    counts: dict[tuple[str, str], Counter[Channel]] = defaultdict(Counter)
    for offering in catalog.offerings:
        for one in {text for i in offering.ids for text in split_path(i.lower())[:-1]}:
            counts[offering.provider, one][offering.channel] += 1
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for provider, region in sorted(set(_called_regions(catalog))):
        names[provider][f"{region}/"] = str(Channel.REGIONAL)
    for (provider, one), channels in sorted(counts.items()):
        [(channel, count)] = channels.most_common(1)
        usual = one[:-1] in PREFIXES and channel in _USUAL
        if (
            channel not in _ALONE
            and not usual
            and one[:-1] not in labs
            and count >= _CLEAR * channels.total()
        ):
            names[provider][one] = str(channel)
    return dict(names)


def _called_regions(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Providers and the regions in which they are called."""
    for offering in catalog.offerings:
        if offering.channel == Channel.REGIONAL:
            for region in known_regions(offering):
                yield offering.provider, region.lower()


def models_by_channel(
    catalog: Catalog, names: Mapping[str, Mapping[str, str]], numbers: Mapping[str, int]
) -> dict[str, list[int]]:
    """By provider and channel, where a beginning says it, the numbers of the models served so as such."""
    named = {f"{provider}/{channel}" for provider, of in names.items() for channel in of.values()}
    served: dict[str, set[int]] = {place: set() for place in sorted(named)}
    for offering in catalog.offerings:
        place = f"{offering.provider}/{offering.channel}"
        if place in served and not offering.version and not offering.variant:
            served[place].add(numbers[offering.model])
    return {place: sorted(models) for place, models in served.items()}


def channel_meant(data: Mapping[str, Any], typed: str, number: int, provider: str) -> str:
    """The provider and the channel (`azure/data-zone-eu`) that an id in lower case says for a model.

    Empty where it says no channel, or one over which the model is not served.
    """
    names = data["channels"].get(provider, {})
    for beginning in split_path(typed)[:-1]:
        regional = str(Channel.REGIONAL) if CLOUD_REGION.fullmatch(beginning) else ""
        place = f"{provider}/{names.get(beginning, regional)}"
        if number in data["served"].get(place, ()):
            return place
    return ""
