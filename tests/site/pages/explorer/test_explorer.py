"""The explorer over the real catalog in a real browser, and axe over every kind of page."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from generator.views.offering_rows import price
from playground.catalog import Capability, Offering, Support
from playground.catalog.prices import Meter
from playground.catalog.regions import known_regions
from tests.rounds import FULL, nightly, sampled
from tests.site.axe import DESK, PHONE, faults_on_both
from tests.site.pages.explorer.exploring import CATALOG, OFFERINGS, opened, shown, wanted
from tests.site.quiet import wait_until_quiet

#: Pages made of the same parts as those that are always looked at.
ALL_KINDS = (
    "/changes/",
    "/plots/",
    "/models/",
    "/labs/",
    "/labs/microsoft/",
    "/providers/",
    "/providers/github-models/",
    "/channels/",
    "/capabilities/",
    "/capabilities/vision/",
    "/sources/",
    "/method/",
    "/disagreements/",
    "/guides/",
    "/guides/needs/",
    "/data/",
    "/benchmarks/",
)
#: Pages of text and tables, as `/data/` is.
WRITTEN_ALIKE = (
    *("/architecture/", "/changelog/", "/guides/reading/"),
    *("/guides/site-owners/", "/guides/hosting/", "/guides/maintaining/"),
)


def number(value: object) -> Decimal:
    return Decimal(value) if isinstance(value, Decimal | int) else Decimal(-1)


def column(page: Page, index: int) -> list[str]:
    return page.locator(f".x-grid tbody tr:not(.x-space) td:nth-child({index})").all_inner_texts()


def test_it_shows_every_offering_and_draws_only_those_in_sight(page: Page) -> None:
    opened(page)
    assert shown(page) == len(OFFERINGS)
    assert page.locator(".x-grid").get_attribute("aria-rowcount") == str(len(OFFERINGS) + 1)
    assert page.locator(".x-grid tbody tr").count() < 60
    page.locator(".x-scroll").evaluate("e => e.scrollTop = e.scrollHeight")
    expect(page.locator(f'.x-grid tr[aria-rowindex="{len(OFFERINGS) + 1}"]')).to_be_visible()


@sampled(1)
@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("?lab=microsoft", lambda o: o.lab == "microsoft"),
        ("?provider=azure&channel=regional", lambda o: (o.provider, o.channel) == ("azure", "regional")),
        ("?can=vision", lambda o: o.can(Capability.VISION) == Support.YES),
        ("?maybe=vision", lambda o: o.can(Capability.VISION) != Support.NO),
        ("?can=vision&lab=google", lambda o: o.lab == "google" and o.can(Capability.VISION) == Support.YES),
        ("?kind=embedding", lambda o: o.value("kind") == "embedding"),
        ("?status=deprecated,retired", lambda o: o.value("status") in ("deprecated", "retired")),
        ("?weights=yes", lambda o: CATALOG.models[o.model].value("open_weights") == "yes"),
        ("?region=westeurope", lambda o: "westeurope" in known_regions(o)),
        ("?standing=D", lambda o: price(o.facts, Meter.INPUT).mark == "D"),
        ("?input_min=1&input_max=2", lambda o: 1 <= number(o.sound_price("price.input")) <= 2),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_the_catalog_says(
    page: Page, query: str, test: Callable[[Offering], bool]
) -> None:
    opened(page, query)
    assert shown(page) == wanted(test) > 0


@nightly("tests/site/scripts/facets.test.mjs")
def test_a_count_beside_a_choice_is_what_the_choice_leaves(page: Page) -> None:
    opened(page, "?can=reasoning")
    box = page.locator(".x-facet", has=page.locator("summary", has_text="Lab")).first
    label = box.locator(".x-choice", has_text="Anthropic")
    promised = int(re.sub(r"\D", "", label.locator("small").inner_text()))
    label.locator("input").check()
    assert shown(page) == promised == wanted(
        lambda o: o.lab == "anthropic" and o.can(Capability.REASONING) == Support.YES
    )  # fmt: skip
    # Another lab's count does not fall to nothing: it says what adding that lab would leave.
    assert (
        int(
            re.sub(r"\D", "", box.locator(".x-choice", has_text="OpenAI").first.locator("small").inner_text())
        )
        > 0
    )


def test_unknown_sorts_last_either_way(page: Page) -> None:
    opened(page, "?lab=openai&sort=input")
    prices = [t for t in column(page, 5) if t.startswith("$")]
    numbers = [Decimal(re.sub(r"[^\d.]", "", t)) for t in prices]
    assert numbers == sorted(numbers)
    page.get_by_role("columnheader", name="Input $").get_by_role("button").click()
    expect(page).to_have_url(re.compile("sort=-input"))
    expect(page.get_by_role("columnheader", name="Input $")).to_have_attribute("aria-sort", "descending")
    assert column(page, 5)[0].startswith("$")
    page.locator(".x-scroll").evaluate("e => e.scrollTop = e.scrollHeight")
    page.wait_for_function("() => document.querySelector('.x-grid tbody').innerText.includes('—')")


def test_the_address_holds_the_state_and_back_goes_back(page: Page) -> None:
    opened(page)
    page.locator(".x-facet").first.get_by_label("Anthropic").check()
    page.locator(".x-facet .x-choice", has_text="Vision").locator("input").first.check()
    page.locator(".x-search input").fill("opus")
    expect(page).to_have_url(re.compile(r"\?q=opus&lab=anthropic&can=vision$"))
    left = shown(page)
    page.reload()
    page.locator(".x-count").wait_for()
    assert shown(page) == left
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?lab=anthropic&can=vision$"))
    expect(page.locator(".x-search input")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?lab=anthropic$"))
    page.get_by_role("button", name="Take off: Lab: Anthropic").click()
    assert shown(page) == len(OFFERINGS)


@nightly("facets.test.mjs; offerings.test.mjs")
def test_search_looks_in_names_ids_and_providers(page: Page) -> None:
    opened(page)
    page.locator(".x-search input").fill("us.anthropic.claude")
    page.wait_for_function("() => +document.querySelector('.x-count b').innerText > 0")
    assert shown(page) == wanted(lambda o: any("us.anthropic.claude" in i.lower() for i in o.ids))


@nightly("tests/site/scripts/state.test.mjs")
def test_columns_can_be_chosen(page: Page) -> None:
    opened(page, "?lab=microsoft")
    page.locator(".x-menu summary", has_text="Columns").click()
    page.locator(".x-menu .x-choice", has_text="Tool calls").first.locator("input").check()
    expect(page.get_by_role("columnheader", name="Tool calls", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("cols=.*tool_calls"))
    page.locator(".x-menu .x-choice", has_text="Provider").locator("input").uncheck()
    expect(page.get_by_role("columnheader", name="Provider")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".x-menu fieldset")).to_be_hidden()


@nightly("tests/site/scripts/download.test.mjs")
def test_what_is_shown_can_be_downloaded(page: Page, tmp_path: Path) -> None:
    opened(page, "?lab=microsoft&sort=output")

    def saved(name: str) -> str:
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        download: Download = waiting.value
        download.save_as(tmp_path / name)
        return (tmp_path / name).read_text()

    page.locator(".x-menu summary", has_text="Download").click()
    rows = list(csv.DictReader(io.StringIO(saved("CSV"))))
    by_key = {o.key: o for o in OFFERINGS if o.lab == "microsoft"}
    assert {r["key"] for r in rows} == set(by_key)
    for row in rows:
        price = by_key[row["key"]].value("price.output")
        if price is not None:
            assert Decimal(row["output"]) == price
            assert row["output_standing"]
    found = json.loads(saved("JSON"))
    assert [r["key"] for r in found] == [r["key"] for r in rows]
    first = next(r for r in found if r["output"]["value"] is not None)
    assert Decimal(str(first["output"]["value"])) == by_key[first["key"]].value("price.output")


def test_the_keyboard_moves_through_the_table(page: Page) -> None:
    opened(page)
    page.locator(".x-grid tbody a[tabindex='0'], .x-grid tbody input[tabindex='0']").first.focus()
    place = "() => document.activeElement.closest('tr')?.getAttribute('aria-rowindex')"
    assert page.evaluate(place) == "2"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(place) == "3"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.tagName") == "A"
    page.keyboard.press("Control+End")
    page.wait_for_function(f"() => ({place})() === '{len(OFFERINGS) + 1}'")
    page.keyboard.press("Control+Home")
    page.wait_for_function(f"() => ({place})() === '2'")
    # All of the table is one stop of Tab.
    assert page.locator(".x-grid tbody [tabindex='0']").count() == 1


@sampled(1)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?lab=mircosoft", "No lab “mircosoft” here; did you mean microsoft"),
        ("?can=visoin", "did you mean vision"),
        ("?input_max=cheap", "Input price: “cheap” is no number"),
        ("?sort=prize", "No column to sort by “prize”"),
        ("?cols=input,outputt", "did you mean output"),
        ("?lab=%3Cimg%20src=x%20onerror=alert(1)%3E", "No lab “<img src=x onerror=alert(1)>” here"),
    ],
)
def test_a_broken_address_says_what_is_wrong_and_shows_the_rest(page: Page, query: str, said: str) -> None:
    opened(page, query)
    expect(page.get_by_role("alert").first).to_contain_text(said)
    assert shown(page) == len(OFFERINGS)


@nightly("tests/site/scripts/facets.test.mjs")
def test_nothing_found_offers_the_way_back(page: Page) -> None:
    opened(page, "?q=no+such+thing+at+all")
    assert shown(page) == 0
    page.get_by_role("button", name="Take all filters off").click()
    assert shown(page) == len(OFFERINGS)


def test_without_a_script_it_says_what_it_needs_and_pages_can_be_read(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/explorer/")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    page.goto("/models/openai/gpt-5/")
    expect(page.get_by_role("row", name="OpenAI Direct").first).to_contain_text("$1.25")
    page.locator("details.evidence summary").nth(1).click()
    link = page.locator("details.evidence").nth(1).get_by_role("link", name="Who says each of them")
    whole = page.request.get(urljoin(page.url, str(link.get_attribute("href"))))
    assert whole.ok
    assert re.search(r"^- [^:]+: .*Input \$1\.25 \(A\)", whole.text(), re.M)
    page.goto("/providers/openrouter/")
    page.get_by_text(re.compile(r"The other \d+ models")).click()
    page.get_by_role("link", name=re.compile(r"The other \d+ rows")).click()
    expect(page.locator("h1")).to_contain_text("OpenRouter, continued")
    assert page.locator("tbody tr").count() > 100
    context.close()


@nightly("test_the_explorer_s_first_view_is_light")
def test_the_first_view_of_the_explorer_is_light(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda r: sizes.__setitem__(r.url, len(gzip.compress(r.body(), 9)) if r.status == 200 else 0),
    )
    page.goto("/explorer/")
    page.locator(".x-grid tbody a").first.wait_for()
    wait_until_quiet(page)
    assert sum(sizes.values()) <= 302_000, sorted(sizes.items(), key=lambda s: -s[1])[:8]
    context.close()


@nightly("tests/site/scripts/quality.test.mjs")
def test_what_is_known_of_quality_is_loaded_once_it_is_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    opened(page)
    wait_until_quiet(page)
    assert "quality.json" not in asked
    page.get_by_text("Evidence of quality", exact=True).click()
    page.get_by_label(re.compile(r"^\s*measured")).check()
    expect(page).to_have_url(re.compile(r"\?evidence=measured$"))
    assert 0 < shown(page) < len(OFFERINGS)
    assert asked.count("quality.json") == 1


@nightly("tests/site/scripts/quality.test.mjs")
def test_an_address_with_columns_of_quality_is_filled_sorted_and_the_untested_last(page: Page) -> None:
    opened(page, "?cols=evidence,ability,tier_overall&sort=tier_overall")
    first = page.locator(".x-grid tbody tr[data-index='0'] td").all_inner_texts()
    assert first[1] in {"measured", "claimed only"}
    assert re.fullmatch(r"-?\d\.\d \(-?\d\.\d to -?\d\.\d\)", first[2])
    assert first[3] == "1"
    opened(page, "?cols=evidence,tier_overall&tier_overall_max=2&sort=-tier_overall")
    assert page.locator(".x-grid tbody tr[data-index='0'] td").all_inner_texts()[2] == "2"


def test_a_wrong_fact_becomes_the_lines_that_correct_it(page: Page) -> None:
    page.goto("/models/microsoft/mai-thinking-1/#azure-global")
    page.locator("details[open] tr", has_text="Output limit").get_by_role("link", name="Correct").click()
    code = page.locator("#correct pre")
    expect(code).to_contain_text("offering: azure/global/microsoft/mai-thinking-1")
    expect(code).to_contain_text("field: max_output_tokens")
    expect(code).to_contain_text("value: 64000")
    expect(code).to_contain_text("replaces: 64000")
    expect(page.locator("#correct ul")).to_contain_text("litellm: 64000")


@pytest.mark.parametrize(
    "path",
    [
"/",
        "/explorer/?lab=microsoft&pick=azure/global/microsoft/mai-thinking-1",
        "/compare/?o=openai/gpt-5,microsoft/mai-thinking-1",
        "/models/openai/gpt-5/#openai-direct",
        "/providers/azure/",
        "/held-back/",
        "/correct/#azure/global/microsoft/mai-thinking-1!price.input",
        *((*ALL_KINDS, *WRITTEN_ALIKE) if FULL else ()),
    ],
)  # fmt: skip
@sampled(2)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, path: str) -> None:
    # That a model's page fits a phone test_edges.py sees of longer ones.
    screens = (PHONE, DESK) if FULL or path == "/" else (DESK,)
    assert faults_on_both(page, path, screens=screens) == []
