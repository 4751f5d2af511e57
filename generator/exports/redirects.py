"""The files that lead on from an address that changed."""

from __future__ import annotations

import html
import json
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from types import MappingProxyType

from generator.curated.renamed import Renamed
from generator.exports import api
from playground.catalog import Catalog
from playground.labels.addresses import lab_path, model_path, provider_path, versus_path

#: An address, and the files that lead on from there.
type Redirect = tuple[str, dict[str, bytes]]

VERSUS = "/versus/"
_NONE: Mapping[str, str] = MappingProxyType({})


def redirects(
    renamed: Renamed, catalog: Catalog, compared: Iterable[str], replaced: Mapping[str, str] = _NONE
) -> Iterator[Redirect]:
    """For each old address the files that lead on.

    `compared` are the models of the Versus pages, `replaced` those that were, each with the one in its place.
    """
    for old, now in renamed.models.items():
        yield _renamed(model_path(old), model_path(now), now, "models", old)
    for old, now in renamed.providers.items():
        yield _renamed(provider_path(old), provider_path(now), now, "providers", old)
    for old, provider in renamed.ended.items():
        sentence = f"{old} is no model here any more. It was served by"
        yield (
            model_path(old),
            _pages(model_path(old), provider_path(provider), sentence, catalog.providers[provider].name),
        )
    yield from _labs(renamed, catalog)
    pairs = list(compared)
    yield from _pairs(catalog, pairs)
    yield from _former_pairs(catalog, pairs, replaced)


def _renamed(path: str, to: str, now: str, folder: str, old: str) -> Redirect:
    moved = json.dumps(api.moved(now, folder), ensure_ascii=False) + "\n"
    return path, {
        **_pages(path, to, f"{old} is now called", now),
        f"{api.FOLDER}/{folder}/{old}.json": moved.encode(),
    }


def _labs(renamed: Renamed, catalog: Catalog) -> Iterator[Redirect]:
    """The labs of which no model is left lead to the lab that has most of them now, or to all labs."""
    now_at: dict[str, Counter[str]] = defaultdict(Counter)
    for old, now in renamed.models.items():
        now_at[old.partition("/")[0]][now.partition("/")[0]] += 1
    without = {old.partition("/")[0] for old in renamed.ended} - now_at.keys()
    for lab in (*now_at, *sorted(without)):
        if lab in catalog.labs:
            continue
        heir = next((heir for heir, _ in now_at[lab].most_common(1) if heir in catalog.labs), "")
        to, name = (lab_path(heir), catalog.labs[heir].name) if heir else ("/labs/", "All labs")
        yield lab_path(lab), _pages(lab_path(lab), to, f"No model of {lab} is left here. See", name)


def _pairs(catalog: Catalog, compared: list[str]) -> Iterator[Redirect]:
    """A pair's page the other way round, and under an alias of one of the two that may have stood for it."""
    names = _aliases(catalog)
    for a, b in combinations(compared, 2):
        to = versus_path(a, b)
        called = [(one, other) for one in (a, *names[a]) for other in (b, *names[b])]
        for path in {versus_path(*pair) for one, other in called for pair in ((one, other), (other, one))} - {
            to
        }:
            yield path, _pages(path, to, "This comparison is now", _pair_name(to))


def _aliases(catalog: Catalog) -> Mapping[str, list[str]]:
    """By model the names that move and point to it."""
    names: dict[str, list[str]] = defaultdict(list)
    for alias, model in catalog.models.items():
        if isinstance(target := model.value("points_to"), str):
            names[target].append(alias)
    return names


def _former_pairs(catalog: Catalog, compared: list[str], replaced: Mapping[str, str]) -> Iterator[Redirect]:
    """A pair that had a page before one of the two was replaced: to the same two, and by a link to the newer.

    The page for any pair compares them as long as somebody serves both.
    """
    served = {o.model for o in catalog.offerings}
    names = _aliases(catalog)
    former: dict[str, list[str]] = defaultdict(list)
    for old, now in replaced.items():
        former[now] += [old, *names[old]]
    for a, b in combinations(compared, 2):
        to = versus_path(a, b)
        for one, other in product((a, *former[a]), (b, *former[b])):
            if (one, other) == (a, b):
                continue
            path = versus_path(one, other)
            both = f"{VERSUS}?a={one}&b={other}" if {one, other} <= served else ""
            yield path, _pages(path, to, "A newer comparison is", _pair_name(to), both)


def _pair_name(path: str) -> str:
    return path.strip("/").rpartition("/")[2]


def _pages(path: str, to: str, sentence: str, name: str, first: str = "") -> dict[str, bytes]:
    """A page and a text that lead from one address to another, with a sentence that ends in its link.

    `first` is where a browser is sent, where that is no page with a text beside it.
    """
    old = path.strip("/")
    near = posixpath.relpath(to, path)
    target = html.escape(f"{near}/")
    sent = html.escape(f"{posixpath.relpath(VERSUS, path)}/{first.removeprefix(VERSUS)}") if first else target
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(name)}</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f'<meta http-equiv="refresh" content="0; url={sent}"><link rel="canonical" href="{target}"></head>'
        f'<body><p>{html.escape(sentence)} <a href="{target}">{html.escape(name)}</a>.</p></body></html>\n'
    )
    beside = posixpath.relpath(to, posixpath.dirname(path.rstrip("/")))
    text = f"{sentence} [{name}]({beside}.md).\n"
    return {f"{old}/index.html": page.encode(), f"{old}.md": text.encode()}
