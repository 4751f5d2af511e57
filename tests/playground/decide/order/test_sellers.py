"""What sort of seller a provider is depends on whose model it sells: of equals the lab's own comes first."""

from __future__ import annotations

from datetime import date

from playground.catalog import Provider, Seller, Statement
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


def test_a_lab_that_passes_others_models_on_is_no_host_to_them() -> None:
    words = Statement(value="gateway", quote="q", url="https://x.example/", read=date(2026, 11, 1))
    provider = Provider(id="x", name="x", kind="lab", lab="acme", sells_others=words)
    assert (provider.sells_as("acme"), provider.sells_as("other")) == (Seller.LAB, Seller.GATEWAY)
    perplexity = committed().providers["perplexity"]
    assert (perplexity.sells_as("perplexity"), perplexity.sells_as("openai")) == (Seller.LAB, Seller.GATEWAY)


def test_each_lab_names_the_lab_whose_models_are_its_own_and_sells_some_of_them() -> None:
    sold: dict[str, set[str]] = {}
    for o in committed().offerings:
        sold.setdefault(o.provider, set()).add(o.lab)
    labs = {p.id: p.lab for p in committed().providers.values() if p.seller_class is Seller.LAB}
    assert len(labs) > 60
    assert {name: lab for name, lab in labs.items() if lab not in sold.get(name, {lab})} == {}
