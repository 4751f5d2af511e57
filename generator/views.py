"""The catalog as display-ready values: what a page shows, with every number already written out.

Templates format nothing and decide nothing; they place what stands here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.fields import NUMBERS
from playground.catalog import (
    Capability,
    Catalog,
    Fact,
    HeldChange,
    Model,
    Offering,
    Provider,
    SourceState,
    Standing,
    Support,
    Value,
    source_of,
)
from playground.prices import Meter, Rate, parse_price_field
from playground.words import (
    CHANNELS,
    MARKS,
    STANDINGS,
    anchor,
    capability_path,
    label,
    model_path,
    money,
    provider_path,
    served,
)

UNKNOWN = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value as shown, with its standing's letter; the letter is empty where nothing is known."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingView:
    """One row of "where can I get it", and its evidence."""

    key: str
    anchor: str
    model: str
    model_link: str
    provider: str
    provider_link: str
    channel: str
    served: str
    ids: str
    kind: Figure
    context: Figure
    output_limit: Figure
    price_input: Figure
    price_output: Figure
    price_cached: Figure
    regions: Figure
    status: Figure
    retires: Figure
    records: tuple[tuple[str, str, str], ...]
    history: tuple[tuple[str, str, str, str], ...]
    claims: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityView:
    """Where a model can do something, where it can't, where nobody says."""

    name: str
    link: str
    yes: str
    no: str
    unknown: str


def tokens(count: int) -> str:
    """`128,000`."""
    return f"{count:,}"


def written(name: str, value: Value) -> str:
    """A value as a reader sees it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if name.startswith("price."):
        return money(Decimal(str(value)))
    if name in NUMBERS and isinstance(value, int | Decimal):
        return tokens(int(value))
    return str(value)


def figure(fact: Fact | None, name: str) -> Figure:
    """A fact as shown: its value and its standing's letter."""
    if fact is None:
        return Figure(text=UNKNOWN)
    if fact.value is None:
        return Figure(text=UNKNOWN, mark=MARKS[fact.standing])
    return Figure(text=escape(written(name, fact.value)), mark=MARKS[fact.standing])


@lru_cache(maxsize=100_000)
def escape(text: str) -> str:
    """Text that is only text in Markdown and HTML, in a table too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # An underscore inside a word is only text to Markdown, and ids are full of them.
    text = re.sub(r"([\\`*\[\]|{}~^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))", lambda m: f"&#{ord(m[1])};", text)
    return re.sub(r"\s+", " ", text).strip()


def change_text(change: HeldChange) -> str:
    """A held change in a line: what, before, now."""
    if not change.field:
        return change.target
    said = ["nothing" if v is None else written(change.field, v) for v in (change.was, change.now)]
    return f"{change.target}, {label(change.field)}: {said[0]} → {said[1]}"


def offering_view(offering: Offering, catalog: Catalog, name: str) -> OfferingView:
    """The offering as a row of tables, with its evidence; `name` is its model's."""
    facts = offering.facts
    # A source that knows only the input limit is better than nothing; the label says which it is.
    limit = next((n for n in ("context_tokens", "max_input_tokens") if _known(facts.get(n))), "")
    context = figure(facts.get(limit or "context_tokens"), limit or "context_tokens")
    if limit == "max_input_tokens":
        context = Figure(text=f"{context.text} (input)", mark=context.mark)
    return OfferingView(
        key=offering.key,
        anchor=anchor(offering),
        model=escape(name),
        model_link=model_path(offering.model),
        provider=escape(catalog.providers[offering.provider].name),
        provider_link=provider_path(offering.provider),
        channel=CHANNELS[offering.channel][0],
        served=escape(served(offering)),
        ids=", ".join(f"<code>{escape(i)}</code>" for i in offering.ids),
        kind=figure(facts.get("kind"), "kind"),
        context=context,
        output_limit=figure(facts.get("max_output_tokens"), "max_output_tokens"),
        price_input=price(facts, Meter.INPUT),
        price_output=price(facts, Meter.OUTPUT),
        price_cached=price(facts, Meter.CACHE_READ),
        regions=regions_figure(facts.get("regions")),
        status=figure(facts.get("status"), "status"),
        retires=figure(facts.get("retires"), "retires"),
        records=tuple(
            (source_title(name, catalog.sources), escape(r.id), _link(r.link, name, r.id, catalog))
            for name, r in offering.records.items()
        ),
        history=tuple(
            (
                str(s.start) if s.start else "first known",
                s.mode,
                ", ".join(f"{label('price.' + k)} {money(v)}" for k, v in s.usd.items())
                if s.usd is not None
                else "not sold",
                s.basis,
            )
            for s in offering.history
        ),
        claims=f"{model_path(offering.model)}#{anchor(offering)}",
        summary=fact_summary(facts),
    )


