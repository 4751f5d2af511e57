"""Evaluate for who comes with cases and a server of their own: what is said and where the focus goes."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.listening import closed_port
from tests.rounds import nightly
from tests.site.evaluate.evaluating import opened, run
from tests.site.playground.own_server import KEY, Listing
from tests.site.playground.playing import OWN, START, drawn

PLACEHOLDER = """(selector) => {
    const field = document.querySelector(selector);
    const { color, fontStyle } = getComputedStyle(field, "::placeholder");
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const over = (...colours) => {
        for (const one of colours) { canvas.fillStyle = one; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((it) => {
            const share = it / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        }).reduce((sum, it, place) => sum + it * [0.2126, 0.7152, 0.0722][place], 0);
    };
    const grounds = [];
    for (let at = field; at; at = at.parentElement) grounds.unshift(getComputedStyle(at).backgroundColor);
    const contrast = (text) => {
        const [less, more] = [over(...grounds), over(...grounds, text)].sort((a, b) => a - b);
        return (more + 0.05) / (less + 0.05);
    };
    return [fontStyle, contrast(color), contrast(getComputedStyle(field).color)];
}"""


def type_cases(page: Page, *questions: str) -> None:
    there = page.locator(".cases tbody tr").count()
    for number, question in enumerate(questions[there:], there + 1):
        page.locator("#add-case").click()
        expect(page.get_by_label(f"question of case {number}")).to_be_focused()
        page.keyboard.type(question)


def use_own(page: Page, address: str) -> None:
    page.get_by_role("button", name="Use my own server").click()
    expect(page.locator(".places input").first).to_be_focused()
    page.locator(".places input").first.fill(address)


def test_a_server_of_ones_own_is_asked_as_in_the_playground(
    browser: Browser, address: str, server: Listing
) -> None:
    """Two cards have one address and one key; what keeps both from a model is said, and where."""
    with opened(browser, address, server.origin) as page:
        type_cases(page, "one", "two")
        page.locator("#prompt").fill("{{question}}")
        use_own(page, server.origin.removeprefix("http://"))
        page.locator(".places input").first.press("Tab")
        told = page.locator("#told")
        expect(told).to_contain_text("No list of models: the server needs a key", timeout=START)
        page.locator("#run").click()
        who = f"Models 1 and 2, {OWN}"
        expect(told).to_contain_text(
            f"Nothing was sent. {who}: no list of models: the server needs a key", timeout=START
        )
        expect(page.locator(".key")).to_be_focused()
        assert server.seen == []
        page.locator(".key").fill(KEY)
        run(page, "Finished: 4 of 4 requests.")
        assert [field.input_value() for field in page.locator(".places input").all()] == [
            f"{server.origin}/v1"
        ] * 2
        arrows_lead_from_answer_to_answer(page)
        a_key_that_is_refused_is_led_to(page, server)
        # One more card there has the address, the key and the next model.
        page.locator("#add").click()
        third = page.locator(".pane").nth(2)
        expect(third.locator(".places input")).to_have_value(f"{server.origin}/v1")
        expect(third.locator(".model")).to_have_value("llama-mini")
        # Where the first card goes, its address stays with the others, which follow the next.
        page.locator(".pane .remove").first.click()
        expect(page.locator(".pane")).to_have_count(2)
        drawn(page)
        page.locator(".places input").first.fill("http://127.0.0.1:1/v1")
        drawn(page)
        expect(page.locator(".places input").last).to_have_value("http://127.0.0.1:1/v1")
    assert {body["model"] for _, _, body in server.seen} == {"llama-mini", "qwen-mini"}


def arrows_lead_from_answer_to_answer(page: Page) -> None:
    cells = page.locator(".matrix td.outcome")
    cells.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Case 1, qwen-mini")
    page.keyboard.press("Escape")
    expect(cells.nth(1)).to_be_focused()


def a_key_that_is_refused_is_led_to(page: Page, server: Listing) -> None:
    page.locator(".key").fill("sk-of-yesterday")
    page.get_by_role("button", name="Ask all again").click()
    expect(page.locator("#told")).to_contain_text(
        f"None of 4 requests has an answer. Models 1 and 2, {OWN}: ", timeout=START
    )
    expect(page.locator(".key")).to_be_focused()
    expect(page.locator(".lack")).to_contain_text("key")
    expect(page.locator("#results .end")).to_have_count(2)
    expect(page.locator("#results .end").first).not_to_contain_text("not asked")
    assert len(server.seen) <= 8  # each model is asked once for each case at most
    page.locator(".key").fill(KEY)
    run(page, "Finished: 4 of 4 requests.")


@nightly("test_a_server_of_ones_own_is_asked_as_in_the_playground")
def test_a_refusal_names_its_card_and_a_server_that_was_started_is_asked_again(
    browser: Browser, address: str, server: Listing
) -> None:
    port = closed_port()
    with opened(browser, address, server.origin, f"http://127.0.0.1:{port}", noise=("net::ERR_",)) as page:
        type_cases(page, "one")
        page.locator("#prompt").fill("{{question}}")
        use_own(page, f"{server.origin}/v1")
        page.locator(".key").first.fill(KEY)
        second = page.locator(".pane").nth(1)
        second.get_by_text("Address and key").click()
        expect(second.locator(".model")).to_have_value("qwen-mini", timeout=START)
        second.locator(".places input").fill(f"http://127.0.0.1:{port}/v1")
        expect(second.locator(".model")).to_have_value("")  # it is of the other server's list
        page.locator("#run").click()
        told = page.locator("#told")
        expect(told).to_contain_text(
            f"Nothing was sent. Model 2, {OWN}: no list of models: http://127.0.0.1:{port}/v1/models did not "
            "answer this page",
            timeout=START,
        )
        expect(second.locator(".places input")).to_be_focused()
        assert server.seen == []
        started = Listing(port=port)
        second.locator(".key").fill(KEY)
        run(page, "Finished: 2 of 2 requests.")
        assert len(server.seen) == len(started.seen) == 1
        started.close()


@nightly("tests/site/scripts/evaluate/gaps.test.mjs")
def test_what_stands_empty_is_named_and_the_focus_is_there(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        told = page.locator("#told")
        page.locator("#run").click()
        expect(told).to_have_text(
            "Nothing was sent. There are no cases yet: choose a file, paste some or type them."
        )
        expect(page.locator("#add-case")).to_be_focused()
        type_cases(page, "one", "")
        page.locator("#run").click()
        expect(told).to_have_text("Nothing was sent. Case 2 is empty: fill it in or remove it.")
        expect(page.get_by_label("question of case 2")).to_be_focused()
        page.keyboard.type("two")
        expect(told).to_have_text("")  # it is filled in
        page.locator("#run").click()
        expect(told).to_contain_text("Nothing was sent. The prompt is empty")
        expect(page.locator("#prompt")).to_be_focused()
        page.keyboard.type("{{question}}")
        expect(told).to_have_text("")
        assert not page.workers  # none of that needs Python
        style, contrast, of_text = page.evaluate(PLACEHOLDER, "#prompt")
        assert style == "italic"
        assert 4.5 <= contrast < of_text
        # Who takes a case away by keyboard goes on where it was, and no two cases have one number.
        remove = page.get_by_role("button", name="Remove case")
        remove.last.press("Enter")
        expect(remove).to_have_count(1)
        expect(remove).to_be_focused()
        type_cases(page, "one", "two")
        remove.first.press("Enter")
        page.locator("#add-case").click()
        expect(page.get_by_label("question of case 3")).to_be_focused()


@nightly("tests/site/scripts/playground/asking/outcome.test.mjs")
def test_the_download_of_the_keyless_model_can_be_cancelled(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.route("**/smollm2-2.gguf", lambda route: None)  # the second part never comes
        page.locator("#few").click()
        expect(page.locator("#step")).to_contain_text("Downloading the small model: 25.2 of", timeout=START)
        page.locator("#boot").get_by_role("button", name="Cancel").click()
        expect(page.locator("#told")).to_have_text("The download was cancelled. Run begins it again.")
        expect(page.locator("#boot")).to_have_count(0)
