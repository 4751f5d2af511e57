"""The list of models behind a model's field: what stands in it, by keyboard, pointer and screen reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.exports.playground import model_lists
from tests.catalogs import committed
from tests.rounds import nightly
from tests.site.axe import faults
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import DONE, OWN, START, at_playground, counted, drawn

LISTED = sorted(
    model_lists(committed())["openai.1"], key=lambda model: str(model.get("released", "")), reverse=True
)


@pytest.fixture
def page(warm: Page) -> Page:
    counted(warm, 1)
    warm.locator(".provider").select_option(value="openai.1")
    expect(warm.locator(".model")).to_have_attribute(
        "placeholder", f"choose from {len(LISTED)}, or type an id"
    )
    return warm


def rows(page: Page) -> Locator:
    return page.locator("[role=option]")


@nightly("tests/generator/exports, of what the lists hold")
def test_each_row_says_what_a_model_is_chosen_by(page: Page) -> None:
    wanted = next(m for m in LISTED if len(m.get("can", ())) == 4 and "released" in m)
    page.locator(".model").fill(wanted["id"])
    row = rows(page).filter(has=page.get_by_text(wanted["name"], exact=True)).first
    price = f"${wanted['prices']['price.input']} in, ${wanted['prices']['price.output']} out"
    expect(row).to_contain_text(price)
    expect(row).to_contain_text(f"{wanted['context_tokens']:,} tokens")
    expect(row).to_contain_text("tools, images, JSON schema, reasoning")
    expect(row).to_contain_text(wanted["released"])


@nightly("test_the_keyboard_opens_walks_and_chooses_and_the_focus_stays_in_the_field")
def test_all_words_that_are_typed_are_in_each_row_that_is_left(page: Page) -> None:
    page.locator(".model").fill("mini gpt")
    wanted = [m["id"] for m in LISTED if all(w in f"{m['id']} {m['name']}".lower() for w in ("mini", "gpt"))]
    assert wanted
    expect(rows(page).locator("code")).to_have_text(wanted)


def test_the_keyboard_opens_walks_and_chooses_and_the_focus_stays_in_the_field(page: Page) -> None:
    field = page.get_by_role("combobox", name="Model", exact=True)
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    first = rows(page).first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    field.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    field.press("ArrowUp")
    expect(rows(page).last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(field).to_have_value(LISTED[0]["id"])
    expect(field).to_be_focused()
    expect(rows(page)).to_have_count(0)


@nightly("test_the_keyboard_opens_walks_and_chooses_and_the_focus_stays_in_the_field")
def test_escape_closes_it_and_keeps_what_was_typed(page: Page) -> None:
    field = page.locator(".model")
    field.fill("gpt")
    expect(rows(page).first).to_be_visible()
    field.press("Escape")
    expect(rows(page)).to_have_count(0)
    expect(field).to_have_value("gpt")


@nightly("test_the_keyboard_opens_walks_and_chooses_and_the_focus_stays_in_the_field")
def test_a_name_that_is_in_no_list_stays(page: Page) -> None:
    page.locator(".model").fill("a-deployment-of-mine")
    expect(rows(page)).to_have_count(0)
    page.locator("#prompt").click()
    expect(page.locator(".model")).to_have_value("a-deployment-of-mine")


@nightly("test_the_keyboard_opens_walks_and_chooses_and_the_focus_stays_in_the_field")
def test_a_click_chooses_and_a_click_elsewhere_closes(page: Page) -> None:
    page.locator(".model").click()
    rows(page).nth(1).click()
    expect(page.locator(".model")).to_have_value(LISTED[1]["id"])
    page.locator(".model").click()
    expect(rows(page).first).to_be_visible()
    page.locator("#prompt").click()
    expect(rows(page)).to_have_count(0)


@nightly("test_axe_finds_nothing_in_any_state, with the list closed")
@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_open_list_has_no_barrier(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "slate" else "light")
    page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", scheme)
    page.locator(".model").click()
    page.locator(".model").press("ArrowDown")
    expect(rows(page).first).to_have_attribute("aria-selected", "true")
    assert faults(page) == []


@nightly("test_two_streamed_answers_of_a_local_server_take_four_actions; test_listing.py")
def test_at_a_server_of_ones_own_the_list_is_what_it_serves(browser: Browser, address: str) -> None:
    server = Listing()
    with at_playground(browser, address) as page:
        counted(page, 1)
        page.locator(".provider").select_option(label=OWN)
        drawn(page)
        page.locator(".places input").fill(f"{server.origin}/v1")
        field = page.get_by_role("combobox", name="Model", exact=True)
        field.fill("mini")
        page.locator(".key").fill(KEY)
        page.locator(".key").blur()
        expect(field).to_have_attribute("placeholder", "choose from 2, or type an id", timeout=START)
        field.click()
        expect(rows(page)).to_have_text(["llama-mini", "qwen-mini"])
        field.fill("qwen")
        expect(rows(page)).to_have_text(["qwen-mini"])
        field.press("ArrowDown")
        field.press("Enter")
        expect(field).to_have_value("qwen-mini")
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    server.close()
    assert [body["model"] for _, _, body in server.seen] == ["qwen-mini"]
