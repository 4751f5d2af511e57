"""Prices that nobody should rest a choice on: far from what others ask, or at odds with their own row.

A price is judged by its siblings, the same price of the same model at other providers (by the piece by the
lab's own, where few ask), and by the other prices of its row. Where another sound claim is in line, that one
is chosen and the odd one is marked suspect; else the price stays, as *doubtful*, with the reason in words.
What independent sources agree on is in no doubt, unless it is absurd.

The thresholds were measured over the catalog of November 2026; the figures stand on the Method page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from statistics import median

import msgspec

from generator.ledger.judging.gates import Claims, Weighed
from generator.ledger.judging.precedence import choose_claim
from generator.sources.independence import roots
from playground.catalog import Channel, Fact, Key, Kind, Provider, Standing, Value
from playground.catalog.prices import Meter, Mode, Rate, Unit, parse_price_field, with_meter

#: A price below this share of the middle of what others ask is far below, above so many times it a slip.
LOW, HIGH = Decimal("0.2"), Decimal(20)
#: Of two claims of one price that differ, one within so many times the middle is in line, beyond it is not.
IN_LINE, OUT_OF_LINE = Decimal(3), Decimal(5)
#: Of fewer other providers than this there is no middle.
OTHERS = 3
#: Prices within so many times each other are company, and so many providers' are enough of it.
ALIKE, COMPANY = Decimal("1.5"), 2
#: What the lab itself asks is believed down to this share of the middle: others follow its cuts late.
LABS_OWN = Decimal("0.1")
#: Below this share, or above its inverse, even what sources agree on is absurd.
ABSURD = Decimal("0.02")
#: Text out costs no less than this share of text in, and no more than so many times it.
OUTPUT_OVER_INPUT = (Decimal("0.2"), Decimal(40))
#: What nobody asks so little for by the million tokens: it is a price by the minute, the image or the step.
LEAST = {
    **dict.fromkeys((Kind.CHAT, Kind.COMPLETION), Decimal("0.005")),
    **dict.fromkeys((Kind.TRANSCRIPTION, Kind.SPEECH, Kind.IMAGE, Kind.VIDEO), Decimal("0.05")),
}
#: What nobody asks so much for by the million tokens, in and out: it is a price by the thousand, or in cents.
MOST = (Decimal(250), Decimal(1000))
MOST_OF = {kind: (Decimal(5), Decimal(5)) for kind in (Kind.EMBEDDING, Kind.RERANK)}
#: What nobody asks so much for by the second of sound: it is a price by the minute or by the hour.
MOST_A_SECOND = Decimal("0.001")
#: A mode's, a step's or a region's price is within so many times that of the row as such.
WITHIN_ROW = Decimal(50)
#: What may wait costs between this share of what may not and as much.
BATCH = (Decimal("0.2"), Decimal(1))

#: What is not compared: a discount for what is cached is each provider's own choice.
_OF_CACHES = frozenset(meter for meter in Meter if meter.startswith("cache_"))
_IN_AND_OUT = (Meter.INPUT, Meter.OUTPUT)
#: The prices of text in and text out, in each mode.
_PAIRS = [tuple(Rate(meter=meter, mode=mode).field for meter in _IN_AND_OUT) for mode in Mode]
_TEXT = {Kind.CHAT, Kind.COMPLETION}
_NOT_TEXT_ALONE = ("can.image_out", "can.audio_out")
_UNPAID_CHANNELS = {Channel.SUBSCRIPTION, Channel.SELF_HOSTED}

type Facts = dict[Key, dict[str, Fact]]
type _Middles = Mapping[str | None, Sequence[tuple[Decimal, str]]]
type _Asks = Mapping[tuple[str, str], Sequence[_Asked]]


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One price as an offering asks it, with the sources that say so and how it stands there."""

    key: Key
    usd: Decimal
    origins: frozenset[str]
    agreed: bool
    disputed: bool


