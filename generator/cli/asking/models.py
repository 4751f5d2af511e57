"""Models of the command line, by `provider/id` or name, with the address, key and price to ask them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import click

from generator.assistant.lookup import Lookup, UnknownNameError
from generator.errors import EditError, SetupError
from generator.exports.listed.models import call_id
from generator.exports.playground import OWN_ID, OWN_ROWS, row_id, row_title
from playground.catalog import Catalog, Offering, Provider
from playground.catalog.endpoints import Auth, Endpoint
from playground.catalog.prices import Price
from playground.chat.adapters import ADAPTERS
from playground.chat.chat import Chat
from playground.chat.parameters import LABELS, refused_for
from playground.chat.target import ApiKey, Target, origin_of
from playground.errors import PlaygroundError, RequestError
from playground.run.explain import Situation
from playground.run.own.address import base_of
from playground.run.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One model of the command line: what it was called there, how it is run, what it is not sent.

    `place`: what the playground calls the row that it is asked at, `row` its id (`azure.1`); `offering`: the
    catalog's, if it has it.
    """

    name: str
    run: Run
    left: Mapping[str, str]
    place: str
    row: str
    offering: Offering | None = None


def asked_models(
    catalog: Catalog,
    names: Sequence[str],
    chat: Chat,
    places: Mapping[str, str],
    url: str,
    lookup: Lookup,
) -> list[Asked]:
    """The models by their names, `provider/id` or any spelling.

    Raises SetupError naming what is wrong or missing, and AmbiguousNameError.
    """
    return [_asked(catalog, name, chat, places, url, lookup) for name in names]


def places_of(texts: Sequence[str]) -> Mapping[str, str]:
    """The parts of addresses that --set gives, by name. Raises UsageError for one of another form."""
    if wrong := [text for text in texts if "=" not in text]:
        raise click.UsageError(f"--set {wrong[0]}: write NAME=VALUE, such as --set resource=my-resource")
    return dict(text.split("=", 1) for text in texts)


def refuse_unused_places(asked: Sequence[Asked], places: Mapping[str, str]) -> None:
    """Raises SetupError where a part of an address is given that no model's address has."""
    known = {place.name for one in asked for place in one.run.target.endpoint.places}
    if unused := sorted(set(places) - known):
        there = f"they have {', '.join(sorted(known))}" if known else "they have none"
        raise SetupError(f"--set {unused[0]}: no address of these models has such a part; {there}")


def _asked(
    catalog: Catalog, name: str, chat: Chat, places: Mapping[str, str], url: str, lookup: Lookup
) -> Asked:
    provider_id, _, model = name.partition("/")
    provider_id, at, choice = provider_id.partition("@")
    provider_id, _, number = provider_id.partition(".")
    if provider_id == OWN_ID and model:
        return _own(name, number, model, chat, url)
    provider = catalog.providers.get(provider_id)
    if not model or provider is None or not provider.endpoints:
        return _asked(catalog, _callable(catalog, name, lookup), chat, places, url, lookup)
    here = (o for o in catalog.offerings if o.provider == provider_id)
    offering = next((o for o in here if model in (call_id(o), *o.ids)), None)
    if offering is None and (offering := _spelled(name, provider_id, lookup)):
        # Where a reader names what is asked, as at Azure, an id is theirs, however like a model's it is.
        places_there = _endpoint(provider, number, offering, name).places
        is_theirs = any(not place.is_host for place in places_there)
        model = model if is_theirs else call_id(offering)
    endpoint = _endpoint(provider, number, offering, name)
    there = {place.name: places.get(place.name, "") for place in endpoint.places}
    if at:
        there |= _chosen(endpoint, choice, name)
    return _made(name, chat, Target(endpoint=endpoint, model=model, places=there), offering, provider)


def _own(name: str, number: str, model: str, chat: Chat, url: str) -> Asked:
    """A model at the reader's own address; `number` says which API it speaks."""
    row = f"{OWN_ID}.{number}" if number else OWN_ID
    if row not in OWN_ROWS:
        known = ", ".join(f"{each} ({title.partition('(')[2]}" for each, (title, _) in OWN_ROWS.items())
        raise SetupError(f"{name!r} names no API of an own server; known are {known}")
    _, endpoint = OWN_ROWS[row]
    if not url:
        raise SetupError(f"{name!r} needs an address; add: --url {endpoint.places[0].default}")
    try:
        base = base_of(url, endpoint.wire)
    except RequestError as error:
        raise SetupError(f"--url: {error}") from error
    return _made(name, chat, Target(endpoint=endpoint, model=model, base_url=base), None, None, own=row)


