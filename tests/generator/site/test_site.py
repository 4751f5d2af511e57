"""The site as a value: what is read and computed for it, without MkDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import AlmanacError
from generator.site import frontend
from generator.site.site import Site, SiteOptions, read_site
from tests.catalogs import ALL_KNOWN, TIERED, catalog
from tests.projects import environment, write

WHOLE = catalog(ALL_KNOWN, TIERED, name="All Known")


def site(folder: Path, *providers: str) -> Site:
    write(folder, WHOLE)
    return read_site(
        SiteOptions(root=folder, docs=folder / "docs", catalog="catalog", name="Almanac", providers=providers)
    )


def test_it_needs_no_mkdocs() -> None:
    code = "import sys, generator.site.site; print([m for m in sys.modules if m.startswith('mkdocs')])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_all_pages_are_those_of_the_navigation_and_those_of_each_thing(tmp_path: Path) -> None:
    whole = site(tmp_path)
    paths = [page.path for page in whole.all_pages()]
    assert paths[: len(whole.navigation_pages)] == [page.path for page in whole.navigation_pages]
    assert {"/", "/method/", "/models/acme/all-known/", "/providers/azure/"} <= set(paths)
    assert len(paths) == len(set(paths))


def test_the_catalogs_own_files_are_published_unless_the_owner_shows_less(tmp_path: Path) -> None:
    assert site(tmp_path / "whole").published is None
    published = site(tmp_path / "less", "azure").published
    assert published is not None
    assert {"catalog.json", "history.jsonl"} <= published.keys()


def test_a_wrong_option_names_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(AlmanacError, match="did you mean azure"):
        site(tmp_path, "azzure")


def test_a_script_that_has_changed_is_bundled_anew(tmp_path: Path) -> None:
    source, cache = tmp_path / "one.mjs", tmp_path / "cache"
    cache.mkdir()
    source.write_text("export const one = 1;\n")
    first = frontend.bundle(source, cache)
    assert frontend.bundle(source, cache) == first
    source.write_text("export const one = 2;\n")
    assert b"2" in frontend.bundle(source, cache).read_bytes()
