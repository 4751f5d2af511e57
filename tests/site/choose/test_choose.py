"""The chooser's page in a real browser: its live answers, which are the terminal's."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import yaml
from playwright.sync_api import Page, Route, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly
from tests.site.axe import DESK, PHONE, faults_on_both
from tests.site.choose.choosing import asked_in_terminal, live, names, opened
from tests.site.conftest import revisited


@nightly("test_every_part_of_a_need_has_a_control_that_shows_it_and_can_take_it_back")
def test_a_control_moved_is_answered_in_the_page_and_stands_in_the_address(page: Page) -> None:
    opened(page, "?need=eu")
    before = page.locator(".c-cost span").first.inner_text()
    page.locator("input[name=output_tokens]").fill("5000")
    live(page)
    expect(page.locator(".c-cost span").first).not_to_have_text(before)
    assert "output_tokens=5000" in page.url
    found = names(page)
    page.reload()
    page.locator(".c-item").first.wait_for(timeout=PATIENCE_MS)
    live(page)
    assert names(page) == found
    expect(page.locator("input[name=output_tokens]")).to_have_value("5000")
    expect(page.locator(".c-said b")).to_have_text("EU only, changed.")


def test_the_page_answers_as_the_terminal_does(warm: Page) -> None:
    page = opened(
        warm, "?must=vision,tool_calls&zone=eu&keep_unknown=false&requests=50000&cached=0.3&budget=300"
    )
    live(page)
    terminal = asked_in_terminal(
        *("--must", "vision", "--must", "tool_calls", "--zone", "eu", "--only-known"),
        *("--requests", "50000", "--cached", "0.3", "--budget", "300"),
    )
    said = page.locator(".c-sum b").first.inner_text()
    assert int(said.replace(",", "")) == terminal["left"]
    links = page.locator(".c-row .actions a[href*='/models/']").evaluate_all("l => l.map((a) => a.href)")
    pages = [re.sub(r"^.*?/models/|/#.*$", "", link) for link in links]
    models: list[str] = []
    for candidate in terminal["candidates"]:
        model = re.sub(r"[@:].*", "", "/".join(candidate["offering"].split("/")[2:]))
        if model not in models:
            models.append(model)
    assert pages == models[: len(pages)]
    assert len(pages) >= 8


@nightly("test_the_page_answers_as_the_terminal_does")
def test_the_head_two_in_a_row_and_the_untested_are_those_of_the_terminal(warm: Page) -> None:
    page = opened(warm, "?able=hard&must=tool_calls&quality=3")
    live(page)
    terminal = asked_in_terminal("--able", "hard", "--must", "tool_calls", "--quality", "3")
    expect(page.locator(".c-sure b")).to_contain_text(f"{round(100 * terminal['head']['odds'])} %")
    in_a_row = page.get_by_role("heading", name="Two models in a row").locator("xpath=following-sibling::ul")
    needed = f"solves more than {round(100 * terminal['cascade']['needed'])} %"
    expect(in_a_row.first).to_contain_text(needed)
    rows = page.locator(".c-untested li")
    for row, one in zip(rows.all(), terminal["untested"]["offerings"][:10], strict=True):
        before = one.get("before")
        tier = rf"[\s\S]*tier\s+{before['tier']} of {before['tiers']}" if before else ""
        expect(row).to_contain_text(re.compile(re.escape(one["why"]) + tier))
    href = rows.get_by_role("link", name="Try it").first.get_attribute("href") or ""
    assert "playground/#v=1&model=" in href


@nightly("tests/floor, by the adviser that the page asks")
def test_what_is_left_out_unasked_is_counted_and_let_in_as_the_terminal_does(warm: Page) -> None:
    page = opened(warm, "?zone=eu&requests=2k")
    live(page)
    asked = ("--zone", "eu", "--requests", "2k")
    without, included = asked_in_terminal(*asked), asked_in_terminal(*asked, "--include-left-out")
    expect(page.locator("p.c-left-out")).to_contain_text(without["left_out"]["sentence"])
    asking = page.get_by_role("heading", name="Ask the provider").locator("xpath=following-sibling::p[1]")
    expect(asking).to_contain_text(f"{without['to_ask']['count']:,} offerings")
    assert page.locator("[name=sellers]:checked").count() == 4
    page.get_by_role("button", name="Include them").click()
    live(page)
    expect(page.locator(".c-sum b").first).to_have_text(f"{included['left']:,}")
    assert "include_left_out=true" in page.url
    page.get_by_role("button", name="Leave them out").click()
    live(page)
    expect(page.locator(".c-sum b").first).to_have_text(f"{without['left']:,}")
    page.get_by_text("One by one").click()
    page.get_by_role("button", name="Include", exact=True).first.click()
    live(page)
    assert "sellers=lab," in page.url
    expect(page.locator("p.c-left-out")).not_to_contain_text("sold by")


def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(warm: Page) -> None:
    query = "zone=europ&must=vision,visoin&budget=much&labs=open-ai&input_tokens=3000&bananas=3"
    page = warm
    revisited(page, "/choose/", f"?need=default&{query}")
    live(page)
    expect(page.locator("input[name=budget]")).to_have_value("much")
    expect(page.locator("#fault-budget")).to_contain_text(
        "is a number such as 1500, 200k or 1.5M, not 'much'"
    )
    page.get_by_text("Place and data", exact=True).click()
    expect(page.locator("#fault-labs")).to_contain_text("did you mean openai")
    told = page.locator(".c-faults")
    expect(told).to_contain_text("Requests stay within: there is no 'europ'; did you mean eu")
    expect(told).to_contain_text("bananas: there is no such part of a need")
    page.locator("input[name=input_tokens]").fill("4000")
    live(page)
    assert "budget=much" in page.url
    assert "bananas=3" in page.url


def test_an_impossible_need_says_what_would_have_to_go(warm: Page) -> None:
    page = warm
    revisited(page, "/choose/", "?labs=microsoft&zone=eu&must=vision&keep_unknown=false")
    live(page)
    nobody = page.locator(".c-nobody")
    expect(nobody).to_contain_text("Nobody is left.")
    expect(nobody).to_contain_text("No offering meets lab (microsoft) and can: vision and stays within: eu")
    expect(nobody.locator("li").first).to_contain_text("there would be")


@nightly("test_an_impossible_need_says_what_would_have_to_go")
def test_how_much_would_be_enough_is_said_and_is(warm: Page) -> None:
    page, query = warm, "?zone=eu&must=vision,pdf&requests=10000&keep_unknown=false"
    revisited(page, "/choose/", f"{query}&budget=0.5")
    live(page)
    said = page.locator(".c-nobody li").first.inner_text()
    enough = re.match(r"There would be one with \$([\d.]+) a month; without budget (\d+)\.", said)
    assert enough, said
    page.get_by_role("button", name="Ask for that").click()
    expect(page.locator(".c-sum b").first).to_have_text("1", timeout=PATIENCE_MS)
    assert Decimal(page.locator("input[name=budget]").input_value()) <= Decimal(enough[1])
    page.locator("input[name=budget]").fill(enough[1])
    expect(page.locator(".c-sum b").first).not_to_have_text("0", timeout=PATIENCE_MS)
    assert (
        asked_in_terminal(
            *("--zone", "eu", "--must", "vision", "--must", "pdf", "--requests", "10000", "--only-known"),
            *("--budget", str(Decimal(enough[1]) - Decimal("0.01"))),
        )["left"]
        == 0
    )


def test_every_part_of_a_need_has_a_control_that_shows_it_and_can_take_it_back(warm: Page) -> None:
    page = warm
    # Nothing is left: a licence that nobody names is a question to ask, and no yes.
    revisited(
        page,
        "/choose/",
        "?models=openai/gpt-5,openai/gpt-6-luna&should=pdf,web_search&region=swedencentral&licences=mit"
        "&mode=flex&at=02:30&written=0.2&audio_in=0.1&keep_unknown=true&min_days=0"
        "&speeds=openai/direct/openai/gpt-6-luna%2080&speed=1",
    )
    live(page)
    for name, value in (
        ("models", "openai/gpt-5, openai/gpt-6-luna"),
        ("region", "swedencentral"),
        ("licences", "mit"),
        ("at", "02:30"),
        ("mode", "flex"),
        ("written", "20"),
        ("audio_in", "10"),
        ("speeds", "openai/direct/openai/gpt-6-luna 80"),
        ("speed", "1"),
    ):
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    assert page.locator("[name=should]:checked").count() == 2
    expect(page.locator(".c-faults")).to_have_count(0)
    # Each is in sight, and gone from the address once it is taken back.
    for name in ("models", "region", "licences", "at", "speeds"):
        page.locator(f"[name={name}]").fill("")
        page.locator(f"[name={name}]").blur()
    page.locator("[name=written]").fill("0")
    live(page)
    assert not {"models", "region", "licences", "at", "speeds", "written"} & {
        pair.partition("=")[0] for pair in page.url.partition("?")[2].split("&")
    }


@nightly("test_what_cannot_be_read_is_said_and_nothing_typed_is_lost")
def test_an_answer_that_comes_while_somebody_types_leaves_what_is_typed(warm: Page) -> None:
    page = opened(warm, "?region=swedencentral&keep_unknown=true")
    live(page)
    typing = {"region": "weste", "labs": "micro", "at": "0", "speeds": "openai/dir"}
    for turn, (name, typed) in enumerate(typing.items()):
        field = page.locator(f"[name={name}]")
        if not field.is_visible():
            field.evaluate("e => { e.closest('details.c-part').open = true; }")
        field.fill(typed)  # not left yet
        before = page.locator(".c-cost span").first.inner_text()
        page.evaluate(
            """(n) => {
                const control = document.querySelector("input[name=output_tokens]");
                control.value = n;
                control.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            str(3000 + 500 * turn),
        )
        expect(page.locator(".c-cost span").first).not_to_have_text(before)
        live(page)
        expect(field).to_have_value(typed)
        field.fill("")
        field.blur()
        live(page)
    assert "region" not in page.url


