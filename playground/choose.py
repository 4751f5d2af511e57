"""From a need to an explained shortlist: who is out and why, who is left, in which order, and what would flip
it.

Pure and deterministic: the same need over the same catalog gives the same answer. Unknown never passes or
fails in silence: each verdict says yes, no or unknown with the fact behind it, and the need says what to do
with the unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from playground.catalog import Capability, Catalog, Channel, Kind, Offering, Support
from playground.prices import Price
from playground.pricing import Bill, Workload, monthly
from playground.regions import Zone, stays_within


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is asked for; an empty part asks for nothing.

    Money is US dollars a month, `min_days` the days the offering must live on, `min_providers` how many
    providers must serve the model (the freedom to switch). `keep_unknown` keeps candidates of which nobody
    says whether they meet a constraint; they are marked.
    """

    work: Workload
    kind: Kind | None = Kind.CHAT
    must: tuple[Capability, ...] = ()
    should: tuple[Capability, ...] = ()
    zone: Zone | None = None
    open_weights: bool = False
    licences: tuple[str, ...] = ()
    labs: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    budget: Decimal | None = None
    min_days: int = 0
    min_providers: int = 1
    keep_unknown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a constraint holds, and the fact that decides it; `field` is empty where no fact does."""

    constraint: str
    holds: Support
    said: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An offering judged: a verdict for each constraint of the need, and what the work would cost there."""

    offering: Offering
    price: Price
    verdicts: tuple[Verdict, ...]
    bill: Bill | None
    wished: int

    @property
    def failed(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.holds == Support.NO)

    @property
    def unknown(self) -> tuple[Verdict, ...]:
        return tuple(v for v in self.verdicts if v.holds == Support.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """Two neighbours of the ranking change places at a value of one input: above it `above` is cheaper."""

    input: str
    at: Fraction
    below: str
    above: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The shortlist, the cheapest first; the eliminated by the first constraint they fail."""

    need: Need
    ranked: tuple[Candidate, ...]
    eliminated: Mapping[str, tuple[Candidate, ...]]
    front: frozenset[str]
    flips: tuple[Flip, ...]


def choose(need: Need, catalog: Catalog, today: date, *, flips: int = 20) -> Answer:
    """Judge every offering of the catalog against the need.

    `today` decides what has been retired; `flips` is how far down the ranking flip points are looked for.
    """
    served: dict[str, set[str]] = {}
    for offering in catalog.offerings:
        served.setdefault(offering.model, set()).add(offering.provider)
    asked = _Asked(need=need, catalog=catalog, today=today, served=served)
    left: list[Candidate] = []
    eliminated: dict[str, list[Candidate]] = {}
    for offering in catalog.offerings:
        candidate = _judged(offering, asked)
        out = candidate.failed or (() if need.keep_unknown else candidate.unknown)
        if out:
            eliminated.setdefault(out[0].constraint, []).append(candidate)
        else:
            left.append(candidate)
    ranked = sorted(left, key=_rank)
    return Answer(
        need=need,
        ranked=tuple(ranked),
        eliminated={k: tuple(sorted(v, key=lambda c: c.offering.key)) for k, v in sorted(eliminated.items())},
        front=frozenset(c.offering.key for c in pareto(ranked)),
        flips=tuple(_flips(ranked[:flips], need.work)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    need: Need
    catalog: Catalog
    today: date
    served: Mapping[str, set[str]]


def _judged(offering: Offering, asked: _Asked) -> Candidate:
    price = offering.price
    bill = monthly(asked.need.work, price)
    verdicts = tuple(v for judge in CONSTRAINTS for v in judge(offering, bill, asked))
    wished = sum(offering.can(c) == Support.YES for c in asked.need.should)
    return Candidate(offering=offering, price=price, verdicts=verdicts, bill=bill, wished=wished)


def _rank(candidate: Candidate) -> tuple[object, ...]:
    """A known cost before a range before none; then the cheaper, the more wishes met, the fewer unknowns."""
    bill = candidate.bill
    sure = 2 if bill is None else 0 if bill.usd is not None else 1
    return (
        sure,
        bill.low if bill else Decimal(0),
        -candidate.wished,
        len(candidate.unknown),
        candidate.offering.key,
    )


# The constraints: each yields a verdict where the need asks for it.


def _said(offering: Offering, field: str) -> str:
    value = offering.value(field)
    if value is None:
        return "nobody says"
    return (
        ", ".join(value)
        if isinstance(value, tuple)
        else f"{value:,}"
        if isinstance(value, int)
        else str(value)
    )


def _kind(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    if asked.need.kind is None:
        return
    known = "kind" in offering.facts and offering.value("kind") is not None
    holds = _support(offering.kind == asked.need.kind) if known else Support.UNKNOWN
    yield Verdict(
        constraint=f"kind: {asked.need.kind}", holds=holds, said=_said(offering, "kind"), field="kind"
    )


def _capabilities(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    for capability in asked.need.must:
        field = f"can.{capability}"
        yield Verdict(
            constraint=f"can: {capability}",
            holds=offering.can(capability),
            said=_said(offering, field),
            field=field,
        )


def _size(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    work = asked.need.work
    window = offering.value("context_tokens")
    limit = offering.value("max_input_tokens")
    if isinstance(window, int):
        holds = _support(work.input_tokens + work.output_tokens <= window)
        if holds == Support.YES and isinstance(limit, int):
            holds = _support(work.input_tokens <= limit)
        field = "context_tokens"
    elif isinstance(limit, int):
        holds, field = _support(work.input_tokens <= limit), "max_input_tokens"
    else:
        holds, field = Support.UNKNOWN, "context_tokens"
    yield Verdict(constraint="input fits", holds=holds, said=_said(offering, field), field=field)
    most = offering.value("max_output_tokens")
    fits = _support(work.output_tokens <= most) if isinstance(most, int) else Support.UNKNOWN
    said = _said(offering, "max_output_tokens")
    yield Verdict(constraint="output fits", holds=fits, said=said, field="max_output_tokens")


def _zone(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    if asked.need.zone is None:
        return
    regions = f"; regions: {_said(offering, 'regions')}" if offering.channel == Channel.REGIONAL else ""
    yield Verdict(
        constraint=f"stays within: {asked.need.zone}",
        holds=stays_within(offering, asked.need.zone),
        said=f"channel {offering.channel}{regions}",
        field="regions" if regions else "",
    )


def _weights(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    model = asked.catalog.models[offering.model]
    if asked.need.open_weights:
        value = model.value("open_weights")
        holds = Support(value) if isinstance(value, str) else Support.UNKNOWN
        said = str(value or "nobody says")
        yield Verdict(constraint="open weights", holds=holds, said=said, field="open_weights")
    if asked.need.licences:
        value = model.value("licence")
        holds = _support(value in asked.need.licences) if value else Support.UNKNOWN
        said = str(value or "nobody says")
        yield Verdict(constraint="licence", holds=holds, said=said, field="licence")


def _allowed(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    for name, allowed, value in (
        ("lab", asked.need.labs, offering.lab),
        ("provider", asked.need.providers, offering.provider),
        ("channel", asked.need.channels, offering.channel),
    ):
        if allowed:
            yield Verdict(constraint=name, holds=_support(value in allowed), said=str(value))


def _budget(offering: Offering, bill: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    if asked.need.budget is None:
        return
    holds, said = Support.UNKNOWN, "no price is known"
    if bill is not None:
        high = bill.high
        if bill.low > asked.need.budget:
            holds = Support.NO
        elif high is not None and high <= asked.need.budget:
            holds = Support.YES
        upper = "no known limit" if high is None else f"${high:,.2f}"
        said = f"${bill.low:,.2f} a month" if bill.usd is not None else f"from ${bill.low:,.2f} to {upper}"
    yield Verdict(constraint="budget", holds=holds, said=said, field="price.input")


def _life(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    retires, status = offering.value("retires"), offering.value("status")
    if status == "retired":
        yield Verdict(constraint="still lives", holds=Support.NO, said="retired", field="status")
        return
    if isinstance(retires, str):
        day = _day(retires)
        if day is not None:
            until = asked.today + timedelta(days=asked.need.min_days)
            holds = _support(day > until)
            yield Verdict(constraint="still lives", holds=holds, said=f"retires {retires}", field="retires")
            return
    if asked.need.min_days:
        said = "no date is known"
        yield Verdict(constraint="still lives", holds=Support.UNKNOWN, said=said, field="retires")


def _day(text: str) -> date | None:
    """The last day that a date, or a month alone, can mean."""
    try:
        if len(text) == len("2027-01"):
            following = date.fromisoformat(f"{text}-28") + timedelta(days=4)
            return following - timedelta(days=following.day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def _switch(offering: Offering, _: Bill | None, asked: _Asked) -> Iterator[Verdict]:
    if asked.need.min_providers <= 1:
        return
    count = len(asked.served[offering.model])
    yield Verdict(
        constraint="providers to switch to",
        holds=_support(count >= asked.need.min_providers),
        said=f"{count} serve the model",
    )


def _support(yes: bool) -> Support:
    return Support.YES if yes else Support.NO


#: In the order in which the eliminated are grouped: what is asked for outright before what it costs.
CONSTRAINTS: tuple[Callable[[Offering, Bill | None, _Asked], Iterator[Verdict]], ...] = (
    _kind,
    _allowed,
    _capabilities,
    _weights,
    _zone,
    _size,
    _life,
    _switch,
    _budget,
)


def pareto(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Those that no other beats: surely as cheap, as good in every other way, and better in one."""
    priced = [c for c in candidates if c.bill is not None]
    for one in priced:
        if not any(_beats(other, one) for other in priced):
            yield one


def _beats(a: Candidate, b: Candidate) -> bool:
    if a is b or a.bill is None or b.bill is None or a.bill.high is None:
        return False
    dearest, cheapest = a.bill.high, b.bill.low
    reach_a, reach_b = _reach(a), _reach(b)
    as_good = dearest <= cheapest and a.wished >= b.wished and reach_a >= reach_b
    return as_good and (dearest < cheapest or a.wished > b.wished or reach_a > reach_b)


def _reach(candidate: Candidate) -> int:
    """The largest input that is known to fit; what nobody says counts least."""
    for field in ("context_tokens", "max_input_tokens"):
        value = candidate.offering.value(field)
        if isinstance(value, int):
            return value
    return -1


# Flip points: the cost of a month is linear in each input alone, in pieces where a price has steps.

#: Each input by its name: how it is changed, and how far it may go.
INPUTS: Mapping[str, Callable[[Workload, Decimal], Workload]] = {
    "input_tokens": lambda w, x: replace(w, input_tokens=x),
    "output_tokens": lambda w, x: replace(w, output_tokens=x),
    "cached": lambda w, x: replace(w, cached=x),
    "reasoning": lambda w, x: replace(w, reasoning=x),
    "batch": lambda w, x: replace(w, batch=x),
}
SHARES = frozenset({"cached", "reasoning", "batch"})
#: The most tokens that a flip is looked for at.
FARTHEST = 10_000_000


def _flips(ranked: Sequence[Candidate], work: Workload) -> Iterator[Flip]:
    for one, other in pairwise(ranked):
        reach = {
            "input_tokens": min(_reach(one), _reach(other)),
            "output_tokens": min(map(_longest, (one, other))),
        }
        for name in INPUTS:
            for at, first_is_cheaper_above in flip_points(one.price, other.price, work, name):
                # What neither takes flips nothing; what nobody says (-1) is no bound.
                if at > reach.get(name, -1) > -1:
                    continue
                a, b = one.offering, other.offering
                above, below = (a, b) if first_is_cheaper_above else (b, a)
                yield Flip(input=name, at=at, below=below.key, above=above.key)


def _longest(candidate: Candidate) -> int:
    value = candidate.offering.value("max_output_tokens")
    return value if isinstance(value, int) else -1


def flip_points(a: Price, b: Price, work: Workload, name: str) -> list[tuple[Fraction, bool]]:
    """Where one input makes the cheaper of two prices the dearer: its value, and whether `a` is cheaper
    above.

    Exact. Empty where a cost is not one number, as then no order is known to flip.
    """
    steps = sorted({r.above_tokens for p in (a, b) for r in p.rates if r.above_tokens})
    most = 1 if name in SHARES else FARTHEST
    bounds = [0, *(steps if name == "input_tokens" else ()), most]
    found: list[tuple[Fraction, bool]] = []
    before: int | None = None
    for low, high in pairwise(bounds):
        # A step's price holds above it, so a piece begins just above the step that it follows.
        line = _line(a, b, work, name, low, high)
        if line is None:
            return []
        start, slope = line
        at_start, at_end = start + slope * low, start + slope * high
        first = _sign(at_start) or _sign(at_end)
        if before is not None and first and first != before:
            found.append((Fraction(low), first < 0))
        if _sign(at_start) * _sign(at_end) < 0:
            found.append((-start / slope, at_end < 0))
        before = _sign(at_end) or first or before
    return found


def _line(
    a: Price, b: Price, work: Workload, name: str, low: int, high: int
) -> tuple[Fraction, Fraction] | None:
    """The difference of the two costs between two bounds as a line: its value at nought and its slope."""
    span = high - low
    # Inside the piece: at a step itself the price below it still holds.
    points = [Fraction(low) + Fraction(span) * f for f in (Fraction(1, 2), Fraction(3, 4))]
    if name not in SHARES and span >= 4:
        points = [Fraction(int(p)) for p in points]
    elif name not in SHARES:
        points = [Fraction(low + 1), Fraction(high)] if span > 1 else [Fraction(high), Fraction(high)]
    values = []
    for point in points:
        at = INPUTS[name](work, Decimal(point.numerator) / Decimal(point.denominator))
        costs = [monthly(at, price) for price in (a, b)]
        if any(c is None or c.usd is None for c in costs):
            return None
        values.append(Fraction(costs[0].usd) - Fraction(costs[1].usd))  # type: ignore[union-attr,arg-type]
    if points[0] == points[1]:
        return values[0], Fraction(0)
    slope = (values[1] - values[0]) / (points[1] - points[0])
    return values[0] - slope * points[0], slope


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def relaxations(answer: Answer) -> Mapping[tuple[str, ...], int]:
    """The fewest constraints that must go for anybody to be left, and how many that would leave.

    Empty where somebody is left already.
    """
    if answer.ranked:
        return {}
    ways: dict[tuple[str, ...], int] = {}
    for candidate in (c for group in answer.eliminated.values() for c in group):
        out = [*candidate.failed, *(() if answer.need.keep_unknown else candidate.unknown)]
        names = tuple(dict.fromkeys(v.constraint for v in out))
        ways[names] = ways.get(names, 0) + 1
    fewest = min((len(names) for names in ways), default=0)
    best = {names: n for names, n in ways.items() if len(names) == fewest}
    return dict(sorted(best.items(), key=lambda w: (-w[1], w[0])))


def unknown_matters(answer: Answer) -> Mapping[str, int]:
    """How many of the ranked leave each constraint unknown: what would be worth finding out."""
    counts: dict[str, int] = {}
    for candidate in answer.ranked:
        for verdict in candidate.unknown:
            counts[verdict.constraint] = counts.get(verdict.constraint, 0) + 1
    return dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))
