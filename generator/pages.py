"""Every generated page: its address, its title and its Markdown, made from views by one template each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import plots, views
from generator.evidence import CORRECT, FactView, dispute_view, fact_views
from generator.fields import PRECEDENCE
from generator.playground import link
from generator.published import model_json
from generator.report import by_field, by_provider
from playground.catalog import Capability, Catalog, Channel, Offering, Standing, Support

#: The models a provider's page lists before it folds the rest.
FIRST_ROWS = 150
#: What the theme leaves out of a page that has nothing beside it in the navigation.
BOTH = ("navigation", "toc")
#: The labs of the plot of price against context, in the order of its legend: those the site is asked about.
PLOTTED = (
    *("microsoft", "openai", "anthropic", "google", "amazon"),
    *("meta", "mistral", "deepseek", "alibaba", "xai"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `path` is its address from the site's root (`/models/openai/gpt-5/`).

    `json` is what it publishes for programs; `trail` the pages above it, for search engines.
    """

    path: str
    title: str
    description: str
    markdown: str
    hide: tuple[str, ...] = ()
    json: Mapping[str, Any] | None = None
    trail: tuple[tuple[str, str], ...] = ()


@cache
def _templates() -> Environment:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 (Markdown; views.escape makes every value plain text)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.globals["legend"] = [(views.MARKS[s], said) for s, said in views.STANDINGS.items()]
    env.filters["mark"] = _mark
    return env


def _mark(figure: views.Figure | FactView, claims: str = "") -> str:
    return figure.text + views.marked(figure.mark, claims)


def render(template: str, **values: Any) -> str:
    """The template filled with the values; a value it names and does not get is an error."""
    return _templates().get_template(template).render(**values)


def section_pages(
    catalog: Catalog,
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]],
    sha256: str,
    edit: str = "",
) -> Iterator[Page]:
    """The few pages that stand in the navigation; `edit` begins the address where people edit the files."""
    facts = [f for o in catalog.offerings for f in o.facts.values()]
    counts = views.standing_counts(facts)
    numbers = {
        "offerings": f"{len(catalog.offerings):,}",
        "models": f"{len(catalog.models):,}",
        "providers": f"{len({o.provider for o in catalog.offerings}):,}",
        "facts": f"{len(facts):,}",
        "disputed": f"{counts[Standing.DISPUTED]:,}",
        "suspect": f"{counts[Standing.SUSPECT]:,}",
        "as_of": str(max(s.as_of for s in catalog.sources.values())),
        "sha256": sha256,
    }
    yield Page(
        path="/",
        title="Which AI model, when?",
        description="Which AI model to use when: prices, limits, capabilities, lifetimes, with sources.",
        markdown=render("home.md.j2", numbers=numbers, sources=list(catalog.sources.values())),
        hide=BOTH,
    )
    yield Page(
        path="/explorer/",
        title="Explorer",
        description="All offerings in one table: search, filter, sort, compare, download.",
        markdown=render("explorer.md.j2", offerings=numbers["offerings"]),
        hide=BOTH,
    )
    yield Page(
        path="/compare/",
        title="Compare",
        description="Two to six models or offerings side by side, what differs marked.",
        markdown=render("compare.md.j2"),
        hide=BOTH,
    )
    yield Page(
        path=f"/{CORRECT}/",
        title="Correct a fact",
        description="From a wrong figure to the lines that set it right.",
        markdown=render(
            "correct.md.j2",
            edit=edit,
            files={
                name: f"[{name}.yml]({edit}{name}.yml)" if edit else f"[{name}.yml](/catalog/{name}.yml)"
                for name in ("overrides", "identity", "providers")
            },
        ),
    )
    names = views.display_names(catalog)
    yield _plots(catalog, names)
    yield from _capabilities(catalog)
    by_lab = Counter(m.lab for m in catalog.models.values())
    offered = Counter(o.model for o in catalog.offerings)
    models: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for model in catalog.models.values():
        models[model.lab].append(
            (views.escape(names[model.id]), views.model_path(model.id), offered[model.id])
        )
    labs = [
        (views.escape(catalog.labs[lab].name), views.lab_path(lab), n)
        for lab, n in sorted(by_lab.items(), key=lambda p: (-p[1], p[0]))
    ]
    yield Page(
        path="/labs/",
        title="Labs",
        description="Who makes the models.",
        markdown=render("labs.md.j2", labs=labs),
        hide=BOTH,
    )
    yield Page(
        path="/models/",
        title="Models",
        description="Every model in the catalog, by lab.",
        markdown=render(
            "models.md.j2",
            labs=[
                (views.escape(catalog.labs[lab].name), views.lab_path(lab), rows)
                for lab, rows in sorted(models.items(), key=lambda p: (-len(p[1]), p[0]))
            ],
        ),
        hide=BOTH,
    )
    places = Counter(o.provider for o in catalog.offerings)
    yield Page(
        path="/providers/",
        title="Providers",
        description="Who serves models, and over which access channels.",
        markdown=render(
            "providers.md.j2",
            providers=[
                (
                    views.escape(p.name),
                    views.provider_path(p.id),
                    p.kind or views.UNKNOWN,
                    p.status,
                    f"{places[p.id]:,}",
                )
                for p in sorted(catalog.providers.values(), key=lambda p: (-places[p.id], p.id))
            ],
        ),
        hide=BOTH,
    )
    yield Page(
        path="/channels/",
        title="Access channels",
        description="The ways in to a model: direct, through a cloud, a gateway or a subscription.",
        markdown=render("channels.md.j2", channels=_channels(catalog), spread=_spread(catalog, names)),
        hide=BOTH,
    )
    disputed = [
        (o, name, fact)
        for o in catalog.offerings
        for name, fact in o.facts.items()
        if fact.standing in (Standing.DISPUTED, Standing.SUSPECT)
    ]
    for path, title, standing, description in (
        ("/disagreements/", "Disagreements", Standing.DISPUTED, "Facts on which sources differ."),
        ("/held-back/", "Held back", Standing.SUSPECT, "Facts whose every claim looks wrong."),
    ):
        rows = [
            dispute_view(o, name, fact, catalog) for o, name, fact in disputed if fact.standing == standing
        ]
        yield Page(
            path=path,
            title=title,
            description=description,
            markdown=render("disputes.md.j2", title=title, rows=rows, standing=str(standing)),
        )
    yield Page(
        path="/sources/",
        title="Sources",
        description="What is read, how fresh it is, what was left out and why.",
        markdown=render(
            "sources.md.j2",
            sources=list(catalog.sources.values()),
            unplaced={
                source: {reason: [views.escape(i) for i in ids] for reason, ids in reasons.items()}
                for source, reasons in unplaced.items()
            },
            sha256=sha256,
        ),
    )
    yield Page(
        path="/method/",
        title="Method",
        description="How claims become facts: identity, precedence, staleness, gates, overrides.",
        markdown=render(
            "method.md.j2",
            precedence=[
                (p.pattern, provider or "any", " → ".join(order)) for p, provider, order in PRECEDENCE
            ],
            fields=by_field(catalog),
            providers=by_provider(catalog)[:25],
        ),
    )


