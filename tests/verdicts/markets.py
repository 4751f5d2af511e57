"""Markets for tests: the committed catalog's, and a small one whose facts a test can change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from generator.curated.statements.guide_statements import load_guide_statements
from generator.views.as_of import latest
from generator.views.verdicts.market import Market
from playground.ability import Abilities, Ability, Interval
from playground.catalog import Channel, Evidence, Offering, Score, Statement
from playground.labels.names import display_names
from tests.catalogs import abilities, catalog, committed, offered

MAI, MAI_CODE = "microsoft/mai-thinking-1", "microsoft/mai-code-1.1-flash"
SMALL, OLDER, LARGE, OLD = "openai/small", "openai/older", "openai/large", "openai/old"
STATEMENTS = load_guide_statements(Path(__file__).parents[2] / "docs" / "catalog" / "statements.yml")


@cache
def committed_market() -> Market:
    """The market of the committed catalog."""
    whole = committed()
    return Market(whole, abilities(), display_names(whole), latest(whole), STATEMENTS)


def claimed(score: str, test: str = "SWE-Bench Pro") -> Score:
    """What a maker claims of a test."""
    return Score(
        benchmark=test,
        score=Decimal(score),
        metric="resolved",
        evidence=Evidence.CLAIMED,
        by="own lab",
        link="https://acme.test/scores",
        as_of="2026-09",
    )


def stays(value: str, *channels: str, note: str = "") -> Statement:
    """A provider's statement of where requests over channels stay."""
    return Statement(
        value=value,
        quote="It stays there.",
        url="https://acme.test/where",
        read=date(2026, 11, 12),
        channels=tuple(Channel(c) for c in channels),
        note=note,
    )


def priced(model: str, into: str, out: str, *, at: str = "openai/direct", **facts: object) -> Offering:
    """A chat model at a place, by its prices."""
    provider, _, channel = at.partition("/")
    prices: dict[str, object] = {"price__input": into, "price__output": out}
    return offered(model, channel, provider, kind="chat", **prices, **facts)


#: As the market was in November 2026, with fewer models.
OFFERINGS = (
    priced(MAI, "2", "8", at="azure/global"),
    priced(MAI_CODE, "0.2", "1.2", at="azure/global", retires="2026-12-09"),
    priced(SMALL, "0.1", "0.5"),
    priced(OLDER, "0.2", "1.2"),
    priced(LARGE, "2", "10"),
    priced(OLD, "1", "8", retires="2026-12-11"),
    priced(OLD, "1", "8", at="azure/global", retires="2027-02-09"),
    priced(LARGE, "2", "10", at="azure/global"),
    priced(LARGE, "2.4", "12", at="azure/data-zone-eu", retires="2028-03-11"),
    priced(LARGE, "2.2", "11", at="azure/data-zone-us"),
    priced(OLD, "1.4", "11", at="azure/government"),
)
MIDDLES = {MAI: 0.3, SMALL: 1.0, OLDER: 0.9, LARGE: 1.7, OLD: 0.2}
SCORES = {MAI: "52.8", OLDER: "62.7"}
STAYS = (
    stays("anywhere", "global"),
    stays("eu", "data-zone-eu", note="which can include Norway and Switzerland"),
    stays("us", "data-zone-us"),
)


def small_market(
    offerings: Iterable[Offering] = OFFERINGS,
    scores: Mapping[str, str] = SCORES,
    middles: Mapping[str, float] = MIDDLES,
    residency: tuple[Statement, ...] = STAYS,
) -> Market:
    """A market of these offerings, with the scores their makers claim and their abilities."""
    whole = catalog(*offerings)
    models = {
        name: replace(model, scores=(claimed(scores[name]),) if name in scores else ())
        for name, model in whole.models.items()
    }
    providers = {
        name: replace(one, residency=residency) if name == "azure" else one
        for name, one in whole.providers.items()
    }
    whole = replace(whole, models=models, providers=providers)
    known = {
        name: Ability(model=name, general=Interval(low=m - 0.2, middle=m, high=m + 0.2), scores=3, measured=2)
        for name, m in middles.items()
    }
    return Market(whole, Abilities(models=known), display_names(whole), latest(whole), STATEMENTS)


def changed(key: str, **facts: object) -> tuple[Offering, ...]:
    """The small market's offerings, with facts of one changed; None takes a fact away."""
    seen = [o.key for o in OFFERINGS]
    assert key in seen, seen
    return tuple(_with(o, facts) if o.key == key else o for o in OFFERINGS)


def _with(offering: Offering, facts: Mapping[str, object]) -> Offering:
    new = offered(offering.model, offering.channel, offering.provider, **facts).facts
    facts_left = {
        n: f for n, f in (*offering.facts.items(), *new.items()) if n.replace(".", "__") not in facts
    }
    return replace(offering, facts={**facts_left, **{n: f for n, f in new.items() if f.value is not None}})
