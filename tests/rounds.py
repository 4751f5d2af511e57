"""How often a loop of kills, mutations or random needs goes round: a tenth, but in `make test-all`."""

from __future__ import annotations

import os

FULL = os.environ.get("ALMANAC_TESTS") == "full"


def rounds(full: int) -> range:
    """As many rounds as this run makes of a loop that goes round `full` times in `make test-all`."""
    return range(full if FULL else max(full // 10, 1))