def _plots(catalog: Catalog, names: Mapping[str, str]) -> Page:
    labs = [lab for lab in PLOTTED if lab in catalog.labs]
    found = plots.points(catalog, names, labs)
    shown = [(lab, views.escape(catalog.labs[lab].name)) for lab in labs if any(p.lab == lab for p in found)]
    return Page(
        path="/plots/",
        title="Price against context",
        description="What a model asks per million tokens against how much it can read at once.",
        markdown=render("plots.md.j2", scatter=plots.scatter(found, shown) if found else "Nothing to plot."),
        hide=BOTH,
    )


def _capabilities(catalog: Catalog) -> Iterator[Page]:
    rows = []
    for capability in Capability:
        said = Counter(o.can(capability) for o in catalog.offerings)
        rows.append(
            {
                "name": views.label(f"can.{capability}"),
                "link": views.capability_path(capability),
                "said": views.CAPABILITIES[capability],
                **{str(s): f"{said[s]:,}" for s in Support},
            }
        )
    yield Page(
        path="/capabilities/",
        title="Capabilities",
        description="What models can take, do and give, and how many places say so.",
        markdown=render("capabilities.md.j2", rows=rows),
        hide=BOTH,
    )


def _capability_pages(
    catalog: Catalog, names: Mapping[str, str], by_model: Mapping[str, list[Offering]]
) -> Iterator[Page]:
    for capability in Capability:
        models = []
        for model in catalog.models.values():
            said = Counter(o.can(capability) for o in by_model[model.id])
            if said[Support.YES]:
                models.append(
                    {
                        "name": views.escape(names[model.id]),
                        "link": views.model_path(model.id),
                        "lab": views.escape(catalog.labs[model.lab].name),
                        "lab_link": views.lab_path(model.lab),
                        **{str(s): said[s] for s in Support},
                    }
                )
        models.sort(key=lambda m: (-int(str(m["yes"])), str(m["name"])))
        whole = Counter(o.can(capability) for o in catalog.offerings)
        name = views.label(f"can.{capability}")
        yield Page(
            path=views.capability_path(capability),
            title=name,
            description=f"{name}: which models have it, and where. {views.CAPABILITIES[capability]}",
            markdown=render(
                "capability.md.j2",
                name=name,
                id=str(capability),
                said=views.CAPABILITIES[capability],
                all=f"{len(catalog.offerings):,}",
                models=models,
                **{str(s): f"{whole[s]:,}" for s in Support},
            ),
            trail=(("/capabilities/", "Capabilities"),),
        )


def _channels(catalog: Catalog) -> list[tuple[str, str, str, str]]:
    counts = Counter(o.channel for o in catalog.offerings)
    who: dict[Channel, Counter[str]] = defaultdict(Counter)
    for o in catalog.offerings:
        who[o.channel][o.provider] += 1
    return [
        (
            views.CHANNELS[channel][0],
            views.CHANNELS[channel][1],
            f"{counts[channel]:,}",
            ", ".join(
                f"[{views.escape(catalog.providers[p].name)}]({views.provider_path(p)})"
                for p, _ in who[channel].most_common(4)
            ),
        )
        for channel in Channel
        if counts[channel]
    ]


