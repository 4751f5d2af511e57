"""Which parameters a model takes at an address, and why not: the wire, the provider's row, the model.

What nobody said is offered: unknown is not no, and the provider's own error names what it refuses.
"""

from __future__ import annotations

from collections.abc import Mapping

from playground.catalog import Capability, Effort, Offering, Support
from playground.catalog.endpoints import Endpoint
from playground.chat.adapters import ADAPTERS

#: A part of a chat and what a reader calls it.
LABELS: Mapping[str, str] = {
    "images": "Images",
    "tools": "Tools",
    "schema": "JSON schema",
    "effort": "Reasoning effort",
    "max_tokens": "Max tokens",
    "temperature": "Temperature",
    "top_p": "Top p",
    "top_k": "Top k",
    "seed": "Seed",
    "stop": "Stop sequences",
    "frequency_penalty": "Frequency penalty",
    "presence_penalty": "Presence penalty",
}
#: The range and step of those that are numbers, for a form; a provider may take less.
LIMITS: Mapping[str, Mapping[str, float]] = {
    "max_tokens": {"min": 1, "step": 1},
    "temperature": {"min": 0, "max": 2, "step": 0.1},
    "top_p": {"min": 0, "max": 1, "step": 0.05},
    "top_k": {"min": 1, "step": 1},
    "seed": {"min": 0, "step": 1},
    "frequency_penalty": {"min": -2, "max": 2, "step": 0.1},
    "presence_penalty": {"min": -2, "max": 2, "step": 0.1},
}
_NEEDS = {
    "images": Capability.VISION,
    "tools": Capability.TOOL_CALLS,
    "schema": Capability.STRUCTURED_OUTPUT,
    "effort": Capability.REASONING,
}


def refused_here(endpoint: Endpoint) -> dict[str, str]:
    """Parameter → why this address does not take it, for every model."""
    refused = {}
    for name in LABELS:
        if name not in ADAPTERS[endpoint.wire].takes:
            refused[name] = f"the wire {endpoint.wire} has no such parameter"
        elif endpoint.only and name not in endpoint.only:
            refused[name] = "the provider documents no such parameter here"
        elif name in endpoint.rejects:
            refused[name] = "the provider refuses it here"
    return refused


def refused_by(offering: Offering) -> dict[str, str]:
    """Parameter → why this model does not take it, by the catalog's facts."""
    return {
        name: f"the catalog says that this model has no {str(capability).replace('_', ' ')}"
        for name, capability in _NEEDS.items()
        if offering.can(capability) == Support.NO
    }


def efforts(offering: Offering) -> list[str]:
    """The efforts that some source says this model takes; empty where nobody said any."""
    known = offering.efforts()
    return [str(effort) for effort in Effort if known[effort] == Support.YES]
