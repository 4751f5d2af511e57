"""The reader's own results laid beside a need's answer: at which place each model stands, and who is out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from playground.catalog import Catalog
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate
from playground.decide.own.floor import Meets, meets, ordered
from playground.errors import RequestError
from playground.observed.observed import Observation, Observed
from playground.observed.observed_json import observed_from_json

#: The pass rate that is asked for where the reader has not said any: none.
NO_FLOOR = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The results that an answer goes by, with the reader's floor (a share from 0 to 1)."""

    observed: Observed
    floor: float = NO_FLOOR

    @property
    def outputs(self) -> Mapping[str, Decimal | None]:
        """The catalog's models that have results, with the mean output tokens of an answer.

        Reasoning included, over a model's prompts by answers; None where no provider reported any.
        """
        sums: dict[str, tuple[float, int]] = {}
        for one in self.observed.observations:
            if one.model:
                tokens, answers = sums.get(one.model, (0.0, 0))
                if of := one.output:
                    tokens, answers = tokens + of.mean * of.answers, answers + of.answers
                sums[one.model] = tokens, answers
        return {model: Decimal(round(t / n)) if n else None for model, (t, n) in sums.items()}


def read_own(question: Mapping[str, Any], catalog: Catalog, calls: Mapping[str, str]) -> Own | None:
    """The results that a page's question brings (`observed`, `floor`), if any. Raises RequestError."""
    if question.get("observed") is None:
        return None
    observed = identified(observed_from_json(question["observed"]), catalog, calls)
    return Own(observed=observed, floor=read_floor(question.get("floor")))


def read_floor(value: Any) -> float:
    """The least share of answers that must pass, from a per cent as people write it; 0 where it is empty.

    Raises RequestError.
    """
    text = str("" if value is None else value).strip().removesuffix("%").strip()
    try:
        percent = float(text or 0)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:  # NaN is neither
        raise RequestError(f"the pass rate is {text[:20]!r}; write per cent from 0 to 100, such as 80")
    return percent / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A result at a place that meets the need; `ran_here` says that the cases were asked at that place."""

    observation: Observation
    candidate: Candidate
    meets: Meets
    ran_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """A result of a model that does not meet the need, by the first constraint it fails and why."""

    observation: Observation
    constraint: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """The part of an answer that rests on the reader's own cases.

    `standings` surely or perhaps meet the floor, the first first; `under` surely do not. `out` do not meet
    the need; of `elsewhere` the catalog knows no model, so nothing that the need asks can be checked. `left`
    is how many offerings of models with results meet the need.
    """

    own: Own
    left: int
    standings: tuple[Standing, ...]
    under: tuple[Standing, ...]
    out: tuple[Out, ...]
    elsewhere: tuple[Observation, ...]


def identified(observed: Observed, catalog: Catalog, calls: Mapping[str, str]) -> Observed:
    """The results with each model's id, where the catalog has it.

    A result without one is of the model that the id which was sent calls in the playground, where it calls a
    single one; `calls` is how each offering is called there (`openai:gpt-5`), by its key.
    """
    by_id: dict[str, set[str]] = {}
    for offering in catalog.offerings:
        if call := calls.get(offering.key):
            by_id.setdefault(call.partition(":")[2], set()).add(offering.model)

    def model_of(one: Observation) -> str:
        if one.model in catalog.models:
            return one.model
        meant = by_id.get(one.called, set())
        return one.called if one.called in catalog.models else min(meant) if len(meant) == 1 else ""

    return replace(
        observed,
        observations=tuple(replace(one, model=model_of(one)) for one in observed.observations),
    )


def own_answer(answer: Answer, own: Own, calls: Mapping[str, str]) -> OwnAnswer:
    """The answer's models that have results, in their order; it was asked with `own.outputs` observed."""
    places: dict[str, list[Candidate]] = {}
    for candidate in answer.observed:
        places.setdefault(candidate.offering.model, []).append(candidate)
    known = [one for one in own.observed.observations if one.model in places]
    order = ordered(known, own.floor)

    def standing(one: Observation) -> Standing:
        ran = [c for c in places[one.model] if _ran_at(one, c, calls.get(c.offering.key, ""))]
        return Standing(
            observation=one,
            candidate=min(ran or places[one.model], key=_cost),
            meets=meets(one.rate, own.floor),
            ran_here=bool(ran),
        )

    rest = [one for one in own.observed.observations if one.model not in places]
    return OwnAnswer(
        own=own,
        left=len(answer.observed),
        standings=tuple(map(standing, order.eligible)),
        under=tuple(map(standing, order.under)),
        out=tuple(_out(one, answer, calls) for one in rest if one.model),
        elsewhere=tuple(one for one in rest if not one.model),
    )


def _ran_at(one: Observation, candidate: Candidate, call: str) -> bool:
    """Whether the cases were asked of this offering; rows of one provider (`azure`, `azure.1`) are alike."""
    provider = one.row.partition(".")[0]
    return provider == candidate.offering.provider and call.partition(":")[2] == one.called != ""


def _cost(candidate: Candidate) -> tuple[bool, Decimal, str]:
    """The cheapest place of a model first."""
    bill = candidate.bill
    return bill is None, bill.low if bill else Decimal(0), candidate.offering.key


def _out(one: Observation, answer: Answer, calls: Mapping[str, str]) -> Out:
    """Why a model does not meet the need: where its cases ran, else at the place that comes nearest to it."""
    column = answer.judgement.columns.column("model")
    near = (("its provider does not say all that is asked", answer.to_ask), *answer.left_out.items())
    places = [
        (name, answer.judgement.candidate(row))
        for name, group in (*near, *answer.eliminated.items())
        for row in group.rows
        if column[row] == one.model
    ]
    if not places:
        return Out(observation=one, constraint="no place of it is looked at for this need", reason="")
    ran = (place for place in places if _ran_at(one, place[1], calls.get(place[1].offering.key, "")))
    name, candidate = next(ran, places[0])
    reason = next((v.reason for v in candidate.verdicts if v.constraint == name), "")
    return Out(observation=one, constraint=name, reason=reason)
