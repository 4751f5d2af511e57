"""versus.yml: the models that have pages, and those whose pairs had one before."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.curated.versus_models import load_replaced, load_versus
from generator.errors import EditError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "versus.yml"
    path.write_text(text)
    return path


def test_a_model_stands_alone_or_with_those_that_it_took_the_place_of(tmp_path: Path) -> None:
    path = written(tmp_path, "- acme/one\n- {model: acme/two-2, was: [acme/two, acme/two-1]}\n")
    assert load_versus(path) == ("acme/one", "acme/two-2")
    assert load_replaced(path) == {"acme/two": "acme/two-2", "acme/two-1": "acme/two-2"}
    assert load_replaced(tmp_path / "nothing.yml") == {}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("one", "must be a model's id"),
        ("{model: acme/two, was: acme/one}", "must have a model and `was: "),
        ("{model: acme/two, is: [acme/one]}", "must have a model and `was: "),
        ("{was: [acme/two]}", "must be a model's id"),
        ("{model: acme/two, was: [two]}", "must be a model's id"),
        ("{model: acme/two, was: [other/one]}", "one is named already, by acme/one"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(tmp_path: Path, entry: str, message: str) -> None:
    path = written(tmp_path, f"- acme/one\n- {entry}\n")
    with pytest.raises(EditError) as error:
        load_versus(path)
    assert "entry 2" in str(error.value)
    assert message in str(error.value)
