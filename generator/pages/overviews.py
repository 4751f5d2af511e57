"""The pages over the whole catalog: the explorer, and all labs, models, providers, channels, and so on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial

from generator.pages.page import WIDE, Page, render
from generator.views.capabilities import support_counts
from generator.views.figures import UNKNOWN, end_mark, escape, model_mark
from generator.views.plots import points, scatter
from playground.catalog import Catalog, Channel, Offering, Support
from playground.labels.addresses import capability_path, lab_path, model_path, provider_path
from playground.labels.labels import CAPABILITIES, CHANNELS, label
from playground.labels.names import living_first
from playground.lifecycle.outlook import model_ends

#: The labs of the plot of price against context, in the order of its legend: those the site is asked about.
PLOTTED = (
    *("microsoft", "openai", "anthropic", "google", "amazon"),
    *("meta", "mistral", "deepseek", "alibaba", "xai"),
)


def explorer_page(catalog: Catalog) -> Page:
    """All offerings in one table, which a script fills."""
    return Page(
        path="/explorer/",
        title="Explorer",
        description="All offerings in one table: search, filter, sort, compare, download.",
        write=partial(render, "decide/explorer.md.j2", offerings=f"{len(catalog.offerings):,}"),
        hide=WIDE,
    )


def compare_page() -> Page:
    """A few of the explorer's rows side by side, by a script."""
    return Page(
        path="/compare/",
        title="Compare",
        description="Two to six models or offerings side by side, what differs marked.",
        write=partial(render, "decide/compare.md.j2"),
        hide=WIDE,
        in_nav=False,
    )


def labs_page(catalog: Catalog) -> Page:
    """Every lab, those with the most models first."""
    by_lab = Counter(m.lab for m in catalog.models.values())
    labs = [
        (escape(catalog.labs[lab].name), lab_path(lab), n)
        for lab, n in sorted(by_lab.items(), key=lambda p: (-p[1], p[0]))
    ]
    return Page(
        path="/labs/",
        title="Labs",
        description="Who makes the models.",
        write=partial(render, "lists/labs.md.j2", labs=labs),
        hide=WIDE,
    )


def models_page(catalog: Catalog, names: Mapping[str, str]) -> Page:
    """Every model by its lab, with the number of its offerings."""
    offered: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        offered[offering.model].append(offering)
    ends = model_ends(catalog)
    by_lab: dict[str, list[tuple[str, str, int, str]]] = defaultdict(list)
    for model in living_first(catalog.models.values(), ends, offered):
        by_lab[model.lab].append(
            (
                escape(names[model.id]),
                model_path(model.id),
                len(offered[model.id]),
                model_mark(ends.get(model.id, ""), offered[model.id]),
            )
        )
    return Page(
        path="/models/",
        title="Models",
        description="Every model in the catalog, by lab.",
        write=partial(
            render,
            "lists/models.md.j2",
            labs=[
                (escape(catalog.labs[lab].name), lab_path(lab), rows)
                for lab, rows in sorted(by_lab.items(), key=lambda p: (-len(p[1]), p[0]))
            ],
        ),
        hide=WIDE,
    )


def providers_page(catalog: Catalog) -> Page:
    """Every provider, those with the most offerings first."""
    counts = Counter(o.provider for o in catalog.offerings)
    return Page(
        path="/providers/",
        title="Providers",
        description="Who serves models, and over which access channels.",
        write=partial(
            render,
            "lists/providers.md.j2",
            providers=[
                (escape(p.name), provider_path(p.id), p.kind or UNKNOWN, p.status, f"{counts[p.id]:,}")
                for p in sorted(catalog.providers.values(), key=lambda p: (-counts[p.id], p.id))
            ],
        ),
        hide=WIDE,
    )


def channels_page(catalog: Catalog, names: Mapping[str, str]) -> Page:
    """Every channel, and the models to be had over the most of them."""
    return Page(
        path="/channels/",
        title="Access channels",
        description="The ways in to a model: direct, through a cloud, a gateway or a subscription.",
        write=partial(
            render, "lists/channels.md.j2", channels=_channels(catalog), spread=_spread(catalog, names)
        ),
        hide=WIDE,
    )


def plots_page(catalog: Catalog, names: Mapping[str, str]) -> Page:
    """Price against context, of the labs that the site is asked about."""
    labs = [lab for lab in PLOTTED if lab in catalog.labs]
    plotted = points(catalog, names, labs)
    legend = [(lab, escape(catalog.labs[lab].name)) for lab in labs if any(p.lab == lab for p in plotted)]
    return Page(
        path="/plots/",
        title="Price against context",
        description="What a model asks per million tokens against how much it can read at once.",
        write=partial(
            render, "lists/plots.md.j2", scatter=scatter(plotted, legend) if plotted else "Nothing to plot."
        ),
        hide=WIDE,
    )


def capabilities_page(catalog: Catalog) -> Page:
    """Every capability, with how many offerings have it, lack it or leave it open."""
    counts = support_counts(catalog.offerings)
    rows = [
        {
            "name": label(f"can.{capability}"),
            "link": capability_path(capability),
            "meaning": CAPABILITIES[capability],
            **{str(s): f"{by_support[s]:,}" for s in Support},
        }
        for capability, by_support in counts.items()
    ]
    return Page(
        path="/capabilities/",
        title="Capabilities",
        description="What models can take, do and give, and how many places say so.",
        write=partial(render, "lists/capabilities.md.j2", rows=rows),
        hide=WIDE,
    )


def _channels(catalog: Catalog) -> list[tuple[str, str, str, str, str]]:
    counts = Counter(o.channel for o in catalog.offerings)
    who: dict[Channel, Counter[str]] = defaultdict(Counter)
    for o in catalog.offerings:
        who[o.channel][o.provider] += 1
    return [
        (
            CHANNELS[channel][0],
            CHANNELS[channel][1],
            f"{counts[channel]:,}",
            ", ".join(
                f"[{escape(catalog.providers[p].name)}]({provider_path(p)})"
                for p, _ in who[channel].most_common(4)
            ),
            str(channel),
        )
        for channel in Channel
        if counts[channel]
    ]


def _spread(catalog: Catalog, names: Mapping[str, str]) -> list[tuple[str, str, int, int, str]]:
    """The models that are served over the most channels."""
    ends = model_ends(catalog)
    ways: dict[str, set[tuple[str, Channel]]] = defaultdict(set)
    for o in catalog.offerings:
        if not o.retired:
            ways[o.model].add((o.provider, o.channel))
    top = sorted(ways.items(), key=lambda p: (-len(p[1]), p[0]))[:40]
    return [
        (
            escape(names[m]),
            model_path(m),
            len(w),
            len({provider for provider, _ in w}),
            end_mark(ends.get(m, "")),
        )
        for m, w in top
    ]
