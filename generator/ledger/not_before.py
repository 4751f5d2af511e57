"""A "not before this day" that a catalog copies as a last day is no last day.

LiteLLM has one field for both: Anthropic ends Claude Haiku 4.5 "not sooner than October 15, 2026", Google
calls every day of its page the earliest possible, and LiteLLM's rows give them as if calls stopped then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import replace

from playground.catalog import Catalog, Fact, Offering

RETIRES, EARLIEST = "retires", "retires_earliest"
#: Sources that give a first possible day and a last day in one field.
IN_ONE_FIELD = frozenset({"litellm"})
#: Who says of every day that it announces that it is a first possible one: in its words, or by what it does.
ALL_FIRST = {
    # https://ai.google.dev/gemini-api/docs/deprecations, the copy that lists gemini-3.8-live
    "google": "its provider says: “The shutdown dates listed in the table indicate the earliest possible "
    "dates on which a model might be retired”",
    # docs.mistral.ai lists models as merely deprecated months after the day named for them.
    "mistral": "its provider lets such days pass",
}
BY_LAB = "its lab says that it does not end before this day"
BY_PROVIDER = "its provider says that it does not end before this day"


def with_first_days(catalog: Catalog) -> Catalog:
    """The catalog in which such a day is the first possible one, as the vendor has it."""
    days: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        if offering.provider == offering.lab and (day := offering.value(EARLIEST)):
            days[offering.model].add(str(day))
    return replace(catalog, offerings=tuple(_with_first_day(o, days[o.model]) for o in catalog.offerings))


def _with_first_day(offering: Offering, of_lab: Set[str]) -> Offering:
    last = offering.facts.get(RETIRES)
    if last is None or not last.claims or not {claim.source for claim in last.claims} <= IN_ONE_FIELD:
        return offering
    reason = _why_first(offering, str(last.value), of_lab)
    if not reason:
        return offering
    facts: dict[str, Fact] = {name: fact for name, fact in offering.facts.items() if name != RETIRES}
    facts.setdefault(EARLIEST, replace(last, reason=reason))
    cited = {claim.record for fact in facts.values() for claim in fact.claims}
    cited |= {span.record for span in offering.history}
    return replace(
        offering,
        facts=dict(sorted(facts.items())),
        records={label: record for label, record in offering.records.items() if label in cited},
    )


def is_first_by_rule(name: str, fact: Fact) -> bool:
    """Whether a first possible day is one that its sources gave as the last one."""
    return name == EARLIEST and fact.reason in {BY_LAB, BY_PROVIDER, *ALL_FIRST.values()}


def _why_first(offering: Offering, day: str, of_lab: Set[str]) -> str:
    """Why a day that such a source alone gives is a first possible one; empty where nobody says so."""
    if day == offering.value(EARLIEST):
        return BY_PROVIDER
    if day in of_lab:
        return BY_LAB
    return ALL_FIRST.get(offering.provider, "")
