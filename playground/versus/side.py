"""One of the two that are compared: a model, the place that speaks for it, and all its places."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from playground.ability import Abilities, Ability, predecessor
from playground.catalog import Catalog, Channel, Kind, Model, Offering, Provider, Statement, Value
from playground.decide.portability import PASSED_ON
from playground.labels.hours import BY_HOUR, Hourly
from playground.labels.kinds import seen_kinds
from playground.labels.labels import money
from playground.labels.names import model_order, place_name
from playground.lifecycle.generations import newer_models
from playground.lifecycle.outlook import Stage, outlook_of
from playground.pricing.coming import coming_price
from playground.pricing.price_changes import PriceChange, changes_of, labs_changes
from playground.spelling import did_you_mean

#: Who ends within so many days is for nothing new; half a year, as the chooser has it.
SOON_DAYS = 180
#: Where nobody has tested a model.
UNTESTED = Abilities()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFact:
    """A fact that a sentence rests on: whose (an offering's key or a model's id), which, and its value.

    `stated` is the provider's own statement, where the fact is one.
    """

    of: str
    field: str
    value: Value
    stated: Statement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: the model, the place that speaks for it, and all its places.

    `where` has every place in words by its key, `stays` what its provider says of where requests stay;
    `changes` is what is to come of its home's prices, `instead` the models that its home's provider names for
    it, `seller` that provider and `maker` its lab's own. `lab` is its maker's name, `day` the day that all
    this is of, `abilities` those of all models. `later` is the newest model that follows it with its name;
    `before` is the id of the tested model before it in its line, where it has no test itself, and
    `before_name` what that is called; `worked_out` keeps what is asked of one side in each of its pairs.
    """

    model: Model
    name: str
    home: Offering
    places: tuple[Offering, ...]
    where: Mapping[str, str]
    stays: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    changes: tuple[PriceChange, ...] = ()
    instead: tuple[str, ...] = ()
    seller: Provider | None = None
    maker: Provider | None = None
    lab: str = ""
    day: date | None = None
    abilities: Abilities = UNTESTED
    before: str = ""
    before_name: str = ""
    later: tuple[str, str] | None = None
    worked_out: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def place(self) -> str:
        """Where its home is, in words."""
        return self.where[self.home.key]

    @property
    def kind(self) -> Kind | None:
        """What it is called for at its home, by all that is known; None where nobody says."""
        return self.once("kind", lambda: seen_kinds(self.places)[self.places.index(self.home)].kind)

    def once[T](self, name: Hashable, work_out: Callable[[], T]) -> T:
        """What is worked out of this side alone, once for all its pairs."""
        if name not in self.worked_out:
            self.worked_out[name] = work_out()
        answer: T = self.worked_out[name]
        return answer

    @property
    def ability(self) -> Ability:
        """What public scores say of how able it is."""
        return self.abilities.of(self.model.id)

    def known(self, field: str) -> Any:
        """What its home states in a field; None where nobody says, or where it is a price in doubt."""
        return self.home.sound_price(field) if field.startswith("price.") else self.home.value(field)

    def cited(self, field: str) -> CitedFact:
        """The fact of its home that a sentence rests on."""
        return CitedFact(of=self.home.key, field=field, value=self.known(field))

    def cited_price(self, field: str) -> tuple[CitedFact, ...]:
        """A price of its home with what it is at other hours."""
        hours = (name for name in self.home.facts if name.startswith(f"{field}@"))
        return (self.cited(field), *(self.cited(name) for name in hours if self.known(name) is not None))

    def price_text(self, field: str) -> str:
        """A price of its home in words: by the hour from the cheapest to the dearest, and what it becomes."""
        usd = [Decimal(str(fact.value)) for fact in self.cited_price(field)]
        least, most = min(usd), max(usd)
        text = money(most) if least == most else f"{Hourly(least, most).text} {BY_HOUR}"
        then = self.coming(field)
        return f"{text} ({then})" if then else text

    def coming(self, field: str) -> str:
        """What a price of its home becomes, in words; empty where no change of it is to come."""
        return coming_price(self.changes, field)


