"""Which edition of a model an id means: one version or variant, which may cost and stay otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from playground.catalog import Catalog, Offering

#: What stands behind an id and says how it is served: OpenRouter began it, and other gateways do so, too.
WAY = re.compile(r":(?:free|beta|extended|thinking|nitro|floor|online|exacto|batch|flex|priority)$")
ROUTER = "openrouter"


def edition_called(typed: str, of_model: Iterable[Offering], provider: str = "") -> Offering | None:
    """The one offering of a model that goes by an id; None where none does, or several alike.

    An id of one version or variant alone is none of the model as such: at its lab, else where it is. One with
    a way to serve it behind it is OpenRouter's before others'.
    """
    ids = set(tails(typed.lower()))
    called = [o for o in of_model if not ids.isdisjoint(map(str.lower, o.ids))]
    way = WAY.search(typed.lower())
    if provider:
        called = [o for o in called if o.provider == provider]
    elif not way and any(not o.version and not o.variant for o in called):
        return None
    own = [o for o in called if o.provider == (ROUTER if way else o.lab)]
    meant = own if len(own) == 1 else called
    return meant[0] if len(meant) == 1 else None


def tails(typed: str) -> list[str]:
    """A text and what follows each of its slashes: of an ARN or a path the end is the id."""
    parts = typed.split("/")
    return ["/".join(parts[cut:]) for cut in range(len(parts))]


def edition_meant(editions: Mapping[str, Sequence[Any]], typed: str, number: int, provider: str) -> str:
    """Where and in which edition an id in lower case means a model, by its number and `Editions`."""
    for one in tails(typed):
        if one in editions and editions[one][0] == number:
            _, alone, *others = editions[one]
            there = (alone, *others) if provider else (alone,)
            if meant := next(
                (key for key in there if key.startswith(f"{provider}/" if provider else "")), ""
            ):
                return str(meant)
    return ""


def with_model(edition: str, model: str) -> str:
    """The key of an edition (`azure/global@2024-05-13`) of a model."""
    place = re.split("[@:]", edition)[0]
    return f"{place}/{model}{edition[len(place) :]}" if place else ""


class Editions(Mapping[str, list[Any]]):
    """Offerings of one version or variant, and those that are served in one way, by the ids of one model.

    For each id the model's number, the offering that the id alone means, empty for none, and, for each other
    provider, the one that it means there; each without the model (`azure/global@2024-05-13`).
    """

    def __init__(self, catalog: Catalog) -> None:
        self._numbers = {model: number for number, model in enumerate(catalog.models)}
        self._called: dict[str, list[Offering]] = defaultdict(list)
        editions: set[str] = set()
        for offering in catalog.offerings:
            # Sources write one id in capitals and without: the offering goes by it once.
            for one in dict.fromkeys(map(str.lower, offering.ids)):
                self._called[one].append(offering)
                if offering.version or offering.variant or WAY.search(one):
                    editions.add(one)
        self._editions = {one for one in editions if len({o.model for o in self._called[one]}) == 1}

    def __getitem__(self, one: str) -> list[Any]:
        called = self._called[one] if one in self._editions else []
        alone = _edition(edition_called(one, called), one)
        providers = dict.fromkeys(o.provider for o in called)
        there = [_edition(edition_called(one, called, provider), one) for provider in providers]
        if not any(there):
            raise KeyError(one)
        return [self._numbers[called[0].model], alone, *(at for at in there if at and at != alone)]

    def __iter__(self) -> Iterator[str]:
        return (one for one in sorted(self._editions) if one in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _edition(meant: Offering | None, one: str) -> str:
    if meant is None or not (meant.version or meant.variant or WAY.search(one)):
        return ""
    tail = f"@{meant.version}" * bool(meant.version) + f":{meant.variant}" * bool(meant.variant)
    return f"{meant.provider}/{meant.channel}{tail}"