def fact_summary(facts: Mapping[str, Fact]) -> str:
    """`14 facts, 2 disputed`: what a folded list of claims holds."""
    text = f"{len(facts)} fact{'' if len(facts) == 1 else 's'}"
    for standing, word in ((Standing.DISPUTED, "disputed"), (Standing.SUSPECT, "held back")):
        count = sum(f.standing == standing for f in facts.values())
        if count:
            text += f", {count} {word}"
    return text


def _known(fact: Fact | None) -> bool:
    return fact is not None and fact.value is not None


def price(facts: Mapping[str, Fact], meter: Meter) -> Figure:
    """The standard price per million tokens; where there is none, the first in another unit."""
    name = Rate(meter=meter).field
    if name in facts:
        return figure(facts[name], name)
    for other, fact in facts.items():
        if other.startswith(f"price.{meter}.per_") and fact.value is not None:
            rate = parse_price_field(other)
            shown = figure(fact, other)
            grade = f" ({escape(rate.grade)})" if rate.grade else ""
            return Figure(text=f"{shown.text} / {rate.unit}{grade}", mark=shown.mark)
    return Figure(text=UNKNOWN)


def regions_figure(fact: Fact | None) -> Figure:
    """Regions as shown in a table: by name, or how many where they are more than two."""
    if fact is None or not isinstance(fact.value, tuple):
        return Figure(text=UNKNOWN)
    names = fact.value
    text = ", ".join(names) if len(names) <= 2 else f"{len(names)} regions"
    return Figure(text=escape(text), mark=MARKS[fact.standing])


def source_title(record: str, sources: Mapping[str, SourceState]) -> str:
    """The source's name, with the record's number where the source has several for one offering."""
    source, _, number = record.partition("#")
    name = sources[source].name if source in sources else source
    return f"{name} #{number}" if number else name


def _link(link: str, record: str, row: str, catalog: Catalog) -> str:
    """The page a record cites, else its source's page; only https, as it goes into a link."""
    if not link.startswith("https://"):
        state = catalog.sources.get(source_of(record))
        link = state.link.replace("{id}", row) if state else ""
    return re.sub(r"[\s<>()\"'|]", lambda m: f"%{ord(m[0]):02X}", link)


def support_counts(offerings: Iterable[Offering]) -> Mapping[Capability, Counter[Support]]:
    """How many offerings have each capability, have it not, or leave it unknown."""
    counts: dict[Capability, Counter[Support]] = {c: Counter() for c in Capability}
    for offering in offerings:
        for capability, said in counts.items():
            said[offering.can(capability)] += 1
    return counts


def capability_views(offerings: Iterable[Offering], catalog: Catalog) -> list[CapabilityView]:
    """Each capability over all places that serve the model, with how well each place's answer stands."""
    rows = []
    offerings = list(offerings)
    for capability in Capability:
        found: dict[Support, list[tuple[str, str, str]]] = {s: [] for s in Support}
        for offering in offerings:
            place = f"{catalog.providers[offering.provider].name} {CHANNELS[offering.channel][0]}"
            fact = offering.facts.get(f"can.{capability}")
            mark = MARKS[fact.standing] if fact else ""
            found[offering.can(capability)].append((escape(place), mark, f"#{anchor(offering)}"))
        if found[Support.YES] or found[Support.NO]:
            rows.append(
                CapabilityView(
                    name=label(f"can.{capability}"),
                    link=capability_path(capability),
                    yes=_places(found[Support.YES]),
                    no=_places(found[Support.NO]),
                    unknown=_places(found[Support.UNKNOWN]),
                )
            )
    return rows


