"""Prices against scores: who costs less, whom scores put ahead, and whether the lead is worth its price."""

from __future__ import annotations

import math
from decimal import Decimal

from playground.ability import TIER_ODDS, Proof
from playground.decide.quality.merits import WORTH
from playground.pricing.money import usd
from playground.versus.ahead import (
    MEAN,
    ability,
    ability_facts,
    ability_text,
    before_facts,
    claimed_alone,
    is_beyond_doubt,
    is_by_few_claims,
    is_clear,
    is_untested,
    odds,
    percent,
    worth,
)
from playground.versus.family import on_trial, passed_on
from playground.versus.month import BY_TOKEN, month_facts
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side
from playground.versus.verdict.verdict import Decision, Pair, Sureness

#: When to take the one that costs more and is behind, where nothing that is known speaks for it.
ASKED = "a contract or a rule of yours asks for it"
#: When to take the one that costs less, where how much less is no number.
AS_WELL = "it does your prompts as well (it costs less)"


def weighed(pair: Pair) -> Decision:
    """The cheaper one, unless scores put the other so far ahead that it is worth its price."""
    if any(is_untested(s) for s in (pair.a, pair.b)):
        return _untested(pair)
    if not pair.priced:
        return _unpriced(pair)
    cheaper, ahead = pair.cheaper, pair.ahead
    if cheaper is None:
        return _as_dear(pair, ahead)
    dearer = pair.other(cheaper)
    if ahead is dearer and is_by_few_claims(dearer, cheaper):
        why = (*score_sentences(pair, dearer), cost_sentence(pair))
        return Decision(most=None, sure=Sureness.UNKNOWN, rule="few claims", why=why)
    if ahead is dearer and worth(dearer, cheaper) > (pair.times(dearer) or Decimal("Infinity")):
        return Decision(
            most=dearer,
            sure=Sureness.LIKELY,
            rule="lead worth its price",
            why=(*score_sentences(pair, dearer), cost_sentence(pair), *worth_sentence(pair, dearer)),
            otherwise=(as_well(pair, cheaper),),
        )
    costs, scores = cost_sentence(pair), score_sentences(pair, cheaper)
    if ahead is dearer:
        scores = (*scores, *worth_sentence(pair, dearer))
    return Decision(
        most=cheaper,
        sure=_beyond_doubt(cheaper, dearer),
        rule="price" if ahead is not cheaper else "price and scores",
        why=(*scores, costs) if _scores_say_more(pair, cheaper) else (costs, *scores),
        otherwise=_otherwise(pair, cheaper, ahead),
    )


def as_well(pair: Pair, cheaper: Side) -> str:
    """When to take the cheaper one, with what the dearer one costs of it."""
    dearer = pair.other(cheaper)
    name = dearer.place if pair.a.model.id == pair.b.model.id else dearer.name
    times = times_text(pair.times(dearer))
    return f"it does your prompts as well ({name} costs {times} as much)" if times else AS_WELL


def _scores_say_more(pair: Pair, cheaper: Side) -> bool:
    """Whether the cheaper one is clearly ahead by more than its price tells."""
    dearer = pair.other(cheaper)
    return is_clear(cheaper, dearer) and worth(cheaper, dearer) > (pair.times(dearer) or Decimal("Infinity"))


def _beyond_doubt(most: Side, other: Side) -> Sureness:
    sure = is_beyond_doubt(most, other) and not on_trial(most) and not any(map(passed_on, (most, other)))
    return Sureness.SURE if sure else Sureness.LIKELY


def _otherwise(pair: Pair, cheaper: Side, ahead: Side | None) -> tuple[str, ...]:
    """When to take the dearer one all the same."""
    dearer = pair.other(cheaper)
    if ahead is cheaper:
        return (ASKED,)
    if ahead is dearer:
        return (f"{cheaper.name} fails on your prompts (send it only those)",)
    times = times_text(pair.times(dearer))
    price = f" (at {times} the price)" if times else ""
    return (f"your prompts fail on {cheaper.name} and pass on {dearer.name}{price}",)


