"""A class is one thing: where two sheets of a page style one name, the rules of each fall on the other's."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

WEB = Path("generator/web")
#: Sheets that one page loads together.
PAGES = (
    ("almanac.css", "playground.css", "evaluate.css"),
    ("almanac.css", "choose/choose.css"),
    ("almanac.css", "explorer/explorer.css"),
)
#: Names that two sheets of a page have, since they are the same thing in both.
SAME = {
    *(
        "actions",
        "area",
        "bar",
        "compared",
        "filters",
        "matrix-scroll",
        "md-button",
        "plot",
        "row",
        "scatter",
    ),
    *("times", "track", "wide"),
    *("act", "evidence", "main", "md-typeset", "quiet", "standing"),
}


def classes(css: str) -> set[str]:
    """The names of classes in a sheet's selectors."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def test_no_two_sheets_of_a_page_style_two_things_by_one_name() -> None:
    styled = {name: classes((WEB / name).read_text("utf-8")) for name in {*itertools.chain(*PAGES)}}
    pairs = [pair for sheets in PAGES for pair in itertools.combinations(sheets, 2)]
    assert set().union(*(styled[one] & styled[other] for one, other in pairs)) == SAME


def test_a_rule_within_a_condition_and_a_list_are_read_and_a_comment_and_a_number_are_not() -> None:
    css = "/* .no */ @media (max-width: 44.9em) { a:is(.one, .two-2):not(.three) { margin: .5em } }"
    assert classes(css) == {"one", "two-2", "three"}
