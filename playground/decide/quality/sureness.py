"""How sure an answer's first place is, and what would settle or turn it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist

from playground.ability import TIER_ODDS
from playground.ability.ability import Proof
from playground.catalog import Channel
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate, Named
from playground.decide.quality.evidence import ability_text
from playground.decide.quality.lead import Lead, lead_of
from playground.decide.quality.over_budget import over_budget, over_budget_sentence
from playground.labels.odds import percent
from playground.need.levels import LEVELS
from playground.pricing.money import usd

#: More prompts than these nobody runs to tell two models apart; fewer than the others tell nothing.
MOST_PROMPTS, FEWEST_PROMPTS = 1000, 10
#: A price that would have to be so many times as high tells nothing: no list moves that far.
FARTHEST_PRICE = 20
#: Why one stands first that is about level with the second.
WIDER = "; it comes first because more providers serve it"
#: No farther from one half, a probability says as much as chance.
EVEN = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An answer's head.

    `claim` is why the first stands before the second, with its probability `odds` (0 to 1; None where the
    order is exact, or rests on no figure). `closes` are changes after which the second would be worth more,
    each a clause after "if"; `settles` what would make the order surer, each a noun. `able` is the odds
    that the first is as able as the need asks, None where it does not ask; `able_text` is that in words.
    `beyond` is who is surely abler and out by a budget alone, in words.
    """

    claim: str
    odds: float | None = None
    closes: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    able: float | None = None
    able_text: str = ""
    beyond: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """It in sentences, with their full stops."""
        gap = f" The first would lose its place if {', or if '.join(self.closes)}." if self.closes else ""
        settled = f"What would settle it: {'; or '.join(self.settles)}." if self.settles else ""
        able = f"{self.able_text}." if self.able_text else ""
        beyond = f"{self.beyond}." if self.beyond else ""
        return tuple(filter(None, (f"{self.claim}.{gap}", beyond, able, settled)))


def head_of(answer: Answer, named: Named) -> Head | None:
    """The head of an answer; None where nobody is left."""
    if not answer.leaders:
        return None
    able, able_text = _able(answer, named)
    claim, odds, closes, settles = _order(answer, named)
    if (one := answer.leaders[0]).perhaps and one.enough is not None:
        claim = f"Perhaps able enough only ({percent(one.enough)} likely): {claim}"
    if unsure := [v.constraint.removeprefix("can: ") for v in one.lacks if v.constraint.startswith("can: ")]:
        claim = f"Nobody says that the first can do all that is asked ({', '.join(unsure)}): {claim}"
    miss = over_budget(answer)
    beyond = over_budget_sentence(miss, named) if miss else ""
    return Head(
        claim=claim,
        odds=odds,
        closes=closes,
        settles=settles,
        able=able,
        able_text=able_text,
        beyond=beyond,
    )


def sureness(answer: Answer) -> float | None:
    """The probability that the first is worth more than the second, cost counted; None where unknown."""
    lead = _lead(answer)
    return lead.odds if lead else None


type _Order = tuple[str, float | None, tuple[str, ...], tuple[str, ...]]


def _order(answer: Answer, named: Named) -> _Order:
    """Why the first stands before the second: the claim, its probability, what closes and what settles it."""
    one = answer.leaders[0]
    first = named(one.offering)
    if len(answer.leaders) < 2:
        placed = " that has public evidence" if answer.untested else ""
        return f"{first} is the only model left{placed}", None, (), ()
    other = answer.leaders[1]
    second = named(other.offering)
    before = f"{first} comes before {second}"
    if (doubt := _doubts(one, other)) is not None:
        return f"{before}: more is known of it", None, (), (f"a source for {doubt} of the second",)
    if one.late != other.late:
        newer = f"{before}, whose lab has a newer model that is left, too"
        return newer, None, (), ("your own prompts on both",)
    if one.perhaps != other.perhaps and other.enough is not None:
        less = f"{before}, which is only {percent(other.enough)} likely to be able enough"
        return less, None, (), ("your own prompts on both",)
    lead = _lead(answer)
    if lead is None:
        return _without_odds(answer, before)
    return (
        _likely(answer, lead, first, second),
        lead.odds,
        tuple(_closes(answer, lead, named)) if lead.odds > 0.5 + EVEN else (),
        tuple(_settles(answer, named)) if lead.odds < 1 - EVEN / 2 else (),
    )


def _doubts(one: Candidate, other: Candidate) -> str | None:
    """What is unknown of the second and not of the first, where that decides the order."""
    if len(one.lacks) >= len(other.lacks):
        return None
    known = {verdict.constraint for verdict in one.lacks}
    return " and ".join(v.constraint for v in other.lacks if v.constraint not in known)


def _lead(answer: Answer) -> Lead | None:
    """By how much the first leads the second; None where the order does not go by that."""
    if len(answer.leaders) < 2 or answer.need.speed:
        return None
    one, other = answer.leaders[:2]
    if one.late != other.late or one.perhaps != other.perhaps or len(one.lacks) != len(other.lacks):
        return None
    return lead_of(one, other, answer.judgement)


