"""The same cases asked by the page Evaluate in Chromium, with the CPU of all of the browser's processes."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import browser as chromium
from tests.bench.evaluating.programs import Figures, names, questions
from tests.bench.evaluating.server import Asked, Server
from tests.site.evaluate.evaluating import ask, check, opened, read

TICKS = os.sysconf("SC_CLK_TCK")
#: Clicks on *Run*, and waits until the status line says that.
RUN = """(told) => new Promise((done) => {
  const line = document.querySelector("#told");
  const look = () => { if (line.textContent.trim() === told) done(); };
  new MutationObserver(look).observe(line, { childList: true, characterData: true, subtree: true });
  document.querySelector("#run").click();
})"""


def page(address: str, server: Server, cases: int, models: int) -> Figures:
    """One run in a fresh browser, from the click on *Run* to the end.

    Its start is from asking for the page until it has read the cases, by the Python that it starts for that.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        origin = server.url.removesuffix("/v1")
        asleep, began = _cpu(), time.perf_counter()
        with opened(browser, address, origin) as shown:
            read(shown, "".join(f"{line}\n" for line in ("q", *questions(cases))))
            start, start_cpu = time.perf_counter() - began, _cpu() - asleep
            ask(shown, origin, "{{q}}", *names(models))
            check(shown, "contains", "{{q}}")
            server.asked = asked = Asked()
            before, begun = _cpu(), time.perf_counter()
            cells = f"{cases * models:,}"
            shown.evaluate(RUN, f"Finished: {cells} of {cells} requests.")
            seconds, cpu = time.perf_counter() - begun, _cpu() - before
        browser.close()
    return Figures(seconds=seconds, cpu=cpu, asked=asked, start=start, start_cpu=start_cpu)


def _cpu() -> float:
    """CPU seconds that the browser has used so far, all its processes together: what Playwright's driver, the
    only child of this process, has started.
    """
    rows = dict(filter(None, map(_process, Path("/proc").glob("[0-9]*"))))
    level, used = _children(rows, _children(rows, {os.getpid()})), 0.0
    while level:
        used += sum(rows[pid][1] for pid in level)
        level = _children(rows, level)
    return used


def _children(rows: Mapping[int, tuple[int, float]], parents: set[int]) -> set[int]:
    return {pid for pid, (parent, _) in rows.items() if parent in parents}


def _process(folder: Path) -> tuple[int, tuple[int, float]] | None:
    """Its id, and then its parent and the CPU seconds of it and of what it has seen end."""
    try:
        text = (folder / "stat").read_text()
    except OSError:
        return None  # it has ended
    values = text.rpartition(")")[2].split()
    return int(folder.name), (int(values[1]), sum(map(int, values[11:15])) / TICKS)
