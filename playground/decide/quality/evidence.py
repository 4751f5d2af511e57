"""What public scores say of an answer: of each model in it, and how sure its order is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.ability import Ability, Interval, Proof
from playground.catalog.prices import Price, Unit
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.decide.sentences import free_sentence, region_sentence
from playground.labels.odds import percent
from playground.need.levels import LEVELS
from playground.need.need import Need
from playground.pricing.pieces import CALLED, OPEN, pieces_of
from playground.pricing.workload import PIECES

#: The minutes of a month.
MINUTES = 30 * 24 * 60
#: From so many requests a minute on limits are worth a question. Azure's page, read on 2026-11-30: "Tokens
#: per minute (TPM) and requests per minute (RPM) limits are defined per region, per subscription, and per
#: model or deployment type." https://learn.microsoft.com/azure/foundry/openai/quotas-limits
FAST = 200


def counts_ability(need: Need) -> bool:
    """Whether how able a model is has a say in the order."""
    return bool(need.quality or need.accepted or need.able)


def ability_text(interval: Interval | None) -> str:
    """How able a model is, with where it lies with 80 % probability: `1.2 (0.9 to 1.5)`."""
    if interval is None:
        return "untested"
    return f"{interval.middle:z.1f} ({interval.low:z.1f} to {interval.high:z.1f})"


def enough_text(candidate: Candidate, need: Need) -> str:
    """How likely it is as able as asked, where that is not sure; empty where it is or nothing is asked."""
    if candidate.enough is None or candidate.offering.model == need.able:
        return ""
    if need.able in LEVELS:
        return f"{percent(candidate.enough)} likely to be able enough" if candidate.perhaps else ""
    return f"{percent(candidate.enough)} likely to be as able as asked"


def proof_text(ability: Ability | None) -> str:
    """What it rests on: `7 scores: 5 measured by others, 2 by its lab’s own word, newest of 2026-11`."""
    if ability is None or ability.general is None:
        voted = ability is not None and ability.proof is Proof.VOTES
        return "no public test, only people’s votes" if voted else "no public test"
    if ability.by:
        return f"untested itself; it stands by the tested model before it, {ability.by}"
    if ability.voted:
        return f"rated by people’s votes, newest of {ability.newest}"
    scores = "1 score" if ability.scores == 1 else f"{ability.scores} scores"
    newest = f", newest of {ability.newest}" if ability.newest else ""
    if not ability.measured:
        return f"{scores}, by its lab’s own word{newest}"
    if ability.measured == ability.scores:
        return f"{scores} measured by others{newest}"
    claimed = ability.scores - ability.measured
    return f"{scores}: {ability.measured} measured by others, {claimed} by its lab’s own word{newest}"


def ability_to_json(candidate: Candidate, need: Need) -> dict[str, Any]:
    """How able the model is at the need's task, what kind of evidence there is, and that in words.

    `enough` says how likely it is as able as is asked, where that is not sure.
    """
    task = need.task
    ability, interval = candidate.ability or Ability(model=candidate.offering.model), candidate.interval
    own = bool(task and task in ability.tasks)
    figures = {"low": interval.low, "middle": interval.middle, "high": interval.high} if interval else {}
    return {
        **figures,
        "proof": str(ability.proof),
        "of_task": own,
        "text": ability_text(interval),
        "why": proof_text(ability),
        **({"enough": enough} if (enough := enough_text(candidate, need)) else {}),
    }


def evidence_sentences(answer: Answer, named: Named) -> Iterator[str]:
    """What the order goes by, what is known of the first, and what else has to be known."""
    head = region_sentence(answer.need), free_sentence(answer), _pace_sentence(answer)
    yield from filter(None, (*head, _by_token_sentence(answer)))
    if not counts_ability(answer.need) or not answer.leaders:
        return
    first = answer.leaders[0]
    if first.interval is None:
        yield "No public test tells these apart: the order is by cost, the newest of each line first"
        return
    merits = answer.judgement.merits
    if answer.need.accepted and (name := merits.benchmark_name):
        each = f"The order is by the cost of each answer that is right, at the difficulty of {name}"
        other = answer.need.task if merits.abilities.benchmarks[name].task != answer.need.task else None
        yield each + (f": no test of {other} as such still tells enough models apart" if other else "")
    if merits.test:
        by = "people’s votes" if merits.test.is_voted else "one public test"
        apart = ": models without votes stand apart, whatever tests say of them" if merits.of_text else ""
        yield f"How able each is goes by {by}, {merits.test.name}{apart if merits.test.is_voted else ''}"
    if not answer.judgement.bills.comparable:
        yield _uncounted_sentence(answer.need)
    yield f"{named(first.offering)}: {proof_text(first.ability)}"
    yield from _task_sentence(answer, named)
    if answer.untested:
        models = len(answer.untested.of_each_model())
        known = "as far as is known, and nothing public says"
        if models == 1:
            yield f"1 more model meets all {known} where it stands: try it"
        else:
            yield f"{models:,} more models meet all {known} where they stand: try them"


def _uncounted_sentence(need: Need) -> str:
    """That costs order nothing, and what to say so that they do, where that can be said."""
    why = "What they cost orders nothing: some are paid by the page, image or minute, some by the token"
    pieces = [CALLED[piece] for piece in pieces_of(need.kind)]
    return f"{why}. Give the {pieces[0]} in a request, and their cost counts too" if pieces else why


def _by_token_sentence(answer: Answer) -> str:
    """What to say of the tokens of work counted by the piece, so that who charges by them has a cost."""
    work = answer.judgement.bills.work
    counted = [piece for name, piece in PIECES.items() if getattr(work, name)]
    if not counted or answer.need.kind is None or answer.need.kind in OPEN:
        return ""
    meters = {at for piece in counted for at in (piece.covered, piece.beside) if at} - work.counts().keys()
    tokens = sorted({f"{at[0].partition('_')[0]} tokens" for at in meters})
    if not tokens or not any(c.bill is None and _by_token(c.price) for c in answer.leaders):
        return ""
    named = " and ".join(tokens)
    give = f"give the {named} of a request, and theirs counts too"
    return f"Whoever charges by the token stands without a cost: {give}"


def _by_token(price: Price) -> bool:
    return any(rate.usd and rate.unit == Unit.MTOK for rate in price.rates)


def _pace_sentence(answer: Answer) -> str:
    """How many requests come a minute where they are so many that a provider's limits may stop them.

    What may wait for a cheaper run aside; nothing here knows the limits, which go by account and by region.
    """
    work = answer.need.work
    pace = work.requests * (1 - work.batch) / MINUTES
    if pace < FAST or answer.need.on_own_machine or not answer.leaders:
        return ""
    return (
        f"The requests come to {pace:,.0f} a minute on average. Whether a provider lets so many through, at "
        "their peak too, goes by account and region and is not judged: ask it before you build on it"
    )


def _task_sentence(answer: Answer, named: Named) -> Iterator[str]:
    """That the need's task has no say where too few scores of it are known."""
    task, merits = answer.need.task, answer.judgement.merits
    if task is None or merits.test:
        return
    models = answer.judgement.columns.column("model")
    if not any(task in merits.abilities.of(models[row]).tasks for row in answer.leaders.rows):
        yield f"No model left has enough scores in tests of {task}: the order goes by ability in general"
    elif (first := answer.leaders[0]).ability and task not in first.ability.tasks:
        yield f"{named(first.offering)} has too few scores in tests of {task}: its ability in general counts"
