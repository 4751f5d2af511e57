"""What all pinned sources say, and the committed catalog made of it, read once for the tests here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.cli.options import cache_folder
from generator.curated.ends import ENDED_FILE
from generator.curated.ends.reader import load_ends
from generator.curated.families import FAMILIES_FILE, load_families, with_families
from generator.curated.overrides import load_overrides
from generator.curated.statements.confirmed import CONFIRMED_FILE, load_confirmed
from generator.curated.statements.replacements import REPLACEMENTS_FILE, load_replacements
from generator.fetch.fetched import complete
from generator.fetch.pinned import fetch_pinned
from generator.ledger.reconcile import Inputs, Reconciled, reconcile
from generator.ledger.refresh.refresh import with_pages
from generator.ledger.refresh.source_reading import parse
from generator.sources import BY_ID, SOURCES
from generator.sources.records import SourceRecord
from generator.views.as_of import latest
from playground.catalog import Catalog, source_of
from tests.catalogs import committed, providers, rules
from tests.rounds import FULL

CATALOG = Path("docs/catalog")
TODAY = latest(committed())
RULES = rules()
NAMED = load_replacements(CATALOG / REPLACEMENTS_FILE)
PROVIDERS = {
    name: replace(provider, replacements=NAMED.get(name, ()))
    for name, provider in with_families(providers(), load_families(CATALOG / FAMILIES_FILE)).items()
}
ENDS = load_ends(CATALOG / ENDED_FILE)
CONFIRMED = load_confirmed(CATALOG / CONFIRMED_FILE)
OVERRIDES = load_overrides(CATALOG / "overrides.yml")


@cache
def old() -> Catalog:
    return committed()


@cache
def raw(source: str) -> bytes:
    pin = BY_ID[source].pin
    assert pin is not None
    return complete(fetch_pinned(pin, cache_folder())).raw


@cache
def records(source: str) -> list[SourceRecord]:
    return parse(BY_ID[source], raw(source))


def read(litellm: Mapping[str, Any]) -> list[SourceRecord]:
    return parse(BY_ID["litellm"], json.dumps(litellm).encode())


def rows() -> dict[str, dict[str, Any]]:
    return dict(json.loads(raw("litellm")))


def again(given: Inputs) -> Reconciled:
    """What a refresh makes of these, with what vendors' pages say, as the committed catalog has it."""
    result = reconcile(given)
    return replace(result, catalog=with_pages(result.catalog, ENDS, CONFIRMED))


#: Every source that is pinned.
PINNED = frozenset(source.id for source in SOURCES if source.pin)


def inputs(litellm: Mapping[str, Any] | None = None, sources: Collection[str] = PINNED) -> Inputs:
    """These sources on the day of the committed catalog, but what LiteLLM says, where given."""
    others = [r for s in SOURCES if s.id in sources and s.id != "litellm" for r in records(s.id)]
    return Inputs(
        records=[*others, *(records("litellm") if litellm is None else read(litellm))],
        rules=RULES,
        providers=PROVIDERS,
        overrides=OVERRIDES,
        sources=old().sources,
        today=TODAY,
    )


#: Sources enough where one is held against another, but in `make test-all`.
USUAL = frozenset(("litellm", "models-dev"))
#: Providers enough where a rule looks at one offering, or at what a source lists at one provider.
SOME = {"aihubmix", "amazon-bedrock", "azure", "google", "google-vertex", "openai", "wandb"}


@cache
def some() -> Inputs:
    """What pinned sources say of some providers, with the catalog of it as the one before."""
    whole = inputs(sources=PINNED if FULL else USUAL)
    cited = {
        (source_of(label), record.id)
        for offering in old().offerings
        if offering.provider in SOME
        for label, record in offering.records.items()
    }
    made = replace(whole, records=[r for r in whole.records if (r.source, r.id) in cited])
    return replace(made, old=reconcile(made).catalog)


def before() -> Catalog:
    """The catalog of some providers that the next refresh is compared with."""
    made = some().old
    assert made is not None
    return made


def at_some(litellm: Mapping[str, Any]) -> Inputs:
    """What all pinned sources say of some providers, but LiteLLM something else."""
    others = [r for r in some().records if r.source != "litellm"]
    named = {r.id for r in some().records if r.source == "litellm"}
    changed = read({name: row for name, row in litellm.items() if name in named})
    return replace(some(), records=[*others, *changed])
