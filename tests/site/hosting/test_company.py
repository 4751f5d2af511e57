"""A second, small site: the company of docs/guides/company, built as its guide says, in Chromium."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.projects import built
from tests.rounds import nightly
from tests.site.axe import faults_on_both
from tests.site.conftest import served, watched

pytestmark = nightly("tests/generator/owner, on a small catalog")


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    shutil.copytree("docs/guides/company", folder, dirs_exist_ok=True)
    shutil.copytree("docs/catalog", folder / "docs" / "catalog")
    built(folder)
    return folder / "site"


@pytest.fixture
def page(browser: Browser, company: Path) -> Iterator[Page]:
    with served(company) as address, watched(browser, address) as opened:
        yield opened


def test_it_is_the_companys_own_site(page: Page) -> None:
    page.goto("/")
    expect(page.locator(".site-name")).to_have_text("Contoso models")
    expect(page.locator(".ways li").first).to_contain_text("By Contoso AI platform")
    mark = page.locator(".mark circle").first.evaluate("e => getComputedStyle(e).fill")
    assert mark == "rgb(11, 106, 95)"
    icon = page.locator("link[rel=icon]").get_attribute("href")
    assert "#0b6a5f" in page.request.get(f"/{icon}").text()
    # It has no playground, so nothing leads to one.
    assert page.locator("a[href*='playground']").count() == 0


def test_it_shows_the_chosen_providers_and_its_own(page: Page) -> None:
    page.goto("/providers/")
    names = page.locator("article tbody tr td:first-child").all_inner_texts()
    assert set(names) == {
        *("Microsoft Foundry (Azure)", "Amazon Bedrock", "Anthropic"),
        *("Contoso on Foundry", "Contoso gateway"),
    }


def test_its_own_price_stands_beside_the_public_one_with_its_name(page: Page) -> None:
    page.goto("/models/openai/gpt-5/")
    row = page.get_by_role("row", name="Contoso on Foundry").first
    expect(row).to_contain_text("$1.20")
    row.locator("a.letter").first.click()
    evidence = page.locator("details.evidence[open]")
    own = evidence.get_by_role("row", name=re.compile(r"^Input \$"))
    expect(own).to_contain_text("Contoso AI platform")
    taken = evidence.get_by_role("row", name=re.compile("^Input limit"))
    expect(taken).to_contain_text("as azure/data-zone-eu/openai/gpt-5")


def test_its_gateway_offers_what_the_proxys_configuration_says(page: Page) -> None:
    page.goto("/explorer/?provider=contoso-gateway")
    page.locator(".x-count").wait_for()
    expect(page.locator(".x-count b")).to_have_text("4")
    for name in ("GPT-6.1.Terra", "Claude.Opus.5", "Helpdesk 2"):
        expect(page.locator(".x-grid").get_by_role("link", name=re.compile(name, re.I)).first).to_be_visible()
    # What the company says of its own model can be filtered by, too.
    expect(page.locator(".x-facet summary", has_text="Licence")).to_be_visible()


def test_a_hidden_source_is_nowhere(page: Page, company: Path) -> None:
    page.goto("/sources/")
    expect(page.get_by_role("heading", name="Contoso AI platform")).to_be_visible()
    assert page.get_by_role("heading", name=re.compile("genai-prices", re.I)).count() == 0
    assert "genai-prices" not in json.loads((company / "catalog/sources.json").read_text())["sources"]
    found = json.loads((company / "catalog/v1/models/openai/gpt-5.json").read_text())
    claims = [c["source"] for o in found["offerings"] for f in o["facts"] for c in f["claims"]]
    assert "own" in claims
    assert "genai-prices" not in claims


def test_an_own_figure_is_corrected_where_the_owner_wrote_it(page: Page) -> None:
    page.goto("/correct/#contoso-foundry/data-zone-eu/openai/gpt-5!price.input")
    expect(page.locator("#correct")).to_contain_text("the site owner’s own figure")


@pytest.mark.parametrize("path", ["/", "/models/contoso/helpdesk-2/", "/providers/contoso-gateway/"])
def test_axe_finds_nothing_with_the_companys_colours(page: Page, path: str) -> None:
    assert faults_on_both(page, path) == []
