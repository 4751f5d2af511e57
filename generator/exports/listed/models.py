"""What the playground's page lists as the models of an address, each with what a reader chooses it by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground.catalog import Catalog, Channel, Effort, Offering, Support, source_of
from playground.catalog.endpoints import Endpoint
from playground.catalog.families.family import Family
from playground.catalog.prices import Mode, Price, Unit
from playground.chat.parameters import NO_EFFORT, PAGE_REFUSES, UNDOCUMENTED, efforts, refused_by

#: What the list says a model can, by the page's word for it.
CAN = {
    "tools": "can.tool_calls",
    "images": "can.vision",
    "JSON schema": "can.structured_output",
    "reasoning": "can.reasoning",
}
#: What is offered where neither a fact nor a page speaks of efforts.
UNKNOWN_EFFORTS = dict.fromkeys(Effort, UNDOCUMENTED)
#: How some sources mark who serves a model; the provider itself knows no such prefix.
_PREFIX = re.compile(
    r"^(?:azure_ai|azure|gemini|vertex_ai|groq|together_ai|text-completion-codestral|codestral|mistral|xai|"
    r"deepseek|ollama|openrouter|huggingface|lm_studio|cohere_chat|cohere|bedrock_mantle|bedrock)/"
    r"(?:(?:us|eu|apac|global|global-standard|invoke|converse|claude_platform)/|[a-z]{2}-(?:gov-)?[a-z]+-\d/)*"
)

#: Groq's own systems carry its name in their ids.
_OWN = "groq/compound"


def call_id(offering: Offering) -> str:
    """The id to send: the one that most sources give, without the prefix by which some mark its host.

    An id of a mode (`…:batch`) is not sent while there is another; of equals the shortest is.
    """

    def plain(name: str) -> str:
        own = offering.channel == Channel.GATEWAY and name.count("/") < 2
        return name if own or name.startswith(_OWN) else _PREFIX.sub("", name)

    givers: dict[str, set[str]] = {plain(name): set() for name in offering.ids}
    for label, record in offering.records.items():
        for name in offering.ids:
            if record.id == name or record.id.endswith(f"/{name}"):
                givers[plain(name)].add(source_of(label))

    def rank(name: str) -> tuple[bool, int, int, str]:
        return name.endswith((":batch", "-batch")), -len(givers[name]), len(name), name

    return min(givers, key=rank, default="")


def taken(endpoint: Endpoint, family: Family | None, offering: Offering | None = None) -> dict[str, Any]:
    """Efforts with what is to be known of each, and what is refused: with all of them, and by effort."""
    offered = efforts(family, offering)
    refused = refused_by(offering) if offering else {}
    out: dict[str, Any] = {}
    if not offered:
        refused.setdefault("effort", NO_EFFORT)
    if family:
        by_effort = {str(effort or ""): family.refused(effort) for effort in (None, *offered)}
        why = {name: text or PAGE_REFUSES for names in by_effort.values() for name, text in names.items()}
        out = {"family": endpoint.families.index(family)}
        for name in sorted(why):
            with_these = [effort for effort, names in by_effort.items() if name in names]
            if len(with_these) == len(by_effort):
                refused.setdefault(name, why[name])
            else:
                out.setdefault("refused_with", {})[name] = {"efforts": with_these, "why": why[name]}
    if refused:
        out["refused"] = refused
    if offered and offered != UNKNOWN_EFFORTS:
        out["efforts"] = offered
    return out


#: The parts of what a model takes, which its family has, too.
_TAKEN = ("refused", "refused_with", "efforts")


def beside_family(endpoint: Endpoint, family: Family | None, offering: Offering) -> dict[str, Any]:
    """What an offering takes, where its row says the same of its family by no more than which that is.

    Where it takes otherwise, it says so by at least one part.
    """
    own = taken(endpoint, family, offering)
    if family is None:
        return own
    shared = taken(endpoint, family)
    if all(own.get(part) == shared.get(part) for part in _TAKEN):
        return {"family": own["family"]}
    return own if any(part in own for part in _TAKEN) else own | {"refused": {}}


def asked_price(offering: Offering) -> Price:
    """What one request costs there by its tokens; without prices in doubt, which would make it look cheap."""
    plain = (
        rate
        for rate in offering.sound_prices.rates
        if rate.mode == Mode.STANDARD and rate.unit == Unit.MTOK and not rate.region and not rate.grade
    )
    return Price(rates=tuple(plain))


def listed_model(
    offering: Offering, catalog: Catalog, names: Mapping[str, str], endpoint: Endpoint
) -> dict[str, Any]:
    """An offering as the list of an address has it: what it costs, takes and can, and when it came."""
    row: dict[str, Any] = {
        "id": call_id(offering),
        "name": names.get(offering.model, offering.model),
        "model": offering.model,
        "channel": str(offering.channel),
        "prices": {rate.field: str(rate.usd) for rate in asked_price(offering).rates},
    }
    if offering.variant:
        row["variant"] = offering.variant
    row |= beside_family(endpoint, endpoint.family(row["id"]), offering)
    if can := [name for name, field in CAN.items() if offering.value(field) == Support.YES]:
        row["can"] = can
    if (day := catalog.models[offering.model].value("released")) is not None:
        row["released"] = str(day)
    for name in ("context_tokens", "max_input_tokens", "max_output_tokens"):
        if (value := offering.value(name)) is not None:
            row[name] = value
    return row
