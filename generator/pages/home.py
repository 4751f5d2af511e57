"""The home page, with quick ways to what a reader came for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.owner.offerings import OWN
from generator.pages.page import WIDE, Page, render
from generator.views.as_of import behind, latest
from generator.views.figures import UNKNOWN, escape
from generator.views.report import counts
from playground.catalog import Catalog, Standing, Support
from playground.catalog.regions import Zone
from playground.labels.addresses import provider_path


def home_page(catalog: Catalog, sha256: str, *, playground: bool) -> Page:
    """The site's first page; `playground` is whether the site has one to lead to."""
    numbers = _numbers(catalog, sha256)
    return Page(
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
        hide=WIDE,
    )


def _numbers(catalog: Catalog, sha256: str) -> dict[str, str]:
    """How much the catalog holds, how it stands, and which one it is."""
    held = counts(catalog)
    return {
        "offerings": f"{held.offerings:,}",
        "models": f"{held.models:,}",
        "providers": f"{held.providers:,}",
        "facts": f"{held.facts:,}",
        "disputed": f"{held.standings.get(Standing.DISPUTED, 0):,}",
        "suspect": f"{held.standings.get(Standing.SUSPECT, 0):,}",
        "doubtful": f"{held.standings.get(Standing.DOUBTFUL, 0):,}",
        "as_of": str(latest(catalog)) if catalog.sources else UNKNOWN,
        "sha256": sha256,
    }


def _keeping(catalog: Catalog, zone: Zone) -> set[tuple[str, str]]:
    """The providers that say of a channel of theirs that requests stay within the zone, with that channel."""
    stated = {(o.provider, str(o.channel)): catalog.residency(o) for o in catalog.offerings}
    return {own for own, statement in stated.items() if statement and statement.value == zone}


def _ways(catalog: Catalog, numbers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Title and text of each quick way in that leads somewhere in this catalog."""

    def named(*providers: str) -> str:
        return ", ".join(
            f'<a href="{provider_path(p)}">{escape(catalog.providers[p].name)}</a>'
            for p in providers
            if p in catalog.providers
        )

    if own := sorted({o.provider for o in catalog.offerings if OWN in o.records}):
        here = f'<a href="/explorer/?provider={",".join(own)}">What is offered here</a>'
        yield f"By {escape(catalog.sources[OWN].name)}", f"{here}: {named(*own)}."
    ours, theirs = "azure/global/microsoft/mai-thinking-1", "azure/global/openai/gpt-6.1-terra"
    if {ours, theirs} <= {o.key for o in catalog.offerings if not o.retired}:
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
    if channels_there := _keeping(catalog, Zone.EU):
        channels = ",".join(sorted({channel for _, channel in channels_there}))
        in_europe = f'<a href="/explorer/?channel={channels}">Channels of the EU</a>'
        where = "what each keeps there stands on its page, in its own words"
        yield "Within Europe?", f"{in_europe} at {named(*sorted({p for p, _ in channels_there}))}; {where}."
    if any(m.value("open_weights") == Support.YES for m in catalog.models.values()):
        hosts = '<a href="/explorer/?weights=yes&amp;sort=output">Open weights, cheapest host first</a>'
        home = named("ollama", "vllm", "llama-cpp", "lmstudio")
        yield "Run it yourself?", f"{hosts}. At home: {home}." if home else f"{hosts}."
    soon = '<a href="/explorer/?retires=soon&amp;sort=retires">Offerings that retire within six months</a>'
    yield "What ends soon?", f"{soon}, the next one first."
    disputed = f'{numbers["disputed"]} facts are <a href="/disagreements/">disputed</a>'
    held = f'{numbers["suspect"]} are <a href="/held-back/">held back</a>'
    text = f"{disputed}: sources differ and every claim is shown. {held} because every claim looks wrong."
    if numbers["doubtful"] != "0":
        text += f' {numbers["doubtful"]} prices are <a href="/held-back/#doubtful">in doubt</a>: '
        text += "no choice and no range rests on them."
    yield "Whom to believe?", text
