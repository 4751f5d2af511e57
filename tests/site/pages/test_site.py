"""The real site in a real browser."""

from __future__ import annotations

import html
import os
import posixpath
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from generator.views.as_of import latest
from playground.catalog import Offering
from playground.labels.addresses import anchor
from playground.labels.labels import money
from playground.lifecycle.passed import on_day
from playground.pricing.price_changes import price_changes
from tests.catalogs import committed
from tests.projects import put_part
from tests.rounds import FULL, nightly, sampled

CATALOG = Path("docs/catalog")


def table_row(page: Page, text: str) -> list[str]:
    row = page.locator("table tbody tr", has_text=text).first
    return [re.sub(r"\s+", " ", cell).strip() for cell in row.locator("td").all_inner_texts()]


def test_home_says_what_this_is_and_where_to_go(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title(re.compile("Model Almanac"))
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_contain_text("Which AI model, when?")
    page.get_by_role("link", name="MAI-Thinking-1").click()
    expect(page.locator("h1")).to_contain_text("MAI-Thinking-1")


def test_mai_thinking_1_shows_every_figure_with_its_standing(page: Page) -> None:
    page.goto("/models/microsoft/mai-thinking-1/")
    expect(page.locator("h1")).to_have_count(1)
    cells = table_row(page, "Microsoft Foundry (Azure)")
    # The mark stands as a superscript behind its figure.
    assert cells[1] == "Global"
    assert cells[2:7] == ["$2.00S", "$0.20S", "$8.00S", "256,000O", "64,000A"]
    assert cells[8] == "betaO"
    assert cells[9] == "—"  # nobody says when it retires: unknown shows as unknown
    expect(page.locator(".legend").first).to_contain_text("single source")
    # One tap on a figure's letter unfolds its claims.
    expect(page.locator("#azure-global")).to_be_hidden()
    page.get_by_role("row", name="Microsoft Foundry (Azure) Global").first.locator("a.letter").first.click()
    expect(page.locator("#azure-global")).to_be_visible()
    expect(page.locator("details.evidence[open]")).to_contain_text("LiteLLM")


@nightly("test_a_providers_page_lists_what_it_serves")
def test_azure_lists_its_models_by_channel(page: Page) -> None:
    page.goto("/providers/azure/")
    expect(page.locator("h1")).to_contain_text("Microsoft Foundry (Azure)")
    expect(page.get_by_text("services.ai.azure.com/mai/v1/chat/completions")).to_be_visible()
    body = page.locator("article").inner_text()
    for channel in ("Global", "Data Zone EU", "Data Zone US", "Regional", "Government"):
        assert channel in body


@sampled(1)
@pytest.mark.parametrize(
    ("provider", "model"),
    [("openai", "GPT-6.1 Terra"), ("amazon-bedrock", "Claude Opus 5"), ("anthropic", "Claude Opus 5")],
)
def test_a_providers_page_lists_what_it_serves(page: Page, provider: str, model: str) -> None:
    page.goto(f"/providers/{provider}/")
    expect(page.get_by_role("link", name=model, exact=True).first).to_be_visible()


def test_github_models_is_shown_as_retired(page: Page) -> None:
    page.goto("/providers/github-models/")
    expect(page.locator("article")).to_contain_text("Retired")


def test_every_disagreement_is_listed_with_all_values(page: Page) -> None:
    catalog = on_day(committed(), latest(committed()))
    disputed = [
        (of, name, fact)
        for of in (*catalog.models.values(), *catalog.offerings)
        for name, fact in of.facts.items()
        if fact.standing == "disputed"
    ]
    page.goto("/disagreements/")
    page.locator(".rest a").click()
    expect(page.locator("article table tbody tr")).to_have_count(len(disputed))
    offering, _, fact = next(d for d in disputed if d[1] == "price.input")
    assert isinstance(offering, Offering)
    row = (
        page.locator("article table tbody tr", has_text=offering.key)
        .filter(has=page.get_by_role("cell", name="Input", exact=True))
        .first
    )
    text = row.inner_text()
    for claim in fact.claims:
        assert money(claim.value) in text  # type: ignore[arg-type]
    href = row.get_by_role("link").first.get_attribute("href")
    assert href is not None
    assert href.endswith(f"#{anchor(offering)}")


@sampled(1)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/models/",
        "/labs/",
        "/providers/",
        "/channels/",
        "/disagreements/",
        "/held-back/",
        "/sources/",
        "/method/",
    ],
)
def test_section_pages_open_on_a_phone_without_scrolling_sideways(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_wide_table_is_scrolled_by_keyboard_and_a_narrow_one_takes_no_focus(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/models/deepseek/deepseek-v4-flash/")
    heading = page.locator("h2", has_text="What it can do")
    table = heading.locator("xpath=following-sibling::*[1]").locator(".md-typeset__scrollwrap").first
    # Until its width is asked for it may be wide, and the keyboard reaches it.
    expect(table).to_have_attribute("tabindex", "0")
    heading.scroll_into_view_if_needed()
    expect(table).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1440, "height": 844})
    expect(table).not_to_have_attribute("tabindex", "0")


