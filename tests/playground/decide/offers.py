"""Offerings, catalogs and a month's work to choose by, made for the tests here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from playground.catalog import Catalog, Channel, Offering, Provider, Statement
from playground.catalog.regions import ANYWHERE, CALLED_REGION, OWN_MACHINE
from playground.decide.chooser import choose
from playground.need.need import Need
from playground.pricing.workload import Workload
from tests.catalogs import HOST, catalog, offered

TODAY = date(2026, 11, 24)
WORK = Workload(input_tokens=Decimal(3000), output_tokens=Decimal(500), requests=Decimal(10_000))

offer = partial(offered, channel="global")


#: What a cloud says of where requests stay, channel by channel.
PROMISES = {
    Channel.GLOBAL: ANYWHERE,
    Channel.REGIONAL: CALLED_REGION,
    Channel.GOVERNMENT: CALLED_REGION,
    Channel.SELF_HOSTED: OWN_MACHINE,
    Channel.EU: "eu",
    Channel.DATA_ZONE_EU: "eu",
    Channel.US: "us",
    Channel.CA: "ca",
    Channel.JP: "jp",
    Channel.APAC: "apac",
}


def stated(channel: Channel, value: str, note: str = "") -> Statement:
    return Statement(
        value=value, quote="It stays.", url="https://acme.test/", read=TODAY, channels=(channel,), note=note
    )


STATED = tuple(stated(channel, value) for channel, value in PROMISES.items())


def of(*offerings: Offering, residency: tuple[Statement, ...] = STATED) -> Catalog:
    providers = {
        o.provider: Provider(id=o.provider, name=o.provider, residency=residency, seller=HOST)
        for o in offerings
    }
    return replace(catalog(*offerings), providers=providers)


def left(need: Need, whole: Catalog) -> list[str]:
    return [c.offering.key for c in choose(need, whole, TODAY).ranked]


GOOD = offer(
    kind="chat",
    context_tokens=128_000,
    max_output_tokens=8_000,
    can__vision="yes",
    price__input=1,
    price__output=4,
)
