"""The main models, which are held against each other, and whether a cited fact is true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

from generator.curated.versus_models import load_versus
from generator.pages.versus import versus_sides
from playground.catalog import Catalog, Offering
from playground.versus.side import CitedFact, Side
from playground.versus.versus import Versus, versus
from tests.catalogs import abilities, committed


@cache
def sides() -> tuple[Side, ...]:
    """The models of the committed file, each as one side of a comparison."""
    return versus_sides(load_versus(Path("docs/catalog/versus.yml")), committed(), abilities())


@cache
def compared() -> tuple[tuple[Side, Side, Versus], ...]:
    """Every pair of them with what is said of it: once for all tests."""
    return tuple((a, b, versus(a, b)) for a, b in combinations(sides(), 2))


def by_key(whole: Catalog) -> dict[str, Offering]:
    """Every offering by its key, of which no two are the same."""
    offerings = {o.key: o for o in whole.offerings}
    assert len(offerings) == len(whole.offerings)
    return offerings


def _places(model: str, whole: Catalog) -> set[str]:
    passed_on = ("gateway", "subscription")
    return {o.provider for o in whole.offerings if o.model == model and o.channel not in passed_on}


def _staying(model: str, whole: Catalog) -> set[str]:
    """Who serves it somewhere with no last day that is near, and has not called it deprecated there."""
    places = [o for o in whole.offerings if o.model == model and o.channel not in ("gateway", "subscription")]
    near = str((whole.day or date.min) + timedelta(days=180))
    return {
        o.provider
        for o in places
        if str(o.value("retires") or "9999") > near
        and o.value("status") not in ("retired", "deprecated")
        and str(o.value("deprecated") or "9999") > str(whole.day)
    }


def true_in(cited: CitedFact, whole: Catalog, offerings: Mapping[str, Offering]) -> bool:
    """Whether the catalog says so, looked up by other means than the rules'."""
    if cited.field == "providers":
        return cited.value == len(_places(cited.of, whole))
    if cited.field.startswith("score: "):
        series = cited.field.removeprefix("score: ")
        return cited.value in [s.score for s in whole.models[cited.of].scores if s.series == series]
    if cited.field == "id":
        return cited.of == cited.value and cited.of in whole.models
    if cited.field == "ability":
        known = abilities().of(cited.of).general
        return known is not None and cited.value == (
            f"{known.middle:.2f} (likely {known.low:.2f} to {known.high:.2f})"
        )
    if cited.of in whole.models:
        return whole.models[cited.of].value(cited.field) == cited.value
    if cited.field.startswith("provider."):
        return cited.stated == getattr(whole.providers[cited.of], cited.field.removeprefix("provider."))
    offering = offerings[cited.of]
    if cited.field == "lasting":
        return cited.value == len(_staying(offering.model, whole) - {offering.provider})
    seller = whole.providers[offering.provider]
    if cited.field.startswith("refuses."):
        return any(
            "tools" in family.refuses.get(str(cited.value), ())
            and cited.stated is not None
            and (cited.stated.url, str(cited.stated.read)) == (family.page, family.read)
            and any(family.holds(name) for name in (*offering.ids, offering.model.partition("/")[2]))
            for endpoint in seller.endpoints
            for family in endpoint.families
        )
    if cited.field == "residency":
        rows = whole.providers[offering.provider].residency
        return cited.stated in rows and cited.value in [
            r.value for r in rows if offering.channel in r.channels
        ]
    return (str(offering.channel) if cited.field == "channel" else offering.value(cited.field)) == cited.value
