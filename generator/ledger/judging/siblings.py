"""A price beside the same in an offering's sibling regions: what is out of line with them, or copied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from generator.ledger.judging.gates import Claims
from playground.catalog import Channel, Value
from playground.catalog.prices import Unit, parse_price_field

#: A region's price over the median of its siblings'.
SIBLINGS = (Decimal("0.9"), Decimal("1.5"))
BASE_CHANNELS = (Channel.GLOBAL, Channel.REGIONAL, Channel.US, Channel.DATA_ZONE_US)
#: The channels between which only the region differs.
SIBLING_CHANNELS = frozenset(Channel) - {
    Channel.DIRECT,
    Channel.HOSTED,
    Channel.GATEWAY,
    Channel.SUBSCRIPTION,
    Channel.SELF_HOSTED,
    Channel.CLAUDE_PLATFORM,
}
#: The channels that stay in one geography, and those that stay in one region.
GEOGRAPHIC_CHANNELS = frozenset(
    {Channel.US, Channel.EU, Channel.APAC, Channel.AU, Channel.JP, Channel.IN, Channel.CA}
)
IN_REGION_CHANNELS = frozenset({Channel.REGIONAL, Channel.MANTLE})


def sibling_base(prices: Mapping[str, Decimal]) -> str | None:
    """Of one price by channel, the channel that the others are measured by."""
    return next((c for c in BASE_CHANNELS if prices.get(c)), None)


def off_sibling(usd: Decimal, base: Decimal, channel: str) -> str:
    """Why a price is out of line with the base channel's; empty where it is not.

    A region may cost a tenth less to a half more than the base.
    """
    ratio = usd / base
    return "" if SIBLINGS[0] <= ratio <= SIBLINGS[1] else f"{ratio:.2f} times the price in {channel}"


def off_base(prices: Mapping[str, Decimal], base: str) -> str:
    """Why it is the base that is out of line: three or more siblings agree on another price."""
    others = [usd for channel, usd in prices.items() if channel != base and usd]
    if len(others) < 3 or max(others) / min(others) > SIBLINGS[1]:
        return ""
    if any(not off_sibling(usd, prices[base], base) for usd in others):
        return ""
    return f"{prices[base] / Decimal(median(others)):.2f} times the price in its sibling regions"


def global_copies(
    here: Claims, at_global: Claims, geographic: Sequence[Mapping[str, Value | None]]
) -> Claims:
    """The claims on in-region prices with those marked that a source repeats from its global profile.

    It does where every profile of one geography costs more: who keeps a request in a region or a geography
    pays the same for it. `geographic` are the prices of those profiles by field.
    """
    marked: Claims = {}
    tokens = [n for n in here if n.startswith("price.") and parse_price_field(n).unit == Unit.MTOK]
    for source in {w.source for name in tokens for w in here[name]}:
        own, theirs = (
            {name: {w.value for w in claims.get(name, ()) if w.source == source} for name in tokens}
            for claims in (here, at_global)
        )
        copied = [name for name, values in own.items() if values and values == theirs.get(name)]
        dearer = {
            name: more
            for name in copied
            if (more := _all_above(max(Decimal(str(usd)) for usd in own[name]), name, geographic))
        }
        if not dearer:
            continue
        for name in copied:
            reason = "the price of the global profile"
            reason += f"; in one geography it is {dearer[name]} USD" if name in dearer else ""
            group = marked.get(name, here[name])
            marked[name] = [w.because(reason) if w.source == source else w for w in group]
    return marked


def _all_above(usd: Decimal, name: str, geographic: Sequence[Mapping[str, Value | None]]) -> Decimal | None:
    """The lowest of the profiles' prices where all are above this one."""
    prices = [Decimal(str(value)) for of in geographic if (value := of.get(name)) is not None]
    return min(prices) if prices and min(prices) > usd else None
