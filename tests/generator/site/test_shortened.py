"""Generated pages in their shortest form: the same page, and no escaped sign of a value laid bare."""

from __future__ import annotations

import pytest

from generator.site.html.markup import shortened

PAGE = '<!doctype html><html lang="en"><head><title>A</title></head><body><p id="a">One</p>{}</body></html>'


def test_a_page_loses_quotes_and_end_tags() -> None:
    assert len(shortened(PAGE.format(""))) < len(PAGE) - 10


@pytest.mark.parametrize("sign", ["&lt;", "&#60;", "&#060;", "&#x3c;", "&#x3C;", "&LT;"])
def test_an_escaped_sign_in_a_value_stays_escaped(sign: str) -> None:
    assert "<script" not in shortened(PAGE.format(f'<p title="{sign}script>x()">b</p>'))


def test_an_escaped_sign_in_text_stays_escaped() -> None:
    assert "<script" not in shortened(PAGE.format("<p>&lt;script&gt;x()</p>"))
