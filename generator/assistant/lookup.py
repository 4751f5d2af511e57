"""The model or offering that a person names in the terminal or to an assistant, or what to ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import EditError
from playground.catalog import Catalog, Model, Offering
from playground.labels.names import Names, display_names, model_order, place_name
from playground.naming.editions import edition_called
from playground.spelling import nearest

if TYPE_CHECKING:
    from generator.curated.renamed import Renamed
    from playground.naming.resolver import Resolver


class UnknownNameError(EditError):
    """No model and no offering is called so; the nearest names stand in the message."""


class AmbiguousNameError(EditError):
    """Several models are called so: `typed` may mean each of the `choices`, by id, the likeliest first."""

    exit_code = 2

    def __init__(self, typed: str, choices: tuple[str, ...], catalog: Catalog) -> None:
        self.typed = typed
        self.choices = choices
        lines = (f"  {place}. {_described(model, catalog)}" for place, model in enumerate(choices, 1))
        super().__init__("\n".join([f"{typed!r} may be several models; name one of them by its id:", *lines]))


def _described(model: str, catalog: Catalog) -> str:
    """A model's id, its name, and where it is served first."""
    places = sorted(catalog.of_model(model), key=model_order)
    first = place_name(places[0], catalog) if places else "served nowhere"
    more = f", and {len(places) - 1} more places" if len(places) > 1 else ""
    return f"{model}  {Names(catalog)[model]} ({first}{more})"


class Lookup:
    """Names in a catalog that was read from a folder, which knows old ids, too."""

    def __init__(self, catalog: Catalog, folder: Path, note: Callable[[str], object] = str) -> None:
        """`note` takes each sentence on what of a name was left out."""
        self._catalog = catalog
        self._folder = folder
        self._note = note

    @cached_property
    def _keys(self) -> dict[str, Offering]:
        return {o.key: o for o in self._catalog.offerings}

    @cached_property
    def _renamed(self) -> Renamed:
        from generator.curated.renamed import every_renamed  # with YAML, which is slow to load

        return every_renamed(self._folder)

    @cached_property
    def resolver(self) -> Resolver:
        """What knows names however they are written; most are ids as they stand, and need it not."""
        from playground.naming.index import resolver_for

        return resolver_for(self._catalog, display_names(self._catalog), self._renamed.models)

    def names(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Each as `name` has it."""
        return tuple(map(self.name, typed))

    def name(self, typed: str) -> str:
        """A model's id, `provider/lab/model`, or an offering's key.

        Raises UnknownNameError and AmbiguousNameError.
        """
        if typed in self._catalog.models or typed in self._keys:
            return typed
        if (now := self._renamed.offerings.get(typed)) in self._keys:
            return now
        if provider := self._renamed.ended.get(typed):
            raise UnknownNameError(f"{typed} is no model here any more; it was served by {provider}")
        meant = self.resolver.resolve(typed)
        if meant.choices:
            raise AmbiguousNameError(typed, meant.choices, self._catalog)
        if meant.key and (key := self._renamed.offerings.get(meant.key, meant.key)) in self._keys:
            return key
        if meant.key or not meant.model:
            raise UnknownNameError(_unknown(typed, self._near(meant.key) if meant.key else meant.near))
        edition = edition_called(typed, self._catalog.of_model(meant.model), meant.provider)
        if meant.left_out and not edition:
            left = f"{meant.left_out!r} of {typed!r} is left out, for nothing is known to be served so"
            self._note(f"{left}: {meant.name} is meant")
        return edition.key if edition else meant.name

    def model(self, typed: str) -> str:
        """The id of the model that a name means, wherever it is served. Raises as `name` does."""
        model, [*places] = self.offerings(typed)
        return model.id if model else places[0].model

    def models(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Each as `model` has it; a pattern (`microsoft/mai-*`) stays one."""
        return tuple(text if "*" in text else self.model(text) for text in typed)

    def known(self, typed: Iterable[str]) -> tuple[str, ...]:
        """As `names`, each once, without those that mean no one model."""
        meant = []
        for text in typed:
            try:
                meant.append(self.name(text))
            except EditError:
                continue
        return tuple(dict.fromkeys(meant))

    def _near(self, key: str) -> Iterable[str]:
        """The offerings of the model that a key names, the nearest first."""
        model = "/".join(key.split("/")[2:]).partition("@")[0].partition(":")[0]
        return nearest(key, (o.key for o in self._catalog.of_model(model)), 5)

    def offerings(self, typed: str) -> tuple[Model | None, list[Offering]]:
        """What a name means: a model with its offerings, at the provider that is named or at all.

        An offering alone where its key is named. Raises UnknownNameError and AmbiguousNameError.
        """
        name = self.name(typed)
        if name in self._keys:
            return None, [self._keys[name]]
        model = name if name in self._catalog.models else name.partition("/")[2]
        places = [o for o in self._catalog.of_model(model) if name in (model, f"{o.provider}/{model}")]
        return self._catalog.models[model], sorted(places, key=model_order)


def _unknown(typed: str, near: Iterable[str]) -> str:
    hint = "; did you mean one of these?" if near else ""
    return "\n".join([f"no model or offering is called {typed!r}{hint}", *(f"  {name}" for name in near)])
