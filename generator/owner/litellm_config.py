"""A LiteLLM proxy's own configuration, read as offerings of the site owner's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from generator.bounds import part_fault
from generator.curated.yaml_file import Edited, id_field, read_edited, rows_of, text_field
from generator.errors import EditError
from generator.owner.offerings import known_entry, own_fact, own_offering
from playground.catalog import Catalog, Channel, Fact, Key, Offering, Provider, source_of


def litellm_offerings(
    edited: Edited, catalog: Catalog, providers: Mapping[str, Provider]
) -> Iterable[tuple[str, Offering]]:
    """What a LiteLLM proxy serves, by the model_list of its own configuration."""
    # The ids that LiteLLM itself uses lead from its configuration to our offerings; a lab's own API first.
    first = sorted(catalog.offerings, key=lambda o: o.channel != Channel.DIRECT)
    by_id = {name: o for o in reversed(first) for name in o.ids}
    by_id |= {r.id: o for o in first for k, r in o.records.items() if source_of(k) == "litellm"}
    known = {**catalog.providers, **providers}
    for where, row in edited.rows("litellm", {"provider", "config"}):
        provider = known_entry(edited, f"{where}: provider", row.get("provider"), known, "provider").id
        path = edited.path.parent / text_field(edited, f"{where}: config", row.get("config"))
        config = read_edited(path)
        entries = config.content.get("model_list") if isinstance(config.content, dict) else None
        if not isinstance(entries, list) or not entries:
            raise EditError(f"{path}: has no model_list; it must be the configuration of a LiteLLM proxy")
        taken: set[str] = set()
        allowed = {"model_name", "litellm_params", "model_info", "tpm", "rpm"}
        for at, entry in rows_of(path, "model_list", entries, allowed):
            name = text_field(config, f"{at}: model_name", entry.get("model_name"))
            params, about = entry.get("litellm_params") or {}, entry.get("model_info") or {}
            asked = str(about.get("base_model") or params.get("model") or "")
            # `openai/gpt-5` in a configuration is `gpt-5` in LiteLLM's own list.
            known_as = asked if asked in by_id or "/" not in asked else asked.partition("/")[2]
            if known_as not in by_id:
                raise EditError(
                    f"{path}: {at} ({name}): {asked!r} is no model the catalog knows; "
                    "say which it is: model_info: {base_model: azure/gpt-5}"
                )
            base = by_id[known_as]
            # Several deployments behind one name are one offering to who calls it.
            if name in taken:
                continue
            variant = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") if base.model in taken else ""
            if base.model in taken:
                id_field(config, f"{at}: model_name {name!r} as an id", variant, part_fault)
            taken |= {name, base.model}
            key = Key(provider, Channel.GATEWAY, base.model, variant=variant)
            yield (
                f"{path.name}: {at}",
                own_offering(base, key, name, "", _litellm_prices({**params, **about})),
            )


def _litellm_prices(entry: Mapping[str, Any]) -> dict[str, Fact]:
    """What a proxy's configuration says of its own prices, in US dollars per token."""
    fields = {"input_cost_per_token": "price.input", "output_cost_per_token": "price.output"}
    return {
        field: own_fact(Decimal(str(entry[name])).scaleb(6).normalize())
        for name, field in fields.items()
        if isinstance(entry.get(name), int | float)
    }
