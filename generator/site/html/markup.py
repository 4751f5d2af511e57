"""Markdown of generated pages to HTML, by pulldown-cmark: the same tables, fifty times as fast."""

from __future__ import annotations

import re
from importlib.metadata import version

from minify_html import minify
from pyromark import Markdown, Options, __version__

from generator.bounds import shown

#: Part of a page's inputs: it changes when the parser does.
CONVERTER = f"pyromark {__version__}, minify-html {version('minify-html')}"
_MARKDOWN = Markdown(options=Options.ENABLE_TABLES)


def to_html(markdown: str) -> str:
    """The page's body. Raw HTML passes: every value in it was escaped by views.escape."""
    body = _MARKDOWN.html(shown(markdown))
    # `markdown` on a block tells Python-Markdown, which other renderers of these pages use, to look inside.
    body = body.replace(" markdown>", ">")
    # The short form, which the theme's style knows; a policy against inline style lets it pass, too.
    return body.replace(' style="text-align: right"', ' align="right"')


#: What a page's script draws when a fold is opened (web/site/evidence.mjs); its Markdown has it as it is.
_DRAWN = re.compile(r"<!--drawn when opened-->\n(.*?)<!--end-->", re.S)

_STANDING = re.compile(r'<(sup|a) class="letter[^>]*>([A-Z])</\1>')


def without_drawn(markdown: str, file: str) -> str:
    """Markdown with a link to `file`, where it is whole, in place of what is drawn when it is opened."""
    return _DRAWN.sub(f'<p class="unread"><a href="{file}">Who says each of them</a></p>\n', markdown)


def with_drawn(markdown: str) -> str:
    """Markdown with all of it; a letter of standing is but a letter there."""
    return _STANDING.sub(r"<sup>\2</sup>", _DRAWN.sub(r"\1", markdown))


#: Where white space is content.
_AS_IT_IS = re.compile(r"(<(?:pre|script|style|textarea)\b.*?</(?:pre|script|style|textarea)>)", re.S)
#: A name in the navigation; it may take two lines, so nothing need end it with dots.
_ELLIPSIS = re.compile(r'\s*<span class="md-ellipsis">\s*(.*?)\s*</span>\s*', re.S)
_SPACE = re.compile(r"\s*\n\s*|\s{2,}")


def compact_html(html: str) -> str:
    """The theme's page without the white space that templates leave: one space says as much as many."""
    parts = _AS_IT_IS.split(_ELLIPSIS.sub(r"\1", html))
    return "".join(part if i % 2 else _SPACE.sub(_one_space, part) for i, part in enumerate(parts))


#: The shortest form of such a value has a bare <, which is right, but not what a filter or an eye expects.
_ESCAPED_IN_VALUE = re.compile(r'="[^"]*&(?:lt|#0*60|#x0*3c);', re.I)


def shortened(html: str) -> str:
    """The same page to a browser, without end tags and quotes that HTML lets one leave out."""
    if _ESCAPED_IN_VALUE.search(html):
        return html
    return minify(
        html, minify_css=False, minify_js=False, keep_comments=True, keep_html_and_head_opening_tags=True
    )


def _one_space(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] else " "
