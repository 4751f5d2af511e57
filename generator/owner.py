"""A site owner's view of the catalog: chosen providers, hidden sources, offerings of the owner's own.

All of it happens when the site is built: the catalog on disk stays the public one. Own offerings come
from one YAML file (docs/guides/site-owners.md has its form); what it says is one more source, `own`, with the
owner's name, so that every figure still shows who says it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.choice import rechosen
from generator.edits import Edited, date_field, read_edited, rows_of, text_field
from generator.errors import EditError
from generator.fields import is_known_field
from generator.history import Event
from generator.people import no_field, provider_field, value_field
from generator.reconcile import lab_name
from generator.sources import SCORES
from playground.catalog import (
    Catalog,
    Channel,
    Claim,
    Fact,
    Lab,
    Model,
    Offering,
    Provider,
    Record,
    SourceState,
    Standing,
    offering_key,
    source_of,
)
from playground.spelling import did_you_mean

OWN = "own"
#: What may stand in an id, which becomes a part of addresses.
_WORD = r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?"
_TOP = {"name", "link", "date", "providers", "models", "offerings", "litellm"}
_OFFERING = {"provider", "channel", "model", "version", "variant", "id", "like", "facts", "link"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What the owner's file adds, ready to be laid over a catalog."""

    source: SourceState
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    offerings: tuple[Offering, ...]


def without_sources(catalog: Catalog, hidden: Sequence[str]) -> Catalog:
    """The catalog as if those sources had never been read.

    Facts that others bear out too are chosen anew; what only they said goes. Raises EditError for a source
    that is none.
    """
    if not hidden:
        return catalog
    _known("hide_sources", hidden, catalog.sources)
    gone = frozenset(hidden)
    sources = {k: s for k, s in catalog.sources.items() if k not in gone}
    offerings = []
    for o in catalog.offerings:
        records = _left(o.records, gone)
        facts = _facts_left(o.facts, gone, o.provider, sources, o.records)
        if not records and not facts:
            continue
        history = tuple(s for s in o.history if source_of(s.record) not in gone)
        offerings.append(replace(o, records=records, facts=facts, history=history))
    models = {
        k: replace(m, records=_left(m.records, gone), facts=_facts_left(m.facts, gone, "", sources, {}))
        for k, m in catalog.models.items()
    }
    lists = {s.by for s in SCORES if s.id in gone}
    models = {
        k: replace(m, scores=tuple(s for s in m.scores if s.by not in lists)) for k, m in models.items()
    }
    held = tuple(h for h in catalog.held if h.source not in gone)
    return _pruned(replace(catalog, models=models, offerings=tuple(offerings), sources=sources, held=held))


def only_providers(catalog: Catalog, wanted: Sequence[str]) -> Catalog:
    """The offerings of those providers, with the models and labs they have; all where none is named.

    Raises EditError for a provider that is none.
    """
    if not wanted:
        return catalog
    _known("providers", wanted, catalog.providers)
    offerings = tuple(o for o in catalog.offerings if o.provider in set(wanted))
    providers = {k: p for k, p in catalog.providers.items() if k in set(wanted)}
    held = []
    for one in catalog.held:
        changes = tuple(c for c in one.changes if c.target.partition("/")[0] in providers)
        held += [replace(one, changes=changes)] if changes else []
    return _pruned(replace(catalog, providers=providers, offerings=offerings, held=tuple(held)))


def events_left(
    events: Iterable[Event], catalog: Catalog, providers: Sequence[str], hidden: Sequence[str]
) -> tuple[Event, ...]:
    """What the history tells of those providers and of the models here, without the hidden sources' words."""
    found: list[Event] = []
    for event in events:
        if providers and (event.model not in catalog.models or event.provider not in {"", *providers}):
            continue
        changes = tuple(
            replace(c, by=tuple(source for source in c.by if source not in hidden))
            for c in event.changes
            if not c.by or set(c.by) - set(hidden)
        )
        if event.changes and not changes:
            continue
        links = {s: link for s, link in event.links.items() if s not in hidden}
        found.append(replace(event, changes=changes, links=links))
    return tuple(found)


def load_own(path: Path, catalog: Catalog) -> Own:
    """The owner's file, read against the public catalog. Raises EditError naming the entry that is wrong."""
    edited = read_edited(path, _TOP)
    source = _source(edited)
    providers = {p.id: p for p in _providers(edited, catalog)}
    models = dict(_models(edited))
    offerings: dict[str, Offering] = {}
    listed = [*_offerings(edited, catalog, providers, models), *_litellm(edited, catalog, providers)]
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


