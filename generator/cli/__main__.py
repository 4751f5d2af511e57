"""`python -m generator.cli`: the command `almanac`."""

from __future__ import annotations

from generator.cli import main

main()
