"""Long tables: every row stands once, on the page or on one of the others, and none of them is heavy."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.html.long_tables import BYTES, ELEMENTS, LEAST, split

ROW = re.compile("<tr><td>(row-[0-9-]+)</td>")


def table(number: int, rows: int, cells: int, text: str = "") -> str:
    filled = "".join(f"<td>{text}</td>" for _ in range(cells))
    made = "".join(f"<tr><td>row-{number}-{n}</td>{filled}</tr>\n" for n in range(rows))
    return f"<table><thead><tr><th>A</th></tr></thead><tbody>\n{made}</tbody></table>\n"


def elements(html: str) -> int:
    return len(re.findall("<[a-z]", html))


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 12), st.integers(0, 40), st.booleans()), max_size=5
    )
)
def test_every_row_stands_once_and_no_page_is_heavy(shapes: list[tuple[int, int, int, bool]]) -> None:
    parts = []
    for number, (rows, cells, length, folded) in enumerate(shapes):
        made = table(number, rows, cells, "x" * length)
        fold = f"<details><summary>Fold {number}</summary>{made}</details>" if folded else made
        parts.append(f"<h2>Part {number}</h2>\n{fold}")
    body = "<h1>Title</h1>" + "".join(parts)
    shown, rest = split(body, "/a/b/", "Title")
    assert sorted(ROW.findall(shown + "".join(rest.values()))) == sorted(ROW.findall(body))
    assert list(rest) == [f"/a/b/{n}/" for n in range(2, 2 + len(rest))]
    # What an open table shows at least, and the links below tables, come on top.
    slack = len(shapes) * (LEAST * 14 + 4)
    assert elements(shown) <= ELEMENTS + slack
    for page in rest.values():
        assert elements(page) <= ELEMENTS + 20
        assert len(page) <= BYTES + 2_000
    # Each cut table leads to where its other rows are, in their order.
    for pages, number in re.findall(r'data-table="(\d+)">.*?data-pages="([^"]+)"', shown, re.S):
        at = f'<div class="long" data-table="{pages}">'
        assert all(at in rest[address] for address in number.split())


def test_a_light_page_stays_as_it_is() -> None:
    body = "<h1>Title</h1>" + table(0, 100, 8)
    assert split(body, "/a/", "Title") == (body, {})


def test_rows_in_a_fold_come_last_and_a_link_says_how_many_there_are() -> None:
    body = f"<h1>T</h1>{table(0, 400, 9)}<details><summary>More</summary>{table(1, 100, 9)}</details>"
    shown, rest = split(body, "/a/", "T")
    inside = shown[shown.index("<details>") :]
    assert ROW.findall(inside) == []
    assert ">The other 100 rows</a>" in inside
    (page,) = rest.values()
    assert "<h1>T, continued</h1>" in page
    assert "<h2>More</h2>" in page


def test_a_link_within_the_page_leads_back_to_it() -> None:
    rows = "".join(f'<tr><td><a href="#there">row-{n}</a></td></tr>' for n in range(3_000))
    body = f'<h1>T</h1><p id="there"></p><table><thead></thead><tbody>{rows}</tbody></table>'
    _, rest = split(body, "/a/b/", "T")
    assert 'href="#' not in rest["/a/b/2/"]
    assert 'href="/a/b/#there"' in rest["/a/b/2/"]


@pytest.mark.parametrize("rows", [0, 1])
def test_a_table_of_next_to_nothing_is_no_matter(rows: int) -> None:
    body = f"<h1>T</h1>{table(0, rows, 2)}" + "<p>x</p>" * ELEMENTS
    shown, rest = split(body, "/a/", "T")
    assert (shown, rest) == (body, {})
