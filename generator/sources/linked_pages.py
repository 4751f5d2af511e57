"""The pages that a source's index links to, in one bundle with the index, by names relative to it.

A page that could not be read stands there under its name and the ending `.not-read`, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.sources.bundle import bundled, unbundled

NOT_READ = ".not-read"
#: Under which name the index itself stands; no page has it.
INDEX = "(index)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page by its name, without the ending of its format; `fault` says why there is no text."""

    name: str
    text: str = ""
    fault: str = ""


def with_pages(index: bytes, pages: Mapping[str, bytes], faults: Mapping[str, str]) -> bytes:
    """The index, the pages by name and why others were not read, as one."""
    missing = {name + NOT_READ: reason.encode() for name, reason in faults.items()}
    return bundled({INDEX: index, **pages, **missing})


def read_pages(raw: bytes, source: str) -> tuple[str, list[Page]]:
    """The text of the index, and the pages. Raises SourceShapeError where the bytes are no such bundle."""
    files = {name: content.decode("utf-8", "replace") for name, content in unbundled(raw, source).items()}
    index = files.pop(INDEX, "")
    pages = [
        Page(name=_plain(name.removesuffix(NOT_READ)), fault=text or "no reason")
        if name.endswith(NOT_READ)
        else Page(name=_plain(name), text=text)
        for name, text in files.items()
    ]
    return index, pages


def _plain(name: str) -> str:
    return name.removesuffix(".txt").removesuffix(".md")
