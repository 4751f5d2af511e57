"""Models on a machine of the reader's own: how much memory one takes, and which can run there at all.

Whose weights are published can be run by anybody, though no list of offerings says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from playground.catalog import Catalog, Channel, Offering, Support
from playground.labels.naming import name_parts
from playground.need.judges import Judged, supported, yes_or_no

#: What runs published weights on most machines, where the catalog has it as a provider.
RUNNER = "llama-cpp"
#: Gigabytes for a thousand million parameters, at about 4.85 bits each: as weights are most often run on a
#: machine of one's own (llama.cpp's Q4_K_M), hardly worse than as published.
WEIGHTS = Decimal("0.61")
#: Gigabytes for what is being read and written, and the program, beside the weights.
BESIDE = Decimal("1.5")
#: Gemma names its small models by the parameters that work at a time (E2B has 5, E4B 8 thousand million).
_EFFECTIVE = re.compile(r"(?<![a-z0-9])e\d+b(?![a-z0-9])")
#: What of an offering is true of its model wherever it runs.
_LASTING = ("kind", "can.", "effort.", "context_tokens", "max_")


def parameters_of(known: Any, model: str) -> Decimal | None:
    """How many thousand million parameters a model has, by its fact or its name; None where neither says."""
    if isinstance(known, int):
        return Decimal(known) / 10**9
    named = name_parts(model).parameters
    if named is None:
        return None
    return Decimal(str(named)) * (2 if _EFFECTIVE.search(model) else 1)


#: Weights of which nobody says, where the models before it in its line have theirs kept.
CLOSED = "closed"


def open_weights(value: Any) -> Judged:
    """Judges whether a model's weights are open."""
    if value == CLOSED:
        return Judged(
            Support.NO, "no: its line's are kept, and nobody says that these are not", "open_weights"
        )
    return supported("open_weights")(value)


def memory_of(parameters: Decimal) -> Decimal:
    """The gigabytes that a model of so many thousand million parameters takes at four to five bits."""
    return parameters * WEIGHTS + BESIDE


def fits_in(memory: Decimal) -> Callable[[Any, str], Judged]:
    """Judges whether a model, at four to five bits a parameter, fits in so many gigabytes."""

    def judge(known: Any, model: str) -> Judged:
        if (parameters := parameters_of(known, model)) is None:
            return Judged(Support.UNKNOWN, "nobody says how large it is", "parameters")
        wanted = memory_of(parameters)
        text = f"{parameters.normalize():f}B parameters take about {wanted:.0f} GB at four bits"
        return Judged(yes_or_no(wanted <= memory), text, "parameters")

    return judge


def on_own_machines(catalog: Catalog) -> Catalog:
    """The catalog of what runs on machines of one's own: what lists say, and whatever has open weights."""
    listed = tuple(o for o in catalog.offerings if o.channel == Channel.SELF_HOSTED)
    if RUNNER not in catalog.providers:
        return replace(catalog, offerings=listed)
    runs = {(o.model, o.version) for o in listed}
    return replace(catalog, offerings=(*listed, *(o for o in _run(catalog) if (o.model, "") not in runs)))


def _run(catalog: Catalog) -> Iterator[Offering]:
    """Each model with open weights at the runner, with what is true of it wherever it runs."""
    shown: dict[str, Offering] = {}
    for o in catalog.offerings:
        known = shown.get(o.model)
        if known is None or len(o.facts) > len(known.facts):
            shown[o.model] = o
    for model, o in sorted(shown.items()):
        if catalog.models[model].value("open_weights") == Support.YES:
            facts = {name: fact for name, fact in o.facts.items() if name.startswith(_LASTING)}
            yield Offering(
                provider=RUNNER,
                channel=Channel.SELF_HOSTED,
                model=model,
                records=dict(o.records),
                facts=facts,
            )
