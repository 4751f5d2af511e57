"""Which ids of a lab are one model under several spellings, and which only look alike."""

from __future__ import annotations

import pytest

from generator.ledger.placing.placed import place_records
from generator.ledger.placing.spelled import one_spelling, spelled
from tests.generator.ledger.claimed import PROVIDERS, RULES, record


def uses(*models: str) -> dict[str, set[tuple[str, bool]]]:
    """Each model served by as many hosts of its own as it stands before others."""
    return {m: {(f"{m}-{i}", False) for i in range(len(models) - at)} for at, m in enumerate(models)}


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("minimax/minimax-m2.5", "minimax/minimax-m25"),
        ("zai/glm-5.2", "zai/glm5.2"),
        ("meta/codellama-7b", "meta/code-llama-7b"),
        ("cohere/embed-v5.0-fast", "cohere/embed-v5-fast"),
        ("google/gemini-3-pro-preview", "google/gemini-3.0-pro-preview"),
        ("deepseek/deepseek-r1-distill-qwen-1.5b", "deepseek/deepseek-r1-distill-qwen-1-5b"),
        ("alibaba/qwen3.6-35b-a3b", "alibaba/qwen3.6-35b"),
        ("nvidia/nemotron-3-super-120b-a12b", "nvidia/nemotron-3-super"),
    ],
)
def test_separators_a_zero_and_the_only_size_make_no_other_model(first: str, other: str) -> None:
    assert one_spelling(uses(first, other), ()) == {other: first}
    assert one_spelling(uses(other, first), ()) == {first: other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alibaba/qwen3-1.7b", "alibaba/qwen31-7b"),
        ("openai/gpt-4.1", "openai/gpt-4.10"),
        ("google/gemini-2.0-flash", "google/gemini-2.5-flash"),
        ("minimax/minimax-m2.5", "other/minimax-m25"),
        ("mistral/mistral-small-3.1", "mistral/mistral-small-3"),
        ("moonshotai/kimi-k2-thinking", "moonshotai/kimi-k2"),
    ],
)
def test_what_differs_in_more_stays_apart(one: str, other: str) -> None:
    assert one_spelling(uses(one, other), ()) == {}


def test_a_model_of_several_sizes_is_none_of_them() -> None:
    assert one_spelling(uses("zai/glm-4", "zai/glm-4-9b", "zai/glm-4-32b"), ()) == {}


def test_who_serves_both_means_two_by_them() -> None:
    both = {("google", True)}
    known = {"google/gemini-1.5-flash": both, "google/gemini-1.5-flash-8b": both}
    assert one_spelling(known, ()) == {}


def test_half_a_size_means_the_whole_one_even_at_who_serves_both() -> None:
    both = {("neuralwatt", False)}
    known = {"alibaba/qwen3.6-35b": both, "alibaba/qwen3.6-35b-a3b": both | {("deepinfra", False)}}
    assert one_spelling(known, ()) == {"alibaba/qwen3.6-35b": "alibaba/qwen3.6-35b-a3b"}
    assert one_spelling({**known, "alibaba/qwen3.6-35b-a7b": both}, ()) == {}


def test_the_labs_own_spelling_goes_first_and_people_keep_models_apart() -> None:
    known = {"a/solar-mini4": {("a", True)}, "a/solar-mini-4": {("b", False), ("c", False)}}
    assert one_spelling(known, ()) == {"a/solar-mini-4": "a/solar-mini4"}
    assert one_spelling(known, {"a/solar-mini-4"}) == {}


def test_a_name_is_found_in_any_spelling_but_not_where_two_are_meant() -> None:
    assert spelled("minimax/minimax-m25", ["minimax/minimax-m2.5", "zai/glm-5"]) == "minimax/minimax-m2.5"
    assert spelled("a/x-1.2", ["a/x-12", "a/x1.2"]) is None


def test_records_under_both_spellings_stand_at_one_model() -> None:
    rows = [
        record("models-dev", "venice", "minimax-m25", kind="chat"),
        record("models-dev", "minimax", "MiniMax-M2.5", kind="chat"),
    ]
    placed = place_records(rows, RULES, PROVIDERS, set())
    assert {key.model for key in placed.by_offering} == {"minimax/minimax-m2.5"}
