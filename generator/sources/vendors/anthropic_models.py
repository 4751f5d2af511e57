"""Anthropic's pages about its models: the table of the current ones, and a Markdown page for each.

The table has a column for each model; a page has tables of two columns. Both give the model's id on every
platform, but their limits, prices and days are those of Anthropic's API: of Bedrock and Google Cloud the id
alone is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from generator.errors import SourceShapeError
from generator.sources.linked_pages import read_pages
from generator.sources.markdown import EARLIEST, days, months, plain, says_nothing, tables, tokens
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    left_out,
    price_claim,
    row_of,
    support_claim,
    unique,
)
from playground.catalog import Capability, Effort, Kind
from playground.catalog.prices import Meter, Mode, Rate

SOURCE = "anthropic-models"
#: Where the pages stand for a reader.
PAGES = "https://platform.claude.com/docs/en/models/"

#: What a row says, by the words at its head; the first that fits.
ROWS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("batch_output", re.compile(r"max output \(")),
    ("alias", re.compile(r"^claude api alias")),
    ("id", re.compile(r"^claude api(?: id)?$")),
    ("bedrock", re.compile(r"^(?:amazon|aws) bedrock(?: id)?$")),
    ("vertex", re.compile(r"^(?:google cloud|gcp vertex ai|vertex ai)(?: id)?$")),
    ("both_prices", re.compile(r"^pricing\d*$")),
    ("input", re.compile(r"^input$")),
    ("output", re.compile(r"^output$")),
    ("cache_write_5m", re.compile(r"^5m cache writes?$")),
    ("cache_write_1h", re.compile(r"^1h cache writes?$")),
    ("cache_read", re.compile(r"^cache (?:reads?|hits?)")),
    ("batch", re.compile(r"^batch api$")),
    ("context", re.compile(r"^context window")),
    ("max_output", re.compile(r"^max output")),
    ("thinking", re.compile(r"^thinking$")),
    ("adaptive", re.compile(r"^adaptive thinking$")),
    ("extended", re.compile(r"^extended thinking$")),
    ("effort", re.compile(r"^default effort$")),
    ("modalities", re.compile(r"^input \S+ output$")),
    ("knowledge", re.compile(r"^reliable knowledge cutoff")),
    ("trained", re.compile(r"^training data cutoff")),
    ("status", re.compile(r"^status$")),
    ("released", re.compile(r"^released$")),
    ("retirement", re.compile(r"^retirement")),
)
#: Rows that say nothing for the catalog.
IGNORED = re.compile(
    r"^(?:description|model page|comparative latency|platforms?|full price list|priority tier"
    r"|microsoft foundry(?: id)?|claude platform on aws(?: id)?|)$"
)
METERS = {
    "input": Meter.INPUT,
    "output": Meter.OUTPUT,
    "cache_write_5m": Meter.CACHE_WRITE_5M,
    "cache_write_1h": Meter.CACHE_WRITE_1H,
    "cache_read": Meter.CACHE_READ,
}
ID = re.compile(r"claude-[a-z0-9-]+")
PRICE = re.compile(
    r"\$\s?(\d[\d,]{0,9}(?:\.\d{1,6})?) / MTok(?: for prompts (up to|over) ([\d.,]+k?) tokens)?", re.I
)
BOTH = re.compile(
    r"\$\s?(\d[\d.,]*) / input MTok[,;]? ?\$\s?(\d[\d.,]*) / output MTok"
    r"|\$\s?(\d[\d.,]*) / \$\s?(\d[\d.,]*) per MTok \(input / output\)",
    re.I,
)
NEVER = re.compile(r"no\b|not\b", re.I)
DISCOUNT = re.compile(r"(\d{1,2})% discount on input and output", re.I)
STATUSES = {"deprecated": "deprecated", "retired": "retired"}

type Facts = Mapping[str, str]


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model, and for its ids elsewhere. Raises SourceShapeError."""
    index, pages = read_pages(raw, SOURCE)
    out: list[SourceRecord] = []
    known: set[str] = set()
    for page in pages:
        facts, unread = _of_page(page.text)
        if page.fault:
            out.append(left_out(SOURCE, page.name, "its page was not read"))
        elif ID.fullmatch(facts.get("id", "")):
            known.add(facts["id"])
            out += _records(facts, unread, f"{PAGES}{page.name}")
        else:
            out.append(left_out(SOURCE, page.name, UNFORESEEN))
    for facts, unread in _of_columns(index):
        # A page says all that the table says of its model.
        if facts["id"] not in known:
            known.add(facts["id"])
            out += _records(facts, unread, f"{PAGES}overview")
    if not known:
        raise SourceShapeError(
            f"{SOURCE}: expected pages with a table of models and their ids at the Claude API, "
            f"got {index.lstrip()[:60]!r}; look at the page's address"
        )
    return out


def _fact_of(head: str) -> str:
    """Which fact a row with this head gives; empty where no rule knows it."""
    title = plain(head).lower()
    return next((name for name, pattern in ROWS if pattern.search(title)), "")


