"""`almanac lint` on files, folders, git's work trees and standard input."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import store
from generator.cli import cli
from generator.errors import SetupError
from tests.catalogs import catalog, offered
from tests.projects import ROOT


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "config.yaml": "model: gpt-4o\nother: azure/gpt-4o\n",
        "src/app.py": 'MODEL = "big-one"\n',
        "notes.md": "Nothing here.\n",
        "node_modules/x/index.js": "gpt-4o",
        "package-lock.json": '{"gpt-4o": 1}',
        "picture.png": "\x89PNG\0gpt-4o",
        "huge.txt": "gpt-4o\n" + "x" * 1_000_001,
    }
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "latin-1")
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def run(folder: Path, *arguments: str, stdin: str = "") -> Result:
    command = ["lint", *arguments, "--catalog", str(folder), "--on", "2026-11-25"]
    return CliRunner().invoke(cli, command, input=stdin)


def test_a_folder_is_looked_through_and_what_others_wrote_is_not(folder: Path, project: Path) -> None:
    result = run(folder, ".")
    assert result.stdout.splitlines() == [
        (
            "config.yaml:1:8: warning: gpt-4o retires at Openai, Direct on 2026-12-09, in 14 days; instead: "
            "gpt-5 (Openai names it; input $2.00 → $3.00 (+50 %); output $8.00 → $9.00 (+12 %))"
        ),
        (
            "config.yaml:2:8: notice: gpt-4o retires at Azure, Global on 2027-04-14, in 140 days; no "
            "replacement: no newer gpt at Azure yet"
        ),
        (
            "src/app.py:1:10: error: big-one was retired at Acme, Direct on 2026-01-01, 328 days ago; no "
            "replacement: no newer big one at Acme yet"
        ),
    ]
    assert result.stderr == (
        "passed over: huge.txt is larger than 1,000 kB\n"
        "3 files looked at: 1 retired, 1 retiring within 90 days, 1 retiring later.\n"
    )
    assert result.exit_code == 1


def test_in_a_work_tree_of_git_what_git_ignores_is_left_alone(folder: Path, project: Path) -> None:
    (project / ".gitignore").write_text("config.yaml\n")
    subprocess.run(["git", "init", "-q"], check=True)
    result = run(folder, ".")
    assert "config.yaml" not in result.stdout
    assert "src/app.py:1:10" in result.stdout


def test_a_file_and_standard_input_are_read(folder: Path, project: Path) -> None:
    assert run(folder, "src/app.py").exit_code == 1
    result = run(folder, "-", stdin="x = 'gpt-5'\ny = 'azure/gpt-4o'\n")
    assert result.stdout.startswith("<stdin>:2:6: notice: gpt-4o retires at Azure, Global on 2027-04-14")
    assert result.exit_code == 0


def test_what_is_soon_and_whether_it_fails_is_the_users_to_say(folder: Path, project: Path) -> None:
    assert run(folder, "config.yaml").exit_code == 1
    assert run(folder, "config.yaml", "--within", "10").exit_code == 0
    assert run(folder, "config.yaml", "--never-fail").exit_code == 0
    assert run(folder, "notes.md").exit_code == 0
    assert "no model with a known end" in run(folder, "notes.md").stderr
    assert "gpt-5: no day" in run(folder, "-", "--all", stdin="gpt-5").stdout


def test_json_tells_everything(folder: Path, project: Path) -> None:
    report = json.loads(run(folder, "config.yaml", "--format", "json").stdout)
    first = report["findings"][0]
    assert (report["files"], first["path"], first["line"], first["verdict"]) == (
        1,
        "config.yaml",
        1,
        "retires soon",
    )
    assert first["replacement"]["offering"] == "openai/direct/openai/gpt-5"
    assert [p["offering"] for p in first["places"]] == [
        "openai/direct/openai/gpt-4o",
        "azure/global/openai/gpt-4o",
        "azure/data-zone-eu/openai/gpt-4o",
    ]


def test_sarif_names_rule_level_file_and_place(folder: Path, project: Path) -> None:
    report = json.loads(run(folder, ".", "--format", "sarif").stdout)
    (run_,) = report["runs"]
    rules = [rule["id"] for rule in run_["tool"]["driver"]["rules"]]
    results = [
        (
            r["ruleId"],
            r["level"],
            r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            r["locations"][0]["physicalLocation"]["region"],
        )
        for r in run_["results"]
    ]
    assert report["version"] == "2.1.0"
    assert {rule for rule, *_ in results} <= set(rules)
    assert results == [
        ("retiring-model", "warning", "config.yaml", {"startLine": 1, "startColumn": 8, "endColumn": 14}),
        ("model-with-end", "note", "config.yaml", {"startLine": 2, "startColumn": 8, "endColumn": 20}),
        ("retired-model", "error", "src/app.py", {"startLine": 1, "startColumn": 10, "endColumn": 17}),
    ]


def test_a_missing_file_and_a_missing_catalog_are_said(project: Path, tmp_path: Path) -> None:
    assert "does not exist" in CliRunner().invoke(cli, ["lint", "nowhere.py"]).stderr
    (tmp_path / "empty").mkdir()
    with pytest.raises(SetupError, match="holds no catalog"):
        CliRunner().invoke(
            cli,
            ["lint", ".", "--catalog", str(tmp_path / "empty")],
            catch_exceptions=False,
            standalone_mode=False,
        )


def test_a_catalog_without_ends_finds_none(tmp_path: Path, project: Path) -> None:
    made = tmp_path / "other"
    made.mkdir()
    store.save(made, store.render(catalog(offered("acme/zzz-1")), {}))
    assert run(made, ".").exit_code == 0


def test_sarif_names_files_as_addresses(folder: Path, project: Path, tmp_path: Path) -> None:
    spaced, apart = project / "my app.py", tmp_path / "apart" / "ünder.py"
    apart.parent.mkdir()
    for path in (spaced, apart):
        path.write_text('MODEL = "gpt-4o"\n', "utf-8")
    report = json.loads(run(folder, spaced.name, str(apart), "--format", "sarif").stdout)
    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in report["runs"][0]["results"]
    ]
    assert uris == ["my%20app.py", apart.as_uri()]
    assert apart.as_uri().startswith("file:///")


def test_a_preview_whose_earliest_possible_day_has_passed_does_not_fail(tmp_path: Path) -> None:
    names = ["gemini-3.1-flash-live-preview", "gemini-2.5-flash-preview-tts"]
    (tmp_path / "a.py").write_text(f"from google import genai\nMODELS = {names}\n")
    command = ["lint", str(tmp_path), "--catalog", str(ROOT / "docs/catalog"), "--on", "2026-11-29"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert "retired" not in result.stdout
