"""The thousands of generated pages: one per model, provider, lab and capability.

A page writes itself only when asked to, and says beforehand what it is made of, so that a build makes those
only whose inputs changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import plots, views
from generator.api import provider_document
from generator.evidence import FactView, fact_views
from generator.playground import link as playground_link
from generator.published import model_json
from generator.scored import score_view
from playground import words
from playground.catalog import Capability, Catalog, Model, Offering, Provider, SourceState, Support
from playground.freedom import freedom

#: The models a provider's page lists before it folds the rest.
FIRST_ROWS = 150
#: To the playground with these filled in; empty where it cannot call them.
type Link = Callable[[Iterable[Offering]], str]
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `path` is its address from the site's root (`/models/openai/gpt-5/`).

    `write` makes its Markdown and `publish` what it gives to programs; `inputs` is all of the catalog that
    both depend on, beside what every page shares (`shared_inputs`). `trail` is the pages above it.
    """

    path: str
    title: str
    description: str
    write: Callable[[], str]
    publish: Callable[[], Mapping[str, Any]] | None = None
    inputs: Any = None
    hide: tuple[str, ...] = ()
    in_nav: bool = True
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def markdown(self) -> str:
        return self.write()


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (Markdown; views.escape makes every value plain text)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    env.globals["legend"] = [(words.MARKS[s], said) for s, said in words.STANDINGS.items()]
    env.filters["mark"] = _mark
    env.filters["plain"] = views.escape
    return env


def _mark(figure: views.Figure | FactView, claims: str = "") -> str:
    return figure.text + views.marked(figure.mark, claims)


def render(template: str, **values: Any) -> str:
    """The template filled with the values; a value it names and does not get is an error."""
    return _templates().get_template(template).render(**values)


def behind(source: SourceState, catalog: Catalog) -> str:
    """How old a source's data is that could not be read again: the days it lacks to the newest source."""
    days = (max(s.retrieved for s in catalog.sources.values()) - source.retrieved).days
    return f"{days} day{'' if days == 1 else 's'} before the newest source" if days else "today"


def latest(catalog: Catalog) -> date:
    """The day of the freshest source; the first of all days where there is none."""
    return max((s.as_of for s in catalog.sources.values()), default=date.min)


def shared_inputs(catalog: Catalog) -> Any:
    """What any page may show of the catalog beside its own `inputs`."""
    return [dict(catalog.labs), dict(catalog.providers), dict(catalog.sources)]


def mass_pages(catalog: Catalog, *, playground: bool = True) -> Iterator[Page]:
    """One page per model, provider, lab and capability: reached by search, tables and links.

    `playground` is whether the site has one that they can lead to.
    """
    link = partial(playground_link, catalog) if playground else no_link
    names = words.display_names(catalog)
    by_model: dict[str, list[Offering]] = {m: [] for m in catalog.models}
    by_provider: dict[str, list[Offering]] = {p: [] for p in catalog.providers}
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
        by_provider[offering.provider].append(offering)
    for model in catalog.models.values():
        yield _model_page(catalog, model, names[model.id], by_model[model.id], link)
    for provider in catalog.providers.values():
        yield _provider_page(catalog, provider, names, by_provider[provider.id], link)
    yield from _lab_pages(catalog, names, by_model)
    yield from _capability_pages(catalog, names, by_model)


