"""Pictures of the pages that changed most, for a refresh's pull request.

`python -m tests.site.changed OLD FOLDER [ADDRESS]` compares the catalog of a revision (or folder) with the
one at hand, builds the site, and writes into FOLDER a picture of each page and `pictures.md`, which shows
them: by ADDRESS, in which {} stands for a picture's name, or beside it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator import store
from generator.cli.catalog.diff import opened
from generator.views.catalog_diff import catalog_diff
from generator.views.change_sentences import CatalogNames
from playground.catalog import Catalog
from playground.labels.addresses import model_path
from playground.labels.names import display_names
from tests import browser as chromium
from tests.bench.report import serve
from tests.site.quiet import wait_until_quiet

#: How many models are shown, and the height of a picture in CSS pixels.
MODELS, HEIGHT = 4, 1400


def most_changed(old: Catalog, new: Catalog) -> list[tuple[str, str]]:
    """Name and address of the pages on which the most changed, the most first; the page of changes leads."""
    found = catalog_diff(old, new)
    names, weight = CatalogNames(old, new), Counter[str]()
    for event in found.events:
        if event.model in new.models:
            weight[event.model] += max(1, len(event.changes)) * (1 + names.weight(event.target))
    called = display_names(new)
    models = sorted(weight, key=lambda m: (-weight[m], m))[:MODELS]
    pages = [(called[m], model_path(m)) for m in models]
    return [("Changes", "/changes/"), *pages] if pages else []


def take(pages: list[tuple[str, str]], folder: Path, at: str) -> None:
    """Build the site, take the pictures, write the Markdown that shows them."""
    lines = ["", "### The pages that changed most", ""]
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-d", site], check=True)
        address = serve(Path(site))
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": HEIGHT})
        for number, (name, path) in enumerate(pages, 1):
            page.goto(address + path)
            wait_until_quiet(page)
            page.screenshot(path=folder / f"{number}.png")
            shown = f"![{name}]({at.format(f'{number}.png')})"
            lines += [f"<details><summary>{escape(name)}</summary>", "", shown, "</details>", ""]
        browser.close()
    (folder / "pictures.md").write_text("\n".join(lines), "utf-8")


def main(old: str, folder: str, address: str = "{}") -> int:
    """Compare, and take the pictures."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with opened(old) as before:
        pages = most_changed(store.load(before), store.load(Path("docs/catalog")))
    if pages:
        take(pages, target, address)
    else:
        (target / "pictures.md").write_text("", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
