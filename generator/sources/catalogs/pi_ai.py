"""pi-ai: the newest prices, limits and efforts of models that call tools, merged by the makers of pi.

Most is models.dev's of that day, OpenRouter's and Vercel's are read from their
own lists: beside models.dev and OpenRouter it is no second witness. It writes 0 where it knows no price and
4,096 where it knows no limit, so neither is taken for one. Some limits are its own choice: at OpenAI its
windows end where the price goes up, at Copilot they are those of one kind of client, at OpenRouter of the
route that comes first; they are left alone.
What a plan lists as prices of tokens are the API's, for a plan is paid by the month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from generator.sources.bundle import unbundled
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    expect,
    left_out,
    price_claim,
    read_json,
    row_of,
    support_claim,
    unique,
)
from playground.catalog import Capability, Effort, Kind
from playground.catalog.prices import Meter, Rate

SOURCE = "pi-ai"
MANIFEST = ".manifest.json"
METERS = {
    "input": Meter.INPUT,
    "output": Meter.OUTPUT,
    "cacheRead": Meter.CACHE_READ,
    "cacheWrite": Meter.CACHE_WRITE,
}
#: What it writes where it knows no limit.
NO_LIMIT = 4096
#: Paid by the month: what stands there as prices is what the API asks.
PLANS = frozenset(
    {
        *("openai-codex", "kimi-coding", "zai", "zai-coding-cn", "qwen-token-plan", "qwen-token-plan-cn"),
        *("xiaomi-token-plan-ams", "xiaomi-token-plan-cn", "xiaomi-token-plan-sgp"),
    }
)
#: Where the window is its own choice, or both limits are those of one route of many.
OWN_WINDOWS = frozenset({"openai", "openai-codex", "github-copilot"})
OF_A_ROUTE = frozenset({"openrouter"})
#: Its ids without a geography are those of two ways in, which differ in price: they make no offering.
UNPLACED = frozenset({"amazon-bedrock"})
GEOGRAPHY = re.compile(r"(global|us|eu|apac|au|jp|in|ca)\.")
NOT_READ = {
    "radius": "a gateway of its makers' own",
    "qwen-token-plan-individual": "a plan for one person, which serves what the team's serves",
    "qwen-token-plan-individual-cn": "a plan for one person, which serves what the team's serves",
}
#: For these it writes the row of another model.
ALIASES = frozenset({"gemini-flash-latest", "gemini-flash-lite-latest"})
NOT_CHAT = {
    "image": "an image model: it does not say what its prices count",
    "classifier": "a classifier, which has an API of its own",
}


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model of each provider, of the package's files or of the one list that is served.

    Raises SourceShapeError.
    """
    lists = _of_package(raw) if raw.startswith(b"PK") else _served(raw)
    return [record for provider, rows in lists for record in _records(provider, rows)]


def _of_package(raw: bytes) -> Iterator[tuple[str, Any]]:
    """Each provider's rows; a provider's file holds them by the API that they are called through."""
    for path, text in unbundled(raw, SOURCE).items():
        name = PurePosixPath(path)
        if name.name != MANIFEST:
            apis = expect(read_json(text, SOURCE), dict, SOURCE, name.name)
            for rows in apis.values():
                yield name.stem, rows


def _served(raw: bytes) -> Iterator[tuple[str, Any]]:
    yield from expect(read_json(raw, SOURCE), dict, SOURCE, "the list").items()


def _records(provider: str, rows: Any) -> Iterator[SourceRecord]:
    if isinstance(rows, dict):
        rows = list(rows.values())
    if not isinstance(rows, list):
        yield left_out(SOURCE, provider, UNFORESEEN)
        return
    for row in rows:
        name = row.get("id") if isinstance(row, dict) else row
        yield row_of(SOURCE, f"{provider}/{name}", _record, provider, row)


def _record(provider: str, row: Mapping[str, Any]) -> SourceRecord:
    model = expect(row["id"], str, SOURCE, f"{provider}: a model's id")
    name = f"{provider}/{model}"
    if reason := NOT_READ.get(provider) or NOT_CHAT.get(row["type"]):
        return left_out(SOURCE, name, reason)
    if model in ALIASES:
        return left_out(SOURCE, name, "an alias, with the row of a model of its own choice")
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=unique(_claims(provider, model, row)),
        model_claims=tuple(_model_claims(row)),
        confirms=provider in UNPLACED and "." in model and not GEOGRAPHY.match(model),
    )


def _model_claims(row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    # In brackets stands what is said of the offering: its region, its window, that it is free.
    if isinstance(name := row.get("name"), str) and "(" not in name:
        yield FieldClaim(field="name", value=name)


def _claims(provider: str, model: str, row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    yield FieldClaim(field="kind", value=Kind.CHAT)
    # Its list of chat models holds only what calls tools.
    yield support_claim(Capability.TOOL_CALLS, yes=True)
    yield support_claim(Capability.VISION, "image" in expect(row["input"], list, SOURCE, "input"))
    yield support_claim(Capability.REASONING, expect(row["reasoning"], bool, SOURCE, "reasoning"))
    yield from _efforts(row.get("thinkingLevelMap") or {})
    if provider not in OF_A_ROUTE:
        yield from _limits(provider, row)
    if provider not in PLANS:
        yield from _prices(model, expect(row["cost"], dict, SOURCE, "cost"))


def _limits(provider: str, row: Mapping[str, Any]) -> Iterator[FieldClaim]:
    limits = {"max_output_tokens": row.get("maxTokens")}
    if provider not in OWN_WINDOWS:
        limits["context_tokens"] = row.get("contextWindow")
    for field, tokens in limits.items():
        if isinstance(tokens, int | Decimal) and tokens != NO_LIMIT:
            yield FieldClaim(field=field, value=int(tokens))


def _efforts(levels: Mapping[str, str | None]) -> Iterator[FieldClaim]:
    """The efforts that are sent for pi's levels; one that it offers no level for may be taken all the same.

    Its level `off` turns thinking off, by an effort or otherwise.
    """
    sent = {value.lower() for level, value in levels.items() if value and level != "off"}
    for effort in Effort:
        if effort in sent:
            yield support_claim(effort, yes=True)


def _prices(model: str, cost: Mapping[str, Any]) -> Iterator[FieldClaim]:
    free = model.endswith((":free", "-free"))
    steps = [(0, cost), *((step["inputTokensAbove"], step) for step in cost.get("tiers") or ())]
    for above, rates in steps:
        for key, meter in METERS.items():
            usd = Decimal(rates.get(key) or 0)
            if usd or (free and meter in (Meter.INPUT, Meter.OUTPUT)):
                yield price_claim(Rate(meter=meter, above_tokens=int(above)), usd)
