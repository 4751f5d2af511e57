"""Catalogs of a wanted size, made of the committed one."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator

from playground.catalog import Capability, Catalog, Offering


def sized(whole: Catalog, pages: int) -> Catalog:
    """A catalog of about so many generated pages: a part of the whole, or the whole with more models."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in whole.offerings:
        by_model[offering.model].append(offering)
    # Every n-th model, so that large and small pages are mixed as in the whole.
    ids = list(whole.models)
    step = max(1, len(ids) * 3 // max(1, 2 * pages))
    order = [i for first in range(step) for i in ids[first::step]]
    labs: set[str] = set()
    providers: set[str] = set()
    models = {}
    offerings: list[Offering] = []
    for copy, model in _copies(order):
        # The pages there will be: models, their labs and providers, and the capabilities.
        if len(models) + len(labs) + len(providers) + len(Capability) >= pages:
            break
        name = f"{model}-copy{copy}" if copy else model
        models[name] = dataclasses.replace(whole.models[model], id=name)
        offerings += [dataclasses.replace(o, model=name) for o in by_model[model]]
        labs.add(model.partition("/")[0])
        providers |= {o.provider for o in by_model[model]}
    return Catalog(
        labs={k: v for k, v in whole.labs.items() if k in labs},
        models=dict(sorted(models.items())),
        providers={k: v for k, v in whole.providers.items() if k in providers},
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources=whole.sources,
    )


def _copies(order: list[str]) -> Iterator[tuple[int, str]]:
    copy = 0
    while True:
        for model in order:
            yield copy, model
        copy += 1


def many(one: Catalog, times: int) -> Catalog:
    """The same catalog so many times over, each with labs and providers of its own: just that many pages."""
    labs, models, providers = dict(one.labs), dict(one.models), dict(one.providers)
    offerings = list(one.offerings)
    for n in range(1, times):
        for lab in one.labs.values():
            labs[f"{lab.id}-{n}"] = dataclasses.replace(lab, id=f"{lab.id}-{n}")
        for provider in one.providers.values():
            providers[f"{provider.id}-{n}"] = dataclasses.replace(provider, id=f"{provider.id}-{n}")
        for model in one.models.values():
            name = model.id.replace("/", f"-{n}/")
            models[name] = dataclasses.replace(model, id=name)
        offerings += [
            dataclasses.replace(o, provider=f"{o.provider}-{n}", model=o.model.replace("/", f"-{n}/"))
            for o in one.offerings
        ]
    return Catalog(
        labs=labs,
        models=dict(sorted(models.items())),
        providers=providers,
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources=one.sources,
    )


def changed(catalog: Catalog) -> Catalog:
    """The catalog with one model's output limit another one, as a refresh would leave it."""
    offerings = list(catalog.offerings)
    later = range(len(offerings) // 2, len(offerings))
    at = next(i for i in later if "max_output_tokens" in offerings[i].facts)
    facts = dict(offerings[at].facts)
    facts["max_output_tokens"] = dataclasses.replace(facts["max_output_tokens"], value=12_345)
    offerings[at] = dataclasses.replace(offerings[at], facts=facts)
    return dataclasses.replace(catalog, offerings=tuple(offerings))
