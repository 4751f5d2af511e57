"""A fact is read back from its line as it was, whoever says it and whatever its line leaves out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Claim, Fact, Standing
from playground.catalog.fact_json import fact_from_json, fact_to_json, only_record

LABELS = ("litellm", "litellm#2", "models-dev")
VALUES = st.sampled_from((Decimal("0.5"), Decimal(2)))
DAYS = st.sampled_from((None, date(2026, 8, 16)))
NOTES = st.sampled_from(("", "disagrees", "suspect: far off"))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A fact whose claims without a note say its value; one without a value has only claims with one."""
    value = draw(st.none() | VALUES)
    claims = []
    for label in draw(st.lists(st.sampled_from(LABELS), unique=True)):
        note = draw(NOTES) if value is not None else "suspect: far off"
        says = draw(VALUES) if note or value is None else value
        claims.append(Claim(record=label, value=says, since=draw(DAYS), note=note))
    claims.sort(key=lambda claim: (claim.note != "", claim.value, claim.note))
    return Fact(value=value, standing=draw(st.sampled_from(Standing)), claims=tuple(claims))


@given(facts(), st.sampled_from(("", *LABELS)))
def test_a_fact_is_read_back_as_it_was(fact: Fact, only: str) -> None:
    """Claims of one value and note stand together, so their order among each other is not kept."""
    back = fact_from_json("price.input", fact_to_json(fact, only), "here", only)
    assert (back.value, back.standing) == (fact.value, fact.standing)
    assert sorted(back.claims, key=repr) == sorted(fact.claims, key=repr)


def test_the_only_record_goes_without_saying() -> None:
    said = Fact(
        value=Decimal(2),
        standing=Standing.SINGLE,
        claims=(Claim(record="litellm", value=Decimal(2)),),
    )
    unsaid = Fact(value=Decimal(2), standing=Standing.SINGLE)
    assert fact_to_json(said, only_record(["litellm"])) == {"value": Decimal(2)}
    assert fact_to_json(said, only_record(LABELS)) == {"value": Decimal(2), "by": ["litellm"]}
    assert fact_to_json(said) == {"value": Decimal(2), "by": ["litellm"]}
    assert fact_to_json(unsaid, "litellm") == {"value": Decimal(2), "by": []}


def test_a_day_and_another_standing_are_written_out() -> None:
    dated = Claim(record="litellm", value=Decimal(2), since=date(2026, 8, 16))
    fact = Fact(value=Decimal(2), standing=Standing.SINGLE, claims=(dated,))
    assert fact_to_json(fact, "litellm")["by"] == ["litellm@2026-08-16"]
    overridden = Fact(
        value=Decimal(2), standing=Standing.OVERRIDDEN, claims=(Claim(record="litellm", value=Decimal(2)),)
    )
    assert fact_to_json(overridden, "litellm") == {
        "value": Decimal(2),
        "standing": "overridden",
        "by": ["litellm"],
    }
