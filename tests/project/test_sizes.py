"""How large files and functions may be: past that, look for the second noun or the second job."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path
from statistics import median

from generator.site import frontend
from tests.project.sources import sources

FILE_LINES, MEDIAN_LINES, FUNCTION_LINES = 350, 120, 60


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_long_and_most_are_short() -> None:
    files = {path: lines(path) for path in sources(".py", ".js", ".mjs")}
    assert {str(path): count for path, count in files.items() if count > FILE_LINES} == {}
    assert median(files.values()) <= MEDIAN_LINES


def test_no_function_of_python_is_long() -> None:
    long = [
        (str(path), node.name)
        for path in sources(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]
    assert long == []


def test_no_function_of_javascript_is_long() -> None:
    scripts = [str(path) for path in sources(".js", ".mjs")]
    done = subprocess.run(
        [*frontend.node(), "tests/servers/functions.mjs", *scripts],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert sum(map(len, found.values())) > 500
    long = [
        (path, f["line"], f["lines"])
        for path, functions in found.items()
        for f in functions
        if f["lines"] > FUNCTION_LINES
    ]
    assert long == []
