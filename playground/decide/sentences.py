"""An answer in sentences: who is left out, when neighbours change places, what helps where none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from playground.catalog import Kind, Support
from playground.catalog.model import varying
from playground.decide.answer import Answer
from playground.decide.candidate import Candidate
from playground.decide.order.flips import Between, Flip
from playground.decide.remedies import LIMITS, NAMES
from playground.labels.counted import counted
from playground.need.need import SHARES, Need
from playground.pricing.money import bill_text, rounded_up
from playground.pricing.pieces import CALLED, KINDS
from playground.pricing.workload import PIECES

UNITS: Mapping[str, str] = {
    "input_tokens": "input tokens a request",
    "output_tokens": "output tokens a request",
    "cached": "of the input cached",
    "written": "of the input written to a cache",
    "written_1h": "of the input written to a cache for an hour",
    "audio_in": "of the input sound",
    "image_in": "of the input images",
    "reasoning": "of the output reasoning",
    "audio_out": "of the output sound",
    "image_out": "of the output images",
    "batch": "of the requests in batch",
}


#: When neighbours change places of which no threshold is known.
UNTOLD = "at almost any change, as which of the two is worth more is not known with 80 % probability"


def left_out_sentence(answer: Answer) -> str:
    """Who is left out though nobody asked for that, in a line; empty where nobody is.

    `412 offerings left out: 120 sold by gateways and resellers, 80 with a price in doubt`.
    """
    counts = {name: len(group) for name, group in answer.left_out.items()}
    if not counts:
        return ""
    total = sum(counts.values())
    phrases = [c.phrase.format(f"{counts[c.name]:,}") for c in answer.judgement.floor if c.name in counts]
    return f"{total:,} {'offering' if total == 1 else 'offerings'} left out: {'; '.join(phrases)}"


def idle_sentence(answer: Answer) -> str:
    """What was asked and asks nothing of this kind of model, or what other kind is made for it; or empty."""
    if answer.idle:
        return f"Not asked of {answer.need.kind} models, which cannot have it: {', '.join(answer.idle)}"
    pieces = [name for name in PIECES if getattr(answer.need.work, name)]
    if answer.need.kind != Kind.CHAT or not pieces:
        return ""
    return f"Asked of chat models only: {', '.join(map(_made_for, pieces))}"


def _made_for(piece: str) -> str:
    """Which kinds of model are made for a piece of work."""
    kinds = sorted(KINDS[piece], key=[*Kind].index)
    return f"for {CALLED[piece]} there are {' and '.join(kinds)} models (kind: {' or '.join(kinds)})"


def free_sentence(answer: Answer) -> str:
    """What the first is given away for, and what becomes of what is sent; empty where it is paid for."""
    if not answer.leaders or not answer.judgement.bills.gives:
        return ""
    first = answer.leaders[0].offering
    provider = answer.judgement.columns.catalog.providers[first.provider]
    stated = provider.given_away(first.channel, first.model)
    if stated is None:
        return ""
    used = (
        "what is sent may be used to train on" if stated.value == "used" else "what is sent is not trained on"
    )
    return f"{provider.name} gives it away within limits ({stated.note or stated.quote}); {used}"


def region_sentence(need: Need) -> str:
    """What a government region does not say; empty for any other."""
    if "gov" not in need.region:
        return ""
    return "Authorisations such as FedRAMP or an impact level are no part of this catalog: ask the provider"


def runs_sentence(answer: Answer) -> str:
    """What differs among the runs that the shortlist's scores are of; empty where they are all alike."""
    scores = answer.judgement.scores
    what = varying(score for row in answer.leaders.rows if (score := scores[row]))
    if not what:
        return ""
    return f"These scores are of runs that differ in {', '.join(what)}: each says how it was run."


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Two neighbours of the shortlist by key, and when the second would stand before the first, in words."""

    first: str
    second: str
    when: tuple[str, ...]


def swaps(answer: Answer) -> Iterator[Swap]:
    """The flip points of an answer, one entry for each pair of neighbours that has any."""
    place = {key: n for n, key in enumerate(answer.leaders.keys)}
    pairs: dict[tuple[str, str], dict[str, list[Flip]]] = {}
    for flip in answer.flips:
        first, second = sorted((flip.above, flip.below), key=place.__getitem__)
        pairs.setdefault((first, second), {}).setdefault(flip.input, []).append(flip)
    for (first, second), inputs in pairs.items():
        # A threshold that may lie anywhere tells nothing.
        bounded = {name: flips for name, flips in inputs.items() if any(_tells(flip) for flip in flips)}
        when = (
            stretch for name, flips in bounded.items() for stretch in _when(name, flips, second, answer.need)
        )
        yield Swap(first=first, second=second, when=tuple(when) or (UNTOLD,))


def _tells(flip: Flip) -> bool:
    """Whether it is exact, or its interval has an end."""
    return flip.between is None or any(end is not None for end in flip.between)


def _when(name: str, flips: list[Flip], second: str, need: Need) -> Iterator[str]:
    """The stretches of one input on which the second is better: `above 2,140 output tokens … (now 500)`."""
    start: Fraction | None = None
    inside = flips[0].below == second
    stretches: list[tuple[Fraction | None, Fraction | None]] = []
    for flip in sorted(flips, key=lambda f: f.at):
        if inside:
            stretches.append((start, flip.at))
        start, inside = flip.at, flip.above == second
    if inside:
        stretches.append((start, None))
    between = {f.at: f.between for f in flips}
    for low, high in stretches:
        if low is None and high is not None:
            range_text = f"below {flip_text(name, high)}"
        elif low is not None and high is not None:
            range_text = f"from {flip_text(name, low).partition(' ')[0]} to {flip_text(name, high)}"
        else:
            range_text = f"above {flip_text(name, low or Fraction(0))}"
        known = [one for x in (low, high) if x is not None and (one := between[x])]
        # Of one end nothing may be known; then the other speaks.
        with_end = [one for one in known if any(end is not None for end in one)] or known[:1]
        ends = [_between_text(name, one) for one in with_end]
        sure = f"80 %: {' and '.join(ends)}; " if ends else ""
        yield f"{range_text} ({sure}{_now(name, need)})"


def _between_text(name: str, between: Between) -> str:
    """Where a threshold lies with 80 % probability: `1,200 to 2,900`, `1,200 or more`."""
    low, high = ("" if x is None else _number(name, x) for x in between)
    if low and high:
        return f"{low} to {high}"
    return f"{low} or more" if low else f"up to {high}" if high else "anywhere or nowhere"


def _now(name: str, need: Need) -> str:
    if name not in UNITS:
        return f"now {getattr(need, name.rpartition(' ')[2])}"
    value = getattr(need.work, name)
    return f"now {_percent(value)} %" if name in SHARES else f"now {value.normalize():,f}"


def flip_text(name: str, at: Fraction) -> str:
    """A flip point in words: `2,140 output tokens a request`, `35 % of the input cached`."""
    unit = UNITS.get(name, f"as the {name}")
    return f"{_number(name, at)}{' %' if name in SHARES else ''} {unit}"


def _number(name: str, at: Fraction) -> str:
    """An amount of an input or of a weight, without its unit."""
    if name in SHARES:
        return _percent(at)
    return f"{float(at):,.0f}" if name in UNITS and at >= 100 else f"{float(at):.3g}"


def _percent(share: Fraction | Decimal) -> str:
    return f"{float(100 * share):.3g}"


#: How a limit that is relaxed is worded, by the part of the need.
LIMIT_TEXTS: Mapping[str, Callable[[Decimal], str]] = {
    "budget": lambda v: f"with {rounded_up(v)} a month",
    "request_budget": lambda v: f"with {rounded_up(v)} a request",
    "min_days": lambda v: f"with {counted(int(v), 'day')} to live on",
    "min_providers": lambda v: f"with {v:,} {'provider' if v == 1 else 'providers'} to switch to",
    "min_score": lambda v: f"with {v.normalize():f} as the worst score",
    "input_tokens": lambda v: f"with {v:,f} input tokens a request",
    "output_tokens": lambda v: f"with {v:,f} output tokens a request",
}


def named_constraint(name: str, need: Need) -> str:
    """A constraint with the names that are asked for: `lab (microsoft)`."""
    names = getattr(need, NAMES[name]) if name in NAMES else ()
    return f"{name} ({' or '.join(names)})" if names else name


def nearest_sentence(candidate: Candidate) -> str:
    """What one that is not left lacks, with its cost: `$12.50 a month; can: vision: no`."""
    lacks = [v for v in candidate.verdicts if v.holds != Support.YES]
    cost = f"{bill_text(candidate.bill)} a month" if candidate.bill else "no price is known"
    return "; ".join((cost, *(f"{v.constraint}: {v.reason}" for v in lacks)))


def remedy_sentences(answer: Answer) -> Iterator[str]:
    """Where nobody is left, what would help, a sentence each: the most helpful first."""
    for without, count in answer.relaxations.items():
        gives = [LIMIT_TEXTS[part](value) for part, value in answer.enough[without].items()]
        asked = [named_constraint(name, answer.need) for name in without]
        rest = [
            named_constraint(name, answer.need)
            for name in without
            if LIMITS.get(name) not in answer.enough[without]
        ]
        if gives:
            less = f" and without {' and '.join(rest)}" if rest else ""
            sentence = f"There would be one {' and '.join(gives)}{less}"
            yield f"{sentence}; without {' and '.join(asked)} {count:,}."
        else:
            yield f"Without {' and '.join(asked)} there would be {count:,}."
