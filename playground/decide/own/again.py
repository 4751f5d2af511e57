"""The day on which a decision is to be asked again, by rule: what it rests on changes, or grows old."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from playground.catalog import Offering
from playground.decide.candidate import Candidate
from playground.lifecycle.outlook import outlook_of

#: New models and prices come every few weeks; a quarter is how often teams plan.
DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A day, and why that one: a clause after "as"."""

    day: date
    why: str


def ask_again(candidates: Sequence[Candidate], today: date, named: Callable[[Offering], str]) -> Again:
    """The earliest of DAYS from today and the days on which one of these ends or changes its price."""
    usual = Again(day=today + timedelta(days=DAYS), why=f"{DAYS} days have passed by then")
    known = [again for one in candidates for again in _changes(one, today, named) if again.day > today]
    return min([usual, *known], key=lambda again: again.day)


def _changes(candidate: Candidate, today: date, named: Callable[[Offering], str]) -> Iterator[Again]:
    name = named(candidate.offering)
    outlook = outlook_of(candidate.offering, today)
    if outlook.retires:
        yield Again(day=outlook.retires, why=f"{name} retires on that day")
    elif outlook.earliest:
        yield Again(day=outlook.earliest, why=f"{name} may be retired from that day on")
    for coming in candidate.coming:
        yield Again(day=coming.day, why=f"what {name} costs changes on that day")
