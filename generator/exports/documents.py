"""What programs read: each model's page as JSON, the list for language models (llms.txt), the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape as xml_escape

from generator.exports.quality import score_json
from generator.views.evidence import claims_text, named_model
from generator.views.figures import escape, fact_text, source_title, standing_text
from generator.views.offering_rows import record_link
from playground.catalog import (
    Catalog,
    Claim,
    Fact,
    Model,
    Offering,
    PriceSpan,
    Record,
    Value,
    source_of,
)
from playground.catalog.fact_json import span_to_json
from playground.catalog.model import POINTS_TO
from playground.labels.addresses import anchor, model_path
from playground.labels.hours import hourly
from playground.labels.labels import MARKS, label
from playground.labels.names import channel_name, served
from playground.pricing.price_changes import PriceChange, price_changes

#: Of what programs read; its rules are in docs/data.md.
API_VERSION = 1


def model_json(
    model: Model,
    name: str,
    offerings: Sequence[Offering],
    catalog: Catalog,
    aliases: Sequence[Model],
    quality: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A model with every offering, every fact and every claim; numbers as numbers, unknown as null.

    `aliases` are the models that point to it, `quality` is where it stands on the leaderboards.
    """
    holders: list[Model | Offering] = [model, *aliases, *offerings]
    claiming = {c.source for holder in holders for fact in holder.facts.values() for c in fact.claims}
    claiming |= {score.source for score in model.scores}
    return {
        "api": API_VERSION,
        "id": model.id,
        "name": name,
        "lab": model.lab,
        "lab_name": catalog.labs[model.lab].name,
        "page": model_path(model.id),
        "sources": {name: catalog.sources[name].name for name in catalog.sources if name in claiming},
        "facts": _facts(model.facts, model.records, catalog),
        **({"aliases": [alias_json(alias) for alias in aliases]} if aliases else {}),
        **({"quality": quality} if quality else {}),
        **({"scores": [score_json(score, catalog) for score in model.scores]} if model.scores else {}),
        "offerings": [_offering(o, catalog) for o in offerings],
    }


def alias_json(alias: Model) -> dict[str, Any]:
    """An alias of a model, with who says that it points there; its `reason` ends with the day."""
    fact = alias.facts[POINTS_TO]
    fields = {"id": alias.id, "page": model_path(alias.id), "standing": standing_text(MARKS[fact.standing])}
    fields |= {name: text for name, text in (("reason", fact.reason), ("link", fact.link)) if text}
    return fields | {"claims": [_claim(c, alias.records) for c in fact.claims]}


def _offering(offering: Offering, catalog: Catalog) -> dict[str, Any]:
    fields = {
        "key": offering.key,
        "anchor": anchor(offering),
        "provider": catalog.providers[offering.provider].name,
        "provider_id": offering.provider,
        "channel": channel_name(offering, catalog),
        "channel_id": str(offering.channel),
        "served": served(offering),
        "ids": list(offering.ids),
        "facts": _facts(offering.facts, offering.records, catalog),
        "read_at": [_read_at(name, record, catalog) for name, record in offering.records.items()],
    }
    if offering.history:
        fields["history"] = [_span(span) for span in offering.history]
    if changes := price_changes(offering, catalog.day):
        fields["coming"] = coming(changes)
    return fields


def coming(changes: Sequence[PriceChange]) -> list[dict[str, Any]]:
    """What prices become on days that a source names, by field."""
    return [{"from": str(c.day), "usd": known_prices(c.usd), "by": source_of(c.record)} for c in changes]


def known_prices(usd: Mapping[str, Decimal]) -> dict[str, Any]:
    """Prices as numbers, by field."""
    return {name: plain(price) for name, price in usd.items()}


def _span(span: PriceSpan) -> dict[str, Any]:
    fields = span_to_json(span)
    if span.usd is not None:
        fields["usd"] = known_prices(span.usd)
    return fields


def _read_at(name: str, record: Record, catalog: Catalog) -> dict[str, str]:
    """Which record of a source it was read from, with its address where there is one."""
    source = source_title(name, catalog.sources)
    link = record_link(record.link, name, record.id, catalog)
    return {"source": source, "id": record.id, **({"link": link} if link else {})}


