"""What changed between two catalogs, in plain sentences: text, Markdown or JSON.

The Markdown is the body of a refresh's pull request: what waits for a person first, then what a reader would
want to hear of, the largest changes on top, the rest folded away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from generator.store.events import Event, EventKind, FieldChange, compare
from generator.store.history import to_json
from generator.views.change_sentences import HEADINGS, CatalogNames, change_sentence, listed_names
from generator.views.figures import change_text, escape
from generator.views.verdicts.moved import MovedVerdict
from playground.catalog import Catalog, Held, SourceState
from playground.catalog.codec import held_to_json

#: Of each sort of change as many are told before the rest is folded away, and as many at all in Markdown.
FIRST, MOST = 12, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One line of the explanation: where, and what changed there; `weight` puts the weightiest first."""

    where: str
    text: str
    weight: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogDiff:
    """Two catalogs' difference in words: a sentence, and the lines of each sort of change."""

    day: date
    summary: str
    sections: Mapping[EventKind, tuple[ChangeLine, ...]]
    held: tuple[Held, ...]
    stale: tuple[SourceState, ...]
    events: tuple[Event, ...]


def catalog_diff(old: Catalog, new: Catalog) -> CatalogDiff:
    """What changed from one catalog to the other, as of the newer one's freshest source."""
    day = max((s.retrieved for s in new.sources.values()), default=date.min)
    events = compare(old, new, day)
    names = CatalogNames(old, new)
    sections = {
        kind: tuple(_lines_of(kind, [e for e in events if e.kind == kind], names)) for kind in HEADINGS
    }
    stale = tuple(s for s in new.sources.values() if s.stale)
    return CatalogDiff(
        day=day,
        summary=_summary(events, new.held, stale),
        sections={kind: lines for kind, lines in sections.items() if lines},
        held=new.held,
        stale=stale,
        events=events,
    )


def _lines_of(kind: EventKind, events: Sequence[Event], names: CatalogNames) -> Iterator[ChangeLine]:
    if kind in (EventKind.NEW, EventKind.GONE):
        yield from _came_and_went(events, names)
        return
    lines = [
        ChangeLine(
            where=names.where(event.target),
            text=change_sentence(event),
            weight=names.weight(event.target) * max(map(_size, event.changes)),
        )
        for event in events
    ]
    yield from sorted(lines, key=lambda t: (-t.weight, t.where))


def _came_and_went(events: Sequence[Event], names: CatalogNames) -> Iterator[ChangeLine]:
    """Models first, each with where it is served; then what came to models that were there, by provider."""
    models = {e.target for e in events if e.is_model}
    served: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.is_model:
            continue
        if event.model in models:
            served[event.model].append(names.provider(event.provider))
        else:
            others[event.provider].append(names.models.get(event.model, event.model))
    for model in sorted(models):
        at = sorted(set(served[model]))
        yield ChangeLine(
            where=names.models.get(model, model), text=f"{model}, at {listed_names(at)}", weight=len(at)
        )
    for provider, came in sorted(others.items(), key=lambda p: -len(p[1])):
        yield ChangeLine(where=names.provider(provider), text=listed_names(sorted(set(came))))


def _size(change: FieldChange) -> float:
    """How far a value moved: a doubling and a halving alike; what became known, or is no number, hardly."""
    if (
        isinstance(change.was, Decimal | int)
        and isinstance(change.now, Decimal | int)
        and change.was
        and change.now
    ):
        ratio = float(Decimal(change.now) / Decimal(change.was))
        return min(max(ratio, 1 / ratio), 100)
    return 1.1


def _summary(events: Sequence[Event], held: Sequence[Held], stale: Sequence[SourceState]) -> str:
    models = Counter(e.kind for e in events if e.is_model)
    offerings = Counter(e.kind for e in events if not e.is_model)
    fell, rose = _fell_and_rose(events)
    parts = [
        _count(models[EventKind.NEW], "new model"),
        _count(models[EventKind.GONE], "model gone", "models gone"),
        _count(offerings[EventKind.NEW], "new offering"),
        _count(offerings[EventKind.GONE], "offering gone", "offerings gone"),
        _count(fell, "price fell", "prices fell"),
        _count(rose, "price rose", "prices rose"),
        _count(offerings[EventKind.LIFECYCLE], "lifetime changed", "lifetimes changed"),
        _count(offerings[EventKind.LIMIT], "offering with other limits", "offerings with other limits"),
        _count(
            offerings[EventKind.CAPABILITY],
            "offering with other capabilities",
            "offerings with other capabilities",
        ),
        _count(len(held), "item waits for a person", "items wait for a person"),
        _count(len(stale), "source is stale", "sources are stale"),
    ]
    summary = ", ".join(part for part in parts if part)
    return f"{summary[:1].upper()}{summary[1:]}." if summary else "Nothing changed."


