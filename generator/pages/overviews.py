"""The pages that list all labs, models, providers, channels, capabilities, scores, and the plot of prices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial

from generator.pages.page import Page, render
from generator.views.capabilities import support_counts
from generator.views.figures import escape
from generator.views.plots import points, scatter
from generator.views.score_rows import series_views
from playground.catalog import Catalog, Channel, Support
from playground.labels.addresses import capability_path, model_path, provider_path
from playground.labels.labels import CAPABILITIES, CHANNELS, label

#: What the theme leaves out of a page that has nothing beside it in the navigation.
BOTH = ("navigation", "toc")
#: The labs of the plot of price against context, in the order of its legend: those the site is asked about.
PLOTTED = (
    *("microsoft", "openai", "anthropic", "google", "amazon"),
    *("meta", "mistral", "deepseek", "alibaba", "xai"),
)


def _scores(catalog: Catalog) -> Page:
    """Every series, by benchmark."""
    scored = [m for m in catalog.models.values() if m.scores]
    return Page(
        path="/scores/",
        title="Scores",
        description="What benchmarks say of the models, claimed and measured apart, each with its source.",
        write=partial(
            render,
            "lists/scores.md.j2",
            total=f"{sum(len(m.scores) for m in scored):,}",
            models=f"{len(scored):,}",
            benchmarks=[(escape(name), series) for name, series in series_views(catalog).items()],
        ),
    )


def _plots(catalog: Catalog, names: Mapping[str, str]) -> Page:
    labs = [lab for lab in PLOTTED if lab in catalog.labs]
    found = points(catalog, names, labs)
    shown = [(lab, escape(catalog.labs[lab].name)) for lab in labs if any(p.lab == lab for p in found)]
    return Page(
        path="/plots/",
        title="Price against context",
        description="What a model asks per million tokens against how much it can read at once.",
        write=partial(
            render, "lists/plots.md.j2", scatter=scatter(found, shown) if found else "Nothing to plot."
        ),
        hide=BOTH,
    )


def _capabilities(catalog: Catalog) -> Page:
    counts = support_counts(catalog.offerings)
    rows = [
        {
            "name": label(f"can.{capability}"),
            "link": capability_path(capability),
            "said": CAPABILITIES[capability],
            **{str(s): f"{said[s]:,}" for s in Support},
        }
        for capability, said in counts.items()
    ]
    return Page(
        path="/capabilities/",
        title="Capabilities",
        description="What models can take, do and give, and how many places say so.",
        write=partial(render, "lists/capabilities.md.j2", rows=rows),
        hide=BOTH,
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


def _spread(catalog: Catalog, names: Mapping[str, str]) -> list[tuple[str, str, int, int]]:
    """The models to be had over the most channels."""
    ways: dict[str, set[tuple[str, Channel]]] = defaultdict(set)
    for o in catalog.offerings:
        ways[o.model].add((o.provider, o.channel))
    top = sorted(ways.items(), key=lambda p: (-len(p[1]), p[0]))[:40]
    return [
        (
            escape(names[m]),
            model_path(m),
            len(w),
            len({provider for provider, _ in w}),
        )
        for m, w in top
    ]
