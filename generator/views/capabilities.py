"""Capabilities over all places that serve a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.views.figures import UNKNOWN, escape, marked
from playground.catalog import Capability, Catalog, Offering, Support
from playground.labels.addresses import anchor, capability_path
from playground.labels.labels import MARKS, label
from playground.labels.names import place_name


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityView:
    """Where a model can do something, where it can't, where nobody says."""

    name: str
    link: str
    yes: str
    no: str
    unknown: str


def support_counts(offerings: Iterable[Offering]) -> Mapping[Capability, Counter[Support]]:
    """How many offerings have each capability, have it not, or leave it unknown."""
    counts: dict[Capability, Counter[Support]] = {c: Counter() for c in Capability}
    for offering in offerings:
        for capability, support in counts.items():
            support[offering.can(capability)] += 1
    return counts


def capability_views(offerings: Iterable[Offering], catalog: Catalog) -> list[CapabilityView]:
    """Each capability over all places that serve the model, with how well each place's answer stands."""
    rows = []
    offerings = list(offerings)
    for capability in Capability:
        places: dict[Support, list[tuple[str, str, str]]] = {s: [] for s in Support}
        for offering in offerings:
            place = place_name(offering, catalog)
            fact = offering.facts.get(f"can.{capability}")
            mark = MARKS[fact.standing] if fact else ""
            places[offering.can(capability)].append((escape(place), mark, f"#{anchor(offering)}"))
        if places[Support.YES] or places[Support.NO]:
            rows.append(
                CapabilityView(
                    name=label(f"can.{capability}"),
                    link=capability_path(capability),
                    yes=_places(places[Support.YES]),
                    no=_places(places[Support.NO]),
                    unknown=_places(places[Support.UNKNOWN]),
                )
            )
    return rows


def _places(places: list[tuple[str, str, str]]) -> str:
    """A few places by name, many by number; each mark leads to the claims of (the first of) its places."""
    if not places:
        return UNKNOWN
    if len(places) <= 3:
        return ", ".join(f"{place}{marked(mark, claims)}" for place, mark, claims in places)
    marks = Counter(mark for _, mark, _ in places if mark)
    first = {mark: claims for _, mark, claims in reversed(places)}
    standings_text = ", ".join(f"{n}{marked(mark, first[mark])}" for mark, n in sorted(marks.items()))
    return f"{len(places)} places" + (f" ({standings_text})" if standings_text else "")
