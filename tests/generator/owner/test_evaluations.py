"""Results that a site owner publishes: what is read, what is refused, and where they stand on the site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.cli.catalog.faults import faults_in
from generator.errors import AlmanacError
from generator.exports.chooser import advisor_for, chooser_data, identified_evaluations
from generator.owner.evaluations import FOLDER, load_evaluations
from generator.views.evaluation_rows import evaluation_views, rows_by_model
from playground.observed.observed_json import observed_to_json
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
    hostile = result(HOSTILE, HOSTILE, 3, where=HOSTILE, prompt=HOSTILE, parameters={HOSTILE: HOSTILE})
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
