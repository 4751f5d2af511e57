"""Which named needs have another first place in a newer catalog, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.curated.named_needs import NamedNeed
from playground.ability import Abilities
from playground.catalog import Catalog
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate
from playground.decide.chooser import Chooser
from playground.decide.quality.evidence import ability_text
from playground.need.reader import read_need
from playground.pricing.money import bill_text


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A catalog with its abilities, asked on a day: that of its newest source."""

    catalog: Catalog
    abilities: Abilities
    day: date

    @cached_property
    def chooser(self) -> Chooser:
        return Chooser(self.catalog, self.day, self.abilities)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedVerdict:
    """A need whose first place is another: both by their offering (empty: nobody), and the reasons."""

    need: str
    title: str
    before: str
    after: str
    why: tuple[str, ...]

    @property
    def text(self) -> str:
        """It in a line."""
        reasons = "; ".join(self.why)
        return f"{self.before or 'nobody'} → {self.after or 'nobody'}: {reasons}"


def moved_verdicts(old: Edition, new: Edition, needs: Iterable[NamedNeed]) -> Iterator[MovedVerdict]:
    """The needs that both catalogs can answer, where their first places differ."""
    for named in needs:
        asked = [read_need(named.need, edition.catalog) for edition in (old, new)]
        if any(faults for _, faults in asked):
            continue
        before, after = (
            edition.chooser.answer(need, flips=0)
            for edition, (need, _) in zip((old, new), asked, strict=True)
        )
        first, now = _first(before), _first(after)
        if first != now:
            why = tuple(_reasons(before, after)) or ("what both are weighed by moved by less than is shown",)
            yield MovedVerdict(need=named.id, title=named.title, before=first, after=now, why=why)


def _first(answer: Answer) -> str:
    return answer.leaders.keys[0] if answer.leaders else ""


def _reasons(before: Answer, after: Answer) -> Iterator[str]:
    """What became of the one that was first, and what of the one that is."""
    was, now = _first(before), _first(after)
    if was and (out := _out_of(was, after)):
        yield f"{was} {out}"
    if now and (out := _out_of(now, before)):
        yield f"{now} before: {out}"
    for key in filter(None, (was, now)):
        one, other = (_candidate(key, answer) for answer in (before, after))
        if one and other:
            yield from _changes(key, one, other)


def _out_of(key: str, answer: Answer) -> str:
    """Why an offering is not among those that an answer ranks; empty where it is."""
    if key not in answer.judgement.columns.row:
        return "is not in the catalog"
    for name, group in (*answer.eliminated.items(), *answer.left_out.items()):
        if (candidate := group.find(key)) is not None:
            reason = next((v.reason for v in candidate.verdicts if v.constraint == name), "")
            return f"is out by “{name}”: {reason}"
    if answer.to_ask.find(key) is not None:
        return "is out, as its provider has to be asked"
    return "is among those without public evidence" if answer.untested.find(key) is not None else ""


def _candidate(key: str, answer: Answer) -> Candidate | None:
    """An offering as an answer judges it, where it ranks it."""
    return answer.ranked.find(key)


def _changes(key: str, before: Candidate, after: Candidate) -> Iterator[str]:
    """What counts in the order and has changed of an offering."""
    costs = [bill_text(c.bill) for c in (before, after)]
    if costs[0] != costs[1]:
        yield f"{key} costs {costs[1]} a month, before {costs[0]}"
    abilities = [ability_text(c.interval) for c in (before, after)]
    if abilities[0] != abilities[1]:
        yield f"{key} has an ability of {abilities[1]}, before {abilities[0]}"
    doubts = [", ".join(v.constraint for v in c.lacks) for c in (before, after)]
    if doubts[0] != doubts[1]:
        yield f"of {key} is unknown {doubts[1] or 'nothing'}, before {doubts[0] or 'nothing'}"
