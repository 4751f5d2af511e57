"""The thousands of generated pages: one per model, provider, lab and capability.

A page writes itself only when asked to, and says beforehand what it is made of, so that a build makes those
only whose inputs changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from generator.exports.api import provider_document
from generator.exports.changes import outlooks_as_of
from generator.exports.documents import model_json
from generator.exports.leaderboards import Boards
from generator.exports.playground import link as playground_link
from generator.exports.quality import model_quality
from generator.pages.page import Link, Page, no_link, render
from generator.pages.retirements import Successor, successors
from generator.views.as_of import latest
from generator.views.capabilities import capability_views, support_counts
from generator.views.evaluation_rows import EvaluationRow
from generator.views.evidence import fact_views, model_disputes, pointer
from generator.views.figures import UNKNOWN, code_spans, end_mark, escape, model_figures, model_mark
from generator.views.offering_rows import offering_view
from generator.views.plots import spread
from generator.views.price_history import history
from generator.views.provider_rows import endpoint_rows, provider_rows, statement_rows
from generator.views.quality.strengths import Strengths
from generator.views.score_rows import score_view
from playground.catalog import Capability, Catalog, Evidence, Kind, Model, Offering, Provider, Support
from playground.catalog.model import POINTS_TO, aliases_of
from playground.decide.portability import portability
from playground.labels.addresses import capability_path, lab_path, model_path, provider_path
from playground.labels.labels import CAPABILITIES, CHANNELS, label
from playground.labels.names import display_names, living_first, model_order
from playground.lifecycle.outlook import Stage, model_ends
from playground.lifecycle.replacement import Outlooks

#: The models a provider's page lists before it folds the rest.
FIRST_ROWS = 150


def entity_pages(
    catalog: Catalog,
    outlooks: Outlooks | None = None,
    *,
    playground: bool = True,
    boards: Boards | None = None,
    evaluated: Mapping[str, Sequence[EvaluationRow]] | None = None,
) -> Iterator[Page]:
    """One page per model, provider, lab and capability: reached by search, tables and links.

    `outlooks` are the catalog's, on the day of its freshest source unless given; `playground` is whether the
    site has one that they can lead to; `boards` are its leaderboards, `evaluated` the results that its owner
    publishes, by model.
    """
    outlooks = outlooks or outlooks_as_of(catalog)
    link = partial(playground_link, catalog) if playground else no_link
    names = display_names(catalog)
    ends = model_ends(catalog)
    aliases = aliases_of(catalog.models)
    by_model: dict[str, list[Offering]] = {m: [] for m in catalog.models}
    by_provider: dict[str, list[Offering]] = {p: [] for p in catalog.providers}
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
        by_provider[offering.provider].append(offering)
    for model in catalog.models.values():
        offered = by_model[model.id]
        yield _model_page(
            catalog,
            model,
            names,
            offered,
            link,
            replaced=successors(model.id, sorted(offered, key=model_order), outlooks, names),
            end=ends.get(model.id, ""),
            aliases=aliases.get(model.id, ()),
            quality=replace(
                _quality(model.id, offered, boards), evaluated=(evaluated or {}).get(model.id, ())
            ),
        )
    for provider in catalog.providers.values():
        yield _provider_page(catalog, provider, names, by_provider[provider.id], link)
    yield from _lab_pages(catalog, names, ends, by_model)
    yield from _capability_pages(catalog, names, ends, by_model)


def _model_page(
    catalog: Catalog,
    model: Model,
    names: Mapping[str, str],
    offerings: list[Offering],
    link: Link,
    *,
    replaced: list[Successor],
    end: str,
    aliases: Sequence[Model],
    quality: _Quality,
) -> Page:
    """A model's page; `replaced` is what takes its place where it ends, `end` when its last place does.

    `aliases` are the models that point to it; `quality` is how able it is.
    """
    name, lab = names[model.id], catalog.labs[model.lab].name
    target = str(model.value(POINTS_TO) or "")

    def write() -> str:
        ordered = _ordered(offerings)
        rows = [offering_view(o, catalog, name) for o in ordered]
        return render(
            "entities/model.md.j2",
            model=model,
            name=escape(name),
            lab=escape(lab),
            lab_link=lab_path(model.lab),
            end=model_mark(end, offerings),
            figures=model_figures(model),
            target=pointer(target, model, "#the-model", names, catalog.sources) if target else None,
            aliases=[pointer(a.id, a, _own_facts(a), names, catalog.sources) for a in aliases],
            rows=rows,
            hourly=any(row.note for row in rows),
            replaced=replaced,
            file=model_path(model.id).rstrip("/"),
            facts=fact_views(model.id, model.facts, catalog),
            disputes=model_disputes(model, ordered, catalog.sources),
            evidence={o.key: fact_views(o.key, o.facts, catalog) for o in ordered},
            together=link(ordered),
            tries={o.key: link([o]) for o in ordered},
            capabilities=capability_views(ordered, catalog),
            strengths=quality.strengths,
            evaluated=quality.evaluated,
            scores=[score_view(s) for s in model.scores if s.evidence != Evidence.VOTED],
            votes=[score_view(s) for s in model.scores if s.evidence == Evidence.VOTED],
            freedom=portability(model, offerings, catalog.providers),
            spread=spread(ordered, catalog),
            history=history(ordered, catalog, latest(catalog)),
        )

    return Page(
        path=model_path(model.id),
        title=name,
        description=f"{name} by {lab}: where to get it; price, limits, lifetime per channel.",
        write=write,
        publish=lambda: model_json(model, name, _ordered(offerings), catalog, aliases, quality.published),
        inputs=[name, model, offerings, replaced, names.get(target), quality, *_named(aliases, names)],
        trail=(("/labs/", "Labs"), (lab_path(model.lab), lab)),
    )


def _own_facts(model: Model) -> str:
    """Where the claims of what is known of a model itself stand."""
    return f"{model_path(model.id)}#the-model"


def _named(models: Iterable[Model], names: Mapping[str, str]) -> list[tuple[str, Model]]:
    return [(names[model.id], model) for model in models]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quality:
    """How able a model is, as its page says it and as programs read it.

    `evaluated` are the results that the site's owner publishes.
    """

    strengths: Strengths | None = None
    published: Mapping[str, Any] | None = None
    evaluated: Sequence[EvaluationRow] = ()


def _ordered(offerings: Iterable[Offering]) -> list[Offering]:
    return sorted(offerings, key=model_order)


def _quality(model: str, offerings: Iterable[Offering], boards: Boards | None) -> _Quality:
    """What is known of a model's quality; that nothing is, only of one that writes text."""
    if boards is None:
        return _Quality()
    strengths = boards.comparison.of(model)
    text = any(o.kind in (Kind.CHAT, Kind.COMPLETION) for o in offerings)
    return _Quality(
        strengths=strengths if strengths.rows or text else None, published=model_quality(model, boards)
    )


