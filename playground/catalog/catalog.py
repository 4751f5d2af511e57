"""Everything known, with the state of its sources and the changes that wait for a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from playground.catalog.facts import Value
from playground.catalog.model import Lab, Model
from playground.catalog.offering import Offering
from playground.catalog.provider import Provider, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What was read of one source: exact version, when it is from, how it links, under which licence.

    `as_of` is the day its data is from, `retrieved` the day it was last read well, `changed` the day on which
    its data last differed. `stale` says why it could not be read since; empty where it could. `claims` counts
    what it says by sort; `modified` and `earlier` are how an older copy is known again.
    """

    id: str
    name: str
    version: str
    sha256: str
    as_of: date
    retrieved: date
    licence: str
    home: str
    link: str
    gives: str
    rows: int = 0
    parsed: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    placed: int = 0
    unplaced: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)
    changed: date | None = None
    stale: str = ""
    modified: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChange:
    """One field of one offering (no field: the offering itself), before and now; None is no value."""

    target: str
    field: str
    was: Value | None
    now: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Changes of one sort that a source made and that wait for a person: `where` is the provider."""

    source: str
    where: str
    reason: str
    changes: tuple[HeldChange, ...]
    since: date | None = None

    @property
    def id(self) -> str:
        """By what a person lets them through: the same changes have the same id on any day."""
        texts = [self.source, self.where, self.reason]
        texts += [f"{c.target} {c.field} {c.was} {c.now}" for c in self.changes]
        return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything known, each part sorted by its id.

    `of_day` is the day whose prices its facts are; None where that is the day of its newest source.
    """

    labs: Mapping[str, Lab]
    models: Mapping[str, Model]
    providers: Mapping[str, Provider]
    offerings: tuple[Offering, ...]
    sources: Mapping[str, SourceState]
    held: tuple[Held, ...] = ()
    of_day: date | None = None

    @property
    def day(self) -> date | None:
        """The day whose prices its facts are; None where nobody says."""
        return self.of_day or max((s.as_of for s in self.sources.values()), default=None)

    def of_model(self, model: str) -> tuple[Offering, ...]:
        return tuple(o for o in self.offerings if o.model == model)

    def residency(self, offering: Offering) -> tuple[Statement, ...]:
        """What its provider says of where requests to an offering stay; empty where nothing is known."""
        named = f"{offering.model}@{offering.version}" if offering.version else offering.model
        return self.providers[offering.provider].stays(offering.channel, named)
