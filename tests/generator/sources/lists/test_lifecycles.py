"""What vendors' pages say of the end of models, as model-retire and depdesk write it down."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.endings import named
from tests.generator.sources.fixtures import records, values


def test_model_retire_reads_days_states_and_what_comes_instead() -> None:
    by_id = records("model-retire")
    opus = by_id["anthropic/claude-opus-4-1-20250805"]
    assert values(opus) == {
        "retires": "2026-08-05",
        "deprecated": "2026-06-05",
        "status": "retired",
        "replaced_by": "claude-opus-4-8",
    }
    assert opus.joins
    assert opus.link == "https://platform.claude.com/docs/en/about-claude/model-deprecations"
    assert values(by_id["openai/dall-e-3"])["replaced_by"] == "gpt-image-2, gpt-image-1, gpt-image-1-mini"


def test_an_alias_that_the_vendor_names_ends_with_the_snapshot() -> None:
    by_id = records("model-retire")
    assert values(by_id["openai/o1"]) == values(by_id["openai/o1-2024-12-17"])
    assert values(by_id["openai/o1"])["replaced_by"] == "gpt-5.6-sol"
    assert (by_id["openai/o1-2024-12-17"].rows, by_id["openai/o1"].rows) == (1, 0)


def test_a_state_holds_no_longer_than_its_page_was_read_to_say() -> None:
    o1 = records("model-retire")["openai/o1"]
    assert values(o1, date(2026, 4, 21)).get("status") is None
    assert values(o1, date(2026, 10, 22))["status"] == "deprecated"
    assert values(o1, date(2026, 10, 23)).get("status") is None


def test_a_day_that_is_not_the_models_end_is_no_retirement() -> None:
    by_id = records("model-retire")
    flash = values(by_id["google-gemini-api/gemini-3.1-flash-lite"])
    assert flash["retires_earliest"] == "2027-05-07"
    # Nobody has announced an end.
    assert not {"retires", "status", "deprecated"} & flash.keys()
    haiku = values(by_id["aws-bedrock/anthropic.claude-3-haiku-20240307-v1:0"])
    assert (haiku.get("retires"), haiku["retires_earliest"]) == (None, "2026-09-10")
    some = by_id["aws-bedrock/anthropic.claude-3-7-sonnet-20250219-v1:0"]
    assert some.left_out == "its day holds in some regions only"
    assert values(by_id["aws-bedrock/amazon.nova-canvas-v1:0"])["retires"] == "2026-09-30"
    devstral = values(by_id["mistral/devstral-2512"])
    assert (devstral["retires_earliest"], devstral.get("status")) == ("2026-07-31", None)


@pytest.mark.parametrize("source", ["model-retire", "depdesk"])
def test_what_is_said_of_fine_tuned_models_is_about_those(source: str) -> None:
    models = {r.model for r in records(source).values()}
    assert {"model-retire": "ft:gpt-4", "depdesk": "ft:babbage-002"}[source] in models


def test_depdesk_reads_earliest_days_and_leaves_out_what_is_no_model() -> None:
    by_id = records("depdesk")
    assert values(by_id["anthropic/claude-opus-5-5"]) == {"retires_earliest": "2027-09-22"}
    assert values(by_id["anthropic/claude-mythos-preview"]) == {
        "deprecated": "2026-06-09",
        "status": "deprecated",
        "replaced_by": "claude-mythos-5",
    }
    assert values(by_id["openai/gpt-5-2025-08-07"])["retires"] == "2026-12-11"
    assert by_id["openai/gpt-5-2025-08-07"].link == "https://developers.openai.com/api/docs/deprecations"
    assert by_id["anthropic/claude-haiku-4-5"].link.endswith("/models/overview")
    assert {r.id: r.left_out for r in by_id.values() if r.left_out} == {
        "/v1/prompts": "an endpoint, not a model",
        "Evals platform": "a product, not a model",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gpt-5 or gpt-4.1", ["gpt-5", "gpt-4.1"]),
        (
            "gemini-3.8-flash, gemini-3.1-flash-lite or Gemma 4",
            ["gemini-3.8-flash", "gemini-3.1-flash-lite", "Gemma 4"],
        ),
        ("veo-3.1-generate-preview or the models of another platform", ["veo-3.1-generate-preview"]),
        ("gpt-5.6-sol (reasoning.mode: pro)", ["gpt-5.6-sol"]),
        ("", []),
    ],
)
def test_names_are_told_from_what_is_said_about_them(text: str, names: list[str]) -> None:
    assert list(named(text)) == names


@given(st.text())
def test_no_text_of_a_replacement_runs_names_together(text: str) -> None:
    assert all(name and "," not in name for name in named(text))
