"""Takes the pictures of the documentation, from the pages themselves: `make pictures`.

The keys and addresses in them are made up, and the answers are a test server's.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect, sync_playwright

from tests import browser as chromium
from tests.bench.report import serve
from tests.site import pictures_evaluate
from tests.site.playground.playing import Served, at_playground, counted, drawn, rewired, run, said
from tests.site.quiet import unmarked, wait_until_quiet

FOLDER = Path("docs/assets")
#: Picture → the row's name in the page, a model, and what is written in the row's own fields in turn.
SETUPS = {
    "openai": ("OpenAI: Responses", "gpt-4.1-mini", ()),
    "foundry-openai": ("Microsoft Foundry (Azure): OpenAI v1, Responses", "my-deployment", ("my-resource",)),
    "foundry-mai": ("Microsoft Foundry (Azure): MAI", "my-mai-deployment", ("my-resource",)),
    "anthropic": ("Anthropic", "claude-sonnet-4-5", ()),
    "gemini": ("Google Gemini API", "gemini-2.5-flash", ()),
    "vertex": ("Google Vertex AI: one region", "gemini-2.5-flash", ("my-project",)),
    "bedrock": ("Amazon Bedrock: Converse", "eu.amazon.nova-lite-v1:0", ("eu-central-1",)),
    "ollama": ("Ollama", "llama3.2", ()),
}
ANSWERS = {
    "gpt-4o-mini": "A prompt cache keeps what a model made of the *start* of a prompt.",
    "mistral-small-latest": "It saves work: a prefix already read is **not read again**.",
    "deepseek-chat": "Same beginning, lower price: the provider reuses its own earlier reading.",
}


def setups(browser: Browser, address: str) -> None:
    """One picture of a pane for each provider, filled in as a reader would."""
    for name, (row, model, places) in SETUPS.items():
        context = browser.new_context(base_url=address, viewport={"width": 600, "height": 1000})
        page = context.new_page()
        page.goto("/playground/")
        pane = counted(page, 1).first
        pane.locator(".provider").select_option(label=row)
        drawn(page)
        pane.locator(".model").fill(model)
        for field, value in zip(pane.locator(".places input").all(), places, strict=False):
            field.fill(value)
        for key in pane.locator("input.key").all():  # none for a server on one's own machine
            key.fill("a-key-that-is-made-up")
        drawn(page)
        unmarked(page)
        pane.screenshot(path=FOLDER / "setup" / f"{name}.png")
        context.close()


def answering(browser: Browser, address: str) -> None:
    """The picture at the head of the guide: three models at once."""

    def answer(body: Any, handler: BaseHTTPRequestHandler) -> None:
        deltas = [{"content": f"{word} "} for word in ANSWERS[body["model"]].split(" ")]
        usage = {"prompt_tokens": 14, "completion_tokens": len(deltas) + 3}
        said(handler, *deltas, usage=usage, pause=0.05)

    server = Served(answer)
    with at_playground(browser, address) as page:
        rewired(page, server.origin)
        page.set_viewport_size({"width": 1280, "height": 900})
        rows = ("OpenAI: Chat Completions", "Mistral AI", "DeepSeek")
        panes = counted(page, len(rows))
        for pane, row, model in zip(panes.all(), rows, ANSWERS, strict=True):
            pane.locator(".provider").select_option(label=row)
            drawn(page)
            pane.locator(".model").fill(model)
        panes.first.locator(".key").fill("a-key-that-is-made-up")  # of the one address that all have here
        for pane in panes.all():
            pane.locator("details[open] > summary", has_text="Address and key").click()
        run(page, "What is prompt caching, in one sentence?")
        expect(panes.last.locator(".answer")).to_contain_text("reading")
        unmarked(page)
        page.locator("#bench").screenshot(path=FOLDER / "playground.png")
    server.close()


def reading(browser: Browser, address: str) -> None:
    """A model's page, which the README begins with, and the explorer, which its guide does."""
    for name, path, ready in (
        ("screenshot", "/models/openai/gpt-5/", "h1"),
        (
            "explorer",
            "/explorer/?lab=openai,microsoft,anthropic&can=vision,reasoning&provider=azure&sort=-output",
            ".x-grid tbody a",
        ),
    ):
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.goto(path)
        page.locator(ready).first.wait_for()
        wait_until_quiet(page)
        page.screenshot(path=FOLDER / f"{name}.png")
        context.close()


def main() -> int:
    """Build the site and take them all."""
    (FOLDER / "setup").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", site], check=True)
        address = serve(Path(site))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            reading(browser, address)
            setups(browser, address)
            answering(browser, address)
            pictures_evaluate.take(browser, address, FOLDER / "evaluate")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