def _facts(
    facts: Mapping[str, Fact], records: Mapping[str, Record], catalog: Catalog
) -> list[dict[str, Any]]:
    return [_fact(name, facts, records, catalog) for name in facts]


def _fact(
    name: str, facts: Mapping[str, Fact], records: Mapping[str, Record], catalog: Catalog
) -> dict[str, Any]:
    fact = facts[name]
    mark = MARKS[fact.standing]
    fields: dict[str, Any] = {
        "field": name,
        "label": label(name),
        "value": None if fact.value is None else plain(fact.value),
        "text": fact_text(name, fact),
        "mark": mark,
        "standing": standing_text(mark),
        "claims": [_claim(c, records) for c in fact.claims],
    }
    names = ", ".join(dict.fromkeys(source_title(c.source, catalog.sources) for c in fact.claims))
    if (claimed_by := claims_text(name, fact, catalog.sources)) != names:
        fields["claimed_by"] = claimed_by
    if fact.reason:
        fields["reason"] = fact.reason
    if fact.link:
        fields["link"] = fact.link
    if by_hour := hourly(facts, name):
        fields["by_hour"] = {
            "least": plain(by_hour.least),
            "most": plain(by_hour.most),
            "text": by_hour.text,
        }
    if named := named_model(name, fact, catalog):
        fields["page"] = model_path(named)
    return fields


def _claim(claim: Claim, records: Mapping[str, Record]) -> dict[str, Any]:
    fields: dict[str, Any] = {"source": claim.source, "value": plain(claim.value)}
    record = records.get(claim.record)
    if record and record.link:
        fields["link"] = record.link
    if claim.since:
        fields["since"] = str(claim.since)
    if claim.note:
        fields["note"] = claim.note
    return fields


def plain(value: Value) -> Any:
    """A value for JSON: numbers as numbers, several as a list."""
    match value:
        case tuple() as several:
            return list(several)
        case Decimal() as number:
            return int(number) if number == number.to_integral_value() else float(number)
        case other:
            return other


def known(facts: Mapping[str, Fact]) -> dict[str, Any]:
    """The facts' values for JSON, without those that are unknown."""
    return {name: plain(fact.value) for name, fact in facts.items() if fact.value is not None}


_READING = (
    "Prices are US dollars per million tokens unless a unit is named. A letter behind a figure is its "
    "standing: A agreed, S single source, D disputed, O overridden, M observed, H held back, Q doubtful: no "
    "choice and no range rests on it. A dash is unknown: not no, not zero, not free. Every model's and "
    "provider's page is also `.md`. For programs: "
    "[catalog/v1/index.json](catalog/v1/index.json) says where the data lies, with "
    "[a schema](catalog/v1/schema.json): a JSON for each model, `catalog/v1/models/{id}.json`, with every "
    "claim; one for each provider; and all offerings in one JSON, CSV or Parquet."
)


def llms_txt(
    site_name: str,
    description: str,
    pages: Iterable[tuple[str, str, str]],
    parts: Mapping[str, Iterable[tuple[str, str]]],
) -> str:
    """The site for a language model: its pages (path, title, description), then each part's Markdown.

    What sources call a model or a provider stays text in it: an image in a name would be asked for elsewhere.
    """
    lines = [f"# {site_name}", "", f"> {description}", ""]
    lines += [
        _READING,
        "",
        "## Pages",
        "",
    ]
    lines += [f"- [{title}]({path.strip('/') or '.'}): {about}" for path, title, about in pages]
    for part, listed in parts.items():
        lines += ["", f"## {part}", ""]
        lines += [f"- [{escape(name)}]({path.strip('/')}.md)" for path, name in listed]
    return "\n".join(lines) + "\n"


def sitemap(base: str, paths: Iterable[str]) -> str:
    """Every page's address, for search engines; `base` is the site's own."""
    rows = "".join(f"  <url><loc>{xml_escape(base.rstrip('/') + path)}</loc></url>\n" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )
