"""The Changes page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial

from generator.exports.changes import PATH, SHOWN, ChangeEntry
from generator.pages.page import WIDE, Page, render
from generator.store.events import EventKind
from generator.views.change_sentences import HEADINGS, CatalogNames
from generator.views.figures import escape
from playground.catalog import Catalog
from playground.labels.addresses import markdown_link


def shown_of(entries: Sequence[ChangeEntry], most: int = SHOWN) -> Sequence[ChangeEntry]:
    """So many of the newest changes, in their order: first each kind's share, then the newest of the rest.

    A day with hundreds of new models would leave no room for what became dearer.
    """
    of_kind: dict[EventKind, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        of_kind[entry.kind].append(at)
    share = most // max(1, len(of_kind))
    chosen = {at for each in of_kind.values() for at in each[:share]}
    rest = [at for at in range(len(entries)) if at not in chosen]
    return [entries[at] for at in sorted(chosen | set(rest[: most - len(chosen)]))]


def changes_page(entries: Sequence[ChangeEntry], catalog: Catalog) -> Page:
    """The newest changes by day, to be filtered by kind, provider and lab."""
    names = CatalogNames(catalog)
    days: dict[date, list[dict[str, str]]] = defaultdict(list)
    shown = shown_of(entries)
    for entry in shown:
        days[entry.day].append(
            {
                "kind": str(entry.kind),
                "provider": entry.provider,
                "lab": entry.lab,
                "title": escape(entry.title),
                "text": escape(entry.text[:400] + ("…" if len(entry.text) > 400 else "")),
                "path": entry.path,
                "sources": ", ".join(
                    markdown_link(escape(s), link.replace(" ", "%20")) for s, link in entry.sources
                ),
            }
        )
    used = {key: sorted({getattr(e, key) for e in shown} - {""}) for key in ("kind", "provider", "lab")}
    return Page(
        path=PATH,
        title="Changes",
        description="What changed: prices, limits, capabilities, lifetimes, what is new and what is gone.",
        write=partial(
            render,
            "site/changes.md.j2",
            days=[(str(day), rows) for day, rows in days.items()],
            shown=len(shown),
            total=len(entries),
            kinds=[(k, HEADINGS[EventKind(k)]) for k in used["kind"]],
            providers=[(p, escape(names.provider(p))) for p in used["provider"]],
            labs=[(lab, escape(names.labs.get(lab, lab))) for lab in used["lab"]],
        ),
        hide=WIDE,
    )