@nightly("the adviser alone, in tests/playground/decide")
def test_more_of_the_models_that_are_left_are_shown_on_demand(warm: Page) -> None:
    # Answered by Python both times: what was made with the site is as of the catalog's day.
    page = opened(warm, "?must=tool_calls")
    live(page)
    first = names(page)
    assert len(first) == 15
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(".c-item")).to_have_count(30, timeout=PATIENCE_MS)
    assert names(page)[:15] == first
    page.get_by_role("button", name="EU only").click()
    expect(page.locator(".c-item")).to_have_count(15)


@nightly("tests/playground/decide/own/test_asking.py")
def test_what_would_be_worth_finding_out_is_told_once_the_reader_rests(warm: Page) -> None:
    page = opened(warm, "?zone=eu&must=vision&keep_unknown=false")
    live(page)
    expect(page.get_by_role("heading", name="What would be worth finding out")).to_be_visible(
        timeout=PATIENCE_MS
    )
    told = page.get_by_text("would come first, at $").first.inner_text()
    assert "but nobody says: stays within: eu" in told
    # With the site it is told without Python.
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, "?need=eu")
    expect(page.get_by_role("heading", name="What would be worth finding out")).to_be_visible()
    assert not [url for url in asked if "pyodide" in url]


@nightly("tests/playground/decide/test_flips.py")
def test_neighbours_that_would_change_places_are_told_pair_by_pair(page: Page) -> None:
    opened(page, "?need=default")
    first = page.locator(".c-flips li").first
    text = first.inner_text()
    assert re.search(r" goes before .* (above|below|from) .* \((80 %: [^;]+; )?now [\d,]+", text), text
    rest = page.get_by_text("more pairs of neighbours")
    before = page.locator(".c-flips li:visible").count()
    rest.click()
    assert page.locator(".c-flips li:visible").count() > before


