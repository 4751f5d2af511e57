"""Formulas are drawn as MathML with what is loaded for them alone; copied, they are what the model wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.rounds import nightly
from tests.site.axe import DESK, PHONE, faults, show_in
from tests.site.playground.playing import START, Served, at_playground, choose, run, said

TEXT = r"""The root of \(a^2_1 * b_2\) costs $5 and $10, *not* $x$ or `\(c^2\)`.

$$\sum_{i=1}^n i = \frac{n(n+1)}{2}$$

- item with \(\overline{x}\)

| a | b |
|---|---|
| \(\sqrt{2}\) | $5 |

> \[
> \begin{aligned} y &= 1 \\ z &= 2 \end{aligned}
> \]

\(\href{javascript:pwned()}{x}\) and \(\def\a{\a\a}\a\) and \(\text{<img src=x onerror=pwned()>}\)

End"""
WRITTEN = [
    *(r"\(a^2_1 * b_2\)", "$x$", r"$$\sum_{i=1}^n i = \frac{n(n+1)}{2}$$", r"\(\overline{x}\)"),
    *(r"\(\sqrt{2}\)", "\\[\n\\begin{aligned} y &= 1 \\\\ z &= 2 \\end{aligned}\n\\]"),
    r"\(\text{<img src=x onerror=pwned()>}\)",
]
#: The names of all elements of the answer's formulas.
NAMES = "(all) => all.flatMap((math) => [math, ...math.querySelectorAll('*')]).map((it) => it.localName)"
#: Which of the page's files are of the reader of formulas.
LOADED = """() => performance.getEntriesByType("resource")
    .filter((it) => it.name.endsWith("vendor/maths.js")).length"""


@pytest.fixture
def server() -> Iterator[Served]:
    def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
        plain = body["messages"][-1]["content"] == "plain"
        text = "Costs $5 and $10, (a_b)." if plain else TEXT
        said(handler, *({"content": text[at : at + 7]} for at in range(0, len(text), 7)))

    served = Served(answer)
    yield served
    served.close()


@pytest.fixture
def page(browser: Browser, address: str, server: Served) -> Iterator[Page]:
    with at_playground(browser, address) as opened:
        opened.add_init_script("globalThis.pwned = () => (document.title = 'pwned')")
        opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
        choose(opened, server.origin, "m")
        yield opened


def has_font() -> bool:
    """Whether one of the fonts for formulas is here that the page's styles name."""
    if not (lists := shutil.which("fc-list")):
        return False
    styles = Path("generator/web/playground.css").read_text()
    names = re.findall('"([^"]+)"', re.findall(r"formula math { font-family: (.*?);", styles)[0])
    there = subprocess.run([lists, ":", "family"], capture_output=True, text=True, check=True).stdout
    return any(name in there for name in names)


#: How high each bracket is, and what stands within it.
HEIGHTS = """(maths) => {
    const height = (it) => it.getBoundingClientRect().height;
    const brackets = maths.flatMap((math) => [...math.querySelectorAll("mo[fence]:not(:empty)")]);
    return brackets.map((it) => [height(it), height(it.parentElement.querySelector("mfrac, mtable"))]);
}"""


@pytest.mark.skipif(not has_font(), reason="no font for formulas is installed here, and the site has none")
def test_brackets_are_as_high_as_what_they_hold(warm: Page, steady: Served) -> None:
    rows = r"a \\ b \\ c"
    matrix, cases = (rf"\begin{{{name}}} {rows} \end{{{name}}}" for name in ("pmatrix", "cases"))
    tall = rf"\[ \left( \frac{{a}}{{b}} \right) {matrix} {cases} \]"
    page, steady.answer = warm, lambda _, handler: said(handler, {"content": tall})
    choose(page, steady.origin, "m")
    run(page, "Draw")
    page.locator(".formula.drawn").wait_for()
    heights = page.locator(".formula math").evaluate_all(HEIGHTS)
    assert len(heights) == 5
    assert all(bracket >= 0.9 * within for bracket, within in heights), heights


@nightly("maths.test.mjs; test_no_hostile_output_runs_loads_or_breaks_anything")
def test_formulas_are_drawn_and_copied_as_they_were_written(page: Page) -> None:
    run(page, "plain")
    answer = page.locator(".answer")
    expect(answer).to_have_text("Costs $5 and $10, (a_b).")
    assert page.evaluate(LOADED) == 0
    run(page, "maths")
    maths = answer.locator("math")
    expect(maths).to_have_count(len(WRITTEN), timeout=START)
    assert page.evaluate(LOADED) == 1
    assert answer.locator(".written").all_text_contents() == WRITTEN
    expect(answer.locator("p").first).to_contain_text("costs $5 and $10, not")
    expect(answer.locator("p code").first).to_have_text(r"\(c^2\)")
    expect(answer.locator("td").last).to_have_text("$5")
    kept = answer.locator(".formula:not(.drawn)")
    assert kept.all_text_contents() == [r"\(\href{javascript:pwned()}{x}\)", r"\(\def\a{\a\a}\a\)"]
    assert answer.locator("a, img, script, [href], [onerror]").count() == 0
    names = set(maths.evaluate_all(NAMES))
    assert {"math", "mfrac", "msqrt", "mtable", "munderover", "menclose"} <= names
    sum_of = answer.locator(".formula.alone math").first
    box, whole = sum_of.bounding_box(), answer.bounding_box()
    assert box is not None
    assert whole is not None
    assert box["height"] > 25  # a fraction, and not a line
    assert box["width"] <= whole["width"]
    # Who selects the answer copies what the model wrote.
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.answer'))")
    page.keyboard.press("Control+c")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    for written in WRITTEN:
        assert copied.count(written) == 1, copied
    assert page.title() != "pwned"
    for width, scheme in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        show_in(page, scheme)
        assert faults(page) == []
    # A screen reader has the formula once, and the source not beside it.
    assert answer.locator(".written:not([aria-hidden=true])").count() == 0
    page.get_by_label("View").select_option("text")
    expect(answer.locator("math")).to_have_count(0)
    expect(answer).to_contain_text(WRITTEN[0])