class NoSideError(ValueError):
    """There are no two sides: a name is unknown, a model is served nowhere, or both names are one."""


#: Which of a cloud's channels speaks for a model there.
_PLAIN = (Channel.GLOBAL, Channel.US, Channel.REGIONAL)


def side(name: str, catalog: Catalog, names: Mapping[str, str], abilities: Abilities = UNTESTED) -> Side:
    """What a model's id, alone or after a provider's, or an offering's key stands for. Raises NoSideError."""
    home = next((o for o in catalog.offerings if o.key == name), None)
    provider, _, rest = name.partition("/")
    there = [o for o in catalog.of_model(rest) if o.provider == provider] if rest in catalog.models else []
    home = home or min(there, key=partial(_home_order, day=catalog.day), default=None)
    model = home.model if home else name
    if model not in catalog.models:
        known = [*catalog.models, *(o.key for o in catalog.offerings)] if "/" in name else [*catalog.models]
        raise NoSideError(f"there is no model or offering {name!r} in the catalog{did_you_mean(name, known)}")
    places = tuple(sorted(catalog.of_model(model), key=model_order))
    if not places:
        raise NoSideError(f"{name} is served nowhere in the catalog")
    home = home or min(places, key=partial(_home_order, day=catalog.day))
    before = "" if abilities.of(model).general else predecessor(model, abilities)
    return Side(
        model=catalog.models[model],
        name=names[model],
        home=home,
        changes=changes_of(home, catalog.day, labs_changes(places, catalog.day)),
        places=places,
        where={o.key: place_name(o, catalog) for o in places},
        stays={o.key: stated for o in places if (stated := catalog.residency(o))},
        instead=_instead(home, catalog),
        seller=catalog.providers[home.provider],
        maker=catalog.providers.get(catalog.models[model].lab),
        lab=catalog.labs[catalog.models[model].lab].name,
        day=catalog.day,
        abilities=abilities,
        before=before,
        before_name=names.get(before, before),
        later=(later[0], names[later[0]]) if (later := newer_models(catalog, model)) else None,
    )


def _instead(home: Offering, catalog: Catalog) -> tuple[str, ...]:
    """The ids of the models that a place's provider names for what it serves there, as read or as a fact."""
    own = (f"{home.model}@{home.version}", home.model)
    stated = next(
        (r.instead for name in own for r in catalog.providers[home.provider].replacements if r.model == name),
        (),
    )
    called = {_letters(n) for n in str(home.value("replaced_by") or "").split(", ")} - {""}
    by_fact = (m for m in catalog.models if called and _letters(m.partition("/")[2]) in called)
    return tuple(dict.fromkeys((*stated, *by_fact)))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _home_order(offering: Offering, day: date | None) -> tuple[Any, ...]:
    """A place that serves it speaks better than one that no longer does, one with a price in no doubt better
    than one without, a plain one better than a zone.

    An end at the lab's own place is the model's; of clouds and hosts one that ends it soon speaks last.
    """
    retired, rank, versioned, *rest = model_order(offering)
    plain = _PLAIN.index(offering.channel) if offering.channel in _PLAIN else len(_PLAIN)
    sort = 0 if rank == 0 else 2 if offering.channel in PASSED_ON else 1
    leaves = sort > 0 and ends_soon(offering, day)
    unpriced = offering.sound_price("price.input") is None
    return (retired, unpriced, sort, leaves, rank, versioned, plain, *rest)


def ends_soon(offering: Offering, day: date | None) -> bool:
    """Whether a place's last day for it is within SOON_DAYS, or it is deprecated there."""
    known = outlook_of(offering, day or date.min)
    if known.stage is Stage.RETIRING:
        return known.days is not None and known.days <= SOON_DAYS
    return known.stage is Stage.DEPRECATED
