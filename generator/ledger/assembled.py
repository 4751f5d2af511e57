"""Offerings, providers and labs made of their facts and of what people set over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.curated.labs import lab_name
from generator.curated.overrides import Override
from generator.ledger.gather import Gathered
from generator.ledger.judging.precedence import against, order_of_claims
from playground.catalog import (
    Fact,
    Key,
    Lab,
    Model,
    Offering,
    Provider,
    Standing,
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
    overrides: Mapping[str, Override],
) -> Offering:
    """The offering with its facts, and what people set over them, by field."""
    return Offering(
        provider=key.provider,
        channel=key.channel,
        model=key.model,
        version=key.version,
        variant=key.variant,
        ids=each.ids,
        records=each.records,
        facts=overridden(facts, overrides),
        history=each.history,
    )


def overridden(facts: Mapping[str, Fact], overrides: Mapping[str, Override]) -> Mapping[str, Fact]:
    """The facts of an offering or a model with what people set over them, by field."""
    out = dict(facts)
    for name, override in overrides.items():
        old = out.get(name)
        claims = [against(c, name, override.value) for c in (old.claims if old else ())]
        out[name] = Fact(
            value=override.value,
            standing=Standing.OVERRIDDEN,
            claims=tuple(sorted(claims, key=order_of_claims)),
            reason=f"{override.reason} ({override.date})",
            link=override.link,
        )
    return dict(sorted(out.items()))


def assemble_labs(models: Mapping[str, Model], names: Mapping[str, str]) -> Mapping[str, Lab]:
    """The labs of these models, by their ids; `names` are those that are not the ids with capitals."""
    labs = sorted({m.lab for m in models.values()})
    return {lab: Lab(id=lab, name=lab_name(lab, names)) for lab in labs}
