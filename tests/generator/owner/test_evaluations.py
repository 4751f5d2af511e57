"""Results that a site owner publishes: what is read, what is refused, and where they stand on the site."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.cli.catalog.faults import faults_in
from generator.errors import AlmanacError
from generator.exports.chooser import advisor_for, chooser_data, identified_evaluations, unknown_in
from generator.owner.evaluations import FOLDER, load_evaluations
from generator.owner.figures import figure_faults
from generator.views.evaluation_rows import evaluation_views, rows_by_model
from playground.evaluate.observing import observe
from playground.observed.observed_json import observed_from_json, observed_to_json
from tests.catalogs import committed
from tests.projects import built, put_part, put_project

HOSTILE = '=A|1 <script>alert(1)</script> [x](javascript:alert(1)) `"&'


def result(name: str, called: str, passed: int, **more: Any) -> dict[str, Any]:
    """One model's figures: so many of 20 passed."""
    share = passed / 20
    rate = {"estimate": share, "low": max(0, share - 0.2), "high": min(1, share + 0.1)}
    asked = {"name": name, "model": "", "called": called, "row": "openai", "where": "", "prompt": ""}
    took = {"first_token": 0.5, "speed": 61.0, "output": None}
    return {
        **asked,
        "parameters": {"effort": "low"},
        "rate": {**rate, "passed": passed, "asked": 20, "missing": 0},
        "cost": {"estimate": "0.002", "low": "0.001", "high": "0.003"},
        **took,
        **more,
    }


def figures(*models: dict[str, Any], **more: Any) -> dict[str, Any]:
    head = {"almanac_observed": 1, "name": "tickets.csv", "day": "2026-11-20", "cases": 20, "repeats": 1}
    hashes = {"dataset": "a" * 64, "prompts": "b" * 64, "catalog": ""}
    return {**head, **hashes, "author": "ACME", "models": list(models), **more}


SOL = result("sol", "gpt-6-sol", 18)
TUNED = result("Fine-tuned", "ft:own", 12, row="own", where="Our gateway")


#: Shaped like a key; nobody's.
KEY = "sk-abcdefghijklmnopqrstuvwxyz0123456789ABCD"


def rated(row: dict[str, Any], **rate: Any) -> dict[str, Any]:
    return {**row, "rate": {**row["rate"], **rate}}


def put(folder: Path, name: str, value: Any) -> Path:
    """A file of the folder; returns the catalog's."""
    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FOLDER / name).write_text(value if isinstance(value, str) else json.dumps(value))
    return folder


