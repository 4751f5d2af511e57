"""Whether one offering can take another's place: what it can do and costs, how long it stays, where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from playground.catalog import Capability, Catalog, Channel, Kind, Offering, Support
from playground.catalog.prices import Meter, Mode, parse_price_field
from playground.catalog.regions import ANYWHERE
from playground.labels.labels import label
from playground.lifecycle.outlook import Outlook, Stage, outlook_of

#: A replacement that itself retires sooner than this is none.
LEAST_SERVICE = timedelta(days=180)
#: What a replacement must be able to do where the old one can.
NEEDED = (
    *(Capability.TOOL_CALLS, Capability.STRUCTURED_OUTPUT, Capability.REASONING, Capability.VISION),
    *(Capability.PDF, Capability.AUDIO_IN, Capability.AUDIO_OUT, Capability.VIDEO_IN, Capability.IMAGE_OUT),
)
#: So much context is enough, whatever the old one had, and so much of it: sources write a million in several
#: ways, and one gives the whole window where another gives the input alone.
ENOUGH_CONTEXT, NEARLY = 1_000_000, 0.9
#: What is not known at a place is as so many times more of the others say.
MOST = 3
#: Channels whose names promise no place.
_OPEN = frozenset(
    {
        *(Channel.DIRECT, Channel.HOSTED, Channel.GATEWAY, Channel.SUBSCRIPTION, Channel.SELF_HOSTED),
        *(Channel.GLOBAL, Channel.MANTLE, Channel.CLAUDE_PLATFORM),
    }
)
_TOKENS = (f"price.{Meter.INPUT}", f"price.{Meter.OUTPUT}")


class Fit:
    """Who of a catalog can take whose place on a day."""

    def __init__(self, catalog: Catalog, today: date) -> None:
        self._catalog = catalog
        self._today = today
        self._by_model: dict[str, list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._by_model[offering.model].append(offering)

    def unfit(self, old: Offering, new: Offering) -> Iterator[str]:
        """Why an offering cannot take the old one's place by rule, in words; nothing where it can."""
        was, now = self._kind(old), self._kind(new)
        if now == Kind.OTHER or was not in (now, Kind.OTHER):
            yield "it is not known what it is called for" if now == Kind.OTHER else f"is called for {now}"
        for capability in NEEDED:
            if old.can(capability) == Support.YES and (can := self._can(new, capability)) != Support.YES:
                known = "has no" if can == Support.NO else "is not known to have"
                yield f"{known} {label(f'can.{capability}').lower()}"
        had, has = context(old), context(new)
        if had and has < NEARLY * min(had, ENOUGH_CONTEXT):
            yield f"takes {has:,} tokens of {had:,}" if has else "its context is not known"
        if (ending := self.ends(new)) is not None:
            yield ending
        if new.variant not in (old.variant, ""):
            yield f"is sold in another way ({new.variant})"
        if not _priced(new):
            yield "its price is not known, or in doubt"
        elif (compared := costs(old, new)) is not None and compared[1] > compared[0]:
            yield "costs more"

    def ends(self, new: Offering) -> str | None:
        """How it ends, in words, where it ends too soon; else None.

        Where nobody gives its own day, the last that its provider gives for the model over another channel.
        """
        if ending := ends(outlook_of(new, self._today), self._today):
            return ending
        if new.value("retires") or new.value("retires_earliest"):
            return None
        there = [outlook_of(o, self._today) for o in self._by_model[new.model] if o.provider == new.provider]
        days = [day for one in there if one.offering.version == new.version and (day := one.retires)]
        if days and max(days) < self._today + LEAST_SERVICE:
            return f"ends on {max(days)} over another channel"
        return None

    def assumed(self, old: Offering, new: Offering) -> tuple[str, ...]:
        """The abilities that a replacement needs and only other places tell of, in words."""
        needed = [c for c in NEEDED if old.can(c) == Support.YES and new.can(c) == Support.UNKNOWN]
        return tuple(label(f"can.{c}").lower() for c in needed if self._can(new, c) == Support.YES)

    def _can(self, offering: Offering, capability: Capability) -> Support:
        """What is known there; else what most other places of the model say, of those that say anything."""
        own = offering.can(capability)
        if own != Support.UNKNOWN:
            return own
        claimed = Counter(o.can(capability) for o in self._by_model[offering.model])
        yes, no = claimed[Support.YES], claimed[Support.NO]
        if max(yes, no) < MOST * max(min(yes, no), 1 / MOST):
            return Support.UNKNOWN
        return Support.YES if yes > no else Support.NO

    def _kind(self, offering: Offering) -> Kind:
        """What it is called for there; else at all other places of the model that say so."""
        if offering.kind != Kind.OTHER:
            return offering.kind
        kinds = {o.kind for o in self._by_model[offering.model]} - {Kind.OTHER}
        return kinds.pop() if len(kinds) == 1 else Kind.OTHER

    def in_one_place(self, old: Offering, new: Offering) -> bool:
        """Whether both are served at one provider, and requests to the new one stay where the old one's did.

        Another channel will do where its promise is the same, or where the old one's promised nothing.
        """
        if old.provider != new.provider:
            return False
        return old.channel == new.channel or self._promise(old) in (ANYWHERE, self._promise(new))

    def _promise(self, offering: Offering) -> str:
        # What a reader sets is set anew at the new one.
        stated = next((s for s in self._catalog.residency(offering) if not s.setting), None)
        if offering.channel not in _OPEN and (stated is None or offering.channel == Channel.GOVERNMENT):
            return offering.channel
        return stated.value if stated else ANYWHERE