def test_an_address_that_is_too_long_is_said(warm: Page) -> None:
    page = warm
    revisited(page, "/choose/", f"?requests=2000&labs={'x' * 5000}")
    live(page)
    expect(page.locator(".c-told")).to_contain_text("longer than 4000 characters", timeout=PATIENCE_MS)


@nightly("tests/playground/decide/own; test_the_page_answers_as_the_terminal_does")
def test_a_decision_record_names_its_sources_and_can_be_asked_again(warm: Page, tmp_path: Path) -> None:
    page = opened(warm, "?need=microsoft")
    with page.expect_download(timeout=PATIENCE_MS) as got:
        page.get_by_role("button", name="Decision record").click()
    text = Path(got.value.path()).read_text()
    assert text.startswith("# Microsoft shop: a decision record\n")
    assert "## Who is out, by the first reason" in text
    assert re.search(r"\| input fits \| yes \| [\d,]+ \| .*litellm", text)
    assert re.search(
        r"\| Input \| standard \| [\d,]+ \| \$[\d.]+ \| \$[\d.,]+ \| .*(azure-retail|litellm)", text
    )
    asked = re.search(r"```yaml\n(.*?)```", text, re.S)
    assert asked is not None
    (tmp_path / "need.yml").write_text(asked[1])
    again = asked_in_terminal("--need", str(tmp_path / "need.yml"))
    first = re.search(r"^## .*\n\n`([^`]+)` · ", text.partition("## Who is out")[2], re.M)
    assert first is not None
    assert again["candidates"][0]["offering"] == first[1]
    with page.expect_download() as need:
        page.get_by_role("button", name="need.yml").click()
    assert yaml.safe_load(Path(need.value.path()).read_text()) == yaml.safe_load(asked[1])


