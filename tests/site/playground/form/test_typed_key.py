"""A typed key belongs to the address that stands in its field then, whatever was drawn by then."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from playwright.sync_api import Page, expect

from tests.rounds import sampled
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import DONE, START, choose, drawn, wait

SAMPLE = "http://localhost:8000/v1"
#: What a reader does, in one task of the browser: nothing is drawn between.
AT_ONCE = """([deeds, address, key]) => {
  const root = document.querySelector("#bench");
  const type = (selector, value) => {
    const field = root.querySelector(selector);
    field.value = value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const does = {
    address: () => type(".places input", address),
    key: () => type(".key", key),
    run: () => root.querySelector("#run").click(),
  };
  for (const deed of deeds) does[deed]();
}"""


@sampled(1)
@pytest.mark.parametrize("deeds", tuple(permutations(("address", "key", "run"))), ids=" ".join)
def test_a_key_goes_to_the_address_that_stood_there_as_it_was_typed(
    warm: Page, server: Listing, deeds: Sequence[str]
) -> None:
    page = warm
    choose(page, "http://localhost:8000", "llama-mini")
    page.locator("#prompt").fill("Hi")
    drawn(page)
    page.evaluate(AT_ONCE, [deeds, f"{server.origin}/v1", KEY])
    is_for_it = deeds.index("address") < deeds.index("key")
    end = "The model has finished." if is_for_it else "The model did not finish."
    expect(page.locator("#told")).to_have_text(end, timeout=START)
    expect(page.locator(".key")).to_have_value(KEY if is_for_it else "")
    sent = f"Bearer {KEY}" if is_for_it else ""
    assert [headers.get("authorization", "") for _, headers, _ in server.seen] == [sent]
    page.evaluate("() => (document.querySelector('.set').open = true)")  # a run folds it away
    page.locator(".places input").fill(SAMPLE)
    expect(page.locator(".key")).to_have_value("" if is_for_it else KEY)


def test_what_is_typed_at_once_in_the_parts_of_a_key_is_all_of_it(warm: Page) -> None:
    page = warm
    page.locator(".provider").first.select_option(label="Amazon Bedrock: Converse")
    pane = page.locator(".pane").first
    pane.get_by_label("Sign-in method").select_option(label="AWS access key (signature)")
    expect(pane.locator("input.id")).to_be_visible()
    page.evaluate(
        """() => {
          for (const name of ["id", "key", "session"]) {
            const field = document.querySelector(`.pane input.${name}`);
            field.value = `the ${name}`;
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          }
        }"""
    )
    drawn(page)
    for name in ("id", "key", "session"):
        expect(pane.locator(f"input.{name}")).to_have_value(f"the {name}")


def test_a_list_that_was_asked_for_before_a_key_was_typed_says_nothing_of_it(
    warm: Page, server: Listing
) -> None:
    page, server.pause = warm, 1
    page.get_by_role("button", name="Use my own server").click()
    page.locator(".places input").first.fill(f"{server.origin}/v1")
    page.locator(".places input").first.blur()
    wait(page, lambda: server.asked == [""], "the server was not asked for its models once")
    page.locator(".key").press_sequentially(KEY)  # and the field is not left
    wait(page, lambda: server.listed == [""], "the list did not come")
    page.wait_for_timeout(300)
    expect(page.locator(".key")).to_have_value(KEY)
    expect(page.locator(".lack")).to_have_count(0)
    page.locator("#prompt").fill("Hi")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text(DONE, timeout=START)
    assert {headers["authorization"] for _, headers, _ in server.seen} == {f"Bearer {KEY}"}
