"""The home page, with quick ways to what a reader came for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.exports.chooser import AnsweredNeed
from generator.owner.offerings import OWN
from generator.pages.page import WIDE, Page, render
from generator.views.as_of import behind, latest
from generator.views.figures import UNKNOWN, escape
from generator.views.report import counts
from playground.catalog import Catalog, Standing, Support
from playground.catalog.regions import Zone
from playground.decide.quality.sureness import EVEN, WIDER
from playground.decide.sentences import UNITS
from playground.labels.addresses import model_path, provider_path
from playground.labels.counted import counted
from playground.labels.odds import percent
from playground.need.need import SHARES
from playground.pricing.workload import PIECES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A quick way in: its title leads to `path`, its text to more."""

    title: str
    path: str
    text: str


def home_page(
    catalog: Catalog,
    sha256: str,
    answered: Iterable[AnsweredNeed] = (),
    *,
    playground: bool,
    guides: Collection[str] = (),
) -> Page:
    """The site's first page: the answers to the named needs, and where to go.

    `playground` is whether the site has one, `guides` are the names of those it has.
    """
    numbers = _numbers(catalog, sha256)
    return Page(
        path="/",
        title="Which AI model, when?",
        description="Which AI model to use when: prices, limits, capabilities, lifetimes, with sources.",
        write=partial(
            render,
            "site/home.md.j2",
            numbers=numbers,
            answers=[_answer(one) for one in answered if one.answer["models"]],
            sources=[(state, behind(state, catalog)) for state in catalog.sources.values()],
            ways=list(_ways(catalog, numbers, guides)),
            playground=playground,
        ),
        hide=WIDE,
    )


def _answer(one: AnsweredNeed) -> dict[str, str]:
    """What the chooser says of one named need, in a line: who is first, for how much, and before whom."""
    first, *others = one.answer["models"]
    proof = first.get("ability", {})
    lead = _lead(others[0]["name"], one.answer) if others else "the only model left"
    known = (lead, escape(proof.get("enough", "")), escape(proof.get("why", "")))
    return {
        "id": one.named.id,
        "title": escape(one.named.title),
        "size": _size(one.answer["need"]),
        "name": escape(first["name"]),
        "link": f"{model_path(first['model'])}#{first['anchor']}",
        "place": ": ".join(filter(None, (_place(first), escape(one.named.cost)))),
        "month": escape(first["cost"]),
        "lead": "; ".join(filter(None, known)),
    }


def _size(need: Mapping[str, Any]) -> str:
    """The work of a month, with the shares of it that change what it costs."""
    parts = [counted(need[name], name.removesuffix("s")) for name in PIECES if need.get(name)]
    tokens = ((need["input_tokens"], "in"), (need["output_tokens"], "out"))
    # Beside pieces tokens that are not given are none.
    parts += [f"{count:,} {way}" for count, way in tokens if count or not parts]
    size = f"{need['requests']:,} × {', '.join(parts)}"
    shares = ((float(need.get(name) or 0), unit) for name, unit in UNITS.items() if name in SHARES)
    return "; ".join((size, *(f"{_percent(share)} {unit}" for share, unit in shares if share)))


def _percent(share: float) -> str:
    return "all" if share == 1 else f"{100 * share:.3g}\u00a0%"


def _place(row: Mapping[str, Any]) -> str:
    """Where a candidate is, its version called one: that alone is a number."""
    version = row["offering"].partition("@")[2].partition(":")[0]
    place = row["place"].replace(f", {version}", f", version {version}") if version else row["place"]
    return escape(place)


def _lead(second: str, answer: Mapping[str, Any]) -> str:
    """How likely the first is better than the second, where evidence tells, else why it comes before it."""
    odds, claim = answer["sure"], answer["head"]["claim"]
    if odds is None:
        return f"before {escape(second)}: {escape(claim.rpartition(': ')[2])}"
    if abs(odds - 0.5) <= EVEN:
        wider = "; first as more providers serve it" if claim.endswith(WIDER) else ""
        return f"no clear difference from {escape(second)} ({percent(odds)} likely the better one){wider}"
    return f"{percent(odds)} likely better than {escape(second)}"


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
    """The providers that say of a whole channel that requests stay within the zone, with that channel."""
    return {
        (o.provider, str(o.channel))
        for o in catalog.offerings
        for one in catalog.residency(o)
        if one.value == zone and not one.setting and not one.models
    }


