"""Every source served from one local server, by its fixture and under the paths of its real address."""

from __future__ import annotations

from dataclasses import replace

import httpx2

from generator.sources import SOURCES, Source
from generator.sources.bundle import unbundled
from generator.sources.linked_pages import INDEX
from tests.generator.sources.fixtures import raw


def answers_of(source: Source) -> dict[str, bytes]:
    """What a server that behaves answers for a source, by path; its index first where it has one."""
    path = httpx2.URL(source.live.url).path
    if source.live.follow != "links" and not source.live.files:
        return {path: raw(source.id)}
    files = unbundled(raw(source.id), source.id)
    if source.live.files:
        return {path + name: files[name] for name in source.live.files}
    folder = source.live.links.partition("(?P<name>")[0]
    return {path: files.pop(INDEX), **{folder + name: text for name, text in files.items()}}


def at(source: Source, origin: str) -> Source:
    """The source as if its address were at another origin."""
    path = httpx2.URL(source.live.url).path
    return replace(source, live=replace(source.live, url=origin + path))


#: The sources that can be served so: those whose live form is their fixture's.
SERVED = tuple(s for s in SOURCES if s.live.follow in ("", "links") and s.id != "genai-prices")
