"""overrides.yml: entries that set whole lists, and the fields of models and efforts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.curated.overrides import LISTS, Override, Replaced, load_overrides
from generator.errors import EditError
from playground.catalog import Value

OFFERING = "offering: azure/global/acme/one"
MODEL = "model: acme/one"


def load(path: Path, target: str, field: str, value: str, replaces: str = "null") -> tuple[Override, ...]:
    path.write_text(
        f"- {target}\n  field: {field}\n  value: {value}\n  replaces: {replaces}\n"
        "  reason: read on the page\n  link: https://acme.example/\n  date: 2026-11-26\n"
    )
    return load_overrides(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "overrides.yml"


@pytest.mark.parametrize(
    ("name", "value", "yes"),
    [
        ("efforts", "[low, high]", {"effort.low", "effort.high"}),
        ("efforts", "[]", set()),
        ("inputs", "[image, video]", {"can.vision", "can.video_in"}),
        ("outputs", "[audio]", {"can.audio_out"}),
    ],
)
def test_a_list_says_of_each_of_its_kind_whether_there_is_it(
    path: Path, name: str, value: str, yes: set[str]
) -> None:
    set_by = load(path, OFFERING, name, value)
    assert {one.field for one in set_by} == set(LISTS[name].values())
    assert {one.field for one in set_by if one.value == "yes"} == yes
    assert {one.value for one in set_by} <= {"yes", "no"}
    assert all(one.replaces == Replaced(value=None) for one in set_by)


def test_a_list_replaces_what_sources_said_of_its_single_entries(path: Path) -> None:
    set_by = load(path, OFFERING, "efforts", "[low]", "{max: 'yes'}")
    replaced = {one.field: one.replaces.value for one in set_by if one.replaces}
    assert replaced == {**dict.fromkeys(LISTS["efforts"].values()), "effort.max": "yes"}


@pytest.mark.parametrize(
    ("target", "field", "value", "held"),
    [
        (MODEL, "parameters", "117000000000", 117_000_000_000),
        (MODEL, "active_parameters", "5100000000", 5_100_000_000),
        (MODEL, "licence", "Apache-2.0", "Apache-2.0"),
        (OFFERING, "default_effort", "none", "none"),
        (OFFERING, "rate_tiers", "['Tier 1: 500 requests a minute']", ("Tier 1: 500 requests a minute",)),
    ],
)
def test_what_a_model_and_a_place_have(path: Path, target: str, field: str, value: str, held: Value) -> None:
    (one,) = load(path, target, field, value)
    assert one.value == held


@pytest.mark.parametrize(
    ("field", "value", "replaces", "said"),
    [
        ("efforts", "[low, ultra]", "null", "efforts is a list of none, minimal, .*, not 'ultra'"),
        ("efforts", "high", "null", "efforts is a list of .*, not 'high'"),
        ("inputs", "[text]", "null", "inputs is a list of image, audio, video, not 'text'"),
        (
            "efforts",
            "[low]",
            "'no'",
            "replaces says what each of the efforts was",
        ),
        ("efforts", "[low]", "{ultra: 'no'}", "replaces says what each"),
        ("default_effort", "ultra", "null", "default_effort is one of none, minimal, .*, not 'ultra'"),
        ("parameters", "many", "null", "parameters is a number, not 'many'"),
        ("effort", "high", "null", "'effort' is no field"),
    ],
)
def test_a_wrong_entry_is_named_with_what_is_right(
    path: Path, field: str, value: str, replaces: str, said: str
) -> None:
    with pytest.raises(EditError, match=said):
        load(path, OFFERING, field, value, replaces)


def test_only_the_labs_own_page_says_that_it_states_no_cutoff(path: Path) -> None:
    def of(lab: str, value: str) -> Value | None:
        load(path, f"model: {lab}/one", "licence", "MIT")
        text = path.read_text().replace("https://acme.example/", "https://github.com/microsoft/one")
        path.write_text(text.replace("licence", "knowledge").replace("MIT", value))
        (read,) = load_overrides(path)
        return read.value

    assert of("microsoft", "null") is None
    assert of("acme", "'2026-05'") == "2026-05"
    with pytest.raises(EditError, match="read on a page of the lab's own"):
        of("acme", "null")
