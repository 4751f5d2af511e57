"""The front models: those that most readers come for, so that a fault of theirs is mended first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from playground.catalog import Catalog, Kind
from playground.labels.naming import name_parts

#: A line is asked for where so many providers serve its newest model.
PROVIDERS = 15
ENDED = "retired"


def front_models(catalog: Catalog, named: Collection[str]) -> frozenset[str]:
    """The models that people named (versus.yml), and the newest of each line that their labs are asked for.

    The newest is the one with the highest version in its id, of those that chat and are still served.
    """
    labs = {model.partition("/")[0] for model in named}
    providers: dict[str, set[str]] = defaultdict(set)
    for offering in catalog.offerings:
        if offering.lab in labs and offering.kind is Kind.CHAT and offering.value("status") != ENDED:
            providers[offering.model].add(offering.provider)
    newest: dict[tuple[str, str], str] = {}
    for model in sorted(providers):
        at = (model.partition("/")[0], name_parts(model).line)
        rival = newest.get(at)
        if rival is None or name_parts(rival).version < name_parts(model).version:
            newest[at] = model
    asked_for = {model for model in newest.values() if len(providers[model]) >= PROVIDERS}
    return frozenset({*asked_for, *(model for model in named if model in catalog.models)})
