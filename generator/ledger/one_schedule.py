"""The last day of a deployment that no source names, where its provider has one schedule for all of them.

Microsoft's schedule has a column for the model and one for the version, none for the deployment: what ends at
Global ends in the Data Zones and the regions too. LiteLLM has rows for some of them only: who bears out the
day of one deployment bears out the schedule, and so the same day of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from generator.ledger.placing.placed import OF_THEIR_OWN
from playground.catalog import Catalog, Fact, Offering, Standing

RETIRES, EARLIEST, INSTEAD = "retires", "retires_earliest", "replaced_by"
#: Providers with one schedule for all deployments → its page.
SCHEDULES: Mapping[str, str] = {
    "azure": "https://learn.microsoft.com/azure/foundry/openai/concepts/model-retirement-schedule"
}

#: A provider's model in one version and variant, over whichever channel.
type Scheduled = tuple[str, str, str, str]


def with_one_schedule(catalog: Catalog) -> Catalog:
    """The catalog in which each deployment of such a provider ends when the others of its model do.

    Where they end on different days no day is taken from them, nor for a deployment with a day of its own.
    """
    ending: dict[Scheduled, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        if _follows(offering) and offering.value(RETIRES):
            ending[offering.sort_key().but_channel].append(offering)
    return replace(
        catalog,
        offerings=tuple(_with_day(o, ending.get(o.sort_key().but_channel, [])) for o in catalog.offerings),
    )


def _follows(offering: Offering) -> bool:
    return offering.provider in SCHEDULES and offering.channel not in OF_THEIR_OWN


def _with_day(offering: Offering, others: list[Offering]) -> Offering:
    days = {other.value(RETIRES) for other in others}
    if not _follows(offering) or len(days) != 1:
        return offering
    if {RETIRES, EARLIEST} & offering.facts.keys():
        return _agreed(_with_another(offering, others), others)
    facts = {RETIRES: _as_there(RETIRES, next(filter(_is_agreed, others), others[0]))}
    return _with_another(replace(offering, facts=dict(sorted({**offering.facts, **facts}.items()))), others)


def _with_another(offering: Offering, others: list[Offering]) -> Offering:
    """The offering with what is named in its place at another deployment that ends on the same day."""
    if offering.value(RETIRES) != others[0].value(RETIRES):
        return offering
    facts: dict[str, Fact] = {}
    if INSTEAD not in offering.facts and (named := [o for o in others if o.value(INSTEAD)]):
        facts[INSTEAD] = _as_there(INSTEAD, named[0])
    return replace(offering, facts=dict(sorted({**offering.facts, **facts}.items())))


def _agreed(offering: Offering, others: list[Offering]) -> Offering:
    """The offering; a day that its vendor's page alone gives is agreed where another deployment's is."""
    own = offering.facts.get(RETIRES)
    if own is None or own.standing != Standing.OVERRIDDEN:
        return offering
    if not any(map(_is_agreed, others)):
        return offering
    return replace(offering, facts={**offering.facts, RETIRES: replace(own, standing=Standing.AGREED)})


def _is_agreed(offering: Offering) -> bool:
    return offering.facts[RETIRES].standing == Standing.AGREED


def _as_there(name: str, other: Offering) -> Fact:
    return Fact(
        value=other.value(name),
        standing=Standing.AGREED if other.facts[name].standing == Standing.AGREED else Standing.OVERRIDDEN,
        reason=f"as at {other.key}: its provider's schedule is by model and version alone",
        link=SCHEDULES[other.provider],
    )