def test_they_are_read_the_newest_first_and_what_comes_back_is_what_was_written(tmp_path: Path) -> None:
    assert load_evaluations(tmp_path) == ()
    put(tmp_path, "tickets.json", figures(SOL))
    put(tmp_path, "later-ones.json", figures(SOL, day="2026-11-25"))
    (tmp_path / FOLDER / "notes.txt").write_text("no results")
    made = load_evaluations(tmp_path)
    assert [one.id for one in made] == ["later-ones", "tickets"]
    assert observed_to_json(made[1].observed) == figures(SOL)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("Tickets.json", figures(SOL), "small letters, digits and hyphens"),
        ("t.json", figures(SOL, author=" "), "author is empty; write who publishes"),
        ("t.json", {"almanac_results": 1}, "publish its figures alone: almanac evaluate export"),
        ("t.json", figures(), "1 to 120 results"),
        ("t.json", figures({**SOL, "rate": {**SOL["rate"], "low": 2}}), "low of rate of model 1"),
        ("t.json", "{", "is no JSON"),
        ("t.json", "[" * 100_000, "is no JSON"),
        ("t.json", "<<<<<<< ours\n{}\n>>>>>>> theirs\n", "line 1 is a conflict marker"),
        ("t.json", "\ufeff{}", "byte order mark"),
        ("t.json", "3", "is 3, no JSON object"),
        ("t.JSON", figures(SOL), "is not read; call it by small letters, digits and hyphens"),
        ("t.jsonl", figures(SOL), "is not read"),
        ("t.json", json.dumps(figures(SOL)).replace("0.9,", "NaN,", 1), "has NaN, which is no number"),
        ("t.json", json.dumps(figures(SOL)).replace("61.0", "1e999"), "has 1e999, larger than any number"),
        ("t.json", figures(SOL, results=[1]), "the results has 'results', which is no field of figures"),
        ("t.json", figures({**SOL, "answer": "secret"}), "model 1 has 'answer', which is no field"),
        ("t.json", figures(rated(SOL, mean=1)), "rate of model 1 has 'mean', which is no field"),
        ("t.json", figures(SOL, texts=[{"name": "P", "text": "secret"}]), "texts holds the prompts"),
        ("t.json", figures(SOL, name=" "), "name is empty; write what the cases are called"),
        ("t.json", figures(rated(SOL, passed=2)), "rate of model 1 is 0.9, and 2 of 20 passed"),
        ("t.json", figures(rated(SOL, missing=2, passed=8)), "rate of model 1 is 0.9, and 8 of 20 passed"),
        ("t.json", figures(rated(SOL, asked=0, passed=0)), "model 1 was asked nothing"),
        (
            "t.json",
            figures(rated(SOL, estimate=None)),
            "rate of model 1 is None with 0 of 20 answers",
        ),
        ("t.json", figures(SOL, cases=5), "was asked 20 times, and 5 cases with 1 repeats make 5"),
        ("t.json", figures(result("a", "a", 0)), "cost of model 1 is of an accepted answer, and no answer"),
        (
            "t.json",
            figures({**SOL, "output": {"mean": 5, "low": None, "high": None, "answers": 21}}),
            "output of model 1 is of 21 answers, and 20 were asked",
        ),
        ("t.json", figures(SOL, TUNED, {**SOL, "name": "again"}), "model 3 is model 1 again"),
        ("t.json", figures(SOL, author="A\x1b[31m"), "characters that nobody sees, in 'A[31m'"),
        ("t.json", figures({**SOL, "where": "a\u202eb"}), "model 1 has a text with characters that nobody"),
        ("t.json", figures({**SOL, "prompt": "a\nb"}), "characters that nobody sees, in 'a b'"),
        (
            "t.json",
            figures({**SOL, "parameters": {"temprature": 1}}),
            "the parameter 'temprature', which no request has; did you mean temperature?",
        ),
        ("t.json", figures({**SOL, "called": KEY}), "model 1 holds sk-abc…, which is shaped like a key"),
        ("t.json", figures({**SOL, "parameters": {"effort": KEY}}), "which is shaped like a key"),
    ],
)
def test_what_is_not_of_the_form_is_named_with_the_next_step(
    tmp_path: Path, name: str, value: Any, why: str
) -> None:
    with pytest.raises(AlmanacError) as raised:
        load_evaluations(put(tmp_path, name, value))
    assert str(raised.value).startswith(f"{tmp_path / FOLDER / name}: ")
    assert why in str(raised.value)


