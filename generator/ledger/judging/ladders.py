"""The prices of one meter by size of input are one ladder: its fields, and what is no step of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from playground.catalog import Fact, Value

#: A price from so many tokens on: `price.input>272000`, with what may follow (window, region).
STEP = re.compile(r"(?P<rate>price\.[^>@/]+)>(?P<tokens>\d+)(?P<rest>.*)")
#: Steps of two sources this near each other are one: above 199,999 and 200,000, above 256,000 and 262,144.
NEAR = Decimal("0.05")


class Claimed(Protocol):
    """What a source says of a field."""

    @property
    def source(self) -> str: ...
    @property
    def value(self) -> Value: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The fields of one meter's prices: `names` by the size of input above which they hold, from 0 on."""

    names: Mapping[int, str]

    @property
    def base(self) -> str:
        return self.names[0]

    @property
    def steps(self) -> Mapping[int, str]:
        return {tokens: name for tokens, name in self.names.items() if tokens}


def ladders(names: Collection[str]) -> list[Ladder]:
    """The ladders among these fields; a price without a step is none."""
    if ">" not in "".join(names):  # as of most rows
        return []
    by_base: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for name in names:
        if step := STEP.fullmatch(name):
            by_base[step["rate"], step["rest"]][int(step["tokens"])] = name
    return [
        Ladder(names={0: f"{rate}{rest}", **dict(sorted(steps.items()))})
        for (rate, rest), steps in sorted(by_base.items())
    ]


def exact_step(name: str, here: Collection[str], elsewhere: Sequence[str]) -> str:
    """The step that a source means which says only from where on: the next that is named exactly.

    `price.input>200000` is `price.input>272000` where another source names that of the same offering, in
    `here`. Where none names a step of it, it is the one that the model has at most other places (`elsewhere`,
    the most frequent first), and itself where no step is known.
    """
    parts = STEP.fullmatch(name)
    if parts is None:
        return name
    own, others = (
        [
            (int(step["tokens"]), step[0])
            for step in map(STEP.fullmatch, names)
            if step and (step["rate"], step["rest"]) == (parts["rate"], parts["rest"])
        ]
        for names in (here, elsewhere)
    )
    least = int(parts["tokens"])
    # What begins after the offering's own steps end is another ladder: where it does, others do not tell.
    known = sorted(own) or others
    return next((step for tokens, step in known if tokens >= least), name)


def steps_by_model(exact: Iterable[tuple[str, Collection[str]]]) -> Mapping[str, Sequence[str]]:
    """By model the steps that its offerings have, the most frequent first.

    `exact` has for each offering its model and the fields that sources name exactly. "Above 255,999" and
    "above 256,000" are one step, which is best called by the round number: of equals the higher goes first.
    """
    counts: dict[str, Counter[tuple[str, int, str]]] = defaultdict(Counter)
    for model, fields in exact:
        steps = filter(None, map(STEP.fullmatch, (name for name in fields if ">" in name)))
        counts[model].update((step["rate"], int(step["tokens"]), step["rest"]) for step in steps)

    def frequency(of: Counter[tuple[str, int, str]], step: tuple[str, int, str]) -> tuple[int, int]:
        rate, tokens, rest = step
        return sum(of[rate, near, rest] for near in (tokens - 1, tokens, tokens + 1)), tokens

    return {
        model: [
            f"{rate}>{tokens}{rest}"
            for rate, tokens, rest in sorted(of, key=lambda step: (frequency(of, step), step), reverse=True)
        ]
        for model, of in counts.items()
    }


def without_flat[T: Claimed](groups: Mapping[str, Sequence[T]]) -> dict[str, list[T]]:
    """The claims by field without those of a step at its source's own price below: that is no step."""
    out = {name: list(group) for name, group in groups.items()}
    for ladder in ladders(groups):
        below: dict[str, set[Value]] = {}
        for name in ladder.names.values():
            here: dict[str, set[Value]] = defaultdict(set)
            for claim in groups.get(name, ()):
                here[claim.source].add(claim.value)
            flat = {source for source, values in here.items() if values <= below.get(source, set())}
            out[name] = [claim for claim in groups.get(name, ()) if claim.source not in flat]
            below |= here
    return {name: group for name, group in out.items() if group}


def with_near_steps_as_one[T: Claimed](groups: Mapping[str, list[T]]) -> dict[str, list[T]]:
    """The claims by field with the steps of different sources that mean the same under the earlier one."""
    out = dict(groups)
    for ladder in ladders(groups):
        before, name = 0, ""
        for tokens, other in ladder.steps.items():
            near = name and Decimal(tokens - before) / tokens <= NEAR
            if near and {c.source for c in out[name]}.isdisjoint(c.source for c in out[other]):
                out[name] = [*out[name], *out.pop(other)]
            else:
                before, name = tokens, other
    return out


def stated(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    """The facts without what a source only meant by giving a price no step."""
    if not any(">" in name for name in facts):
        return facts
    left = without_flat({name: fact.claims for name, fact in facts.items() if fact.claims})
    return {
        name: fact if len(fact.claims) == len(left.get(name, ())) else replace(fact, claims=tuple(left[name]))
        for name, fact in facts.items()
        if not fact.claims or name in left
    }
