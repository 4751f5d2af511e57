"""What is gathered of the pages that MkDocs renders, for the pages and files that are made after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.exports.search import sections
from generator.pages.page import Page
from generator.site.html import shell
from generator.site.html.long_tables import split
from generator.site.html.markup import to_html

_LINE = re.compile(r"^#{1,6} .+$", re.M)
#: A heading that came from Markdown, not one written as HTML.
_FROM_MARKDOWN = re.compile(r"^<h([1-6])>.*?</h\1>$", re.M)
_WITH_ID = re.compile(r"<h([1-6]) id=.*?</h\1>", re.S)


@dataclass(slots=True, kw_only=True)
class Rendered:
    """Grows while MkDocs renders: by a page's address, its anchors and links; by depth, the theme's shells.

    `generated` are the generated pages of the navigation by the Markdown file that each would have had;
    `addresses` all that MkDocs puts into the site. `listed` has path, title and description of each page,
    `search_entries` what search knows of them. `continued` are the pages with the other rows of long tables.
    """

    generated: Mapping[str, Page] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()
    shells: dict[int, str] = field(default_factory=dict)
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)
    links: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    listed: list[tuple[str, str, str]] = field(default_factory=list)
    search_entries: list[list[Any]] = field(default_factory=list)
    continued: list[tuple[Page, str]] = field(default_factory=list)
    _bodies: dict[str, str] = field(default_factory=dict)

    def for_mkdocs(self, source: str, markdown: str) -> str:
        """What MkDocs converts of a page; a generated one's body is converted here, for its headings.

        Of those MkDocs sees the headings only, for the table of contents and their ids: the rest is much,
        and plain.
        """
        if source not in self.generated:
            return markdown
        self._bodies[source] = to_html(markdown)
        return "\n\n".join(_LINE.findall(markdown))

    def content(self, source: str, url: str, title: str, description: str, converted: str) -> str:
        """The page's whole content, with links made relative, once MkDocs has converted its share of it."""
        content = self._whole(source, converted)
        address = url.rstrip("/")
        self.anchors[address] = shell.anchors(content)
        if source not in shell.SHELLS.values():
            self.listed.append((f"/{url}", title, description))
            if source in self.generated:
                self.search_entries.append([url, title, description, "Page", 1])
            else:
                self.search_entries += sections(url, title, content)
        path = f"/{url}"
        if shell.depth(path) + 1 in shell.SHELLS:
            content, rest = split(content, path, title)
            for at, body in rest.items():
                page = Page(path=at, title=f"{title}, continued", description=description, write=str)
                self.continued.append((page, body))
                self.anchors[at.strip("/")] = shell.anchors(body)
        content, self.links[address] = shell.relative(content, path)
        return content

    def _whole(self, source: str, converted: str) -> str:
        """The body that waited, with the headings that MkDocs has given their ids."""
        if not (body := self._bodies.pop(source, "")):
            return converted
        headings = iter([m[0] for m in _WITH_ID.finditer(converted)])
        return _FROM_MARKDOWN.sub(lambda m: next(headings, m[0]), body)
