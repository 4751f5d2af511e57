"""Who is out of an answer on the chooser's page: the first of each reason, and all of them once asked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_MS
from tests.site.choose.choosing import live
from tests.site.conftest import revisited


def test_who_is_out_opens_whole_below_what_stands_there(warm: Page) -> None:
    page = warm
    revisited(page, "/choose/", "?need=eu")
    page.locator(".c-item").first.wait_for(timeout=PATIENCE_MS)
    group = page.locator(".c-out > li").first
    group.locator("summary").first.press("Enter")
    rest = group.locator("details details")
    count = int(group.locator("summary b").first.inner_text().replace(",", ""))
    expect(group.locator("ul > li")).to_have_count(3)
    more = rest.locator("summary")
    expect(more).to_have_text(re.compile(rf"and\s+{count - 3:,}\s+more, each with why"))
    more.press("Enter")
    expect(group.locator("ul > li")).to_have_count(count, timeout=PATIENCE_MS)
    expect(more).to_be_focused()
    # Another answer begins with its own first.
    page.locator("input[name=output_tokens]").fill("900")
    live(page)
    expect(group.locator("ul > li")).to_have_count(3)
    more.press("Enter")
    expect(rest.locator("li").last).to_contain_text(":", timeout=PATIENCE_MS)


def test_a_long_list_stops_growing_when_it_is_closed_and_goes_on_from_there(warm: Page) -> None:
    page = warm
    revisited(page, "/choose/", "?need=eu")
    page.locator(".c-item").first.wait_for(timeout=PATIENCE_MS)
    group = page.locator(".c-out > li").first
    count = int(group.locator("summary b").first.inner_text().replace(",", ""))
    group.locator("summary").first.press("Enter")
    # Closed by script in the frame in which the list has begun to grow: a person's press comes too late.
    group.evaluate(
        """group => new Promise((closed) => {
          const fold = group.querySelector("details");
          const look = () => {
            const rows = group.querySelectorAll("li").length;
            fold.open = rows <= 300;
            if (fold.open) requestAnimationFrame(look);
            else closed();
          };
          fold.querySelector("details details > summary").click();
          look();
        })"""
    )
    drawn = group.locator("li").count()
    page.evaluate("() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
    stopped = group.locator("li").count()
    assert drawn <= stopped < count
    page.evaluate("() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))")
    assert group.locator("li").count() == stopped
    group.locator("summary").first.press("Enter")
    expect(group.locator("ul > li")).to_have_count(count, timeout=PATIENCE_MS)
