"""Two models, or two offerings, against each other: choose this one when …, choose that one when …

Each sentence comes from one rule below, which reads facts that are known on both sides and says nothing where
one is not. It carries the facts that it rests on, so that a page can link them and a test can check them.
Where a model stands without a place, its own place speaks for it: the lab's own API before clouds, hosts and
gateways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playground.catalog import Capability, Catalog, Channel, Kind, Model, Offering, Score, Support, Value
from playground.choose import newest
from playground.freedom import serving
from playground.need import plain
from playground.prices import Meter, Mode, Unit
from playground.regions import ZONES, stays_within
from playground.spelling import did_you_mean
from playground.words import MARKS, anchor, label, model_order, money, place_name

#: A limit or a price counts as more from this on: what is nearly alike decides nothing.
FAR = Decimal("1.25")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A fact that a sentence rests on: whose (an offering's key or a model's id), which, and its value."""

    of: str
    field: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What follows "choose it when": the rule that says so, in words, with its facts."""

    rule: str
    text: str
    facts: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: the model, the place that speaks for it, and all its places.

    `where` has every place in words by its key; `supported` are the providers among them whose support page
    is known here.
    """

    model: Model
    name: str
    home: Offering
    places: tuple[Offering, ...]
    where: Mapping[str, str]
    supported: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Where its home is, in words."""
        return self.where[self.home.key]

    def known(self, field: str) -> Any:
        return self.home.value(field)

    def said(self, field: str) -> Said:
        return Said(of=self.home.key, field=field, value=self.known(field))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Both sides' scores in one series: they may be held against each other."""

    a: Score
    b: Score

    @property
    def better(self) -> str:
        """`a`, `b`, or empty where they are equal."""
        if self.a.score == self.b.score:
            return ""
        return "a" if (self.a.score > self.b.score) != self.a.lower_is_better else "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Versus:
    """The two, when to choose which, what scores say, and what is the same."""

    a: Side
    b: Side
    for_a: tuple[Sentence, ...]
    for_b: tuple[Sentence, ...]
    same: tuple[Sentence, ...]
    scores: tuple[Scored, ...]


class NoSideError(ValueError):
    """There are no two sides: a model is served nowhere, is no model here, or is both of them."""


def versus(a: Side, b: Side) -> Versus:
    """The two against each other. Raises NoSideError where they are one."""
    if a.home.key == b.home.key:
        raise NoSideError(f"both are {a.name} ({a.place}); name two")
    return Versus(
        a=a,
        b=b,
        for_a=tuple(s for rule in RULES for s in rule(a, b)),
        for_b=tuple(s for rule in RULES for s in rule(b, a)),
        same=tuple(s for rule in SAME for s in rule(a, b)),
        scores=tuple(_scores(a, b)),
    )


#: Which of a cloud's channels speaks for a model there.
_PLAIN = (Channel.GLOBAL, Channel.US, Channel.REGIONAL)


def side(name: str, catalog: Catalog, names: Mapping[str, str]) -> Side:
    """What a model's id or an offering's key stands for. Raises NoSideError."""
    home = next((o for o in catalog.offerings if o.key == name), None)
    model = home.model if home else name
    if model not in catalog.models:
        known = [*catalog.models, *(o.key for o in catalog.offerings)] if "/" in name else [*catalog.models]
        raise NoSideError(f"there is no model or offering {name!r} in the catalog{did_you_mean(name, known)}")
    places = tuple(sorted(catalog.of_model(model), key=model_order))
    if not places:
        raise NoSideError(f"{name} is served nowhere in the catalog")
    return Side(
        model=catalog.models[model],
        name=names[model],
        home=home or min(places, key=_homely),
        places=places,
        where={o.key: place_name(o, catalog) for o in places},
        supported=frozenset(p for p in serving(places) if catalog.providers[p].support),
    )


