"""What the offerings of a catalog are called: their keys, their models with a version, and providers' ids.

Ten thousand offerings share most of their names, so a name leads to what shares it: from it to offerings is
a few steps, which only the names of a text take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from playground.catalog import Catalog, Offering
from playground.lifecycle.mentions.reading import is_distinctive

#: A model's id, a version and a variant: what several providers sell.
type _Sold = tuple[str, str, str]


class Called:
    """Offerings by any of their names, in lower case; of a name with a slash also by what stands behind it.

    `ids` are what each offering is called, by its key, where the offerings do not say.
    """

    def __init__(self, catalog: Catalog, ids: Mapping[str, Iterable[str]] | None) -> None:
        self._offerings = catalog.offerings
        self._keys: dict[str, int] = {}
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._of_sold: dict[_Sold, list[int]] = defaultdict(list)
        for row, offering in enumerate(self._offerings):
            key = offering.key
            self._keys[key.lower()] = row
            self._of_sold[offering.model, offering.version, offering.variant].append(row)
            for name in ids.get(key, offering.ids) if ids else offering.ids:
                self._ids[name.lower()].append(row)
        self._sold: dict[str, list[_Sold]] = defaultdict(list)
        for sold in self._of_sold:
            for name in _names_of(*sold):
                self._sold[name].append(sold)
        self._behind: dict[str, list[str]] = defaultdict(list)
        for name in self._ids:
            for short in _behind_slash(name):
                self._behind[short].append(name)
        self._known: dict[str, list[Offering]] = {}

    def names(self) -> Iterator[str]:
        """Every name, some of them more than once."""
        return chain(self._keys, self._sold, self._ids, self._behind)

    def offerings(self, name: str) -> list[Offering]:
        """Those that go by a name, each once, in the catalog's order."""
        if name not in self._known:
            self._known[name] = [self._offerings[row] for row in sorted(set(self._rows(name)))]
        return self._known[name]

    def owners(self, name: str) -> set[str]:
        """The providers whose own id a name is."""
        return {self._offerings[row].provider for row in self._ids.get(name, ())}

    def _rows(self, name: str) -> Iterator[int]:
        if name in self._keys:
            yield self._keys[name]
        for sold in self._sold.get(name, ()):
            yield from self._of_sold[sold]
        for whole in (name, *self._behind.get(name, ())):
            yield from self._ids.get(whole, ())


def _names_of(model: str, version: str, variant: str) -> Iterator[str]:
    """What is sold so goes by these names everywhere, beside keys and ids."""
    model, version = model.lower(), version.lower()
    tail = model.partition("/")[2]
    if version:
        yield from (f"{tail}-{version}", f"{tail}@{version}")
    else:
        yield from (model, tail)
    # A key's end is a name, too.
    key = f"{tail}@{version}" if version else tail
    yield from _behind_slash(f"/{key}:{variant.lower()}" if variant else f"/{key}")


def _behind_slash(name: str) -> Iterator[str]:
    """What stands behind a name's last slash, where that tells a model."""
    if "/" in name and is_distinctive(short := name.rpartition("/")[2]):
        yield short
