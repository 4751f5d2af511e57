"""What a text says of who serves its models, where a group, a setting, a neighbour or a path decides."""

from __future__ import annotations

import pytest

from playground.lifecycle.findings import RetirementScan, Severity
from tests.catalogs import catalog
from tests.playground.lifecycle.test_serving import GONE, LATER, NONE, SOON, TODAY, known, scan, served

LITELLM = """model_list:
  - model_name: ours
    litellm_params:
      model: gpt-4o
{own}  - model_name: theirs
    litellm_params:
      model: azure/x
      api_base: https://x.openai.azure.com/
"""


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("      region_name: eu\n", ("openai", SOON)),
        ("      api_key: os.environ/AZURE_API_KEY\n", ("azure", LATER)),
        ("    model_info:\n      id: 1\n", ("openai", SOON)),
    ],
)
def test_a_group_of_litellms_says_all_of_its_model(own: str, expected: tuple[str, str]) -> None:
    assert served(LITELLM.format(own=own)) == [expected]


def test_a_group_of_litellms_on_one_line_is_one_too() -> None:
    line = "litellm_params: {model: gpt-4o}\napi_base: https://x.openai.azure.com/"
    assert served(line) == [("openai", SOON)]


def test_what_an_item_of_a_list_says_is_nothing_of_the_one_before() -> None:
    one, other = "- kind: chat\n  model: gpt-4o\n", "- kind: azure\n  model: x\n"
    assert served(one + other) == [("openai", SOON)]
    assert served(other + one) == [("openai", SOON)]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ('OPENAI_API_TYPE="azure"', ("azure", LATER)),
        ("export OPENAI_API_TYPE=azure", ("azure", LATER)),
        ('openai.api_type = "azure"', ("azure", LATER)),
        ('"api_type": "azure"', ("azure", LATER)),
        ("config.api_type = :azure", ("azure", LATER)),
        ('OPENAI_API_TYPE="openai"', ("openai", SOON)),
        ("# OPENAI_API_TYPE=azure", ("openai", SOON)),
        ('if api_type == "azure"', ("openai", SOON)),
    ],
)
def test_the_type_of_openais_api_says_that_it_is_azures(setting: str, expected: tuple[str, str]) -> None:
    assert served(f"{setting}\n\n\nOPENAI_API_KEY=x\nOPENAI_MODEL=gpt-4o\n") == [expected]


def test_a_lab_before_another_models_id_says_nothing_of_who_serves_this_one() -> None:
    among = '# api.together.ai\n\nlist = [\n  "mistralai/other-7b",\n  "mistralai/Mix-8x7B-It",\n]'
    assert served(among) == [("together", GONE)]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("openrouter/models.go", ("openrouter", NONE)),
        ("src/openrouter_models.go", ("openrouter", NONE)),
        ("openrouter/of/old/models.go", ("openai", SOON)),
        ("src/models.go", ("openai", SOON)),
    ],
)
def test_a_path_tells_a_host_where_nothing_else_does(path: str, expected: tuple[str, str]) -> None:
    assert served('A = "openai/gpt-4o"', path) == [expected]


def test_what_a_file_says_goes_before_its_path() -> None:
    assert served('client = OpenAI()\nA = "gpt-4o"', "azure/a.py") == [("openai", SOON)]
    assert served('A = "gpt-4o"', "azure/a.py") == [("azure", LATER)]
    assert served('A = "gpt-4o"', "azure-pipelines.yml") == [("openai", SOON)]


def test_a_form_of_groqs_is_groqs_whoever_else_writes_it_so() -> None:
    some = catalog(
        known("meta/llama-x", "groq", "llama-x-70b-versatile", channel="hosted", retires="2026-08-16"),
        known("meta/llama-x", "novita", "llama-x-70b-versatile", channel="hosted"),
    )
    (one,) = RetirementScan(some, {}, TODAY).findings('type Model = "llama-x-70b-versatile"')
    assert (one.named.provider, one.severity) == ("groq", Severity.ERROR)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        'tiktoken.encoding_for_model("gpt-4o")',
        'encodingForModel("gpt-4o")',
        "model_info:\n  family: gpt-4o",
        'tokenizer="gpt-4o"',
    ],
)
def test_a_model_that_another_is_like_is_a_notice(text: str) -> None:
    (one,) = scan().findings(text)
    assert (one.severity, one.named.aside) == (Severity.NOTICE, "a likeness, not a call")


def test_a_word_that_a_team_gave_is_no_model() -> None:
    text = "- model_name: fast\n  litellm_params:\n    model: x"
    assert not list(scan().findings(text))


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ("GPT-9 Mini", ["GPT-9 Mini"]),
        ("GPT-9 Mini-Max", ["GPT-9"]),
        ("GPT-9 Pro", ["GPT-9"]),
        ("GPT-9 or Mini", ["GPT-9"]),
        ("gpt-9-mini", ["gpt-9-mini"]),
    ],
)
def test_a_size_behind_a_name_makes_it_another(written: str, texts: list[str]) -> None:
    some = catalog(
        known("openai/gpt-9", "openai", "gpt-9"), known("openai/gpt-9-mini", "openai", "gpt-9-mini")
    )
    found = list(RetirementScan(some, {}, TODAY).findings(f"We use {written}.", path="a.md"))
    assert [f.named.text for f in found] == texts
    assert all(f.named.model == f"openai/{texts[0].lower().replace(' ', '-')}" for f in found)  # type: ignore[union-attr]
