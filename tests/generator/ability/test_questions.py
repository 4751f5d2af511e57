"""benchmark_questions.yml is read whole, and every fault in it names its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.ability.questions import QUESTIONS_FILE, Questions, load_questions
from generator.curated.metrics import METRICS_FILE, load_metrics
from generator.errors import EditError
from tests.projects import ROOT

CATALOG = ROOT / "docs" / "catalog"


def written(folder: Path, text: str) -> Path:
    path = folder / QUESTIONS_FILE
    path.write_text(text)
    return path


def test_a_row_says_what_is_known_of_a_benchmarks_questions(tmp_path: Path) -> None:
    row = "- {benchmark: Exam, n: 198, chance: 0.25, apart: [with tools], whole: [public], why: four choices}"
    assert load_questions(written(tmp_path, row)) == {
        "Exam": Questions(n=198, chance=0.25, apart=("with tools",), whole=("public",))
    }
    assert load_questions(tmp_path / "none.yml") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rows: 1", "must be a list of benchmarks"),
        ("- {benchmark: Exam, why: x, n: 0}", "n is how many questions there are, not 0"),
        ("- {benchmark: Exam, why: x, n: true}", "n is how many questions there are, not True"),
        ("- {benchmark: Exam, why: x, chance: 25}", "chance is a share from 0 to below 1, not 25"),
        ("- {benchmark: Exam, why: x, apart: tools}", "apart: must be a list of texts, not 'tools'"),
        ("- {benchmark: Exam, n: 3}", "why"),
        ("- {benchmark: Exam, why: x, size: 3}", "size"),
        ("- {benchmark: Exam, why: x}\n- {benchmark: Exam, why: y}", "Exam has a row already"),
    ],
)
def test_a_fault_names_its_row(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EditError, match=message) as error:
        load_questions(written(tmp_path, text))
    assert QUESTIONS_FILE in str(error.value)


def test_every_row_is_of_a_benchmark_that_metrics_yml_has() -> None:
    known = load_metrics(CATALOG / METRICS_FILE).benchmarks
    assert load_questions(CATALOG / QUESTIONS_FILE).keys() <= known.keys()
