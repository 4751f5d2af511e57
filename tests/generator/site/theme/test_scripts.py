"""The theme's inline scripts are in a page that has a use for them, and in no other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.site.plugin import THEME

LIGHT = {"media": "(prefers-color-scheme: light)", "scheme": "default"}
DARK = {"media": "(prefers-color-scheme: dark)", "scheme": "slate"}
SYSTEM = {"media": "(prefers-color-scheme)"}


def rendered(partial: str, **context: Any) -> str:
    env = Environment(loader=FileSystemLoader(THEME), autoescape=True)
    return env.get_template(f"partials/javascripts/{partial}.html").render(**context)


@pytest.mark.parametrize(("palettes", "follows"), [([LIGHT, DARK], False), ([SYSTEM, LIGHT, DARK], True)])
def test_a_chosen_palette_is_put_on_and_the_system_followed_where_a_palette_says_so(
    palettes: list[dict[str, str]], follows: bool
) -> None:
    script = rendered("palette", config=SimpleNamespace(theme=SimpleNamespace(palette=palettes)))
    assert 'setAttribute("data-md-color-"+key,value)' in script
    assert ("matchMedia" in script) is follows
    assert script.count("{") == script.count("}")


TABS = '<input id="__tabbed_1_1" name="__tabbed_1" type="radio">'


@pytest.mark.parametrize(
    ("page", "opens"),
    [
        ({"content": TABS}, True),
        ({"content": "<p>No tabs"}, False),
        ({"content": None}, False),
        (None, False),
    ],
)
def test_only_a_page_with_tabs_opens_the_one_that_an_address_names(
    page: dict[str, str | None] | None, opens: bool
) -> None:
    assert ("location.hash" in rendered("content", page=page, features=[])) is opens


def test_tabs_that_go_together_are_chosen_again_only_where_the_site_says_so() -> None:
    linked = rendered("content", page={"content": TABS}, features=["content.tabs.link"])
    assert '__md_get("__tabs")' in linked
    assert '__md_get("__tabs")' not in rendered("content", page={"content": TABS}, features=[])