def _fell_and_rose(events: Iterable[Event]) -> tuple[int, int]:
    moved = [
        c.now < c.was
        for e in events
        if e.kind == EventKind.PRICE
        for c in e.changes
        if isinstance(c.was, Decimal) and isinstance(c.now, Decimal)
    ]
    return sum(moved), len(moved) - sum(moved)


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}" if n else ""


#: The heading of the named needs whose first place is another.
MOVED = "First places that moved"


def as_text(difference: CatalogDiff, moved: Sequence[MovedVerdict] = ()) -> str:
    """The explanation for a terminal, with the first places that moved where they were looked for."""
    out = [difference.summary]
    for held in difference.held:
        out += ["", f"Held {held.id} ({held.source}, {held.where}): {held.reason}"]
        out += [f"  {change_text(c)}" for c in held.changes[:FIRST]]
        out += [f"  … and {len(held.changes) - FIRST} more"] if len(held.changes) > FIRST else []
    for source in difference.stale:
        out += ["", f"Stale since {source.retrieved}: {source.name}: {source.stale}"]
    if moved:
        out += ["", f"{MOVED} ({len(moved)})", *(f"  {one.title}: {one.text}" for one in moved)]
    for kind, lines in difference.sections.items():
        out += ["", f"{HEADINGS[kind]} ({len(lines)})"]
        out += [f"  {line.where}: {line.text}" for line in lines[:MOST]]
        out += [f"  … and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join(out) + "\n"


def as_markdown(difference: CatalogDiff, moved: Sequence[MovedVerdict] = ()) -> str:
    """The explanation as the body of a pull request: read in a minute, the rest folded away."""
    out = [f"**{difference.summary}**", ""]
    if difference.held:
        out += ["## Waits for you", "", "The old values stay until these are let through.", ""]
        for held in difference.held:
            out += [f"- **{held.reason.capitalize()}**: {escape(held.source)}, {escape(held.where)}"]
            out += [f"    - {escape(change_text(c))}" for c in held.changes[:FIRST]]
            out += [f"    - and {len(held.changes) - FIRST} more"] if len(held.changes) > FIRST else []
        out += [
            "",
            "To let them through, label this pull request `accept-held`, or add to `overrides.yml`:",
            "",
            "```yaml",
            *(
                f"- approve: {held.id}  # {held.source}, {held.where}: {held.reason}"
                for held in difference.held
            ),
            "```",
            "",
        ]
    if difference.stale:
        out += ["## Stale sources", ""]
        out += [
            f"- {escape(s.name)}, last read on {s.retrieved}: {escape(s.stale)}" for s in difference.stale
        ]
        out += [""]
    if moved:
        out += [f"## {MOVED} ({len(moved)})", ""]
        out += [f"- **{escape(one.title)}**: {escape(one.text)}" for one in moved]
        out += [""]
    for kind, lines in difference.sections.items():
        out += [f"## {HEADINGS[kind]} ({len(lines):,})", ""]
        shown = [f"- **{escape(line.where)}**: {escape(line.text)}" for line in lines[:MOST]]
        out += shown[:FIRST]
        if len(lines) > FIRST:
            out += ["", f"<details><summary>{len(lines) - FIRST:,} more</summary>", "", *shown[FIRST:]]
            out += [f"- and {len(lines) - MOST:,} more"] if len(lines) > MOST else []
            out += ["", "</details>"]
        out += [""]
    return "\n".join(out)


def as_json(difference: CatalogDiff, moved: Sequence[MovedVerdict] = ()) -> dict[str, Any]:
    """The explanation for programs: every event, nothing folded away."""
    return {
        "date": str(difference.day),
        "summary": difference.summary,
        "held": [held_to_json(held) for held in difference.held],
        "stale": {s.id: {"since": str(s.retrieved), "reason": s.stale} for s in difference.stale},
        "moved": [{**asdict(one), "why": list(one.why)} for one in moved],
        "events": [to_json(event) for event in difference.events],
    }
