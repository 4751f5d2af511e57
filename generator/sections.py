"""The pages of the navigation: a few, each over the whole catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from generator import plots, views
from generator.evidence import CORRECT, dispute_view
from generator.fields import PRECEDENCE
from generator.owner import OWN
from generator.pages import Page, behind, latest, render
from generator.report import by_field, by_provider
from generator.scored import series_views
from playground import words
from playground.catalog import Catalog, Channel, Held, Model, Offering, Standing, Support
from playground.versus import RULES

#: What the theme leaves out of a page that has nothing beside it in the navigation.
BOTH = ("navigation", "toc")
#: The labs of the plot of price against context, in the order of its legend: those the site is asked about.
PLOTTED = (
    *("microsoft", "openai", "anthropic", "google", "amazon"),
    *("meta", "mistral", "deepseek", "alibaba", "xai"),
)


def section_pages(
    catalog: Catalog,
    unplaced: Mapping[str, Mapping[str, tuple[str, ...]]],
    sha256: str,
    edit: str = "",
    *,
    playground: bool = True,
) -> Iterator[Page]:
    """The few pages that stand in the navigation.

    `edit` begins the address where people edit the files; `playground` is whether the site has one.
    """
    all_of_it: tuple[Model | Offering, ...] = (*catalog.offerings, *catalog.models.values())
    facts = [fact for of in all_of_it for fact in of.facts.values()]
    counts = views.standing_counts(facts)
    numbers = {
        "offerings": f"{len(catalog.offerings):,}",
        "models": f"{len(catalog.models):,}",
        "providers": f"{len({o.provider for o in catalog.offerings}):,}",
        "facts": f"{len(facts):,}",
        "disputed": f"{counts[Standing.DISPUTED]:,}",
        "suspect": f"{counts[Standing.SUSPECT]:,}",
        "as_of": str(latest(catalog)) if catalog.sources else views.UNKNOWN,
        "sha256": sha256,
    }
    yield Page(
        path="/",
        title="Which AI model, when?",
        description="Which AI model to use when: prices, limits, capabilities, lifetimes, with sources.",
        write=partial(
            render,
            "home.md.j2",
            numbers=numbers,
            sources=[(state, behind(state, catalog)) for state in catalog.sources.values()],
            ways=list(_ways(catalog, numbers)),
            playground=playground,
        ),
        hide=BOTH,
    )
    yield Page(
        path="/explorer/",
        title="Explorer",
        description="All offerings in one table: search, filter, sort, compare, download.",
        write=partial(render, "explorer.md.j2", offerings=numbers["offerings"]),
        hide=BOTH,
    )
    yield Page(
        path="/compare/",
        title="Compare",
        description="Two to six models or offerings side by side, what differs marked.",
        write=partial(render, "compare.md.j2"),
        hide=BOTH,
        in_nav=False,
    )
    yield Page(
        path=f"/{CORRECT}/",
        title="Correct a fact",
        description="From a wrong figure to the lines that set it right.",
        write=partial(
            render,
            "correct.md.j2",
            edit=edit,
            files={
                name: f"[{name}.yml]({edit}{name}.yml)" if edit else f"[{name}.yml](/catalog/{name}.yml)"
                for name in ("overrides", "identity", "providers")
            },
        ),
        in_nav=False,
    )
    names = words.display_names(catalog)
    yield _plots(catalog, names)
    yield _scores(catalog)
    yield _capabilities(catalog)
    by_lab = Counter(m.lab for m in catalog.models.values())
    offered = Counter(o.model for o in catalog.offerings)
    models: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for model in catalog.models.values():
        models[model.lab].append(
            (views.escape(names[model.id]), words.model_path(model.id), offered[model.id])
        )
    labs = [
        (views.escape(catalog.labs[lab].name), words.lab_path(lab), n)
        for lab, n in sorted(by_lab.items(), key=lambda p: (-p[1], p[0]))
    ]
    yield Page(
        path="/labs/",
        title="Labs",
        description="Who makes the models.",
        write=partial(render, "labs.md.j2", labs=labs),
        hide=BOTH,
    )
    yield Page(
        path="/models/",
        title="Models",
        description="Every model in the catalog, by lab.",
        write=partial(
            render,
            "models.md.j2",
            labs=[
                (views.escape(catalog.labs[lab].name), words.lab_path(lab), rows)
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
        write=partial(
            render,
            "providers.md.j2",
            providers=[
                (
                    views.escape(p.name),
                    words.provider_path(p.id),
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
        write=partial(render, "channels.md.j2", channels=_channels(catalog), spread=_spread(catalog, names)),
        hide=BOTH,
    )
    disputed = [
        (of, name, fact)
        for of in all_of_it
        for name, fact in of.facts.items()
        if fact.standing in (Standing.DISPUTED, Standing.SUSPECT)
    ]
    for path, title, standing, description in (
        ("/disagreements/", "Disagreements", Standing.DISPUTED, "Facts on which sources differ."),
        ("/held-back/", "Held back", Standing.SUSPECT, "Facts whose every claim looks wrong."),
    ):
        rows = [
            dispute_view(of, name, fact, catalog.sources)
            for of, name, fact in disputed
            if fact.standing == standing
        ]
        # The furthest apart first; names of models, of which most are two spellings of one, last.
        rows.sort(key=lambda row: -row.ratio)
        yield Page(
            path=path,
            title=title,
            description=description,
            write=partial(
                render,
                "disputes.md.j2",
                title=title,
                rows=rows,
                standing=str(standing),
                held=[_held(one) for one in catalog.held],
            ),
            hide=BOTH,
        )
    yield Page(
        path="/sources/",
        title="Sources",
        description="What is read, how fresh it is, what was left out and why.",
        write=partial(
            render,
            "sources.md.j2",
            sources=[(state, behind(state, catalog)) for state in catalog.sources.values()],
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
        write=partial(
            render,
            "method.md.j2",
            precedence=[
                (p.pattern, provider or "any", " → ".join(s for s in order if s in catalog.sources))
                for p, provider, order in PRECEDENCE
                if any(s in catalog.sources for s in order)
            ],
            fields=by_field(catalog),
            providers=by_provider(catalog)[:25],
            rules=[(rule.__name__.replace("_", " "), _first_line(rule)) for rule in RULES],
        ),
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
            "scores.md.j2",
            total=f"{sum(len(m.scores) for m in scored):,}",
            models=f"{len(scored):,}",
            benchmarks=[(views.escape(name), series) for name, series in series_views(catalog).items()],
        ),
    )


def _first_line(of: object) -> str:
    return views.escape((of.__doc__ or "").strip().split("\n")[0])


#: Of changes held together, as many are shown on the page.
SHOWN = 8


def _held(held: Held) -> dict[str, str]:
    shown = "<br>".join(views.escape(views.change_text(c)) for c in held.changes[:SHOWN])
    rest = len(held.changes) - SHOWN
    return {
        "id": held.id,
        "source": views.escape(held.source),
        "where": views.escape(held.where),
        "reason": held.reason,
        "what": shown + (f"<br>and {rest:,} more" if rest > 0 else ""),
        "since": str(held.since or views.UNKNOWN),
    }


def _ways(catalog: Catalog, numbers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Title and text of each quick way in that leads somewhere in this catalog."""

    def named(*providers: str) -> str:
        return ", ".join(
            f'<a href="{words.provider_path(p)}">{views.escape(catalog.providers[p].name)}</a>'
            for p in providers
            if p in catalog.providers
        )

    if own := sorted({o.provider for o in catalog.offerings if OWN in o.records}):
        here = f'<a href="/explorer/?provider={",".join(own)}">What is offered here</a>'
        yield f"By {views.escape(catalog.sources[OWN].name)}", f"{here}: {named(*own)}."
    ours, theirs = "azure/global/microsoft/mai-thinking-1", "azure/global/openai/gpt-6.1-terra"
    if {ours, theirs} <= {o.key for o in catalog.offerings}:
        mai = '<a href="/models/microsoft/mai-thinking-1/">MAI-Thinking-1</a>'
        terra = '<a href="/models/openai/gpt-6.1-terra/">GPT-6.1 Terra</a>'
        both = f'<a href="/compare/?o={ours},{theirs}">compare them on Foundry</a>'
        yield (
            "Microsoft or OpenAI?",
            f'{mai} beside {terra}: {both}, <a href="/versus/">when which</a>, or all of {named("azure")}.',
        )
    needs = '<a href="/choose/">Say what you need</a>'
    yield "Which one for my work?", f"{needs}: a shortlist, who is out and why, what it costs, what flips it."
    first = named("openai", "anthropic", "google", "amazon-bedrock", "azure")
    differs = (
        'The same model differs in price, limits and lifetime by <a href="/channels/">access channel</a>'
    )
    yield "A cloud or the lab itself?", f"{differs}: {first}." if first else f"{differs}."
    if {o.channel for o in catalog.offerings} & {Channel.EU, Channel.DATA_ZONE_EU}:
        kept = '<a href="/explorer/?channel=eu,data-zone-eu">Offerings kept in the EU</a>'
        yield "Within Europe?", f"{kept}: Bedrock’s EU profiles and Azure’s Data Zone."
    if any(m.value("open_weights") == Support.YES for m in catalog.models.values()):
        hosts = '<a href="/explorer/?weights=yes&amp;sort=output">Open weights, cheapest host first</a>'
        home = named("ollama", "vllm", "llama-cpp", "lmstudio")
        yield "Run it yourself?", f"{hosts}. At home: {home}." if home else f"{hosts}."
    soon = '<a href="/explorer/?retires=soon&amp;sort=retires">Offerings that retire within six months</a>'
    yield "What ends soon?", f"{soon}, the next one first."
    disputed = f'{numbers["disputed"]} facts are <a href="/disagreements/">disputed</a>'
    held = f'{numbers["suspect"]} are <a href="/held-back/">held back</a>'
    yield (
        "Whom to believe?",
        f"{disputed}: sources differ and every claim is shown. {held} because every claim looks wrong.",
    )


