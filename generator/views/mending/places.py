"""Rules about which model and which channel a row was taken for, and about what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.views.mending.finding import Finding, Looked, keys
from playground.catalog import Channel, Offering, Provider
from playground.labels.labels import CHANNELS
from playground.labels.naming import NameParts, name_parts

#: Channels that promise in which part of the world an answer is made.
PLACES = frozenset(Channel) - {
    *(Channel.DIRECT, Channel.HOSTED, Channel.GATEWAY, Channel.SUBSCRIPTION, Channel.SELF_HOSTED),
    *(Channel.GLOBAL, Channel.MANTLE, Channel.CLAUDE_PLATFORM),
}
_HOSTED = re.compile(r"(?:^|[^a-z])(?:cloud|hosted|api)(?:$|[^a-z])")


def generations(looked: Looked) -> Iterator[Finding]:
    """Models whose rows are called by the numbers of two generations."""
    for model, offerings in looked.models():
        ids = sorted({name for offering in offerings for name in offering.ids})
        pair = next(
            ((a, b) for i, a in enumerate(ids) for b in ids[:i] if name_parts(a).contradicts(name_parts(b))),
            None,
        )
        if pair:
            concerned = [o for o in offerings if any(_names_another(i, pair) for i in o.ids)]
            yield Finding(
                model=model.id,
                places=keys(concerned),
                seen=f"called {pair[1]} and {pair[0]}",
                todo="in identity.yml `aliases`: a row that leads each id to the model of its generation",
            )


def _names_another(name: str, pair: tuple[str, str]) -> bool:
    return any(name_parts(name).contradicts(name_parts(other)) for other in pair)


def names(looked: Looked) -> Iterator[Finding]:
    """Models whose name has another version than their id, or one where the id has none."""
    for model, offerings in looked.models():
        fact = model.facts.get("name")
        if fact is None:
            continue
        own = name_parts(model.id)
        for claim in fact.claims:
            name = str(claim.value)
            shown = name_parts(name)
            floating = not own.numbers and set(own.terms) <= set(shown.terms) and _is_later(shown)
            if floating or own.contradicts(shown):
                yield Finding(
                    model=model.id,
                    places=keys(offerings),
                    field="name",
                    seen=f"named {name} by {claim.source}",
                    todo="in identity.yml `aliases`: lead the id to that model; or in overrides.yml "
                    f"`model: {model.id}`, `field: name`",
                )
                break


def _is_later(name: NameParts) -> bool:
    """Whether it is of a generation that needs its number: the first often goes without."""
    return name.numbers not in ((), ("1",))


def channels(looked: Looked) -> Iterator[Finding]:
    """Channels that only an id's form speaks for: self-hosted where somebody hosts it, a promised place."""
    for model, offerings in looked.models():
        for offering in offerings:
            provider = looked.catalog.providers.get(offering.provider)
            if seen := _wrong_channel(offering, provider):
                yield Finding(
                    model=model.id,
                    places=(offering.key,),
                    seen=seen,
                    todo=f"in identity.yml `prefixes.{offering.provider}`: the channel of such ids; or in "
                    "providers.yml `data_handling`: the page that says where answers are made",
                )


def _wrong_channel(offering: Offering, provider: Provider | None) -> str:
    """What speaks against the offering's channel; empty where nothing does."""
    if offering.channel is Channel.SELF_HOSTED:
        called = (offering.variant, *offering.ids)
        hosted = next((text for text in called if _HOSTED.search(text.lower().rpartition("/")[2])), "")
        if hosted:
            return f"self-hosted, but called {hosted}"
        paid = next((n for n in offering.facts if n.startswith("price.") and offering.value(n)), "")
        return f"self-hosted, but {paid} is charged" if paid else ""
    if offering.channel in PLACES and not (provider and provider.data_handling):
        return f"{CHANNELS[offering.channel][0]}, of which no page of the provider's is known"
    return ""


def overrides(looked: Looked) -> Iterator[Finding]:
    """Values that people set and whose page should be read again."""
    models = {o.key: o.model for offerings in looked.by_model.values() for o in offerings}
    for one in looked.unread:
        model = models.get(one.target, one.target)
        places = (one.target,) if one.target in models else keys(looked.by_model.get(model, ()))
        yield Finding(
            model=model, places=places, field=one.field, seen=f"{one.field}: {one.why}", todo=one.todo
        )
