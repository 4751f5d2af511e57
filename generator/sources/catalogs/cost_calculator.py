"""openai-cost-calculator's price lists: sellers' own lists, as its authors' program reads them on one day.

AWS's and Azure's come from their price APIs, the others from the sellers' pages. What the package has of
OpenRouter is OpenRouter's own list and is not read. Its names are the price lists', not ids that a request
names, so a row makes no offering: it confirms the one that it names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from msgspec.structs import replace as with_changes

from generator.sources.bundle import unbundled
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    made_or_why,
    price_claim,
    read_json,
    unique,
    written_number,
)
from playground.catalog import Channel
from playground.catalog.prices import Meter, Mode, Rate, Unit

SOURCE = "cost-calculator"
#: Labs' and clouds' lists. Those of hosts change too often for a list that is weeks old.
FILES = tuple(
    f"{seller}.json"
    for seller in ("anthropic", "azure", "bedrock", "deepseek", "gemini", "mistral", "openai", "vertex")
)
METERS = {
    "input": Meter.INPUT,
    "output": Meter.OUTPUT,
    "reasoning": Meter.REASONING,
    "cached_input": Meter.CACHE_READ,
    "cache_write_1h": Meter.CACHE_WRITE_1H,
    "input_audio": Meter.INPUT_AUDIO,
    "output_audio": Meter.OUTPUT_AUDIO,
    "cached_input_audio": Meter.CACHE_READ_AUDIO,
    "input_image": Meter.INPUT_IMAGE,
    "output_image": Meter.OUTPUT_IMAGE,
}
#: Priced by the call, not by the million tokens.
CALLS = {"web_search": Meter.WEB_SEARCH, "request": Meter.REQUEST}
WRITE, HOUR = "cache_write", "cache_write_1h"
KNOWN = frozenset({*METERS, *CALLS, WRITE})
#: What Google's lists repeat for each sort of input, also where it costs what text does.
AS_TEXT = {"input_image": "input", "input_audio": "input", "cached_input_audio": "cached_input"}
MODES = {"standard": Mode.STANDARD, "batch": Mode.BATCH, "flex": Mode.FLEX} | {
    "priority": Mode.PRIORITY,
    "fast": Mode.FAST,
}
#: DeepSeek's dearer hours are the base, as everywhere in the catalog; which those are the files do not say.
WINDOWS = {"peak": "", "off_peak": "off-peak"}
CONDITIONS = frozenset({"service_tier", "region", "period"})
GLOBAL = "global"
#: Whose rows of single regions are read as such.
BY_REGION = frozenset({"azure", "bedrock"})
#: Where requests may be kept for a surcharge on all prices, by seller and region: the field that says it.
SURCHARGES = {("anthropic", "us"): "uplift.us", ("mistral", "eu"): "uplift.eu"}
#: At Google Cloud every region but the global endpoint.
ELSEWHERE = "uplift.regional"
#: The regions that AWS's list was asked of, with the profile whose requests are billed as they are there.
PROFILES = {"us": ("us-east-1", "us-west-2"), "eu": ("eu-central-1",)}
#: Whose models AWS serves by a geography's profile, too.
PROFILED = ("amazon.", "anthropic.", "meta.")
#: Whose global price is one. Others' depends on where a call comes from, and the package has one of them.
ONE_GLOBAL = "anthropic."
#: AWS meters its newer endpoint apart, and the package lays both meters of a model under one name.
MANTLE = "bedrock_mantle/"
#: Azure's list was asked of one region, in the United States: so its Data Zone is theirs.
AZURE = {"global": Channel.GLOBAL, "data-zone": Channel.DATA_ZONE_US}

UNVERIFIED = "of an older list, on no page of its vendor's"
NO_PRICE = "no price"
NOT_GLOBAL = "priced for single regions alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A model's prices under one set of conditions."""

    conditions: Mapping[str, str]
    above: int
    since: date | None
    until: date | None
    usd: Mapping[str, Decimal]

    @property
    def region(self) -> str:
        return self.conditions.get("region", "")

    @property
    def apart_from_region(self) -> tuple[object, ...]:
        """What another region's prices are compared by."""
        served = (self.conditions.get("service_tier", ""), self.conditions.get("period", ""))
        return (*served, self.above, self.since, self.until)

    def claims(self, region: str = "") -> Iterator[FieldClaim]:
        """Its prices; one that is zero where others are not says that nothing is charged apart."""
        mode = MODES[self.conditions.get("service_tier", "standard")]
        window = WINDOWS[self.conditions.get("period", "peak")]
        shape = Rate(meter=Meter.INPUT, mode=mode, above_tokens=self.above, window=window, region=region)
        free = not any(self.usd.values())
        for name, usd in self.usd.items():
            if not (usd or free) or usd == self.usd.get(AS_TEXT.get(name, "")):
                continue
            if name not in KNOWN:
                continue
            if name in CALLS:
                if mode == Mode.STANDARD and not self.above:
                    yield price_claim(replace(shape, meter=CALLS[name], unit=Unit.REQUEST), usd)
                continue
            if name == WRITE:
                meter = Meter.CACHE_WRITE_5M if HOUR in self.usd else Meter.CACHE_WRITE
            else:
                meter = METERS[name]
            yield price_claim(replace(shape, meter=meter), usd, self.since, self.until)


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model and way in of each seller's list. Raises SourceShapeError."""
    records: list[SourceRecord] = []
    for path, text in unbundled(raw, SOURCE).items():
        seller = PurePosixPath(path).stem
        top = expect(read_json(text, SOURCE), dict, SOURCE, path)
        for model in expect(top.get("models"), list, SOURCE, f"{path}, models"):
            records += _records(seller, model, str(top.get("currency", "")))
    return records


