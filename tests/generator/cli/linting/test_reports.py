"""What lint prints stays text: no name and no message becomes a command of a log, and SARIF is valid."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import cli
from generator.cli.linting.reports import printable, uri

SCHEMA = Path(__file__).resolve().parents[3] / "fixtures/sarif/sarif-schema-2.1.0.json"
#: Names that a repository may bring: the byte is no letter of UTF-8.
NAMES = (
    "::error file=x::forged",
    " ::stop-commands::x",
    "##[command]rm",
    "##vso[task.complete]x",
    "##teamcity[x]",
    "a\n::warning::forged",
    "a\r::warning::forged",
    "a\x1b[2Kb",
    "a\u2028b\u202egnp.py",
    "a:b,c%0Ad",
    "with space#?.py",
    "ünder.py",
    "-rf",
    os.fsdecode(b"latin-\xe9.py"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    for name in NAMES:
        (made / name).write_text('X = "big-one"\n')
    return made


def run(folder: Path, form: str) -> Result:
    return CliRunner().invoke(
        cli, ["lint", ".", "--format", form, "--catalog", str(folder), "--on", "2026-11-25"]
    )


def lines_of_log(text: str) -> list[str]:
    """A log's lines as a runner splits them."""
    return re.split(r"\r\n|\r|\n|\u2028|\u2029|\x85|\x0b|\x0c", text)


def test_no_name_becomes_a_command(folder: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(hostile)
    result = run(folder, "text")
    lines = [line for line in lines_of_log(result.stdout) if line]
    assert len(lines) == len(NAMES)
    for line in lines:
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line
        assert "##teamcity[" not in line
        assert line.isprintable()
        assert ":1:6: error: big-one was retired" in line


def test_an_annotation_is_one_command_with_its_own_properties(
    folder: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)
    lines = [line for line in lines_of_log(run(folder, "github").stdout) if line]
    assert len(lines) == len(NAMES)
    properties = []
    for line in lines:
        command = re.fullmatch(
            r"::error file=([^:,]*),line=1,col=6,endColumn=13::big-one was retired.*", line
        )
        assert command, line
        properties.append(command[1])
    assert "a%0A%3A%3Awarning%3A%3Aforged" in properties
    assert "a%0D%3A%3Awarning%3A%3Aforged" in properties
    assert "a%3Ab%2Cc%250Ad" in properties


def sarif_of(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(run(folder, "sarif").stdout)
    return report


def test_sarif_takes_any_name_and_is_valid(
    folder: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)
    report = sarif_of(folder)
    jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()), validate_formats=True).validate(report)
    places = [r["locations"][0]["physicalLocation"] for r in report["runs"][0]["results"]]
    uris = {place["artifactLocation"]["uri"] for place in places}
    assert {"ünder.py".encode(), b"latin-\xe9.py"} <= {percent_decoded(one) for one in uris}
    assert {percent_decoded(one) for one in uris} == {os.fsencode(name) for name in NAMES}
    # The first part of a relative address holds no colon.
    assert all(":" not in one.split("/")[0] for one in uris)


def percent_decoded(text: str) -> bytes:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(text)


def test_json_says_what_was_passed_over_and_any_name(
    folder: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(hostile)
    report = json.loads(run(folder, "json").stdout.encode().decode("utf-8"))
    assert "latin-\\xe9.py" in {one["path"] for one in report["findings"]}
    assert {one["severity"] for one in report["findings"]} == {"error"}
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    report = json.loads(run(folder, "json").stdout)
    assert (report["files"], report["passed_over"]) == (0, [{"path": "pipe", "reason": "is a pipe"}])


@given(st.text(st.characters(exclude_characters="\0/"), min_size=1))
def test_any_name_is_one_harmless_piece_of_a_line(name: str) -> None:
    text = printable(name)
    assert text.isprintable()
    assert re.match(r"[\w./<\\-]", text)
    assert not re.search(r"##\w*\[", text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a:b/c", "a%3Ab/c"),
        ("/x y", "file:///x%20y"),
        ("//host/x", "file:///host/x"),
        ("C:/x", "file:///C:/x"),
        ("<stdin>", "stdin"),
    ],
)
def test_addresses_are_relative_or_whole(path: str, expected: str) -> None:
    assert uri(path) == expected
