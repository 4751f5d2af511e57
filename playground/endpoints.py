"""How to call a provider: a row's endpoint, and the address and key that one reader's request goes to.

An oddity of a provider is a field here, set in docs/catalog/providers.yml, never an `if` on its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit

from playground.errors import KeyOriginError, RequestError


class Wire(StrEnum):
    """A format of request and stream; one adapter each."""

    OPENAI_RESPONSES = "openai-responses"
    OPENAI_CHAT = "openai-chat"
    ANTHROPIC_MESSAGES = "anthropic-messages"
    GEMINI = "gemini"
    BEDROCK_CONVERSE = "bedrock-converse"
    OLLAMA = "ollama"
    LANGUAGE_MODEL = "language-model"


class Auth(StrEnum):
    """How the key travels. SIGV4 signs with an access key; NONE sends nothing unless a key is given."""

    BEARER = "bearer"
    API_KEY = "api-key"
    X_API_KEY = "x-api-key"
    X_GOOG_API_KEY = "x-goog-api-key"
    SIGV4 = "sigv4"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part of the address that the reader fills in, `{name}` in the URL.

    `choices` lists the values a page may offer and its policy allow; `label` says what it is.
    """

    name: str
    label: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of a provider and how it departs from its wire.

    `url` ends before what the wire adds (`/responses`, `/chat/completions`, …). `models` are patterns of
    model ids (`microsoft/mai-*`) this endpoint alone serves. `rejects` and `only` name fields of
    chat.Chat: those it refuses, or the only ones it documents. `budget_models` are patterns of the ids that
    take a budget of reasoning tokens instead of an effort. `key_env` is the environment variable that the
    vendor's own tools read the key from. `hints` say, by the value of an events.Cause, what that failure
    often means here.
    """

    wire: Wire
    url: str
    auth: tuple[Auth, ...] = (Auth.BEARER,)
    name: str = ""
    places: tuple[Place, ...] = ()
    models: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()
    max_tokens_field: str = "max_completion_tokens"
    seed_field: str = "seed"
    effort_field: str = "reasoning_effort"
    system_role: str = "system"
    usage_option: bool = True
    store_option: bool = False
    budget_models: tuple[str, ...] = ()
    key_env: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)


def endpoint_to_json(endpoint: Endpoint) -> dict[str, Any]:
    """The endpoint without what is the default."""
    plain = Endpoint(wire=endpoint.wire, url="")
    out: dict[str, Any] = {"wire": str(endpoint.wire)}
    for part in fields(Endpoint):
        value = getattr(endpoint, part.name)
        if value == getattr(plain, part.name):
            continue
        if part.name == "places":
            value = [
                {f.name: _plain(v) for f in fields(Place) if (v := getattr(place, f.name))} for place in value
            ]
        out[part.name] = _plain(value)
    return out


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def endpoint_from_json(row: Any) -> Endpoint:
    """An endpoint as a row of providers.yml or JSON has it. Raises ValueError naming what is wrong."""
    if not isinstance(row, dict):
        raise ValueError(f"an endpoint is a mapping, not {row!r:.60}")
    _expect(row, Endpoint, ("wire", "url"))
    places = []
    for place in row.get("places", ()):
        _expect(place, Place, ("name", "label"))
        places.append(Place(**{**place, "choices": tuple(place.get("choices", ()))}))
    auth = tuple(Auth(a) for a in row.get("auth", (Auth.BEARER,)))
    lists = {n: tuple(row[n]) for n in ("models", "only", "rejects", "budget_models") if n in row}
    endpoint = Endpoint(**{**row, **lists, "wire": Wire(row["wire"]), "auth": auth, "places": tuple(places)})
    if named := sorted(set(_PLACE.findall(endpoint.url)) ^ {p.name for p in places}):
        raise ValueError(f"the part {named[0]!r} is in the url or in places, but not in both")
    if not auth:
        raise ValueError("auth is empty; write [none] where no key is needed")
    return endpoint


def _expect(row: Any, kind: type[Endpoint | Place], needed: tuple[str, ...]) -> None:
    known = [f.name for f in fields(kind)]
    if unknown := sorted(str(k) for k in row if k not in known):
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(known)}")
    if missing := [name for name in needed if not row.get(name)]:
        raise ValueError(f"{missing[0]} is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
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
    key: Key | None = None
    base_url: str = ""

    @property
    def url(self) -> str:
        """The address without what the wire adds; no slash at its end. Raises RequestError."""
        return (self.base_url or fill(self.endpoint, self.places)).rstrip("/")


_PLACE = re.compile(r"\{(\w+)\}")
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
        if in_host and not _LABEL.fullmatch(text):
            # What could change the host must not come in by a part of it.
            raise RequestError(f"{place.label} is {text!r}; it may hold letters, digits and hyphens only")
        return text if in_host else quote(text, safe="")

    return _PLACE.sub(value, endpoint.url)


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


def bound(key: Key, url: str) -> Key:
    """The key, if it was entered for that address's origin. Raises KeyOriginError."""
    if key.origin != origin_of(url):
        raise KeyOriginError(
            f"this key was entered for {key.origin} and is not sent to {origin_of(url)}; "
            "enter a key for the new address"
        )
    return key


def policy_sources(endpoint: Endpoint) -> tuple[str, ...]:
    """What a page's `connect-src` needs for this endpoint: every choice, or `*` for a whole first label."""
    match = re.match(r"https?://[^/]+", endpoint.url)
    if match is None:
        return ()
    sources = [match[0]]
    for place in endpoint.places:
        mark = f"{{{place.name}}}"
        grown: list[str] = []
        for source in sources:
            if mark not in source:
                grown.append(source)
            elif place.choices:
                grown.extend(source.replace(mark, choice) for choice in place.choices)
            else:
                # CSP knows a wildcard for the whole first label only.
                _, _, rest = source.partition(f"{mark}.")
                scheme, _, _ = source.partition("://")
                grown.append(f"{scheme}://*.{rest}")
        sources = grown
    return tuple(sources)