def with_own(catalog: Catalog, own: Own) -> Catalog:
    """The catalog and what the owner adds; of two offerings with one key the owner's holds."""
    keys = {o.key for o in own.offerings}
    offerings = [*(o for o in catalog.offerings if o.key not in keys), *own.offerings]
    models = {**catalog.models, **own.models}
    for offering in own.offerings:
        models.setdefault(offering.model, Model(id=offering.model))
    labs = {m.partition("/")[0] for m in models}
    return Catalog(
        labs={k: catalog.labs.get(k) or Lab(id=k, name=lab_name(k)) for k in sorted(labs)},
        models=dict(sorted(models.items())),
        providers=dict(sorted({**catalog.providers, **own.providers}.items())),
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources={**catalog.sources, OWN: own.source},
        held=catalog.held,
    )


def _known(option: str, names: Iterable[str], known: Mapping[str, Any]) -> None:
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"; known are {', '.join(list(known)[:12])}"
            raise EditError(f"mkdocs.yml: almanac: {option}: there is no {name!r}{hint}")


def _left(records: Mapping[str, Record], gone: frozenset[str]) -> Mapping[str, Record]:
    return {k: r for k, r in records.items() if source_of(k) not in gone}


def _facts_left(
    facts: Mapping[str, Fact],
    gone: frozenset[str],
    provider: str,
    sources: Mapping[str, SourceState],
    records: Mapping[str, Record],
) -> Mapping[str, Fact]:
    left = {}
    for name, fact in facts.items():
        claims = tuple(c for c in fact.claims if c.source not in gone)
        if len(claims) == len(fact.claims):
            left[name] = fact
        elif fact.standing in (Standing.OVERRIDDEN, Standing.OBSERVED):
            left[name] = replace(fact, claims=claims)
        elif claims:
            left[name] = rechosen(name, claims, provider, sources, records)
    return left


def _pruned(catalog: Catalog) -> Catalog:
    """Without the models that nobody serves any more, the labs without a model."""
    served = {o.model for o in catalog.offerings}
    models = {k: m for k, m in catalog.models.items() if k in served}
    labs = {m.lab for m in models.values()}
    return replace(catalog, models=models, labs={k: v for k, v in catalog.labs.items() if k in labs})


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
        said = {k: v for k, v in row.items() if k not in ("like", "parts")}
        provider = provider_field(edited, where, said)
        _word(edited, f"{where}: id", provider.id)
        like = row.get("like")
        if like is not None:
            base = _one(edited, f"{where}: like", like, catalog.providers, "provider")
            provider = replace(base, **{k: getattr(provider, k) for k in said})
        parts = row.get("parts") or {}
        if not isinstance(parts, dict):
            raise EditError(f"{edited.path}: {where}: parts must be a mapping (`resource: my-resource`)")
        yield _filled_in(edited, where, provider, {str(k): str(v) for k, v in parts.items()})


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
        name = text_field(edited, f"{where}: id", row.get("id"))
        if not re.fullmatch(rf"{_WORD}/{_WORD}", name):
            raise EditError(
                f"{edited.path}: {where}: id is {name!r}; write lab/model in small letters, digits, dots and "
                "dashes, such as acme/helper-2"
            )
        facts = _facts(edited, where, row.get("facts"))
        if row.get("name"):
            facts["name"] = _own_fact(str(row["name"]))
        records = {OWN: Record(id=name, link=str(row.get("link") or ""))}
        yield name, Model(id=name, records=records, facts=dict(sorted(facts.items())))


def _offerings(
    edited: Edited, catalog: Catalog, providers: Mapping[str, Provider], models: Mapping[str, Model]
) -> Iterable[tuple[str, Offering]]:
    by_key = {o.key: o for o in catalog.offerings}
    known = {**catalog.providers, **providers}
    for where, row in edited.rows("offerings", _OFFERING):
        provider = _one(edited, f"{where}: provider", row.get("provider"), known, "provider").id
        like = row.get("like")
        base = _one(edited, f"{where}: like", like, by_key, "offering") if like is not None else None
        model = row.get("model") or (base.model if base else None)
        names = {**catalog.models, **models}
        model = _one(edited, f"{where}: model", model, names, "model").id
        channel = row.get("channel") or (base.channel if base else None)
        if channel not in set(Channel):
            raise EditError(
                f"{edited.path}: {where}: channel is {channel!r}; write one of {', '.join(Channel)}"
            )
        called = row.get("id")
        version, variant = (
            _word(edited, f"{where}: {name}", str(row[name])) if row.get(name) else ""
            for name in ("version", "variant")
        )
        made = _offering(
            base,
            (provider, str(channel), model, version, variant),
            str(called) if called is not None else "",
            str(row.get("link") or ""),
            _facts(edited, where, row.get("facts")),
        )
        yield where, made


