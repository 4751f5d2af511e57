"""Sections of a heavy page wait until they come near; nothing of the page is lost or moved."""

from __future__ import annotations

import re

import pytest

from generator.site.html.late_sections import LIGHT, with_late_sections

ROWS = f"<table>{'<tr><td>a</td></tr>' * LIGHT}</table>"


def test_a_light_page_is_as_it_was() -> None:
    body = "<h1>A</h1><h2>B</h2><p>C</p>"
    assert with_late_sections(body) == body


def test_what_stands_below_each_heading_of_a_heavy_page_waits() -> None:
    made = with_late_sections(f"<h1>A</h1><p>a</p><h2 id=b>B</h2>{ROWS}<h2>C</h2><p>c</p>")
    late = f'<div class="late" style="contain-intrinsic-block-size:auto {1.9 * LIGHT:.0f}rem">'
    assert made.startswith(f"<h1>A</h1><p>a</p><h2 id=b>B</h2>{late}{ROWS}</div><h2>C</h2>")
    assert made.endswith('auto 1rem"><p>c</p></div>')


@pytest.mark.parametrize(
    "body",
    [
        f"<section><h2>A</h2>{ROWS}</section>",
        f"<div><h2>A</h2>{ROWS}</div><div>b</div>",
        f"<details><summary>s</summary><h2>A</h2>{ROWS}</details><p>b</p>",
    ],
)
def test_a_heading_within_another_element_keeps_its_place(body: str) -> None:
    assert with_late_sections(body) == body


def test_nothing_but_the_elements_around_it_is_added() -> None:
    body = f"<h1>A</h1><h2>B</h2>{ROWS}<h2>C</h2>\n<div><p>c</p></div><h2>D</h2>"
    made = with_late_sections(body)
    assert re.sub(r'<div class="late"[^>]*>(.*?)</div>(?=<h2|$)', r"\1", made, flags=re.S) == body
