"""A price that falls to nothing waits for a person, unless who asks it says so or it is free by its name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from generator.ledger.holds.smells import Suspicion
from generator.ledger.reconcile import Inputs, reconcile
from generator.sources.records import SourceRecord
from playground.catalog import Catalog, HeldChange
from tests.generator.ledger.claimed import PROVIDERS, RULES, TODAY, record, state

SOURCES = ("litellm", "models-dev", "openrouter", "azure-retail")
TOLD = {"litellm": "2", "models-dev": "2"}


def refreshed(provider: str, model: str, told: dict[str, str], old: Catalog | None = None) -> Catalog:
    """The catalog of what these sources say that a million tokens of one model cost."""

    def row(source: str, usd: str) -> SourceRecord:
        return record(source, provider, model, price__input=Decimal(usd), price__output=Decimal(4))

    return reconcile(
        Inputs(
            records=[row(source, usd) for source, usd in told.items()],
            rules=RULES,
            providers=PROVIDERS,
            sources={source: state(source) for source in SOURCES},
            today=TODAY,
            old=old,
        )
    ).catalog


def held(catalog: Catalog) -> list[tuple[str, HeldChange]]:
    return [(one.reason, change) for one in catalog.held for change in one.changes]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"litellm": "2"}, {"litellm": "0"}),
        # Sources copy from each other: both fall, the second follows, a new one begins with it.
        (TOLD, {"litellm": "0", "models-dev": "0"}),
        ({"litellm": "2", "models-dev": "0"}, {"litellm": "0", "models-dev": "0"}),
        ({"litellm": "2"}, {"litellm": "0", "models-dev": "0"}),
        # What one provider's own price list says is not said of another's price.
        ({**TOLD, "openrouter": "0"}, {"litellm": "0", "models-dev": "2", "openrouter": "0"}),
    ],
)
def test_a_price_that_falls_to_zero_waits_whoever_says_so_too(
    before: dict[str, str], now: dict[str, str]
) -> None:
    old = refreshed("groq", "acme/model-9", before)
    after = refreshed("groq", "acme/model-9", now, old)
    reasons = {(reason, change.field, str(change.now)) for reason, change in held(after)}
    assert (Suspicion.ZERO, "price.input", "0") in reasons
    assert after.offerings[0].value("price.input") == Decimal(2)


@pytest.mark.parametrize(("provider", "own"), [("openrouter", "openrouter"), ("azure", "azure-retail")])
def test_it_comes_in_where_the_providers_own_row_says_so(provider: str, own: str) -> None:
    old = refreshed(provider, "acme/model-9", {"litellm": "2", own: "2"})
    after = refreshed(provider, "acme/model-9", {"litellm": "0", own: "0"}, old)
    assert held(after) == []
    assert after.offerings[0].value("price.input") == 0
    # The others alone are not believed.
    alone = refreshed(provider, "acme/model-9", {"litellm": "0", own: "2"}, old)
    assert [change.field for _, change in held(alone)] == ["price.input"]


def test_what_is_free_by_its_variant_costs_nothing_at_once() -> None:
    told = {"litellm": "2"}
    old = refreshed("openrouter", "acme/model-9:free", told)
    assert old.offerings[0].variant == "free"
    assert held(refreshed("openrouter", "acme/model-9:free", {"litellm": "0"}, old)) == []


def test_another_move_that_two_sources_make_needs_nobody() -> None:
    old = refreshed("groq", "acme/model-9", TOLD)
    moved = dict.fromkeys(TOLD, "40")
    assert held(refreshed("groq", "acme/model-9", moved, old)) == []
    assert held(refreshed("groq", "acme/model-9", {**TOLD, "litellm": "40"}, old)) != []
    # Nor does a price that is back from nothing.
    nothing = refreshed("groq", "acme/model-9", dict.fromkeys(TOLD, "0"), replace(old, offerings=()))
    assert held(refreshed("groq", "acme/model-9", TOLD, nothing)) == []
