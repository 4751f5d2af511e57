"""The site's scripts where they need no page: node's own runner over the tests beside this file."""

from __future__ import annotations

import subprocess
from pathlib import Path

from generator.fetch.by_npm import node
from tests.patience import PATIENCE_S


def test_the_scripts_work_out_what_they_should() -> None:
    files = sorted(str(path) for path in Path(__file__).parent.rglob("*.test.mjs"))
    assert files
    done = subprocess.run(
        [*node(), "--test", *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
