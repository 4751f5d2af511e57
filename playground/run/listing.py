"""Which models a server of the reader's own lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from playground.chat.adapters.reading import list_in, text_in
from playground.chat.auth import auth_headers
from playground.chat.target import Target
from playground.errors import RequestError
from playground.json_text import read_json

#: Gives the status and the text at an address, asked with these headers.
type Get = Callable[[str, Mapping[str, str]], Awaitable[tuple[int, str]]]
#: More models than this no reader looks through.
MOST = 2000


async def listed_models(target: Target, get: Get) -> list[str]:
    """The ids in the server's order, each once. Raises RequestError saying why there are none."""
    url = f"{target.url}/models"
    status, text = await get(url, auth_headers(target.key, url, b"", datetime.now(UTC)))
    if status in (401, 403):
        asked = "another key" if target.key else "a key"
        raise RequestError(f"the server wants {asked} (status {status})")
    if status != 200:
        raise RequestError(f"the server lists no models at {url} (status {status}); write the model's id")
    try:
        listing = read_json(text)
    except ValueError as error:
        raise RequestError(f"what stands at {url} is {error}; write the model's id") from error
    # Together's list is the whole document; llama.cpp's server has the same models under both names.
    rows = listing if isinstance(listing, list) else list_in(listing, "data") + list_in(listing, "models")
    ids = (text_in(row, "id") or text_in(row, "name") for row in rows)
    return [id_ for id_ in dict.fromkeys(ids) if id_][:MOST]
