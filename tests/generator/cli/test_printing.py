"""What the command prints into a pipe that is closed, or in an encoding that lacks a character."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import environment
from tests.rounds import sampled

ALMANAC = [sys.executable, "-m", "generator.cli"]


@sampled(1)
@pytest.mark.parametrize("arguments", [["report"], ["report", "--json"], ["choose", "--must", "vision"]])
@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error there")
def test_a_reader_who_has_read_enough_is_no_error(few_offerings: Path, arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*ALMANAC, *arguments],
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=few_offerings,
            env=environment(),
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp1252"])
def test_characters_that_an_encoding_lacks_are_written_as_json_writes_them(encoding: str) -> None:
    said = "from generator.cli import cli, main; import click\ncli.add_command(click.Command('say', callback="
    said += "lambda: click.echo('\"\\u00e9 \\u2212 \\U0001f600\"')))\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", said, "say"],
        capture_output=True,
        check=False,
        env={**environment(), "PYTHONIOENCODING": encoding},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode(encoding)) == "é − 😀"
