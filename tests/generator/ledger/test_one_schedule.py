"""Deployments of which no source says when they end, at a provider that ends a model everywhere at once."""

from __future__ import annotations

from dataclasses import replace

from generator.ledger.one_schedule import SCHEDULES, with_one_schedule
from playground.catalog import Channel, Offering, Standing
from tests.catalogs import catalog, committed, offered


def deployed(channel: str, provider: str = "azure", version: str = "", **facts: str) -> Offering:
    return replace(offered("acme/small", provider=provider, channel=channel, **facts), version=version)


def ends(*deployments: Offering) -> list[object]:
    whole = replace(catalog(deployments[0]), offerings=deployments)
    return [one.value("retires") for one in with_one_schedule(whole).offerings]


GLOBAL = deployed("global", retires="2026-11-19", replaced_by="acme/large")


def test_a_deployment_ends_with_the_others_of_its_model_and_says_so() -> None:
    regional = deployed("regional")
    whole = replace(catalog(GLOBAL), offerings=(GLOBAL, regional))
    facts = with_one_schedule(whole).offerings[1].facts
    assert (facts["retires"].value, facts["replaced_by"].value) == ("2026-11-19", "acme/large")
    assert facts["retires"].standing == Standing.OVERRIDDEN
    assert facts["retires"].link == SCHEDULES["azure"]
    assert facts["retires"].reason.startswith("as for Global")


def test_no_day_is_taken_where_another_schedule_holds_or_days_differ() -> None:
    same = "2026-11-19"
    assert ends(GLOBAL, deployed("government")) == [same, None]
    assert ends(GLOBAL, deployed("regional", version="2")) == [same, None]
    assert ends(GLOBAL, deployed("regional", retires_earliest="2027-01-01")) == [same, None]
    assert ends(GLOBAL, deployed("regional", retires="2027-01-01")) == [same, "2027-01-01"]
    later = deployed("data-zone-us", retires="2027-01-01")
    assert ends(GLOBAL, later, deployed("regional")) == [same, "2027-01-01", None]
    elsewhere = deployed("global", provider="amazon-bedrock", retires=same)
    assert ends(elsewhere, deployed("regional", provider="amazon-bedrock")) == [same, None]


def test_no_public_deployment_in_the_committed_catalog_outlives_its_model() -> None:
    days: dict[tuple[str, str, str, str], set[object]] = {}
    for one in committed().offerings:
        if one.provider in SCHEDULES and one.channel != Channel.GOVERNMENT and "retires_earliest" not in one.facts:
            days.setdefault(one.sort_key().but_channel, set()).add(one.value("retires"))
    assert not {key for key, seen in days.items() if len(seen) > 1}