class _Siblings(msgspec.Struct, frozen=True, kw_only=True):
    """What others ask for the same: every price, how many providers ask it, and the median of theirs."""

    asked: Sequence[_Asked]  # the judged provider's own too
    providers: int
    middle: Decimal

    def bear_out(self, one: _Asked) -> bool:
        """Whether the price has company: two providers', the lab's own, or one's by another source."""
        others = (a for a in self.asked if a.key.provider != one.key.provider)
        near = [a for a in others if one.usd / ALIKE <= a.usd <= one.usd * ALIKE]
        return (
            len({a.key.provider for a in near}) >= COMPANY
            or any(a.key.channel == Channel.DIRECT for a in near)
            or any(not a.origins & one.origins for a in near)
        )


def doubt_prices(facts: Facts, claims: Mapping[Key, Claims], unpaid: frozenset[Key]) -> None:
    """Mark, in place, the prices that are in doubt, or choose the claim that is in line.

    `unpaid` are offerings whose prices say nothing of others': free variants, plans, one's own machines.
    """
    judged = {key: own for key, own in facts.items() if not _is_unpaid(key, unpaid)}
    asked = _asked(judged, claims)
    changed: set[str] = set()
    for name, one, siblings in _compared_prices(asked):
        own, group = facts[one.key], claims[one.key]
        if (reason := _off_siblings(one, siblings, OUT_OF_LINE)) and _in_line(group[name], siblings.middle):
            group[name] = _without_odd(group[name], siblings.middle, reason)
            own[name] = choose_claim(name, group[name], one.key.provider)
            changed.add(one.key.model)
    anew = _asked({key: own for key, own in judged.items() if key.model in changed}, claims)
    asked = {at: those for at, those in asked.items() if at[0] not in changed} | {**anew}
    doubts = [
        (one.key, name, reason)
        for name, one, siblings in _compared_prices(asked)
        if (reason := _off_siblings(one, siblings, HIGH))
    ]
    for key, own in judged.items():
        doubts += [(key, name, reason) for name, reason in _off_row(key, own, asked)]
    for key, name, reason in doubts:
        if facts[key][name].standing != Standing.DOUBTFUL:
            facts[key][name] = replace(facts[key][name], standing=Standing.DOUBTFUL, reason=reason)


def doubt_foreign_prices(facts: Facts, providers: Mapping[str, Provider]) -> None:
    """Mark, in place, every price of a provider that lists them in another currency than dollars.

    What a dollar costs in it on which day no source says, so nobody can right them here. Two sources that
    copy one list agree and are wrong by the same share: agreement clears nothing.
    """
    for key, own in facts.items():
        provider = providers.get(key.provider)
        if provider is None or provider.currency is None:
            continue
        reason = f"{provider.name} lists it in {provider.currency.value}; sources give the figure as dollars"
        for name, fact in own.items():
            if name.startswith("price.") and fact.value:
                own[name] = replace(fact, standing=Standing.DOUBTFUL, reason=reason)


def _is_unpaid(key: Key, unpaid: frozenset[Key]) -> bool:
    return key in unpaid or key.channel in _UNPAID_CHANNELS or "free" in key.variant.split("-")


def _usd(fact: Fact | None) -> Decimal:
    """A price as a number; 0 where it is unknown or nothing."""
    value = fact.value if fact else None
    return value if isinstance(value, Decimal) else Decimal(value if isinstance(value, int) else 0)


def _origins(group: Sequence[Weighed], value: Value | None) -> frozenset[str]:
    sources = (roots(w.origin) for w in group if not w.suspect and w.value == value)
    return frozenset().union(*sources)


def _asked(facts: Mapping[Key, Mapping[str, Fact]], claims: Mapping[Key, Claims]) -> _Asks:
    """What is asked for each model, by the price's field."""
    asked: dict[tuple[str, str], list[_Asked]] = defaultdict(list)
    for key, own in facts.items():
        for name, fact in own.items():
            if not name.startswith("price.") or "/" in name or (usd := _usd(fact)) <= 0:
                continue
            if parse_price_field(name).meter in _OF_CACHES:
                continue
            asked[key.model, name].append(
                _Asked(
                    key=key,
                    usd=usd,
                    origins=_origins(claims[key][name], fact.value),
                    agreed=fact.standing == Standing.AGREED,
                    disputed=fact.standing == Standing.DISPUTED,
                )
            )
    return asked