def _callable(catalog: Catalog, name: str, lookup: Lookup) -> str:
    """`provider/id` of a model that is named alone, where it can be called, its lab first."""
    try:
        _, offerings = lookup.offerings(name)
    except UnknownNameError as error:
        if "/" not in name:
            raise
        known = ", ".join(p.id for p in catalog.providers.values() if p.endpoints)
        provider = name.partition("/")[0]
        raise SetupError(
            f"{provider!r} is no provider that can be called; known are {known}, {OWN_ID}"
        ) from error
    for offering in offerings:
        if catalog.providers[offering.provider].endpoints and call_id(offering):
            return f"{offering.provider}/{call_id(offering)}"
    raise SetupError(f"{name!r} is served nowhere that can be called; name a provider: provider/model")


def _spelled(name: str, provider: str, lookup: Lookup) -> Offering | None:
    """The offering at a provider that a name means in another spelling; None where it may be a new id."""
    try:
        _, offerings = lookup.offerings(name)
    except EditError:
        return None
    return next((o for o in offerings if o.provider == provider), None)


def _endpoint(provider: Provider, number: str, offering: Offering | None, name: str) -> Endpoint:
    if number:
        if not number.isdigit() or int(number) >= len(provider.endpoints):
            rows = ", ".join(f"{provider.id}.{i}" for i in range(len(provider.endpoints)))
            raise SetupError(f"{name!r} names no address of {provider.name}; known are {rows}")
        return provider.endpoints[int(number)]
    model = offering.model if offering else ""
    return provider.endpoints[next(iter(provider.rows(model)), 0)]


def _chosen(endpoint: Endpoint, choice: str, name: str) -> Mapping[str, str]:
    """The part of the address that `openai@eu.api.openai.com/…` chooses. Raises SetupError."""
    place = endpoint.choice
    if place is None or choice not in place.choices:
        known = f"known are {', '.join(place.choices)}" if place else "it has none to choose"
        raise SetupError(f"{name!r} names no host or region of this provider; {known}")
    return {place.name: choice}


def _made(
    name: str,
    chat: Chat,
    target: Target,
    offering: Offering | None,
    provider: Provider | None,
    own: str = OWN_ID,
) -> Asked:
    endpoint = target.endpoint
    refused = refused_for(endpoint, target.model, chat.effort, offering)
    plain = Chat(messages=chat.messages)
    left = {
        part: why
        for part, why in refused.items()
        if part in LABELS and part != "images" and getattr(chat, part) != getattr(plain, part)
    }
    accepted = replace(chat, **{part: getattr(plain, part) for part in left})
    try:
        origin = origin_of(target.url)
        ADAPTERS[endpoint.wire].build_request(accepted, target)
    except PlaygroundError as error:
        hint = f" (--set {endpoint.places[0].name}=…)" if endpoint.places else ""
        raise SetupError(f"{name}: {error}{hint}") from error
    key = _key(endpoint, origin)
    if key is None and endpoint.auth != (Auth.NONE,):
        raise SetupError(f"{name} needs a key; set the environment variable {endpoint.key_env}")
    situation = Situation(
        endpoint=endpoint,
        url=target.url,
        fix=provider.browser_fix if provider else "",
        keyed=key is not None,
    )
    price = offering.sound_prices if offering else Price()
    run = Run(chat=accepted, target=replace(target, key=key), price=price, situation=situation)
    place = row_title(provider, endpoint) if provider else OWN_ROWS[own][0]
    row = row_id(provider, endpoint) if provider else own
    return Asked(name=name, run=run, left=left, place=place, row=row, offering=offering)


def _key(endpoint: Endpoint, origin: str) -> ApiKey | None:
    env = os.environ
    variable = endpoint.key_env or "ALMANAC_KEY"
    if secret := env.get(variable, "").strip():
        if not (secret.isascii() and secret.isprintable()):
            raise SetupError(f"{variable} has a character that no key has; copy the key again, in one line")
        auth = endpoint.auth[0] if endpoint.auth[0] != Auth.NONE else Auth.BEARER
        return ApiKey(origin=origin, auth=auth, secret=secret)
    if Auth.SIGV4 in endpoint.auth and env.get("AWS_SECRET_ACCESS_KEY"):
        return ApiKey(
            origin=origin,
            auth=Auth.SIGV4,
            id=env.get("AWS_ACCESS_KEY_ID", ""),
            secret=env["AWS_SECRET_ACCESS_KEY"],
            session=env.get("AWS_SESSION_TOKEN", ""),
        )
    return None
