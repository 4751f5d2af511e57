"""ended.yml: names and APIs that vendors end, as their pages say."""

from __future__ import annotations

from generator.curated.ends.reader import ENDED_FILE, load_ends, unknown_providers

__all__ = ["ENDED_FILE", "load_ends", "unknown_providers"]
