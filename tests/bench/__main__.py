"""`make bench`: measures and writes docs/benchmarks.md; `make bench PARTS="build reading"` does those parts.

Medians and ratios count; a machine's noise makes single times worthless. A part that is not measured keeps
what stands of it.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from generator.site import frontend
from tests import browser as chromium
from tests.bench import choosing, deploying, playground, reading, refreshing, starting
from tests.bench.asking import first_token, heavy
from tests.bench.build import comparison
from tests.bench.evaluating import whole as evaluating

REPORT = Path("docs/benchmarks.md")
PARTS = {
    "build": ("Building the site", comparison.measured),
    "deploying": ("The site to deploy", deploying.measured),
    "reading": ("Reading the site", reading.measured),
    "starting": ("Commands of the terminal", starting.measured),
    "choosing": ("Choosing", choosing.measured),
    "refreshing": ("Refreshing and watching", refreshing.measured),
    "playground": ("The playground", playground.measured),
    "asking": ("First token", first_token.measured),
    "heavy": ("Heavy answers", heavy.measured),
    "evaluating": ("Evaluating", evaluating.measured),
}
HEAD = """---
title: Benchmarks
description: Building, reading, choosing, the terminal, refreshing, the playground and evaluating, measured.
---
# Benchmarks

Made by `make bench`. What is compared is measured in one run on one machine, everything on the loopback.
Ratios travel to other machines; times do not. Medians, unless said.
"""


def machine() -> str:
    """Where a part was measured, and when."""
    found = subprocess.run(
        [chromium.find() or "chromium", "--version"], capture_output=True, text=True, check=False
    )
    version = re.search(r"[\d.]+", found.stdout)
    cpu = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.M)
    memory = re.search(r"^MemTotal:\s*(\d+)", _read("/proc/meminfo"), re.M)
    said = [
        f"{os.cpu_count()} cores" + (f" ({cpu[1].strip()})" if cpu else ""),
        f"{int(memory[1]) / 1024 / 1024:.0f} GiB" if memory else "",
        f"{platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}",
        f"Chromium {version[0]}" if version else "",
    ]
    return f"*{datetime.now(UTC):%Y-%m-%d}: {', '.join(s for s in said if s)}.*"


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def main(names: list[str]) -> int:
    """Measure the named parts, or all, and put them into the report."""
    if unknown := [n for n in names if n not in PARTS]:
        sys.stderr.write(f"bench: there is no part {unknown[0]!r}; there are {', '.join(PARTS)}\n")
        return 2
    # Where Python may not keep what it compiles, as in many containers, our commands would be compiled anew
    # each time, and tools that pip installed not.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    frontend.install(Path(__file__).parent)
    old = re.split(r"^## (.+)\n", REPORT.read_text("utf-8") if REPORT.is_file() else "", flags=re.M)[1:]
    kept = {title: text.strip() for title, text in zip(old[::2], old[1::2], strict=True)}
    for name, (title, measured) in PARTS.items():
        if name in (names or PARTS):
            kept[title] = f"{machine()}\n\n{measured()}".strip()
            parts = [f"## {t}\n\n{kept[t]}\n" for t, _ in PARTS.values() if t in kept]
            REPORT.write_text("\n".join([HEAD, *parts]), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
