"""The reader's own results in figures and sentences, for the page, the terminal and the decision record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from playground.decide.own.evidence import Own, OwnAnswer
from playground.decide.own.floor import Meets, apart
from playground.observed.observed import AcceptedCost, Observation, Observed, OutputTokens, PassRate
from playground.pricing.money import exact_usd

#: Digits of a cost that tell something.
DIGITS = 3


def heading(observed: Observed) -> str:
    """By whose cases models are ordered."""
    return f"By the cases of {observed.author}" if observed.author else "By your own cases"


def source_sentence(observed: Observed) -> str:
    """Which results are used: `capitals.csv: 20 cases, each asked 3 times, run on 2026-11-28`."""
    cases = "1 case" if observed.cases == 1 else f"{observed.cases:,} cases"
    times = "" if observed.repeats == 1 else f", each asked {observed.repeats:,} times"
    by = f", by {observed.author}" if observed.author else ""
    return f"{observed.name or 'An evaluation without a name'}: {cases}{times}, run on {observed.day}{by}"


def floor_sentence(own: Own) -> str:
    """How the floor counts."""
    if not own.floor:
        return "No pass rate is asked for: set one, or the cheapest may be one that seldom passes"
    share = share_text(own.floor)
    return (
        f"At least {share} must pass. A model surely meets that where its whole 95 % interval is at {share} "
        "or above, perhaps where the interval reaches it from below, and surely does not where all of it is "
        "below"
    )


def order_sentences(answer: OwnAnswer, named: Mapping[str, str]) -> Iterator[str]:
    """Why the first stands first; `named` is what models are called, by their ids."""
    author = answer.own.observed.author
    if not answer.standings:
        none = f"None of the models that {'were run' if author else 'you ran'} meets"
        if answer.under:
            yield f"{none} your pass rate: all of them are surely below it"
        else:
            yield f"{none} the need"
        return
    one = answer.standings[0]
    first = observation_name(one.observation, named)
    if len(answer.standings) == 1:
        doubt = "" if one.meets is Meets.SURELY else ", though it only perhaps meets your pass rate"
        yield f"{first} is the only one with results{'' if author else ' of yours'} that is left{doubt}"
        return
    other = answer.standings[1]
    before = f"{first} before {observation_name(other.observation, named)}"
    a, b = one.observation.cost, other.observation.cost
    if one.meets is not other.meets:
        yield f"{before}: it surely meets your pass rate, and the second only perhaps does"
    elif a.estimate is None:
        yield f"{before}: what an accepted answer costs is known of neither, and more answers of it passed"
    elif b.estimate is None:
        yield f"{before}: what an accepted answer of the second costs is not known"
    else:
        costs = f"{usd_text(a.estimate)} for each accepted answer against {usd_text(b.estimate)}"
        sure = apart(one.observation, other.observation)
        cases = "these cases" if author else "your cases"
        doubt = "" if sure else f"; the intervals overlap, so {cases} do not settle which costs less"
        yield f"{before}: {costs}{doubt}"
    if one.meets is Meets.PERHAPS and one.meets is other.meets:
        yield "No model surely meets your pass rate: more cases would tell"


def observation_name(one: Observation, named: Mapping[str, str]) -> str:
    """The model, with its prompt where there were several: `GPT-5 mini, Prompt 2`."""
    return ", ".join(filter(None, (named.get(one.model, one.name), one.prompt)))


def share_text(share: float) -> str:
    """`80 %`, with a decimal where it has one."""
    return f"{100 * share:.3g} %"


def rate_text(rate: PassRate) -> str:
    """`17 of 20 (85 %, 64 to 95 %)`, and how many answers are missing."""
    low, high = (f"{100 * limit:.0f}" for limit in (rate.low, rate.high))
    middle = "" if rate.estimate is None else f"{100 * rate.estimate:.0f} %, "
    missing = f", {rate.missing:,} missing" if rate.missing else ""
    return f"{rate.passed:,} of {rate.asked:,} ({middle}{low} to {high} %){missing}"


def cost_text(cost: AcceptedCost) -> str:
    """`$0.0021 ($0.0018 to $0.003)`, or that it is not known."""
    limits = limits_text(cost)
    return f"{estimate_text(cost)} ({limits})" if limits else estimate_text(cost)


def estimate_text(cost: AcceptedCost) -> str:
    """`$0.0021`, or why there is no figure."""
    if cost.estimate is not None:
        return usd_text(cost.estimate)
    return "not known" if cost.low is None else "none accepted"


def limits_text(cost: AcceptedCost) -> str:
    """`$0.0018 to $0.003`, `at least $0.0018`; empty where no limit is known."""
    if cost.low is None:
        return ""
    low = usd_text(cost.low)
    return f"at least {low}" if cost.high is None else f"{low} to {usd_text(cost.high)}"


def usd_text(usd: Decimal) -> str:
    """`$0.0021`: three digits that count, or cents from a dollar on."""
    return f"${usd:,.2f}" if usd >= 1 else exact_usd(Decimal(f"{usd:.{DIGITS}g}"))


def output_text(output: OutputTokens | None) -> str:
    """`512 (480 to 544)` output tokens an answer."""
    if output is None:
        return "not reported"
    if output.low is None or output.high is None:
        return f"{output.mean:,.0f}"
    return f"{output.mean:,.0f} ({output.low:,.0f} to {output.high:,.0f})"


def speed_text(one: Observation) -> str:
    """`0.42 s to the first token, 61 tokens/s`; empty where neither is known."""
    first = "" if one.first_token is None else f"{one.first_token:.2f} s to the first token"
    speed = "" if one.speed is None else f"{one.speed:.0f} tokens/s"
    return ", ".join(filter(None, (first, speed)))


def parameters_text(one: Observation) -> str:
    """`temperature 0, effort low`; empty where nothing is set."""
    return ", ".join(f"{name} {value}" for name, value in one.parameters.items())
