"""Pinned packages: Python's through pip, npm's through npm, each by its hash and never unpacked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from generator.errors import FetchError, SourceShapeError
from generator.fetch import pinned
from generator.fetch.fetched import complete
from generator.fetch.pinned import fetch_pinned
from generator.sources import BY_ID, Registry
from generator.sources.bundle import bundled, unbundled
from tests.generator.fetch.packages import NOBODYS, NpmRegistry, pin_of, tarball_of, wheel_of

PACKED = [(Registry.PYPI, wheel_of), (Registry.NPM, tarball_of)]


@pytest.mark.parametrize(("registry", "pack"), PACKED)
def test_one_file_comes_as_its_bytes(tmp_path: Path, registry: Registry, pack: object) -> None:
    assert callable(pack)
    pin = pin_of(tmp_path, pack({"data/a.json": b"{}", "data/b.json": b"[]"}), registry, "data/a.json")
    assert complete(fetch_pinned(pin, tmp_path)).raw == b"{}"


@pytest.mark.parametrize(("registry", "pack"), PACKED)
def test_several_files_come_as_one(tmp_path: Path, registry: Registry, pack: object) -> None:
    assert callable(pack)
    files = {"data/a.json": b"{}", "data/b.json": b"[]", "data/deep/c.json": b"3", "x.js": b"run()"}
    pin = pin_of(tmp_path, pack(files), registry, "data/*.json", "x.js")
    raw = complete(fetch_pinned(pin, tmp_path)).raw
    assert unbundled(raw, "acme") == {name: files[name] for name in ("data/a.json", "data/b.json", "x.js")}


@pytest.mark.parametrize(("registry", "pack"), PACKED)
def test_a_file_that_is_not_there_is_named(tmp_path: Path, registry: Registry, pack: object) -> None:
    assert callable(pack)
    pin = pin_of(tmp_path, pack({"data/a.json": b"{}"}), registry, "data/a.json", "data/b*.json")
    with pytest.raises(
        FetchError, match=r"1\.0\.0: the package holds no data/b\*\.json; look at .*pins\.json"
    ):
        complete(fetch_pinned(pin, tmp_path))


def test_a_link_in_a_tarball_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mine")
    raw = tarball_of({"a": b"1"}, {"data.json": str(tmp_path / "secret")})
    pin = pin_of(tmp_path, raw, Registry.NPM, "data.json")
    with pytest.raises(FetchError, match=r"holds no data\.json"):
        complete(fetch_pinned(pin, tmp_path))


@pytest.mark.parametrize(("registry", "pack"), PACKED)
def test_a_package_that_unpacks_without_end_is_not_read(
    tmp_path: Path, registry: Registry, pack: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(pack)
    monkeypatch.setattr(pinned, "LIMIT_MB", 1)
    pin = pin_of(tmp_path, pack({"data.json": b" " * 1_500_000}), registry, "data.json")
    with pytest.raises(FetchError, match="unpacks to more than 1 MB"):
        complete(fetch_pinned(pin, tmp_path))


@pytest.mark.parametrize("registry", [*Registry])
def test_a_package_that_is_none_is_said(tmp_path: Path, registry: Registry) -> None:
    pin = pin_of(tmp_path, b"\x1f\x8b no package", registry, "data.json")
    with pytest.raises(FetchError, match=r"cannot be opened .*; remove it and try again"):
        complete(fetch_pinned(pin, tmp_path))


def test_a_package_that_does_not_exist_is_said_by_name(tmp_path: Path) -> None:
    pin = BY_ID["genai-prices"].pin
    assert pin is not None
    gone = replace(pin, version="0.0.0.dev999", wheel="genai_prices-0.0.0.dev999-py3-none-any.whl")
    with pytest.raises(FetchError, match=r"genai-prices 0\.0\.0\.dev999: pip could not download it: ERROR"):
        complete(fetch_pinned(gone, tmp_path))


def test_a_package_file_with_another_hash_is_not_used(tmp_path: Path) -> None:
    pin = BY_ID["model-prices"].pin
    assert pin is not None
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / pin.wheel).write_bytes(b"not the wheel")
    with pytest.raises(FetchError, match=r"model-prices 0\.0\.5: pip could not download"):
        complete(fetch_pinned(replace(pin, hash=NOBODYS), tmp_path))


def test_npm_brings_the_tarball_and_its_integrity_decides(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tarball_of({"package.json": b'{"name": "@acme/prices", "version": "1.0.0"}', "data.json": b"[1]"})
    NpmRegistry(httpserver, monkeypatch, tmp_path).offer("1.0.0", raw, "2026-11-01")
    pin = pin_of(tmp_path, raw, Registry.NPM, "data.json")
    asked = tmp_path / "asked"
    assert complete(fetch_pinned(pin, asked)).raw == b"[1]"
    httpserver.clear()  # what is there already is not asked for
    assert complete(fetch_pinned(pin, asked)).raw == b"[1]"
    with pytest.raises(FetchError, match=r"@acme/prices 1\.0\.0: npm could not download it: \S+"):
        complete(fetch_pinned(pin, tmp_path / "elsewhere"))


def test_a_tarball_with_another_integrity_is_not_used(
    tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tarball_of({"package.json": b'{"name": "@acme/prices", "version": "1.0.0"}'})
    NpmRegistry(httpserver, monkeypatch, tmp_path).offer("1.0.0", raw, "2026-11-01")
    pin = replace(pin_of(tmp_path, raw, Registry.NPM, "package.json"), hash=f"sha512-{'A' * 86}==")
    with pytest.raises(FetchError, match=r"\.tgz is not the pinned file \(its hash differs\)"):
        complete(fetch_pinned(pin, tmp_path / "asked"))


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}", fullmatch=True), st.binary(max_size=40))
)
def test_a_bundle_gives_back_what_went_in_and_is_the_same_in_any_order(files: dict[str, bytes]) -> None:
    raw = bundled(files)
    assert unbundled(raw, "acme") == files
    assert bundled(dict(reversed(files.items()))) == raw


def test_what_is_no_bundle_is_said() -> None:
    with pytest.raises(SourceShapeError, match="acme: expected several files in one"):
        unbundled(b"{}", "acme")
