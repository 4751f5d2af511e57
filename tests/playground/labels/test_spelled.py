"""Names of models that sources give by an id alone, spelled as other names spell their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.catalog import Catalog, Model
from playground.labels.names import Names, display_names
from playground.labels.spelled import Spelling, is_id
from tests.catalogs import committed, fact
from tests.playground.decide.offers import of, offer

NAMED = {
    "google/gemini-2.5-flash": "Gemini 2.5 Flash",
    "google/gemini-3-flash": "Gemini 3 Flash",
    "openai/gpt-5-mini": "GPT-5 mini",
    "openai/gpt-4o": "GPT-4o",
    "zai/glm-4.5-air": "GLM-4.5 Air",
    "alibaba/qwen3-vl": "Qwen3 VL",
    "deepseek/deepseek-r1": "DeepSeek R1",
    "alibaba/wan-mini": "Wan Mini",
}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("google/gemini-2.5-flash-native-audio", "Gemini 2.5 Flash Native Audio"),
        ("google/gemini-2.5-flash-preview-2025-09", "Gemini 2.5 Flash Preview 2025-09"),
        ("google/gemini-2.5-flash-preview-04-17", "Gemini 2.5 Flash Preview 04-17"),
        ("google/gemini-2-1-flash", "Gemini 2.1 Flash"),
        ("openai/gpt-5.3-spark", "GPT-5.3 Spark"),
        ("openai/gpt-live-mini", "GPT Live mini"),
        ("alibaba/qwen3.6-35b-a3b-mini", "Qwen3.6 35B A3B Mini"),
        ("alibaba/qwen-8x22b-i2v-rt", "Qwen 8x22B I2V RT"),
        ("zai/glm-4.5-airx", "GLM-4.5 Airx"),
        ("zai/glm", "GLM"),
        ("acme/unheard-of-flash", "unheard-of-flash"),
        ("acme/3.2", "3.2"),
    ],
)
def test_an_id_is_spelled_as_the_names_beside_it(model: str, name: str) -> None:
    assert Spelling(NAMED).of(model) == name


def test_ids_teach_nothing_and_labs_do() -> None:
    assert Spelling({"acme/anvil": "anvil"}).of("acme/anvil-2") == "anvil-2"
    assert Spelling({}, ["Anvil AI"]).of("acme/anvil-2") == "Anvil 2"
    assert [is_id(name) for name in ("gpt-image-1", "GPT-4", "gpt 4o audio", "モデル")] == [
        True,
        False,
        True,
        False,
    ]


def known(*models: tuple[str, str]) -> Catalog:
    catalog = of(*(offer(model) for model, _ in models))
    facts = {model: {"name": fact(name)} if name else {} for model, name in models}
    return replace(catalog, models={m: Model(id=m, facts=facts[m]) for m in catalog.models})


def test_a_name_that_is_an_id_is_spelled_and_a_written_one_stays() -> None:
    catalog = known(("acme/anvil-1", "AnVil 1"), ("acme/anvil-2", "anvil-2"), ("acme/anvil-3", ""))
    names = {"acme/anvil-1": "AnVil 1", "acme/anvil-2": "AnVil 2", "acme/anvil-3": "AnVil 3"}
    assert display_names(catalog) == names
    assert {model: Names(catalog)[model] for model in names} == names


def test_an_id_of_two_labs_stays() -> None:
    catalog = known(("acme/anvil-1", "Anvil 1"), ("acme/anvil-2", ""), ("copies/anvil-2", ""))
    assert display_names(catalog)["copies/anvil-2"] == display_names(catalog)["acme/anvil-2"] == "anvil-2"


def test_few_models_of_the_catalog_are_called_by_their_ids() -> None:
    """Those whose first word no name that a source gives has, and those whose id is another lab's, too."""
    names, models = display_names(committed()), committed().models.values()
    given = [m.name for m in models if m.value("name") and not is_id(m.name)]
    first = {name.split()[0].split("-")[0].lower() for name in given}
    ids = [m for m, name in names.items() if is_id(name) and name.split("-")[0] in first]
    assert [model for model in ids if not another_labs(model)] == []
    assert sum(map(is_id, names.values())) < len(names) / 10


def another_labs(model: str) -> bool:
    return sum(other.partition("/")[2] == model.partition("/")[2] for other in committed().models) > 1


def test_no_two_models_of_a_lab_come_to_be_called_alike() -> None:
    names = display_names(committed())
    spelled = {
        (m.id.partition("/")[0], names[m.id]) for m in committed().models.values() if not m.value("name")
    }
    own = [(m, n) for m, n in names.items() if (m.partition("/")[0], n) in spelled]
    assert len(own) == len(spelled)