def ends(outlook: Outlook, today: date) -> str | None:
    """How an offering ends, in words, where it has ended, is deprecated or ends too soon; else None."""
    until = outlook.retires or outlook.earliest
    if outlook.stage == Stage.RETIRED:
        return "has ended itself"
    if until and until < today + LEAST_SERVICE:
        return f"ends itself on {until}"
    return "is deprecated itself" if outlook.stage == Stage.DEPRECATED else None


def costs(old: Offering, new: Offering) -> tuple[Decimal, Decimal] | None:
    """What both ask, per million tokens, three in for one out; else by that which makes the new one dearest.

    None where no price is known of both, or one of either's is in doubt.
    """
    if any(_standard(name) for offering in (old, new) for name in offering.doubts()):
        return None
    was, now = ([o.sound_price(name) for name in _TOKENS] for o in (old, new))
    if None not in was and None not in now:
        return _blend(*was), _blend(*now)
    shared = [
        (a, b)
        for name in old.facts
        if _standard(name)
        and (a := old.sound_price(name)) is not None
        and (b := new.sound_price(name)) is not None
    ]
    return max(shared, key=lambda pair: pair[1] / pair[0] if pair[0] else pair[1], default=None)


def _blend(usd_in: Decimal | None, usd_out: Decimal | None) -> Decimal:
    return (3 * (usd_in or Decimal(0)) + (usd_out or Decimal(0))) / 4


@cache
def _standard(name: str) -> bool:
    """Whether a field is a price of the standard mode, whatever the size, the hour and the place."""
    if not name.startswith("price."):
        return False
    rate = parse_price_field(name)
    return rate.mode == Mode.STANDARD and not (rate.above_tokens or rate.window or rate.region)


def _priced(offering: Offering) -> bool:
    """Whether a price of the standard mode is known, and none is in doubt."""
    prices = [name for name in offering.facts if _standard(name) and offering.value(name) is not None]
    return bool(prices) and all(offering.sound_price(name) is not None for name in prices)


def context(offering: Offering) -> int:
    """How many tokens it takes; 0 where nobody says."""
    value = offering.value("context_tokens") or offering.value("max_input_tokens")
    return value if isinstance(value, int) else 0
