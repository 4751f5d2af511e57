"""Vendors' pages of deprecations: days, states and replacements out of tables of the real shapes."""

from __future__ import annotations

import pytest

from generator.sources import BY_ID
from generator.sources.lifecycle_tables import model_names
from tests.generator.sources.fixtures import FIXTURES, about, records, values

HEAD = "| Shutdown date | Model / system | Recommended replacement |\n|---|---|---|\n"


def life(source: str, table: str) -> dict[str, dict[str, object]]:
    return {r.id: values(r) for r in BY_ID[source].parse(table.encode()) if not r.left_out}


def test_openai_says_when_a_model_ends_and_when_that_was_announced() -> None:
    by_id = records("openai-deprecations")
    assert values(by_id["o3-pro"]) == {
        "retires": "2026-12-11",
        "deprecated": "2026-06-11",
        "status": "deprecated",
        "replaced_by": "gpt-5.6-sol",
    }
    assert values(by_id["codex-mini-latest"])["status"] == "retired"
    assert values(by_id["gpt-4-0125-preview"])["replaced_by"] == "gpt-5, gpt-4.1"
    assert {name for name, r in by_id.items() if r.left_out} == {"Assistants API", "ft-gpt-4"}


def test_of_two_announcements_about_a_model_the_newer_counts_whole() -> None:
    """The older one names a replacement; the newer one says that there is none."""
    assert values(records("openai-deprecations")["gpt-4-1106-preview"])["retires"] == "2026-10-23"
    older = f"## 2025-09-26: A\n\n{HEAD}| 2026-03-26 | `gpt-9` | `gpt-10` |\n\n"
    newer = f"## 2026-06-11: B\n\n{HEAD}| Dec 11, 2026 | `gpt-9` | --- |\n\n"
    for text in (older + newer, newer + older):
        says = {"retires": "2026-12-11", "deprecated": "2026-06-11"}
        assert life("openai-deprecations", text) == {"gpt-9": says}


def test_an_end_that_no_rule_reads_is_named() -> None:
    assert records("openai-deprecations")["whisper-1"].unread == ("end: Q1 2027",)
    assert records("openai-deprecations")["gpt-image-1"].unread == ()


def test_openais_later_form_of_the_table_is_read_too() -> None:
    """With a column of states and the day of the notice, as the page had it in November 2026."""
    rows = """## Upcoming deprecations

| Shutdown date | Affected model | Status | Recommended replacement | Notice date |
|---|---|---|---|---|
| Dec 11, 2026 | `gpt-5`, `gpt-5-2025-08-07` | Deprecated | `gpt-6.1-sol` | Jun 11, 2026 |
| Oct 23, 2026 | `o1` | Shutdown | `gpt-6.1-sol` | Apr 22, 2026 |
"""
    both = {"retires": "2026-12-11", "deprecated": "2026-06-11", "replaced_by": "gpt-6.1-sol"}
    assert life("openai-deprecations", rows) == {
        "gpt-5": {**both, "status": "deprecated"},
        "gpt-5-2025-08-07": {**both, "status": "deprecated"},
        "o1": {
            "retires": "2026-10-23",
            "deprecated": "2026-04-22",
            "status": "retired",
            "replaced_by": "gpt-6.1-sol",
        },
    }


def test_anthropics_list_and_its_history_say_together_what_becomes_of_a_model() -> None:
    by_id = records("anthropic-deprecations")
    assert values(by_id["claude-haiku-5-5"]) == {"retires_earliest": "2027-10-07"}
    assert values(by_id["claude-sonnet-4-5-20250929"]) == {
        "retires": "2026-11-30",
        "deprecated": "2026-09-29",
        "status": "deprecated",
        "replaced_by": "claude-sonnet-5-5",
    }
    assert values(by_id["claude-3-7-sonnet-20250219"])["replaced_by"] == "claude-opus-4-6"


def test_a_day_that_google_calls_the_earliest_possible_is_no_retirement() -> None:
    by_id = records("google-deprecations")
    pro = by_id["gemini-2.5-pro"]
    assert values(pro) == {"retires_earliest": "2026-12-01", "replaced_by": "gemini-3.8-flash"}
    assert about(pro) == {"released": "2025-06-17"}
    assert values(by_id["gemini-3.8-flash"]) == {}
    assert about(by_id["gemini-3.8-flash"]) == {"released": "2026-09-02"}


def test_without_that_note_a_day_is_the_day() -> None:
    text = (FIXTURES / "google-deprecations.md").read_text().replace("earliest possible", "likely")
    assert life("google-deprecations", text)["gemini-2.5-pro"]["retires"] == "2026-12-01"


