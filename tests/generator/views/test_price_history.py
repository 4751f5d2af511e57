"""The plot of a model's prices stays in its frame, also where a price is announced for a day to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from generator.views.price_history import history
from playground.catalog import PriceSpan, Standing
from tests.catalogs import catalog, committed, fact, offering

TODAY = date(2026, 11, 12)


def plotted(*steps: tuple[date, str]) -> str:
    spans = [
        PriceSpan(record="litellm", start=day, mode="standard", usd={"input": Decimal(usd)})
        for day, usd in steps
    ]
    of = offering("acme/one", price__input=fact(Decimal(2), Standing.AGREED))
    priced = replace(of, history=tuple(spans))
    return history([priced], catalog(priced), TODAY)


def places(html: str) -> list[float]:
    return [float(left) for left in re.findall(r"left:([\d.-]+)%", html)]


@pytest.mark.parametrize("last", [date(2026, 10, 1), date(2026, 12, 1), date(2030, 1, 1)])
def test_every_point_is_within_the_frame(last: date) -> None:
    html = plotted((date(2026, 9, 1), "1"), (last, "2"))
    assert places(html)
    assert all(0 <= left <= 100 for left in places(html))
    assert ("is announced" in html) == (last > TODAY)


def test_no_plot_of_the_catalog_leaves_its_frame() -> None:
    whole = committed()
    coming = {o.model for o in whole.offerings if any(s.start and s.start > TODAY for s in o.history)}
    assert coming
    for model in coming:
        assert max(places(history(whole.of_model(model), whole, TODAY)), default=0) <= 100
