"""How a provider is called: the address, the API format and the ways to sign in.

An oddity of a provider is a field here, set in docs/catalog/providers.yml, never an `if` on its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from playground.catalog.families.family import Family, family_from_json, family_of, family_to_json


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


#: What an address has in it that answers from anywhere in the world.
_WORLDWIDE = "/locations/global/"
#: What the part of an address is called that is a region of a cloud.
REGIONAL = frozenset({"region", "location"})
#: What the part is called that is one of the provider's own hosts.
HOST = "host"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A part of the address that the reader fills in, `{name}` in the URL.

    `choices` lists the values a page may offer and its policy allow; `label` says what it is.
    """

    name: str
    label: str
    default: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_region(self) -> bool:
        """Whether what is filled in is a region of the provider's cloud."""
        return self.name in REGIONAL

    @property
    def is_host(self) -> bool:
        """Whether what is chosen is the whole host: one of those that the provider is known to have."""
        return self.name == HOST


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of a provider and how it departs from its wire.

    `url` ends before what the wire adds (`/responses`, `/chat/completions`, …). `models` are patterns of
    model ids (`microsoft/mai-*`) this endpoint alone serves. `rejects` and `only` name fields of
    chat.Chat: those it refuses, or the only ones it documents. `families` say what single models take.
    `echo_model` is whether what a model gives to be sent back is for that very model; else every model of
    the address takes it. `key_env` is the environment variable that the vendor's own tools read the key
    from. `hints` say, by the value of an events.Cause, what that failure often means here.
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
    families: tuple[Family, ...] = ()
    echo_model: bool = False
    key_env: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)

    @property
    def choice(self) -> Place | None:
        """The part of the address that is chosen among what is known of it; None where there is none."""
        return next((place for place in self.places if place.choices), None)

    @property
    def usual(self) -> str:
        """The address with the provider's usual host; its other parts are still to be filled in."""
        for place in self.places:
            if place.is_host:
                return self.url.replace(f"{{{place.name}}}", place.default)
        return self.url

    @property
    def is_written(self) -> bool:
        """Whether the reader fills in a part of the address, which may be wrong; a known host is chosen."""
        return not all(place.is_host for place in self.places)

    @property
    def is_regional(self) -> bool:
        """Whether the reader chooses the region of a cloud."""
        return any(place.is_region for place in self.places)

    @property
    def is_worldwide(self) -> bool:
        """Whether a cloud answers there from any of its regions."""
        return _WORLDWIDE in self.url

    def family(self, model: str) -> Family | None:
        """The family that a model is of here, by the id that a request names."""
        return family_of(self.families, model)


#: What catalogs of earlier versions say of an endpoint and is in its families now.
FORMER = ("budget_models",)


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
        elif part.name == "families":
            value = [family_to_json(family) for family in value]
        out[part.name] = _plain(value)
    return out


def _plain(value: Any) -> Any:
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def endpoint_from_json(row: Any) -> Endpoint:
    """An endpoint as a row of providers.yml or JSON has it. Raises ValueError naming what is wrong."""
    if not isinstance(row, dict):
        raise ValueError(f"an endpoint is a mapping, not {row!r:.60}")
    row = {name: value for name, value in row.items() if name not in FORMER}
    _expect(row, Endpoint, ("wire", "url"))
    places = []
    for place in row.get("places", ()):
        _expect(place, Place, ("name", "label"))
        places.append(Place(**{**place, "choices": tuple(place.get("choices", ()))}))
    auth = tuple(Auth(a) for a in row.get("auth", (Auth.BEARER,)))
    lists = {n: tuple(row[n]) for n in ("models", "only", "rejects") if n in row}
    families = tuple(family_from_json(family) for family in row.get("families", ()))
    own = {"wire": Wire(row["wire"]), "auth": auth, "places": tuple(places), "families": families}
    endpoint = Endpoint(**{**row, **lists, **own})
    if named := sorted(set(PLACE_MARK.findall(endpoint.url)) ^ {p.name for p in places}):
        raise ValueError(f"the part {named[0]!r} is in the url or in places, but not in both")
    if wrong := [p for p in places if p.is_host and p.default not in p.choices]:
        raise ValueError(f"the part {wrong[0].name!r} needs choices, and a default that is one of them")
    if not auth:
        raise ValueError("auth is empty; write [none] where no key is needed")
    return endpoint


def _expect(row: Any, kind: type[Endpoint | Place], needed: tuple[str, ...]) -> None:
    known = [f.name for f in fields(kind)]
    if unknown := sorted(str(k) for k in row if k not in known):
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(known)}")
    if missing := [name for name in needed if not row.get(name)]:
        raise ValueError(f"{missing[0]} is missing")


PLACE_MARK = re.compile(r"\{(\w+)\}")


def exact_origins(endpoint: Endpoint) -> tuple[str, ...]:
    """The origins that an endpoint may have, each exactly: one for every choice.

    None where the reader writes a part of the host: whoever may own such a name is not known before.
    """
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
        sources = grown
    return tuple(sources)