def _homely(offering: Offering) -> tuple[Any, ...]:
    """A place that states a price speaks better than one that states none; a plain one better than a zone."""
    rank, versioned, *rest = model_order(offering)
    plain = _PLAIN.index(offering.channel) if offering.channel in _PLAIN else len(_PLAIN)
    return (_price(offering, Meter.INPUT) is None, rank, versioned, plain, *rest)


def _price(offering: Offering, meter: Meter, mode: Mode = Mode.STANDARD) -> Decimal | None:
    prefix = "" if mode == Mode.STANDARD else f"{mode}."
    value = offering.value(f"price.{prefix}{meter}")
    return value if isinstance(value, Decimal) else None


# The rules: what speaks for `x` against `y`.

type Rule = Callable[[Side, Side], Iterator[Sentence]]


def _both(x: Side, y: Side, *fields: str) -> bool:
    return all(s.known(f) is not None for s in (x, y) for f in fields)


def cheaper(x: Side, y: Side) -> Iterator[Sentence]:
    """It costs less for input and no more for output, or the other way round."""
    fields = ("price.input", "price.output")
    if not _both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if xi <= yi and xo <= yo and (xi, xo) != (yi, yo):
        text = (
            f"price decides: a million tokens cost {money(xi)} in and {money(xo)} out, "
            f"against {money(yi)} and {money(yo)}"
        )
        yield Sentence(rule="cheaper", text=text, facts=tuple(s.said(f) for s in (x, y) for f in fields))


def crossover(x: Side, y: Side) -> Iterator[Sentence]:
    """It costs less for the one and more for the other: the share of output at which they cost the same."""
    fields = ("price.input", "price.output")
    if not _both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if (xi - yi) * (xo - yo) >= 0:
        return
    at = (yi - xi) / (xo - yo)  # output tokens for one of input, at which both cost the same
    most, least = f"fewer than {_ratio(at)}", f"more than {_ratio(at)}"
    share = "below" if xi < yi else "above"
    text = f"a request has {most if xi < yi else least} output tokens for each input token: "
    text += f"{share} that share "
    text += f"it costs less ({money(xi)} in and {money(xo)} out, against {money(yi)} and {money(yo)})"
    yield Sentence(rule="crossover", text=text, facts=tuple(s.said(f) for s in (x, y) for f in fields))


def _ratio(at: Decimal) -> str:
    return f"{at:.3g}" if at < 1000 else f"{at:,.0f}"


def cached(x: Side, y: Side) -> Iterator[Sentence]:
    """A token read from its cache costs clearly less."""
    field = "price.cache_read"
    if _both(x, y, field) and x.known(field) * FAR <= y.known(field) > 0:
        text = (
            "much of the input is read from a cache again: "
            f"a million cached tokens cost {money(x.known(field))}, against {money(y.known(field))}"
        )
        yield Sentence(rule="cached", text=text, facts=(x.said(field), y.said(field)))


def batch(x: Side, y: Side) -> Iterator[Sentence]:
    """Both have batch prices, and its are clearly lower."""
    fields = ("price.batch.input", "price.batch.output")
    if not _both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if xi * FAR <= yi and xo * FAR <= yo and yi + yo > 0:
        text = f"requests may wait: in batch {money(xi)} in and {money(xo)} out, "
        text += f"against {money(yi)} and {money(yo)}"
        yield Sentence(rule="batch", text=text, facts=tuple(s.said(f) for s in (x, y) for f in fields))


def steps(x: Side, y: Side) -> Iterator[Sentence]:
    """The other's price of input rises above a size that it takes too, and from there on it costs less."""
    base, other = x.known("price.input"), y.known("price.input")
    reach = _reach(x)
    if base is None or other is None or not reach or other > base:
        return
    for step in y.home.price.steps:
        mine, theirs = (s.home.price.holding(tokens=step + 1).get(_INPUT) for s in (x, y))
        if mine is None or theirs is None or mine.usd is None or theirs.usd is None:
            continue
        if mine.usd >= theirs.usd or x.known(reach) <= step:
            continue
        text = f"a request has more than {step:,} tokens of input: from there on a million cost "
        text += f"{money(mine.usd)}, against {money(theirs.usd)}"
        yield Sentence(rule="steps", text=text, facts=(x.said(mine.field), y.said(theirs.field)))
        return


