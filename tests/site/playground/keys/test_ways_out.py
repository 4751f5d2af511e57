"""What leaves the page holds no key: links, address, exports, clipboard, history, code. Forgetting all."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly, sampled
from tests.site.playground.keys.conftest import SECRET
from tests.site.playground.playing import START, Served, at_playground, cell, cell_over, choose, run, wait

#: A key in a prompt, as somebody may paste it.
PROMPTS = {
    "whole": f"my key is {SECRET}",
    "in pieces": f"{SECRET[:9]}\n... and {SECRET[9:]}",
    "URL-encoded": "".join(f"%{ord(c):02x}" for c in SECRET),
    "in base64": base64.b64encode(f"user:{SECRET}".encode()).decode(),
}
REFUSED = "would hold the key for"
#: Links that claim another target than they have, by their text, their title, a name before @ or a letter.
LINKS = (
    "[https://bank.example](https://evil.example/login?x=1)",
    '[here](https://bank.example@evil.example/a "https://bank.example")',
    "<https://plain.example/b>",
    "[bank](https://b\u0430nk.example/)",
    "[write](mailto:a@evil.example)",
)


def menu(page: Page, name: str) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name=name).click()


def copied(page: Page) -> str:
    text: str = page.evaluate("() => navigator.clipboard.readText()")
    return text


def stored(page: Page) -> str:
    text: str = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])")
    return text


@sampled(1)
@pytest.mark.parametrize("way", PROMPTS if FULL else ["whole", "in base64"])
def test_a_key_in_a_prompt_leaves_by_no_way(keyed: Page, echo: Served, way: str) -> None:
    page = keyed
    prompt = PROMPTS[way]
    downloads: list[str] = []
    page.on("download", lambda download: downloads.append(download.suggested_filename))
    page.evaluate("() => navigator.clipboard.writeText('before')")
    page.locator(".history > summary").click()
    page.get_by_label("Keep the history on this device").check()
    run(
        page,
        prompt,
        f"A run of the history {REFUSED} {echo.origin}, or a piece of it. Take it out of the "
        "prompt or the answer first. It stays in this page only.",
    )
    told = page.locator("#told")
    for name, what in (
        ("Copy a link", "The link"),
        ("Export as JSON", "The export"),
        ("Export as Markdown", "The export"),
        ("Export as CSV", "The export"),
    ):
        menu(page, name)
        expect(told).to_contain_text(f"{what} {REFUSED} {echo.origin}")
    page.get_by_role("button", name="Export the history").click()
    expect(told).to_contain_text(f"The export {REFUSED}")
    page.get_by_role("button", name="Get code").click()
    expect(told).to_contain_text(f"The code {REFUSED}")
    expect(page.locator(".sheet")).to_have_count(0)
    page.get_by_role("button", name="Copy the answer").click()
    expect(told).to_contain_text(f"The answer {REFUSED}")
    assert copied(page) == "before"
    assert downloads == []
    kept = stored(page)
    for sign in (SECRET, SECRET[:9], quote(prompt), prompt[:20]):
        assert sign not in kept
    assert page.url.endswith("/playground/")


@nightly("test_a_key_in_a_prompt_leaves_by_no_way; tests/site/scripts/playground/keys.test.mjs")
def test_a_key_that_was_replaced_after_it_was_sent_leaves_by_no_way(keyed: Page, echo: Served) -> None:
    page = keyed
    run(page, "Say hello")
    page.locator("summary", has_text="Address and key").click()
    page.locator(".key").fill("another-Key-0f1e2d3c4b5a")
    page.locator(".key").blur()
    menu(page, "Export as JSON")
    expect(page.locator("#told")).to_contain_text("Exported run-")
    run(page, f"my key was {SECRET}")
    menu(page, "Copy a link")
    expect(page.locator("#told")).to_contain_text(f"The link {REFUSED} {echo.origin}")
    cell(page, f'for r in await compare("{SECRET}"): print(r.text or r.failed)')
    cell_over(page)
    assert SECRET not in page.locator(".printed").inner_text()


@nightly("tests/site/scripts/playground/share.test.mjs; test_a_link_fills_the_form_and_runs_nothing")
def test_what_holds_no_key_leaves_as_before(keyed: Page) -> None:
    page = keyed
    run(page, "Say hello")
    menu(page, "Copy a link")
    expect(page.locator("#told")).to_contain_text(
        "The link is copied. It holds what stands in the form: the prompt"
    )
    assert "prompt=Say+hello" in copied(page)
    assert copied(page) == page.url
    page.get_by_role("button", name="Copy the answer").press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    assert "Say hello" in copied(page)
    page.get_by_role("button", name="Get code").click()
    page.locator(".sheet").get_by_role("button", name="Copy").first.click()
    expect(page.locator("#told")).to_have_text("Python (official SDK) is copied.")
    assert "from openai import OpenAI" in copied(page)
    page.keyboard.press("Escape")
    page.locator("summary", has_text="Address and key").click()
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#told")).to_have_text("The connection works.", timeout=START)
    page.get_by_role("button", name="Copy the report").click()
    expect(page.locator("#told")).to_have_text("The report is copied.")
    assert "CORS" in copied(page)
    assert SECRET not in copied(page)


@nightly("nothing: no other test forbids it")
def test_a_browser_that_forbids_copying_is_told(browser: Browser, address: str, echo: Served) -> None:
    with at_playground(browser, address) as page:
        page.evaluate("() => { Clipboard.prototype.writeText = () => Promise.reject(new Error('no')); }")
        choose(page, echo.origin, "one")
        page.get_by_role("button", name="Get code").click()
        page.locator(".sheet").get_by_role("button", name="Copy").first.click(timeout=START)
        expect(page.locator("#told")).to_contain_text("did not let the page copy (no)")


@nightly("test_keys_are_kept_only_as_chosen_and_forgotten_in_one_click; keys.test.mjs")
def test_forget_all_clears_keys_address_history_runs_and_caches(
    browser: Browser, address: str, echo: Served
) -> None:
    with at_playground(browser, address) as page:
        choose(page, echo.origin, "one")
        page.locator(".key").fill(SECRET)
        page.locator(".history > summary").click()
        page.get_by_label("Keep the history on this device").check()
        page.locator(".keys > summary").click()
        page.get_by_label("on this device, encrypted").check()
        page.get_by_label("Passphrase", exact=True).fill("correct horse")
        page.get_by_role("button", name="Save this choice").click()
        expect(page.locator("#told")).to_have_text("Keys are kept on this device, encrypted.")
        expect(page.get_by_label("Passphrase", exact=True)).to_have_value("")
        run(page, "Say hello")
        menu(page, "Copy a link")
        wait(page, lambda: "prompt=" in page.url)
        page.locator(".sheet").get_by_role("button", name="Close").click()
        other = page.context.new_page()
        other.goto(f"{address}/playground/")
        other.locator(".keys > summary").click()
        other.get_by_label("Passphrase of the kept keys").fill("correct horse")
        other.get_by_role("button", name="Unlock").click()
        expect(other.locator("#told")).to_have_text("The kept keys are open.", timeout=PATIENCE_MS)
        # A cache of another almanac on this origin, and of somebody else.
        wait(page, lambda: len(page.evaluate("() => caches.keys()")) == 1)
        page.evaluate("() => Promise.all(['almanac /else/playground/ x', 'mine'].map((n) => caches.open(n)))")
        page.get_by_role("button", name="Forget all").click()
        expect(page.locator("#told")).to_contain_text("All is forgotten")
        expect(page.locator(".key")).to_have_value("")
        expect(page.locator(".history > summary")).to_have_text("History (0)")
        expect(page.locator(".answer")).to_have_count(0)
        assert page.url == f"{address}/playground/"
        assert sorted(page.evaluate("() => caches.keys()")) == ["almanac /else/playground/ x", "mine"]
        assert not page.evaluate("() => navigator.serviceWorker.getRegistration().then((r) => Boolean(r))")
        kept = json.loads(stored(page))[0]
        assert "almanac-vault" not in kept
        assert kept["almanac-history"] == "[]"
        expect(other.locator("#told")).to_contain_text("All was forgotten in another tab")
        expect(other.locator(".keys > summary")).to_have_text("Keys (0)")
        # All works as at a first visit.
        page.locator("summary", has_text="Address and key").click()
        page.locator(".key").fill(SECRET)
        run(page, "Say hello")


@nightly("visible.test.mjs")
def test_hidden_characters_are_shown_in_every_view(keyed: Page) -> None:
    page = keyed
    tricky = "safe\u202egnp.exe\u202c a\u200bb x\U000e0041\U000e0042 \u2067i\u2069 ❤️"
    shown = "safe[U+202E]gnp.exe[U+202C] a[U+200B]b x[U+E0041][U+E0042] [U+2067]i[U+2069] ❤️"
    run(page, tricky)
    expect(page.locator(".hidden")).to_contain_text(shown)
    pane = page.locator(".pane")
    for view in ("markdown", "text", "json"):
        pane.get_by_label("View").select_option(view)
        expect(pane.locator(".answer")).to_contain_text(shown)
    pane.locator(".thoughts > summary").click()
    expect(pane.locator(".reasoning")).to_contain_text(shown)
    page.locator("#more input").fill(tricky)
    page.locator("#more button").click()
    expect(page.locator(".asked")).to_contain_text(shown)
    page.locator(".history > summary").click()
    expect(page.locator(".history li").first).to_contain_text("safe[U+202E]gnp.exe")
    page.get_by_role("button", name="Get code").click()
    expect(page.locator(".sheet code").first).not_to_be_empty()
    hidden = page.evaluate(
        "() => /[\\u202A-\\u202E\\u2066-\\u2069\\u200B\\u{E0000}-\\u{E007F}]/u.test(document.body.innerText)"
    )
    assert not hidden


def test_a_links_real_target_is_shown_before_the_click(keyed: Page) -> None:
    page = keyed
    run(page, " and ".join(LINKS))
    answer = page.locator(".answer")
    expect(answer).to_contain_text("https://bank.example (https://evil.example/login?x=1)")
    expect(answer).to_contain_text("here (https://evil.example/a)")
    expect(answer).to_contain_text("https://plain.example/b and")
    expect(answer).to_contain_text("(https://xn--bnk-6cd.example/)")
    expect(answer).to_contain_text("write (a@evil.example)")
    assert answer.locator("a").nth(1).get_attribute("href") == "https://evil.example/a"
    assert answer.locator("a[title]").count() == 0
