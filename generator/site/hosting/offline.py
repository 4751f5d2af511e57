"""What the playground needs to load without a network, and its service worker with the list of it."""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.exports.playground import PLAYGROUND
from generator.site import frontend

SCRIPT = frontend.WEB / "playground" / "offline.js"
#: Where it is served: a worker's scope is its own folder.
SERVED = f"{PLAYGROUND}/offline.js"
#: Where Python runs that reaches an address of the reader's own; served in the worker's scope.
FRAME = frontend.WEB / "playground/python/frame.html"
FRAME_SERVED = f"{PLAYGROUND}/frame.html"
#: What a page needs; a feed it only names.
_LINKED = re.compile(r'<(?:link(?! rel="alternate)|script)\b[^>]*?\b(?:href|src)="([^"#]+)"')
#: Only for the small model, which needs more than is cached here.
_APART = re.compile(r"/wllama\.")


def write_service_worker(site: Path) -> None:
    """Write the worker for a finished site; nothing where the site has no playground."""
    page = site / PLAYGROUND / "index.html"
    if not page.is_file() or not (site / "assets/playground").is_dir():
        return
    files = sorted({*_own(site), *_linked(site, page)})
    version = frontend.digest({name: (site / name).read_bytes() for name in files})
    paths = [posixpath.relpath(name, PLAYGROUND) for name in files if name != f"{PLAYGROUND}/index.html"]
    listed = json.dumps(["./", *paths])
    script = SCRIPT.read_text("utf-8").replace('["ALMANAC_FILES"]', listed)
    (site / SERVED).write_text(script.replace("ALMANAC_VERSION", version), "utf-8")


def _own(site: Path) -> set[str]:
    names = {f"{PLAYGROUND}/index.html", FRAME_SERVED}
    for folder in ("assets/playground", "assets/runtime", "assets/style"):
        names |= {p.relative_to(site).as_posix() for p in (site / folder).rglob("*") if p.is_file()}
    return {name for name in names if not _APART.search(name)}


def _linked(site: Path, page: Path) -> set[str]:
    """The theme's files that the page names and this site has."""
    names = set()
    for url in _LINKED.findall(page.read_text("utf-8")):
        parts = urlsplit(html.unescape(url))
        if parts.scheme or parts.netloc:
            continue
        name = posixpath.normpath(posixpath.join(PLAYGROUND, unquote(parts.path)))
        if not name.startswith("..") and (site / name).is_file():
            names.add(name)
    return names