def _of_page(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the tables of two columns say, each fact once, and the heads that no rule knows."""
    return _facts(row for table in tables(text) if len(table.heads) == 2 for row in table.rows)


def _of_columns(text: str) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    """What each column of a table with a row of ids says of its model."""
    for table in tables(text):
        if len(table.heads) > 1 and any(_fact_of(row[0]) == "id" for row in table.rows):
            for i in range(1, len(table.heads)):
                facts, unread = _facts((row[0], row[i]) for row in table.rows if i < len(row))
                if ID.fullmatch(facts.get("id", "")):
                    yield facts, unread


def _facts(rows: Iterable[tuple[str, ...]]) -> tuple[dict[str, str], tuple[str, ...]]:
    facts: dict[str, str] = {}
    unread: list[str] = []
    for row in rows:
        if len(row) < 2:
            continue
        value = plain(row[1])
        if name := _fact_of(row[0]):
            value = value.strip("`") if name in ("id", "alias", "bedrock", "vertex") else value
            facts.setdefault(name, value)
        elif not IGNORED.search(plain(row[0]).lower()):
            unread.append(f"row: {plain(row[0])[:60]}")
    return facts, tuple(dict.fromkeys(unread))


def _records(facts: Facts, unread: tuple[str, ...], link: str) -> Iterator[SourceRecord]:
    yield row_of(SOURCE, facts["id"], _record, facts, unread, link)
    for platform, provider in (("bedrock", "amazon-bedrock"), ("vertex", "google-vertex")):
        model = facts.get(platform, "")
        # A footnote's number that ran into the id makes it another model's.
        if _bare(model) in (facts["id"], facts.get("alias")):
            yield SourceRecord(
                source=SOURCE,
                id=f"{provider}/{model}",
                provider=provider,
                model=model,
                link=link,
                rows=0,
                joins=True,
                this_channel=True,
            )


def _bare(model: str) -> str:
    """A platform's id as Anthropic's own: of `anthropic.claude-opus-4-5-20251101-v1:0`, without its ends."""
    return re.sub(r"-v\d+(?::\d+)?$", "", model.removeprefix("anthropic.")).replace("@", "-")


def _record(facts: Facts, unread: tuple[str, ...], link: str) -> SourceRecord:
    claims = [*_prices(facts), *_limits(facts), *_abilities(facts), *_lifecycle(facts)]
    known = next((facts[f] for f in ("knowledge", "trained") if facts.get(f)), "")
    about = []
    if month := next(iter([*days(known), *months(known)]), None):
        about.append(FieldClaim(field="knowledge", value=str(month)[: 10 if days(known) else 7]))
    if day := next(iter(days(facts.get("released", ""))), None):
        about.append(FieldClaim(field="released", value=str(day)))
    unpriced = tuple(
        f"price: {name}: {facts[name][:60]}"
        for name in METERS
        if facts.get(name) and not says_nothing(facts[name]) and not list(_rates(name, facts))
    )
    return SourceRecord(
        source=SOURCE,
        id=facts["id"],
        provider="anthropic",
        model=facts["id"],
        claims=unique([FieldClaim(field="kind", value=Kind.CHAT), *claims]),
        model_claims=tuple(about),
        link=link,
        unread=(*unread, *unpriced),
    )


def _prices(facts: Facts) -> Iterator[FieldClaim]:
    rates = [rate for name in METERS for rate in _rates(name, facts)]
    both = BOTH.search(facts.get("both_prices", ""))
    # "From" is the least of several prices, and the model's own page has them all.
    if both and not rates and not re.search(r"\bfrom\b", facts["both_prices"], re.I):
        written_prices = [group for group in both.groups() if group]
        for meter, written in zip((Meter.INPUT, Meter.OUTPUT), written_prices, strict=True):
            if (usd := _usd(written)) is not None:
                rates.append((Rate(meter=meter), usd))
    discount = DISCOUNT.search(facts.get("batch", ""))
    for rate, usd in rates:
        yield price_claim(rate, usd)
        if discount and rate.meter in (Meter.INPUT, Meter.OUTPUT):
            yield price_claim(replace(rate, mode=Mode.BATCH), usd * (100 - int(discount[1])) / 100)


def _rates(name: str, facts: Facts) -> Iterator[tuple[Rate, Decimal]]:
    """A meter's price, and the steps of it by size of the prompt."""
    for usd, which, size in PRICE.findall(facts.get(name, "")):
        above = tokens(size) if which.lower() == "over" else 0
        if above is not None and (price := _usd(usd)) is not None:
            yield Rate(meter=METERS[name], above_tokens=above), price


def _usd(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _limits(facts: Facts) -> Iterator[FieldClaim]:
    for name, field in (("context", "context_tokens"), ("max_output", "max_output_tokens")):
        if count := tokens(facts.get(name, "")):
            yield FieldClaim(field=field, value=count)


def _abilities(facts: Facts) -> Iterator[FieldClaim]:
    # It thinks where one of the two ways is there, whatever is said of the other.
    ways = [facts.get(name, "") for name in ("thinking", "adaptive", "extended")]
    ways = [way for way in ways if not says_nothing(way)]
    if ways:
        yield support_claim(Capability.REASONING, any(not NEVER.match(way) for way in ways))
    if (effort := facts.get("effort", "").strip("`")) in set(Effort):
        yield FieldClaim(field="default_effort", value=effort)
    inputs = facts.get("modalities", "").lower()
    if inputs:
        yield support_claim(Capability.VISION, yes="image" in inputs)


def _lifecycle(facts: Facts) -> Iterator[FieldClaim]:
    if status := STATUSES.get(facts.get("status", "").lower().partition(" ")[0]):
        yield FieldClaim(field="status", value=status)
    end = facts.get("retirement", "")
    if day := next(iter([*days(end), *months(end)]), None):
        exact = days(end) and not EARLIEST.search(end)
        yield FieldClaim(field="retires" if exact else "retires_earliest", value=str(day))
