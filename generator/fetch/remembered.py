"""The last good responses, remembered for the next conditional request."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from generator.fetch.fetched import Fetched, Response


def remember(fetched: Fetched, cache: Path) -> None:
    """Keep the answers for the next conditional request; a cache that cannot be written is no failure."""
    folder = cache / "live"
    for response in fetched.responses:
        body = _path_of(folder, response.url)
        state = {
            **response.validators,
            "url": response.url,
            "sha256": hashlib.sha256(response.raw).hexdigest(),
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path, content in (
                (body, response.raw),
                (body.with_suffix(".json"), json.dumps(state).encode()),
            ):
                part = path.with_suffix(".part")
                part.write_bytes(content)
                part.replace(path)
        except OSError:
            return


def _path_of(folder: Path, url: str) -> Path:
    return folder / hashlib.sha256(url.encode()).hexdigest()[:16]


def remembered(folder: Path, url: str) -> Response | None:
    """The last good answer of this address, unless its two files do not belong together."""
    body = _path_of(folder, url)
    try:
        state = json.loads(body.with_suffix(".json").read_bytes())
        raw = body.read_bytes()
        if hashlib.sha256(raw).hexdigest() != state.pop("sha256"):
            return None
        return Response(url=url, raw=raw, validators=state)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