def _ways(catalog: Catalog, numbers: Mapping[str, str], guides: Collection[str]) -> Iterator[_Way]:
    """Each quick way in that leads somewhere in this catalog, by its guide where the site has one."""
    yield from _to_what_is_here(catalog, guides)
    yield _Way(
        title="Which one for my work?",
        path="/choose/",
        text="Say what you need: a shortlist, who is out and why, what it costs, what would change it.",
    )
    yield _Way(
        title="How good are they?",
        path="/leaderboards/",
        text="Leaderboards by task, with price beside: in tiers, with intervals, and what each rests on.",
    )
    yield from _to_places(catalog, guides)
    soon = '<a href="/explorer/?retires=soon&amp;sort=retires">Offerings that retire within six months</a>'
    yield _Way(title="What ends soon?", path="/retirements/", text=f"{soon}, the next one first.")
    yield _Way(title="Whom to believe?", path=_guide("reading", "/sources/", guides), text=_disputed(numbers))


def _guide(name: str, otherwise: str, guides: Collection[str]) -> str:
    return f"/guides/{name}/" if name in guides else otherwise


def _named(catalog: Catalog, *providers: str) -> str:
    """Links to those of the providers that the catalog holds."""
    there = ((provider_path(p), catalog.providers[p].name) for p in providers if p in catalog.providers)
    return ", ".join(f'<a href="{path}">{escape(name)}</a>' for path, name in there)


def _to_what_is_here(catalog: Catalog, guides: Collection[str]) -> Iterator[_Way]:
    """The owner's own offerings, and the question that this site began with."""
    if own := sorted({o.provider for o in catalog.offerings if OWN in o.records}):
        path = f"/explorer/?provider={','.join(own)}"
        title = f"By {escape(catalog.sources[OWN].name)}"
        yield _Way(title=title, path=path, text=f"What is offered here: {_named(catalog, *own)}.")
    pair = ("microsoft/mai-thinking-1", "openai/gpt-6.1-terra")
    ours, theirs = (f"azure/global/{model}" for model in pair)
    if {ours, theirs} <= {o.key for o in catalog.offerings if not o.retired}:
        mai = '<a href="/models/microsoft/mai-thinking-1/">MAI-Thinking-1</a>'
        terra = '<a href="/models/openai/gpt-6.1-terra/">GPT-6.1 Terra</a>'
        both = f'<a href="/compare/?o={ours},{theirs}">compare them on Foundry</a>'
        # The page of any two: it leads on to the page that these have of their own, where they have one.
        when = f'<a href="/versus/?a={pair[0]}&amp;b={pair[1]}">when which</a>'
        more = f"{when}, or all of {_named(catalog, 'azure')}"
        path = _guide("microsoft-or-openai", "/versus/", guides)
        yield _Way(title="Microsoft or OpenAI?", path=path, text=f"{mai} beside {terra}: {both}, {more}.")


def _to_places(catalog: Catalog, guides: Collection[str]) -> Iterator[_Way]:
    """Where a model can be had: at a cloud or its lab, in a zone, at home."""
    first = _named(catalog, "openai", "anthropic", "google", "amazon-bedrock", "azure")
    text = 'The same model differs in price, limits and lifetime by <a href="/channels/">access channel</a>'
    yield _Way(
        title="A cloud or the lab itself?",
        path=_guide("which-lab", "/channels/", guides),
        text=f"{text}: {first}." if first else f"{text}.",
    )
    if channels_there := _keeping(catalog, Zone.EU):
        channels = ",".join(sorted({channel for _, channel in channels_there}))
        text = f'<a href="/explorer/?channel={channels}">Channels of the EU</a> at '
        text += _named(catalog, *sorted({provider for provider, _ in channels_there}))
        text += "; what each keeps there stands on its page, in its own words."
        yield _Way(title="Within Europe?", path=_guide("regulated", "/channels/", guides), text=text)
    if any(m.value("open_weights") == Support.YES for m in catalog.models.values()):
        home = _named(catalog, "ollama", "vllm", "llama-cpp", "lmstudio")
        text = "Open weights, cheapest host first." + (f" At home: {home}." if home else "")
        yield _Way(title="Run it yourself?", path="/explorer/?weights=yes&amp;sort=output", text=text)


def _disputed(numbers: Mapping[str, str]) -> str:
    disputed = f'{numbers["disputed"]} facts are <a href="/disagreements/">disputed</a>'
    held = f'{numbers["suspect"]} are <a href="/held-back/">held back</a>'
    text = f"{disputed}: sources differ and every claim is shown. {held} because every claim looks wrong."
    if numbers["doubtful"] != "0":
        text += f' {numbers["doubtful"]} prices are <a href="/held-back/#doubtful">in doubt</a>: '
        text += "no choice and no range rests on them."
    return text
