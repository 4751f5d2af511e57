"""Keys as a hand presses them: held down, or composing a text."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from tests.site.playground.playing import drawn

#: So often a key that is held presses again, and so many milliseconds apart.
REPEATS = 8
APART = 40
#: Keys of an input method: while it composes, and in Safari the one that ends that.
COMPOSED = ({"isComposing": True}, {"keyCode": 229})


def hold(page: Page, key: str, button: Locator | None = None) -> None:
    """Press a key, where the focus is or at a button, and let it go after a while; it may be down already."""
    if button:
        button.focus()
    *held, last = key.split("+")
    for one in held:
        page.keyboard.down(one)
    for _ in range(REPEATS):
        page.keyboard.down(last)  # from the second on it repeats
        page.wait_for_timeout(APART)
    page.keyboard.up(last)
    for one in held:
        page.keyboard.up(one)
    drawn(page)


def compose_with_enter(field: Locator, **more: Any) -> None:
    """Press Enter in a field as what ends a composed text."""
    for how in COMPOSED:
        event = {"key": "Enter", "bubbles": True, "cancelable": True, **more, **how}
        field.dispatch_event("keydown", event)
        drawn(field.page)