@nightly("test_plots_name_their_points_and_have_tables")
def test_a_plot_with_an_announced_price_stays_in_its_frame_at_any_width(page: Page) -> None:
    whole = committed()
    announced = next(o for o in whole.offerings if price_changes(o, whole.day))
    page.goto(f"/models/{announced.model}/#history")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        frame = page.locator(".plot.history .area").bounding_box()
        assert frame is not None
        for point in page.locator(".plot.history .point").all():
            box = point.bounding_box()
            assert box is not None
            assert frame["x"] - box["width"] <= box["x"] <= frame["x"] + frame["width"]


@nightly("tests/site/scripts/tables.test.mjs")
def test_disagreements_can_be_sorted_and_searched(page: Page) -> None:
    page.goto("/disagreements/")
    rows = page.locator("article table tbody tr:visible")
    apart = page.get_by_role("columnheader", name="Apart")
    apart.get_by_role("button").click()
    expect(apart).to_have_attribute("aria-sort", "ascending")
    apart.get_by_role("button").click()
    expect(apart).to_have_attribute("aria-sort", "descending")
    said = [c.rstrip("×").replace(",", "") for c in rows.locator("td:nth-child(4)").all_inner_texts()]
    numbers = [float(n) for n in said if n != "—"]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] > 2
    # What is no number comes last, either way.
    assert said[len(numbers) :] == ["—"] * (len(said) - len(numbers))
    page.get_by_label("Find in the table").fill("bedrock vision")
    expect(page.get_by_role("status").first).to_contain_text(f"of {len(said):,}")
    assert all("bedrock" in t and "Vision" in t for t in rows.all_inner_texts())


@nightly("tests/site/scripts/tables.test.mjs")
def test_a_column_of_dates_is_sorted_by_day(page: Page) -> None:
    page.goto("/models/openai/gpt-4o/")
    head = page.locator("#where + * table").get_by_role("columnheader", name="Retires")
    cells = page.locator("#where + * table tbody tr td:last-child")
    for way, order in ((1, "ascending"), (-1, "descending")):
        head.get_by_role("button").click()
        # The rows on a page of their own come first.
        expect(head).to_have_attribute("aria-sort", order)
        days = [t[:10] for t in cells.all_inner_texts() if t != "—"]
        assert len({d[:4] for d in days}) < len(set(days))  # several in one year
        assert days == sorted(days)[::way]
        assert cells.all_inner_texts()[: len(days)] == [t for t in cells.all_inner_texts() if t != "—"]


@nightly("test_every_internal_link_and_anchor_of_every_page_leads_somewhere")
def test_the_changelog_is_a_page(page: Page) -> None:
    page.goto("/changelog/")
    expect(page.locator("h1")).to_contain_text("Changelog")
    expect(page.locator("article")).to_contain_text("For site owners")


@sampled(1)
@pytest.mark.parametrize(
    "provider",
    [
        *("azure", "openai", "anthropic", "google", "amazon-bedrock", "github-copilot"),
        *("ollama", "huggingface", "vllm", "llama-cpp", "lmstudio"),
    ],
)
def test_the_providers_the_site_is_asked_about_have_a_complete_page(page: Page, provider: str) -> None:
    page.goto(f"/providers/{provider}/")
    # The first table below the heading; a heavy page has its sections in elements of their own.
    table = page.locator("#call").locator("xpath=following::table[1]")
    rows = dict(row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all())
    known = {name: said for name, said in rows.items() if said.strip() != "—"}
    wanted = {"Documentation", "Address", "Wire", "Authentication", "From a web page"}
    if provider == "github-copilot":  # nobody but its own editors can call it
        wanted -= {"Wire"}
    assert wanted <= set(known), (provider, rows)
    if not known["From a web page"].startswith("unknown"):
        assert re.search(r"checked \d{4}-\d\d-\d\d", known["From a web page"])
    cells = [
        r.locator("td").all_inner_texts()
        for r in page.locator("#statements").locator("xpath=following::table[1]//tbody/tr").all()
    ]
    asked = {"Support", "Data handling", "Kept after the answer", "Trained on", "Status page"}
    assert asked <= {what for what, *_ in cells}
    for what, value, quote, read in cells:
        assert (quote, read) == ("", "") if value == "—" else quote.startswith("“"), (provider, what)
        assert value == "—" or re.fullmatch(r"\d{4}-\d\d-\d\d", read), (provider, what)


