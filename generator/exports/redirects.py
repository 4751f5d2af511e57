"""The files that lead on from an id that changed."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

from generator.curated.renamed import Renamed
from generator.exports import api
from playground.labels.addresses import model_path, provider_path


def redirects(renamed: Renamed) -> Iterator[tuple[str, dict[str, bytes]]]:
    """For each old id its address and the files that lead on from there."""
    for old, now in renamed.models.items():
        yield model_path(old), _redirect(model_path(old), model_path(now), now, "models", old)
    for old, now in renamed.providers.items():
        yield provider_path(old), _redirect(provider_path(old), provider_path(now), now, "providers", old)


def _redirect(path: str, to: str, now: str, folder: str, old: str) -> dict[str, bytes]:
    name = path.strip("/")
    up = "../" * len(name.split("/"))
    target = html.escape(up + to.strip("/") + "/")
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(now)}</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f'<meta http-equiv="refresh" content="0; url={target}"><link rel="canonical" href="{target}"></head>'
        f'<body><p>This is called <a href="{target}">{html.escape(now)}</a> now.</p></body></html>\n'
    )
    text = f"{old} is called [{now}]({'../' * (len(name.split('/')) - 1)}{to.strip('/')}.md) now.\n"
    moved = json.dumps(api.moved(now, folder), ensure_ascii=False) + "\n"
    return {
        f"{name}/index.html": page.encode(),
        f"{name}.md": text.encode(),
        f"{api.FOLDER}/{folder}/{old}.json": moved.encode(),
    }
