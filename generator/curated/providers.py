"""providers.yml: who serves models and how to reach them, as people describe it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.bounds import folder_fault
from generator.curated.statements.statement import certified_rows, placed_statements, statement_field
from generator.curated.yaml_file import Edited, date_field, id_field, read_edited, rows_of
from generator.errors import EditError
from playground.catalog import Provider, Seller
from playground.catalog.endpoints import endpoint_from_json
from playground.catalog.provider import STATED
from playground.catalog.regions import OWN_MACHINE, STAYS

#: What becomes of what is sent to what is given away.
FREE_TIERS = ("used", "unused")
KINDS = ("", "lab", "cloud", "host", "gateway", "subscription", "self-hosted")
BROWSER = ("yes", "likely", "unknown", "no")
KNOWN_BY = ("", "vendor", "reported")
STATUSES = ("live", "retired")
#: What a statement's value is one of; an address or a mail where it is none.
STATED_VALUES: Mapping[str, tuple[str, ...]] = {
    "seller": tuple(Seller),
    "sells_others": tuple(Seller),
    "zero_retention": ("yes", "no", "on request", "by setting"),
    "no_training": ("yes", "no", "paid", "by setting"),
    "currency": ("EUR", "CHF", "GBP", "SEK", "CNY", "JPY", "KRW", "INR"),
}


def load_providers(path: Path) -> Mapping[str, Provider]:
    """providers.yml as values. Raises EditError naming the entry that is wrong."""
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of providers (`- id: …`)")
    providers: dict[str, Provider] = {}
    for where, row in rows_of(path, "", edited.content, set(Provider.__dataclass_fields__)):
        provider = provider_field(edited, where, row)
        if provider.id in providers:
            raise EditError(f"{path}: {where} ({provider.id}): described twice; keep one entry")
        providers[provider.id] = provider
    return providers


def provider_field(edited: Edited, where: str, row: Mapping[str, Any]) -> Provider:
    """One provider as people write it. Raises EditError."""
    path = edited.path
    name = id_field(edited, f"{where}: id", row.get("id"), folder_fault)
    where = f"{where} ({name})"
    for key, choices in (
        ("kind", KINDS),
        ("browser", BROWSER),
        ("browser_known_by", KNOWN_BY),
        ("status", STATUSES),
    ):
        default = {"browser": "unknown", "status": "live"}.get(key, "")
        if row.get(key, default) not in choices:
            raise EditError(
                f"{path}: {where}: {key} is {row[key]!r}; write one of "
                f"{', '.join(c for c in choices if c)} (yes and no in quotes)"
            )
    if row.get("browser", "unknown") in ("yes", "likely", "no") and not row.get("browser_known_by"):
        raise EditError(f"{path}: {where}: browser needs browser_known_by: how is it known?")
    seller = row.get("seller")
    sells = seller.get("value") if isinstance(seller, dict) else None
    if (sells == Seller.LAB or row.get("kind") == "lab") and not row.get("lab"):
        raise EditError(
            f"{path}: {where}: a lab needs `lab`: the id of the lab whose models are its own, as models are "
            "named (`mistral` of `mistral/…`); to those of others it is a host"
        )
    try:
        endpoints = tuple(endpoint_from_json(e) for e in row.get("endpoints", ()))
    except (TypeError, ValueError) as error:
        raise EditError(f"{path}: {where}: endpoints: {error}") from error
    residency = placed_statements(edited, f"{where}: residency", row.get("residency", []), STAYS)
    if row.get("kind") == "self-hosted" and all(s.value != OWN_MACHINE for s in residency):
        raise EditError(
            f"{path}: {where}: kind self-hosted needs a row under residency with `value: {OWN_MACHINE}` and "
            "the provider's words for it; what runs elsewhere is another kind"
        )
    free_tier = placed_statements(edited, f"{where}: free_tier", row.get("free_tier", []), FREE_TIERS)
    certified = certified_rows(edited, f"{where}: certifications", row.get("certifications", []))
    checked = row.get("browser_checked")
    return Provider(
        **{
            **row,
            "name": str(row.get("name") or name),
            "wire": tuple(row.get("wire") or ()),
            "endpoints": endpoints,
            "residency": residency,
            "free_tier": free_tier,
            "certifications": certified,
            **{
                field: statement_field(edited, f"{where}: {field}", row[field], STATED_VALUES.get(field, ()))
                for field in STATED
                if field in row
            },
            "browser_checked": date_field(edited, f"{where}: browser_checked", checked) if checked else None,
        }
    )
