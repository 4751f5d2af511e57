"""An offering as a row of tables, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.views.figures import (
    DAY,
    UNKNOWN,
    Figure,
    end_mark,
    escape,
    figure,
    last_day,
    price_figure,
    source_title,
)
from playground.catalog import Catalog, Fact, Offering, Standing, source_of
from playground.catalog.prices import Meter, Rate, parse_price_field
from playground.catalog.regions import ALL_REGIONS, SOME_REGIONS
from playground.labels.addresses import anchor, model_path, provider_path
from playground.labels.labels import MARKS, label, money
from playground.labels.names import channel_name, served
from playground.pricing.coming import coming_price
from playground.pricing.price_changes import PriceChange, price_changes


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
    ended: str
    records: tuple[tuple[str, str, str], ...]
    history: tuple[tuple[str, str, str, str], ...]
    claims: str
    summary: str

    @property
    def note(self) -> str:
        """What one of its prices has behind it, which the legend explains."""
        prices = (self.price_input, self.price_output, self.price_cached)
        return next((price.note for price in prices if price.note), "")


def offering_view(offering: Offering, catalog: Catalog, name: str) -> OfferingView:
    """The offering as a row of tables, with its evidence; `name` is its model's."""
    facts, changes = offering.facts, price_changes(offering, catalog.day)
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
        channel=channel_name(offering, catalog),
        served=escape(served(offering)),
        ids=", ".join(f"<code>{escape(i)}</code>" for i in offering.ids),
        kind=figure(facts.get("kind"), "kind"),
        context=context,
        output_limit=figure(facts.get("max_output_tokens"), "max_output_tokens"),
        price_input=_dated(price(facts, Meter.INPUT), Meter.INPUT, changes),
        price_output=_dated(price(facts, Meter.OUTPUT), Meter.OUTPUT, changes),
        price_cached=_dated(price(facts, Meter.CACHE_READ), Meter.CACHE_READ, changes),
        regions=regions_figure(facts),
        status=figure(facts.get("status"), "status"),
        retires=_retires(facts.get("retires")),
        # A last day stands in a column of its own.
        ended=end_mark(str(status)) if (status := offering.value("status")) == "retired" else "",
        records=tuple(
            (source_title(name, catalog.sources), escape(r.id), record_link(r.link, name, r.id, catalog))
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
    notable = (
        (Standing.DISPUTED, "disputed"),
        (Standing.DOUBTFUL, "doubtful"),
        (Standing.SUSPECT, "held back"),
    )
    for standing, word in notable:
        count = sum(f.standing == standing for f in facts.values())
        if count:
            text += f", {count} {word}"
    return text


def _retires(fact: Fact | None) -> Figure:
    shown = figure(fact, "retires")
    return Figure(text=last_day(shown.text), mark=shown.mark) if DAY.fullmatch(shown.text) else shown


def _known(fact: Fact | None) -> bool:
    return fact is not None and fact.value is not None


def price(facts: Mapping[str, Fact], meter: Meter) -> Figure:
    """The standard price per million tokens; where there is none, the first in another unit."""
    name = Rate(meter=meter).field
    if name in facts:
        return price_figure(facts, name)
    for other, fact in facts.items():
        if other.startswith(f"price.{meter}.per_") and fact.value is not None:
            rate = parse_price_field(other)
            shown = price_figure(facts, other)
            grade = f" ({escape(rate.grade)})" if rate.grade else ""
            return replace(shown, text=f"{shown.text} / {rate.unit}{grade}")
    return Figure(text=UNKNOWN)


def _dated(shown: Figure, meter: Meter, changes: Sequence[PriceChange]) -> Figure:
    """A price with what it becomes on a day that is announced."""
    then = coming_price(changes, Rate(meter=meter).field)
    return replace(shown, then=then)


def regions_figure(facts: Mapping[str, Fact]) -> Figure:
    """Regions as shown in a table: by name, or how many where they are more than two; at least these, where
    nobody lists all."""
    fact, some = facts.get(ALL_REGIONS), facts.get(SOME_REGIONS)
    whole = fact is not None and isinstance(fact.value, tuple)
    fact = fact if whole else some
    if fact is None or not isinstance(fact.value, tuple):
        return figure(facts.get(ALL_REGIONS) if fact is None else None, ALL_REGIONS)
    text = escape(listed_regions(fact.value, whole=whole))
    return Figure(text=text, mark=MARKS[fact.standing])


def listed_regions(names: Sequence[str], *, whole: bool) -> str:
    """`westeurope, uksouth`, `12 regions`, `at least us-east-1`."""
    text = ", ".join(names) if len(names) <= 2 else f"{len(names)} regions"
    return text if whole else f"at least {text}"


def record_link(link: str, record: str, row: str, catalog: Catalog) -> str:
    """The page a record cites, else its source's page; only https, as it goes into a link."""
    if not link.startswith("https://"):
        state = catalog.sources.get(source_of(record))
        link = state.link.replace("{id}", row) if state else ""
    return re.sub(r"[\s<>()\"'|]", lambda m: f"%{ord(m[0]):02X}", link)
