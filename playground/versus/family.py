"""What two models are to each other: one follows the other, or both are of one generation of one lab."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from playground.decide.portability import PASSED_ON
from playground.labels.naming import name_parts
from playground.lifecycle.lines import SPECIALITIES, TRIALS, line_of, succeeds
from playground.versus.side import CitedFact, Side


class Family(StrEnum):
    """What `x` is to `y`."""

    FOLLOWS = "follows"
    NAMED = "is named to follow"
    SIZE = "is another size of"
    NONE = ""


def family(x: Side, y: Side) -> Family:
    """What `x` is to `y`: known by its provider's own statement, else by the numbers of names."""
    if x.model.id in y.instead:
        return Family.NAMED
    if x.model.lab != y.model.lab or x.model.id == y.model.id:
        return Family.NONE
    old, new = name_parts(y.model.id), name_parts(x.model.id)
    if line_of(x.model.id) == line_of(y.model.id):
        return Family.FOLLOWS if succeeds(x.model.id, y.model.id) else Family.NONE
    speciality = SPECIALITIES & {*old.terms} != SPECIALITIES & {*new.terms}
    same = bool(old.numbers) and old.numbers == new.numbers and old.terms[:1] == new.terms[:1]
    return Family.SIZE if same and not speciality else Family.NONE


def follows(x: Side, y: Side) -> bool:
    """Whether `x` comes after `y`, and not the other way round by anybody's word."""
    later = (Family.FOLLOWS, Family.NAMED)
    return family(x, y) in later and family(y, x) is not Family.NAMED


#: What a model is made for, by a word of its name.
MADE_FOR: Mapping[str, str] = {
    **dict.fromkeys(("code", "coder", "codex"), "code"),
    "cyber": "computer security",
    "math": "mathematics",
    "law": "law",
}


def made_for(x: Side) -> frozenset[str]:
    """What its name says that it is made for; nothing where it is for all kinds of work."""
    return frozenset(MADE_FOR[term] for term in MADE_FOR.keys() & {*name_parts(x.model.id).terms})


def on_trial(x: Side) -> bool:
    """Whether it is a preview, a beta or an experiment, by its name or its status."""
    return bool(TRIALS.search(x.model.id)) or x.home.value("status") in ("beta", "preview", "experimental")


def passed_on(x: Side) -> bool:
    """Whether it is known only through gateways or plans, whose prices are not its lab's."""
    return all(o.channel in PASSED_ON for o in x.places)


def name_facts(*sides: Side) -> tuple[CitedFact, ...]:
    """The ids whose words and numbers say what models are to each other."""
    return tuple(CitedFact(of=s.model.id, field="id", value=s.model.id) for s in sides)
