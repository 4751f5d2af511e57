"""What a person means by a name: a model's id, any spelling of it, an old id, an offering's key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.errors import AlmanacError
from generator.ledger.placing.identity import find_model
from playground.catalog import Catalog, Model, Offering
from playground.labels.names import model_order
from playground.spelling import nearest

if TYPE_CHECKING:
    from generator.curated.identity_rules import Rules
    from generator.curated.renamed import Renamed


def find(
    name: str, catalog: Catalog, rules: Callable[[], Rules], renamed: Callable[[], Renamed]
) -> tuple[Model | None, list[Offering]]:
    """A model by id, by any spelling of it, or by its name alone; or an offering by its key.

    The rules and the old ids are asked for only where the name is no id as it stands. Raises AlmanacError
    with the nearest names where there is neither.
    """
    if name not in catalog.models:
        by_key = {o.key: o for o in catalog.offerings}
        if name not in by_key and "/" in name:
            old = renamed()
            name = old.models.get(name) or old.offerings.get(name, name)
        if name in by_key:
            return None, [by_key[name]]
    model_id = name if name in catalog.models else None
    if model_id is None and "/" in name:
        model_id = find_model(name, catalog.models, rules())
    if model_id is None and "/" not in name:
        wanted = name.lower()
        matches = [m for m in catalog.models if m.partition("/")[2] == wanted]
        if len(matches) > 1:
            raise AlmanacError(f"{name!r} is the name of several models: {', '.join(matches)}")
        model_id = matches[0] if matches else None
    if model_id is None or model_id not in catalog.models:
        keys = [o.key for o in catalog.offerings] if "/" in name else []
        near = nearest(name, [*catalog.models, *keys], 5)
        near += [m for m in catalog.models if name.lower() in m and m not in near][: 5 - len(near)]
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise AlmanacError(f"no model or offering is called {name!r}{hint}")
    return catalog.models[model_id], sorted(catalog.of_model(model_id), key=model_order)
