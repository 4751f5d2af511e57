"""A build where nothing has changed does nothing; where anything has, it builds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.config import load_config

from generator.cli import cli
from generator.errors import SetupError
from generator.site.unchanged import MARKS, LastSite, made_of
from tests.generator.site.test_build import WHOLE, with_another_limit
from tests.projects import put, tree, write
from tests.rounds import nightly, sampled


def almanac_build(folder: Path, *more: str) -> str:
    with chdir(folder):
        done = CliRunner().invoke(cli, ["build", *more], env={"NO_MKDOCS_2_WARNING": "1"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("once") / "site", WHOLE, {"index.md": "# Home\n"})
    assert "nothing has changed" not in almanac_build(folder)
    return folder


def test_nothing_is_done_where_nothing_has_changed(built_once: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (built_once / "site").rglob("*")}
    said = almanac_build(built_once)
    assert said.endswith("; nothing has changed since\n")
    assert {p: p.stat().st_mtime_ns for p in (built_once / "site").rglob("*")} == before


@nightly("test_files_that_were_deleted_or_altered_are_made_again")
def test_a_site_that_is_not_as_it_was_left_is_built(built_once: Path) -> None:
    before = tree(built_once / "site")
    for spoil in (
        lambda site: (site / "models/acme/tiered/index.html").write_text("spoiled"),
        lambda site: (site / "index.html.br").unlink(missing_ok=True) or (site / "index.html").unlink(),
        lambda site: (site / "stray.txt").write_text("of nobody"),
    ):
        spoil(built_once / "site")
        assert "nothing has changed" not in almanac_build(built_once)
        assert tree(built_once / "site") == before


@nightly("test_nothing_is_done_where_nothing_has_changed")
def test_a_build_with_a_warning_is_no_last_build(tmp_path: Path) -> None:
    folder = write(tmp_path, WHOLE, {"index.md": "# Home\n\n[Nowhere](nowhere.md)\n"})
    almanac_build(folder)
    assert "nothing has changed" not in almanac_build(folder)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = write(tmp_path / "project", WHOLE, {"index.md": "# Home\n"})
    (folder / "CHANGELOG.md").write_text("# Changes\n")
    return folder


def hash_of(folder: Path, **options: object) -> str:
    return made_of(load_config(str(folder / "mkdocs.yml")), **options)


def config(folder: Path, **values: object) -> None:
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **values}))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page": lambda folder: (folder / "docs/index.md").write_text("# Another\n"),
    "a new page": lambda folder: (folder / "docs/more.md").write_text("# More\n"),
    "a page that is gone": lambda folder: (folder / "docs/index.md").unlink(),
    "the catalog": lambda folder: put(folder, with_another_limit(WHOLE)),
    "the name": lambda folder: config(folder, site_name="Another"),
    "the changelog": lambda folder: (folder / "CHANGELOG.md").write_text("# More\n"),
    "an option": lambda folder: config(folder, plugins=[{"almanac": {"max_age": 3}}]),
}


@sampled(2)
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_goes_into_a_site_changes_its_hash(project: Path, change: str) -> None:
    before = hash_of(project)
    assert before == hash_of(project)
    CHANGES[change](project)
    assert hash_of(project) not in ("", before)


def test_what_the_command_and_the_environment_say_goes_into_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hash_of(project, compress=True) != hash_of(project, compress=False)
    text = (project / "mkdocs.yml").read_text()
    url = "site_url: https://almanac.example/"
    assert url in text
    (project / "mkdocs.yml").write_text(text.replace(url, 'site_url: !ENV [WHERE, ""]'))
    before = hash_of(project)
    monkeypatch.setenv("WHERE", "https://elsewhere.example/")
    assert hash_of(project) != before


def test_files_of_a_theme_and_of_snippets_go_into_it(project: Path) -> None:
    for name in ("theme", "texts"):
        (project / name).mkdir()
    config(
        project,
        theme={"name": "material", "custom_dir": "theme"},
        markdown_extensions=[{"pymdownx.snippets": {"base_path": ["texts"]}}, "attr_list"],
    )
    seen = {hash_of(project)}
    for name in ("theme", "texts"):
        (project / name / "a.html").write_text(name)
        seen.add(hash_of(project))
    assert len(seen) == 3
    assert "" not in seen


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_what_a_link_leads_to_goes_into_it(project: Path) -> None:
    (project / "beside").mkdir()
    (project / "docs/linked").symlink_to(project / "beside")
    before = hash_of(project)
    (project / "beside/page.md").write_text("# Page\n")
    assert hash_of(project) != before


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_that_leads_nowhere_is_no_file(project: Path) -> None:
    before = hash_of(project)
    (project / "docs/.#index.md").symlink_to("somebody@somewhere.123:456")  # Emacs' lock
    assert hash_of(project) == before


@pytest.mark.parametrize(
    "values",
    [
        {"hooks": ["hook.py"]},
        {"markdown_extensions": [{"pymdownx.snippets": {}}]},
        {"markdown_extensions": [{"pymdownx.snippets": {"base_path": ["docs"], "url_download": True}}]},
        {"plugins": ["almanac", "tags"]},
    ],
)
def test_a_site_of_which_not_all_is_known_is_built_each_time(
    project: Path, values: dict[str, object]
) -> None:
    (project / "hook.py").write_text("")
    config(project, **values)
    assert hash_of(project) == ""


def test_a_folder_of_other_things_is_not_emptied(built_once: Path, tmp_path: Path) -> None:
    """`--site-dir ~/notes` is quickly typed, and a site may be somebody else's."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for name, text in (("todo.txt", "of the reader's"), ("404.html", "<p>Not here"), ("build.json", "{}")):
        (notes / name).write_text(text)
        with pytest.raises(SetupError, match="is not empty and holds no site"):
            LastSite(notes, tmp_path / "cache").alone().__enter__()
    assert len(tree(notes)) == 3
    # Whoever builds by MkDocs, or cuts a build off, has no mark of ours beside the pages.
    for name in MARKS:
        site = tmp_path / name.partition(".")[0]
        site.mkdir()
        shutil.copy(built_once / "site" / name, site)
        with LastSite(site, tmp_path / "cache").alone():
            pass
        assert tree(site).keys() == {name}


def test_one_build_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    # Also one of another project, which has another cache.
    other = LastSite(site, tmp_path / "other").alone()
    with LastSite(site, tmp_path / "cache").alone(), pytest.raises(SetupError, match="another build writes"):
        other.__enter__()
    assert not site.exists()


def test_a_note_that_is_spoiled_or_of_another_folder_is_none(tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    site.mkdir()
    (site / "a").write_text("a")
    LastSite(site, cache).note("hash", {"files": 1})
    assert LastSite(site, cache).result("hash") == {"files": 1}
    assert LastSite(site, cache).result("other") is None
    assert LastSite(site, cache).result("") is None
    shutil.copytree(site, tmp_path / "copy")
    assert LastSite(tmp_path / "copy", cache).result("hash") is None
    for spoiled in ("", "[]", "{}", '{"made_of": "hash"', "null"):
        (note,) = cache.iterdir()
        note.write_text(spoiled)
        assert LastSite(site, cache).result("hash") is None
    os.utime(site / "a", ns=(1, 1))
    LastSite(site, cache).note("", {})
    assert list(cache.iterdir()) == []
