"""The answer to a need: who is left in which order, who is out and why, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from playground.catalog import Offering
from playground.decide.candidate import Candidate, Share
from playground.decide.columns import rows_of
from playground.decide.judgement import Judgement
from playground.decide.order.flips import Flip
from playground.decide.remedies import Pending, nearest, pending
from playground.need.need import Need


class Candidates(Sequence[Candidate]):
    """Candidates in an order, judged in full only when looked at; `keys` are those of their offerings.

    Made of rows, or of a bit for each row where the order is the keys'.
    """

    def __init__(self, rows: Sequence[int] | int, judgement: Judgement) -> None:
        self._given = rows
        self._judgement = judgement

    @cached_property
    def rows(self) -> Sequence[int]:
        """Their rows in the columns, in their order."""
        return rows_of(self._given) if isinstance(self._given, int) else self._given

    def first(self, most: int) -> Sequence[int]:
        """The first of their rows."""
        return rows_of(self._given, most) if isinstance(self._given, int) else self._given[:most]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of their offerings, in their order."""
        return tuple(self._judgement.columns.keys[row] for row in self.rows)

    def __len__(self) -> int:
        return self._given.bit_count() if isinstance(self._given, int) else len(self._given)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Candidates(self.rows[place], self._judgement)
        return self._judgement.candidate(self.rows[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Candidates) and self.keys == other.keys

    def __hash__(self) -> int:
        return hash(self.keys)

    def of_each_model(self) -> Candidates:
        """The first of each model."""
        models = self._judgement.columns.column("model")
        first: dict[str, int] = {}
        for row in self.rows:
            first.setdefault(models[row], row)
        return Candidates(list(first.values()), self._judgement)

    def find(self, key: str) -> Candidate | None:
        """The candidate with that key, where it is one of these."""
        row = self._judgement.columns.row.get(key)
        return None if row is None or row not in self.rows else self._judgement.candidate(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The shortlist, the best first; the eliminated by the first constraint they fail.

    `need` is what was judged, without the parts that its kind of model cannot have: `idle` names these.

    `left_out` are those that meet all that is asked and are left out though nobody asked for that, by the
    first constraint of the floor that they fail; `to_ask`, in order, those that would be left if their
    provider said yes to what it says nothing of.

    `untested` are those that meet all and whose model no public test has, in the order of cost, where ability
    counts and others have one: of them nobody can say where they stand.

    `observed` are those that meet all and whose model the reader has run on cases of their own, in the order
    of their keys: none of them is among the others.

    `leaders` is the best place of each model that is left; the flips are those between neighbours there.
    `unscored` is how many of the ranked have no score in the need's benchmark; they come last where quality
    weighs. `spread` is how the requests are shared out so that no lab answers more than is allowed; empty
    where it allows all, or where too few labs are left. `unknown` is how many of the ranked leave each
    constraint unknown.

    Where nobody is left, `conflict` are constraints that no offering meets together though some meets all but
    any one of them; `relaxations` the fewest constraints that must go for anybody to be left, and how many
    that leaves; `enough` how little of each of those that are numbers would do, by the part of the need.
    """

    need: Need
    ranked: Candidates
    leaders: Candidates
    eliminated: Mapping[str, Candidates]
    left_out: Mapping[str, Candidates]
    to_ask: Candidates
    untested: Candidates
    observed: Candidates
    front: frozenset[str]
    flips: tuple[Flip, ...]
    unscored: int
    spread: tuple[Share, ...]
    conflict: tuple[str, ...]
    relaxations: Mapping[tuple[str, ...], int]
    enough: Mapping[tuple[str, ...], Mapping[str, Decimal]]
    unknown: Mapping[str, int]
    judgement: Judgement = field(repr=False, compare=False)

    @property
    def idle(self) -> tuple[str, ...]:
        """What was asked that the kind of model cannot have, in words."""
        return self.judgement.idle

    @property
    def total(self) -> int:
        """How many offerings were judged."""
        return len(self.judgement.columns.keys)

    def offering(self, key: str) -> Offering:
        """The offering of those that were judged with that key."""
        columns = self.judgement.columns
        return columns.offerings[columns.row[key]]

    def pending(self, most: int = 5) -> tuple[Pending, ...]:
        """The models that one missing fact keeps from the first place: what would be worth finding out."""
        return tuple(pending(self.judgement, self.ranked.rows, most))

    def nearest(self, most: int = 3) -> list[Candidate]:
        """Where nobody is left of whom the need names, its models that fail least."""
        return [] if self.ranked or self.untested or self.observed else nearest(self.judgement, most)


def asked_of(candidate: Candidate, answer: Answer) -> tuple[str, ...]:
    """What the provider of a candidate would have to be asked: the constraints that it says nothing of."""
    return tuple(v.constraint for v in candidate.unknown if v.constraint in answer.judgement.asks)
