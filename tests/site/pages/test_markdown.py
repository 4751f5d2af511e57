"""What the site publishes as Markdown, for programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest


@pytest.mark.parametrize("folder", ["models", "providers"])
def test_no_layout_is_left_in_what_the_site_publishes(site: Path, folder: str) -> None:
    tags = {
        tag
        for path in (site / folder).rglob("*.md")
        for tag in re.findall(r"<(\w+)", path.read_text("utf-8"))
    }
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td"}
