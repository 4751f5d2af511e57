"""How fresh the catalog and its sources are."""

from __future__ import annotations

from datetime import date

from playground.catalog import Catalog, SourceState


def behind(source: SourceState, catalog: Catalog) -> str:
    """How old a source's data is that could not be read again: the days it lacks to the newest source."""
    days = (max(s.retrieved for s in catalog.sources.values()) - source.retrieved).days
    return f"{days} day{'' if days == 1 else 's'} before the newest source" if days else "today"


def latest(catalog: Catalog) -> date:
    """The day of the freshest source; the first of all days where there is none."""
    return max((s.as_of for s in catalog.sources.values()), default=date.min)
