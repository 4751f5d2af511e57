"""The catalog's models that a usage export names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playground.catalog import Catalog

_DATED = re.compile(r"[-@](\d{4}-\d{2}-\d{2}|\d{8}|latest)$")


def models_named(names: Sequence[str], catalog: Catalog) -> list[str]:
    """The models that an export names as providers and gateways do: `gpt-5-2025-08-07`, `azure/gpt-5`.

    A name that is no model's own, or several models', is left out.
    """
    by_tail: dict[str, list[str]] = {}
    for model in sorted({o.model for o in catalog.offerings}):
        by_tail.setdefault(model.partition("/")[2], []).append(model)
    ids = []
    for name in names:
        tail = re.split(r"[/]|(?<=[a-z])\.(?=[a-z])", name.lower())[-1]
        for written in (tail, _DATED.sub("", tail)):
            if len(models := by_tail.get(written, [])) == 1:
                ids.append(models[0])
                break
    return list(dict.fromkeys(ids))