@nightly("test_a_link_fills_the_form_and_runs_nothing")
def test_the_playground_is_opened_prefilled_and_runs_nothing(page: Page) -> None:
    opened(page, "?need=support")
    page.get_by_role("link", name="side by side").click()
    page.wait_for_url("**/playground/#v=1&model=*")
    page.locator(".pane").nth(2).wait_for()


def test_it_is_accessible_open_and_closed(page: Page) -> None:
    def open_all(page: Page) -> None:
        page.locator(".c-row summary").nth(1).click()
        if (closed := page.locator(".c-side:not([open]) > summary")).count():
            closed.click()
        page.locator(".c-part").evaluate_all("parts => parts.forEach((part) => (part.open = true))")

    screens = (PHONE, DESK) if FULL else (DESK,)  # that it fits a phone test_changing.py sees
    assert faults_on_both(page, "/choose/?need=coding", ".c-item", open_all, screens) == []


def test_the_keyboard_reaches_everything(warm: Page) -> None:
    page = opened(warm)
    page.get_by_role("button", name="EU only").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".c-said b")).to_have_text("EU only.")
    live(page)
    page.locator(".c-row summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".c-row").first).to_have_attribute("open", "")
    page.locator("input[name=cached]").focus()
    page.keyboard.press("ArrowRight")
    live(page)
    assert "cached=0.35" in page.url


@nightly("test_what_cannot_be_read_is_said_and_nothing_typed_is_lost")
def test_an_old_answer_never_looks_like_the_new_ones(page: Page) -> None:
    asked: list[Route] = []
    page.route("**/needs/eu.json", lambda route: asked.append(route))
    opened(page, "?need=support")
    live(page)
    page.get_by_role("button", name="EU only").click()
    expect(page.locator(".c-said b")).to_have_text("EU only.")
    expect(page.locator(".c-answer.c-stale")).to_have_count(1)
    asked[0].fulfill(body="<h1>Bad gateway</h1>")
    expect(page.locator(".c-main")).to_contain_text("This answer could not be loaded.")
    expect(page.locator(".c-item")).to_have_count(0)


@nightly("test_every_part_of_a_need_has_a_control_that_shows_it_and_can_take_it_back")
def test_going_back_asks_what_was_asked_before(warm: Page) -> None:
    page = opened(warm, "#eu")
    page.evaluate("() => { location.hash = 'support'; }")
    expect(page.locator(".c-said b")).to_have_text("Support chat.")
    page.go_back()
    expect(page.locator(".c-said b")).to_have_text("EU only.")
    # A part of the page is no need: what was changed stays.
    page.locator("input[name=output_tokens]").fill("4321")
    live(page)
    page.evaluate("() => { location.hash = 'choose'; }")
    expect(page.locator("input[name=output_tokens]")).to_have_value("4321")
    expect(page.locator(".c-said b")).to_have_text("EU only, changed.")