_INPUT = (Meter.INPUT, Unit.MTOK)


def _reach(x: Side) -> str:
    return next((f for f in ("max_input_tokens", "context_tokens") if x.known(f) is not None), "")


def input_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It takes clearly more input, by the limit on input or, where none is known, the window."""
    xf, yf = _reach(x), _reach(y)
    if xf and yf and x.known(xf) >= y.known(yf) * FAR:
        text = f"a request has more than {y.known(yf):,} tokens of input: it takes up to {x.known(xf):,}"
        yield Sentence(rule="input size", text=text, facts=(x.said(xf), y.said(yf)))


def output_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It gives clearly more output."""
    field = "max_output_tokens"
    if _both(x, y, field) and x.known(field) >= y.known(field) * FAR:
        text = f"an answer has more than {y.known(field):,} tokens: it gives up to {x.known(field):,}"
        yield Sentence(rule="output size", text=text, facts=(x.said(field), y.said(field)))


#: What a capability lets a reader do, after "you need it to".
ABLE: dict[Capability, str] = {
    Capability.TOOL_CALLS: "call functions",
    Capability.PARALLEL_TOOL_CALLS: "call several functions at once",
    Capability.STRUCTURED_OUTPUT: "keep to a JSON schema",
    Capability.REASONING: "reason before answering",
    Capability.VISION: "take images",
    Capability.PDF: "take PDF files as they are",
    Capability.AUDIO_IN: "take sound",
    Capability.AUDIO_OUT: "answer in sound",
    Capability.VIDEO_IN: "take video",
    Capability.IMAGE_OUT: "answer in images",
    Capability.PROMPT_CACHING: "reuse the beginning of a prompt for less",
    Capability.WEB_SEARCH: "search the web while answering",
    Capability.COMPUTER_USE: "operate a screen",
    Capability.SYSTEM_MESSAGES: "take instructions apart from the conversation",
    Capability.STREAMING: "send an answer as it is written",
}


def capabilities(x: Side, y: Side) -> Iterator[Sentence]:
    """It can, and a source says that the other cannot."""
    for capability, able in ABLE.items():
        field = f"can.{capability}"
        if x.known(field) == Support.YES and y.known(field) == Support.NO:
            text = f"you need it to {able}"
            yield Sentence(rule="capability", text=text, facts=(x.said(field), y.said(field)))


def residency(x: Side, y: Side) -> Iterator[Sentence]:
    """A channel of it keeps requests within a zone, and no offering of the other promises that."""
    for zone, name in ZONES.items():
        keeps = [o for o in x.places if stays_within(o, zone) == Support.YES and o.kind == Kind.CHAT]
        if not keeps or any(stays_within(o, zone) == Support.YES for o in y.places):
            continue
        kept = min(keeps, key=lambda o: (o.provider not in CLOUDS, o.channel == Channel.REGIONAL, o.key))
        text = f"requests must stay within {name}: {x.where[kept.key]} keeps them there; "
        text += "no offering of the other here promises it"
        facts = [Said(of=kept.key, field="channel", value=str(kept.channel))]
        if kept.channel == Channel.REGIONAL and (regions := kept.value("regions")) is not None:
            facts.append(Said(of=kept.key, field="regions", value=regions))
        yield Sentence(rule="residency", text=text, facts=tuple(facts))


#: Whose promise of a place is a cloud's own.
CLOUDS = frozenset({"azure", "amazon-bedrock", "google-vertex"})


