"""Azure retail prices: a public list of billing meters, one price per meter and region.

Meters are named in a hurry: `5.6 terra ShortCo Cd Wr Std DZ 1M Tokens` is GPT-5.6 Terra, cache
write, standard mode, Data Zone. The name is cut into words, each word that says what is counted, how it is
served or where is taken out, and what remains names the model. Meters become one record per model and
deployment (Global, Data Zone by geography, Regional, Government) with the regions it is sold in; where a
region's price differs from most others' it stands under that region.

Live it is the API's pages put together; the package has the same rows, grouped by regions. Rows that a
newer row replaces, or that are yet to come, are told apart by their effective date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from generator import bounds
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    made_or_why,
    price_claim,
    read_json,
)
from playground.catalog import Channel
from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field

SOURCE = "azure-retail"

DEPLOYMENTS = {
    **dict.fromkeys(("glbl", "global", "gl", "glb"), "global"),
    **dict.fromkeys(("dzone", "datazone", "dz", "dzn"), "data-zone"),
    **dict.fromkeys(("regnl", "rgnl", "regional", "rg"), "regional"),
}
MODES = {"batch": Mode.BATCH, "pp": Mode.PRIORITY, "std": Mode.STANDARD}
INPUT = {"inp", "inpt", "input", "in"}
OUTPUT = {"opt", "outp", "outpt", "out", "output"}
CACHED = {"cchd", "cd", "cached", "cach", "cache", "cched", "ccchd", "ch"}
WRITE = {"wr", "write"}
TEXT, AUDIO, IMAGE = {"txt", "text"}, {"aud", "audio"}, {"img"}
LONG, SHORT = {"longco"}, {"shortco"}
NOISE = {"1m", "1k", "tokens", "token", "tkn", "ep"}
UNITS = {"second": Unit.SECOND, "video": Unit.SECOND, "images": Unit.IMAGE, "pages": Unit.PAGE}
UNITS |= {"characters": Unit.CHARACTER, "search": Unit.REQUEST}

#: What a meter's name holds when it prices something else than calling a model.
LEFT_OUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"provisioned|\bptu\b"), "provisioned throughput, sold by the hour"),
    (re.compile(r"hosting|hstng"), "hosting of a fine-tuned model"),
    (re.compile(r"train|trng"), "fine-tuning"),
    (re.compile(r"\bft\b|ftregnl|fine.tun|\brft\b|-ft-|_ft"), "use of a fine-tuned model"),
    (re.compile(r"grader|grdr"), "model grader for fine-tuning"),
    (re.compile(r"assistants|code.interpreter|file.search"), "a tool, not a model"),
    (re.compile(r"^standard unit"), "names no model"),
)
#: Product → what its meters leave out of the model's name.
FAMILIES = {
    "Azure Deepseek Models": "deepseek",
    "Azure Grok Models": "grok",
    "Azure Kimi": "kimi",
    "Azure Llama Models": "llama",
    "Azure Mistral Models": "mistral",
    "Cohere Models": "cohere",
}
#: The geography whose Data Zone a region belongs to.
ZONES = {
    Channel.DATA_ZONE_US: re.compile(r"(north|south|east|west|central)+us\d*"),
    Channel.DATA_ZONE_EU: re.compile(
        r"(north|west)europe|(france|sweden|germanywest|germany|spain|poland|italy|belgium|denmark|austria|"
        r"finland|greece|switzerland|norway)(central|north|west|east)?"
    ),
    Channel.DATA_ZONE_APAC: re.compile(
        r"(east|southeast)asia|(japan|korea|australia|indonesia|malaysia)\w*|\w*india\w*"
    ),
}
REGION = re.compile(r"[A-Za-z0-9 -]{0,60}")
NO_PLACE = frozenset({"", "Global", "northeurope"})  # meters stand there, but nothing can be deployed
GOVERNMENT = re.compile(r"usgov|usdod")

_BETWEEN_TERMS = re.compile(r"[\s\-_/]+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PHRASES = (
    (re.compile(r"\bdata zone\b"), "datazone"),
    (re.compile(r"\bshort co\b"), "shortco"),
    (re.compile(r"\blong co\b"), "longco"),
    (re.compile(r"\bdeep seek"), "deepseek"),
    (re.compile(r"\bmini max\b"), "minimax"),
    (re.compile(r"\b(mini|aud|txt)(?=\d{4}\b)"), r"\1 "),
)
#: Sizes, lengths and qualities that grade a price and are no part of the model's name.
_GRADE = re.compile(r"\b(\d+p(?: sq)?) (\d+) (\d+s)\b|\b(?:(hd|std) )?(high|low) ?res\b(?!.*second)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meterage:
    """What one meter's name says."""

    model: str
    deployment: str
    rate: Rate


