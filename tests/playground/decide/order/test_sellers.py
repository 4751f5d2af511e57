"""What sort of seller a provider is depends on whose model it sells: of equals the lab's own comes first."""

from __future__ import annotations

from playground.catalog import Provider, Seller
from tests.catalogs import committed


def test_a_lab_is_a_host_to_the_models_of_another_lab() -> None:
    provider = Provider(id="x", name="x", kind="lab", lab="acme")
    assert (provider.sells_as("acme"), provider.sells_as("other")) == (Seller.LAB, Seller.HOST)
    resold = {
        (o.provider, o.lab)
        for o in committed().offerings
        if committed().providers[o.provider].sells_as(o.lab) is Seller.LAB
    }
    assert ("mistral", "mistral") in resold
    assert ("mistral", "deepseek") not in resold