def _provider_page(
    catalog: Catalog,
    provider: Provider,
    names: Mapping[str, str],
    offerings: list[Offering],
    link: Link,
) -> Page:
    def write() -> str:
        listed = _one_each(offerings)
        rows = [(offering_view(o, catalog, names[o.model]), also) for o, also in listed]
        return render(
            "entities/provider.md.j2",
            provider=provider,
            file=provider_path(provider.id).rstrip("/"),
            name=escape(provider.name),
            note=code_spans(provider.note),
            reach=provider_rows(provider),
            statements=statement_rows(provider),
            endpoints=endpoint_rows(provider),
            channels=[
                (*CHANNELS[channel], f"{n:,}", str(channel))
                for channel, n in sorted(Counter(o.channel for o in offerings).items())
            ],
            count=f"{len(offerings):,}",
            tries=_try(link, [o for o, _ in listed]),
            hourly=any(row.note for row, _ in rows),
            rows=rows[:FIRST_ROWS],
            more=rows[FIRST_ROWS:],
        )

    return Page(
        path=provider_path(provider.id),
        title=provider.name,
        description=f"Models on {provider.name}: prices, limits, channels, how to call it.",
        write=write,
        publish=lambda: provider_document(provider, offerings, names, catalog),
        inputs=[offerings, [(names[o.model], dict(catalog.models[o.model].facts)) for o in offerings]],
        trail=(("/providers/", "Providers"),),
    )


