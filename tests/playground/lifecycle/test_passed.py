"""The status of what is past its last day of service, as of a reader's day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from playground.catalog import Claim, Fact, Standing
from playground.lifecycle.outlook import Stage, outlook_of
from playground.lifecycle.passed import on_day
from tests.catalogs import committed, source_state

TODAY = date(2026, 11, 27)


def told(today: date = TODAY, read: date = TODAY, **facts: str) -> Fact | None:
    """The status on a day, of an offering of which `litellm` says this, `model-prices` its status."""
    some = next(o for o in committed().offerings if o.provider == "openai")
    claims = {
        name: Fact(
            value=value,
            standing=Standing.SINGLE,
            claims=(Claim(record="model-prices" if name == "status" else "litellm", value=value),),
        )
        for name, value in facts.items()
    }
    sources = {name: source_state(name, read) for name in ("litellm", "model-prices")}
    catalog = replace(committed(), offerings=(replace(some, facts=claims),), sources=sources)
    return on_day(catalog, today).offerings[0].facts.get("status")


def test_past_its_last_day_it_is_retired() -> None:
    fact = told(retires="2026-11-26")
    assert fact is not None
    assert (fact.value, fact.standing) == ("retired", Standing.SINGLE)
    assert [c.record for c in fact.claims] == ["litellm"]
    assert fact.reason == "its last day of service was 2026-11-26"


def test_on_its_last_day_it_is_not() -> None:
    assert told(retires="2026-11-27") is None
    fact = told(retires="2026-11-27", status="deprecated")
    assert fact is not None
    assert fact.value == "deprecated"


def test_a_source_that_was_read_later_and_lists_it_otherwise_disputes_it() -> None:
    later = told(retires="2026-11-01", status="deprecated", read=date(2026, 11, 2))
    before = told(retires="2026-11-01", status="deprecated", read=date(2026, 10, 31))
    assert later is not None
    assert before is not None
    assert (later.value, later.standing) == ("retired", Standing.DISPUTED)
    assert (before.value, before.standing) == ("retired", Standing.SINGLE)
    assert [c.note for c in (*later.claims, *before.claims)] == ["", "disagrees", "", "stale"]


def test_what_a_source_calls_retired_stays_as_it_is() -> None:
    fact = told(retires="2026-11-01", status="retired")
    assert fact is not None
    assert fact.reason == ""


def test_status_and_outlook_say_the_same_of_the_whole_catalog() -> None:
    catalog = on_day(committed(), TODAY)
    assert [o.key for o in catalog.offerings] == [o.key for o in committed().offerings]
    for offering in catalog.offerings:
        retired = outlook_of(offering, TODAY).stage == Stage.RETIRED
        assert retired == (offering.value("status") == "retired"), offering.key
