"""A site over six hundred hostile rows, in Chromium: nothing runs, nothing is asked of another host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_httpserver import HTTPServer

from generator import store
from tests.hostile.served import refreshed
from tests.projects import built, put_project
from tests.site.conftest import served, watched


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "site"
    with HTTPServer() as server:
        refreshed(folder / "docs/catalog", server, rows=True)
    put_project(folder)
    built(folder)
    return folder


@pytest.fixture
def page(browser: Browser, project: Path) -> Iterator[Page]:
    with served(project / "site") as address, watched(browser, address) as opened:
        opened.on("dialog", lambda d: pytest.fail(f"a dialog opened: {d.message}"))
        yield opened
        assert opened.evaluate("window.pwned") is None


def test_what_a_source_wrote_is_text_on_every_page_that_names_it(page: Page, project: Path) -> None:
    catalog = store.load(project / "docs/catalog")
    models = [m.id for m in catalog.models.values() if any(c in m.name for c in "<={…")]
    providers = [p.id for p in catalog.providers.values() if "<" in p.name or "=" in p.name]
    assert len(models) >= 3
    assert len(providers) >= 2
    paths = [f"/models/{m}/" for m in models] + [f"/providers/{p}/" for p in providers]
    for path in ("/", "/models/", "/providers/", "/labs/", "/plots/", "/disagreements/", "/sources/", *paths):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        assert page.evaluate("window.pwned") is None, path


def test_the_explorer_and_the_search_show_it_as_text(page: Page, project: Path) -> None:
    catalog = store.load(project / "docs/catalog")
    model = next(m.id for m in catalog.models.values() if "<script>" in m.name)
    page.goto(f"/explorer/?q={model}")
    expect(page.locator(".x-grid tbody a").first).to_contain_text("<script>window.pwned=true</script>")
    page.keyboard.press("/")
    page.keyboard.type(model, delay=20)
    expect(page.locator("dialog.search li b").first).to_contain_text("<script>")


def test_the_index_for_language_models_lists_only_pages_that_are_there(project: Path) -> None:
    site = project / "site"
    assert "](javascript:" not in (site / "llms.txt").read_text("utf-8")
    index = json.loads((site / "catalog/v1/index.json").read_text("utf-8"))
    for model in store.load(project / "docs/catalog").models:
        assert (site / "catalog/v1" / index["documents"]["model"].format(model=model)).is_file()
