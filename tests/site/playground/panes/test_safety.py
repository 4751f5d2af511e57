"""What nobody may do to a reader of the playground: hostile answers, keys, links, what is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Dialog, Page, Request, Route, expect

from tests.patience import PATIENCE_MS
from tests.rounds import FULL, nightly
from tests.site.playground.hostile import CORPUS, OUTPUTS, VECTORS
from tests.site.playground.panes.answering import CODE_CLASSES, KEY
from tests.site.playground.playing import FINISHED, START, Served, choose, run, without_python

#: The classes that the page itself gives parts of an answer; a model's Markdown can give none.
OURS = [
    "group",
    "plain",
    "code",
    "small copy",
    "piece",
    "formula",
    "task",
    "to-right",
    "to-center",
    *CODE_CLASSES,
]
OURS += ["formula drawn", "formula drawn alone", "written"]
#: What a drawn formula may be made of: it places and sizes signs, and names nothing.
MATHS = {
    "names": "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom msub msup msubsup "
    "munder mover munderover mtable mtr mtd menclose",
    "attributes": "accent alttext class depth display displaystyle fence form height largeop linethickness "
    "lspace mathsize mathvariant maxsize minsize movablelimits notation rspace scriptlevel separator "
    "stretchy style symmetric voffset width",
}


def test_no_hostile_output_runs_loads_or_breaks_anything(guarded: Page, asked: Served) -> None:
    """Every third vector in one of its dresses; in `make test-all` all of them in all."""
    page = guarded
    assert len(CORPUS) >= 200
    assert all(any(vector in text for text in OUTPUTS) for vector in VECTORS)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.evaluate("() => { window.hits = 0; window.pwned = () => { window.hits += 1; }; }")
    # Six outputs at once, a pane each.
    choose(page, asked.origin, *(f"m{pane}" for pane in range(6)))
    forbidden = (
        "script, style, form, iframe, img, svg, math, object, embed, link, base, meta, video, audio, input"
    )
    nothing = {"bad": "", "named": "", "on": False, "links": [], "bidi": False, "hits": 0}
    for number in range(0, len(OUTPUTS), 6 if FULL else 18):
        run(page, f"hostile {number}")
        expect(page.locator(".end")).to_have_text([FINISHED] * 6)
        drawn = page.evaluate(
            """([forbidden, ours, maths]) => [...document.querySelectorAll(".answer")].map((drawn) => {
                const answer = drawn.cloneNode(true);
                const names = maths.names.split(" "), attributes = maths.attributes.split(" ");
                for (const math of answer.querySelectorAll(".formula.drawn > math")) {
                    const isPlain = [math, ...math.querySelectorAll("*")].every((e) =>
                        names.includes(e.localName) &&
                        !/[^-a-z0-9.:;% ]|position|url/.test(e.style.cssText) &&
                        e.getAttributeNames().every((name) => attributes.includes(name)));
                    if (isPlain) math.remove();
                }
                const links = [...answer.querySelectorAll("a")].map((a) => a.getAttribute("href"));
                const classes = [...answer.querySelectorAll("[class]")].find(({ className }) =>
                    !ours.includes(className));
                const named = classes ?? answer.querySelector("[id], [name], [style]");
                const on = [...answer.querySelectorAll("*")].some((e) =>
                    [...e.attributes].some((a) => a.name.startsWith("on")));
                return {
                    bad: answer.querySelector(forbidden)?.outerHTML ?? "", named: named?.outerHTML ?? "", on,
                    links: links.filter((href) => href && !/^(https?|mailto):/.test(href)),
                    bidi: /[\\u202A-\\u202E\\u2066-\\u2069]/.test(answer.textContent), hits: window.hits,
                };
            })""",
            [forbidden, OURS, MATHS],
        )
        assert drawn == [nothing] * 6, [text[:200] for text in OUTPUTS[number : number + 6]]
    page.remove_listener("dialog", dismiss)
    assert dialogs == []


def test_a_key_goes_to_its_own_origin_and_nowhere_else(guarded: Page, asked: Served) -> None:
    page = guarded
    log: list[tuple[str, str]] = []

    def note(request: Request) -> None:
        log.append((request.url, json.dumps(request.all_headers()) + (request.post_data or "")))

    page.on("request", note)
    choose(page, asked.origin, "one", "two")
    page.locator(".key").first.fill(KEY)
    run(page, "Hello there")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Copy a link").click()
    page.locator(".sheet").get_by_role("button", name="Close").click()  # it may not copy here, so it shows it
    page.get_by_text("More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    assert KEY not in Path(download.value.path()).read_text()
    page.locator(".pane").first.get_by_role("button", name="Get code").click()
    expect(page.locator(".sheet")).to_contain_text("from openai import OpenAI")
    assert KEY not in page.locator(".sheet").inner_text()
    assert KEY not in page.url
    page.remove_listener("request", note)
    sent = [url for url, text in log if KEY in text or KEY in url]
    assert sent
    assert all(url.startswith(f"{asked.origin}/") for url in sent)
    assert all(headers["authorization"] == f"Bearer {KEY}" for _, headers, _ in asked.seen)
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert KEY not in kept
    page.locator(".sheet").get_by_role("button", name="Close").click()
    # Another address is another origin: the key is not there any more.
    page.locator(".pane").first.locator("summary", has_text="Address and key").click()
    page.locator(".places input").first.fill("http://127.0.0.1:9/v1")
    expect(page.locator(".key").first).to_have_value("")


@nightly("test_a_key_goes_to_its_own_origin_and_nowhere_else")
def test_a_chosen_row_shows_its_own_key_before_its_models_have_come(page: Page) -> None:
    held: list[Route] = []
    page.route("**/models/*.json", lambda route: held.append(route))
    pane = page.locator(".pane").first
    for row, keys in (("Mistral AI", 1), ("Ollama", 0), ("Groq", 1)):
        pane.locator(".provider").select_option(label=row)
        expect(pane.locator(".key")).to_have_count(keys)
        if keys:
            name = re.compile(re.escape(row.lower().split()[0]))  # the page draws once a frame
            expect(pane.locator(".key")).to_have_attribute("placeholder", name)
    for route in held:
        route.continue_()
    page.unroute("**/models/*.json")


def test_keys_are_kept_only_as_chosen_and_forgotten_in_one_click(page: Page, server: Served) -> None:
    without_python(page)
    choose(page, server.origin, "one")
    page.locator(".key").fill(KEY)
    page.locator(".keys > summary").click()
    page.get_by_label("in this tab, until it is closed").check()
    page.get_by_role("button", name="Save this choice").click()
    page.reload()
    without_python(page)
    choose(page, server.origin, "one")
    expect(page.locator(".key")).to_have_value(KEY)
    page.locator(".keys > summary").click()
    page.get_by_label("on this device, encrypted").check()
    page.get_by_label("Passphrase", exact=True).fill("correct horse")
    page.get_by_role("button", name="Save this choice").click()
    expect(page.locator("#told")).to_have_text("Keys are kept on this device, encrypted.")
    page.wait_for_function("() => localStorage.getItem('almanac-vault') !== null")
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert KEY not in kept
    page.reload()
    without_python(page)
    choose(page, server.origin, "one")
    expect(page.locator(".key")).to_have_value("")
    page.locator(".keys > summary").click()
    page.get_by_label("Passphrase of the kept keys").fill("wrong horse")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#told")).to_contain_text("does not open the keys", timeout=PATIENCE_MS)
    page.get_by_label("Passphrase of the kept keys").fill("correct horse")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".key")).to_have_value(KEY, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Forget all").click()
    expect(page.locator(".key")).to_have_value("")
    assert page.evaluate("() => localStorage.getItem('almanac-vault')") is None


def test_a_link_fills_the_form_and_runs_nothing(page: Page, server: Served, address: str) -> None:
    hostile = "v=1&model=openai:gpt-6.1-sol&model=nobody:x&model=anthropic:claude-opus-5&prompt=Buy%20now"
    hostile += "&base_url=https://evil.example&key=sk-1"
    hostile += '&options={"temperature":0.5,"url":"https://evil.example"}'
    page.goto(f"/playground/#{hostile}")
    page.reload()
    expect(page.locator("#prompt")).to_have_value("Buy now")
    expect(page.locator(".model")).to_have_count(2)
    expect(page.locator(".model").nth(0)).to_have_value("gpt-6.1-sol")
    expect(page.locator("#told")).to_contain_text("Nothing has been sent")
    page.wait_for_timeout(300)
    assert server.seen == []
    assert "evil.example" not in page.locator("#bench").inner_html()


@nightly("history.test.mjs; test_a_key_in_a_prompt_leaves_by_no_way, which has it kept")
def test_history_stays_in_the_page_unless_the_reader_keeps_it(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    run(page, "Hello")
    assert page.evaluate("() => localStorage.getItem('almanac-history')") is None
    page.locator(".history > summary").click()
    page.locator(".history").get_by_role("button", name="Open").click()
    expect(page.locator("#told")).to_have_text("The run is back. Nothing has been sent.")
    expect(page.locator(".places input").first).to_have_value(f"{server.origin}/v1")
    page.get_by_label("Keep the history on this device").check()
    other = page.context.new_page()  # another tab has the history, and not this one's form
    other.goto(page.url)
    other.locator(".history > summary").click()
    other.locator(".history").get_by_role("button", name="Open").click()
    expect(other.locator("#told")).to_have_text("The run is back. Nothing has been sent.", timeout=START)
    expect(other.locator(".places input").first).to_have_value(f"{server.origin}/v1")
    expect(other.locator("#prompt")).to_have_value("Hello")
    other.get_by_label("Keep the history on this device").uncheck()
    assert page.evaluate("() => localStorage.getItem('almanac-history')") is None
