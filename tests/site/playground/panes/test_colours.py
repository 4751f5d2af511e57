"""Code in an answer: coloured once its block has ended, and the same text as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect

from tests.rounds import nightly
from tests.site.axe import faults, show_in
from tests.site.playground.panes.answering import CODE_CLASSES
from tests.site.playground.panes.test_heavy import streaming
from tests.site.playground.playing import DONE, START, Served, at_playground, choose, drawn

PYTHON = '@cache\ndef f(x):  # <b>why</b>\n    return "é" + str(x.y) + 1\n'
BLOCKS = {
    "py": PYTHON,
    "html": '<p class="a">Hi</p><script>alert(1)</script>\n',
    "diff": "-a\n+b\n",
    "tsx": 'const a = <p title="b" on={() => go<T>(1)}>let it, {n}</p>; // why\n',
    "": "def plain(): pass\n",
    "nobody's": "def plain(): pass\n",
}
#: Code within an item, an item of an item, a quotation, and set in: each with its text.
WITHIN = (
    "1. Do this:\n\n   ```js\n   let a = 1;\n     let b;\n   ```\n\n"
    "   - and that\n     ```rs\n     fn main() {}\n     ```\n"
    "2. Or\n\n       set in\n\n> ```sh\n> if true; then\n> ```\n\n"
)
CODES_WITHIN = ["let a = 1;\n  let b;\n", "fn main() {}\n", "set in\n", "if true; then\n"]
TEXT = "".join(f"```{name}\n{code}```\n\n" for name, code in BLOCKS.items()) + WITHIN


@contextmanager
def answered(browser: Browser, address: str, text: str, broken: str = "") -> Iterator[tuple[Page, Locator]]:
    """The page and its answer, once it has ended, without an error; requests to what is `broken` fail."""
    server = Served(streaming(text, "content"))
    errors: list[str] = []
    with at_playground(browser, address) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        if broken:
            page.route(broken, lambda route: route.abort())
        choose(page, server.origin, "m")
        page.locator("#prompt").fill("Go")
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
        drawn(page)
        yield page, page.locator(".answer")
    server.close()
    assert errors == []


def styled(page: Page, css: str) -> None:
    """Add a style, as the page's policy lets a script do."""
    page.evaluate(
        """(css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }""",
        css,
    )


@nightly("tests/site/scripts/playground/colours.test.mjs; tests/site/scripts/playground/blocks.test.mjs")
def test_code_is_coloured_and_stays_its_text(browser: Browser, address: str) -> None:
    with answered(browser, address, TEXT) as (page, answer):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        python = answer.locator("code").first
        expect(python.locator(".tok-keyword")).to_have_text(["def", "return"])
        expect(python.locator(".tok-comment")).to_have_text(["# <b>why</b>"])
        expect(answer.locator(".tok-inserted")).to_have_text(["+b"])
        codes = answer.locator("code").all()
        assert [code.text_content() for code in codes] == [*BLOCKS.values(), *CODES_WITHIN]
        expect(answer.locator("blockquote .tok-keyword")).to_have_text(["if", "then"])
        kinds = [True] * 4 + [False] * 2 + [True] * 2 + [False, True]
        assert [code.locator("[class^=tok-]").count() > 0 for code in codes] == kinds
        classes = "(all) => [...new Set(all.map((it) => it.className))].sort()"
        assert answer.locator("[class^=tok-]").evaluate_all(classes) == CODE_CLASSES
        assert answer.locator("code :not(span), [style]").count() == 0
        colours = "(all) => new Set(all.map((it) => getComputedStyle(it).color)).size"
        assert answer.locator("[class^=tok-]").evaluate_all(colours) > 5
        answer.get_by_role("button", name="Copy the code (py)").click()
        expect(answer.get_by_role("button", name="Copy the code (py)")).to_have_text("Copied")
        assert page.evaluate("() => navigator.clipboard.readText()") == PYTHON
        expect(answer.locator(".copy")).to_have_count(len(kinds))
        answer.get_by_role("button", name="Copy the code (js)").click()
        expect(answer.get_by_role("button", name="Copy the code (js)")).to_have_text("Copied")
        assert page.evaluate("() => navigator.clipboard.readText()") == CODES_WITHIN[0]
        # All of it in sight, since axe reads no colour of what is not; what is not laid out keeps its last.
        styled(page, "#bench .answer { max-height: none }")
        styled(
            page,
            "#bench .answer :is(p, ul, ol, blockquote, .code) { content-visibility: visible !important }",
        )
        for scheme in ("light", "dark"):
            show_in(page, scheme)
            assert faults(page, ["color-contrast"]) == [], scheme
        styled(page, "#bench .code .tok-string { color: #777 }")
        assert faults(page, ["color-contrast"]) != []


@nightly("tests/site/scripts/playground/colours.test.mjs")
def test_where_its_reader_does_not_come_code_stays_plain(browser: Browser, address: str) -> None:
    text = "Hi\n\n```py\nimport this\n```\n\nand `x`"
    with answered(browser, address, text, broken="**/vendor/highlight.js") as (page, answer):
        page.wait_for_timeout(300)
        expect(answer.locator("pre")).to_have_text("import this")
        assert answer.locator("[class^=tok-]").count() == 0


@nightly("tests/site/scripts/playground/colours.test.mjs")
def test_what_no_colour_is_for_loads_nothing(browser: Browser, address: str) -> None:
    loads: list[str] = []
    with at_playground(browser, address) as page:
        page.on("request", lambda request: loads.append(request.url))
        server = Served(streaming("```\nimport this\n```\n\n```text\nx\n```\n", "content", pieces=3))
        choose(page, server.origin, "m")
        page.locator("#prompt").fill("Go")
        page.locator("#run").click()
        expect(page.locator("#told")).to_have_text(DONE, timeout=START)
        drawn(page)
        server.close()
    assert any("markdown-it" in url for url in loads)
    assert [url for url in loads if "highlight" in url] == []
