"""Every page and every file has an address of its own, on file systems that tell no cases apart too.

What stands at one address twice would replace the other, so that a model named like a page could take its
place: that is an error which names both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from generator.errors import CatalogError
from generator.exports import api
from generator.pages.page import Page


def by_address(pages: Iterable[Page], others: Mapping[str, str]) -> dict[str, Page]:
    """The pages by their addresses; `others` are the site's other files, each with what it is made of.

    Raises CatalogError where two pages or files have one address, or one stands where another's folder is.
    """
    known: dict[str, Page] = {}
    taken = {_folded(file): made_of for file, made_of in others.items()}
    folders: dict[str, str] = {}
    for file, made_of in taken.items():
        folders.update(dict.fromkeys(_above(file), made_of))
    for page in pages:
        known[page.path] = page
        here = f"the page {page.path} ({page.title})"
        for file in map(_folded, _files(page)):
            if other := taken.get(file) or folders.get(file):
                raise _clash(file, here, other)
            taken[file] = here
            for folder in _above(file):
                if folder in taken:
                    raise _clash(folder, here, taken[folder])
                folders.setdefault(folder, here)
    return known


def _files(page: Page) -> Iterator[str]:
    name = page.path.strip("/")
    yield f"{name}/index.html"
    if page.publish is not None:
        yield f"{name}.md"
        yield f"{api.FOLDER}/{name}.json"


def _folded(file: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())


def _above(file: str) -> Iterator[str]:
    while "/" in file:
        file = file.rpartition("/")[0]
        yield file


def _clash(file: str, one: str, other: str) -> CatalogError:
    return CatalogError(
        f"{file}: {one} and {other} would both stand there; rename one of them "
        "(identity.yml for a model or a provider)"
    )
