"""own.yml: the offerings, models and providers that a site owner adds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.bounds import model_fault, part_fault
from generator.curated.fields import is_known_field
from generator.curated.overrides import no_field, value_field
from generator.curated.providers import provider_field
from generator.curated.yaml_file import Edited, date_field, id_field, read_edited, text_field
from generator.errors import EditError
from generator.owner.litellm_config import litellm_offerings
from generator.owner.offerings import OWN, known_entry, own_fact, own_offering
from playground.catalog import (
    Catalog,
    Channel,
    Fact,
    Key,
    Model,
    Offering,
    Provider,
    Record,
    Seller,
    SourceState,
    Statement,
)

_TOP = {"name", "link", "date", "providers", "models", "offerings", "litellm"}
_OFFERING = {"provider", "channel", "model", "version", "variant", "id", "like", "facts", "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What the owner's file adds, ready to be laid over a catalog."""

    source: SourceState
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    offerings: tuple[Offering, ...]


def load_own(path: Path, catalog: Catalog) -> Own:
    """The owner's file, read against the public catalog. Raises EditError naming the entry that is wrong."""
    edited = read_edited(path, _TOP)
    source = _source(edited)
    providers = {p.id: _owned(p, source) for p in _providers(edited, catalog)}
    models = dict(_models(edited))
    offerings: dict[str, Offering] = {}
    listed = [*_offerings(edited, catalog, providers, models), *litellm_offerings(edited, catalog, providers)]
    for where, offering in listed:
        if offering.key in offerings:
            raise EditError(
                f"{path}: {where}: {offering.key} is there already; give one of them a version or a variant"
            )
        offerings[offering.key] = offering
    rows = len(offerings) + len(models)
    return Own(
        source=replace(source, rows=rows, parsed=rows, placed=rows),
        providers=providers,
        models=models,
        offerings=tuple(offerings.values()),
    )


def _source(edited: Edited) -> SourceState:
    day = date_field(edited, "date", edited.at("date"))
    link = edited.at("link") or ""
    if link and not str(link).startswith(("https://", "http://")):
        raise EditError(f"{edited.path}: link must begin with https:// or http://, it is {link!r}")
    return SourceState(
        id=OWN,
        name=text_field(edited, "name", edited.at("name")),
        version=str(day),
        sha256=hashlib.sha256(edited.path.read_bytes()).hexdigest(),
        as_of=day,
        retrieved=day,
        licence="own",
        home=str(link),
        link=str(link),
        gives="what this site's owner adds: offerings, prices and limits of its own",
    )


def _providers(edited: Edited, catalog: Catalog) -> Iterable[Provider]:
    allowed = set(Provider.__dataclass_fields__) | {"like", "parts"}
    for where, row in edited.rows("providers", allowed):
        own_keys = {k: v for k, v in row.items() if k not in ("like", "parts")}
        provider = provider_field(edited, where, own_keys)
        like = row.get("like")
        if like is not None:
            base = known_entry(edited, f"{where}: like", like, catalog.providers, "provider")
            provider = replace(base, **{k: getattr(provider, k) for k in own_keys})
        parts = row.get("parts") or {}
        if not isinstance(parts, dict):
            raise EditError(f"{edited.path}: {where}: parts must be a mapping (`resource: my-resource`)")
        yield _filled_in(edited, where, provider, {str(k): str(v) for k, v in parts.items()})


def _owned(provider: Provider, source: SourceState) -> Provider:
    """A provider of the owner's is theirs, where their file does not say another class."""
    if provider.seller_class != Seller.UNKNOWN:
        return provider
    own = Statement(value=Seller.OWN, quote=source.name, url=source.home, read=source.as_of)
    return replace(provider, seller=own)


def _filled_in(edited: Edited, where: str, provider: Provider, parts: Mapping[str, str]) -> Provider:
    """The provider's addresses with the parts that are the same for all of its readers."""
    endpoints = []
    used = set()
    for endpoint in provider.endpoints:
        url = endpoint.url
        for name, value in parts.items():
            if f"{{{name}}}" in url:
                used.add(name)
                url = url.replace(f"{{{name}}}", value)
        places = tuple(p for p in endpoint.places if p.name not in parts)
        endpoints.append(replace(endpoint, url=url, places=places))
    if unused := sorted(set(parts) - used):
        raise EditError(f"{edited.path}: {where}: parts: no address of it has {{{unused[0]}}}")
    api = provider.api
    for name, value in parts.items():
        api = api.replace(f"<{name}>", value)
    return replace(provider, endpoints=tuple(endpoints), api=api)


def _models(edited: Edited) -> Iterable[tuple[str, Model]]:
    for where, row in edited.rows("models", {"id", "name", "facts", "link"}):
        name = id_field(edited, f"{where}: id", row.get("id"), model_fault)
        facts = _facts(edited, where, row.get("facts"))
        if row.get("name"):
            facts["name"] = own_fact(str(row["name"]))
        records = {OWN: Record(id=name, link=str(row.get("link") or ""))}
        yield name, Model(id=name, records=records, facts=dict(sorted(facts.items())))


def _offerings(
    edited: Edited, catalog: Catalog, providers: Mapping[str, Provider], models: Mapping[str, Model]
) -> Iterable[tuple[str, Offering]]:
    by_key = {o.key: o for o in catalog.offerings}
    known = {**catalog.providers, **providers}
    for where, row in edited.rows("offerings", _OFFERING):
        provider = known_entry(edited, f"{where}: provider", row.get("provider"), known, "provider").id
        like = row.get("like")
        base = known_entry(edited, f"{where}: like", like, by_key, "offering") if like is not None else None
        model = row.get("model") or (base.model if base else None)
        names = {**catalog.models, **models}
        model = known_entry(edited, f"{where}: model", model, names, "model").id
        channel = row.get("channel") or (base.channel if base else None)
        if channel not in set(Channel):
            raise EditError(
                f"{edited.path}: {where}: channel is {channel!r}; write one of {', '.join(Channel)}"
            )
        called = row.get("id")
        version, variant = (
            id_field(edited, f"{where}: {name}", str(row[name]), part_fault) if row.get(name) else ""
            for name in ("version", "variant")
        )
        made = own_offering(
            base,
            Key(provider, Channel(channel), model, version, variant),
            str(called) if called is not None else "",
            str(row.get("link") or ""),
            _facts(edited, where, row.get("facts")),
        )
        yield where, made


def _facts(edited: Edited, where: str, entries: Any) -> dict[str, Fact]:
    if entries is None:
        return {}
    if not isinstance(entries, dict):
        raise EditError(f"{edited.path}: {where}: facts must be a mapping (`price.input: 1.25`)")
    facts = {}
    for name, value in entries.items():
        if not is_known_field(str(name)):
            raise EditError(f"{edited.path}: {where}: facts: {no_field(str(name))}")
        value = str(value) if isinstance(value, date) else value
        facts[str(name)] = own_fact(value_field(edited.path, where, str(name), value))
    return facts
