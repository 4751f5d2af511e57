"""What could take the place of an offering that ends.

What a vendor names as replacement goes before what is nearest by a rule: the living offering at the same
place, by the same lab, that can all this one can, with the least different price. Where neither is known,
none is named.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from playground.catalog import Capability, Catalog, Kind, Offering, Support
from playground.catalog.prices import Meter
from playground.labels.labels import label, money, percent
from playground.lifecycle.outlook import Outlook, Stage, outlook_of

#: A replacement that itself retires sooner than this is none.
LEAST_SERVICE = timedelta(days=180)
#: What a replacement must be able to do where the old one can.
NEEDED = (
    *(Capability.TOOL_CALLS, Capability.STRUCTURED_OUTPUT, Capability.REASONING, Capability.VISION),
    *(Capability.PDF, Capability.AUDIO_IN, Capability.AUDIO_OUT, Capability.VIDEO_IN, Capability.IMAGE_OUT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What could take an offering's place: named by its vendor or nearest by rule, and how it differs."""

    offering: Offering
    by_vendor: bool
    differences: tuple[str, ...]


class Outlooks:
    """The outlooks of a catalog's offerings on a day, and what could replace what ends."""

    def __init__(self, catalog: Catalog, today: date) -> None:
        self.catalog = catalog
        self.today = today
        self._replacements: dict[str, Replacement | None] = {}
        self._known_rates: dict[str, tuple[Decimal | None, ...]] = {}
        self._places: dict[tuple[str, str], list[Offering]] = defaultdict(list)
        self._by_lab: dict[tuple[str, str, str, str], list[Offering]] = defaultdict(list)
        for offering in catalog.offerings:
            self._places[offering.provider, offering.channel].append(offering)
            self._by_lab[_of_one_lab(offering)].append(offering)

    def ending(self) -> Iterator[Outlook]:
        """Every offering whose end is known or has come, the soonest first."""
        outlooks = [outlook_of(offering, self.today) for offering in self.catalog.offerings]
        ending = [outlook for outlook in outlooks if outlook.stage != Stage.LIVE or outlook.earliest]
        return iter(
            sorted(
                ending,
                key=lambda outlook: (outlook.retires or outlook.earliest or date.max, outlook.offering.key),
            )
        )

    def replacement(self, outlook: Outlook) -> Replacement | None:
        """What the vendor names, where it is served at the same place; else the nearest by rule."""
        key = outlook.offering.key
        if key not in self._replacements:
            self._replacements[key] = self._replacement(outlook)
        return self._replacements[key]

    def _replacement(self, outlook: Outlook) -> Replacement | None:
        old = outlook.offering
        for name in outlook.named:
            if named := _called(name, self._places[old.provider, old.channel]):
                return Replacement(offering=named, by_vendor=True, differences=differences(old, named))
        best = min(
            (
                (distance, other.key, other)
                for other in self._by_lab[_of_one_lab(old)]
                if (distance := self._price_distance(old, other)) is not None
            ),
            default=None,
        )
        if best is None:
            return None
        return Replacement(offering=best[2], by_vendor=False, differences=differences(old, best[2]))

    def _price_distance(self, old: Offering, new: Offering) -> float | None:
        """How far apart their prices are; None where the new one is no replacement."""
        if new.model == old.model:
            return None
        # What an old model is called for is often unknown; of a new one it must be known.
        if new.kind == Kind.OTHER or old.kind not in (new.kind, Kind.OTHER):
            return None
        known = [self.catalog.models[o.model].value("knowledge") for o in (old, new)]
        if all(known) and str(known[1]) < str(known[0]):
            return None
        outlook = outlook_of(new, self.today)
        until = outlook.retires or outlook.earliest
        if outlook.stage in (Stage.RETIRED, Stage.DEPRECATED) or (
            until and until < self.today + LEAST_SERVICE
        ):
            return None
        if any(old.can(c) == Support.YES and new.can(c) != Support.YES for c in NEEDED):
            return None
        had, has = _context(old), _context(new)
        if had and (not has or has < had):
            return None
        pairs = list(zip(self._rates(old), self._rates(new), strict=True))
        if not all(a and b for a, b in pairs):
            return None
        return sum(abs(math.log(float(b) / float(a))) for a, b in pairs if a and b)

    def _rates(self, offering: Offering) -> tuple[Decimal | None, ...]:
        """What input and output cost there."""
        if offering.key not in self._known_rates:
            self._known_rates[offering.key] = tuple(
                offering.sound_price(f"price.{m}") for m in (Meter.INPUT, Meter.OUTPUT)
            )
        return self._known_rates[offering.key]


def _of_one_lab(offering: Offering) -> tuple[str, str, str, str]:
    """What a replacement by rule has in common with what it replaces."""
    return offering.provider, offering.channel, offering.lab, offering.variant


def _context(offering: Offering) -> int:
    value = offering.value("context_tokens") or offering.value("max_input_tokens")
    return value if isinstance(value, int) else 0


def _called(name: str, offerings: Sequence[Offering]) -> Offering | None:
    """Of those offerings the plainest that goes by a vendor's name for it."""
    wanted = _letters(name)
    matches = [o for o in offerings if wanted == _letters(o.model.partition("/")[2])]
    return min(matches, key=lambda o: (bool(o.variant), bool(o.version), o.key), default=None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def differences(old: Offering, new: Offering) -> tuple[str, ...]:
    """How another offering differs, in plain words: prices, context, what is lost and gained."""
    texts: list[str] = []
    for meter in (Meter.INPUT, Meter.CACHE_READ, Meter.OUTPUT):
        was, now = (o.sound_price(f"price.{meter}") for o in (old, new))
        if was is not None and now is not None and was != now:
            texts.append(f"{label(f'price.{meter}').lower()} {money(was)} → {money(now)}{percent(was, now)}")
    had, has = _context(old), _context(new)
    if had and has and had != has:
        texts.append(f"context {had:,} → {has:,} tokens")
    for verb, yes, no in (("loses", old, new), ("gains", new, old)):
        names = [
            label(f"can.{c}").lower() for c in NEEDED if yes.can(c) == Support.YES and no.can(c) == Support.NO
        ]
        if names:
            texts.append(f"{verb} {', '.join(names)}")
    return tuple(texts)
