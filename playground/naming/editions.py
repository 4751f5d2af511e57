"""Which edition of a model an id means: one version or variant, which may cost and stay otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from playground.catalog import Catalog, Offering


def edition_called(typed: str, of_model: Iterable[Offering], provider: str = "") -> Offering | None:
    """The one offering of a model that goes by an id; None where none does, or several alike.

    An id of one version or variant alone is none of the model as such: at its lab, else where it is.
    """
    # Of an ARN or a path the end is the id.
    ids = {typed.lower(), typed.lower().rpartition("/")[2]}
    called = [o for o in of_model if not ids.isdisjoint(map(str.lower, o.ids))]
    if provider:
        called = [o for o in called if o.provider == provider]
    elif any(not o.version and not o.variant for o in called):
        return None
    own = [o for o in called if o.provider == o.lab]
    meant = own if len(own) == 1 else called
    return meant[0] if len(meant) == 1 else None


def edition_at_lab(editions: Mapping[str, str], typed: str, model: str) -> str:
    """The key of the edition of a model that an id in lower case means, of `Editions`; empty for none."""
    for one in (typed, typed.rpartition("/")[2]):
        key = editions.get(one, "")
        if re.split("[@:]", key.partition("/")[2].partition("/")[2])[0] == model:
            return key
    return ""


class Editions(Mapping[str, str]):
    """The keys of labs' own offerings of one version or variant, by the ids that mean these alone."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._models: dict[str, set[str]] = defaultdict(set)
        for offering in catalog.offerings:
            if offering.provider == offering.lab and (offering.version or offering.variant):
                for one in offering.ids:
                    self._models[one.lower()].add(offering.model)

    def __getitem__(self, one: str) -> str:
        if key := self._key(one):
            return key
        raise KeyError(one)

    def _key(self, one: str) -> str:
        for model in self._models.get(one, ()):
            meant = edition_called(one, self._catalog.of_model(model))
            if meant and meant.provider == meant.lab and (meant.version or meant.variant):
                return meant.key
        return ""

    def __iter__(self) -> Iterator[str]:
        return (one for one in sorted(self._models) if self._key(one))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, one: object) -> bool:
        return bool(self._key(str(one)))
