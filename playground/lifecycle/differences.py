"""How another offering differs from the one that it would replace, in plain words."""

from __future__ import annotations

from datetime import date

from playground.catalog import Offering, Support
from playground.catalog.prices import Meter
from playground.labels.labels import CHANNELS, label, money, percent
from playground.lifecycle.fit import NEEDED, context, ends
from playground.lifecycle.outlook import outlook_of


def differences(old: Offering, new: Offering, today: date) -> tuple[str, ...]:
    """Prices that are in no doubt, context, what is lost and gained, another channel, an end of its own."""
    texts: list[str] = []
    for meter in (Meter.INPUT, Meter.CACHE_READ, Meter.OUTPUT):
        was, now = (o.sound_price(f"price.{meter}") for o in (old, new))
        if was is not None and now is not None and was != now:
            texts.append(f"{label(f'price.{meter}').lower()} {money(was)} → {money(now)}{percent(was, now)}")
    had, has = context(old), context(new)
    if had and has and had != has:
        texts.append(f"context {had:,} → {has:,} tokens")
    for verb, yes, no in (("loses", old, new), ("gains", new, old)):
        names = [
            label(f"can.{c}").lower() for c in NEEDED if yes.can(c) == Support.YES and no.can(c) == Support.NO
        ]
        if names:
            texts.append(f"{verb} {', '.join(names)}")
    if new.channel != old.channel:
        texts.append(f"over {CHANNELS[new.channel][0]}, not {CHANNELS[old.channel][0]}")
    if ending := ends(outlook_of(new, today), today):
        texts.append(ending)
    return tuple(texts)
