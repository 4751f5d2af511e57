"""The prices of one meter by size of input are one ladder: its fields, and what is no step of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def ladders(names: Iterable[str]) -> list[Ladder]:
    """The ladders among these fields; a price without a step is none."""
    by_base: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for name in names:
        if ">" in name and (step := STEP.fullmatch(name)):
            by_base[step["rate"], step["rest"]][int(step["tokens"])] = name
    return [
        Ladder(names={0: f"{rate}{rest}", **dict(sorted(steps.items()))})
        for (rate, rest), steps in sorted(by_base.items())
    ]


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
    left = without_flat({name: fact.claims for name, fact in facts.items() if fact.claims})
    return {
        name: fact if len(fact.claims) == len(left.get(name, ())) else replace(fact, claims=tuple(left[name]))
        for name, fact in facts.items()
        if not fact.claims or name in left
    }
