"""An open playground begun anew: as a newcomer finds it, with the Python that runs in it already.

To load the page and to start Python costs a test four seconds of CPU; this costs a tenth of one.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.patience import PATIENCE_MS
from tests.site.axe import show_in
from tests.site.conftest import WINDOW
from tests.site.playground.playing import drawn

#: Two models and a prompt, as a newcomer finds them.
NEWCOMER = "v=1&model=openai:gpt-6.1-terra&model=anthropic:claude-sonnet-5-5&prompt=Why"
#: A server whose address is being typed is asked for its models as the field is left: not by the next test.
UNASKED = """() => {
    const field = document.activeElement;
    if (!field.matches(".places input")) return;
    field.value = "";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
#: What a reader has typed, chosen, opened and stored, taken back by the page's own buttons.
BARE = """() => {
    const bench = document.querySelector("#bench");
    for (const button of bench.querySelectorAll(".entered button")) button.click();
    for (const box of bench.querySelectorAll(".history input:checked")) box.click();
    for (const button of bench.querySelectorAll(".history button"))
        if (button.textContent.startsWith("Delete")) button.click();
    for (const fold of bench.querySelectorAll("details[open]")) fold.open = false;
    getSelection().removeAllRanges();
    document.activeElement.blur();
    localStorage.clear();
    sessionStorage.clear();
}"""
#: A link that is opened in the page fills it anew: the panes, the prompt, each parameter.
FILLED = """([link, patience]) => new Promise((done, fail) => {
    addEventListener("hashchange", done, { once: true });
    setTimeout(() => fail(new Error("the page did not take the link")), patience);
    history.replaceState(null, "", location.pathname);
    location.hash = link;
})"""


def begun_anew(page: Page) -> None:
    """Let the page be as one that a newcomer opens, but for what it says of the link that filled it in."""
    page.unroute_all()
    page.context.clear_permissions()
    page.set_viewport_size(WINDOW)
    page.mouse.move(0, 0)
    if page.locator(".sheet").count():
        page.keyboard.press("Escape")
    page.evaluate(UNASKED)
    if page.locator("#stop").is_enabled():
        page.locator("#stop").click()
        expect(page.locator("#stop")).to_be_disabled()
    page.locator("#prompt").fill("")  # what was typed and not sent would be offered again
    drawn(page)
    page.evaluate(BARE)
    page.evaluate(FILLED, [NEWCOMER, PATIENCE_MS])
    page.evaluate("() => history.replaceState(null, '', location.pathname)")
    show_in(page, "light")
    drawn(page)
    page.evaluate("() => scrollTo(0, 0)")
