"""A stranger's repository starts no command, holds nobody up, and shows nothing from outside it."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "project"
    made.mkdir()
    (made / "app.py").write_text('MODEL = "big-one"\n')
    monkeypatch.chdir(made)
    return made


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["lint", *arguments, "--catalog", str(folder), "--on", "2026-11-25"])


def command(marker: Path) -> str:
    return f"touch {marker} #"


def git(*arguments: str, at: Path) -> None:
    subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True)


def planted(project: Path, marker: Path, kind: str) -> None:
    """A way in which a repository's own files make git run something."""
    git("init", "-q", at=project)
    run_it = command(marker)
    config = {
        "fsmonitor": f"[core]\n\tfsmonitor = {run_it}\n",
        "hooks": f"[core]\n\thooksPath = {project / 'hooks'}\n",
        "textconv": f'[diff "x"]\n\ttextconv = {run_it}\n[filter "x"]\n\tsmudge = {run_it}\n',
        "pager": f"[core]\n\tpager = {run_it}\n\teditor = {run_it}\n\tsshCommand = {run_it}\n",
        "alias": f"[alias]\n\tls-files = !{run_it}\n\tcheck-ignore = !{run_it}\n",
    }
    if kind in config:
        with (project / ".git/config").open("a") as file:
            file.write(config[kind])
    (project / ".gitattributes").write_text("* diff=x filter=x\n")
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman"):
        script = project / "hooks" / hook
        script.parent.mkdir(exist_ok=True)
        script.write_text(f"#!/bin/sh\n{run_it}\n")
        script.chmod(0o755)
    if kind == "embedded":
        # What a clone brings: a bare repository among the files, with a configuration of its own.
        git("init", "-q", "--bare", "inner", at=project)
        with (project / "inner/config").open("a") as file:
            file.write(f"[core]\n\tfsmonitor = {run_it}\n\tworktree = ..\n")
        for path in (project / ".git").rglob("*"):
            if path.is_file() and path.name == "config":
                path.unlink()


KINDS = ("fsmonitor", "hooks", "textconv", "pager", "alias", "embedded")


@pytest.mark.parametrize("kind", KINDS)
def test_no_command_of_the_repository_is_run(
    kind: str, folder: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    planted(project, marker, kind)
    # What a .env may have set, and a program called git among what the repository brings.
    (project / "git").write_text(f"#!/bin/sh\ntouch {marker}\n")
    (project / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{project}{os.pathsep}{os.environ['PATH']}")
    for name, value in {
        "GIT_EXTERNAL_DIFF": command(marker),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": command(marker),
        "GIT_DIR": str(project / "inner"),
    }.items():
        monkeypatch.setenv(name, value)
    for where in (".", "inner") if kind == "embedded" else (".",):
        assert "app.py:1:10: error" in run(folder, where).stdout or where != "."
    assert not marker.exists()


def test_the_planted_command_would_have_been_run_by_git(project: Path, tmp_path: Path) -> None:
    """The test above can fail: git itself runs what is planted."""
    marker = tmp_path / "marker"
    planted(project, marker, "fsmonitor")
    subprocess.run(["git", "-C", str(project), "status"], capture_output=True, check=False)
    assert marker.exists()


def test_nothing_at_all_is_started(folder: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".git").mkdir()

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a command was started")

    for name in ("Popen", "run", "call", "check_output"):
        monkeypatch.setattr(subprocess, name, refused)
    for name in ("system", "popen", "posix_spawn", "fork", "execv", "execve"):
        monkeypatch.setattr(os, name, refused)
    assert run(folder, ".").exit_code == 1


def test_pipes_devices_and_sockets_are_passed_over(
    folder: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(project / "pipe.py")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.py")
        result = run(folder, ".")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:2] == [
        "passed over: pipe.py is a pipe",
        "passed over: socket.py is a socket",
    ]
    assert "passed over: pipe.py is a pipe" in run(folder, "pipe.py").stderr
    alone = run(folder, "/dev/zero")
    assert "passed over: /dev/zero is a device" in alone.stderr
    assert alone.exit_code == 2


def test_what_becomes_a_pipe_after_it_was_looked_at_is_passed_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generator.cli.linting.reading import read_within

    os.mkfifo(project / "late")
    monkeypatch.setattr(Path, "lstat", lambda _: (project / "app.py").stat())
    assert read_within(project / "late", 100, follow=False) == "is a pipe"


def test_a_file_that_grows_without_end_is_read_no_further(project: Path) -> None:
    from generator.cli.linting.reading import read_within

    # It says of itself that it is empty, as the files of /proc do.
    assert read_within(Path("/proc/self/environ"), 10, follow=False) == "is larger than 0 kB"


def test_links_are_not_followed_out_of_the_folder(folder: Path, project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text('X = "big-one"\n')
    (project / "file.py").symlink_to(outside / "secret.py")
    (project / "folder").symlink_to(outside)
    (project / "again.py").symlink_to("app.py")
    (project / "round").symlink_to("round")
    result = run(folder, ".")
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == ["app.py:1:10"]
    assert result.stderr.splitlines()[:3] == [
        "passed over: file.py is a link that leads out of the folder",
        "passed over: folder is a link that leads out of the folder",
        "passed over: round is a link that leads nowhere",
    ]


def test_rules_that_take_long_to_match_are_passed_over_and_others_hold(folder: Path, project: Path) -> None:
    (project / ".git").mkdir()
    (project / ".gitignore").write_text(f"{'*a' * 12}b\nleft.py\n/sub/*\n!/sub/kept.py\n[\n")
    for name in ("left.py", "sub/out.py", "sub/kept.py", f"{'a' * 200}.py"):
        path = project / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('X = "big-one"\n')
    (project / "sub/.gitignore").write_text("nothing.py\n")
    result = run(folder, ".")
    paths = [line.split(":")[0] for line in result.stdout.splitlines()]
    assert paths == [f"{'a' * 200}.py", "app.py", "sub/kept.py"]
    assert "1 of the rules of" in result.stderr
    # A folder below is under the rules of those above it.
    assert [line.split(":")[0] for line in run(folder, "sub").stdout.splitlines()] == ["sub/kept.py"]


def test_a_catalog_that_cannot_be_read_ends_with_2(project: Path, tmp_path: Path, folder: Path) -> None:
    from generator.errors import AlmanacError

    (tmp_path / "none").mkdir()
    for catalog, ended in ((tmp_path / "none", None), (folder, "models: 1\n")):
        if ended:
            (catalog / "ended.yml").write_text(ended)
        with pytest.raises(AlmanacError) as caught:
            CliRunner().invoke(
                cli, ["lint", ".", "--catalog", str(catalog)], catch_exceptions=False, standalone_mode=False
            )
        assert caught.value.exit_code == 2
    (folder / "ended.yml").unlink()
    assert CliRunner().invoke(cli, ["lint", "nowhere"]).exit_code == 2
