"""Reads families.yml, and gives each address of a provider the families that its rows are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from generator.curated.yaml_file import Edited, address_field, date_field, read_edited, rows_of, text_field
from generator.errors import EditError
from playground.catalog import Provider
from playground.catalog.endpoints import Endpoint, Wire
from playground.catalog.families.family import Family, family_from_json

FAMILIES_FILE = "families.yml"
KEYS = {field.name for field in fields(Family)} | {"providers", "wires", "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A family and where its row holds: at these providers, on these wires."""

    family: Family
    providers: tuple[str, ...]
    wires: tuple[Wire, ...]
    where: str

    def holds_at(self, provider: str, endpoint: Endpoint) -> bool:
        """Whether the row is about this address of a provider."""
        return provider in self.providers and endpoint.wire in self.wires


def load_families(path: Path) -> tuple[Placed, ...]:
    """The rows in their order; none where there is no such file. Raises EditError naming the row."""
    if not path.exists():
        return ()
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of families (`- name: …`)")
    placed: list[Placed] = []
    for where, row in rows_of(path, "", edited.content, KEYS):
        one = _placed(edited, where, row)
        if twin := next((other for other in placed if _same(other, one)), None):
            raise EditError(
                f"{path}: {one.where}: {twin.where} has the same models there; keep one of the two"
            )
        placed.append(one)
    return tuple(placed)


def _same(one: Placed, other: Placed) -> bool:
    return bool(
        set(one.family.models) & set(other.family.models)
        and set(one.providers) & set(other.providers)
        and set(one.wires) & set(other.wires)
    )


def _placed(edited: Edited, where: str, row: Mapping[str, Any]) -> Placed:
    where = f"{where} ({text_field(edited, f'{where}: name', row.get('name'))})"
    fault = f"{edited.path}: {where}"
    address_field(edited, f"{where}: page", row.get("page"))
    read = date_field(edited, f"{where}: read", row.get("read"))
    try:
        wires = tuple(Wire(name) for name in row.get("wires") or ())
        own = {k: v for k, v in row.items() if k in Family.__dataclass_fields__}
        family = family_from_json({**own, "read": read.isoformat()})
    except (TypeError, ValueError) as error:
        raise EditError(f"{fault}: {error}") from error
    providers = row.get("providers")
    if not wires or not isinstance(providers, list) or not all(isinstance(p, str) for p in providers):
        raise EditError(f"{fault}: say where it holds: providers: [anthropic], wires: [anthropic-messages]")
    return Placed(family=family, providers=tuple(providers), wires=wires, where=where)


def with_families(providers: Mapping[str, Provider], rows: Sequence[Placed]) -> Mapping[str, Provider]:
    """The providers, each address with its families in the order of their rows."""
    return {
        name: replace(
            provider,
            endpoints=tuple(
                replace(e, families=tuple(row.family for row in rows if row.holds_at(name, e)))
                for e in provider.endpoints
            ),
        )
        for name, provider in providers.items()
    }


def unknown_places(folder: Path, rows: Sequence[Placed], providers: Mapping[str, Provider]) -> Iterator[str]:
    """Rows about an address that nobody can call, a line for each."""
    for row in rows:
        for name in row.providers:
            there = providers[name].endpoints if name in providers else ()
            if not any(row.holds_at(name, endpoint) for endpoint in there):
                wires = " or ".join(row.wires)
                yield (
                    f"{folder / FAMILIES_FILE}: {row.where}: {name} has no address in providers.yml that "
                    f"speaks {wires}; name one that has"
                )