def test_a_row_with_a_name_alone_divides_a_table() -> None:
    by_id = records("google-deprecations")
    assert values(by_id["gemini-3.1-pro-preview"]) == {"status": "beta"}
    assert values(by_id["gemini-omni-flash-preview"]) == {
        "retires_earliest": "2026-09-01",
        "status": "deprecated",
        "replaced_by": "gemini-omni-1.1-flash",
    }
    assert "status" not in values(by_id["gemini-2.5-pro"])
    # A preview whose end is set: that it is shut down is said elsewhere, and "preview" must not hide it.
    assert "status" not in values(by_id["gemini-3-pro-preview"])


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("2026\u201103\u201126", {"retires": "2026-03-26"}),
        ("**Sept 28, 2026**<sup>1</sup>", {"retires": "2026-09-28"}),
        ("October 1st, 2026", {"retires": "2026-10-01"}),
        ("1 October 2026", {"retires": "2026-10-01"}),
        ("10/1/2026", {"retires": "2026-10-01"}),
        ("No sooner than\u00a0October 1, 2026", {"retires_earliest": "2026-10-01"}),
        ("at earliest 2026-10-01", {"retires_earliest": "2026-10-01"}),
        ("October 2026", {"retires_earliest": "2026-10-01"}),
        ("2026-10-01 to 2026-12-01", {"retires_earliest": "2026-10-01"}),
        ("[2026-10-01](#note)[^2]", {"retires": "2026-10-01"}),
        *((nothing, {}) for nothing in ("\u2014", "-", "N/A", "", "TBD", "No shutdown date announced")),
        *((odd, {}) for odd in ("2026-13-45", "soon", "99999999999999999999")),
    ],
)
def test_a_day_is_read_however_it_is_written(end: str, says: dict[str, str]) -> None:
    got = life("openai-deprecations", f"{HEAD}| {end} | `gpt-9` | `gpt-10` |\n| 2027-01-01 | `o9` | |")
    assert got["gpt-9"] == {**says, "replaced_by": "gpt-10"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("`gpt-4-0613` \\| `gpt-4`, `gpt-4-completions`", ["gpt-4-0613", "gpt-4", "gpt-4-completions"]),
        ("`gpt-5``gpt-5.1`", ["gpt-5", "gpt-5.1"]),
        ("[`gpt-5`](/models/gpt-5)", ["gpt-5"]),
        ("gpt-4o-audio-preview", ["gpt-4o-audio-preview"]),
        ("gpt-5 or gpt-4.1*", ["gpt-5", "gpt-4.1"]),
        ("gpt-5.6-sol with reasoning.mode: pro", ["gpt-5.6-sol"]),
        ("models/gemini-2.5-pro", ["gemini-2.5-pro"]),
        ("claude-3-7-sonnet-20250219\u200b", ["claude-3-7-sonnet-20250219"]),
        *((none, []) for none in ("---", "N/A", "Responses API", "/v1/edits", "`reasoning.mode`", "")),
        ("The most capable cyber model available to you.", []),
        ("OpenAI-Beta: realtime=v1", []),
    ],
)
def test_names_are_taken_out_of_a_cell_one_by_one(cell: str, names: list[str]) -> None:
    assert model_names(cell.replace("\\|", "|")) == names


def test_columns_may_change_places_and_an_unknown_one_is_named() -> None:
    head = "| Region | Replacement | Model | Retirement date |\n|---|---|---|---|\n"
    table = f"{head}| eu | `b-2` | `a-1` | 2027-01-01 |"
    (row,) = BY_ID["openai-deprecations"].parse(table.encode())
    assert values(row) == {"retires": "2027-01-01", "replaced_by": "b-2"}
    assert row.unread == ("column: region",)


@pytest.mark.parametrize(
    "bent", ["x", "| |", "||||", "| `gpt\x00 | x |", "|", "| " * 5000, "\\|\\|", "| a | b |"]
)
def test_a_bent_row_costs_no_other(bent: str) -> None:
    table = f"{HEAD}{bent}\n| 2027-01-01 | `o9` | |"
    assert life("openai-deprecations", table) == {"o9": {"retires": "2027-01-01"}}


def test_a_table_in_a_block_of_code_is_an_example() -> None:
    table = f"```\n{HEAD}| 2027-01-01 | `o8` | |\n```\n\n{HEAD}| 2027-01-01 | `o9` | |"
    assert set(life("openai-deprecations", table)) == {"o9"}