def _spread(catalog: Catalog, names: Mapping[str, str]) -> list[tuple[str, str, int, int]]:
    """The models to be had over the most channels."""
    ways: dict[str, set[tuple[str, Channel]]] = defaultdict(set)
    for o in catalog.offerings:
        ways[o.model].add((o.provider, o.channel))
    top = sorted(ways.items(), key=lambda p: (-len(p[1]), p[0]))[:40]
    return [
        (
            views.escape(names[m]),
            views.model_path(m),
            len(w),
            len({provider for provider, _ in w}),
        )
        for m, w in top
    ]


def mass_pages(catalog: Catalog) -> Iterator[Page]:
    """One page per model, provider, lab and capability: thousands, reached by search, tables and links."""
    names = views.display_names(catalog)
    # An offering stands on its model's page and on its provider's.
    shown = {o.key: views.offering_view(o, catalog, names) for o in catalog.offerings}
    by_model: dict[str, list[Offering]] = defaultdict(list)
    by_provider: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
        by_provider[offering.provider].append(offering)
    until = max((s.as_of for s in catalog.sources.values()), default=date.min)
    for model in catalog.models.values():
        offerings = by_model[model.id]
        ordered = sorted(offerings, key=views.model_order)
        rows = [shown[o.key] for o in ordered]
        lab = catalog.labs[model.lab].name
        yield Page(
            path=views.model_path(model.id),
            title=names[model.id],
            description=f"{names[model.id]} by {lab}: where to get it; price, limits, lifetime per channel.",
            markdown=render(
                "model.md.j2",
                model=model,
                name=views.escape(names[model.id]),
                lab=views.escape(lab),
                lab_link=views.lab_path(model.lab),
                figures=views.model_figures(model),
                rows=rows,
                file=views.model_path(model.id).rstrip("/"),
                facts=fact_views(model.id, model.facts, catalog.sources),
                evidence={o.key: fact_views(o.key, o.facts, catalog.sources) for o in ordered},
                together=link(catalog, ordered),
                tries={o.key: link(catalog, [o]) for o in ordered},
                capabilities=views.capability_views(offerings, catalog),
                spread=plots.spread(ordered, catalog, {o.key: views.anchor(o) for o in ordered}),
                history=plots.history(ordered, catalog, until),
            ),
            json=model_json(model, names[model.id], ordered, catalog),
            trail=(("/labs/", "Labs"), (views.lab_path(model.lab), lab)),
        )
    for provider in catalog.providers.values():
        offerings = by_provider[provider.id]
        listed = _one_each(offerings)
        yield Page(
            path=views.provider_path(provider.id),
            title=provider.name,
            description=f"Models on {provider.name}: prices, limits, channels, how to call it.",
            markdown=render(
                "provider.md.j2",
                provider=provider,
                name=views.escape(provider.name),
                note=views.code_spans(provider.note),
                reach=views.provider_rows(provider),
                endpoints=views.endpoint_rows(provider),
                channels=[
                    (*views.CHANNELS[channel], f"{n:,}", str(channel))
                    for channel, n in sorted(Counter(o.channel for o in offerings).items())
                ],
                count=f"{len(offerings):,}",
                tries=_try(catalog, [o for o, _ in listed]),
                rows=[(shown[o.key], also) for o, also in listed[:FIRST_ROWS]],
                more=[(shown[o.key], also) for o, also in listed[FIRST_ROWS:]],
            ),
            trail=(("/providers/", "Providers"),),
        )
    by_lab: dict[str, list[tuple[str, str, str, int]]] = defaultdict(list)
    for model in catalog.models.values():
        kinds = Counter(str(o.kind) for o in by_model[model.id])
        by_lab[model.lab].append(
            (
                views.escape(names[model.id]),
                views.model_path(model.id),
                kinds.most_common(1)[0][0] if kinds else views.UNKNOWN,
                len(by_model[model.id]),
            )
        )
    for maker in catalog.labs.values():
        yield Page(
            path=views.lab_path(maker.id),
            title=maker.name,
            description=f"Models by {maker.name} and where they are served.",
            markdown=render("lab.md.j2", name=views.escape(maker.name), id=maker.id, models=by_lab[maker.id]),
            trail=(("/labs/", "Labs"),),
        )
    yield from _capability_pages(catalog, names, by_model)


def _one_each(offerings: Sequence[Offering]) -> list[tuple[Offering, int]]:
    """For each model its first offering and how many more there are; the labs with most models first."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in sorted(offerings, key=views.model_order):
        by_model[offering.model].append(offering)
    labs = Counter(model.partition("/")[0] for model in by_model)
    order = sorted(by_model, key=lambda m: (-labs[m.partition("/")[0]], m))
    return [(by_model[m][0], len(by_model[m]) - 1) for m in order]


def _try(catalog: Catalog, offerings: list[Offering]) -> list[tuple[str, str]]:
    """A link to the first offering that the playground can call, where there is one."""
    found = next((there for o in offerings if (there := link(catalog, [o]))), "")
    return [("Try it in the playground", found)] if found else []
