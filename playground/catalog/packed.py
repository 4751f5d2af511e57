"""The catalog for the browser: every fact that a choice, a bill or a comparison looks at, without its claims.

A few hundred kilobytes, compressed, instead of megabytes. What comes often is written once and numbered:
texts, values with their standing, lists of facts. Who says a fact stands in the model's own JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from playground.bulk import made
from playground.catalog.catalog import Catalog
from playground.catalog.codec import provider_from_json, provider_to_json, score_to_json
from playground.catalog.endpoints import endpoint_to_json
from playground.catalog.facts import Fact, PriceSpan, Value
from playground.catalog.model import Lab, Model, Score
from playground.catalog.offering import Offering
from playground.catalog.provider import Provider
from playground.catalog.vocabulary import Channel, Evidence, RunEffort, Standing, Unit

#: The facts that matter, beside prices, what can be done, and the hours that prices hold.
FIELDS = frozenset(
    {
        *("kind", "status", "retires", "retires_earliest", "deprecated", "replaced_by"),
        *("regions", "some_regions", "cache_min_tokens"),
        *("context_tokens", "max_input_tokens", "max_output_tokens", "embedding_dimensions"),
        *("requests_per_minute", "tokens_per_minute"),
    }
)
PREFIXES = ("price.", "can.", "window.", "effort.", "uplift.")
MODEL_FIELDS = frozenset(
    {"name", "open_weights", "licence", "parameters", "family", "knowledge", "points_to"}
)
PROVIDER_FIELDS = (
    *("name", "kind", "seller", "status", "docs", "pricing", "support", "data_handling", "stored_in"),
    *(
        "sells_others",
        "zero_retention",
        "no_training",
        "status_page",
        "currency",
        "residency",
        "free_tier",
        "certifications",
        "replacements",
        "wire",
        "lab",
        "note",
    ),
)
#: What each score has of its own; what it is of, and by whom, many share.
FIGURES = ("score", "stderr", "low", "high")
#: Where its figure is from, and of how many, a score's page says.
NOT_PACKED = ("note", "source", "n")
#: What a score's texts stand for, and those that it has even where they are empty.
_KINDS = {"evidence": Evidence, "unit": Unit, "effort": RunEffort}
_TEXT_ALWAYS = ("benchmark", "metric", "by", "link", "as_of")
_STANDINGS = tuple(Standing)
_CHANNELS = {str(channel): channel for channel in Channel}


class _Numbered:
    """Each different thing once, by the number under which it first came."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))


