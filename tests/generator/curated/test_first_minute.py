"""What a newcomer to the playground finds filled in: read with errors that name the entry and the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.curated.first_minute import START_FILE, FirstMinute, load_first_minute, not_offered
from generator.errors import EditError
from generator.exports.playground import page_data

GIVEN = """
models:
- provider: acme
  model: helper-2
examples:
- label: Explain
  prompt: Why is the sky blue?
"""
FIRST = FirstMinute(models=(("acme", "helper-2"),), examples=(("Explain", "Why is the sky blue?"),))


def written(folder: Path, text: str) -> Path:
    path = folder / START_FILE
    path.write_text(text, "utf-8")
    return path


def test_models_and_prompts_are_read_in_their_order(tmp_path: Path) -> None:
    assert load_first_minute(written(tmp_path, GIVEN)) == FIRST


def test_a_site_without_the_file_begins_with_the_first_provider_and_no_prompt(tmp_path: Path) -> None:
    first = load_first_minute(tmp_path / START_FILE)
    data = page_data([], small=False, sha256="", first=first)
    assert first == FirstMinute()
    assert (data["start"], data["examples"]) == ([{"row": "browser", "model": ""}], [])


def test_a_provider_that_the_site_leaves_out_is_not_begun_with() -> None:
    assert page_data([], small=False, sha256="", first=FIRST)["start"] == [{"row": "browser", "model": ""}]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("- provider: acme\n  model: helper-2\n", "models[1] is the same as models[0]; keep one of the two"),
        ("- provider: acme\n", "models[1].model must be text, it is None"),
        ("- provider: acme\n  modle: x\n", "models[1]: unknown key 'modle'; known are model, provider"),
        ("- acme\n", "models[1] must be a mapping, it is 'acme'"),
    ],
)
def test_a_fault_names_the_entry(tmp_path: Path, line: str, fault: str) -> None:
    path = written(tmp_path, GIVEN.replace("examples:", f"{line}examples:"))
    with pytest.raises(EditError) as error:
        load_first_minute(path)
    assert str(error.value) == f"{path}: {fault}"


def test_a_model_that_the_page_has_not_is_told_with_the_nearest_that_it_has() -> None:
    folder = Path("catalog")
    assert list(not_offered(folder, FIRST, {"acme": ["helper-2"]})) == []
    assert list(not_offered(folder, FIRST, {"acme": ["helper-3"]})) == [
        "catalog/start.yml: models[0]: acme has no model 'helper-2' to chat with; did you mean helper-3?"
    ]
    assert list(not_offered(folder, FIRST, {"acne": []})) == [
        "catalog/start.yml: models[0]: the playground calls no provider 'acme'; did you mean acne?"
    ]
