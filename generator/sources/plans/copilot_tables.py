"""GitHub's own tables of the models in Copilot: YAML files in its documentation's repository.

Each file is a list of rows by a model's name: prices, status, plans, clients, and what was retired with what
to use instead. What the files say of one name is one record. Names are as readers see them: footnotes are cut
off, "(preview)" says what the status says, and "(fast mode)" is a variant. The history speaks of models
that are gone: its rows join the offerings that other records make, and make none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from generator.errors import SourceShapeError
from generator.sources.bundle import unbundled
from generator.sources.records import FieldClaim, SourceRecord, day, expect, left_out, price_claim, unique
from playground.catalog.prices import Meter, Rate

SOURCE = "copilot-tables"
PROVIDER = "github-copilot"

PRICES, STATUS, PLANS, CLIENTS, HISTORY = (
    "models-and-pricing.yml",
    "model-release-status.yml",
    "model-supported-plans.yml",
    "model-supported-clients.yml",
    "model-deprecation-history.yml",
)
FILES = (PRICES, STATUS, PLANS, CLIENTS, HISTORY)
METERS = {
    "input": Meter.INPUT,
    "cached_input": Meter.CACHE_READ,
    "output": Meter.OUTPUT,
    "cache_write": Meter.CACHE_WRITE,
}
#: Column of plans or clients → what a reader calls it.
PLAN_NAMES = {
    "free": "Free",
    "student": "Student",
    "pro": "Pro",
    "pro_plus": "Pro+",
    "max": "Max",
    "business": "Business",
    "enterprise": "Enterprise",
}
CLIENT_NAMES = {
    "dotcom": "GitHub.com",
    "cli": "Copilot CLI",
    "vscode": "VS Code",
    "vs": "Visual Studio",
    "jetbrains": "JetBrains IDEs",
    "xcode": "Xcode",
    "eclipse": "Eclipse",
}
#: What else a row may hold that is no fact of the catalog.
NOT_NEEDED = {
    PRICES: {"model", "provider", "release_status", "category", "tier", "threshold", "notes"},
    STATUS: {"name", "provider", "release_status", "agent_mode", "ask_mode", "edit_mode"},
    PLANS: {"name"},
    CLIENTS: {"name"},
}
UP_TO, ABOVE = re.compile(r"(?:≤|<=)\s*(\d+)K"), re.compile(r">\s*(\d+)K")
USD = re.compile(r"\$(\d{1,6}(?:\.\d{1,6})?)")
NO_FIGURE = ("", "not applicable", "n/a")


@dataclass(slots=True)
class _Gathered:
    """What the files say of one model."""

    claims: list[FieldClaim] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    rows: int = 0


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model that is in Copilot, and for each that was. Raises SourceShapeError."""
    files = unbundled(raw, SOURCE)
    models: dict[str, _Gathered] = defaultdict(_Gathered)
    records: list[SourceRecord] = []
    for name in FILES:
        for row in _rows(name, files.get(name, b"")):
            called = row.get("model" if name == PRICES else "name")
            if not isinstance(called, str) or not called.strip():
                records.append(left_out(SOURCE, f"{name} (no name)", "names no model"))
            elif name == HISTORY:
                records.append(_retired(called, row))
            else:
                about = models[_plain(called)]
                about.claims.extend(_claims(name, row, about.unread))
                about.rows += 1
    return [*(_record(called, about) for called, about in models.items()), *records]


def _rows(name: str, raw: bytes) -> list[Mapping[str, Any]]:
    try:
        content = yaml.safe_load(raw)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        start = raw[:60].decode("utf-8", "replace").strip()
        raise SourceShapeError(f"{SOURCE}: {name} is no YAML, it begins {start!r}; look at it") from error
    rows = expect(content, list, SOURCE, name)
    return [row if isinstance(row, dict) else {} for row in rows]


def _plain(called: str) -> str:
    """A name without footnotes and stage; the fast mode stays."""
    return re.sub(r"\[\^[^\]]*\]|\(preview\)", "", called).strip()


def _record(called: str, about: _Gathered) -> SourceRecord:
    name, fast = re.subn(r"\s*\(fast mode\)", "", called)
    if not about.claims:
        return left_out(SOURCE, called, "nothing is said of it", about.rows)
    return SourceRecord(
        source=SOURCE,
        id=called,
        provider=PROVIDER,
        model=name.replace(" ", "-"),
        claims=unique(about.claims),
        hints={"variant": "fast"} if fast else {},
        rows=about.rows,
        unread=tuple(sorted(about.unread)),
    )


def _claims(file: str, row: Mapping[str, Any], unread: set[str]) -> Iterator[FieldClaim]:
    """What a row says of the model; keys that no rule reads are laid to `unread`."""
    known = NOT_NEEDED[file]
    if str(row.get("release_status", "")).lower() == "public preview":
        yield FieldClaim(field="status", value="beta")
    if file == PRICES:
        known = known | METERS.keys()
        yield from _prices(row, unread)
    elif file in (PLANS, CLIENTS):
        names, listed = (PLAN_NAMES, "plans") if file == PLANS else (CLIENT_NAMES, "clients")
        known = known | names.keys()
        if served := tuple(title for key, title in names.items() if row.get(key) is True):
            yield FieldClaim(field=listed, value=served)
    unread |= {f"{file}: {key}" for key in row if key not in known}


def _prices(row: Mapping[str, Any], unread: set[str]) -> Iterator[FieldClaim]:
    threshold = str(row.get("threshold", "")).strip()
    above = ABOVE.fullmatch(threshold)
    if not above and threshold.lower() not in NO_FIGURE and not UP_TO.fullmatch(threshold):
        unread.add(f"{PRICES}: threshold {threshold[:30]}")
        return
    for key, meter in METERS.items():
        written = str(row.get(key, "")).strip()
        if usd := USD.fullmatch(written):
            rate = Rate(meter=meter, above_tokens=int(above[1]) * 1000 if above else 0)
            yield price_claim(rate, Decimal(usd[1]))
        elif written.lower() not in NO_FIGURE:
            unread.add(f"{PRICES}: {key} {written[:30]}")


def _retired(called: str, row: Mapping[str, Any]) -> SourceRecord:
    """What the history says of a model that Copilot has no more."""
    name, on = _plain(called), day(str(row.get("retirement_date", "")))
    instead = row.get("suggested_alternative")
    if on is None:
        return left_out(SOURCE, name, "no day is set")
    claims = [FieldClaim(field="retires", value=str(on)), FieldClaim(field="status", value="retired")]
    # A model is no replacement for itself; one row of 2025 says so.
    if isinstance(instead, str) and _plain(instead) not in ("", name):
        claims.append(FieldClaim(field="replaced_by", value=_plain(instead)))
    return SourceRecord(
        source=SOURCE,
        id=f"{name}, retired",
        provider=PROVIDER,
        model=name.replace(" ", "-"),
        claims=tuple(claims),
        joins=True,
    )
