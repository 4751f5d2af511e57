"""Offerings, models, providers and labs made of their facts and of what people set over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.curated.identity_rules import Rules
from generator.curated.labs import lab_name
from generator.curated.overrides import Override
from generator.ledger.gates import Claims, Weighed, hold_suspects
from generator.ledger.gather import Gathered
from generator.ledger.identity import Placement
from generator.ledger.names import fits, plain_name
from generator.ledger.placed import Group
from generator.ledger.precedence import against, choose_claim, unoverridden
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import (
    Fact,
    Key,
    Kind,
    Lab,
    Model,
    Offering,
    Provider,
    Record,
    SourceState,
    Standing,
    Value,
    source_of,
)


def assemble_providers(
    curated: Mapping[str, Provider], listed: Mapping[str, Provider], used: set[str]
) -> Mapping[str, Provider]:
    """The providers of providers.yml, filled up with what sources list of name, pages and address."""
    providers: dict[str, Provider] = {}
    for name in sorted(used | set(curated)):
        ours = curated.get(name)
        theirs = listed.get(name) or Provider(id=name, name=name)
        if ours is None:
            providers[name] = theirs
            continue
        providers[name] = replace(
            ours,
            name=ours.name if ours.name != name else theirs.name,
            docs=ours.docs or theirs.docs,
            api=ours.api or theirs.api,
        )
    return providers


def assemble_offering(
    key: Key,
    each: Gathered,
    facts: Mapping[str, Fact],
    set_by: Mapping[tuple[str, str], Override],
) -> Offering:
    """The offering with its facts, and what people set over them."""
    return Offering(
        provider=key.provider,
        channel=key.channel,
        model=key.model,
        version=key.version,
        variant=key.variant,
        ids=each.ids,
        records=each.records,
        facts=_overridden(str(key), facts, set_by),
        history=each.history,
    )


def _overridden(
    target: str, facts: Mapping[str, Fact], set_by: Mapping[tuple[str, str], Override]
) -> Mapping[str, Fact]:
    out = dict(facts)
    for (wanted, name), override in set_by.items():
        if wanted != target:
            continue
        old = out.get(name)
        claims = tuple(against(c, name, override.value) for c in (old.claims if old else ()))
        out[name] = Fact(
            value=override.value,
            standing=Standing.OVERRIDDEN,
            claims=claims,
            reason=f"{override.reason} ({override.date})",
            link=override.link,
        )
    return dict(sorted(out.items()))


def assemble_model(
    model: str,
    group: Group,
    last: Gathered | None,
    rules: Rules,
    sources: Mapping[str, SourceState],
    set_by: Mapping[tuple[str, str], Override],
) -> Model:
    """What sources say of the model itself; the lab's own row first, then what most rows say."""
    # What a source says now of the model stands before what it said.
    read = {r.source for _, r in group}
    last = last or Gathered()
    labelled = {label: r for label, r in last.records.items() if source_of(label) not in read}
    numbers: Counter[str] = Counter()
    claims: Claims = {
        name: remaining
        for name, group in last.claims.items()
        if (remaining := [w for w in group if w.source not in read])
    }
    for name, source, r, value in _best_model_claims(model, group, rules):
        label = next((k for k, v in labelled.items() if v.id == r.id and source_of(k) == source), "")
        if not label:
            numbers[source] += 1
            label = source if numbers[source] == 1 else f"{source}#{numbers[source]}"
            labelled[label] = Record(id=r.id, link=r.link)
        claims.setdefault(name, []).append(
            Weighed(
                record=label,
                source=source,
                origin=r.origin or source,
                as_of=sources[source].as_of,
                value=value,
            )
        )
    held = hold_suspects(claims, kind=Kind.OTHER, free=True)
    facts = {name: choose_claim(name, group, "") for name, group in sorted(held.items())}
    return Model(
        id=model,
        records=dict(sorted(labelled.items())),
        facts=_overridden(model, facts, set_by),
    )


def _best_model_claims(
    model: str, group: Group, rules: Rules
) -> Iterator[tuple[str, str, SourceRecord, Value]]:
    """For each field and source the row that speaks for it, with its value.

    For a name a row about the model itself goes before one about a variant, a mode or a version of it.
    """
    claims = [
        (where, r, c.field, value)
        for where, r in group
        for c in r.model_claims
        for value in _as_named(c, where)
    ]
    votes = Counter((name, r.source, value) for _, r, name, value in claims)

    def own(record: SourceRecord) -> bool:
        provider = rules.providers.get(record.source, {}).get(record.provider) or record.provider
        return rules.own_lab.get(provider) == model.partition("/")[0]

    best: dict[tuple[str, str], tuple[tuple[bool, bool, bool, int, str], SourceRecord, Value]] = {}
    for where, r, name, value in claims:
        named = name == "name"
        of_part, dated = named and bool(where.variant or where.mode), named and bool(where.version)
        rank = (of_part, not own(r), dated, -votes[name, r.source, value], r.id)
        if (name, r.source) not in best or rank < best[name, r.source][0]:
            best[name, r.source] = (rank, r, value)
    for (name, source), (_, r, value) in sorted(best.items()):
        yield name, source, r, value


def _as_named(claim: FieldClaim, where: Placement) -> Iterator[Value]:
    """The claim's value; a name as it is here, and none where it is another model's or a variant's."""
    if claim.field != "name":
        yield claim.value
        return
    name = plain_name(str(claim.value), where.model)
    variants = set(where.variant.split("-")) & set(re.split(r"[^a-z0-9]+", name.lower()))
    if fits(name, where.model) and not variants:
        yield name


def assemble_labs(models: Mapping[str, Model], names: Mapping[str, str]) -> Mapping[str, Lab]:
    """The labs of these models, by their ids; `names` are those that are not the ids with capitals."""
    labs = sorted({m.lab for m in models.values()})
    return {lab: Lab(id=lab, name=lab_name(lab, names)) for lab in labs}


def removable_overrides(
    overrides: tuple[Override, ...],
    offerings: Iterable[Offering],
    models: Mapping[str, Model],
    sources: Mapping[str, SourceState],
) -> Iterable[Override]:
    """Overrides that say what the sources by now say themselves."""
    by_key = {o.key: o for o in offerings}
    for override in overrides:
        held = by_key.get(override.target) or models.get(override.target)
        fact = held.facts.get(override.field) if held else None
        provider = held.provider if isinstance(held, Offering) else ""
        if fact and unoverridden(override.field, fact, provider, sources) == override.value:
            yield override
