"""source_errors.json: the error rates of sources as they were measured, for sites that have no sample."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import EditError
from generator.views.truth.error_rates import SORTS, ErrorRate

ERRORS_FILE = "source_errors.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Error rates with how many facts of the sample they rest on, and the day of the catalog measured."""

    facts: int
    as_of: str
    rates: tuple[ErrorRate, ...] = ()


def write_errors(path: Path, measured: Measured) -> None:
    """Write the file."""
    path.write_bytes(errors_bytes(measured))


def errors_bytes(measured: Measured) -> bytes:
    """The file's content, a row to a line."""
    rows = ",\n".join(
        "    " + json.dumps({n: getattr(r, n) for n in ("sort", "source", "wrong", "claims")})
        for r in measured.rates
    )
    head = f'{{\n  "facts": {measured.facts},\n  "as_of": {json.dumps(measured.as_of)},\n'
    return f'{head}  "rates": [\n{rows}\n  ]\n}}\n'.encode()


def read_errors(path: Path) -> Measured | None:
    """The file as values; None where there is none. Raises EditError where it is not of its form."""
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rates = tuple(_rate(row) for row in content["rates"])
        return Measured(facts=int(content["facts"]), as_of=str(content["as_of"]), rates=rates)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise EditError(
            f"{path}: is not as `almanac report --truth tests/truth --write` makes it ({error!r:.80}); "
            "make it again, or take it out"
        ) from error


def _rate(row: Any) -> ErrorRate:
    if not isinstance(row["source"], str) or not all(type(row[n]) is int for n in ("wrong", "claims")):
        raise ValueError(f"no rate: {row}")
    rate = ErrorRate(source=row["source"], sort=row["sort"], wrong=row["wrong"], claims=row["claims"])
    if rate.sort not in SORTS or not 0 <= rate.wrong <= rate.claims or not rate.claims:
        raise ValueError(f"no rate: {row}")
    return rate
