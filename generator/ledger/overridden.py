"""What became of the values that people set: sources that caught up with them, or moved since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.curated.overrides import Override
from generator.ledger.judging.precedence import alike, unoverridden
from playground.catalog import Catalog, Model, Offering, Value

#: So long after somebody read a page it may say something else.
READ_AGAIN = timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """An override whose page should be read again: `why`, and `now`, what the sources say by themselves."""

    override: Override
    why: str
    now: Value | None


def removable_overrides(overrides: tuple[Override, ...], catalog: Catalog) -> Iterator[Override]:
    """Overrides that say what the sources by now say themselves, in all that their entry sets.

    That a page has none is no source's word where none ever said more: it stays.
    """
    compared = list(_with_sources(overrides, catalog))
    needed = {o.where for o, now in compared if now != o.value or o.value is None is _replaced(o)}
    yield from (override for override, _ in compared if override.where not in needed)


def to_reread(overrides: tuple[Override, ...], catalog: Catalog, today: date) -> Iterator[Reread]:
    """Overrides that may be right no more: a source moved since, or nobody read the page for long."""
    for override, now in _with_sources(overrides, catalog):
        # The value alone says that the sources caught up.
        if now == override.value:
            continue
        days = (today - override.date).days
        was = override.replaces
        if was is None:
            why = "it does not say what it replaced"
        elif not _same(override.field, was.value, now):
            why = f"a source moved: it replaced {_shown(was.value)}, and the sources now say {_shown(now)}"
        elif days > READ_AGAIN.days:
            why = f"the page was read {days} days ago, on {override.date}"
        else:
            continue
        yield Reread(override=override, why=why, now=now)


def _with_sources(
    overrides: tuple[Override, ...], catalog: Catalog
) -> Iterator[tuple[Override, Value | None]]:
    """Each override of something that is there, with what the sources say by themselves."""
    if not overrides:
        return
    owners: dict[str, Offering | Model] = {**catalog.models, **{o.key: o for o in catalog.offerings}}
    for override in overrides:
        owner = owners.get(override.target)
        if owner is None:
            continue
        fact = owner.facts.get(override.field)
        provider = owner.provider if isinstance(owner, Offering) else ""
        now = unoverridden(override.field, fact, provider, catalog.sources) if fact else None
        yield override, now


def _replaced(override: Override) -> Value | bool | None:
    """What it replaced; True where it does not say."""
    return override.replaces.value if override.replaces else True


def _same(field: str, was: Value | None, now: Value | None) -> bool:
    return was is now is None or (was is not None and now is not None and alike(field, was, now))


def _shown(value: Value | None) -> str:
    if value is None:
        return "nothing"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
