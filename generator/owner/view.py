"""A site owner's view of the catalog: chosen providers, hidden sources, offerings of the owner's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.curated.labs import lab_name
from generator.errors import EditError
from generator.ledger.judging.precedence import rechosen
from generator.owner.offerings import OWN
from generator.owner.own_file import Own
from generator.store.events import Event
from playground.catalog import Catalog, Fact, Lab, Model, Offering, Record, SourceState, Standing, source_of
from playground.spelling import did_you_mean


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
    models = {
        k: replace(m, scores=tuple(s for s in m.scores if s.source not in gone)) for k, m in models.items()
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
    """The history of those providers and of the models here, without what only hidden sources say."""
    left: list[Event] = []
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
        left.append(replace(event, changes=changes, links=links))
    return tuple(left)


def with_own(catalog: Catalog, own: Own, lab_names: Mapping[str, str]) -> Catalog:
    """The catalog and what the owner adds; of two offerings with one key the owner's holds.

    `lab_names` are those of identity.yml, for a lab whose first model is the owner's.
    """
    keys = {o.key for o in own.offerings}
    offerings = [*(o for o in catalog.offerings if o.key not in keys), *own.offerings]
    models = {**catalog.models, **own.models}
    for offering in own.offerings:
        models.setdefault(offering.model, Model(id=offering.model))
    labs = {m.partition("/")[0] for m in models}
    return Catalog(
        labs={k: catalog.labs.get(k) or Lab(id=k, name=lab_name(k, lab_names)) for k in sorted(labs)},
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
            again = rechosen(name, claims, provider, sources, records)
            doubtful = fact.standing == Standing.DOUBTFUL and again.value == fact.value
            left[name] = replace(again, standing=fact.standing, reason=fact.reason) if doubtful else again
    return left


def _pruned(catalog: Catalog) -> Catalog:
    """Without the models that nobody serves any more, the labs without a model."""
    served = {o.model for o in catalog.offerings}
    models = {k: m for k, m in catalog.models.items() if k in served}
    labs = {m.lab for m in models.values()}
    return replace(catalog, models=models, labs={k: v for k, v in catalog.labs.items() if k in labs})