def _offering(
    base: Offering | None,
    key: tuple[str, str, str, str, str],
    called: str,
    link: str,
    facts: Mapping[str, Fact],
) -> Offering:
    """An offering of the owner's; what it does not say is as in `base`, and says so."""
    provider, channel, model, version, variant = key
    taken = {}
    if base is not None:
        said = f"as {base.key}"
        taken = {
            n: replace(f, reason=f"{f.reason}; {said}" if f.reason else said) for n, f in base.facts.items()
        }
    ids = (called,) if called else (base.ids if base else ())
    return Offering(
        provider=provider,
        channel=Channel(channel),
        model=model,
        version=version,
        variant=variant,
        ids=ids,
        records={
            **(base.records if base else {}),
            OWN: Record(id=called or offering_key(*key), link=link),
        },
        facts=dict(sorted({**taken, **facts}.items())),
    )


def _litellm(
    edited: Edited, catalog: Catalog, providers: Mapping[str, Provider]
) -> Iterable[tuple[str, Offering]]:
    """What a LiteLLM proxy serves, by the model_list of its own configuration."""
    # The ids that LiteLLM itself uses lead from its configuration to our offerings; a lab's own API first.
    first = sorted(catalog.offerings, key=lambda o: o.channel != Channel.DIRECT)
    by_id = {name: o for o in reversed(first) for name in o.ids}
    by_id |= {r.id: o for o in first for k, r in o.records.items() if source_of(k) == "litellm"}
    known = {**catalog.providers, **providers}
    for where, row in edited.rows("litellm", {"provider", "config"}):
        provider = _one(edited, f"{where}: provider", row.get("provider"), known, "provider").id
        path = edited.path.parent / text_field(edited, f"{where}: config", row.get("config"))
        config = read_edited(path)
        entries = config.content.get("model_list") if isinstance(config.content, dict) else None
        if not isinstance(entries, list) or not entries:
            raise EditError(f"{path}: has no model_list; it must be the configuration of a LiteLLM proxy")
        taken: set[str] = set()
        allowed = {"model_name", "litellm_params", "model_info", "tpm", "rpm"}
        for at, entry in rows_of(path, "model_list", entries, allowed):
            name = text_field(config, f"{at}: model_name", entry.get("model_name"))
            params, about = entry.get("litellm_params") or {}, entry.get("model_info") or {}
            asked = str(about.get("base_model") or params.get("model") or "")
            # `openai/gpt-5` in a configuration is `gpt-5` in LiteLLM's own list.
            known_as = asked if asked in by_id or "/" not in asked else asked.partition("/")[2]
            if known_as not in by_id:
                raise EditError(
                    f"{path}: {at} ({name}): {asked!r} is no model the catalog knows; "
                    "say which it is: model_info: {base_model: azure/gpt-5}"
                )
            base = by_id[known_as]
            # Several deployments behind one name are one offering to who calls it.
            if name in taken:
                continue
            variant = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") if base.model in taken else ""
            taken |= {name, base.model}
            key = (provider, str(Channel.GATEWAY), base.model, "", variant)
            yield f"{path.name}: {at}", _offering(base, key, name, "", _litellm_prices({**params, **about}))


def _litellm_prices(said: Mapping[str, Any]) -> dict[str, Fact]:
    """What a proxy's configuration says of its own prices, in US dollars per token."""
    fields = {"input_cost_per_token": "price.input", "output_cost_per_token": "price.output"}
    return {
        field: _own_fact(Decimal(str(said[name])).scaleb(6).normalize())
        for name, field in fields.items()
        if isinstance(said.get(name), int | float)
    }


def _facts(edited: Edited, where: str, said: Any) -> dict[str, Fact]:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise EditError(f"{edited.path}: {where}: facts must be a mapping (`price.input: 1.25`)")
    facts = {}
    for name, value in said.items():
        if not is_known_field(str(name)):
            raise EditError(f"{edited.path}: {where}: facts: {no_field(str(name))}")
        value = str(value) if isinstance(value, date) else value
        facts[str(name)] = _own_fact(value_field(edited.path, where, str(name), value))
    return facts


def _word(edited: Edited, where: str, text: str) -> str:
    if not re.fullmatch(_WORD, text):
        raise EditError(
            f"{edited.path}: {where} is {text!r}; it may hold small letters, digits, dots and dashes"
        )
    return text


def _own_fact(value: Any) -> Fact:
    return Fact(value=value, standing=Standing.SINGLE, claims=(Claim(record=OWN, value=value),))


def _one[T](edited: Edited, where: str, name: Any, known: Mapping[str, T], what: str) -> T:
    """The thing of that name. Raises EditError with the names most like it."""
    if isinstance(name, str) and name in known:
        return known[name]
    hint = did_you_mean(str(name), known, cutoff=0.5) if name else ""
    raise EditError(f"{edited.path}: {where} is {name!r}, which is no {what} of the catalog{hint}")
