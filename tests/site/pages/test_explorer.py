"""The explorer, the comparison, the search and the plots over the real catalog in a real browser."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Download, Page, Response, expect

from generator.exports.search import EUROPE
from playground.catalog import Capability, Offering, Support
from playground.labels.labels import money
from tests.catalogs import committed
from tests.site.axe import faults_on_both

CATALOG = committed()
OFFERINGS = CATALOG.offerings


def opened(page: Page, query: str = "") -> Page:
    page.goto(f"/explorer/{query}")
    page.locator(".x-count").wait_for()
    return page


def shown(page: Page) -> int:
    """How many offerings the explorer says there are left."""
    return int(re.sub(r"\D", "", page.locator(".x-count b").inner_text()))


def wanted(test: Callable[[Offering], bool]) -> int:
    return sum(map(test, OFFERINGS))


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
        ("?region=westeurope", lambda o: "westeurope" in (o.value("regions") or ())),  # type: ignore[operator]
        ("?standing=D", lambda o: "price.input" in o.facts and o.facts["price.input"].standing == "disputed"),
        ("?input_min=1&input_max=2", lambda o: 1 <= number(o.value("price.input")) <= 2),
    ],
)  # fmt: skip
def test_a_filter_leaves_what_the_catalog_says(
    page: Page, query: str, test: Callable[[Offering], bool]
) -> None:
    opened(page, query)
    assert shown(page) == wanted(test) > 0


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


def test_search_looks_in_names_ids_and_providers(page: Page) -> None:
    opened(page)
    page.locator(".x-search input").fill("us.anthropic.claude")
    page.wait_for_function("() => +document.querySelector('.x-count b').innerText > 0")
    assert shown(page) == wanted(lambda o: any("us.anthropic.claude" in i.lower() for i in o.ids))


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


def test_a_tray_leads_to_a_comparison_that_can_be_shared(page: Page) -> None:
    opened(page, "?provider=azure&q=gpt-6.1")
    boxes = page.locator(".x-grid tbody input")
    for i in range(3):
        boxes.nth(i).check()
    expect(page).to_have_url(re.compile("pick="))
    page.get_by_role("link", name="Compare 3").click()
    expect(page.locator("table.x-compared thead th")).to_have_count(4)
    differing = page.locator("table.x-compared tr.x-differs")
    every = page.locator("table.x-compared tbody tr:has(td)").count()
    marked = differing.count()
    assert 0 < marked < every
    page.get_by_label("only what differs").check()
    expect(page.locator("table.x-compared tbody tr:has(td)")).to_have_count(marked)
    page.reload()
    expect(page.locator("table.x-compared tbody tr:has(td)")).to_have_count(marked)


def test_no_more_than_six_are_compared(page: Page) -> None:
    opened(page, "?lab=openai")
    boxes = page.locator(".x-grid tbody input")
    for i in range(6):
        boxes.nth(i).check()
    boxes.nth(6).click()
    expect(page.get_by_role("alert")).to_contain_text("6 can be compared at once")
    expect(boxes.nth(6)).not_to_be_checked()


def test_comparing_shows_each_value_as_its_model_page_does(page: Page) -> None:
    keys = ("azure/global/microsoft/mai-thinking-1", "azure/global/openai/gpt-6.1-terra")
    page.goto(f"/compare/?o={','.join(keys)}")
    by_key = {o.key: o for o in OFFERINGS}
    page.locator("table.x-compared td").first.wait_for()
    rows = page.locator("table.x-compared tbody tr:has(td)").all_inner_texts()
    row = next(r for r in rows if re.match(r"Input\s*(\(differs\))?\s+\$", r))
    assert re.findall(r"\$[\d.,]+", row) == [
        money(Decimal(str(by_key[k].value("price.input")))) for k in keys
    ]


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


def test_nothing_found_offers_the_way_back(page: Page) -> None:
    opened(page, "?q=no+such+thing+at+all")
    assert shown(page) == 0
    page.get_by_role("button", name="Take all filters off").click()
    assert shown(page) == len(OFFERINGS)


@pytest.mark.parametrize("asked", ["openai/gtp-5", "azure/global/openai/gpt-55"])
def test_an_unknown_name_to_compare_offers_the_nearest(browser: Browser, address: str, asked: str) -> None:
    # A model that does not exist has no file: the browser's console says so, which `page` would not forgive.
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"/compare/?o={asked},openai/gpt-5")
    expect(page.get_by_role("alert").first).to_contain_text("Did you mean")
    page.get_by_role("alert").first.get_by_role("link").first.click()
    expect(page.locator("table.x-compared thead th")).not_to_have_count(0)
    context.close()


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
    assert "| Fact | Value | Who says so |" in whole.text()
    page.goto("/providers/openrouter/")
    page.get_by_text(re.compile(r"The other \d+ models")).click()
    page.get_by_role("link", name=re.compile(r"The other \d+ rows")).click()
    expect(page.locator("h1")).to_contain_text("OpenRouter, continued")
    assert page.locator("tbody tr").count() > 100
    context.close()


def found(page: Page, asked: str) -> list[str]:
    page.locator("dialog.search input").fill(asked)
    page.wait_for_function("() => document.querySelector('dialog.search p').textContent.includes('found')")
    return page.locator("dialog.search li b").all_inner_texts()


def test_site_search_loads_nothing_before_it_is_opened(page: Page) -> None:
    asked: list[str] = []
    sizes: list[int] = []

    def note(response: Response) -> None:
        asked.append(response.url)
        if "search" in response.url:
            sizes.append(len(gzip.compress(response.body(), 9)))

    page.on("response", note)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert not [u for u in asked if "search" in u.rsplit("/", 1)[-1] or "/search/" in u]
    page.keyboard.press("/")
    page.locator("dialog.search").wait_for()
    assert found(page, "gpt-4o")[0].lower().replace(" ", "-") == "gpt-4o"
    assert sum(sizes) <= 150_000


@pytest.mark.parametrize(
    ("asked", "test"),
    [
        ("gpt-4o", lambda names: re.fullmatch(r"gpt[- ]4o", names[0], re.I)),
        ("mai", lambda names: all("mai" in n.lower() for n in names[:4])),
        ("claude opus eu", lambda names: "Claude" in names[0] and "Opus" in names[0]),
        ("cheap vision", lambda names: len(names) >= 5),
        ("bedrock", lambda names: "Bedrock" in names[0]),
        ("azure", lambda names: "Azure" in " ".join(names[:2])),
        ("gtp-5", lambda names: any("GPT-5" in n.upper() for n in names)),
        ("keys privacy", lambda names: any("keys" in n.lower() for n in names)),
    ],
)
def test_site_search_finds_what_people_type(page: Page, asked: str, test: Callable[[list[str]], Any]) -> None:
    page.goto("/")
    page.get_by_role("button", name="Search").click()
    names = found(page, asked)
    assert test(names), names


def test_what_search_calls_eu_and_cheap_is_so(page: Page) -> None:
    def models() -> list[str]:
        links = page.locator("dialog.search li a")
        return [str(a.get_attribute("href")).split("/models/")[1].strip("/") for a in links.all()]

    page.goto("/")
    page.get_by_role("button", name="Search").click()
    found(page, "claude opus eu")
    for model in models():
        kept = {str(o.channel) for o in CATALOG.of_model(model)} & {"eu", "data-zone-eu"}
        regions = [r for o in CATALOG.of_model(model) for r in o.value("regions") or ()]  # type: ignore[union-attr]
        assert kept or model.endswith("-eu") or any(EUROPE.search(r) for r in regions), model
    found(page, "cheap vision")
    for model in models():
        offerings = CATALOG.of_model(model)
        assert any(o.can(Capability.VISION) == Support.YES for o in offerings)
        assert min(v for o in offerings if isinstance(v := o.value("price.output"), Decimal | int)) < 2


def test_search_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/providers/azure/")
    page.keyboard.press("Control+k")
    found(page, "claude opus")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("dialog.search li[aria-selected='true'] a").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(str(chosen))
    page.keyboard.press("/")
    expect(page.locator("dialog.search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.search")).to_be_hidden()


def test_what_is_typed_before_search_is_there_is_not_lost(page: Page) -> None:
    page.route("**/search.js", lambda route: (page.wait_for_timeout(600), route.continue_()))  # type: ignore[func-returns-value]
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("gpt-4o")
    expect(page.locator("dialog.search input")).to_have_value("gpt-4o")
    expect(page.locator("dialog.search li b").first).to_have_text(re.compile("gpt.4o", re.I))


def test_search_given_up_before_it_is_there_does_not_open(page: Page) -> None:
    page.route("**/search.js", lambda route: (page.wait_for_timeout(600), route.continue_()))  # type: ignore[func-returns-value]
    page.goto("/")
    with page.expect_response("**/search.js"):
        page.keyboard.press("/")
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    expect(page.locator("dialog.search[open]")).to_have_count(0)


def test_an_address_that_does_not_exist_offers_the_nearest(
    browser: Browser, address: str, site: Path
) -> None:
    html = (site / "404.html").read_text()
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route(
        "**/models/openai/gpt-4oo/",
        lambda route: route.fulfill(status=404, content_type="text/html", body=html),
    )
    page.goto("/models/openai/gpt-4oo/")
    expect(page.locator("h1")).to_contain_text("No such page")
    expect(page.locator("#not-found li a").first).to_have_attribute(
        "href", re.compile("/models/openai/gpt-4o/$")
    )
    context.close()


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
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= 300_000, sorted(sizes.items(), key=lambda s: -s[1])[:8]
    context.close()


def test_plots_name_their_points_and_have_tables(page: Page) -> None:
    page.goto("/plots/")
    points = page.locator(".scatter .point:visible")
    before = points.count()
    assert before > 100
    first = page.locator(".scatter .point[tabindex='0']")
    first.focus()
    said = str(first.get_attribute("data-said"))
    assert re.search(r"\$[\d.]+ input \(.+?\), [\d,]+ tokens \(.+?\); .+", said)
    assert said in first.evaluate("e => getComputedStyle(e, '::after').content")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.said") != said
    page.get_by_label("OpenAI").uncheck()
    assert points.count() < before
    page.get_by_text("As a table").click()
    expect(page.locator(".scatter tbody tr")).to_have_count(before)
    # Each figure says in the table, too, how well it stands, one tap from its claims.
    page.locator(".scatter tbody tr").first.locator("a.standing").first.click()
    expect(page.locator("details.evidence[open]")).to_be_visible()


def test_a_models_page_plots_its_prices_over_places_and_time(page: Page) -> None:
    def prices(o: Offering) -> set[Decimal]:
        spans = [s for s in o.history if s.mode == "standard" and s.start and s.usd]
        return {s.usd["input"] for s in spans if s.usd and "input" in s.usd}

    model = next(o.model for o in OFFERINGS if len(prices(o)) > 2)
    page.goto(f"/models/{model}/")
    assert page.locator(".history path").count() >= 1
    point = page.locator(".history .point").first
    point.focus()
    assert re.search(r"\$[\d.]+ from \d{4}-\d\d-\d\d", str(point.get_attribute("data-said")))
    page.goto("/models/openai/gpt-5/")
    assert page.locator("table.spread tbody tr").count() >= 2


def test_a_wrong_fact_becomes_the_lines_that_correct_it(page: Page) -> None:
    page.goto("/models/microsoft/mai-thinking-1/#azure-global")
    page.locator("details[open] tr", has_text="Output limit").get_by_role("link", name="Correct").click()
    code = page.locator("#correct pre")
    expect(code).to_contain_text("offering: azure/global/microsoft/mai-thinking-1")
    expect(code).to_contain_text("field: max_output_tokens")
    expect(code).to_contain_text("value: 64000")
    expect(page.locator("#correct ul")).to_contain_text("litellm: 64000")


@pytest.mark.parametrize(
    "path",
    [
"/",
        "/explorer/?lab=microsoft&pick=azure/global/microsoft/mai-thinking-1",
        "/compare/?o=openai/gpt-5,microsoft/mai-thinking-1",
        "/changes/",
        "/plots/",
        "/models/openai/gpt-5/#openai-direct",
        "/models/",
        "/labs/",
        "/labs/microsoft/",
        "/providers/",
        "/providers/azure/",
        "/providers/github-models/",
        "/channels/",
        "/capabilities/",
        "/capabilities/vision/",
        "/held-back/",
        "/sources/",
        "/method/",
        "/correct/#azure/global/microsoft/mai-thinking-1!price.input",
        "/architecture/",
        "/disagreements/",
        "/guides/",
        "/guides/reading/",
        "/guides/needs/",
        "/guides/site-owners/",
        "/guides/hosting/",
        "/guides/maintaining/",
        "/data/",
        "/changelog/",
        "/benchmarks/",
    ],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, path: str) -> None:
    assert faults_on_both(page, path) == []
