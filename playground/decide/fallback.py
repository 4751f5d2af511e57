"""A second place for when the first one fails: one that shares no provider, lab, cloud or zone with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playground.catalog import Channel, Offering
from playground.catalog.regions import NAMED_FOR
from playground.decide.candidate import Candidate

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


def fallback(first: Candidate, ranked: Iterable[Candidate]) -> Candidate | None:
    """The best of the ranked that shares nothing with the first; None where everybody does."""
    return next((c for c in ranked if not shared(first.offering, c.offering)), None)
