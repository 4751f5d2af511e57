"""What a reader waits for: the explorer's answers, the search, the bytes, and Lighthouse's scores."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests import browser as chromium
from tests.bench.report import middle, serve, table

HERE = Path(__file__).parent
ROUNDS = int(os.environ.get("ROUNDS", "15"))
#: What is done in the explorer over all offerings, and the address that it leads to.
ACTIONS = {
    "filter by a lab": "?lab=openai",
    "filter by a provider": "?provider=openrouter",
    "ask for a capability": "?can=vision",
    "ask for three capabilities": "?can=vision,tool_calls,reasoning",
    "a capability where unknown, too": "?maybe=vision",
    "a price range": "?input_min=0.1&input_max=2",
    "search for a word": "?q=claude",
    "search for two words": "?q=gpt+mini",
    "sort by input price": "?sort=input",
    "sort by model, backwards": "?sort=-model",
    "sort by retirement": "?sort=retires",
    "filter, search and sort at once": "?can=reasoning&q=claude&sort=-output",
    "take all off": "",
}
#: Go to a state as the back button would; the script's time, and the time until it is on the screen.
GO = """(query) => new Promise((done) => {
    history.pushState(null, "", location.pathname + query);
    performance.clearMeasures("explorer");
    const begun = performance.now();
    dispatchEvent(new PopStateEvent("popstate"));
    const script = performance.getEntriesByName("explorer").at(-1).duration;
    requestAnimationFrame(() => setTimeout(() => done([script, performance.now() - begun])));
})"""
#: Type into the open search; milliseconds until its answers are there.
ASK = """(asked) => new Promise((done) => {
    const input = document.querySelector("dialog.search input");
    const begun = performance.now();
    new MutationObserver((_, me) => {
        me.disconnect();
        done(performance.now() - begun);
    }).observe(document.querySelector("dialog.search ul"), { childList: true });
    input.value = asked;
    input.dispatchEvent(new Event("input"));
})"""
PAGES = {
    "home": "/",
    "explorer": "/explorer/",
    "a model": "/models/openai/gpt-5/",
    "a provider": "/providers/azure/",
}
#: A phone's width, and the milliseconds after loading in which a page comes to rest.
PHONE: Any = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True}
RESTING_MS = 1500
SCORES = ("performance", "accessibility", "best-practices", "seo")


@contextmanager
def weighed(browser: Browser, address: str) -> Iterator[tuple[Page, dict[str, int]]]:
    """A fresh page, and the bytes it has loaded so far, each file as a host that compresses would send it."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    sizes: dict[str, int] = {}

    def loaded(response: Response) -> None:
        if response.status == 200:
            body = response.body()
            sizes[response.url] = (
                len(body) if response.url.endswith(".woff2") else len(gzip.compress(body, 9))
            )

    page.on("response", loaded)
    yield page, sizes
    context.close()


def explored(browser: Browser, address: str) -> dict[str, tuple[list[float], list[float]]]:
    """For each action milliseconds of script and until the frame, over all offerings."""
    found: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in ACTIONS}
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto("/explorer/")
    page.locator(".x-count").wait_for()
    for turn in range(ROUNDS + 1):
        for name, query in ACTIONS.items():
            script, frame = page.evaluate(GO, query)
            if turn:  # the first warms up
                found[name][0].append(script)
                found[name][1].append(frame)
            page.evaluate(GO, "")
    context.close()
    return found