def life(x: Side, y: Side) -> Iterator[Sentence]:
    """The other's place has a date of retirement, and its own is later or not known."""
    field = "retires"
    ends, own = y.known(field), x.known(field)
    if ends is None or (own is not None and own <= ends):
        return
    facts = (y.said(field), *((x.said(field),) if own else ()))
    later = f", this one on {own}" if own else ""
    text = f"you need it after {ends}: the other retires then at {y.place}{later}"
    yield Sentence(rule="life", text=text, facts=facts)


def providers(x: Side, y: Side) -> Iterator[Sentence]:
    """Clearly more providers serve it; gateways and subscriptions are none."""
    mine, theirs = (len(serving(s.places)) for s in (x, y))
    if mine >= theirs * 2 and mine - theirs >= 2:
        text = f"you want to be free to switch: {mine} providers serve it here, against {theirs}"
        facts = tuple(Said(of=s.model.id, field="providers", value=n) for s, n in ((x, mine), (y, theirs)))
        yield Sentence(rule="providers", text=text, facts=facts)


def support(x: Side, y: Side) -> Iterator[Sentence]:
    """A provider of it has a support page that is known here, and no provider of the other has."""
    if x.supported and not y.supported:
        count = len(x.supported)
        have = "has a support page" if count == 1 else "have support pages"
        known = f"{count} of its providers {have} known here, none of the other’s"
        facts = tuple(Said(of=s.model.id, field="supported", value=len(s.supported)) for s in (x, y))
        yield Sentence(rule="support", text=f"you need somebody to turn to: {known}", facts=facts)


def weights(x: Side, y: Side) -> Iterator[Sentence]:
    """Its weights are open and the other's are not."""
    field = "open_weights"
    mine, theirs = x.model.value(field), y.model.value(field)
    if mine == Support.YES and theirs == Support.NO:
        facts = tuple(Said(of=s.model.id, field=field, value=str(s.model.value(field))) for s in (x, y))
        yield Sentence(
            rule="weights", text="you may have to run it yourself: its weights are open", facts=facts
        )


def benchmarks(x: Side, y: Side) -> Iterator[Sentence]:
    """It scores better in a series that has both; who stands behind the figures is said."""
    for pair in _scores(x, y):
        if pair.better == "a":
            text = f"{pair.a.benchmark} counts: {_score(pair.a)} against {_score(pair.b)}, {_who(pair.a)}"
            facts = tuple(
                Said(of=s.model.id, field=f"score: {one.series}", value=one.score)
                for s, one in ((x, pair.a), (y, pair.b))
            )
            yield Sentence(rule="benchmark", text=text, facts=facts)


def _score(score: Score) -> str:
    return f"{score.score.normalize():f}"


def _who(score: Score) -> str:
    return score.backing + (" (lower is better)" if score.lower_is_better else "")


#: In the order in which they are told: what is most often asked first.
RULES: tuple[Rule, ...] = (
    cheaper,
    crossover,
    steps,
    input_size,
    output_size,
    capabilities,
    cached,
    batch,
    residency,
    life,
    providers,
    support,
    weights,
    benchmarks,
)


def _scores(x: Side, y: Side) -> Iterator[Scored]:
    """The series that have a score of both, measured before claimed."""
    series = {s.series for s in x.model.scores} & {s.series for s in y.model.scores}
    pairs = []
    for name in series:
        a, b = (newest([s for s in m.model.scores if s.series == name], m.home.version) for m in (x, y))
        if a and b:
            pairs.append(Scored(a=a, b=b))
    yield from sorted(pairs, key=lambda p: (p.a.evidence != "measured", p.a.series))


# What is the same on both sides, told in short.


def same_values(x: Side, y: Side) -> Iterator[Sentence]:
    """Fields that are known and equal."""
    for field in ("context_tokens", "max_input_tokens", "max_output_tokens", "price.input", "price.output"):
        if _both(x, y, field) and x.known(field) == y.known(field):
            value = x.known(field)
            shown = money(value) if field.startswith("price.") else f"{value:,}"
            yield Sentence(rule="same", text=f"{label(field)}: {shown}", facts=(x.said(field), y.said(field)))


