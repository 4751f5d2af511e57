"""A revision of git is read without its repository's configuration, filters, hooks or remotes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from generator.cli.catalog.revision import files_at
from generator.errors import CatalogError


def git(*arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.net")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "project"
    (made / "docs/catalog").mkdir(parents=True)
    (made / "docs/catalog/a.json").write_bytes(b"\0{}\n\n")
    (made / "docs/catalog/b").write_bytes(b"")
    (made / "docs/catalog/link").symlink_to("/etc/passwd")
    monkeypatch.chdir(made)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "One")
    return made


def test_files_come_byte_for_byte_and_links_do_not(repository: Path) -> None:
    assert dict(files_at("HEAD", "docs/catalog")) == {
        "docs/catalog/a.json": b"\0{}\n\n",
        "docs/catalog/b": b"",
    }


def test_nothing_of_the_repositorys_configuration_is_run(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    run_it = f"touch {marker} #"
    with (repository / ".git/config").open("a") as file:
        file.write(
            f"[core]\n\tfsmonitor = {run_it}\n\tpager = {run_it}\n\tsshCommand = {run_it}\n"
            f'[filter "x"]\n\tsmudge = {run_it}\n\tclean = {run_it}\n[diff "x"]\n\ttextconv = {run_it}\n'
            f'[tar "tar"]\n\tcommand = {run_it}\n[alias]\n\tls-tree = !{run_it}\n\tcat-file = !{run_it}\n'
        )
    (repository / ".git/info/attributes").write_text("* filter=x diff=x\n")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", run_it)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert len(dict(files_at("HEAD", "docs/catalog"))) == 2
    assert not marker.exists()


def test_what_is_missing_is_not_fetched(repository: Path, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    with (repository / ".git/config").open("a") as file:
        file.write(
            f"[protocol]\n\tallow = always\n[extensions]\n\tpartialClone = origin\n"
            f'[remote "origin"]\n\turl = {repository}\n\tpromisor = true\n\tuploadpack = touch {marker} #\n'
        )
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD:docs/catalog/a.json"], check=True, capture_output=True, text=True
    ).stdout.strip()
    (repository / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(CatalogError):
        dict(files_at("HEAD", "docs/catalog"))
    assert not marker.exists()


@pytest.mark.parametrize("name", ["--output=x", "-l", "--exec=touch x", "HEAD:docs", "nowhere", "--", ""])
def test_a_name_is_no_option_and_must_be_a_revision(repository: Path, name: str) -> None:
    with pytest.raises(CatalogError, match="is neither a folder nor a revision"):
        dict(files_at(name, "docs/catalog"))
    assert not (repository / "x").exists()
