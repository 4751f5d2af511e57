"""Where one reader's request goes: the endpoint's address filled in, and a key bound to its origin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from playground.catalog.endpoints import PLACE_MARK, Auth, Endpoint
from playground.errors import KeyOriginError, RequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A secret, the origin it was entered for, and the way it travels; it never prints.

    For SIGV4 `secret` is the secret access key, `id` the access key's id and `session` its token.
    """

    origin: str
    auth: Auth
    secret: str = field(repr=False)
    id: str = field(default="", repr=False)
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes: endpoint, filled-in places, the model's id there, and the key."""

    endpoint: Endpoint
    model: str
    places: Mapping[str, str] = field(default_factory=dict)
    key: ApiKey | None = None
    base_url: str = ""

    @property
    def url(self) -> str:
        """The address without what the wire adds; no slash at its end. Raises RequestError."""
        return (self.base_url or fill(self.endpoint, self.places)).rstrip("/")

    @property
    def giver(self) -> str:
        """Who gives what is to be sent back: the address, with the model where each has its own."""
        own = f" {self.model}" if self.endpoint.echo_model else ""
        return f"{self.endpoint.wire} {self.url}{own}"


_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def fill(endpoint: Endpoint, places: Mapping[str, str]) -> str:
    """The endpoint's URL with the reader's parts. Raises RequestError naming the part."""
    labels = {place.name: place for place in endpoint.places}
    host_end = endpoint.url.find("/", len("https://"))

    def value(match: re.Match[str]) -> str:
        name = match[1]
        place = labels[name]
        text = (places.get(name) or place.default).strip()
        if not text:
            raise RequestError(f"{place.label} is missing; fill it in to call this provider")
        in_host = host_end < 0 or match.start() < host_end
        if place.is_host:
            # A key goes there: to a host that the provider is known to have, and to no other.
            if text not in place.choices:
                raise RequestError(f"{place.label} is {text!r}; known are {', '.join(place.choices)}")
            return text
        if in_host and not _LABEL.fullmatch(text):
            # What could change the host must not come in by a part of it.
            raise RequestError(f"{place.label} is {text!r}; it may hold letters, digits and hyphens only")
        return text if in_host else quote(text, safe="")

    return PLACE_MARK.sub(value, endpoint.url)


def origin_of(url: str) -> str:
    """Scheme, host and port as a browser writes an origin. Raises RequestError for anything else."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise RequestError(f"{url!r} is no web address ({error})") from error
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("https", "http") or not host:
        raise RequestError(f"{url!r} is no web address; write one like https://example.com/v1")
    if parts.username or parts.password:
        raise RequestError("the address holds a user name or a password; put the key in its own field")
    host = f"[{host}]" if ":" in host else host
    default = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != default else "")


def bound_key(key: ApiKey, url: str) -> ApiKey:
    """The key, if it was entered for that address's origin. Raises KeyOriginError."""
    if key.origin != origin_of(url):
        raise KeyOriginError(
            f"this key was entered for {key.origin} and is not sent to {origin_of(url)}; "
            "enter a key for the new address"
        )
    return key
