"""What leaves: nothing that moves a cursor, runs in a spreadsheet or takes another page's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import bounds, store
from generator.errors import CatalogError
from generator.pages.page import Page
from generator.site.detail.addresses import by_address
from tests.catalogs import catalog, fact, offering
from tests.generator.cli.test_cli import almanac
from tests.projects import build, put, write

ESC = "\x1b]0;owned\x07\x1b[2Jx\x9b31m\u202ey"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog on the disk into which somebody wrote what no source may say."""
    put(tmp_path, catalog(offering("acme/one", kind=fact("chat"), status=fact(ESC)), name=ESC))
    return tmp_path / "docs/catalog"


@pytest.mark.parametrize("command", [("show", "acme/one"), ("show", "acme/one", "--json"), ("report",)])
def test_no_command_prints_what_moves_a_cursor(folder: Path, command: tuple[str, ...]) -> None:
    done = almanac(*command, "--catalog", str(folder))
    assert done.returncode == 0, done.stderr
    assert bounds.shown(done.stdout) == done.stdout
    assert ESC in store.load(folder).models["acme/one"].name


def test_a_site_over_a_catalog_that_was_tampered_with_shows_no_control_codes(tmp_path: Path) -> None:
    write(tmp_path, catalog(offering("acme/one", kind=fact("chat"), status=fact(ESC)), name=ESC))
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in (".html", ".md", ".atom", ".ics"):
            text = path.read_text("utf-8")
            assert bounds.shown(text) == text, path


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *((text, f"'{text}") for text in ("=1+1", "+1", "-1", "@cf/x", "\tx", "\rx")),
        *((value, value) for value in ("a=1", "", -1, None)),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_kept_text(value: object, cell: object) -> None:
    assert bounds.cell(value) == cell


def page(path: str, title: str) -> Page:
    return Page(path=path, title=title, description="", write=str, publish=dict)


@pytest.mark.parametrize(
    ("paths", "others"),
    [
        (["/models/a/b/", "/models/a/b/"], {}),
        (["/models/a/B/", "/models/a/b/"], {}),
        (["/models/a/\u00e9/", "/models/a/e\u0301/"], {}),
        (["/models/a/b/", "/models/a/b.md/"], {}),
        (["/models/a/b.md/", "/models/a/b/"], {}),
        (["/models/a/b/"], {"models/a/b/index.html": "models/a/b.md"}),
        (["/models/a/b/"], {"models/a": "a file without an ending"}),
        (["/models/a/b/"], {"catalog/v1/models/a/b.json": "a file in docs/"}),
    ],
)
def test_two_pages_or_files_for_one_address_are_an_error_that_names_both(
    paths: list[str], others: dict[str, str]
) -> None:
    pages = [page(path, f"Title {n}") for n, path in enumerate(paths)]
    with pytest.raises(CatalogError) as raised:
        by_address(pages, others)
    assert all(part in str(raised.value) for part in [*others.values(), pages[-1].title])
    assert "would both stand there" in str(raised.value)


def test_pages_with_addresses_of_their_own_are_taken() -> None:
    pages = [page(path, path) for path in ("/models/a/b/", "/models/a/b-2/", "/models/a/b/2/")]
    assert [*by_address(pages, {"models/index.html": "models.md"}).values()] == pages


def test_a_hand_written_page_at_a_models_address_ends_the_build_with_both_names(tmp_path: Path) -> None:
    write(tmp_path, catalog(offering("acme/one", kind=fact("chat"))), {"models/acme/one.md": "# Mine\n"})
    done = build(tmp_path)
    assert done.returncode == 1
    assert "models/acme/one/index.html: the page /models/acme/one/" in done.stderr
    assert "and models/acme/one.md would both stand there" in done.stderr
    assert "Traceback" not in done.stderr