def pack(
    catalog: Catalog,
    sha256: str,
    as_of: str,
    *,
    names: Mapping[str, str],
    calls: Mapping[str, str],
    ways: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """The catalog as plain values for JSON; `sha256` and `as_of` say which it is.

    `names` is what each model is called on pages; `calls` is, by offering, how the playground calls it,
    `ways` by offering and zone the address that keeps requests there.
    """
    facts, lists = _Numbered(), _Numbered()
    # In an order and by columns, what is alike stands together, which compresses to a third less.
    scores = (s for model in catalog.models.values() for s in model.scores if s.is_compared)
    tests = {test: n for n, test in enumerate(sorted(set(map(_test, scores))))}
    of_tests = list(map(dict, tests))
    rows = [
        [
            o.provider,
            str(o.channel),
            o.model,
            o.version,
            o.variant,
            lists(tuple(facts(f) for f in _facts(o.facts.items(), FIELDS, PREFIXES))),
            calls.get(o.key, ""),
            [_history(span) for span in o.history],
        ]
        for o in sorted(catalog.offerings, key=Offering.sort_key)
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 8
    place = {model: n for n, model in enumerate(catalog.models)}
    different = _Numbered()
    keys = [o.key for o in sorted(catalog.offerings, key=Offering.sort_key)]
    there = [[n, different(tuple(ways[key].items()))] for n, key in enumerate(keys) if ways and key in ways]
    return {
        "sha256": sha256,
        "as_of": as_of,
        "names": names,
        "labs": {lab.id: lab.name for lab in catalog.labs.values()},
        "models": {m.id: _model(m, facts, tests) for m in catalog.models.values()},
        "providers": {p.id: _provider(p) for p in catalog.providers.values()},
        "tests": {n: [t.get(n, "") for t in of_tests] for n in sorted(set(chain.from_iterable(of_tests)))},
        "facts": [list(f) for f in facts.numbers],
        "lists": [list(numbers) for numbers in lists.numbers],
        "ways": {"of": there, "different": [dict(pairs) for pairs in different.numbers]},
        "offerings": [
            *(_column(column) for column in columns[:2]),
            _steps(place[model] for model in columns[2]),
            *(_column(column) for column in columns[3:5]),
            _back(columns[5]),
            *(list(column) for column in columns[6:]),
        ],
    }


def _facts(
    facts: Iterable[tuple[str, Fact]], fields: frozenset[str], prefixes: tuple[str, ...]
) -> Iterator[tuple[Any, ...]]:
    """Name, value and standing of each fact that matters; behind a price in doubt stands why."""
    for name, fact in facts:
        if name in fields or name.startswith(prefixes):
            doubt = (fact.reason,) if fact.standing == Standing.DOUBTFUL else ()
            yield name, _plain(fact.value), _STANDINGS.index(fact.standing), *doubt


def _plain(value: Value | None) -> Any:
    """A price as text, so that no digit is lost on the way."""
    return str(value) if isinstance(value, Decimal) else value


def _value(name: str, plain: Any) -> Value | None:
    if isinstance(plain, list):
        return tuple(plain)
    if name.startswith(("price.", "uplift.")) and plain is not None:
        return Decimal(plain)
    return plain  # type: ignore[no-any-return]


def _history(span: PriceSpan) -> list[Any]:
    usd = None if span.usd is None else {name: str(price) for name, price in span.usd.items()}
    return [span.record, str(span.start or ""), span.mode, usd]


def _histories(rows: Sequence[Sequence[Sequence[Any]]]) -> Iterator[tuple[PriceSpan, ...]]:
    """Of each offering's history the spans that `_history` gave."""
    spans = list(chain.from_iterable(rows))
    columns = {
        "record": [record for record, _, _, _ in spans],
        "start": (date.fromisoformat(start) if start else None for _, start, _, _ in spans),
        "mode": [mode for _, _, mode, _ in spans],
        "usd": (
            None if usd is None else {name: Decimal(price) for name, price in usd.items()}
            for _, _, _, usd in spans
        ),
    }
    whole = iter(made(PriceSpan, len(spans), **columns))
    return (tuple(islice(whole, len(history))) for history in rows)


def _column(values: Iterable[str]) -> dict[str, Any]:
    """The different values, and how often each comes in a row: `[number, times, number, times, …]`."""
    numbered = _Numbered()
    runs: list[int] = []
    for value in values:
        number = numbered(value)
        if runs and runs[-2] == number:
            runs[-1] += 1
        else:
            runs += [number, 1]
    return {"values": list(numbered.numbers), "runs": runs}


def _steps(places: Iterable[int]) -> dict[str, Any]:
    """Places in a list as how far each is from the one before, and how often it comes in a row.

    Offerings of a provider stand in the order of their models, so the steps are few and small: a third of
    what the places take, once compressed.
    """
    steps: list[int] = []
    times: list[int] = []
    last = 0
    for place in places:
        if times and place == last:
            times[-1] += 1
        else:
            steps.append(place - last)
            times.append(1)
        last = place
    return {"steps": steps, "times": times}


def _places(column: Mapping[str, Any]) -> Iterator[int]:
    place = 0
    for step, times in zip(column["steps"], column["times"], strict=True):
        place += step
        yield from [place] * times


def _back(numbers: Iterable[int]) -> list[int]:
    """Numbers that were given in the order in which they first came: 0 for a new one, else how far back.

    Most are new, so this takes a sixth of the numbers, once compressed.
    """
    back: list[int] = []
    newest = -1
    for number in numbers:
        back.append(max(newest - number + 1, 0))
        newest = max(newest, number)
    return back


def _numbers(back: Iterable[int]) -> Iterator[int]:
    newest = -1
    for steps in back:
        newest += not steps
        yield newest - max(steps - 1, 0)


def _spread(column: Mapping[str, Any]) -> list[str]:
    values, runs = column["values"], column["runs"]
    return [
        value
        for number, times in zip(runs[::2], runs[1::2], strict=True)
        for value in [values[number]] * times
    ]


def _model(
    model: Model, facts: _Numbered, tests: Mapping[tuple[tuple[str, str], ...], int]
) -> dict[str, Any]:
    row: dict[str, Any] = {"facts": [facts(f) for f in _facts(model.facts.items(), MODEL_FIELDS, ())]}
    if scores := [[tests[_test(s)], dict(_texts(s, FIGURES))] for s in model.scores if s.is_compared]:
        row["scores"] = scores
    return row


def _test(score: Score) -> tuple[tuple[str, str], ...]:
    """What a score is of, and who says it, as texts by their names."""
    return tuple(_texts(score, Score.__dataclass_fields__.keys() - {*NOT_PACKED, *FIGURES}))


def _texts(score: Score, names: Collection[str]) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, value in score_to_json(score).items() if name in names)


def _scores(
    tests: Mapping[str, Sequence[str]], rows: Sequence[Sequence[Sequence[Any]]]
) -> Iterator[tuple[Score, ...]]:
    """Of each model's scores those that `_score` gave."""
    every = list(chain.from_iterable(rows))
    columns: dict[str, list[Any]] = {
        name: [Decimal(figures[name]) if name in figures else None for _, figures in every]
        for name in FIGURES
    }
    for name in {*_TEXT_ALWAYS, *tests}:
        kind = _KINDS.get(name, str)
        absent = "" if name in _TEXT_ALWAYS else Score.__dataclass_fields__[name].default
        of_test = [kind(text) if text else absent for text in tests.get(name, ())]
        columns[name] = [of_test[number] for number, _ in every]
    whole = iter(made(Score, len(every), **columns))
    return (tuple(islice(whole, len(scores))) for scores in rows)


def _provider(provider: Provider) -> dict[str, Any]:
    whole = provider_to_json(provider)
    row = {name: whole[name] for name in (*PROVIDER_FIELDS, "statements") if name in whole}
    # In which regions it can be called is asked for; of other addresses and what models take nothing is.
    called = [e for e in provider.endpoints if e.is_regional or e.is_worldwide]
    clouds = [endpoint_to_json(replace(e, families=())) for e in called]
    return {**row, "endpoints": clouds} if clouds else row


def _facts_made(rows: Sequence[Sequence[Any]]) -> list[tuple[str, Fact]]:
    """The facts that `_facts` gave, each with its name."""
    names = [row[0] for row in rows]
    values = (_value(row[0], row[1]) for row in rows)
    standings = (_STANDINGS[row[2]] for row in rows)
    reasons = (row[3] if len(row) > 3 else "" for row in rows)
    facts = made(Fact, len(rows), value=values, standing=standings, reason=reasons)
    return list(zip(names, facts, strict=True))


def calls_of(data: Mapping[str, Any], catalog: Catalog) -> dict[str, str]:
    """By offering, how the playground calls it, where it can."""
    return {o.key: call for o, call in zip(catalog.offerings, data["offerings"][6], strict=True) if call}


def ways_of(data: Mapping[str, Any], catalog: Catalog) -> dict[str, Mapping[str, str]]:
    """By offering and zone, the address that keeps requests there."""
    packed, offerings = data["ways"], list(catalog.offerings)
    return {offerings[n].key: packed["different"][which] for n, which in packed["of"]}


def unpack(data: Mapping[str, Any]) -> Catalog:
    """The catalog that was packed: facts without claims, providers without what only their pages need."""
    facts = _facts_made(data["facts"])
    lists = [dict(map(facts.__getitem__, numbers)) for numbers in data["lists"]]
    columns = data["offerings"]
    providers, channels, versions, variants = (_spread(columns[n]) for n in (0, 1, 3, 4))
    ids = list(data["models"])
    scores = _scores(data["tests"], [m.get("scores", ()) for m in data["models"].values()])
    models = [ids[place] for place in _places(columns[2])]
    return Catalog(
        labs={k: Lab(id=k, name=name) for k, name in data["labs"].items()},
        models={
            k: Model(
                id=k,
                facts=dict(facts[n] for n in m["facts"]),
                scores=next(scores),
            )
            for k, m in data["models"].items()
        },
        providers={k: provider_from_json(k, p, "providers") for k, p in data["providers"].items()},
        offerings=tuple(
            made(
                Offering,
                len(models),
                provider=providers,
                channel=map(_CHANNELS.__getitem__, channels),
                model=models,
                version=versions,
                variant=variants,
                facts=map(lists.__getitem__, _numbers(columns[5])),
                history=_histories(columns[7]),
            )
        ),
        sources={},
        of_day=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
    )
