"""What a deployment of a model can do, where its provider says that all its deployments do the same.

Sources list most deployments at Azure's zones and regions by their price alone; at Global they say what the
model takes and gives. Where deployments of one model are both described, they agree but for a handful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from playground.catalog import Capability, Channel, Offering, Value

#: Providers that say so. Microsoft's page on deployment types, read on 2026-11-30 in a copy of its repository
#: (MicrosoftDocs/azure-ai-docs): "All deployments can perform the exact same inference operations, but the
#: billing, scale, and performance are substantially different."
#: https://learn.microsoft.com/azure/foundry/foundry-models/concepts/deployment-types
ALIKE = frozenset({"azure"})
#: Clouds apart, with models and features of their own.
APART = frozenset({Channel.GOVERNMENT})
#: So many times a request must fit into the window of another deployment. Windows do differ, that of GPT-4.1
#: by eight times: "1,047,576 - 128,000 (standard & provisioned managed deployments)", on its page of models.
MARGIN = 10
#: What is the same wherever the model runs; searching the web and using a computer are tools beside it.
SAME = frozenset(
    {
        *(f"can.{c}" for c in Capability if c not in (Capability.WEB_SEARCH, Capability.COMPUTER_USE)),
        "max_output_tokens",
    }
)


#: How much a request may hold: of these no deployment's figure is another's, but for a tenth of it.
WINDOWS = ("context_tokens", "max_input_tokens")
#: The columns of what a model's other deployments are said to hold.
ELSEWHERE = tuple(f"{window} elsewhere" for window in WINDOWS)


def others_of(offering: Offering, places: Iterable[Offering]) -> list[Offering]:
    """Those of a model's places that are other deployments of this offering; none where they may differ."""
    key = _shared(offering)
    return [other for other in places if key and other is not offering and _shared(other) == key]


def at_others(offerings: Sequence[Offering], field: str) -> list[Value | None]:
    """What the others say of a field, for each offering of which nobody says it; None where they differ."""
    claims: dict[tuple[str, str, str, str], set[Value]] = defaultdict(set)
    keys = [_shared(o) for o in offerings]
    for offering, key in zip(offerings, keys, strict=True):
        if key and (value := offering.value(field)) is not None:
            claims[key].add(value)
    return [
        next(iter(values)) if key and len(values := claims[key]) == 1 and o.value(field) is None else None
        for o, key in zip(offerings, keys, strict=True)
    ]


def _shared(offering: Offering) -> tuple[str, str, str, str] | None:
    """What the deployments of one model share; None where nothing says that they are alike."""
    if offering.provider not in ALIKE or offering.channel in APART:
        return None
    return offering.sort_key().but_channel
