"""Offerings, catalogs and a month's work to choose by, made for the tests here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from playground.catalog import Catalog, Offering, Provider
from playground.decide.chooser import choose
from playground.need.need import Need
from playground.pricing.workload import Workload
from tests.catalogs import catalog, offered

TODAY = date(2026, 11, 24)
WORK = Workload(input_tokens=Decimal(3000), output_tokens=Decimal(500), requests=Decimal(10_000))

offer = partial(offered, channel="global")


def of(*offerings: Offering) -> Catalog:
    whole = catalog(*offerings)
    return replace(whole, providers={o.provider: Provider(id=o.provider, name=o.provider) for o in offerings})


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
