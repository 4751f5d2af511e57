"""One generation of a model decides nothing about another."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace as with_changes

from generator import store
from generator.cli.catalog.faults import faults_in
from generator.curated.overrides import Override
from generator.curated.renamed import every_renamed
from generator.ledger.model_facts import OF_A_GENERATION
from generator.ledger.placing.identity import Placement, place
from generator.sources.records import FieldClaim
from playground.catalog import Model
from tests.catalogs import committed, fact
from tests.generator.ledger.claimed import PROVIDERS, RULES, record, run


def model_of(provider: str, name: str) -> str:
    where = place(record("models-dev", provider, name), RULES, PROVIDERS)
    assert isinstance(where, Placement), where
    return where.key.model


@pytest.mark.parametrize(
    ("provider", "name", "model"),
    [
        ("mistral", "mistral-large-2411", "mistral/mistral-large-2411"),
        ("mistral", "mistral-large-2512", "mistral/mistral-large-2512"),
        ("azure", "mistral-large-3", "mistral/mistral-large-2512"),
        ("mistral", "mistral-large-latest", "mistral/mistral-large"),
        ("openrouter", "mistralai/mistral-large", "mistral/mistral-large"),
        ("google-vertex", "mistral-large@2411-001", "mistral/mistral-large-2411"),
        ("google-vertex", "mistral-medium-3@001", "mistral/mistral-medium-2505"),
        # The lab's own API leads on from this id; hosts do not.
        ("mistral", "mistral-medium-3", "mistral/mistral-medium"),
        ("mistral", "mistral-ocr-4-0", "mistral/mistral-ocr-4.0"),
        ("mistral", "mistral-ocr-4", "mistral/mistral-ocr-4"),
        ("ovhcloud", "Mistral-Small-3.2-24B-Instruct-2506", "mistral/mistral-small-2506"),
        ("huggingface", "Qwen/Qwen3-235B-A22B-Instruct-2507", "alibaba/qwen3-235b-a22b-instruct"),
        ("openrouter", "qwen/qwen3-235b-a22b-2507", "alibaba/qwen3-235b-a22b-instruct"),
        ("openrouter", "qwen/qwen3-235b-a22b", "alibaba/qwen3-235b-a22b"),
        ("openai", "gpt-4o-2024-11-20", "openai/gpt-4o"),
    ],
)
def test_a_date_is_of_its_generation_and_an_alias_of_none(provider: str, name: str, model: str) -> None:
    assert model_of(provider, name) == model


def test_an_aliases_price_is_not_its_generations() -> None:
    rows = [
        record("genai-prices", "mistral", "mistral-large", price__input=Decimal(2)),
        record("genai-prices", "mistral", "mistral-large-2512", price__input=Decimal("0.5")),
    ]
    prices = {o.model: o.value("price.input") for o in run(*rows).catalog.offerings}
    assert prices == {"mistral/mistral-large": 2, "mistral/mistral-large-2512": Decimal("0.5")}


def test_an_alias_has_no_day_and_no_weights_of_a_generation() -> None:
    claims = (
        FieldClaim(field="released", value="2024-11"),
        FieldClaim(field="knowledge", value="2024-11"),
        FieldClaim(field="open_weights", value="yes"),
    )
    rows = [
        with_changes(record("models-dev", "mistral", name), model_claims=claims)
        for name in ("mistral-large-latest", "mistral-large-2411")
    ]
    points_to = Override(
        target="mistral/mistral-large",
        field="points_to",
        value="mistral/mistral-large-2512",
        where="entry 1",
        reason="The page says so.",
        link="https://example.com",
        date=date(2026, 11, 1),
    )
    models = run(*rows, overrides=(points_to,)).catalog.models
    values = {model: [m.value(c.field) for c in claims] for model, m in models.items()}
    assert values == {
        "mistral/mistral-large": [None, None, None],
        "mistral/mistral-large-2411": ["2024-11", "2024-11", "yes"],
    }


def test_no_alias_of_the_catalog_has_a_day_or_weights_of_a_generation() -> None:
    aliases = [m for m in committed().models.values() if m.value("points_to")]
    assert len(aliases) > 10
    assert [(m.id, name) for m in aliases for name in OF_A_GENERATION if m.value(name) is not None] == []


def test_no_model_stands_for_two_dates_unless_its_lab_says_so() -> None:
    dates: dict[str, set[str]] = {}
    for offering in committed().offerings:
        if offering.version not in ("", "latest"):
            dates.setdefault(offering.model, set()).add(offering.version)
    several = {model for model, versions in dates.items() if len(versions) > 1}
    assert several
    assert {m for m in several if not any(one.fullmatch(m) for one in RULES.versions_of_one)} == set()


def test_check_names_a_model_that_is_two_and_an_alias_that_leads_nowhere(tmp_path: Path) -> None:
    rows = [
        record("litellm", "moonshotai", "kimi-k9-0905", price__input=Decimal(1)),
        record("litellm", "moonshotai", "kimi-k9-1106", price__input=Decimal(1)),
    ]
    folder = Path(shutil.copytree("docs/catalog", tmp_path / "catalog"))
    old, now = next(iter(every_renamed(folder).models.items()))
    pointing = {"kimi-a": "moonshotai/kimi-k9", "kimi-b": "moonshotai/kimi-a", "kimi-c": old}
    pointing |= {"kimi-d": "moonshotai/kimi-d", "kimi-e": "moonshotai/nobody-lists-it"}
    made = run(*rows).catalog
    aliases = {
        f"moonshotai/{name}": Model(id=f"moonshotai/{name}", facts={"points_to": fact(target)})
        for name, target in pointing.items()
    }
    store.save(folder, store.render(replace(made, models={**made.models, **aliases}), {}))
    faults = list(faults_in(folder))
    said = [line for line in faults if "in one" in line]
    assert len(said) == 1
    assert "moonshotai/kimi-k9 is 0905 and 1106 in one" in said[0]
    named = [line.partition(f"{folder / 'overrides.yml'}: moonshotai/kimi-")[2] for line in faults]
    assert [line for line in named if line] == [
        "b points_to: moonshotai/kimi-a is an alias itself, for moonshotai/kimi-k9; name what both stand for",
        f"c points_to: {old} is now called {now}; write that",
        "d points_to: it points to itself; name the model that it stands for",
    ]
