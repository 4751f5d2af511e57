"""Property tests: no time limits (machines differ), and the same examples every time in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("almanac", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.register_profile("deep", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "almanac"))