def _as_dear(pair: Pair, ahead: Side | None) -> Decision:
    """Both cost alike: scores decide, then which of them is no preview."""
    if ahead:
        other = pair.other(ahead)
        why = (*score_sentences(pair, ahead), cost_sentence(pair))
        otherwise = (f"your own prompts do better on it than on {ahead.name}",)
        sure = _beyond_doubt(ahead, other)
        return Decision(most=ahead, sure=sure, rule="scores", why=why, otherwise=otherwise)
    why = (*score_sentences(pair, pair.a), cost_sentence(pair))
    trials = [s for s in (pair.a, pair.b) if on_trial(s)]
    if len(trials) == 1:
        most = pair.other(trials[0])
        otherwise = ("a preview is no matter to you, and your own prompts do better on it",)
        return Decision(most=most, sure=Sureness.LIKELY, rule="no preview", why=why, otherwise=otherwise)
    return Decision(most=None, sure=Sureness.UNKNOWN, rule="alike", why=why)


def _untested(pair: Pair) -> Decision:
    """No test has one of them: the other is for most only where it costs less and is known to be able."""
    tested = next((s for s in (pair.a, pair.b) if not is_untested(s)), None)
    costs = cost_sentence(pair)
    unknown = score_sentences(pair, tested or pair.a)
    able = tested and (interval := ability(tested)) and interval.low > MEAN
    if tested and (newer := _by_the_one_before(pair, tested)):
        return newer
    if tested and able and pair.cheaper is tested:
        other = pair.other(tested)
        return Decision(
            most=tested,
            sure=Sureness.LIKELY,
            rule="tested and cheaper",
            why=(costs, *unknown),
            otherwise=(f"your prompts fail on {tested.name} and pass on {other.name}",),
        )
    return Decision(most=None, sure=Sureness.UNKNOWN, rule="untested", why=(*unknown, costs))


def _by_the_one_before(pair: Pair, tested: Side) -> Decision | None:
    """Already the model before the untested one is ahead of the other, by as much as the new one costs."""
    new = pair.other(tested)
    before = new.abilities.of(new.before)
    likely = new.abilities.better(new.before, tested.model.id) if new.before else None
    mine, theirs = before.general, ability(tested)
    if likely is None or likely <= TIER_ODDS or mine is None or theirs is None or not pair.priced:
        return None
    if before.proof is Proof.CLAIMED and not claimed_alone(tested):
        return None
    if pair.cheaper is tested and WORTH ** (mine.middle - theirs.middle) <= (pair.times(new) or math.inf):
        return None
    text = f"no test that this rests on has {new.name}; already the model before it, {new.before_name}, "
    text += f"is ahead of {tested.name} with {percent(likely)} probability"
    why = Sentence(rule="before", text=text, facts=(*before_facts(new), *ability_facts(tested)))
    costs = cost_sentence(pair)
    reasons = (why, costs) if pair.cheaper is tested else (costs, why)
    return Decision(
        most=new,
        sure=Sureness.LIKELY,
        rule="after an abler one",
        why=(*reasons, *_claims(tested)),
        otherwise=(f"your own prompts do better on it than on {new.name}",),
    )


def _unpriced(pair: Pair) -> Decision:
    why = (cost_sentence(pair), *score_sentences(pair, pair.a))
    return Decision(most=None, sure=Sureness.UNKNOWN, rule="unpriced", why=why)


# The reasons, in words.


def cost_sentence(pair: Pair) -> Sentence:
    """What a month costs at both; that it is unknown where it is."""
    x, y = pair.a, pair.b
    facts = (*month_facts(x), *month_facts(y))
    unknown = [s for s in (x, y) if pair.usd(s) is None]
    if unknown:
        if any(s.kind not in BY_TOKEN for s in (x, y)):
            text = "what a month costs is not known here: such models are not paid by the token alone"
            return Sentence(rule="month", text=text, facts=facts)
        text = f"what a month costs at {' and '.join(s.name for s in unknown)} is unknown"
        return Sentence(rule="month", text=text, facts=facts)
    mine, theirs = pair.usd(x) or Decimal(0), pair.usd(y) or Decimal(0)
    start = f"from {pair.begins} on a month" if pair.later else "a month"
    if mine == theirs and not any(map(pair.hourly, (x, y))):
        return Sentence(rule="month", text=f"{start} costs the same at both, {usd(mine)}", facts=facts)
    less, more = (x, y) if mine <= theirs else (y, x)
    ratio = f", {times} as much" if pair.cheaper and (times := times_text(pair.times(more))) else ""
    sums = " and ".join(_sum(pair, s) for s in (less, more))
    return Sentence(rule="month", text=f"{start} costs {sums}{ratio or ', alike'}", facts=facts)


