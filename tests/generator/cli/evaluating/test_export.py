"""`almanac evaluate export`: each form from a file that was saved, errors that name the next step."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from playground.evaluate.exporting.forms import FORMS, export_to_json
from tests.generator.cli.evaluating.asking import (
    CHECK,
    PROMPT,
    capitals,
    cases_file,
    evaluate,
    results_in,
)
from tests.site.playground.playing import Served

pytestmark = pytest.mark.usefixtures("among_few")
KEY = "sk-terminal-key-0123456789abcdef"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Results of two models, with a key that nothing may repeat."""
    served = Served(capitals)
    try:
        asked = ("--model", "own/good", "--model", "own/one", "--url", f"{served.origin}/v1")
        ended = evaluate(cases_file(tmp_path), *PROMPT, *CHECK, *asked, ALMANAC_KEY=KEY)
        assert ended.status == 0, ended
    finally:
        served.close()
    return tmp_path / "cases.results.json"


@pytest.mark.parametrize("to", FORMS)
def test_a_form_is_what_the_page_writes_without_a_key_or_an_address(results: Path, to: str) -> None:
    out = results.with_name("out")
    ended = evaluate("export", results, "--to", to, "--out", out)
    assert (ended.status, ended.out) == (0, ""), ended
    made = export_to_json(to, results_in(results))
    files = [out] if to != "inspect" else [out / f"cases{file['ending']}" for file in made["files"]]
    assert [path.read_bytes().decode() for path in files] == [file["text"] for file in made["files"]]
    assert ended.err.count("Not the same:") == len(made["left_out"])
    whole = "".join(path.read_text() for path in files) + ended.err
    assert KEY not in whole
    assert "127.0.0.1" not in whole
    assert sorted(path.name for path in results.parent.glob(".*.part")) == []


def test_one_file_goes_to_standard_output_and_what_differs_does_not(results: Path) -> None:
    ended = evaluate("export", results, "--to", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out, newline="")))
    assert [(row["model"], row["case"], row["outcome"]) for row in rows] == [
        ("good", "1", "passed"),
        ("good", "2", "passed"),
        ("good", "3", "passed"),
        ("one", "1", "passed"),
        ("one", "2", "failed"),
        ("one", "3", "failed"),
    ]
    assert [row["variable.country"] for row in rows][:3] == ["France", "Peru", "Japan"]
    config = evaluate("export", results, "--to", "promptfoo")
    assert json.loads(config.out)["tests"][0]["vars"] == {"country": "France", "capital": "Paris"}
    assert "Not the same:" in config.err


def test_figures_say_who_publishes_them(results: Path) -> None:
    made = json.loads(evaluate("export", results, "--to", "figures", "--author", "ACME").out)
    assert made["author"] == "ACME"
    assert [(one["called"], one["row"], one["rate"]["passed"]) for one in made["models"]] == [
        ("good", "own", 3),
        ("one", "own", 1),
    ]
    ended = evaluate("export", results, "--to", "csv", "--author", "ACME")
    assert ended.status == 2
    assert "--author is for --to figures" in ended.err


def test_a_result_that_was_torn_is_told(results: Path) -> None:
    torn = results.with_name("torn.results.json")
    torn.write_bytes(results.read_bytes()[:-40])
    ended = evaluate("export", torn, "--to", "csv")
    assert len(list(csv.DictReader(io.StringIO(ended.out, newline="")))) == 5
    assert f"{torn} ends in the middle of a result, which is left out." in ended.err


def test_a_file_of_the_page_leaves_as_well(results: Path) -> None:
    value: dict[str, Any] = results_in(results)
    page = results.with_name("page.results.json")
    page.write_text(json.dumps(value))
    for to in ("csv", "promptfoo-results"):
        ours, theirs = (evaluate("export", path, "--to", to) for path in (results, page))
        assert ours.out == theirs.out


def test_what_cannot_be_written_ends_with_2_and_says_what_to_do(results: Path, tmp_path: Path) -> None:
    before = results.read_bytes()
    for arguments, told in (
        ((results, "--to", "inspect"), "add --out FOLDER"),
        ((results, "--to", "csv", "--out", results), "name another file by --out"),
        ((cases_file(tmp_path, name="no.json"), "--to", "csv"), "cannot be read as results"),
        ((results, "--to", "xml"), "'xml' is not one of"),
        ((results,), "Missing option '--to'"),
        ((tmp_path / "none.json", "--to", "csv"), "does not exist"),
    ):
        ended = evaluate("export", *arguments)
        assert (ended.status, ended.out) == (2, ""), ended
        assert told in ended.err
    assert results.read_bytes() == before
