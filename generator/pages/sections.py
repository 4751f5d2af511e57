"""The pages of the navigation: a few, each over the whole catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from generator.curated.fields import PRECEDENCE
from generator.pages.doubts import _held
from generator.pages.home import _ways
from generator.pages.overviews import BOTH, _capabilities, _channels, _plots, _scores, _spread
from generator.pages.page import Page, render
from generator.views.as_of import behind, latest
from generator.views.evidence import CORRECT, dispute_view
from generator.views.figures import UNKNOWN, escape, standing_counts
from generator.views.report import by_field, by_provider
from playground.catalog import Catalog, Model, Offering, Standing
from playground.labels.addresses import lab_path, model_path, provider_path
from playground.labels.names import display_names
from playground.versus.rules import RULES


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
    counts = standing_counts(facts)
    numbers = {
        "offerings": f"{len(catalog.offerings):,}",
        "models": f"{len(catalog.models):,}",
        "providers": f"{len({o.provider for o in catalog.offerings}):,}",
        "facts": f"{len(facts):,}",
        "disputed": f"{counts[Standing.DISPUTED]:,}",
        "suspect": f"{counts[Standing.SUSPECT]:,}",
        "as_of": str(latest(catalog)) if catalog.sources else UNKNOWN,
        "sha256": sha256,
    }
    yield Page(
        path="/",
        title="Which AI model, when?",
        description="Which AI model to use when: prices, limits, capabilities, lifetimes, with sources.",
        write=partial(
            render,
            "site/home.md.j2",
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
        write=partial(render, "decide/explorer.md.j2", offerings=numbers["offerings"]),
        hide=BOTH,
    )
    yield Page(
        path="/compare/",
        title="Compare",
        description="Two to six models or offerings side by side, what differs marked.",
        write=partial(render, "decide/compare.md.j2"),
        hide=BOTH,
        in_nav=False,
    )
    yield Page(
        path=f"/{CORRECT}/",
        title="Correct a fact",
        description="From a wrong figure to the lines that set it right.",
        write=partial(
            render,
            "site/correct.md.j2",
            edit=edit,
            files={
                name: f"[{name}.yml]({edit}{name}.yml)" if edit else f"[{name}.yml](/catalog/{name}.yml)"
                for name in ("overrides", "identity", "providers")
            },
        ),
        in_nav=False,
    )
    names = display_names(catalog)
    yield _plots(catalog, names)
    yield _scores(catalog)
    yield _capabilities(catalog)
    by_lab = Counter(m.lab for m in catalog.models.values())
    offered = Counter(o.model for o in catalog.offerings)
    models: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for model in catalog.models.values():
        models[model.lab].append((escape(names[model.id]), model_path(model.id), offered[model.id]))
    labs = [
        (escape(catalog.labs[lab].name), lab_path(lab), n)
        for lab, n in sorted(by_lab.items(), key=lambda p: (-p[1], p[0]))
    ]
    yield Page(
        path="/labs/",
        title="Labs",
        description="Who makes the models.",
        write=partial(render, "lists/labs.md.j2", labs=labs),
        hide=BOTH,
    )
    yield Page(
        path="/models/",
        title="Models",
        description="Every model in the catalog, by lab.",
        write=partial(
            render,
            "lists/models.md.j2",
            labs=[
                (escape(catalog.labs[lab].name), lab_path(lab), rows)
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
            "lists/providers.md.j2",
            providers=[
                (
                    escape(p.name),
                    provider_path(p.id),
                    p.kind or UNKNOWN,
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
        write=partial(
            render, "lists/channels.md.j2", channels=_channels(catalog), spread=_spread(catalog, names)
        ),
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
                "lists/disputes.md.j2",
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
            "lists/sources.md.j2",
            sources=[(state, behind(state, catalog)) for state in catalog.sources.values()],
            unplaced={
                source: {reason: [escape(i) for i in ids] for reason, ids in reasons.items()}
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
            "site/method.md.j2",
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


def _first_line(of: object) -> str:
    return escape((of.__doc__ or "").strip().split("\n")[0])
