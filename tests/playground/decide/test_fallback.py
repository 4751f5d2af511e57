"""A fallback shares nothing with the first, is as able as tests can tell, and costs what is allowed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from playground.ability import Abilities, Ability, Interval
from playground.catalog.prices import Price
from playground.decide.candidate import Candidate
from playground.decide.fallback import as_able, clouds_unknown, fallback, times_dearer
from playground.pricing.coming import ComingBill
from playground.pricing.cost import Bill
from tests.catalogs import offered

FIRST, LEVEL, WEAK, UNTESTED = "openai/first", "anthropic/level", "google/weak", "xai/untested"
MIDDLES = {FIRST: 1.0, LEVEL: 0.9, WEAK: -1.0}
ABLE = Abilities(
    models={
        m: Ability(model=m, general=Interval(low=x - 0.2, middle=x, high=x + 0.2), scores=3, measured=2)
        for m, x in MIDDLES.items()
    }
)


def bill(usd: str) -> Bill:
    return Bill(lines=(), low=Decimal(usd), high=Decimal(usd))


def candidate(model: str, usd: str | None, coming: str = "") -> Candidate:
    provider = model.partition("/")[0]
    return Candidate(
        offering=offered(model, "direct", provider),
        price=Price(),
        verdicts=(),
        bill=bill(usd) if usd else None,
        wished=0,
        coming=(ComingBill(day=date(2026, 12, 1), bill=bill(coming)),) if coming else (),
    )


FIRST_PLACE = candidate(FIRST, "10")


def test_of_whom_no_cloud_is_known_is_named_and_who_may_run_on_several_too() -> None:
    """A pair shares nothing that is known; of two labs' own APIs nobody says whose machines they use."""
    there = [candidate(m, "1").offering for m in (FIRST, LEVEL, WEAK)]
    assert clouds_unknown(*there) == ("openai", "anthropic")
    cloud = offered(LEVEL, "global", "amazon-bedrock")
    assert clouds_unknown(cloud) == ()


@pytest.mark.parametrize(
    ("others", "times", "expected"),
    [
        ([candidate(LEVEL, "20")], "3", LEVEL),
        ([candidate(LEVEL, "20")], "2", LEVEL),
        ([candidate(LEVEL, "20")], "1.5", None),
        ([candidate(LEVEL, "20")], None, LEVEL),
        # Who is surely less able is none, and who is not known to be able neither.
        ([candidate(WEAK, "10"), candidate(LEVEL, "20")], "3", LEVEL),
        ([candidate(UNTESTED, "10")], "3", None),
        # A sum that is unknown is within no factor; an announced price counts already.
        ([candidate(LEVEL, None)], "10", None),
        ([candidate(LEVEL, "10", coming="40")], "3", None),
        ([candidate(LEVEL, "10", coming="40")], "5", LEVEL),
        # The first's own lab and provider are no way out.
        ([candidate("openai/other", "10")], "10", None),
    ],
)
def test_a_fallback_is_apart_as_able_and_affordable(
    others: list[Candidate], times: str | None, expected: str | None
) -> None:
    second = fallback(FIRST_PLACE, others, ABLE, times=Decimal(times) if times else None)
    assert (second.offering.model if second else None) == expected


def test_of_one_line_the_latest_that_costs_no_more_is_the_fallback() -> None:
    old, new, dear = "anthropic/opus-5", "anthropic/opus-5.5", "anthropic/opus-6"
    able = Abilities(models={**ABLE.models, **dict.fromkeys((old, new, dear), ABLE.models[LEVEL])})
    ranked = [candidate(old, "30"), candidate(LEVEL, "10"), candidate(new, "20"), candidate(dear, "50")]
    second = fallback(FIRST_PLACE, ranked, able, times=Decimal(5))
    assert second
    assert second.offering.model == new


def test_the_better_one_is_as_able() -> None:
    assert as_able(WEAK, FIRST, ABLE)
    assert not as_able(FIRST, WEAK, ABLE)


def test_what_costs_nothing_has_no_factor() -> None:
    assert times_dearer(candidate(FIRST, "0"), candidate(LEVEL, "5")) is None
    assert times_dearer(candidate(FIRST, "5"), candidate(LEVEL, "0")) == 0
