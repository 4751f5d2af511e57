"""What people write leads to the model that is meant, and what the site prints to its own."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.assistant.lookup import Lookup
from generator.curated.renamed import every_renamed
from playground.labels.names import display_names
from playground.naming.forms import joined, units
from playground.naming.index import name_data, resolver_for
from playground.naming.resolver import NEAR, Resolution, Resolver
from tests.catalogs import committed

HERE = Path(__file__).parent
SPELLINGS: list[dict[str, Any]] = [
    row
    for name in ("spellings.yml", "second.yml")
    for row in yaml.safe_load((HERE / name).read_text("utf-8"))
]
#: Names that the catalog itself gives to several models, which only its sources can mend.
SHARED = {"Nano Banana Pro", "Llama-3.3-70B-Instruct", "llama-3.1-405b"}
#: Words that are some model's whole name and a brand, too, among others: none of them says which model.
BRANDS = {"DeepSeek", "GLM", "Grok", "MiniMax", "Nova"}


@cache
def known_names() -> dict[str, Any]:
    """What the resolver knows of the committed catalog, made once."""
    catalog = committed()
    moved = every_renamed(HERE.parents[1] / "docs" / "catalog").models
    return name_data(catalog, display_names(catalog), moved)


@cache
def resolver() -> Resolver:
    return Resolver(known_names())


def fits(row: dict[str, Any], answer: Resolution) -> bool:
    """Whether an answer is what a row of the judge asks for."""
    if "is" in row:
        edition = row.get("key", answer.key)
        return (answer.model, answer.provider, answer.key) == (row["is"], row.get("at", ""), edition)
    if "asks" in row:
        return not answer.model and set(row["asks"]) <= set(answer.choices)
    return not answer.model and not answer.choices and bool(set(row["near"]) & set(answer.near[:NEAR]))


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row["typed"].strip())
def test_a_spelling_leads_to_what_is_meant(row: dict[str, Any]) -> None:
    answer = resolver().resolve(row["typed"])
    assert fits(row, answer), answer


def test_there_are_enough_spellings_of_every_sort() -> None:
    assert len(SPELLINGS) >= 100
    assert all(sum(sort in row for row in SPELLINGS) >= 10 for sort in ("is", "asks", "near"))


def test_every_id_and_every_name_leads_to_its_own_model() -> None:
    """A name that several models have is asked about, and its own is among those that are offered."""
    shared = set()
    for model, name, *_ in known_names()["models"]:
        assert resolver().resolve(model) == Resolution(model=model)
        answer = resolver().resolve(name)
        if answer.model != model or answer.provider:
            assert model in answer.choices, (name, answer)
            shared.add(name)
    brands = shared - SHARED
    assert shared > SHARED
    assert brands >= BRANDS
    assert all(len(units(name)) == 1 and name.isalpha() for name in brands)


def test_every_name_leads_to_its_own_model_however_it_is_written() -> None:
    """In capitals, with other separators, and with its lab before it.

    Without the lab a name may be the lab's whose line it is: a copy is named with its own lab.
    """
    labs = known_names()["labs"]
    names = {model: name for model, name, *_ in known_names()["models"]}
    for model, name in names.items():
        lab = model.partition("/")[0]
        for text in (f"{lab}/{name}", f"{labs[lab]} {name}", f"{labs[lab]}: {name.upper()}"):
            answer = resolver().resolve(text)
            assert model in (answer.model, *answer.choices), (text, answer)
        for text in (name.upper(), name.replace("-", "_")):
            answer = resolver().resolve(text)
            same = {
                joined(units(one)) for one in (names.get(answer.model, ""), answer.model.partition("/")[2])
            }
            assert model in (answer.model, *answer.choices) or joined(units(name)) in same, text


def test_the_ids_of_providers_lead_to_their_models() -> None:
    """But for ids that this site gives to another model, and what it moved itself."""
    models: dict[str, set[str]] = {}
    for offering in committed().offerings:
        for one in offering.ids:
            models.setdefault(one.lower(), set()).add(offering.model)
    names = known_names()
    own = {text for model, *_ in names["models"] for text in (model, model.partition("/")[2])}
    odd = {
        one: answer
        for one in models
        if one not in own and one not in names["moved"]
        if not models[one] & {(answer := resolver().resolve(one)).model, *answer.choices}
    }
    assert odd == {}


def test_a_slip_of_the_fingers_leads_to_no_model() -> None:
    """One letter too few or too many is a suggestion, unless it is how another model is called."""
    chance = random.Random(7)
    names = [name for _, name, *_ in known_names()["models"] if len(name) > 5]
    called = {one for row in known_names()["models"] for one in (row[1].lower(), row[0].partition("/")[2])}
    slips = 0
    for name in chance.sample(names, 400):
        letters = [place for place, letter in enumerate(name) if letter.isalpha()]
        place = chance.choice(letters)
        typed = name[:place] + chance.choice(["", "qq"]) + name[place + 1 :]
        answer = resolver().meant(typed)
        if answer is None or typed.lower() in called:
            continue
        slips += 1
        assert slips <= 8, (typed, answer)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("opus 5", "anthropic/claude-opus-5-5"),
        ("gpt-5", "openai/gpt-5-mini"),
        ("llama 3 70b", "meta/llama-3.1-70b"),
        ("gpt-4", "openai/gpt-4o"),
        ("gemini 2.5 flash", "google/gemini-2.5-flash-lite"),
        ("qwen3.1 7b", "alibaba/qwen3-1.7b"),
    ],
)
def test_no_other_generation_or_size_is_meant(typed: str, other: str) -> None:
    answer = resolver().resolve(typed)
    assert other not in (answer.model, *answer.choices)


@pytest.mark.parametrize(
    "typed", ["", "   ", "/", "//", "a" * 5000, "(", "[1m]", ":free", "\0", "İ", "@" * 2000]
)
def test_what_is_no_name_means_nothing(typed: str) -> None:
    assert resolver().resolve(typed).name == ""


def test_the_terminal_that_looks_at_ids_as_they_are_asked_for_says_the_same() -> None:
    catalog, moved = committed(), known_names()["moved"]
    lazy = resolver_for(catalog, display_names(catalog), moved)
    ids = sorted({one for offering in catalog.offerings for one in offering.ids})
    typed = [row["typed"] for row in SPELLINGS] + random.Random(4).sample(ids, 300)
    assert [lazy.resolve(text) for text in typed] == [resolver().resolve(text) for text in typed]


def test_what_a_name_means_means_itself() -> None:
    for row in SPELLINGS:
        answer = resolver().resolve(row["typed"])
        if answer.name:
            again = resolver().resolve(answer.name)
            assert (again.model, again.name) == (answer.model, answer.name), row


def test_an_offerings_key_keeps_its_place_and_gets_its_models_name() -> None:
    key = "azure/data-zone-eu/openai/gpt-5"
    assert resolver().resolve(key).name == key
    assert resolver().resolve("Azure/data-zone-eu/OpenAI/GPT-5").name == key
    moved = next(was for was in known_names()["moved"] if "@" not in was)
    answer = resolver().resolve(f"azure/global/{moved}@2025:free")
    assert answer.name == f"azure/global/{known_names()['moved'][moved]}@2025:free"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("gpt-4o-2024-05-13", "openai/direct/openai/gpt-4o@2024-05-13"),
        (
            "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "amazon-bedrock/eu/anthropic/claude-sonnet-4-5",
        ),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "amazon-bedrock/us/anthropic/claude-sonnet-4-5"),
        ("gpt-4o", "openai/gpt-4o"),
    ],
)
def test_an_id_of_one_version_or_place_means_that_one(typed: str, key: str) -> None:
    assert Lookup(committed(), Path("docs/catalog")).name(typed) == key


@pytest.mark.parametrize(
    ("typed", "name", "left_out"),
    [
        # The offering that has it; its spelling is OpenRouter's first.
        ("z-ai/glm-5.2:free", "openrouter/gateway/zai/glm-5.2:free", ""),
        ("kilo/z-ai/glm-5.2:free", "kilo/gateway/zai/glm-5.2:free", ""),
        ("anthropic/claude-opus-4.6:thinking", "nano-gpt/gateway/anthropic/claude-opus-4-6:thinking", ""),
        # Nothing has it: that is said.
        ("meta-llama/llama-3.1-8b-instruct:free", "meta/llama-3.1-8b-instruct", ":free"),
        ("openrouter/qwen/qwen3-32b:nitro", "openrouter/alibaba/qwen3-32b", ":nitro"),
        # What its user tuned is priced and ends by what was tuned.
        ("ft:gpt-4o-mini-2024-07-18:acme::9xYz", "openai/direct/openai/gpt-4o-mini:fine-tuned", ""),
        (
            "openai/ft:gpt-3.5-turbo-0613:acme:a:9xYz",
            "openai/direct/openai/gpt-3.5-turbo@0613:fine-tuned",
            "",
        ),
        ("claude-3-opus@20240229", "anthropic/claude-3-opus", ""),
        # One source writes it in capitals, another without: it is one id.
        ("glm-4-32b-0414-128k", "zai/direct/zai/glm-4-32b@0414:128k", ""),
    ],
)
def test_nothing_is_left_out_of_a_name_in_silence(typed: str, name: str, left_out: str) -> None:
    answer = resolver().resolve(typed)
    assert (answer.name, answer.left_out) == (name, left_out)


def test_an_id_of_one_edition_is_billed_as_that_on_pages_as_in_the_terminal() -> None:
    """Pages have the published values alone, the terminal all offerings."""
    lookup = Lookup(committed(), Path("docs/catalog"))
    editions = random.Random(5).sample(sorted(known_names()["editions"]), 200)
    typed = [*editions, *(f"azure/{one}" for one in editions if "/" not in one)]
    pages = {text: resolver().resolve(text) for text in typed}
    settled = {text: answer for text, answer in pages.items() if answer.key}
    assert len(settled) > 150
    assert {text: lookup.name(text) for text in settled} == {text: a.name for text, a in settled.items()}
    plain = [text for text, answer in pages.items() if answer.model and not answer.key]
    version = [
        text for text in plain if "@" in lookup.name(text) or ":" in lookup.name(text).rpartition("/")[2]
    ]
    assert version == []


@pytest.mark.parametrize("brand", ["deepseek", "mistral", "claude", "gpt", "gemini", "llama", "qwen", "grok"])
def test_a_brand_alone_is_asked_about(brand: str) -> None:
    answer = resolver().resolve(brand)
    assert (answer.name, len(answer.choices) > 5) == ("", True)
