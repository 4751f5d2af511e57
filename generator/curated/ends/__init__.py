"""ended.yml: names and APIs that vendors end, as their pages say."""

from __future__ import annotations

ENDED_FILE = "ended.yml"
