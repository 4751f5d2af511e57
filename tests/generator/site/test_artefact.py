"""Finishing a built site: what is compressed, what is cached, what the manifest says."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import brotli
import pytest

from generator.site.hosting.artefact import MANIFEST, Left, finish
from generator.views.as_of import latest
from tests.catalogs import committed

TEXT = b"the same text again and again. " * 700


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "catalog").mkdir(parents=True)
    for name in ("catalog.json", "sources.json"):
        shutil.copy(Path("docs/catalog") / name, folder / "catalog")
    return folder


def put(site: Path, *names: str, content: bytes = TEXT) -> None:
    for name in names:
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_many_files_of_one_content_are_compressed_at_once(site: Path, tmp_path: Path) -> None:
    names = [f"assets/site/{n:016x}/worker.mjs" for n in range(200)]
    put(site, *names)
    done = finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True)
    assert done.files == 202
    for name in names:
        assert brotli.decompress((site / f"{name}.br").read_bytes()) == TEXT
        assert gzip.decompress((site / f"{name}.gz").read_bytes()) == TEXT
    assert [p.suffix for p in (tmp_path / "compressed").iterdir()] == [".br"]


def test_what_gains_nothing_is_left_as_it_is(site: Path, tmp_path: Path) -> None:
    put(site, "a.png", "b.whl", "c.woff2", "d.gguf")
    put(site, "small.html", content=b"<p>")
    finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True)
    assert [p.name for p in site.iterdir() if p.suffix in (".br", ".gz")] == []
    assert (site / "catalog/catalog.json.br").is_file()


def test_what_was_compressed_before_goes_with_its_file(site: Path, tmp_path: Path) -> None:
    put(site, "index.html", "old.html")
    first = finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True)
    manifest = (site / MANIFEST).read_bytes()
    assert finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True) == first
    assert (site / MANIFEST).read_bytes() == manifest
    finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=False)
    assert not [p for p in site.rglob("*") if p.suffix in (".br", ".gz")]


def test_what_a_site_owner_has_compressed_stays(site: Path, tmp_path: Path) -> None:
    put(site, "all.csv")
    put(site, "all.csv.gz", "all.csv.br", content=b"of the owner")
    put(tmp_path / "docs", "all.csv", "all.csv.gz", "all.csv.br")
    for compress in (False, True):
        finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=compress)
        assert {(site / f"all.csv.{ending}").read_bytes() for ending in ("gz", "br")} == {b"of the owner"}


def test_the_manifest_names_the_catalog_and_each_file(site: Path, tmp_path: Path) -> None:
    put(site, "index.html", "dir/mit leerzeichen.md")
    finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True)
    manifest = json.loads((site / MANIFEST).read_text("utf-8"))
    index = json.loads(Path("docs/catalog/catalog.json").read_text("utf-8"))
    assert manifest["catalog"]["sha256"] == index["sha256"]
    assert manifest["catalog"]["as_of"] == str(latest(committed()))
    assert manifest["files"]["dir/mit leerzeichen.md"] == {
        "bytes": len(TEXT),
        "sha256": hashlib.sha256(TEXT).hexdigest(),
    }
    assert list(manifest["files"]) == sorted(manifest["files"])
    assert not [name for name in manifest["files"] if name.endswith((".br", ".gz"))]


def test_what_is_left_in_the_last_site_is_named_and_not_made_again(site: Path, tmp_path: Path) -> None:
    put(site, "a/index.html", "b/index.html", "c.txt")
    finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True)
    manifest, last = (site / MANIFEST).read_bytes(), site.rename(tmp_path / "last")
    (last / "b/index.html.br").write_bytes(b"spoiled")
    shutil.copytree(last / "catalog", site / "catalog")
    put(site, "c.txt")
    left = Left(folder=last, names={"a/index.html", "b/index.html"})
    finish(site, tmp_path / "docs", "catalog", tmp_path / "compressed", compress=True, left=left)
    assert (site / MANIFEST).read_bytes() == manifest
    assert left.names == {f"a/index.html{e}" for e in ("", ".br", ".gz")} | {
        "b/index.html",
        "b/index.html.gz",
    }
    assert brotli.decompress((site / "b/index.html.br").read_bytes()) == TEXT
    assert not (site / "a").exists()