@dataclass(slots=True)
class _Deployment:
    """The prices of one model in one deployment: rate → region → from when on → price."""

    prices: dict[str, dict[str, dict[str, Decimal]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )
    rows: int = 0


def parse(raw: bytes) -> list[SourceRecord]:
    """Every meter row, in the record of its model and deployment or left out with the reason."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    items = expect(top.get("items", top.get("Items")), list, SOURCE, "items")
    records: list[SourceRecord] = []
    deployments: dict[tuple[str, str, str], _Deployment] = defaultdict(_Deployment)
    for item in items:
        if reason := made_or_why(_lay, item, deployments):
            names = item if isinstance(item, dict) else {}
            row = f"{names.get('productName', '')}/{names.get('meterName', '')}"
            records.append(left_out(SOURCE, row, reason))
    for (product, model, channel), group in deployments.items():
        records.append(_record(product, model, channel, group))
    return records


def _lay(item: dict[str, Any], deployments: dict[tuple[str, str, str], _Deployment]) -> str:
    """Lay a row to its model and deployment; why not, where it is left out."""
    name, product = str(item.get("meterName", "")), str(item.get("productName", ""))
    if reason := _not_a_model(name):
        return reason
    if item.get("type", "Consumption") != "Consumption":
        return "reserved, not paid by use"
    if item.get("currencyCode", "USD") != "USD":
        return "not in US dollars"
    usd = Decimal(item.get("retailPrice") or 0)
    if usd <= 0:
        return "a price of zero"
    meterage = read_meter(name, product)
    scale = _scale(str(item.get("unitOfMeasure", "")), meterage.rate.unit if meterage else Unit.MTOK)
    if meterage is None or scale is None:
        return "counts neither input nor output" if meterage is None else "a unit we do not know"
    regions = item.get("regions") or [item.get("armRegionName") or ""]
    since = str(item.get("effectiveStartDate", ""))[:10]
    # Here, for one row must not take those with it that stand in the same record.
    if fault := bounds.number_fault(usd * scale) or _place_fault(regions, since):
        return fault
    places = {_channel(meterage.deployment, region) for region in regions}
    for rank, channel in enumerate(sorted(places)):
        group = deployments[(product, meterage.model, channel)]
        group.rows += rank == 0  # a row that serves two zones is one row
        prices = group.prices[meterage.rate.field]
        for region in (r for r in regions if _channel(meterage.deployment, r) == channel):
            prices[region][since] = usd * scale
    return ""


def _place_fault(regions: list[str], since: str) -> str:
    if any(not REGION.fullmatch(region) for region in regions):
        return "a region that is none"
    began = day(since)
    return bounds.day_fault(began) if began else ""


def _record(product: str, model: str, channel: str, group: _Deployment) -> SourceRecord:
    regions = sorted({r for prices in group.prices.values() for r in prices if r not in NO_PLACE})
    claims = [FieldClaim(field="regions", value=tuple(regions))] if regions else []
    for name, prices in group.prices.items():
        claims.extend(_price_claims(name, prices))
    return SourceRecord(
        source=SOURCE,
        id=f"{product}/{model}/{channel}",
        provider="azure",
        model=model,
        claims=tuple(claims),
        hints={"channel": channel.partition("+")[0], "variant": channel.partition("+")[2]},
        rows=group.rows,
    )


def _price_claims(name: str, prices: dict[str, dict[str, Decimal]]) -> Iterator[FieldClaim]:
    """The price most regions share as the price, the others under their regions, each with its days.

    The list keeps prices that others replaced and announces some that are to come: which of them holds
    today is not for an adapter to say.
    """
    starts = sorted({since for dated in prices.values() for since in dated})
    spans: dict[str, list[tuple[str, Decimal | None]]] = defaultdict(list)
    for start in starts:
        now = {
            region: dated[max(since for since in dated if since <= start)]
            for region, dated in prices.items()
            if min(dated) <= start
        }
        counts = Counter(now.values())
        common = min(counts, key=lambda usd: (-counts[usd], usd))
        for region in ("", *(r for r in prices if r)):
            usd = now.get(region) if region else common
            own = usd if not region or usd != common else None
            if not spans[region] or spans[region][-1][1] != own:
                spans[region].append((start, own))
    rate = parse_price_field(name)
    for region, changes in sorted(spans.items()):
        ends = [start for start, _ in changes[1:]]
        for (start, usd), end in zip(changes, [*ends, ""], strict=True):
            if usd is not None:
                yield price_claim(replace(rate, region=region), usd, day(start), day(end))


def _channel(deployment: str, region: str) -> str:
    """The access channel; government regions keep the deployment as the offering's variant."""
    if GOVERNMENT.match(region):
        return f"{Channel.GOVERNMENT}+{deployment}"
    if deployment != "data-zone":
        return deployment
    for zone, pattern in ZONES.items():
        if pattern.fullmatch(region):
            return zone
    return Channel.DATA_ZONE


def _not_a_model(name: str) -> str:
    low = name.lower()
    return next((reason for pattern, reason in LEFT_OUT if pattern.search(low)), "")


def read_meter(name: str, product: str) -> Meterage | None:
    """What a meter's name says; None where it names neither a model nor what is counted."""
    text = _GLUED.sub(" ", name).lower()
    name_text = " ".join(_BETWEEN_TERMS.split(text.strip()))
    for pattern, replacement in _PHRASES:
        name_text = pattern.sub(replacement, name_text)
    grade = ""
    if graded := _GRADE.search(name_text):
        size, start, end, quality, resolution = graded.groups()
        grade = f"{size} {start}-{end}" if size else f"{quality or 'std'} {resolution} resolution"
        name_text = name_text[: graded.start()] + name_text[graded.end() :]
    seen: Counter[str] = Counter()
    deployment, mode, unit = "regional", Mode.STANDARD, Unit.MTOK
    rest: list[str] = []
    grok = product == "Azure Grok Models"
    for word in name_text.split():
        if word in DEPLOYMENTS:
            deployment = DEPLOYMENTS[word]
        elif word in MODES:
            mode = MODES[word]
        elif word in UNITS:
            unit = UNITS[word]
        elif word in NOISE or word in SHORT:
            continue
        elif word in LONG or (grok and word == "l"):
            seen["long"] += 1
        elif kind := _counted(word, rest):
            seen[kind] += 1
        else:
            rest.append(word)
    model = _model_name(rest, product)
    meter = _meter(seen, model, unit)
    if not model or meter is None:
        return None
    grade = "long context" if seen["long"] else grade
    if "annot" in rest:
        model, grade = "-".join(w for w in model.split("-") if w != "annot"), "annotated"
    return Meterage(
        model=model,
        deployment=deployment,
        rate=Rate(meter=meter, unit=unit, mode=mode, grade=grade),
    )


def _counted(word: str, before: list[str]) -> str:
    """Which of the counting vocabularies a word is of; `text` and `aud` may open a model's own name."""
    if word == "text" and not before:
        return ""
    for kind, vocabulary in (
        ("input", INPUT),
        ("output", OUTPUT),
        ("cached", CACHED),
        ("write", WRITE),
        ("text", TEXT),
    ):
        if word in vocabulary:
            return kind
    return ""


def _model_name(rest: list[str], product: str) -> str:
    name = "-".join(rest)
    family = FAMILIES.get(product, "")
    if family and not name.startswith((family, "mai-", "ministral", "codestral", "provisioned")):
        name = f"{family}-{name}"
    elif product.startswith("Azure OpenAI") and re.match(r"\d", name):
        name = f"gpt-{name}"
    return name


def _meter(seen: Counter[str], model: str, unit: Unit) -> Meter | None:
    if unit == Unit.REQUEST:
        return Meter.REQUEST
    if unit in (Unit.SECOND, Unit.IMAGE):
        return Meter.OUTPUT
    if unit in (Unit.PAGE, Unit.CHARACTER):
        return Meter.INPUT
    # Realtime, audio and image meters say by a word in the middle which modality they count.
    audio = _names_any(model, AUDIO)
    image = _names_any(model, IMAGE) or model.endswith("-image")
    if seen["cached"] and seen["write"]:
        return Meter.CACHE_WRITE
    if seen["cached"]:
        if seen["text"]:
            return Meter.CACHE_READ
        return Meter.CACHE_READ_AUDIO if audio else Meter.CACHE_READ_IMAGE if image else Meter.CACHE_READ
    if seen["output"]:
        if seen["text"]:
            return Meter.OUTPUT
        return Meter.OUTPUT_AUDIO if audio else Meter.OUTPUT_IMAGE if image else Meter.OUTPUT
    if seen["input"]:
        if seen["text"]:
            return Meter.INPUT
        return Meter.INPUT_AUDIO if audio else Meter.INPUT_IMAGE if image else Meter.INPUT
    if "embed" in model:
        return Meter.INPUT_IMAGE if image else Meter.INPUT
    return None


def _names_any(model: str, vocabulary: Iterable[str]) -> bool:
    return any(word in model.split("-") for word in vocabulary)


def _scale(measure: str, unit: Unit) -> Decimal | None:
    """What turns the listed price into USD for one of the field's unit; None where it cannot."""
    match = re.fullmatch(r"(\d+)([KM]?)(?:[ /](Second|Hour|Day|Month))?", measure)
    if match is None:
        return None
    count = Decimal(match[1]) * {"": 1, "K": 1000, "M": 1_000_000}[match[2]]
    if match[3] and match[3] != "Second":
        return None
    if unit == Unit.MTOK:
        return Decimal(1_000_000) / count if match[2] else None
    return Decimal(1) / count
