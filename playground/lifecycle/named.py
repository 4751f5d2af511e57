"""What a provider names for what it ends; where that has ended too, what is named for that one, and so on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from playground.catalog import Catalog, NamedReplacement, Offering
from playground.lifecycle.fit import Fit
from playground.lifecycle.outlook import Stage, outlook_of

#: Replacements of replacements are followed so far.
LONGEST_CHAIN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that a provider says: for `model` it names `instead`, on the page `url` (empty: unknown)."""

    model: str
    instead: str
    url: str


class NamedAt:
    """The replacements that the providers of a catalog name, on a day."""

    def __init__(self, catalog: Catalog, fit: Fit, today: date) -> None:
        self._catalog = catalog
        self._fit = fit
        self._today = today
        self._models: dict[tuple[str, str], list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._models[offering.provider, offering.model].append(offering)
        self._leads = {
            model.id: leads for model in catalog.models.values() if (leads := model.value("points_to"))
        }
        self._statements = {
            (provider.id, named.model): named
            for provider in catalog.providers.values()
            for named in provider.replacements
        }
        self._naming: dict[str, set[str]] = defaultdict(set)
        for provider, model in self._statements:
            self._naming[model].add(provider)

    def leaving(self, offering: Offering) -> bool:
        """Whether its provider names something else for it, and so sends its users away."""
        return self._by(offering.provider, offering) is not None

    def named_for(self, model: str) -> set[str]:
        """The providers that name something for a model."""
        return self._naming.get(model, set())

    def by_lab(self, old: Offering) -> Sequence[Step]:
        """What the lab names for an offering's model on its own API; nothing where that is the place."""
        named = self._by(old.lab, old) if old.lab != old.provider else None
        return [Step(model=old.model, instead=m, url=named.url) for m in named.instead] if named else []

    def _by(self, provider: str, old: Offering) -> NamedReplacement | None:
        """The provider's own words for an offering's version, else its model; for an alias, what it means."""
        meant = str(self._leads.get(old.model) or old.model)
        of_version = self._statements.get((provider, f"{old.model}@{old.version}"))
        return of_version or self._statements.get((provider, meant))

    def steps(self, old: Offering) -> Sequence[Step]:
        """What is named for an offering at its provider: as people read it there, then as sources say."""
        named = self._by(old.provider, old)
        read = [Step(model=old.model, instead=m, url=named.url) for m in named.instead] if named else []
        return list(dict.fromkeys([*read, *self._by_facts(old)]))

    def _by_facts(self, old: Offering) -> Iterator[Step]:
        fact = old.facts.get("replaced_by")
        for name in str(fact.value).split(", ") if fact and fact.value else ():
            wanted = _letters(name)
            for provider, model in self._models:
                if provider == old.provider and _letters(model.partition("/")[2]) == wanted:
                    record = old.records.get(fact.claims[0].record) if fact and fact.claims else None
                    url = record.link if record else fact.link if fact else ""
                    yield Step(model=old.model, instead=model, url=url)

    def followed(self, old: Offering, *, stays: bool) -> tuple[Offering, tuple[Step, ...]] | None:
        """The first of what is named that is served there, with the steps that lead to it.

        What is named for what has ended, or with `stays` ends soon, is followed in the order of the words; a
        step back ends a way. None where no way leads to one that is served, or that stays.
        """
        return self._way(old, frozenset(), self._stays if stays else self._is_served)

    def _way(
        self, old: Offering, seen: frozenset[str], good: Callable[[Offering], bool]
    ) -> tuple[Offering, tuple[Step, ...]] | None:
        ways = self._ways(old, seen)
        for there, step in ways:
            if there is not None and good(there):
                return there, (step,)
        if len(seen) >= LONGEST_CHAIN:
            return None
        for there, step in ways:
            if after := self._way(there or _as_if(old, step.instead), seen | {old.model}, good):
                return after[0], (step, *after[1])
        return None

    def _ways(self, old: Offering, seen: frozenset[str]) -> list[tuple[Offering | None, Step]]:
        steps = (step for step in self.steps(old) if step.instead not in seen | {old.model})
        return [(self.served(step.instead, old), step) for step in steps]

    def _stays(self, there: Offering) -> bool:
        return self._fit.ends(there) is None

    def _is_served(self, there: Offering) -> bool:
        return outlook_of(there, self._today).stage != Stage.RETIRED

    def ended(
        self, old: Offering, seen: frozenset[str] = frozenset()
    ) -> Iterator[tuple[Offering, tuple[Step, ...]]]:
        """What is named and has ended or soon will, the nearest first, with the steps that lead to it."""
        if len(seen) >= LONGEST_CHAIN:
            return
        gone = [(there or _as_if(old, step.instead), step) for there, step in self._ways(old, seen)]
        yield from ((there, (step,)) for there, step in gone)
        for there, step in gone:
            yield from ((last, (step, *after)) for last, after in self.ended(there, seen | {old.model}))

    def served(self, model: str, old: Offering) -> Offering | None:
        """The plainest offering of a model at an old one's place; None where there is none but an alias."""
        if model not in self._catalog.models or self._catalog.models[model].value("points_to"):
            return None
        there = [
            o
            for o in self._models[old.provider, model]
            if o.version != "latest" and self._fit.in_one_place(old, o)
        ]
        return min(
            there,
            key=lambda o: (
                o.channel != old.channel,
                o.variant != old.variant,
                bool(o.variant),
                bool(o.version),
                o.key,
            ),
            default=None,
        )


def _as_if(old: Offering, model: str) -> Offering:
    """A model as it would be at an old one's place, where nobody knows it to be served: a name alone."""
    return Offering(provider=old.provider, channel=old.channel, model=model)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
