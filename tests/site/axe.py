"""What axe finds wrong with a page, on a wide light screen and on a dark phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.patience import PATIENCE_MS
from tests.rounds import FULL
from tests.site.quiet import wait_until_quiet

AXE = Path("tests/servers/node_modules/axe-core/axe.min.js")
#: What axe does not read, but in `make test-all`: the template that drew the rows before drew these, too.
ROWS = ("tbody > tr", "ul > li", "ol > li", "datalist > option")
LATER_ROWS = ", ".join(f"{row}:nth-child(n+10)" for row in ROWS)
PHONE = (390, "dark")
DESK = (1440, "light")


#: What a screen's width and colours decide: the other rules read only what the page is made of.
OF_THE_SCREEN = ("color-contrast", "target-size")


def faults(page: Page, only: Sequence[str] = (), within: Sequence[str] = ("html",)) -> list[str]:
    """What axe finds against WCAG 2.2 A, AA and best practice as the page stands, and what is too wide.

    `only` are the rules to be asked, all where there are none; `within` are selectors of what is looked at,
    where the rest has been looked at before.
    """
    wait_until_quiet(page)
    return _faults(page, only, within)


def _faults(page: Page, only: Sequence[str], within: Sequence[str] = ("html",)) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(
        """async ([only, within]) => {
            // What is laid out only when it comes near has the colours of before until then.
            for (const late of document.querySelectorAll(".late")) late.style.contentVisibility = "visible";
            // A shadow at the edge of what scrolls is no paper: behind it axe would look at no colour.
            for (const it of document.querySelectorAll("#bench :is(.answer, pre, .reasoning, .scroll)"))
                it.style.backgroundImage = "none";
            // What lies half below the header is no smaller for it.
            scrollTo({ top: 0, behavior: "instant" });
            // A colour on its way from one scheme to the other is neither.
            await new Promise(requestAnimationFrame);
            // Asked for at each frame: Chromium may never keep the promise of one that is at its end.
            const moves = (a) =>
                a.playState === "running" && a.effect.getComputedTiming().endTime < Infinity;
            while (document.getAnimations().some(moves)) await new Promise(requestAnimationFrame);
            // Of WCAG 2.2, but off unless asked for.
            const rules = { "target-size": { enabled: true } };
            // What it finds in order is not asked for, and costs a third of the time.
            const asked = only.length ? { runOnly: { type: "rule", values: only } } : { rules };
            const options = { ...asked, resultTypes: ["violations"] };
            const { violations } = await axe.run({ include: within }, options);
            return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 200)}`));
        }""",
        [list(only), list(within)],
    )
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]


def show_in(page: Page, scheme: str) -> None:
    """Show the page light or dark: the theme keeps what it was at the first visit, whatever comes later."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_function(
        """scheme => {
            if (document.body.dataset.mdColorScheme === scheme) return true;
            const choice = document.querySelector(`[name="__palette"][data-md-color-scheme="${scheme}"]`);
            choice.checked = false;
            choice.click();
            return false;
        }""",
        arg="slate" if scheme == "dark" else "default",
        timeout=PATIENCE_MS,
    )


def faults_on_both(
    page: Page,
    path: str,
    ready: str = "h1",
    use: Callable[[Page], None] = lambda _: None,
    screens: Sequence[tuple[int, str]] = (PHONE, DESK),
) -> list[str]:
    """The faults of that page on a phone and on a desk, each named with the screen.

    `ready` says that it is drawn; `use` does with it what a reader does before it is looked at.
    The page is loaded once and then widened, and the second screen is asked what a screen decides; `make
    test-all` loads it on each screen and asks everything.
    """
    found = []
    for number, (width, scheme) in enumerate(screens):
        is_asked_all = FULL or number == 0
        page.set_viewport_size({"width": width, "height": 900})
        if is_asked_all:
            page.goto(path)
            page.locator(ready).first.wait_for()
            use(page)
        show_in(page, scheme)
        # Another width may ask for another picture, so each screen waits, and once.
        wait_until_quiet(page)
        if not FULL:
            page.evaluate(
                "rows => document.querySelectorAll(rows).forEach((row) => row.remove())", LATER_ROWS
            )
        only = () if is_asked_all else OF_THE_SCREEN
        found += [f"{width} px, {scheme}: {fault}" for fault in _faults(page, only)]
    return found
