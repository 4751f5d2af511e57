"""Record the run that Evaluate shows first: `python -m tests.site.evaluate.recording SITE`.

A ready-made set is asked in Chromium of the model that needs no key, in the page itself, and summed up as the
page does. SITE is a built site. It takes some minutes, and writes docs/evaluate/sets/recorded.json.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from generator.exports.playground import SMALL_ID
from playground.evaluate.exporting.saved import saved_from_json
from tests import browser as chromium
from tests.bench.report import serve

SETS = Path(__file__).parents[3] / "docs" / "evaluate" / "sets"
FILE = "capitals.yml"
CALLED = "SmolLM2 135M"
HOUR_MS = 3_600_000
#: A short sentence is no longer; what says more takes its time. As actions/sets.js has it.
SHORT = 24


def recorded(site: Path) -> dict[str, Any]:
    """What the page saves of the run."""
    address = serve(site)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        page = browser.new_page(base_url=address)
        page.goto("/evaluate/")
        page.locator(".pane").first.wait_for()
        page.locator("#file").set_input_files(SETS / FILE)
        expect(page.locator("#told")).to_contain_text("cases read", timeout=HOUR_MS)
        for _ in range(page.locator(".pane").count() - 1):
            page.locator(".pane .remove").last.click()
        page.locator(".pane select").first.select_option(SMALL_ID)
        expect(page.locator(".pane .model")).not_to_have_value("")
        page.locator(".options summary").last.click()
        page.get_by_label("Max tokens").last.fill(str(SHORT))
        page.locator("#run").click()
        expect(page.locator("#told")).to_contain_text("Finished", timeout=HOUR_MS)
        with page.expect_download() as coming, tempfile.TemporaryDirectory() as folder:
            page.locator("#save-results").click()
            path = Path(folder) / "results.json"
            coming.value.save_as(path)
            saved = json.loads(path.read_text("utf-8"))
        browser.close()
    return dict(saved)


def summed_up(saved: dict[str, Any]) -> dict[str, Any]:
    """The run as views/sets.js shows it."""
    run = saved_from_json({**saved, "models": [CALLED]})
    evaluation = run.head.evaluation
    return {
        "recorded": datetime.now(UTC).replace(microsecond=0).isoformat(),
        "file": FILE,
        "name": evaluation.name,
        "cases": len(evaluation.cases),
        "summary": run.tallies.summary(recorded=True),
    }


if __name__ == "__main__":
    text = json.dumps(summed_up(recorded(Path(sys.argv[1]))), indent=1, ensure_ascii=False)
    (SETS / "recorded.json").write_text(text + "\n", "utf-8")
