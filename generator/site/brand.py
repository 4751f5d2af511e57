"""A site owner's colour, checked to be readable where the site uses it."""

from __future__ import annotations

import re

from mkdocs.config.base import ValidationError
from mkdocs.config.config_options import Type

#: The backgrounds of both schemes (almanac.css).
WHITE, BLACK = "#ffffff", "#15181d"
#: What WCAG 2.2 asks of text.
CONTRAST = 4.5


class Color(Type[str]):
    """An option in mkdocs.yml: `#rrggbb`, readable on the background it is for."""

    def __init__(self, on: str) -> None:
        super().__init__(str)
        self._on = on

    def run_validation(self, value: object) -> str:
        text = str(super().run_validation(value)).lower()
        if not re.fullmatch(r"#[0-9a-f]{6}", text):
            raise ValidationError(f"{text!r} is no colour; write six digits, such as '#0f62fe'")
        if (ratio := contrast(text, self._on)) < CONTRAST:
            raise ValidationError(
                f"{text} has a contrast of {ratio:.1f} on {self._on}; text needs {CONTRAST}, "
                f"so choose a {'darker' if self._on == WHITE else 'lighter'} one"
            )
        return text


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, by WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def brand_style(color: str, dark: str) -> str:
    """The lines of style that put the owner's colours in the place of the site's own."""
    lines = ""
    for scheme, value in (("default", color), ("slate", dark)):
        if value:
            where = ":root, " if scheme == "default" else ""
            names = ("--mark", "--md-accent-fg-color", "--two")
            properties = "; ".join(f"{name}: {value}" for name in names)
            lines += f'\n{where}[data-md-color-scheme="{scheme}"] {{ {properties}; }}'
    return lines
