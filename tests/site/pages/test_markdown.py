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


def test_one_is_never_counted_as_several(site: Path) -> None:
    """`1 models` stood beside what OpenAI says of GPT-6.1 Sol alone."""
    counted = "model|offering|provider|place|score|test|statement|host|price|benchmark|change|fact|zone|pair"
    several = re.compile(rf"(?<![\d.,$/–-])\b1 (?:more |other )?(?:{counted})s\b")
    pages = [*site.rglob("*.md"), *(site / "guides").rglob("*.html"), *(site / "labs").rglob("*.html")]
    pages += [*(site / "leaderboards").rglob("*.html"), *(site / "versus").rglob("index.html")]
    assert len(pages) > 2000
    wrong = {
        f"{path.relative_to(site)}: {found[0]}"
        for path in pages
        if (found := several.search(re.sub(r"<[^>]+>", "", path.read_text("utf-8"))))
    }
    assert wrong == set()