def _places(places: list[tuple[str, str, str]]) -> str:
    """A few places by name, many by number; each mark leads to the claims of (the first of) its places."""
    if not places:
        return UNKNOWN
    if len(places) <= 3:
        return ", ".join(f"{place}{marked(mark, claims)}" for place, mark, claims in places)
    marks = Counter(mark for _, mark, _ in places if mark)
    first = {mark: claims for _, mark, claims in reversed(places)}
    said = ", ".join(f"{n}{marked(mark, first[mark])}" for mark, n in sorted(marks.items()))
    return f"{len(places)} places" + (f" ({said})" if said else "")


def marked(mark: str, claims: str = "") -> str:
    """The letter of a standing as it stands behind a figure: a link to the claims, where that is known."""
    if not mark:
        return ""
    kind = f'class="standing standing-{mark.lower()}"'
    return f'<a {kind} href="{claims}">{mark}</a>' if claims else f"<sup {kind}>{mark}</sup>"


def standing_words(mark: str) -> str:
    """`single source` of `S`."""
    return next(STANDINGS[s].partition(":")[0] for s, letter in MARKS.items() if letter == mark)


def standing_counts(facts: Iterable[Fact]) -> Counter[Standing]:
    """How many facts stand how."""
    return Counter(fact.standing for fact in facts)


def model_figures(model: Model) -> list[tuple[str, Figure]]:
    """What is known of a model itself, but for its name."""
    return [(label(name), figure(fact, name)) for name, fact in model.facts.items() if name != "name"]


#: What a provider says of what it is sent, in words.
KEPT = {"yes": "nothing", "no": "yes", "on request": "yes, unless zero retention is agreed on request"}
TRAINED = {"yes": "no", "no": "yes", "paid": "not with what is paid for"}


def _handled(said: str) -> str:
    """People wrote it down from knowledge, so the page it comes from goes first."""
    return f"{said} (from knowledge; the page above counts)" if said else UNKNOWN


def provider_rows(provider: Provider) -> list[tuple[str, str]]:
    """How to reach a provider; unknown stays unknown."""
    known = {"vendor": "read in the vendor's documentation", "reported": "third parties report it"}
    how = known.get(provider.browser_known_by, "inferred" if provider.browser_known_by else "")
    access = escape(provider.browser)
    if provider.browser_evidence:
        access += f". {escape(provider.browser_evidence)}"
    if how:
        access += f" ({how}, checked {provider.browser_checked})"
    return [
        ("Documentation", _plain_link(provider.docs)),
        ("Prices", _plain_link(provider.pricing)),
        ("Address", _address(provider.api)),
        ("Wire", escape(", ".join(provider.wire)) or UNKNOWN),
        ("Authentication", code_spans(provider.auth) or UNKNOWN),
        ("From a web page", access),
        ("Support", _plain_link(provider.support)),
        ("Data handling", _link_or_words(provider.data_handling)),
        ("Kept after the answer", _handled(KEPT.get(provider.zero_retention, ""))),
        ("Trained on", _handled(TRAINED.get(provider.no_training, ""))),
        ("Status page", _plain_link(provider.status_page)),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """One address of a provider: what is called, over which wire, with the key in which header."""

    name: str
    url: str
    wire: str
    auth: str


def endpoint_rows(provider: Provider) -> list[EndpointView]:
    """The addresses the playground and `almanac compare` call."""
    return [
        EndpointView(
            name=escape(e.name),
            url=escape(e.url),
            wire=escape(e.wire),
            auth=", ".join(f"<code>{escape(a)}</code>" for a in e.auth) or UNKNOWN,
        )
        for e in provider.endpoints
    ]


def _address(api: str) -> str:
    if not api:
        return UNKNOWN
    return f"<code>{escape(api)}</code>" if "://" in api else escape(api)


def _link_or_words(said: str) -> str:
    """A page where it is told, or the few words that tell it all."""
    return _plain_link(said) if "://" in said else escape(said) or UNKNOWN


def _plain_link(url: str) -> str:
    return f"[{escape(url)}]({url})" if url.startswith("https://") else UNKNOWN


def code_spans(text: str) -> str:
    """Plain text, with what stands in backticks as code."""
    parts = text.split("`")
    return "".join(
        f"<code>{escape(part)}</code>" if i % 2 else re.sub(r"\S.*\S|\S", lambda m: escape(m[0]), part)
        for i, part in enumerate(parts)
    )
