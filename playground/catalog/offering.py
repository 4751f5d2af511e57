"""A model at a provider over one access channel, and the key that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from playground.catalog.facts import Fact, PriceSpan, Record, Value
from playground.catalog.prices import Price, Rate, parse_price_field
from playground.catalog.vocabulary import Capability, Channel, Effort, Kind, Standing, Support


class Key(NamedTuple):
    """What tells offerings apart; keys stand in the order of offerings wherever they are listed."""

    provider: str
    channel: Channel
    model: str
    version: str = ""
    variant: str = ""

    def __str__(self) -> str:
        return key_text(*self)

    @property
    def but_channel(self) -> tuple[str, str, str, str]:
        """What an offering's siblings on other channels share with it."""
        return (self.provider, self.model, self.version, self.variant)


def key_text(provider: str, channel: Channel, model: str, version: str, variant: str) -> str:
    """`azure/global/openai/gpt-5@2025-08-07:free`."""
    tail = (f"@{version}" if version else "") + (f":{variant}" if variant else "")
    return f"{provider}/{channel}/{model}{tail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """A model at a provider over one access channel, in one version and variant."""

    provider: str
    channel: Channel
    model: str
    version: str = ""
    variant: str = ""
    ids: tuple[str, ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    history: Sequence[PriceSpan] = ()

    @property
    def key(self) -> str:
        """Unique in the catalog: `azure/global/openai/gpt-5@2025-08-07:free`."""
        return key_text(self.provider, self.channel, self.model, self.version, self.variant)

    def sort_key(self) -> Key:
        """Its key by named parts, which also give the order of offerings wherever they are listed."""
        return Key(self.provider, self.channel, self.model, self.version, self.variant)

    @property
    def lab(self) -> str:
        return self.model.partition("/")[0]

    @property
    def kind(self) -> Kind:
        value = self.value("kind")
        return Kind(value) if isinstance(value, str) else Kind.OTHER

    @property
    def price(self) -> Price:
        """Every rate known, from the facts named `price.*`."""
        windows = {name[7:]: self.value(name) for name in self.facts if name.startswith("window.")}
        return Price(
            rates=tuple(self._rates()), windows={n: v for n, v in windows.items() if isinstance(v, str)}
        )

    def value(self, name: str) -> Value | None:
        """The chosen value of a field, None where it is unknown."""
        fact = self.facts.get(name)
        return fact.value if fact else None

    @property
    def retired(self) -> bool:
        """Whether it is served no more: never a headline, and listed after those that are."""
        return self.value("status") == "retired"

    def doubts(self) -> Mapping[str, str]:
        """The prices that are in doubt, by field, each with why in words."""
        doubtful = Standing.DOUBTFUL
        return {
            name: fact.reason
            for name, fact in self.facts.items()
            if fact.standing is doubtful and name.startswith("price.")
        }

    def sound_price(self, name: str) -> Decimal | None:
        """A price that an order, a range, a median or a headline may rest on: None where it is in doubt.

        None too where it is unknown. Whoever picks one price of many asks here; `value` is for showing it.
        """
        fact = self.facts.get(name)
        if fact is None or fact.standing == Standing.DOUBTFUL or not isinstance(fact.value, Decimal | int):
            return None
        return Decimal(fact.value)

    @property
    def sound_prices(self) -> Price:
        """Every rate that is in no doubt: what costs are compared by beside others'."""
        price = self.price
        return replace(price, rates=tuple(r for r in price.rates if self.sound_price(r.field) is not None))

    def disbelieves(self, name: str, usd: Value | None) -> bool:
        """Whether this value of a price is in doubt here, or was claimed and held back as wrong."""
        fact = self.facts.get(name)
        if fact is None:
            return False
        doubtful = fact.standing == Standing.DOUBTFUL and fact.value == usd
        return doubtful or any(c.suspect and c.value == usd for c in fact.claims)

    def can(self, capability: Capability) -> Support:
        value = self.value(f"can.{capability}")
        return Support(value) if isinstance(value, str) else Support.UNKNOWN

    def efforts(self) -> Mapping[Effort, Support]:
        """What is known of each reasoning effort value."""
        return {effort: Support(str(self.value(f"effort.{effort}") or Support.UNKNOWN)) for effort in Effort}

    def _rates(self) -> Iterator[Rate]:
        # Names first: where facts are read when they are looked at, the others stay unread.
        for name in self.facts:
            if name.startswith("price.") and isinstance(usd := self.value(name), Decimal | int):
                yield _rate(name, Decimal(usd))


# Places ask the same for the same more often than not.
@lru_cache(maxsize=10_000)
def _rate(name: str, usd: Decimal) -> Rate:
    return parse_price_field(name).at(usd)
