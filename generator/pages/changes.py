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


def changes_page(entries: Sequence[ChangeEntry], catalog: Catalog) -> Page:
    """The newest changes by day, to be filtered by kind, provider and lab."""
    names = CatalogNames(catalog)
    days: dict[date, list[dict[str, str]]] = defaultdict(list)
    for entry in entries[:SHOWN]:
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
    used = {
        key: sorted({getattr(e, key) for e in entries[:SHOWN]} - {""}) for key in ("kind", "provider", "lab")
    }
    return Page(
        path=PATH,
        title="Changes",
        description="What changed: prices, limits, capabilities, lifetimes, what is new and what is gone.",
        write=partial(
            render,
            "site/changes.md.j2",
            days=[(str(day), rows) for day, rows in days.items()],
            shown=min(len(entries), SHOWN),
            total=len(entries),
            kinds=[(k, HEADINGS[EventKind(k)]) for k in used["kind"]],
            providers=[(p, escape(names.provider(p))) for p in used["provider"]],
            labs=[(lab, escape(names.labs.get(lab, lab))) for lab in used["lab"]],
        ),
        hide=WIDE,
    )
