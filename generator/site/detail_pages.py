"""The thousands of pages that are in no navigation, written into the site that MkDocs has made.

Pages whose inputs did not change since the last build are left as they are (build_cache.py). What MkDocs
would have done for a page is done here: its links are noted, so that they can be checked with all others.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from generator.exports import api, redirects
from generator.pages.page import Page, shared_inputs
from generator.site import frontend
from generator.site.assets import compact
from generator.site.build_cache import BuildCache, LastBuild
from generator.site.html import shell
from generator.site.html.long_tables import ELEMENTS, split
from generator.site.html.markup import CONVERTER, to_html, with_drawn, without_drawn
from generator.site.rendered import Rendered
from generator.site.site import Site

#: The folders of the site that hold them.
TOPS = ("models", "providers", "labs", "capabilities", "versus", api.FOLDER)

#: A model's page is read most, and on phones: at most about twice as long in the making as a usual one.
MODEL_ELEMENTS = 1_900
#: What is made by every build: no page has this key.
ALWAYS_MADE = LastBuild(key="", anchors=frozenset(), links=frozenset())


def write_detail_pages(
    site: Site, rendered: Rendered, head: shell.Head, build_cache: BuildCache
) -> list[Page]:
    """Write those whose inputs changed, and where renamed ones lead; note the anchors and links of all."""
    shells = {d: shell.Shell(output, shell.SHELLS[d]) for d, output in rendered.shells.items()}
    shared = _digest(_code(), CONVERTER, *rendered.shells.values(), str(head), shared_inputs(site.catalog))
    build_cache.restore()
    pages: list[Page] = []
    for page in site.detail_pages():
        pages.append(page)
        key = _digest(shared, page.title, page.description, page.inputs)
        written = build_cache.take(page.path, key) or _write(page, key, shells, head, build_cache)
        rendered.anchors[page.path.strip("/")] = written.anchors
        rendered.links[page.path.strip("/")] = written.links
        rendered.anchors |= {at.strip("/"): frozenset() for at in written.continued}
    for page, body in rendered.continued:
        build_cache.put(page.path, _continued(page, body, shells, head), ALWAYS_MADE)
    for path, files in redirects.redirects(site.renamed):
        build_cache.put(path, files, ALWAYS_MADE)
    return pages


def _write(
    page: Page, key: str, shells: dict[int, shell.Shell], head: shell.Head, build_cache: BuildCache
) -> LastBuild:
    markdown = page.write()
    whole = to_html(without_drawn(markdown, f"{page.path.rstrip('/')}.md"))
    anchors = shell.anchors(whole)
    name = page.path.strip("/")
    elements = MODEL_ELEMENTS if page.path.startswith("/models/") else ELEMENTS
    whole, rest = split(whole, page.path, escape(page.title), elements)
    body, links = shell.relative(whole, page.path)
    files = {f"{name}/index.html": shells[shell.depth(page.path)].filled(page, body, head).encode()}
    for at, content in rest.items():
        continued = replace(page, path=at, title=f"{page.title}, continued")
        files |= _continued(continued, content, shells, head)
    written = LastBuild(key=key, anchors=anchors, links=links, continued=frozenset(rest))
    if page.publish is not None:
        files[f"{api.FOLDER}/{name}.json"] = compact(page.publish())
        files[f"{name}.md"] = shell.portable(page, with_drawn(markdown), head.site_url).encode()
    build_cache.put(page.path, files, written)
    return written


def _continued(
    page: Page, content: str, shells: dict[int, shell.Shell], head: shell.Head
) -> dict[str, bytes]:
    body, _ = shell.relative(content, page.path)
    output = shells[shell.depth(page.path)].filled(page, body, head)
    return {f"{page.path.strip('/')}/index.html": output.encode()}


def published_addresses(pages: list[Page]) -> frozenset[str]:
    """The files beside the pages: each as JSON and as Markdown."""
    published = [p.path.strip("/") for p in pages if p.publish is not None]
    return frozenset({f"{n}.md" for n in published} | {f"{api.FOLDER}/{n}.json" for n in published})


def _digest(*inputs: Any) -> str:
    sha256 = hashlib.sha256()
    for each in inputs:
        sha256.update(msgspec.json.encode(each))
        sha256.update(b"\0")
    return sha256.hexdigest()[:24]


@cache
def _code() -> str:
    """What makes the pages, by its content: after a change in it none of the last build's pages is right."""
    here = Path(__file__).parents[1]
    files = [
        *here.rglob("*.py"),
        *(here.parent / "playground").rglob("*.py"),
        *here.rglob("templates/**/*.j2"),
    ]
    return frontend.digest({str(path): path.read_bytes() for path in files})
