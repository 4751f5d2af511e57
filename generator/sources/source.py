"""What a source is: where it is served, which package carries it, how its bytes are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.sources.pins import Pin
from generator.sources.records import SourceRecord
from playground.catalog import CitedScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Where the source is served.

    `follow` says how the answer leads to the data: `pages` (each names the next), `pointer` (a small JSON
    names the file beside it by its sha256), `links` (an index of pages in Markdown), or nothing. With `links`
    that is a pattern of the paths of pages, without their ending `suffix`, whose group `name` names a page.
    `files` are addresses relative to `url` where the source is several files: they come as one bundle
    (`bundle.py`). `limit_mb` is the most that is read.
    """

    url: str
    follow: str = ""
    files: tuple[str, ...] = ()
    links: str = ""
    suffix: str = ""
    limit_mb: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A public catalog. `link` is where a claim can be checked, `{id}` standing for the row's id.

    `merges` names the sources whose rows it takes over: beside those it is no second witness. Of one that
    takes over some rows only, each such record says so (`origin`). `pin` is its entry in pins.json, which the
    table of sources fills in.
    """

    id: str
    name: str
    parse: Callable[[bytes], list[SourceRecord]]
    live: Live
    licence: str
    home: str
    link: str
    gives: str
    merges: tuple[str, ...] = ()
    pin: Pin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """A public list of benchmark scores. `by` is what its scores have there.

    `parse` gives in the place of a row that is no score why it is left out.
    """

    id: str
    name: str
    parse: Callable[[bytes], list[CitedScore | str]]
    by: str
    live: Live
    licence: str
    home: str
    link: str
    gives: str
    pin: Pin | None = None
