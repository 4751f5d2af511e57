"""A need changed field by field: what was typed is corrected there, and who is first stays in sight."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.patience import PATIENCE_MS
from tests.site.choose.choosing import asked_in_terminal, live, names, opened
from tests.site.conftest import revisited


def test_a_name_that_is_none_is_corrected_at_its_field_and_its_list_is_no_answer(warm: Page) -> None:
    page = warm
    revisited(page, "/choose/", "?need=coding&able=hard&providers=Microsoft")
    live(page)
    expect(page.locator("#fault-providers")).to_contain_text("its own platform is azure: use azure")
    expect(page.locator(".c-item").first).to_be_hidden()
    expect(page.locator(".c-answer")).to_contain_text("No answer to what is asked")
    expect(page.locator(".c-first")).to_contain_text("could not be read")
    page.locator(".c-form").get_by_role("button", name="Use azure").click()
    expect(page.locator(".c-item").first).to_be_visible(timeout=PATIENCE_MS)
    live(page)
    assert "providers=azure" in page.url
    expect(page.locator(".c-faults")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_who_is_first_stays_in_sight_at_the_field_that_changes_it(warm: Page, width: int) -> None:
    page = warm
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, "?need=coding&able=hard&min_providers=2")
    live(page)
    if width < 1000:
        page.get_by_text("Change what is asked").click()
    field = page.locator("input[name=budget]")
    field.scroll_into_view_if_needed()
    before = page.locator(".c-first").inner_text()
    place = field.bounding_box()
    field.fill("1")
    expect(page.locator(".c-first")).not_to_have_text(before, timeout=PATIENCE_MS)
    live(page)
    expect(page.locator(".c-first")).to_be_in_viewport(ratio=1)
    assert field.bounding_box() == place
    assert page.locator(".c-first").get_attribute("role") == "status"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_belongs_to_an_old_answer_cannot_be_pressed_while_another_is_on_its_way(page: Page) -> None:
    """Python takes a while to start: until then "Try the first" would lead to what nobody asks any more."""
    opened(page, "?need=classification")
    tried = page.get_by_role("link", name="side by side")
    expect(tried).to_be_visible(timeout=PATIENCE_MS)
    before = tried.get_attribute("href") or ""
    page.route("**/catalog.json", lambda route: held.append(route))
    held: list[Route] = []
    page.locator("[name=zone]").select_option("eu")
    expect(page.locator(".c-answer.c-stale")).to_have_count(1)
    expect(tried).to_have_attribute("aria-disabled", "true")
    expect(page.locator(".c-answer .c-told")).to_contain_text("An answer is on its way")
    address = page.url
    tried.focus()
    page.keyboard.press("Enter")
    tried.click(force=True)
    assert page.url == address
    page.locator("[name=requests]").fill("2000000")  # the reader goes on
    page.wait_for_function("() => location.search.includes('requests=2000000')")
    for route in held:
        route.continue_()
    live(page)
    expect(tried).not_to_have_attribute("aria-disabled", "true")
    href = tried.get_attribute("href") or ""
    assert href != before
    assert "openai%40eu.api.openai.com%3A" in href
    assert all("%40" in model or "azure" in model for model in href.split("model=")[1:])


def test_what_a_kind_cannot_have_is_idle_until_the_kind_changes_back(warm: Page, tmp_path: Path) -> None:
    """In the form, in the link and in the terminal alike."""
    page = warm
    page.set_viewport_size({"width": 1440, "height": 900})
    revisited(page, "/choose/", "?need=default")
    live(page)
    tools = page.locator("input[name=must]").first
    cached, able = page.locator("input[name=cached]"), page.locator("input[name=able]")
    before = names(page)
    page.locator("[name=kind]").select_option("image")
    live(page)
    expect(page.locator(".c-item").first).to_be_visible(timeout=PATIENCE_MS)
    for idle in (cached, page.locator("[name=task]"), page.get_by_label("Tool calls").first):
        expect(idle).to_be_disabled()
    expect(page.locator(".c-field", has=cached)).to_contain_text("not asked of image models")
    expect(page.locator(".c-field", has=able)).to_contain_text("not asked of image models")
    expect(tools).to_be_enabled()  # what goes in and out is asked of images too
    assert page.get_by_label("Tool calls").first.is_checked()
    expect(page.locator(".c-answer")).to_contain_text("Not asked of image models, which cannot have it: Tool")
    address = page.url
    assert "must=tool_calls,structured_output" in address
    file = tmp_path / "need.yml"
    file.write_text(json.dumps(dict(parse_qsl(urlsplit(address).query)[1:])))
    asked = asked_in_terminal("--need", str(file))
    assert page.locator(".c-quiet", has_text=asked["idle"]).count() == 1
    assert page.locator(".c-sum b").first.inner_text() == f"{asked['left']:,}"
    page.locator("[name=kind]").select_option("chat")
    live(page)
    expect(cached).to_be_enabled()
    assert names(page) == before


def test_work_by_the_piece_costs_on_the_page_what_it_does_in_the_terminal(warm: Page) -> None:
    page = opened(warm, "?kind=image&images=1&support=true&quality=0")
    live(page)
    terminal = asked_in_terminal("--kind", "image", "--images", "1", "--support", "--quality", "0")
    first = terminal["candidates"][0]
    assert {line["unit"] for line in first["month"]["lines"]} == {"image"}
    cost = Decimal(str(first["month"]["low"]))
    expect(page.locator(".c-cost span").first).to_have_text(f"${cost:,.2f}", timeout=PATIENCE_MS)
    page.locator(".c-row summary").first.click()
    meter = page.locator(".c-row .c-table", has_text="A unit").first.locator("tbody tr").first
    expect(meter).to_contain_text("Images made1,000")
    # Three of them cost three times as much, and no other number is asked of such a model.
    page.locator("input[name=images]").fill("3")
    expect(page.locator(".c-cost span").first).to_have_text(f"${3 * cost:,.2f}", timeout=PATIENCE_MS)
    expect(page.locator("input[name=pages]")).to_be_disabled()
    assert "images=3" in page.url
