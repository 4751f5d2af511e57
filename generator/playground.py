"""What the playground page needs of the catalog: a row for each address it may call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playground.adapters import ADAPTERS
from playground.catalog import Provider
from playground.endpoints import Auth, Endpoint, Place, Wire, endpoint_to_json

PAGE = "playground/index.md"
#: A server of the reader's own: the whole address is one of its parts.
OWN = Endpoint(
    wire=Wire.OPENAI_CHAT,
    url="{url}",
    places=(Place(name="url", label="Address", default="http://localhost:8000/v1"),),
    auth=(Auth.NONE,),
)
_ACCESS = {
    "yes": "A page may call it",
    "likely": "A page may probably call it",
    "unknown": "Whether a page may call it is unknown",
    "no": "It answers no page",
}


def callable_rows(providers: Iterable[Provider]) -> list[dict[str, Any]]:
    """The rows as the page reads them: providers in their order, then the reader's own address."""
    rows = [
        _row(p.id, f"{p.name}: {e.name}" if e.name else p.name, e, _access(p))
        for p in providers
        for e in p.endpoints
        if e.wire in ADAPTERS and p.status == "live"
    ]
    own = "Your own server must allow this page by CORS; a key is optional."
    return [*rows, _row("own", "Another OpenAI-compatible address", OWN, own)]


def _access(provider: Provider) -> str:
    said = _ACCESS[provider.browser]
    if provider.browser_evidence:
        said += f": {provider.browser_evidence.replace('`', '')}"
    return said if said.endswith(".") else f"{said}."


def _row(name: str, title: str, endpoint: Endpoint, access: str) -> dict[str, Any]:
    places = endpoint_to_json(endpoint).get("places", [])
    return {
        "id": name,
        "name": title,
        "endpoint": endpoint_to_json(endpoint),
        "places": places,
        "access": access,
        "key": endpoint.auth != (Auth.NONE,) or name == "own",
    }
