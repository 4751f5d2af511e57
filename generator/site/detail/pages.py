"""The thousands of pages that are in no navigation, written into the site that MkDocs has made.

Pages whose inputs did not change since the last build are left as they are (build_cache.py). What MkDocs
would have done for a page is done here: its links are noted, so that they can be checked with all others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from generator.bounds import shown
from generator.exports import api, redirects
from generator.pages.page import Page, shared_inputs
from generator.site import frontend
from generator.site.assets import compact
from generator.site.detail.build_cache import BuildCache, LastBuild, Stamps
from generator.site.detail.cores import on_all_cores
from generator.site.html import shell
from generator.site.html.late_sections import with_late_sections
from generator.site.html.long_tables import ELEMENTS, split
from generator.site.html.markup import CONVERTER, shortened, to_html, with_drawn, without_drawn
from generator.site.html.plain import plain_markdown
from generator.site.rendered import Rendered
from generator.site.site import Site

#: The folders of the site that hold them.
TOPS = ("models", "providers", "labs", "capabilities", "versus", api.FOLDER)

#: A model's page is read most, and on phones: at most about twice as long in the making as a usual one.
MODEL_ELEMENTS = 1_900
#: In place of a page's key: what programs read is made by every build.
FOR_PROGRAMS = "made by every build"
#: What is made by every build: no page has this key.
ALWAYS_MADE = LastBuild(key="", anchors=frozenset(), links=frozenset())


class DetailPages:
    """The pages by their addresses, each made when it is asked for, or all of them at once.

    With them go the `programs`' files, by name: what is made of the whole catalog. `names` are those of all.
    """

    def __init__(
        self,
        site: Site,
        pages: Mapping[str, Page],
        programs: Mapping[str, Callable[[], bytes]],
        rendered: Rendered,
        head: shell.Head,
        build_cache: BuildCache,
    ) -> None:
        self.pages = pages
        self.programs = programs
        self.names = (*self.pages, *self.programs)
        self._site = site
        self._rendered = rendered
        self._head = head
        self._build_cache = build_cache
        self._shells = {d: shell.Shell(output, shell.SHELLS[d]) for d, output in rendered.shells.items()}
        self._shared = _digest(
            _code(), CONVERTER, *rendered.shells.values(), str(head), shared_inputs(site.catalog)
        )

    def make_all(self) -> None:
        """Write those whose inputs changed, on all cores."""
        # What takes longest comes first, so that no core waits for another in the end.
        names = (*self.programs, *self.pages)
        changed = [(name, key) for name in names if (key := self._changed(name))]
        for (name, _), (written, stamps) in zip(changed, on_all_cores(self._write, changed), strict=True):
            self._note(name, written)
            self._build_cache.put(name, written, stamps)

    def make(self, name: str) -> None:
        """Write one, where its inputs changed."""
        if key := self._changed(name):
            written, stamps = self._write((name, key))
            self._note(name, written)
            self._build_cache.put(name, written, stamps)

    def make_others(self) -> None:
        """Write what no model, provider or pair has: other rows of the navigation's pages, and redirects."""
        site = self._site
        compared = [side.model.id for side in site.versus_sides]
        others = dict(redirects.redirects(site.renamed, site.catalog, compared, site.replaced))
        for page, body in self._rendered.continued:
            others[page.path] = self._continued(page, body)
        for path, files in others.items():
            self._build_cache.put(path, ALWAYS_MADE, self._build_cache.write(files))

    def name_of(self, address: str) -> str:
        """Of `names` the one that has a file at an address of the site; empty where none has.

        A page has its HTML, its other rows at numbers below it, its Markdown beside it, its JSON in the API.
        """
        if address in self.programs:
            return address
        name = address.strip("/").removesuffix("index.html").rstrip("/")
        if name.startswith(f"{api.FOLDER}/"):
            name = name.removeprefix(f"{api.FOLDER}/").removesuffix(".json")
        names = (name, name.removesuffix(".md"), name.rpartition("/")[0])
        return next((path for n in names if (path := f"/{n}/") in self.pages), "")

    def _changed(self, path: str) -> str:
        """The page's key, where it is not there already; else it is noted as it was left."""
        if path in self.programs:
            return FOR_PROGRAMS
        page = self.pages[path]
        key = _digest(self._shared, page.title, page.description, page.inputs)
        if (left := self._build_cache.take(path, key)) is None:
            return key
        self._note(path, left)
        return ""

    def _note(self, path: str, written: LastBuild) -> None:
        if path in self.programs:
            return
        name = path.strip("/")
        self._rendered.anchors[name] = written.anchors
        self._rendered.links[name] = written.links
        self._rendered.anchors |= {at.strip("/"): frozenset() for at in written.continued}

    def _write(self, changed: tuple[str, str]) -> tuple[LastBuild, Stamps]:
        path, key = changed
        if path in self.programs:
            return ALWAYS_MADE, self._build_cache.write({path: self.programs[path]()})
        page, name = self.pages[path], path.strip("/")
        markdown = shown(page.write())
        whole = to_html(without_drawn(markdown, f"{path.rstrip('/')}.md"))
        anchors = shell.anchors(whole)
        elements = MODEL_ELEMENTS if path.startswith("/models/") else ELEMENTS
        whole, rest = split(whole, path, escape(page.title), elements)
        body, links = shell.relative(with_late_sections(whole), path)
        files = {f"{name}/index.html": self._filled(page, body)}
        for at, content in rest.items():
            files |= self._continued(replace(page, path=at, title=f"{page.title}, continued"), content)
        if page.publish is not None:
            files[f"{api.FOLDER}/{name}.json"] = compact(page.publish())
            files[f"{name}.md"] = shell.portable(
                page, plain_markdown(with_drawn(markdown)), self._head.site_url
            ).encode()
        written = LastBuild(key=key, anchors=anchors, links=links, continued=frozenset(rest))
        return written, self._build_cache.write(files)

    def _continued(self, page: Page, content: str) -> dict[str, bytes]:
        body, _ = shell.relative(content, page.path)
        return {f"{page.path.strip('/')}/index.html": self._filled(page, body)}

    def _filled(self, page: Page, body: str) -> bytes:
        return shortened(self._shells[shell.depth(page.path)].filled(page, body, self._head)).encode()

    def published(self) -> Iterator[str]:
        """The addresses of the files beside the pages: each as JSON and as Markdown."""
        for page in self.pages.values():
            if page.publish is not None:
                name = page.path.strip("/")
                yield from (f"{name}.md", f"{api.FOLDER}/{name}.json")


def _digest(*inputs: Any) -> str:
    sha256 = hashlib.sha256()
    for each in inputs:
        sha256.update(msgspec.json.encode(each))
        sha256.update(b"\0")
    return sha256.hexdigest()[:24]


@cache
def _code() -> str:
    """What makes the pages, by its content: after a change in it none of the last build's pages is right."""
    here = Path(__file__).parents[2]
    files = [
        *here.rglob("*.py"),
        *(here.parent / "playground").rglob("*.py"),
        *here.rglob("templates/**/*.j2"),
    ]
    return frontend.digest({str(path): path.read_bytes() for path in files})
