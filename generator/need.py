"""A need as people write it, in YAML or as options, into playground.choose.Need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.edits import did_you_mean, read_edited
from generator.errors import EditError
from playground.catalog import Capability, Catalog, Channel, Kind
from playground.choose import SHARES, Need
from playground.pricing import Workload
from playground.regions import Zone

WORK = tuple(f.name for f in fields(Workload))
#: What a workload is unless it is said.
USUAL = {"input_tokens": Decimal(1000), "output_tokens": Decimal(500), "requests": Decimal(1000)}


def load_need(path: Path) -> dict[str, Any]:
    """The file's parts by name, unchecked but for being a mapping. Raises EditError."""
    content = read_edited(path).content
    if not isinstance(content, dict):
        raise EditError(f"{path}: must be a mapping (`budget: 500`), it is a {type(content).__name__}")
    return {str(k): v for k, v in content.items()}


def need(said: Mapping[str, Any], catalog: Catalog, where: str) -> Need:
    """The need that these parts make. Raises EditError naming the part and what would be right."""
    readers: dict[str, Callable[[str, Any], Any]] = {
        "kind": lambda n, v: None if v in (None, "any") else _choice(where, n, v, Kind),
        "must": lambda n, v: _several(where, n, v, Capability),
        "should": lambda n, v: _several(where, n, v, Capability),
        "zone": lambda n, v: _choice(where, n, v, Zone),
        "channels": lambda n, v: _several(where, n, v, Channel),
        "labs": lambda n, v: _names(where, n, v, catalog.labs),
        "providers": lambda n, v: _names(where, n, v, catalog.providers),
        "licences": lambda n, v: tuple(map(str, _listed(v))),
        "open_weights": lambda n, v: _yes(where, n, v),
        "keep_unknown": lambda n, v: _yes(where, n, v),
        "budget": lambda n, v: _number(where, n, v),
        "min_days": lambda n, v: int(_number(where, n, v)),
        "min_providers": lambda n, v: int(_number(where, n, v)),
    }
    work = dict(USUAL)
    made: dict[str, Any] = {}
    for name, value in said.items():
        if name in WORK:
            work[name] = _number(where, name, value, most=Decimal(1) if name in SHARES else None)
        elif name in readers:
            made[name] = readers[name](name, value)
        else:
            raise EditError(f"{where}: there is no part {name!r} of a need{_near(name, [*WORK, *readers])}")
    return Need(work=Workload(**work), **made)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _several(where: str, name: str, value: Any, kind: Any) -> tuple[Any, ...]:
    return tuple(_choice(where, name, v, kind) for v in _listed(value))


def _choice(where: str, name: str, value: Any, kind: Any) -> Any:
    try:
        return kind(str(value).strip().lower().replace(" ", "_") if kind is Capability else str(value))
    except ValueError as error:
        raise EditError(f"{where}: {name}: there is no {value!r}{_near(str(value), list(kind))}") from error


def _names(where: str, name: str, value: Any, known: Mapping[str, Any]) -> tuple[str, ...]:
    for one in _listed(value):
        if one not in known:
            raise EditError(
                f"{where}: {name}: there is no {one!r} in the catalog{_near(str(one), list(known))}"
            )
    return tuple(map(str, _listed(value)))


def _yes(where: str, name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise EditError(f"{where}: {name} is true or false, not {value!r}")
    return value


def _number(where: str, name: str, value: Any, most: Decimal | None = None) -> Decimal:
    try:
        number = Decimal(str(value).replace(",", "").replace("_", ""))
    except InvalidOperation as error:
        raise EditError(f"{where}: {name} is a number, not {value!r}") from error
    if not number.is_finite() or number < 0 or number > (most if most is not None else Decimal(10) ** 12):
        upto = f"from 0 to {most}" if most is not None else "from 0 to 1,000,000,000,000"
        raise EditError(f"{where}: {name} goes {upto}; it is {value!r}")
    return number


def _near(name: str, known: list[str]) -> str:
    return did_you_mean(name, map(str, known), cutoff=0.5) or f"; there are {', '.join(map(str, known[:12]))}"