def searched(browser: Browser, address: str) -> tuple[list[float], list[float], int]:
    """Milliseconds from `/` to a first answer in a fresh page and for later ones; bytes of a first answer."""
    first, later, size = [], [], 0
    for _ in range(max(5, ROUNDS // 3)):
        with weighed(browser, address) as (page, sizes):
            page.goto("/")
            page.wait_for_load_state("networkidle")
            before = sum(sizes.values())
            begun = page.evaluate("performance.now()")
            page.keyboard.press("/")
            page.keyboard.type("gpt-4o")
            page.locator("dialog.search li").first.wait_for()
            first.append(page.evaluate("performance.now()") - begun)
            page.wait_for_load_state("networkidle")
            size = sum(sizes.values()) - before
            later += [page.evaluate(ASK, asked) for asked in ("claude opus eu", "cheap vision", "mai")]
    return first, later, size


def busy(browser: Browser, address: str, paths: list[str]) -> list[float]:
    """Milliseconds that the main thread works for the first view of each page on a phone, each in turn."""
    times: dict[str, list[float]] = {path: [] for path in paths}
    for turn in range(max(5, ROUNDS // 3) + 1):
        for path in paths:
            context = browser.new_context(base_url=address, **PHONE)
            page = context.new_page()
            protocol = context.new_cdp_session(page)
            protocol.send("Performance.enable")
            page.goto(path)
            page.wait_for_timeout(RESTING_MS)
            figures = {m["name"]: m["value"] for m in protocol.send("Performance.getMetrics")["metrics"]}
            if turn:  # the first warms up
                times[path].append(1000 * figures["TaskDuration"])
            context.close()
    return [middle(times[path]) for path in paths]


def models_by_weight(site: Path) -> list[str]:
    """The models' pages, the lightest first."""
    pages = sorted((site / "models").glob("*/*/index.html"), key=lambda page: page.stat().st_size)
    return [f"/{page.parent.relative_to(site)}/" for page in pages]


def judged(address: str) -> list[dict[str, Any]]:
    """Lighthouse's scores of each kind of page."""
    command = [
        *(sys.executable, "-m", "generator.site.frontend", "node", str(HERE / "lighthouse.mjs")),
        " ".join(chromium.FLAGS),
        *(address + path for path in PAGES.values()),
    ]
    environment = {**os.environ, "CHROME_PATH": chromium.find() or ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def measured() -> str:
    """Measure everything; the part of the report."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(site)]
        subprocess.run(command, check=True)
        address = serve(site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            weights = {}
            for kind, path in PAGES.items():
                with weighed(browser, address) as (page, sizes):
                    page.goto(path)
                    page.wait_for_load_state("networkidle")
                    weights[kind] = sum(sizes.values())
            actions = explored(browser, address)
            first, later, size = searched(browser, address)
            models = models_by_weight(site)
            compared = [models[len(models) // 2], models[-1]]
            usual, heaviest = busy(browser, address, compared)
            browser.close()
        scores = judged(address)
    slowest = max(max(script) for script, _ in actions.values())
    return "\n\n".join(
        [
            "### Explorer",
            (
                "Each filter and sort over all offerings of the committed catalog, counts beside the choices "
                f"and table included, {ROUNDS} times in turn; the slowest of all took {slowest:.0f} ms of "
                "script (wanted: within 50)."
            ),
            table(
                ["what", "script, ms", "slowest", "until the next frame, ms"],
                [
                    [name, f"{middle(script):.0f}", f"{max(script):.0f}", f"{middle(frame):.0f}"]
                    for name, (script, frame) in actions.items()
                ],
            ),
            "### Search",
            (
                f"From pressing `/` in a fresh page to the first answer for `gpt-4o`, typed at once: "
                f"{middle(first):.0f} ms and {size / 1000:,.0f} kB compressed (wanted: at most 150); a later "
                f"query {middle(later):.0f} ms."
            ),
            "### First view",
            "All that a page loads in a fresh browser, compressed with gzip (explorer: wanted at most 300).",
            table(["page", "kB"], [[kind, f"{weight / 1000:,.0f}"] for kind, weight in weights.items()]),
            "### Main thread",
            (
                "All work of the main thread until a model's page has come to rest, at a phone's width of "
                f"412 pixels: {usual:.0f} ms for the median page ({compared[0]}), {heaviest:.0f} ms for the "
                f"heaviest ({compared[1]}): **{heaviest / usual:.1f} times** (wanted: at most 2)."
            ),
            "### Lighthouse",
            (
                f"Lighthouse {scores[0]['version']}, desktop, from a plain server that does not compress "
                "(wanted: at least 95, 100, 100, 100)."
            ),
            table(
                ["page", *(s.replace("-", " ") for s in SCORES)],
                [
                    [kind, *(str(found["scores"][s]) for s in SCORES)]
                    for kind, found in zip(PAGES, scores, strict=True)
                ],
            ),
        ]
    )
