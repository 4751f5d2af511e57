"""A second place for when the first one fails: one that shares no provider, lab, cloud or zone with it.

It has to do the work too: as able as far as tests tell, and within what the reader would pay more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from playground.ability import Abilities, Task
from playground.catalog import Channel, Offering
from playground.catalog.regions import NAMED_FOR
from playground.decide.candidate import Candidate
from playground.lifecycle.lines import succeeds

#: Whose machines a provider's service runs on, where that is a cloud's. OpenAI's and GitHub's run to a great
#: part on Microsoft's; what a host or a gateway runs on nobody states here, so it counts as its own.
CLOUDS: Mapping[str, str] = {
    "azure": "microsoft",
    "openai": "microsoft",
    "github-copilot": "microsoft",
    "amazon-bedrock": "amazon",
    "amazon-nova": "amazon",
    "amazon-sagemaker": "amazon",
    "google": "google",
    "google-vertex": "google",
}


def shared(one: Offering, other: Offering) -> tuple[str, ...]:
    """What would fail both at once: `provider`, `lab`, `cloud`, `gateway`, `zone`; empty where nothing would.

    A gateway passes requests on to somebody it does not name beforehand, so it shares with everybody. Two
    channels named for the same zone share its regions.
    """
    in_common = []
    if one.provider == other.provider:
        in_common.append("provider")
    if one.lab == other.lab:
        in_common.append("lab")
    if CLOUDS.get(one.provider, one.provider) == CLOUDS.get(other.provider, other.provider):
        in_common.append("cloud")
    if Channel.GATEWAY in (one.channel, other.channel):
        in_common.append("gateway")
    if any(one.channel in zone and other.channel in zone for zone in NAMED_FOR.values()):
        in_common.append("zone")
    return tuple(in_common)


#: Who counts as one with a cloud here for safety, and may run on another as well.
ELSEWHERE_TOO = frozenset({"openai", "github-copilot"})


def clouds_unknown(*offerings: Offering) -> tuple[str, ...]:
    """The providers among these of which nobody here says on whose clouds alone they run."""
    known = CLOUDS.keys() - ELSEWHERE_TOO
    return tuple(dict.fromkeys(o.provider for o in offerings if o.provider not in known))


def fallback(
    first: Candidate,
    ranked: Iterable[Candidate],
    abilities: Abilities,
    task: Task | None = None,
    times: Decimal | None = None,
) -> Candidate | None:
    """The best of the ranked that shares nothing with the first and is as able, for at most `times` as much.

    None where there is none; without `times` it may cost what it will. Of one line the latest speaks that
    costs no more.
    """
    fit = [
        (other, dearer)
        for other in ranked
        if _within(dearer := times_dearer(first, other), times)
        and not shared(first.offering, other.offering)
        and as_able(first.offering.model, other.offering.model, abilities, task)
    ]
    if not fit:
        return None
    best, cost = fit[0]
    for other, dearer in fit:
        no_dearer = cost is not None and dearer is not None and dearer <= cost
        if no_dearer and succeeds(other.offering.model, best.offering.model):
            best, cost = other, dearer
    return best


def _within(dearer: Decimal | None, times: Decimal | None) -> bool:
    """Whether a factor is within what the reader allows; an unknown one is only where anything is."""
    return times is None or (dearer is not None and dearer <= times)


def as_able(first: str, other: str, abilities: Abilities, task: Task | None = None) -> bool:
    """Whether tests have both models and do not put the first surely ahead."""
    odds = abilities.better(first, other, task)
    return odds is not None and not abilities.surely_better(first, other, task)


def times_dearer(first: Candidate, other: Candidate) -> Decimal | None:
    """How many times as much the other costs for the same work, once all that is announced holds.

    None where a sum is unknown or is nothing.
    """
    bills = (([b.bill for b in c.coming if not b.until] or [c.bill])[-1] for c in (first, other))
    one, two = (bill.usd if bill else None for bill in bills)
    return two / one if one and two is not None else None
