"""What a deployment at Azure can do where only another deployment of its model is described."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from playground.catalog import Capability, Channel, Offering, Support
from playground.catalog.regions import Zone
from playground.decide.chooser import choose
from playground.labels.deployments import at_others
from playground.need.need import Need
from tests.playground.decide.offers import GOOD, TODAY, WORK, of, offer

PRICED = {"price__input": "1", "price__output": "4"}


def over(channel: str, provider: str = "azure", version: str = "", **facts: object) -> Offering:
    return replace(offer("acme/one", channel=channel, provider=provider, **facts), version=version)


ZONE = over("data-zone-eu", kind="chat", **PRICED)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (over("global", can__vision="yes"), "yes"),
        (over("regional", can__vision="no"), "no"),
        (over("global"), None),
        (over("global", version="2026-01-01", can__vision="yes"), None),
        (over("government", can__vision="yes"), None),
        (over("global", provider="shop", can__vision="yes"), None),
    ],
)
def test_a_deployment_can_what_another_of_the_same_version_there_can(
    other: Offering, said: str | None
) -> None:
    assert at_others([ZONE, other], "can.vision") == [said, None]


def test_what_is_said_of_the_deployment_itself_counts_and_others_that_differ_say_nothing() -> None:
    own = replace(ZONE, facts={**ZONE.facts, **over("global", can__vision="no").facts})
    assert at_others([own, over("global", can__vision="yes")], "can.vision") == [None, None]
    two = [ZONE, over("global", can__vision="yes"), over("regional", can__vision="no")]
    assert at_others(two, "can.vision") == [None, None, None]


def test_elsewhere_each_channel_speaks_for_itself() -> None:
    zone = over("eu", provider="shop", **PRICED)
    assert at_others([zone, over("global", provider="shop", can__vision="yes")], "can.vision") == [None, None]


@pytest.mark.parametrize(("can", "holds"), [("yes", Support.YES), ("no", Support.NO)])
def test_the_zone_s_deployment_is_judged_by_the_one_that_is_described(can: str, holds: Support) -> None:
    need = Need(work=WORK, zone=Zone.EU, must=(Capability.VISION,), keep_unknown=False)
    described = over("global", can__vision=can, context_tokens=128_000, max_output_tokens=8_000)
    answer = choose(need, of(ZONE, described), TODAY)
    (candidate,) = [
        c
        for group in (answer.ranked, *answer.eliminated.values())
        for c in group
        if c.offering.channel is Channel.DATA_ZONE_EU
    ]
    (verdict,) = [v for v in candidate.verdicts if v.constraint == "can: vision"]
    assert (verdict.holds, verdict.reason) == (holds, f"{can}, as at its other deployments")
    assert bool(answer.ranked) is (can == "yes")


@pytest.mark.parametrize(
    ("tokens", "holds"), [(12_300, Support.YES), (12_400, Support.UNKNOWN), (200_000, Support.UNKNOWN)]
)
def test_a_window_of_another_deployment_is_counted_on_for_a_tenth_of_it(tokens: int, holds: Support) -> None:
    need = Need(work=replace(WORK, input_tokens=Decimal(tokens)))
    whole = of(replace(GOOD, channel=Channel.DATA_ZONE_EU, facts=ZONE.facts), GOOD)
    candidates = choose(need, whole, TODAY).ranked
    (verdict,) = [
        v
        for c in candidates
        for v in c.verdicts
        if v.constraint == "input fits" and c.offering.channel is Channel.DATA_ZONE_EU
    ]
    assert verdict.holds == holds