def _plots(catalog: Catalog, names: Mapping[str, str]) -> Page:
    labs = [lab for lab in PLOTTED if lab in catalog.labs]
    found = plots.points(catalog, names, labs)
    shown = [(lab, views.escape(catalog.labs[lab].name)) for lab in labs if any(p.lab == lab for p in found)]
    return Page(
        path="/plots/",
        title="Price against context",
        description="What a model asks per million tokens against how much it can read at once.",
        write=partial(
            render, "plots.md.j2", scatter=plots.scatter(found, shown) if found else "Nothing to plot."
        ),
        hide=BOTH,
    )


def _capabilities(catalog: Catalog) -> Page:
    counts = views.support_counts(catalog.offerings)
    rows = [
        {
            "name": words.label(f"can.{capability}"),
            "link": words.capability_path(capability),
            "said": words.CAPABILITIES[capability],
            **{str(s): f"{said[s]:,}" for s in Support},
        }
        for capability, said in counts.items()
    ]
    return Page(
        path="/capabilities/",
        title="Capabilities",
        description="What models can take, do and give, and how many places say so.",
        write=partial(render, "capabilities.md.j2", rows=rows),
        hide=BOTH,
    )


def _channels(catalog: Catalog) -> list[tuple[str, str, str, str, str]]:
    counts = Counter(o.channel for o in catalog.offerings)
    who: dict[Channel, Counter[str]] = defaultdict(Counter)
    for o in catalog.offerings:
        who[o.channel][o.provider] += 1
    return [
        (
            words.CHANNELS[channel][0],
            words.CHANNELS[channel][1],
            f"{counts[channel]:,}",
            ", ".join(
                f"[{views.escape(catalog.providers[p].name)}]({words.provider_path(p)})"
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
            views.escape(names[m]),
            words.model_path(m),
            len(w),
            len({provider for provider, _ in w}),
        )
        for m, w in top
    ]