def _model_page(catalog: Catalog, model: Model, name: str, offerings: list[Offering], link: Link) -> Page:
    lab = catalog.labs[model.lab].name

    def write() -> str:
        ordered = sorted(offerings, key=words.model_order)
        return render(
            "model.md.j2",
            model=model,
            name=views.escape(name),
            lab=views.escape(lab),
            lab_link=words.lab_path(model.lab),
            figures=views.model_figures(model),
            rows=[views.offering_view(o, catalog, name) for o in ordered],
            file=words.model_path(model.id).rstrip("/"),
            facts=fact_views(model.id, model.facts, catalog.sources),
            evidence={o.key: fact_views(o.key, o.facts, catalog.sources) for o in ordered},
            together=link(ordered),
            tries={o.key: link([o]) for o in ordered},
            capabilities=views.capability_views(offerings, catalog),
            scores=[score_view(score) for score in model.scores],
            freedom=freedom(model, offerings, catalog.providers),
            spread=plots.spread(ordered, catalog),
            history=plots.history(ordered, catalog, latest(catalog)),
        )

    return Page(
        path=words.model_path(model.id),
        title=name,
        description=f"{name} by {lab}: where to get it; price, limits, lifetime per channel.",
        write=write,
        publish=lambda: model_json(model, name, sorted(offerings, key=words.model_order), catalog),
        inputs=[name, model, offerings],
        trail=(("/labs/", "Labs"), (words.lab_path(model.lab), lab)),
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
        rows = [(views.offering_view(o, catalog, names[o.model]), also) for o, also in listed]
        return render(
            "provider.md.j2",
            provider=provider,
            file=words.provider_path(provider.id).rstrip("/"),
            name=views.escape(provider.name),
            note=views.code_spans(provider.note),
            reach=views.provider_rows(provider),
            endpoints=views.endpoint_rows(provider),
            channels=[
                (*words.CHANNELS[channel], f"{n:,}", str(channel))
                for channel, n in sorted(Counter(o.channel for o in offerings).items())
            ],
            count=f"{len(offerings):,}",
            tries=_try(link, [o for o, _ in listed]),
            rows=rows[:FIRST_ROWS],
            more=rows[FIRST_ROWS:],
        )

    return Page(
        path=words.provider_path(provider.id),
        title=provider.name,
        description=f"Models on {provider.name}: prices, limits, channels, how to call it.",
        write=write,
        publish=lambda: provider_document(provider, offerings, names, catalog),
        inputs=[offerings, [(names[o.model], dict(catalog.models[o.model].facts)) for o in offerings]],
        trail=(("/providers/", "Providers"),),
    )


def _lab_pages(
    catalog: Catalog, names: Mapping[str, str], by_model: Mapping[str, list[Offering]]
) -> Iterator[Page]:
    by_lab: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    for model in catalog.models.values():
        kinds = Counter(str(o.kind) for o in by_model[model.id])
        by_lab[model.lab].append(
            (
                views.escape(names[model.id]),
                words.model_path(model.id),
                kinds.most_common(1)[0][0] if kinds else views.UNKNOWN,
                len(by_model[model.id]),
            )
        )
    for maker in catalog.labs.values():
        values = {"name": views.escape(maker.name), "id": maker.id, "models": by_lab[maker.id]}
        yield Page(
            path=words.lab_path(maker.id),
            title=maker.name,
            description=f"Models by {maker.name} and where they are served.",
            write=partial(render, "lab.md.j2", **values),
            inputs=values,
            trail=(("/labs/", "Labs"),),
        )


def _capability_pages(
    catalog: Catalog, names: Mapping[str, str], by_model: Mapping[str, list[Offering]]
) -> Iterator[Page]:
    said = {model: views.support_counts(offerings) for model, offerings in by_model.items()}
    whole = views.support_counts(catalog.offerings)
    for capability in Capability:
        models = [
            {
                "name": views.escape(names[model.id]),
                "link": words.model_path(model.id),
                "lab": views.escape(catalog.labs[model.lab].name),
                "lab_link": words.lab_path(model.lab),
                **{str(s): said[model.id][capability][s] for s in Support},
            }
            for model in catalog.models.values()
            if said[model.id][capability][Support.YES]
        ]
        models.sort(key=lambda m: (-int(str(m["yes"])), str(m["name"])))
        name = words.label(f"can.{capability}")
        values = {
            "name": name,
            "id": str(capability),
            "said": words.CAPABILITIES[capability],
            "all": f"{len(catalog.offerings):,}",
            "models": models,
            **{str(s): f"{whole[capability][s]:,}" for s in Support},
        }
        yield Page(
            path=words.capability_path(capability),
            title=name,
            description=f"{name}: which models have it, and where. {words.CAPABILITIES[capability]}",
            write=partial(render, "capability.md.j2", **values),
            inputs=values,
            trail=(("/capabilities/", "Capabilities"),),
        )


def _one_each(offerings: Sequence[Offering]) -> list[tuple[Offering, int]]:
    """For each model its first offering and how many more there are; the labs with most models first."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in sorted(offerings, key=words.model_order):
        by_model[offering.model].append(offering)
    labs = Counter(model.partition("/")[0] for model in by_model)
    order = sorted(by_model, key=lambda m: (-labs[m.partition("/")[0]], m))
    return [(by_model[m][0], len(by_model[m]) - 1) for m in order]


def no_link(offerings: Iterable[Offering]) -> str:
    """For a site without a playground."""
    return ""


def _try(link: Link, offerings: list[Offering]) -> list[tuple[str, str]]:
    """A link to the first offering that the playground can call, where there is one."""
    found = next((there for o in offerings if (there := link([o]))), "")
    return [("Try it in the playground", found)] if found else []