def same_abilities(x: Side, y: Side) -> Iterator[Sentence]:
    """What both can."""
    for capability, able in ABLE.items():
        field = f"can.{capability}"
        if x.known(field) == y.known(field) == Support.YES:
            yield Sentence(rule="same", text=f"both can {able}", facts=(x.said(field), y.said(field)))


SAME: tuple[Rule, ...] = (same_values, same_abilities)
#: What a table puts side by side: field, or a price with its mode.
SIDE_BY_SIDE = (
    *("price.input", "price.cache_read", "price.output", "price.batch.input", "price.batch.output"),
    *("context_tokens", "max_input_tokens", "max_output_tokens", "status", "retires"),
)


def versus_values(found: Versus, catalog: Catalog) -> dict[str, Any]:
    """A comparison as plain values, for JSON and for pages: sentences with the facts they rest on."""
    sides = {"a": found.a, "b": found.b}
    return {
        **{key: _side_values(s, catalog) for key, s in sides.items()},
        "for_a": [_sentence_values(s, found) for s in found.for_a],
        "for_b": [_sentence_values(s, found) for s in found.for_b],
        "same": [_sentence_values(s, found) for s in found.same],
        "side_by_side": [
            {"field": f, "label": label(f), **{key: _figure(s, f) for key, s in sides.items()}}
            for f in SIDE_BY_SIDE
            if any(s.known(f) is not None for s in sides.values())
        ],
        "scores": [
            {
                "benchmark": p.a.benchmark,
                "series": p.a.series,
                "evidence": str(p.a.evidence),
                "better": p.better,
                **{
                    key: {"score": _score(s), "by": s.by, "as_of": s.as_of, "link": s.link}
                    for key, s in (("a", p.a), ("b", p.b))
                },
            }
            for p in found.scores
        ],
        "unknown": {key: list(_unknown(s)) for key, s in sides.items()},
    }


def _side_values(found: Side, catalog: Catalog) -> dict[str, Any]:
    return {
        "model": found.model.id,
        "name": found.name,
        "lab": catalog.labs[found.model.lab].name,
        "offering": found.home.key,
        "place": found.place,
        "anchor": anchor(found.home),
        "places": len(found.places),
        "scores": len(found.model.scores),
    }


def _sentence_values(sentence: Sentence, found: Versus) -> dict[str, Any]:
    return {
        "rule": sentence.rule,
        "text": sentence.text,
        "facts": [
            {"of": s.of, "field": s.field, "value": plain(s.value), "mark": _mark(s, found)}
            for s in sentence.facts
        ],
    }


def _mark(said: Said, found: Versus) -> str:
    for one in (found.a, found.b):
        holders = {one.model.id: one.model.facts, **{o.key: o.facts for o in one.places}}
        fact = holders.get(said.of, {}).get(said.field)
        if fact is not None:
            return MARKS[fact.standing]
    return ""


def _figure(found: Side, field: str) -> dict[str, str]:
    fact = found.home.facts.get(field)
    if fact is None or fact.value is None:
        return {"text": "", "mark": ""}
    value = fact.value
    text = (
        money(value) if isinstance(value, Decimal) else f"{value:,}" if isinstance(value, int) else str(value)
    )
    return {"text": text, "mark": MARKS[fact.standing]}


def _unknown(found: Side) -> Iterator[str]:
    """What nobody says of it at its home, of what the rules look at."""
    for field in ("price.input", "price.output", "price.cache_read", "max_output_tokens"):
        if found.known(field) is None:
            yield f"{label(field).lower()}{' price' if field.startswith('price.') else ''}"
    if found.known("retires") is None:
        yield "when it retires"
    if not _reach(found):
        yield "how much input it takes"
    for capability in ABLE:
        if found.known(f"can.{capability}") is None:
            name = label(f"can.{capability}")
            yield name if name.isupper() else name.lower()
