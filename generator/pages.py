"""Every generated page: its address, its title and its Markdown, made from views by one template each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import views
from generator.fields import PRECEDENCE
from generator.playground import link
from generator.report import by_field, by_provider
from playground.catalog import Catalog, Channel, Offering, Standing

#: The offerings a provider's page lists at most; the others are on their models' pages.
MOST_ROWS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `path` is its address from the site's root (`/models/openai/gpt-5/`)."""

    path: str
    title: str
    description: str
    markdown: str


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


def _mark(figure: views.Figure) -> str:
    return figure.text + views.marked(figure.mark)


def render(template: str, **values: Any) -> str:
    """The template filled with the values; a value it names and does not get is an error."""
    return _templates().get_template(template).render(**values)


def section_pages(
    catalog: Catalog, unplaced: Mapping[str, Mapping[str, tuple[str, ...]]], sha256: str
) -> Iterator[Page]:
    """The few pages that stand in the navigation."""
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
    )
    names = views.display_names(catalog)
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
    )
    yield Page(
        path="/channels/",
        title="Access channels",
        description="The ways in to a model: direct, through a cloud, a gateway or a subscription.",
        markdown=render("channels.md.j2", channels=_channels(catalog), spread=_spread(catalog, names)),
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
            views.dispute_view(o, name, fact, catalog)
            for o, name, fact in disputed
            if fact.standing == standing
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
    """One page per model, provider and lab: thousands, reached by search, tables and links."""
    names = views.display_names(catalog)
    # An offering stands on its model's page and on its provider's.
    shown = {o.key: views.offering_view(o, catalog, names) for o in catalog.offerings}
    by_model: dict[str, list[Offering]] = defaultdict(list)
    by_provider: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        by_model[offering.model].append(offering)
        by_provider[offering.provider].append(offering)
    for model in catalog.models.values():
        offerings = by_model[model.id]
        ordered = sorted(offerings, key=model_order)
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
                together=link(catalog, ordered),
                tries={o.key: link(catalog, [o]) for o in ordered},
                capabilities=views.capability_views(offerings, catalog),
            ),
        )
    for provider in catalog.providers.values():
        offerings = by_provider[provider.id]
        listed = sorted(offerings, key=lambda o: (o.model, model_order(o)))[:MOST_ROWS]
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
                rows=[shown[o.key] for o in listed],
                more=max(0, len(offerings) - MOST_ROWS),
            ),
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
            markdown=render("lab.md.j2", name=views.escape(maker.name), models=by_lab[maker.id]),
        )


_FIRST = (Channel.DIRECT,)
_LAST = (Channel.HOSTED, Channel.SELF_HOSTED, Channel.GATEWAY, Channel.SUBSCRIPTION)


def model_order(offering: Offering) -> tuple[int, bool, str, str, str, str]:
    """The lab's own API first, then the clouds, the hosts, the gateways; plain versions before others."""
    channel = offering.channel
    rank = 0 if channel in _FIRST else 2 + _LAST.index(channel) if channel in _LAST else 1
    return (
        rank,
        bool(offering.version or offering.variant),
        offering.provider,
        offering.channel,
        offering.version,
        offering.variant,
    )