def _lab_pages(
    catalog: Catalog,
    names: Mapping[str, str],
    ends: Mapping[str, str],
    by_model: Mapping[str, list[Offering]],
) -> Iterator[Page]:
    by_lab: dict[str, list[tuple[str, str, str, int, str]]] = defaultdict(list)
    for model in living_first(catalog.models.values(), ends, by_model):
        kinds = Counter(str(o.kind) for o in by_model[model.id])
        by_lab[model.lab].append(
            (
                escape(names[model.id]),
                model_path(model.id),
                kinds.most_common(1)[0][0] if kinds else UNKNOWN,
                len(by_model[model.id]),
                model_mark(ends.get(model.id, ""), by_model[model.id]),
            )
        )
    for maker in catalog.labs.values():
        values = {"name": escape(maker.name), "id": maker.id, "models": by_lab[maker.id]}
        yield Page(
            path=lab_path(maker.id),
            title=maker.name,
            description=f"Models by {maker.name} and where they are served.",
            write=partial(render, "entities/lab.md.j2", **values),
            inputs=values,
            trail=(("/labs/", "Labs"),),
        )


def _capability_pages(
    catalog: Catalog,
    names: Mapping[str, str],
    ends: Mapping[str, str],
    by_model: Mapping[str, list[Offering]],
) -> Iterator[Page]:
    by_support = {model: support_counts(offerings) for model, offerings in by_model.items()}
    whole = support_counts(catalog.offerings)
    for capability in Capability:
        models = [
            {
                "name": escape(names[model.id]),
                "link": model_path(model.id),
                "end": end_mark(ends.get(model.id, "")),
                "retired": ends.get(model.id) == Stage.RETIRED,
                "lab": escape(catalog.labs[model.lab].name),
                "lab_link": lab_path(model.lab),
                **{str(s): by_support[model.id][capability][s] for s in Support},
            }
            for model in catalog.models.values()
            if by_support[model.id][capability][Support.YES]
        ]
        models.sort(key=lambda m: (bool(m["retired"]), -int(str(m["yes"])), str(m["name"])))
        name = label(f"can.{capability}")
        values = {
            "name": name,
            "id": str(capability),
            "meaning": CAPABILITIES[capability],
            "all": f"{len(catalog.offerings):,}",
            "models": models,
            **{str(s): f"{whole[capability][s]:,}" for s in Support},
        }
        yield Page(
            path=capability_path(capability),
            title=name,
            description=f"{name}: which models have it, and where. {CAPABILITIES[capability]}",
            write=partial(render, "entities/capability.md.j2", **values),
            inputs=values,
            trail=(("/capabilities/", "Capabilities"),),
        )


def _one_each(offerings: Sequence[Offering]) -> list[tuple[Offering, int]]:
    """For each model its first offering and how many more there are; the labs with most models first.

    Those of which none is served any more come last.
    """
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in sorted(offerings, key=model_order):
        by_model[offering.model].append(offering)
    labs = Counter(model.partition("/")[0] for model in by_model)
    order = sorted(by_model, key=lambda m: (by_model[m][0].retired, -labs[m.partition("/")[0]], m))
    return [(by_model[m][0], len(by_model[m]) - 1) for m in order]


def _try(link: Link, offerings: list[Offering]) -> list[tuple[str, str]]:
    """A link to the first offering that the playground can call, where there is one."""
    address = next((there for o in offerings if (there := link([o]))), "")
    return [("Try it in the playground", address)] if address else []