def _records(seller: str, model: Any, currency: str) -> list[SourceRecord]:
    name = str(model.get("id", "")) if isinstance(model, dict) else ""
    rows = max(1, len(model["prices"])) if name and isinstance(model.get("prices"), list) else 1
    made = "not in US dollars" if currency != "USD" else made_or_why(_of_model, seller, model)
    if isinstance(made, str):
        return [left_out(SOURCE, f"{seller}/{name}", made, rows=rows)]
    first, *others = made
    return [with_changes(first, rows=rows), *(with_changes(record, rows=0) for record in others)]


def _of_model(seller: str, model: dict[str, Any]) -> list[SourceRecord] | str:
    """The records of one model, or why it is left out."""
    if status := model.get("status"):
        return UNVERIFIED if status == "unverified" else UNFORESEEN
    rows = [_row(prices) for prices in model["prices"]]
    if not rows:
        return NO_PRICE
    names = (str(model["id"]), *map(str, model.get("aliases", ())))
    unread = tuple(sorted({name for row in rows for name in _unread(seller, row)}))
    ways = [
        (name, channel, claims)
        for called in names
        for name, channel, claims in _ways(seller, called, rows)
        if claims
    ]
    return [
        SourceRecord(
            source=SOURCE,
            id=f"{seller}/{name}",
            provider=seller,
            model=name,
            claims=unique(claims),
            hints={"channel": channel} if channel else None,
            unread=unread,
            confirms=True,
        )
        for name, channel, claims in ways
    ] or NOT_GLOBAL


def _unread(seller: str, row: _Row) -> Iterator[str]:
    """What no rule reads of a row: a price of something else, a condition, a region's prices."""
    yield from row.usd.keys() - KNOWN
    yield from row.conditions.keys() - CONDITIONS
    if seller not in BY_REGION and row.region not in ("", GLOBAL) and not _surcharge(seller, row.region):
        yield f"region.{row.region}"


def _surcharge(seller: str, region: str) -> str:
    """The field of what a region costs beside the base; empty where none is known."""
    return ELSEWHERE if seller == "vertex" else SURCHARGES.get((seller, region), "")


def _row(prices: dict[str, Any]) -> _Row:
    least = int(prices.get("min_input_tokens", 0))
    return _Row(
        conditions=prices.get("conditions", {}),
        # "At least 200,001" is above 200,000; a round number is where the step is said to be.
        above=least - 1 if least % 1000 == 1 else least,
        since=day(prices.get("effective_from", "")),
        until=day(prices.get("effective_until", "")),
        usd={name: written_number(usd) for name, usd in prices["rates"].items()},
    )


def _ways(seller: str, name: str, rows: list[_Row]) -> Iterator[tuple[str, str, list[FieldClaim]]]:
    """The ways in to a model: the name there, the channel where the name does not say it, the claims."""
    if seller == "azure":
        for region in dict.fromkeys(row.region for row in rows):
            held = [row for row in rows if row.region == region]
            place = "" if region in AZURE else region
            claims = [claim for row in held for claim in row.claims(place)]
            yield name, AZURE.get(region, Channel.REGIONAL), claims
    elif seller == "bedrock":
        everywhere = [row for row in rows if row.region == GLOBAL] if name.startswith(ONE_GLOBAL) else []
        yield f"{GLOBAL}.{name}", "", [c for row in everywhere for c in row.claims()]
        here = _by_region([row for row in rows if row.region != GLOBAL])
        for endpoint in ("",) if name.startswith(PROFILED) else ("", MANTLE):
            yield f"{endpoint}{name}", "", [claim for claim in here if not (endpoint and "/" in claim.field)]
        for profile, regions in PROFILES.items() if name.startswith(PROFILED) else ():
            held = [row for row in rows if row.region in regions]
            yield f"{profile}.{name}", "", [c for c in _by_region(held) if "/" not in c.field]
    else:
        base = [row for row in rows if row.region in ("", GLOBAL)]
        claims = [claim for row in base for claim in row.claims()]
        yield name, "", [*claims, *_surcharges(seller, base, rows)] if claims else []


def _by_region(rows: list[_Row]) -> list[FieldClaim]:
    """The price that most regions share as the price, the others under their regions; all where none is.

    Of the cheaper and the quicker modes only what is shared: regions' own prices are those of the usual one.
    """
    placed: dict[str, dict[str, FieldClaim]] = defaultdict(dict)
    for row in rows:
        for claim in row.claims():
            placed[claim.field][row.region] = claim
    claims: list[FieldClaim] = []
    for field, by_region in placed.items():
        (common, most), *less = Counter(str(claim.value) for claim in by_region.values()).most_common()
        if less and less[0][1] == most:
            common = ""
        claims += [claim for claim in by_region.values() if str(claim.value) == common][:1]
        claims += (
            with_changes(claim, field=f"{field}/{region}")
            for region, claim in by_region.items()
            if str(claim.value) != common and field.count(".") == 1
        )
    return claims


def _surcharges(seller: str, base: list[_Row], rows: Iterable[_Row]) -> Iterator[FieldClaim]:
    """What a region costs beside the base, where that is one factor on all prices of the usual service."""
    plain = {row.apart_from_region: row.usd for row in base}
    factors: dict[str, set[Decimal]] = defaultdict(set)
    for row in rows:
        name = _surcharge(seller, row.region)
        other = plain.get(row.apart_from_region)
        if row in base or not name or not other or "service_tier" in row.conditions:
            continue
        factors[name] |= {
            (row.usd[meter] / other[meter]).quantize(Decimal("0.001"))
            for meter in ("input", "output")
            if other.get(meter) and meter in row.usd
        }
    for name, seen in factors.items():
        if len(seen) == 1 and (factor := min(seen)) != 1:
            yield FieldClaim(field=name, value=factor.normalize())
