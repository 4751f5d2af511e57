"""The theme around generated pages: rendered once by MkDocs, then filled with each page's body.

What MkDocs would have done for a page is done here: its links are made relative and noted, so that they can
be checked once every page is known.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from generator.bounds import shown
from generator.pages.page import Page

TITLE, DESCRIPTION, BODY = "Almanac-shell-title", "Almanac-shell-description", "Almanac-shell-body"
#: A page's address has two to four parts; the theme's own links differ by it.
SHELLS = {2: "shell/-.md", 3: "shell/-/-.md", 4: "shell/-/-/-.md"}
SOURCE = f"""---
title: {TITLE}
description: {DESCRIPTION}
hide: [toc, navigation]
---
# {BODY}
"""
#: Where what is written of this site's own stands in the theme's pages.
STRUCTURED = '<meta name="almanac-structured" content="">'
#: A link from the site's root, or to an anchor of the same page.
_LINK = re.compile(r'(?P<attr>href|src)="(?:/(?P<path>[^"#]*))?(?P<hash>#[^"]*)?"')
_ID = re.compile(r'\bid="([^"]+)"')
#: The theme sets a heading of its own where a page has none; the shell's gives way to the body's.
_HEADING = re.compile(rf"<h1[^>]*>{BODY}.*?</h1>", re.S)
#: What tabs.html writes of each door and each page behind it: the beginnings of the addresses there.
_BEGINS = r' data-door="([^"]*)"'
_DOOR = re.compile(rf'md-tabs__item"{_BEGINS}')
_BEHIND = re.compile(rf'(<ul class="behind"[^>]*?){_BEGINS}(>.*?</ul>)', re.S)
_CHILD = re.compile(_BEGINS)
#: Where the fragment is what is to be filled in, not an anchor: `path` or `path#beginning`.
FILLED_IN = ("playground#v=", "correct#")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page's head gets: the folder of the scripts, the site's address where it is known."""

    scripts: str
    site_url: str

    def dressed(
        self,
        output: str,
        path: str,
        title: str,
        description: str,
        trail: Sequence[tuple[str, str]] = (),
    ) -> str:
        """The theme's page with this site's script and what search engines read."""
        head = ""
        if self.scripts:
            head = f'<script type="module" src="{_up(path)}{self.scripts}site.js"></script>'
        if self.site_url:
            head += _structured(self.site_url.rstrip("/"), path, title, description, trail)
        return output.replace(STRUCTURED, head, 1)


class Shell:
    """One depth's shell, cut where the body goes."""

    def __init__(self, output: str, name: str) -> None:
        self._before, self._after = _HEADING.split(output, maxsplit=1)
        self._before = self._before.replace(f"#{BODY.lower()}", "#page")
        self._placeholder = name.removesuffix(".md") + "/"

    def filled(self, page: Page, body: str, head: Head) -> str:
        """The whole page around a body whose links are relative already."""
        body = body.replace("<h1>", '<h1 id="page">', 1)
        before, after = (
            part.replace(TITLE, html.escape(page.title))
            .replace(DESCRIPTION, html.escape(page.description))
            .replace(self._placeholder, page.path.strip("/") + "/")
            for part in (_opened(self._before, page.path.strip("/").partition("/")[0]), self._after)
        )
        before = head.dressed(before, page.path, page.title, page.description, page.trail)
        return shown(f"{before}{body}{after}")


@cache
def _opened(shell: str, begin: str) -> str:
    """The shell with the door open that leads to addresses which begin so, and the other doors shut."""

    def behind(match: re.Match[str]) -> str:
        return f"{match[1]}{match[3]}" if begin in match[2].split() else ""

    def door(match: re.Match[str]) -> str:
        return 'md-tabs__item md-tabs__item--active"' if begin in match[1].split() else 'md-tabs__item"'

    def child(match: re.Match[str]) -> str:
        return ' aria-current="true"' if begin in match[1].split() else ""

    return _CHILD.sub(child, _DOOR.sub(door, _BEHIND.sub(behind, shell)))


def depth(path: str) -> int:
    """How many folders below the site's root an address is."""
    return len(PurePosixPath(path.strip("/")).parts)


def _up(path: str) -> str:
    return "../" * depth(path)


def relative(content: str, path: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """Links written from the site's root, made relative (it may live under any path), and where they lead."""
    targets: set[tuple[str, str]] = set()

    def rewrite(match: re.Match[str]) -> str:
        attr, target, fragment = match["attr"], match["path"], match["hash"] or ""
        if target is None:
            targets.add((path.strip("/"), fragment))
            return match[0]
        filled_in = f"{target.rstrip('/')}{fragment}".startswith(FILLED_IN)
        targets.add((target, "" if filled_in else fragment))
        return f'{attr}="{_from(path, target)}{fragment}"'

    return _LINK.sub(rewrite, content), frozenset(targets)


def _from(path: str, target: str) -> str:
    """The shortest way from a page to an address, both named from the site's root."""
    here, there = PurePosixPath(path.strip("/")).parts, target.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


def anchors(content: str) -> frozenset[str]:
    """The ids that links can lead to."""
    return frozenset(_ID.findall(content))


def broken(
    links: Mapping[str, frozenset[tuple[str, str]]],
    anchors: Mapping[str, frozenset[str]],
    files: frozenset[str],
) -> Iterator[str]:
    """Every link that leads nowhere, as a sentence; pages are named by address without outer slashes."""
    for page, targets in links.items():
        for path, fragment in sorted(targets):
            target = html.unescape(path.partition("?")[0].rstrip("/"))
            if target not in anchors and target not in files and target not in ("", "."):
                yield f"{page} links to /{path}, which does not exist"
            elif fragment and html.unescape(fragment[1:]) not in anchors.get(target, ()):
                yield f"{page} links to /{path}{fragment}, which has no such anchor"


def portable(page: Page, markdown: str, base: str) -> str:
    """A page's Markdown as it is published: links are whole where the site's address is known."""
    up = f"{base.rstrip('/')}/" if base else "../" * (depth(page.path) - 1)
    return re.sub(r'(\]\(|href=")/(?!/)', rf"\g<1>{up}", markdown)


def _structured(base: str, path: str, title: str, description: str, trail: Sequence[tuple[str, str]]) -> str:
    """The page for search engines, as schema.org's JSON-LD."""
    steps = [("/", "Home"), *trail, (path, title)] if path != "/" else [("/", title)]
    structured = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "description": description,
        "url": base + path,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": n, "name": name, "item": base + at}
                for n, (at, name) in enumerate(steps, 1)
            ],
        },
    }
    text = json.dumps(structured, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
