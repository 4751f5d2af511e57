"""Rules about facts: prices, limits, days and disputes that contradict each other or the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.views.figures import written
from generator.views.front.rule import ENDED
from generator.views.mending.finding import Finding, Looked, keys
from generator.views.mending.weight import SPELLED
from playground.catalog import Fact, Kind, Model, Offering, Standing
from playground.catalog.prices import parse_price_field
from playground.labels.labels import label

#: Of what several sources say, as much is shown.
SHOWN = 4


def ladders(looked: Looked) -> Iterator[Finding]:
    """Sources that know steps of one price, and name different ones."""
    for model, offerings in looked.models():
        for offering in offerings:
            rates = {rate: seen for rate, seen in sorted(_ladders(offering).items()) if _contradict(seen)}
            if not rates:
                continue
            first = next((rate for rate in rates if rate == "price.input"), next(iter(rates)))
            texts = "; ".join(f"{source} {_ladder(steps)}" for source, steps in sorted(rates[first].items()))
            yield Finding(
                model=model.id,
                places=(offering.key,),
                field=first,
                seen=f"{label(first)}: {texts}" + (f"; so for {len(rates)} prices" if len(rates) > 1 else ""),
                todo=f"read the vendor's price page; in overrides.yml a row for each step: "
                f"`offering: {offering.key}`, `field: {first}>TOKENS`",
            )


def _ladders(offering: Offering) -> dict[str, dict[str, dict[int, str]]]:
    """Rate → source → from how many tokens on which price, by the claims that count."""
    ladders: dict[str, dict[str, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for name, fact in offering.facts.items():
        if not name.startswith("price.") or not (tokens := (rate := parse_price_field(name)).above_tokens):
            continue
        base = replace(rate, above_tokens=0).field
        for claim in fact.claims:
            if not claim.suspect:
                ladders[base][claim.source][tokens] = written(name, claim.value)
    return ladders


def _contradict(by_source: dict[str, dict[int, str]]) -> bool:
    return len({frozenset(steps) for steps in by_source.values()}) > 1


def _ladder(steps: dict[int, str]) -> str:
    return ", ".join(f"{usd} above {tokens:,}" for tokens, usd in sorted(steps.items()))


def doubtful_prices(looked: Looked) -> Iterator[Finding]:
    """Prices that other places show to be none, a finding for each offering."""
    for model, offerings in looked.models():
        for offering in offerings:
            doubts = offering.doubts()
            if not doubts:
                continue
            names = list(doubts)
            shown = [f"{label(n)} {_value(n, offering.facts[n])}" for n in names[:SHOWN]]
            reason = doubts[names[0]]
            yield Finding(
                model=model.id,
                places=(offering.key,),
                field=names[0],
                seen=", ".join(shown)
                + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
                + (f": {reason}" if reason else ""),
                todo=f"read the provider's price page; in overrides.yml `offering: {offering.key}`, "
                f"`field: {names[0]}`",
            )


def fillers(looked: Looked) -> Iterator[Finding]:
    """Output limits that are the whole context window: most stand for a limit that nobody knows."""
    for model, offerings in looked.models():
        filled = [
            o
            for o in offerings
            if o.kind in (Kind.CHAT, Kind.COMPLETION)
            and o.value("max_output_tokens") is not None
            and o.value("max_output_tokens") == o.value("context_tokens")
            and o.facts["max_output_tokens"].standing is not Standing.OVERRIDDEN
        ]
        if filled:
            limits = sorted(
                {written("context_tokens", v) for o in filled if (v := o.value("context_tokens"))}
            )
            yield Finding(
                model=model.id,
                places=keys(filled),
                field="max_output_tokens",
                seen=f"output limit {' or '.join(limits[:SHOWN])}, as large as the context window",
                todo="read the model's page; in overrides.yml `field: max_output_tokens` at each offering",
            )


def past_dates(looked: Looked) -> Iterator[Finding]:
    """Retirements that have passed while the status says nothing, and prices older than their model."""
    today = str(looked.today)
    for model, offerings in looked.models():
        over = [
            o
            for o in offerings
            if isinstance(day := o.value("retires"), str)
            # Of a month alone it is not known whether it has come before the month is over.
            and day < today[: len(day)]
            and o.value("status") != ENDED
        ]
        if over:
            days = sorted({str(o.value("retires")) for o in over})
            yield Finding(
                model=model.id,
                places=keys(over),
                field="status",
                seen=f"retired on {' or '.join(days[:SHOWN])}, which has passed, and not by its status",
                todo="read the provider's schedule; in overrides.yml `field: status`, `value: retired`, "
                "or `field: retires` with the day",
            )
        yield from _too_early(model, offerings)


def _too_early(model: Model, offerings: Sequence[Offering]) -> Iterator[Finding]:
    """Prices that a source dates from before the model was released, or knew what it knows."""
    for field, meaning in (("released", "it was released on"), ("knowledge", "its knowledge reaches to")):
        early: dict[str, str] = {}
        for offering in offerings:
            begins = offering.value(field) or model.value(field)
            for name, fact in offering.facts.items() if begins else ():
                days = [str(c.since) for c in fact.claims if c.since and str(c.since) < str(begins)]
                if days and offering.key not in early:
                    early[offering.key] = f"{label(name)} since {min(days)}, but {meaning} {begins}"
        if early:
            yield Finding(
                model=model.id,
                places=tuple(early),
                seen=next(iter(early.values())),
                todo="tell the source; in identity.yml see whether another model's row was taken for it",
            )
            return


def disputes(looked: Looked) -> Iterator[Finding]:
    """Facts on which sources differ, a finding for each field of a model; names have a rule of their own."""
    for model, offerings in looked.models():
        disputed: dict[str, list[Offering | Model]] = defaultdict(list)
        everywhere: tuple[Offering | Model, ...] = (*offerings, model)
        for of in everywhere:
            for name, fact in of.facts.items():
                if fact.standing is Standing.DISPUTED and name not in SPELLED:
                    disputed[name].append(of)
        for name, owners in disputed.items():
            places = keys(o for o in (offerings if model in owners else owners) if isinstance(o, Offering))
            values = dict.fromkeys(
                written(name, claim.value)
                for o in owners
                for claim in o.facts[name].claims
                if not claim.suspect
            )
            yield Finding(
                model=model.id,
                places=places,
                field=name,
                seen=f"{label(name)}: {' or '.join(list(values)[:SHOWN])}",
                todo=f"read the page; in overrides.yml `{'model' if model in owners else 'offering'}: …`, "
                f"`field: {name}`",
            )


def _value(name: str, fact: Fact) -> str:
    return "unknown" if fact.value is None else written(name, fact.value)
