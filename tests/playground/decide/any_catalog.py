"""Whatever a catalog may hold, and whatever a need may ask, for tests of properties."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from playground.catalog import Capability, Channel, Offering
from playground.catalog.regions import Zone
from tests.playground.decide.offers import of, offer

PRICES = st.integers(min_value=1, max_value=400).map(lambda n: Decimal(n) / 8)
OFFERINGS = st.builds(
    offer,
    model=st.sampled_from([f"acme/m{n}" for n in range(4)]),
    provider=st.sampled_from(["p0", "p1", "p2"]),
    channel=st.sampled_from(["direct", "global", "eu", "us", "regional", "gateway"]),
    **{
        name: st.sampled_from(values)
        for name, values in {
            "kind": ["chat", "embedding", None],
            "context_tokens": [2_000, 8_000, 128_000, None],
            "max_output_tokens": [100, 4_000, None],
            "can__vision": ["yes", "no", None],
            "can__tool_calls": ["yes", "no", None],
            "retires": ["2026-01-01", "2027-02", "2029-01-01", None],
            "status": ["retired", "beta", None],
            "regions": [("westeurope",), ("eastus",), None],
        }.items()
    },
    price__input=PRICES,
    price__output=PRICES,
    price__cache_read=PRICES,
)


def known(offering: Offering) -> Offering:
    return replace(offering, facts={n: f for n, f in offering.facts.items() if f.value is not None})


CATALOGS = st.lists(OFFERINGS.map(known), min_size=1, max_size=12, unique_by=lambda o: o.key).map(
    lambda offerings: of(*offerings)
)
CONSTRAINTS = st.fixed_dictionaries(
    {},
    optional={
        "must": st.sampled_from([(Capability.VISION,), (Capability.VISION, Capability.TOOL_CALLS)]),
        "zone": st.sampled_from(Zone),
        "labs": st.just(("acme",)),
        "providers": st.sampled_from([("p0",), ("p1", "p2")]),
        "channels": st.sampled_from([(Channel.EU, Channel.REGIONAL)]),
        "budget": st.integers(1, 3000).map(Decimal),
        "min_days": st.integers(1, 900),
        "min_providers": st.integers(2, 3),
        "open_weights": st.just(True),
    },
)