def _without_odds(answer: Answer, before: str) -> _Order:
    """The claim where nothing that has an interval decides."""
    one, other = answer.leaders[:2]
    costs = [c.bill.usd for c in (one, other) if c.bill and c.bill.usd is not None]
    if answer.need.speed:
        return f"{before}: by the speeds that you measured, which have no interval", None, (), ()
    if one.bill is None and other.bill is None:
        own = one.offering.channel is Channel.SELF_HOSTED and other.offering.channel is Channel.SELF_HOSTED
        why = (
            "neither has a price, so the larger model comes first"
            if own
            else "no price of this work is known"
        )
        return f"{before}: {why}", None, (), ("your own prompts on both",)
    if not answer.judgement.bills.comparable:
        price_alone = f"{before}: by price alone, as no public test has both"
        return price_alone, None, (), ("your own prompts on both",)
    if len(costs) < 2:
        whose = ", whose cost is not" if costs else ": neither cost is"
        return f"{before}{whose} known as one sum", None, (), ("your own prompts on both",)
    if costs[0] == costs[1]:
        return f"{before}: both cost the same", None, (), ("your own prompts on both",)
    cheaper = f"{before}: the first costs {usd(costs[0])} a month, the second {usd(costs[1])}"
    weighs = answer.need.quality or answer.need.accepted
    if one.interval and other.interval and weighs:
        return cheaper, None, (), ("your own prompts on both",)  # of what costs nothing there are no odds
    if not weighs:
        return f"{cheaper}; more quality than is asked does not count", None, (), ()
    return (
        f"{cheaper}; no public test has both, so their quality decides nothing",
        None,
        (),
        ("your own prompts on both",),
    )


def _likely(answer: Answer, lead: Lead, first: str, second: str) -> str:
    """How likely it is that the first is the better one, and what that percentage alone would hide."""
    better = "the better value" if lead.price_power else "the more able one"
    likely = f"{percent(lead.odds)} likely to be {better}"
    if abs(lead.odds - 0.5) <= EVEN:
        one, other = (c.offering.key for c in answer.leaders[:2])
        columns = answer.judgement.columns
        served = columns.column("served")
        wider = served[columns.row[one]] > served[columns.row[other]]
        return f"{first} and {second} are about level: the first is {likely}{WIDER if wider else ''}"
    before = f"{first} comes before {second}"
    if lead.odds < 0.5:
        return f"{before}, though only {likely}: more of its ability is sure"
    return f"{before}: it is {likely}" + ("" if lead.odds > TIER_ODDS else ", so not surely")


def _closes(answer: Answer, lead: Lead, named: Named) -> Iterator[str]:
    """What would make the second worth as much, each thing alone."""
    one, other = answer.leaders[:2]
    second = named(other.offering)
    cost = one.bill.usd if one.bill else None
    times = lead.price_factor
    if cost and times and times <= FARTHEST_PRICE:
        yield f"it cost more than {usd(cost * Decimal(repr(times)))} a month (it costs {usd(cost)})"
    if (needed := lead.ability_needed) is not None and other.interval:
        yield f"{second} had an ability above {needed:.1f} (it is put at {ability_text(other.interval)})"


def _settles(answer: Answer, named: Named) -> Iterator[str]:
    """What would make the order surer: of a model known by claims alone a measurement, and prompts."""
    one, other = answer.leaders[:2]
    for c in (one, other):
        if c.ability and c.ability.proof in (Proof.CLAIMED, Proof.FOLLOWS):
            yield f"a score of {named(c.offering)} that others measured"
    merits = answer.judgement.merits
    shares = [merits.success(c.interval) for c in (one, other)]
    if not all(shares):
        yield "your own prompts on both"
    elif count := prompts_wanted(*(float(share) for share in shares if share)):
        yield f"about {count:,} of your own prompts on both, if they are as hard as {merits.benchmark_name}"
    else:
        yield f"over {MOST_PROMPTS:,} prompts on both, as they solve about as much of {merits.benchmark_name}"


def prompts_wanted(share: float, other: float) -> int | None:
    """How many prompts tell two models apart that solve these shares (0 to 1); None where too many would.

    With so many on each, the better is said to be better with TIER_ODDS in as large a share of trials.
    """
    if not (apart := abs(share - other)):
        return None
    luck = share * (1 - share) + other * (1 - other)
    count = (2 * NormalDist().inv_cdf(TIER_ODDS) / apart) ** 2 * luck
    return None if count > MOST_PROMPTS else max(int(float(f"{count:.2g}")), FEWEST_PROMPTS)


def _able(answer: Answer, named: Named) -> tuple[float | None, str]:
    """The probability that the first is as able as asked, and that in words."""
    one, merits, asked = answer.leaders[0], answer.judgement.merits, answer.need.able
    if not asked or merits.least is None or one.interval is None or one.offering.model == asked:
        return None, ""
    odds = merits.at_least(one.offering.model, one.interval)
    likely = f"{named(one.offering)} is {percent(odds)} likely to"
    own = ability_text(one.interval)
    if level := LEVELS.get(asked):
        needed = f"{level.label}, which asks for an ability of {merits.least:.1f}"
        return odds, f"{likely} be able enough for {needed}; its own is put at {own}"
    model = merits.named
    put = f"its ability is put at {own}, that of {model} at {ability_text(merits.by_model[asked])}"
    rule = f"Left is whoever {model} does not beat with more than {percent(TIER_ODDS)} probability"
    return odds, f"{likely} be at least as able as {model}: {put}. {rule}"