def test_check_names_a_broken_one(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    put_part(folder, "openai")
    assert not any(FOLDER in fault for fault in faults_in(folder))
    put(folder, "t.json", figures(SOL, author=""))
    assert sum(FOLDER in fault for fault in faults_in(folder)) == 1


def test_every_broken_file_is_named_at_once_and_a_link_to_nothing_too(tmp_path: Path) -> None:
    put(tmp_path, "a.json", figures(SOL, author="", name=""))
    put(tmp_path, "b.json", "{")
    put(tmp_path, "good.json", figures(SOL))
    (tmp_path / FOLDER / "c.json").symlink_to(tmp_path / "nothing")
    (tmp_path / FOLDER / "d.json").mkdir()
    (tmp_path / FOLDER / "README.md").write_text("Notes.")
    with pytest.raises(AlmanacError) as raised:
        load_evaluations(tmp_path)
    lines = str(raised.value).splitlines()
    assert [line.partition(":")[0].rpartition("/")[2] for line in lines] == [
        *("a.json", "a.json", "b.json", "c.json", "d.json")
    ]


def test_check_names_what_the_catalog_does_not_have_and_days_to_come(tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    put_part(folder, "openai")
    typed = result("b", "", 12, model="openai/gpt6-sol")
    put(folder, "a.json", figures({**SOL, "row": "opnai"}, typed, TUNED))
    put(folder, "b.json", figures(SOL, day="2999-01-01"))
    faults = [fault.partition(f"{FOLDER}/")[2] for fault in faults_in(folder) if FOLDER in fault]
    assert [fault.partition(";")[0] for fault in sorted(faults)] == [
        "a.json: model 1: there is no row 'opnai'",
        "a.json: model 2: the catalog has no 'openai/gpt6-sol'",
        "b.json: day is 2999-01-01, after today",
    ]
    assert "did you mean openai/gpt-6-sol" in "".join(faults)


def test_an_id_of_ones_own_model_is_not_wrong_but_named(tmp_path: Path) -> None:
    own = result("Tuned", "ft:gpt-6-sol:acme", 12)
    read = load_evaluations(put(tmp_path, "t.json", figures(SOL, own, TUNED)))
    wrong, without_page = unknown_in(read, committed())
    assert wrong == []
    assert [note.partition(",")[0] for note in without_page] == [
        "t.json: model 2: 'ft:gpt-6-sol:acme' calls no single model of the catalog"
    ]


@pytest.mark.parametrize("seed", range(60))
def test_figures_of_any_run_can_be_published(seed: int) -> None:
    """What we compute ourselves agrees with itself, whatever came of the answers."""
    chance = random.Random(seed)
    cases, repeats = chance.randint(1, 9), chance.randint(1, 4)
    share = [chance.random() * chance.randint(0, 1), 1, chance.random()]

    def of_each(make: Callable[[], float | None]) -> list[list[float | None]]:
        return [[make() for _ in range(repeats)] for _ in range(cases)]

    model = {
        "name": "a",
        "model": "",
        "called": "a",
        "row": "openai",
        "where": "",
        "prompt": "",
        "parameters": {"effort": "low"},
        "scores": of_each(lambda: chance.choices([None, 0, 1], share)[0]),
        "costs": of_each(lambda: 0.25),
        **{part: of_each(lambda: 3.0) for part in ("tokens", "first_tokens", "seconds")},
    }
    asked: dict[str, Any] = {
        "almanac_evaluation": 1,
        "name": "cases.csv",
        "prompts": [],
        "cases": [{"variables": {}}] * cases,
        "repeats": repeats,
    }
    question = {"evaluation": asked, "day": "2026-11-20", "catalog": "", "with_texts": False}
    observed = observed_from_json(observe({**question, "models": [model]}))
    assert list(figure_faults(replace(observed, author="ACME"))) == []


def test_a_model_is_known_by_the_id_that_was_sent_and_stands_on_its_page(tmp_path: Path) -> None:
    advisor = advisor_for(committed(), "0" * 64)
    read = identified_evaluations(load_evaluations(put(tmp_path, "t.json", figures(SOL, TUNED))), advisor)
    rows = rows_by_model(read, committed(), advisor.names)
    assert list(rows) == ["openai/gpt-6-sol"]
    (row,) = rows["openai/gpt-6-sol"]
    assert row.evaluation == "tickets.csv: 20 cases, run on 2026-11-20, by ACME"
    assert (row.name, row.rate, row.cost) == (
        "GPT-6 Sol",
        "18 of 20 (90 %, 70 to 100 %)",
        "$0.002 ($0.001 to $0.003)",
    )
    (view,) = evaluation_views(read, committed(), advisor.names)
    assert [(r.name, bool(r.model_link), r.place) for r in view.rows] == [
        ("GPT-6 Sol", True, "OpenAI"),
        ("Fine-tuned", False, "Our gateway"),
    ]
    offered = chooser_data((), committed(), read)["evaluations"]
    assert offered == [{"id": "t", "source": row.evaluation}]


def test_the_site_shows_them_and_no_text_of_theirs_does_anything(tmp_path: Path) -> None:
    put_project(tmp_path)
    put_part(tmp_path / "docs" / "catalog", "openai")
    hostile = result(HOSTILE, HOSTILE, 3, where=HOSTILE, prompt=HOSTILE, parameters={"effort": HOSTILE})
    put(tmp_path / "docs" / "catalog", "t.json", figures(SOL, hostile, name=HOSTILE, author=HOSTILE))
    built(tmp_path)
    site = tmp_path / "site"
    model = (site / "models/openai/gpt-6-sol/index.html").read_text()
    everything = (site / "evaluations/index.html").read_text()
    for text in (model, everything):
        assert "18 of 20 (90 %, 70 to 100 %)" in text
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
    assert "id=evaluated" in model
    assert "On cases of this site" not in (site / "models/openai/gpt-5/index.html").read_text()
