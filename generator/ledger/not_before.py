"""A lab's "not before this day", copied as a last day to other places, is no last day there either.

LiteLLM has one field for both: Anthropic ends Claude Haiku 4.5 "not sooner than October 15, 2026", and its
rows of that model at Vertex and Bedrock give the day as if calls stopped on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from playground.catalog import Catalog, Fact, Offering

RETIRES, EARLIEST = "retires", "retires_earliest"
#: Sources that give a first possible day and a last day in one field.
IN_ONE_FIELD = frozenset({"litellm"})


def with_first_days(catalog: Catalog) -> Catalog:
    """The catalog in which such a day is the first possible one, as the lab has it."""
    days: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        if offering.provider == offering.lab and (day := offering.value(EARLIEST)):
            days[offering.model].add(str(day))
    return replace(catalog, offerings=tuple(_with_first_day(o, days[o.model]) for o in catalog.offerings))


def _with_first_day(offering: Offering, days: set[str]) -> Offering:
    last = offering.facts.get(RETIRES)
    if last is None or offering.provider == offering.lab or str(last.value) not in days:
        return offering
    if not {claim.source for claim in last.claims} <= IN_ONE_FIELD or not last.claims:
        return offering
    facts: dict[str, Fact] = {name: fact for name, fact in offering.facts.items() if name != RETIRES}
    reason = "its lab says that it does not end before this day"
    facts.setdefault(EARLIEST, replace(last, reason=reason))
    return replace(offering, facts=dict(sorted(facts.items())))
