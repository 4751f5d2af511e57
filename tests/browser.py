"""A Chromium for the tests: the machine's own, else Debian's, else Playwright's.

`python -m tests.browser` sees to it that there is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: So that the browser talks to nobody but the site under test.
FLAGS = [
    "--no-first-run",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]
#: Chromium that never had a window does the same work in half the time.
SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", SHELL)
#: Tests start Python a hundred times and use it for seconds: its machine code is compiled once, not twice.
ONCE = "--js-flags=--liftoff-only"
BUNDLES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find() -> str | None:
    """The path of a Chromium on this machine; None where there is none but perhaps Playwright's."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in BUNDLES if Path(path).exists()), None)


def find_without_window() -> str | None:
    """The one that costs the tests least; None as for `find`."""
    return os.environ.get("CHROMIUM") or shutil.which(SHELL) or find()


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def main() -> int:
    """Find a browser, or install one."""
    if os.environ.get("CHROMIUM") or shutil.which(SHELL) or _playwright_has_one():
        return 0
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        sys.stdout.write(f"Installing Debian's {SHELL} for the browser tests\n")
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]
        for package in (SHELL, "chromium"):
            if package == SHELL or not find():
                subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, **quiet)  # type: ignore[call-overload]
    if find():
        return 0
    sys.stdout.write("Installing Playwright's chromium for the browser tests\n")
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode == 0 and _playwright_has_one():
        return 0
    sys.stderr.write(
        "model-almanac: the tests need a Chromium and none could be installed.\n"
        "  Debian or Ubuntu: apt install chromium; elsewhere install Google Chrome or Chromium,\n"
        "  or name one: CHROMIUM=/path/to/chromium make test\n"
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