def _sum(pair: Pair, x: Side) -> str:
    """`$79.20 at DeepSeek V4 Pro at its dearest hours`; by the place where both are one model."""
    name = x.place if pair.a.model.id == pair.b.model.id else x.name
    hours = " at its dearest hours" if pair.hourly(x) else ""
    return f"{usd(pair.usd(x) or Decimal(0))} at {name}{hours}"


def score_sentences(pair: Pair, x: Side) -> tuple[Sentence, ...]:
    """What scores say of the two, `x` first, and who stands behind them."""
    y = pair.other(x)
    untested = [s for s in (x, y) if is_untested(s)]
    if untested:
        names = " or ".join(s.name for s in untested)
        known = [s for s in (x, y) if not is_untested(s)]
        figures = "".join(f"; {possessive(s.name)} ability is {ability_text(s)}" for s in known)
        text = f"how able they are cannot be compared: no test that this rests on has {names}{figures}"
        return (Sentence(rule="untested", text=text, facts=ability_facts(*known)), *_claims(*known))
    return (_compared(pair, x, y), *_claims(x, y))


def _compared(pair: Pair, x: Side, y: Side) -> Sentence:
    """Who is ahead, whose figure then comes first; of two that scores do not tell apart, `x`."""
    for one, other in ((x, y), (y, x)):
        if text := _lead(pair, one, other):
            return _with_figures(text, one, other)
    return _with_figures("scores do not tell them apart", x, y)


def _lead(pair: Pair, one: Side, other: Side) -> str:
    """That `one` is ahead; empty where nothing says so."""
    likely = odds(one, other)
    chance = f"with {percent(likely)} probability" if likely is not None else ""
    if pair.ahead is one and is_by_few_claims(one, other):
        count = one.ability.scores
        claims = "one claim" if count == 1 else f"{count} claims"
        return f"only {claims} of {possessive(one.lab)} {'puts' if count == 1 else 'put'} {one.name} ahead"
    if pair.ahead is one and is_clear(one, other):
        return f"scores put {one.name} clearly ahead {chance}"
    if pair.ahead is one:
        return f"scores put {one.name} ahead {chance}, though the ranges overlap"
    if pair.ahead is None and likely is not None and likely > TIER_ODDS:
        return f"only its maker’s claims put {one.name} ahead, by too little to go by"
    return ""


def _with_figures(text: str, one: Side, other: Side) -> Sentence:
    figures = f"ability {ability_text(one)} against {ability_text(other)}"
    return Sentence(rule="ability", text=f"{text}: {figures}", facts=ability_facts(one, other))


def worth_sentence(pair: Pair, dearer: Side) -> tuple[Sentence, ...]:
    """Whether the lead of the one that costs more is worth its price, and by which rule."""
    times = pair.times(dearer)
    if not times:
        return ()
    more = worth(dearer, pair.other(dearer)) > times
    text = f"a lead of 1.00 counts here as {WORTH} times the price: this lead is worth "
    text += f"{'more' if more else 'less'} than it costs"
    facts = (*ability_facts(pair.a, pair.b), *month_facts(pair.a), *month_facts(pair.b))
    return (Sentence(rule="worth", text=text, facts=facts),)


def _claims(*sides: Side) -> tuple[Sentence, ...]:
    """Whose scores are its maker's own claims alone."""
    alone = [s for s in sides if claimed_alone(s)]
    if not alone:
        return ()
    facts: tuple[CitedFact, ...] = ability_facts(*alone)
    if len(alone) == len(sides) > 1:
        text = "of the tests that this rests on there are only their makers’ own claims, of both"
    else:
        (one,) = alone[:1]
        text = (
            f"of the tests that this rests on there are only {possessive(one.lab)} own claims of {one.name}"
        )
    return (Sentence(rule="claims", text=text, facts=facts),)


def possessive(name: str) -> str:
    """`Anthropic’s`, `Mistral’s`, `Z.AI’s`."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def times_text(times: Decimal | None) -> str:
    """`2.5 times`, `20 times`, `twice`."""
    if times is None:
        return ""
    rounded = f"{float(times):.2g}" if times < 10 else f"{times:,.0f}"
    return "twice" if rounded == "2" else f"{rounded} times"
