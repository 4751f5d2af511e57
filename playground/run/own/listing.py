"""Which models a server of the reader's own lists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from playground.catalog.endpoints import Wire
from playground.chat.adapters.reading import list_in, text_in
from playground.chat.auth import auth_headers
from playground.chat.framing import GATEWAY, NOT_API, web_page
from playground.chat.target import Target
from playground.errors import RequestError
from playground.json_text import read_json
from playground.run.own.address import has_version
from playground.run.sent import without_secrets

#: Gives status and text at an address, asked with these headers. Raises TimeoutError and ConnectionError.
type Get = Callable[[str, Mapping[str, str]], Awaitable[tuple[int, str]]]
#: More models than this no reader looks through.
MOST = 2000
#: Seconds that a server may take to list its models.
LISTED = 30
#: What a wire's servers list their models at, behind their address.
PATHS = {
    Wire.OPENAI_CHAT: "/models",
    Wire.OPENAI_RESPONSES: "/models",
    Wire.ANTHROPIC_MESSAGES: "/v1/models",
    Wire.OLLAMA: "/api/tags",
}
#: Wires whose address ends in the version of the API.
VERSIONED = (Wire.OPENAI_CHAT, Wire.OPENAI_RESPONSES)
_WRITE = "write the model’s id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The ids in the server's order, each once, and the address that has them: ours, or that with /v1."""

    ids: tuple[str, ...]
    base: str


class AddressError(RequestError):
    """What stands at the address lists no models."""

    field = "address"


class UnreachedError(AddressError):
    """Nothing that this page may read has answered at the address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"{address} did not answer this page: no server runs there, or it lets no web page read its "
            "answers (CORS); start it, let it allow this page or correct the address"
        )
        self.address = address


class KeyWantedError(RequestError):
    """The server answers nothing without a key."""

    field = "key"


class KeyRefusedError(RequestError):
    """The server answers nothing with this key."""

    field = "key"


async def listed_models(target: Target, get: Get) -> Listing:
    """What the server lists. Raises AddressError saying why there is no list, UnreachedError where nothing
    answered, KeyWantedError where no key went along and the server wants one, KeyRefusedError where it wants
    another.

    An address without a version may lack only that: its list may stand below /v1.
    """
    bases = [target.url]
    if target.endpoint.wire in VERSIONED and not has_version(target.url):
        bases.append(f"{target.url}/v1")
    reasons: list[RequestError] = []
    for base in bases:
        url = f"{base}{PATHS[target.endpoint.wire]}"
        shown = without_secrets(url)
        try:
            status, text = await get(url, auth_headers(target.key, url, b"", datetime.now(UTC)))
        except TimeoutError as error:
            raise AddressError(f"{shown} did not answer within {LISTED} seconds; check the server") from error
        except ConnectionError as error:
            reasons.append(UnreachedError(shown))
            reasons[-1].__cause__ = error
            continue
        if status in (401, 403) and target.key is None:
            raise KeyWantedError(f"the server needs a key (status {status})")
        if status in (401, 403):
            raise KeyRefusedError(f"the server does not accept this key (status {status})")
        ids = _ids(text) if status == 200 else None
        if ids is not None:
            return Listing(ids=ids, base=base)
        reasons.append(AddressError(_reason(shown, status, text)))
    # Where the address is a mistake in the whole, what stands at it says more than what does below.
    raise reasons[0]


def _ids(text: str) -> tuple[str, ...] | None:
    """The ids in a list; None where it is none."""
    try:
        listing: Any = read_json(text)
    except ValueError:
        return None
    if not isinstance(listing, list) and not any(_is_list(listing, name) for name in ("data", "models")):
        return None
    # Together's list is the whole document; llama.cpp's server has the same models under both names.
    rows = listing if isinstance(listing, list) else list_in(listing, "data") + list_in(listing, "models")
    ids = (text_in(row, "id") or text_in(row, "name") for row in rows)
    return tuple(id_ for id_ in dict.fromkeys(ids) if id_)[:MOST]


def _is_list(listing: Any, name: str) -> bool:
    return isinstance(listing, dict) and isinstance(listing.get(name), list)


def _reason(url: str, status: int, text: str) -> str:
    page = web_page(text)
    if status in GATEWAY:
        return (
            f"the server behind {url} is down or still starting (status {status}); start it, or wait for it"
        )
    if 300 <= status < 400:
        there = f", where {page} stands, {NOT_API}" if page else ""
        return f"{url} sends on to another address{there}; check the address"
    if page:
        return f"{url} answered with {page}, {NOT_API}; check the address"
    if status != 200:
        return f"the server lists no models at {url} (status {status}); check the address, or {_WRITE}"
    return f"what stands at {url} is no list of models; check the address, or {_WRITE}"
