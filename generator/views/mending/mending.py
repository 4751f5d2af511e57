"""Everything that a person should mend, by kind and in the order in which it is best mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from generator.views.front.rule import front_models
from generator.views.mending.facts import disputes, doubtful_prices, fillers, ladders, past_dates
from generator.views.mending.finding import Finding, Looked, Unread, looked_at
from generator.views.mending.older import older_pairs
from generator.views.mending.places import channels, generations, names, overrides
from playground.catalog import Catalog

#: What to look for, and the rule that finds it; of findings with equal reach the earlier kind comes first.
KINDS: Mapping[str, Callable[[Looked], Iterable[Finding]]] = {
    "contradictory ladder": ladders,
    "doubtful price": doubtful_prices,
    "generations mixed": generations,
    "pair of an older one": older_pairs,
    "channel by its name": channels,
    "override to be read again": overrides,
    "date in the past": past_dates,
    "name of another version": names,
    "filler": fillers,
    "dispute": disputes,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMend:
    """A finding with its kind and whether it is about a front model."""

    kind: str
    front: bool
    finding: Finding

    @property
    def reach(self) -> int:
        """At how many places it stands."""
        return len(self.finding.places)


def to_mend(
    catalog: Catalog, named: Collection[str], today: date, unread: Iterable[Unread] = ()
) -> list[ToMend]:
    """All findings: those of front models first, then by the number of places that they reach.

    `named` are the models of versus.yml, `unread` the overrides whose page should be read again.
    """
    looked = looked_at(catalog, today, unread, named)
    front = front_models(catalog, named)
    order = {kind: place for place, kind in enumerate(KINDS)}
    findings = [
        ToMend(kind=kind, front=finding.model in front, finding=finding)
        for kind, rule in KINDS.items()
        for finding in rule(looked)
    ]
    return sorted(
        findings,
        key=lambda one: (
            *(not one.front, -one.reach, order[one.kind]),
            *(one.finding.model, one.finding.field, one.finding.where),
        ),
    )


def by_kind(findings: Iterable[ToMend]) -> Mapping[str, int]:
    """How many there are of each kind, in the order of the kinds; those without any too."""
    counts = Counter(one.kind for one in findings)
    return {kind: counts[kind] for kind in KINDS}
