"""What a rule found that a person should mend, and what the rules look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playground.catalog import Catalog, Model, Offering


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: of which model, at which places (keys of offerings), what was seen, what to write.

    `field` is the fact's where it is about one.
    """

    model: str
    places: tuple[str, ...]
    seen: str
    todo: str
    field: str = ""

    @property
    def where(self) -> str:
        """The one place, or the model where there are several."""
        return self.places[0] if len(self.places) == 1 else self.model


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A value that a person set over the sources and whose page should be read again."""

    target: str
    field: str
    why: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What the rules look at: the catalog by its models on a day, the overrides to be read again, and the
    models of versus.yml, which pairs are made of.
    """

    catalog: Catalog
    today: date
    by_model: Mapping[str, Sequence[Offering]]
    unread: tuple[Unread, ...] = ()
    named: tuple[str, ...] = ()

    def models(self) -> Iterable[tuple[Model, Sequence[Offering]]]:
        """Each model with its offerings."""
        return ((model, self.by_model.get(model.id, ())) for model in self.catalog.models.values())


def looked_at(
    catalog: Catalog, today: date, unread: Iterable[Unread] = (), named: Iterable[str] = ()
) -> Looked:
    """The catalog as the rules look at it."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
    return Looked(catalog=catalog, today=today, by_model=by_model, unread=tuple(unread), named=tuple(named))


def keys(offerings: Iterable[Offering]) -> tuple[str, ...]:
    """Where a finding stands."""
    return tuple(offering.key for offering in offerings)
