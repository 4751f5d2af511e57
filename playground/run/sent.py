"""A request as it went out, for a record: without the key, and each image by its hash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from playground.chat.adapters.request import Request, base64_of
from playground.chat.chat import Chat, Image

#: Parts of an address that may carry a secret, by their names.
_SECRET = re.compile(r"key|token|secret|sig|pass|auth|cred|code", re.I)


def image_hash(data: bytes) -> str:
    """By which a record names an image."""
    return sha256(data).hexdigest()


def request_to_json(request: Request, chat: Chat) -> dict[str, Any]:
    """Address, headers and body. An image's base64 in the body is `sha256:` and its hash.

    The key is none of it: it is made a header only when the request goes out. What an address says under a
    name like `api_key` is left out, too.
    """
    images = dict(_images(chat))
    body = _named(dict(request.body), images) if images else dict(request.body)
    return {"url": without_secrets(request.url), "headers": dict(request.headers), "body": body}


def without_secrets(url: str) -> str:
    """The address with `…` for what may be a secret in it."""
    parts = urlsplit(url)
    if not _SECRET.search(parts.query):
        return url
    query = [(n, "…" if _SECRET.search(n) else v) for n, v in parse_qsl(parts.query, keep_blank_values=True)]
    return urlunsplit(parts._replace(query=urlencode(query, safe="…")))


def _images(chat: Chat) -> Iterator[tuple[str, str]]:
    for message in chat.messages:
        for part in message.parts:
            if isinstance(part, Image) and part.data:
                yield base64_of(part), f"sha256:{image_hash(part.data)}"


def _named(value: Any, images: Mapping[str, str]) -> Any:
    match value:
        case str() if value in images:
            return images[value]
        case str() if value.startswith("data:image/"):
            head, _, data = value.partition(",")
            return f"{head},{images[data]}" if data in images else value
        case Mapping():
            return {name: _named(entry, images) for name, entry in value.items()}
        case list() | tuple():
            return [_named(entry, images) for entry in value]
        case _:
            return value
