"""Seeded corruptions of the real data: fourteen kinds of slip, each in a row of its own."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from generator.ledger.holds.smells import Suspicion
from generator.ledger.placing.identity import Placement, place
from generator.ledger.reconcile import Reconciled, reconcile
from playground.catalog import Catalog, Offering
from tests.generator.ledger.whole.pinned_data import (
    PROVIDERS,
    RULES,
    TODAY,
    again,
    at_some,
    before,
    inputs,
    old,
    records,
    rows,
)
from tests.rounds import FULL


@dataclass(frozen=True)
class Corruption:
    """What one corrupted row must lead to."""

    row: str
    target: str
    field: str
    why: Suspicion


type Corrupt = Callable[[random.Random, dict[str, dict[str, Any]], "Places"], Corruption]


class Places:
    """The offerings of which LiteLLM has one row, by that row; each is corrupted once at most."""

    def __init__(self, whole: Catalog) -> None:
        by_key: dict[str, list[str]] = {}
        for record in records("litellm"):
            where = None if record.left_out else place(record, RULES, PROVIDERS)
            if isinstance(where, Placement):
                by_key.setdefault(str(where.key), []).append(record.id)
        single = {by_key[o.key][0]: o for o in whole.offerings if len(by_key.get(o.key, ())) == 1}
        self.rows = dict(sorted(single.items()))
        self.touched: set[str] = set()

    def draw(
        self,
        dice: random.Random,
        data: Mapping[str, dict[str, Any]],
        field: str,
        fits: Callable[[str, dict[str, Any], Offering], bool] = lambda *_: True,
    ) -> tuple[str, Offering]:
        """A row whose claim on the field is sound and the only one that LiteLLM makes of it."""
        sound = []
        for name, offering in self.rows.items():
            fact = offering.facts.get(field)
            own = [c for c in fact.claims if c.source == "litellm"] if fact else []
            if len(own) != 1 or own[0].suspect or offering.key in self.touched:
                continue
            if offering.records[own[0].record].id == name and fits(name, data[name], offering):
                sound.append((name, offering))
        name, offering = dice.choice(sound)
        self.touched.add(offering.key)
        return name, offering


def times(factor: str, why: Suspicion) -> Corrupt:
    def corrupt(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
        side = dice.choice(["input", "output"])

        def fits(_name: str, row: dict[str, Any], offering: Offering) -> bool:
            # What another source says already is no corruption, however odd it is.
            price = Decimal(str(row.get(f"{side}_cost_per_token", 0)))
            fact = offering.facts.get(f"price.{side}")
            claimed = {c.value for c in fact.claims} if fact else set()
            return price > 0 and price * Decimal(factor) * 1_000_000 not in claimed

        name, offering = places.draw(dice, data, f"price.{side}", fits)
        key = f"{side}_cost_per_token"
        data[name][key] = float(Decimal(str(data[name][key])) * Decimal(factor))
        return Corruption(name, offering.key, f"price.{side}", why)

    return corrupt


def limit(factor: float, why: Suspicion) -> Corrupt:
    def corrupt(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
        name, offering = places.draw(
            dice,
            data,
            "max_input_tokens",
            lambda _n, row, _o: (
                isinstance(row.get("max_input_tokens"), int)
                and row["max_input_tokens"] > 4000
                and "max_tokens" not in row
            ),
        )
        data[name]["max_input_tokens"] = int(data[name]["max_input_tokens"] * factor)
        return Corruption(name, offering.key, "max_input_tokens", why)

    return corrupt


def retired(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice, data, "retires", lambda _n, row, _o: str(row.get("deprecation_date")) > str(TODAY)
    )
    data[name]["deprecation_date"] = "2025-06-30"
    return Corruption(name, offering.key, "retires", Suspicion.PAST)


def risen(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice, data, "retires", lambda _n, row, _o: str(row.get("deprecation_date", "3")) < str(TODAY)
    )
    del data[name]["deprecation_date"]
    return Corruption(name, offering.key, "retires", Suspicion.RISEN)


def untiered(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    name, offering = places.draw(
        dice,
        data,
        "price.input>200000",
        lambda _n, row, _o: (
            "input_cost_per_token_above_200k_tokens" in row
            and "tiered_pricing" not in row
            and row.get("max_input_tokens", 0) > 200_000
        ),
    )
    for key in [k for k in data[name] if "_above_200k_tokens" in k]:
        del data[name][key]
    return Corruption(name, offering.key, "price.input>200000", Suspicion.TIER)


def invented_batch(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    def fits(_name: str, row: dict[str, Any], offering: Offering) -> bool:
        profile = offering.provider == "amazon-bedrock" and offering.channel in ("us", "eu", "global")
        return profile and not any(n.startswith("price.batch") for n in offering.facts)

    name, offering = places.draw(dice, data, "price.input", fits)
    data[name]["input_cost_per_token_batches"] = data[name]["input_cost_per_token"] / 2
    return Corruption(name, offering.key, "price.batch.input", Suspicion.BATCH)


def another(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    """The longer name takes the prices of the shorter, as a match by prefix would."""
    beside: dict[tuple[str, str], dict[str, Offering]] = defaultdict(dict)
    for o in sorted(places.rows.values(), key=lambda o: o.model):
        if not o.version + o.variant and all(_litellm(o, f"price.{s}") for s in ("input", "output")):
            beside[o.provider, o.channel][o.model] = o

    def shorter(offering: Offering) -> Offering | None:
        own = _litellm(offering, "price.input") or 1
        return next(
            (
                o
                for model, o in beside[offering.provider, offering.channel].items()
                if offering.model.startswith(f"{model}-")
                and not Decimal("0.4") <= (ratio := (_litellm(o, "price.input") or 0) / own) <= Decimal("2.5")
                and Decimal("0.11") <= ratio <= 9
            ),
            None,
        )

    name, offering = places.draw(
        dice,
        data,
        "price.input",
        lambda _n, row, o: (
            not o.version + o.variant
            and "output_cost_per_token" in row
            and _litellm(o, "price.input") is not None
            and shorter(o) is not None
        ),
    )
    other = shorter(offering)
    assert other is not None
    for side in ("input", "output"):
        data[name][f"{side}_cost_per_token"] = float((_litellm(other, f"price.{side}") or 0) / 1_000_000)
    return Corruption(name, offering.key, "price.input", Suspicion.ANOTHER)


def _litellm(offering: Offering, field: str) -> Decimal | None:
    fact = offering.facts.get(field)
    sound = [c for c in fact.claims if c.source == "litellm" and not c.suspect] if fact else []
    return Decimal(str(sound[0].value)) if len(sound) == 1 and sound[0].value else None


def off_region(dice: random.Random, data: dict[str, dict[str, Any]], places: Places) -> Corruption:
    """One region costs three times its siblings, as au.anthropic.claude-opus-4-6 once did."""
    channels = {"us", "eu", "au", "jp", "apac", "data-zone-eu", "data-zone-us"}
    base = {(o.provider, o.model, o.version): o for o in old().offerings if o.channel in ("global",)}

    def fits(_name: str, row: dict[str, Any], offering: Offering) -> bool:
        sibling = base.get((offering.provider, offering.model, offering.version))
        price = _litellm(sibling, "price.input") if sibling else None
        own = _litellm(offering, "price.input")
        near = bool(price and own and Decimal("0.95") <= own / price <= Decimal("1.2"))
        return offering.channel in channels and near and "input_cost_per_token" in row

    name, offering = places.draw(dice, data, "price.input", fits)
    data[name]["input_cost_per_token"] *= 3
    return Corruption(name, offering.key, "price.input", Suspicion.REGION)


KINDS: tuple[Corrupt, ...] = (
    times("1000000", Suspicion.SLIP),
    times("0.000001", Suspicion.SLIP),
    times("1000", Suspicion.SLIP),
    times("100000", Suspicion.TENFOLD),
    times("0.1", Suspicion.TENFOLD),
    times("0", Suspicion.ZERO),
    limit(0.25, Suspicion.SHRINKS),
    limit(1000, Suspicion.SLIP),
    retired,
    risen,
    untiered,
    invented_batch,
    another,
    off_region,
)
SEEDS = range(5)


@cache
def corrupted() -> tuple[tuple[Corruption, ...], Reconciled]:
    """Seventy corruptions at once: fourteen kinds, five seeds each, every one in a row of its own."""
    data, places = rows(), Places(old() if FULL else before())
    done = tuple(
        kind(random.Random(f"{i} {seed}"), data, places) for i, kind in enumerate(KINDS) for seed in SEEDS
    )
    # Else over some providers, by the same rules.
    return done, again(replace(inputs(data), old=old())) if FULL else reconcile(at_some(data))
