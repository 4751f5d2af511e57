"""`almanac serve` as a person meets it: the port, the playground's page, an edit, the end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import yaml
from playwright.sync_api import Browser, expect

from tests.patience import PATIENCE_S, started
from tests.projects import put_part
from tests.rounds import nightly

#: Much less than the removal of a site's thousands of files takes.
ENDS_WITHIN_S = 5
CONFIG = {
    "site_name": "x",
    "theme": {"name": "material", "font": False},
    "markdown_extensions": ["attr_list", "md_in_html", "tables", "admonition"],
}


@nightly("tests/generator/site, which serve without a browser")
def test_an_edited_playground_is_loaded_again_under_its_policy(tmp_path: Path, browser: Browser) -> None:
    put_part(tmp_path / "docs" / "catalog", "xai")
    playground = tmp_path / "docs/playground/index.md"
    playground.parent.mkdir()
    playground.write_text("# Playground\n\nAs it was.\n")
    # The playground's Python is not what this is about, and takes long to make.
    options = {"small_model": False, "runtime": str(Path(".cache/runtime").absolute())}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({**CONFIG, "plugins": [{"almanac": options}]}))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        busy = taken.getsockname()[1]
        with started(
            [sys.executable, "-m", "generator.cli", "serve", "--port", str(busy)],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        ) as process:
            assert process.stderr is not None
            said = process.stderr.readline()
            (address,) = re.findall(r"serving at (http://127\.0\.0\.1:\d+/)", said)
            page = browser.new_page()
            errors: list[str] = []
            page.on("console", lambda it: errors.append(it.text) if it.type == "error" else None)
            # The port is taken before the site is built: who comes early waits.
            page.goto(f"{address}playground/")
            assert page.locator("html[data-policy]").count() == 1
            playground.write_text("# Playground\n\nAs it is.\n")
            expect(page.get_by_text("As it is.")).to_be_visible()
            page.close()
            told = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=PATIENCE_S)
    assert time.monotonic() - told < ENDS_WITHIN_S
    assert process.returncode == 0
    assert errors == []
    assert f"Port {busy} is taken, by another almanac serve or another program; serving at " in said