def test_sources_say_how_fresh_they_are_and_what_was_left_out(page: Page) -> None:
    page.goto("/sources/")
    text = page.locator("article").inner_text()
    for state in committed().sources.values():
        assert str(state.as_of) in text
        assert f"{state.rows:,}" in text
        for reason in state.left_out:
            assert reason in text


def test_the_catalog_is_published_beside_the_pages(site: Path) -> None:
    for name in ("catalog.json", "models.json", "schema.json", "overrides.yml"):
        assert (site / "catalog" / name).read_bytes() == (CATALOG / name).read_bytes()
    assert not (site / "catalog" / "offerings").exists()  # catalog/v1 has every claim of them


def test_there_is_a_page_for_every_model_provider_and_lab(site: Path) -> None:
    catalog = committed()
    wanted = [f"models/{m}" for m in catalog.models]
    wanted += [f"providers/{p}" for p in catalog.providers] + [f"labs/{lab}" for lab in catalog.labs]
    assert [path for path in wanted if not (site / path / "index.html").is_file()] == []
    assert not (site / "shell").exists()
    for name in ("search/almanac.json", "sitemap.xml", "llms.txt"):
        assert "shell/" not in (site / name).read_text()


def test_every_internal_link_and_anchor_of_every_page_leads_somewhere(site: Path) -> None:
    """Over the finished HTML, by other means than the build's own check.

    Links are read on every eighth page in `make test`, and on all in `make test-all`.
    """
    files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    pages = sorted(name for name in files if name.endswith(".html"))

    @cache
    def ids(name: str) -> frozenset[str]:
        return frozenset(re.findall(r"""\bid=["']?([^"'\s>]+)""", (site / name).read_text()))

    @cache
    def leads(folder: str, own: str, url: str) -> bool:
        path, _, fragment = url.partition("#")
        path = unquote(path.partition("?")[0])
        at = posixpath.normpath(posixpath.join(folder, path)) if path else own
        if path.endswith("/") or at == "." or at + "/index.html" in files:
            at = posixpath.normpath(posixpath.join(at, "index.html"))
        filled_in = at in ("playground/index.html", "correct/index.html")
        if at not in files or not fragment or filled_in or not at.endswith(".html"):
            return at in files
        return unquote(fragment) in ids(at) | {"__codelineno"}

    broken = set()
    for name in pages if FULL else pages[::8]:
        if name == "404.html":  # shown at any address, so its links begin at the site's root
            continue
        folder = posixpath.dirname(name)
        for link in set(re.findall(r"""\b(?:href|src)=["']?([^"'\s>]+)""", (site / name).read_text())):
            url = html.unescape(link)
            if re.match(r"[a-z]+:", url) or url.startswith("//"):
                continue
            if not leads(folder, name if url.startswith(("#", "?")) else "", url):
                broken.add((name, url))
    assert sorted(broken)[:10] == []


def test_no_placeholder_of_the_shell_is_left(site: Path) -> None:
    for path in ("models/openai/gpt-5", "providers/azure", "labs/microsoft"):
        text = (site / path / "index.html").read_text()
        assert "Almanac-shell" not in text
        assert not re.search(r"""href=["']?/""", text)


@nightly("tests/generator/pages and test_markdown.py")
def test_the_same_site_can_be_had_as_markdown(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from generator.cli.site.build import write_markdown; "
        "write_markdown(Path(sys.argv[1]))"
    )
    put_part(tmp_path / "docs" / "catalog", "azure")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\ntheme: material\nplugins: [almanac]\n")
    subprocess.run(
        [sys.executable, "-c", code, "written"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    text = (tmp_path / "written/models/microsoft/mai-thinking-1/index.md").read_text()
    assert text.startswith("# MAI-Thinking-1\n")
    assert "| [Microsoft Foundry (Azure)](/providers/azure/) |" in text
