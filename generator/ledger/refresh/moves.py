"""Where a refresh lays what had another id before, so that old ids lead on and nothing seems new or gone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from generator.moved import Moved
from playground.catalog import Catalog, Offering, source_of
from playground.catalog.codec import parse_key
from playground.catalog.prices import Mode, parse_price_field

#: A source, and what it calls one of its rows.
type _Cited = tuple[str, str]


def moves(old: Catalog, new: Catalog) -> Moved:
    """The models and offerings that are gone: where their records now stand, or who served what is no more.

    An offering moves within its provider. One whose records went several ways moves where most of them went.
    """
    by_key = {o.key: o for o in new.offerings}
    left = [o for o in old.offerings if o.model not in new.models or o.key not in by_key]
    there: dict[_Cited, list[Offering]] = defaultdict(list)
    for offering in new.offerings if left else ():  # mostly none has
        for cited in _cited(offering):
            there[cited].append(offering)
    names: dict[str, str] = {}
    modes: dict[str, str] = {}
    models: dict[str, Counter[str]] = defaultdict(Counter)
    served_by: dict[str, Counter[str]] = defaultdict(Counter)
    for offering in left:
        served_by[offering.model][offering.provider] += 1
        at = [o for cited in _cited(offering) for o in there[cited]]
        models[offering.model].update(o.model for o in at)
        inside = Counter(o.key for o in at if o.provider == offering.provider)
        if offering.key not in by_key and inside:
            now = names[offering.key] = _most(inside)
            became = _modes(by_key[now], {*_cited(offering)})
            if len(became) == 1 and became != _modes(offering, {*_cited(offering)}):
                (modes[offering.key],) = became
    gone = {model: at_models for model, at_models in models.items() if model not in new.models}
    names |= {model: _most(at_models) for model, at_models in gone.items() if at_models}
    ended = {model: _most(served_by[model]) for model, at_models in gone.items() if not at_models}
    return Moved(names, modes, ended)


def _cited(offering: Offering) -> Iterator[_Cited]:
    """Its records, and its ids at its provider: a record that says nothing new is not among the first."""
    yield from ((source_of(label), record.id) for label, record in offering.records.items())
    yield from ((f"{offering.provider}'s ids", name) for name in offering.ids)


def _modes(offering: Offering, rows: Collection[_Cited]) -> set[Mode]:
    """The modes that these rows price at an offering."""
    labels = {label for label, r in offering.records.items() if (source_of(label), r.id) in rows}
    return {
        parse_price_field(name).mode
        for name, fact in offering.facts.items()
        if name.startswith("price.") and any(claim.record in labels for claim in fact.claims)
    }


def _most(counts: Mapping[str, int]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def joined(known: Moved, more: Moved, catalog: Catalog) -> Moved:
    """All moves, each leading where its name stands now.

    Without those of names that are there again, and of names that led to what is no more: of a model that has
    ended, its old names have ended too.
    """
    there = {*catalog.models, *(o.key for o in catalog.offerings)}
    every = {was: now for was, now in {**known.names, **more.names}.items() if was not in there}
    lasts = {was: last for was in every if (last := _last(was, every)) != was}
    names = {was: last for was, last in lasts.items() if last in there}
    modes = {was: mode for was, mode in {**known.modes, **more.modes}.items() if was in names}
    ends = {**known.ended, **more.ended}
    ends |= {was: ends[last] for was, last in lasts.items() if last in ends}
    ended = {was: by for was, by in ends.items() if was not in {*there, *names}}
    return Moved(names, modes, ended)


def _last(name: str, moved: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while name in moved and name not in seen:
        seen.add(name)
        name = moved[name]
    return name


def relabelled(old: Catalog, moved: Moved) -> Catalog:
    """The old catalog under today's ids, so that a comparison sees no change where only an id changed.

    Where two became one, the one that had the id already is kept.
    """
    offerings = {o.key: o for o in old.offerings if o.key not in moved.names}
    for offering in old.offerings:
        if (now := moved.names.get(offering.key, "")) and now not in offerings:
            provider, _, rest = now.partition("/")
            channel, model, version, variant = parse_key(rest, now)
            offerings[now] = replace(
                offering, provider=provider, channel=channel, model=model, version=version, variant=variant
            )
    models = {name: model for name, model in old.models.items() if name not in moved.names}
    for was, one in old.models.items():
        if (now := moved.names.get(was, "")) and now not in models:
            models[now] = replace(one, id=now)
    return replace(old, offerings=tuple(offerings.values()), models=models)