def _middles(those: Sequence[_Asked]) -> _Middles:
    """The middle of what each provider asks, by version and (None) over all of them, the least first."""
    asked: dict[str | None, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for a in those:
        asked[a.key.version][a.key.provider].append(a.usd)
        asked[None][a.key.provider].append(a.usd)
    return {
        version: sorted((Decimal(median(own)), provider) for provider, own in by_provider.items())
        for version, by_provider in asked.items()
    }


def _siblings_of(one: _Asked, those: Sequence[_Asked], middles: _Middles) -> _Siblings | None:
    """The others who ask for the same model, of the same version where enough have it; None for too few."""
    for version in (one.key.version, None):
        others = [usd for usd, provider in middles[version] if provider != one.key.provider]
        if len(others) >= OTHERS:
            return _Siblings(asked=those, providers=len(others), middle=Decimal(median(others)))
    return None


def _labs_own(name: str, one: _Asked, those: Sequence[_Asked]) -> _Siblings | None:
    """What the lab itself asks, where too few ask: by the piece no price is absurd as such."""
    own = [a.usd for a in those if a.key.channel == Channel.DIRECT and a.key.provider != one.key.provider]
    if not own or parse_price_field(name).unit == Unit.MTOK:
        return None
    return _Siblings(asked=those, providers=1, middle=Decimal(median(own)))


def _compared_prices(asked: _Asks) -> Iterator[tuple[str, _Asked, _Siblings]]:
    """Each price that has siblings, by its field, with them."""
    for (_, name), those in asked.items():
        if len(those) < 2:
            continue
        middles = _middles(those)
        alike = {(one.key.version, one.key.provider): one for one in those}
        known = {at: _siblings_of(a, those, middles) or _labs_own(name, a, those) for at, a in alike.items()}
        for one in those:
            if siblings := known[one.key.version, one.key.provider]:
                yield name, one, siblings


def _off_siblings(one: _Asked, siblings: _Siblings, high: Decimal) -> str:
    """Why a price is out of line with what others ask, in words; empty where it is not.

    Above the middle it is so from `high` times on. Company bears out what is cheap; what is dear may be one
    slip that many repeat, where the offering's own sources do not agree on it.
    """
    ratio = one.usd / siblings.middle
    alone = siblings.providers == 1
    if LOW <= ratio < high or (alone and ABSURD <= ratio <= 1 / ABSURD):
        return ""
    borne_out = one.agreed or (siblings.bear_out(one) and not (one.disputed and ratio > 1))
    if borne_out and (ABSURD <= ratio <= 1 / ABSURD):
        return ""
    if one.key.channel == Channel.DIRECT and LABS_OWN <= ratio <= 1:
        return ""
    asking = "the lab itself asks:" if alone else f"{siblings.providers} other providers ask: median"
    return f"{_times(ratio)} what {asking} ${_short(siblings.middle)}"


def _times(ratio: Decimal) -> str:
    return f"{ratio:.0f} times" if ratio > 1 else f"1/{1 / ratio:.0f} of"


def _short(usd: Decimal) -> str:
    """A price in three digits, never with an exponent."""
    return f"{Decimal(f'{usd:.3g}'):f}"


def _in_line(group: Sequence[Weighed], middle: Decimal) -> bool:
    """Whether some sound claim is near the middle of what others ask."""
    return any(middle / IN_LINE <= Decimal(str(w.value)) <= middle * IN_LINE for w in group if not w.suspect)


def _without_odd(group: Sequence[Weighed], middle: Decimal, reason: str) -> list[Weighed]:
    """The claims with those far from the middle marked suspect."""
    low, high = middle / OUT_OF_LINE, middle * OUT_OF_LINE
    return [w if low <= Decimal(str(w.value)) < high else w.because(reason) for w in group]


def _off_row(key: Key, own: Mapping[str, Fact], asked: _Asks) -> Iterator[tuple[str, str]]:
    """The prices at odds with their own row, each with why."""
    yield from _off_each_other(key, own, asked)
    value = own["kind"].value if "kind" in own else None
    kind = Kind(value) if isinstance(value, str) else None
    for name, fact in own.items():
        if not name.startswith("price.") or not (usd := _usd(fact)):
            continue
        rate, agreed = parse_price_field(name), fact.standing == Standing.AGREED
        if reason := _off_unit(rate, usd, kind, agreed=agreed):
            yield name, reason
        if reason := _off_input(name, usd, own, agreed=agreed):
            yield name, reason
        base = _usd(own.get(_base(name)))
        if not base:
            continue
        ratio = usd / base
        waits = rate.mode == Mode.BATCH and rate.meter in _IN_AND_OUT and not rate.above_tokens
        off_batch = waits and not agreed and not BATCH[0] <= ratio <= BATCH[1]
        if off_batch or not 1 / WITHIN_ROW < ratio < WITHIN_ROW:
            yield name, f"{_times(ratio)} the row's own price, ${_short(base)}"


@lru_cache(maxsize=10_000)
def _base(name: str) -> str:
    """The row's own price that another of the same meter, unit and grade is measured by."""
    rate = parse_price_field(name)
    return Rate(meter=rate.meter, unit=rate.unit, grade=rate.grade).field


def _off_unit(rate: Rate, usd: Decimal, kind: Kind | None, *, agreed: bool) -> str:
    """Why a price by the million tokens is a price by something else; empty where it may be one."""
    if kind == Kind.TRANSCRIPTION and rate.unit == Unit.SECOND and usd > MOST_A_SECOND:
        return f"nobody transcribes for ${_short(usd)} a second: another unit's price"
    if rate.unit != Unit.MTOK or rate.meter not in _IN_AND_OUT:
        return ""
    least = LEAST.get(kind, Decimal(0)) if kind else Decimal(0)
    most = (MOST_OF.get(kind, MOST) if kind else MOST)[_IN_AND_OUT.index(rate.meter)]
    if least <= usd and (usd <= most or agreed):
        return ""
    model = f"{kind} model" if kind else "model"
    return f"no {model} is sold for ${_short(usd)} a million tokens: another unit's price"


def _off_input(name: str, usd: Decimal, own: Mapping[str, Fact], *, agreed: bool) -> str:
    """Why a price cannot stand beside that of fresh input of the same row; empty where it can."""
    fresh = _usd(own.get(with_meter(name, Meter.INPUT)))
    if not fresh:
        return ""
    meter = parse_price_field(name).meter
    if meter == Meter.CACHE_READ and usd > fresh and not agreed:
        return f"cached input costs more than input, ${_short(fresh)}"
    if meter == Meter.OUTPUT and usd < fresh and not agreed:
        cached = _usd(own.get(with_meter(name, Meter.CACHE_READ)))
        return f"output costs what cached input does, and input ${_short(fresh)}" if usd == cached else ""
    return ""


def _off_each_other(key: Key, own: Mapping[str, Fact], asked: _Asks) -> Iterator[tuple[str, str]]:
    """Text in and text out that cannot both be right: the one further from its siblings, or both."""
    kind = own.get("kind")
    if kind is None or kind.value not in _TEXT:
        return
    for names in _PAIRS:
        if names[0] not in own or names[1] not in own:
            continue
        read, made = _usd(own[names[0]]), _usd(own[names[1]])
        if not read or not made:
            continue
        ratio = made / read
        if OUTPUT_OVER_INPUT[0] <= ratio <= OUTPUT_OVER_INPUT[1]:
            continue
        if any((fact := own.get(name)) and fact.value == "yes" for name in _NOT_TEXT_ALONE):
            continue
        if any(own[name].standing == Standing.AGREED for name in names):
            continue
        distances = {}
        for name in names:
            those = asked.get((key.model, name), ())
            one = next((a for a in those if a.key == key), None)
            siblings = _siblings_of(one, those, _middles(those)) if one else None
            if one and siblings:
                if siblings.bear_out(one):
                    continue
                distances[name] = max(one.usd / siblings.middle, siblings.middle / one.usd)
            else:
                distances[name] = Decimal(0)
        furthest = max(distances.values(), default=Decimal(0))
        for name, distance in distances.items():
            if distance == furthest:
                yield name, f"output costs {_times(ratio)} input, ${_short(made)} and ${_short(read)}"
