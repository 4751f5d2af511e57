"""Claims within the bounds: what was looked at once stands for its like, and for nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.sources.bounds import admitted
from generator.sources.records import FieldClaim, SourceRecord, support_claim
from playground.catalog import Capability, Effort


def record(number: int, value: Any) -> SourceRecord:
    claim = FieldClaim(field="context_tokens", value=value)
    return SourceRecord(source="litellm", id=f"r{number}", provider="p", model=f"m{number}", claims=(claim,))


@pytest.mark.parametrize("odd", [True, 1.0, [1], {"at": 1}, Decimal("sNaN")])
def test_a_number_does_not_let_through_what_only_equals_it(odd: Any) -> None:
    good, bad = admitted([record(1, 1), record(2, odd)])
    assert not good.left_out
    assert bad.left_out.startswith("a number that is")


def test_equal_numbers_stay_as_their_sources_write_them() -> None:
    values: list[Any] = [1000, Decimal("1000.0"), Decimal("1E+3")]
    rows = admitted(record(i, value) for i, value in enumerate(values))
    assert [repr(row.claims[0].value) for row in rows] == [*map(repr, values)]


def test_a_fault_is_found_each_time_and_a_name_is_cleaned_each_time() -> None:
    assert [r.left_out for r in admitted([record(1, -1), record(2, -1)])] == ["a number below zero"] * 2
    named = FieldClaim(field="name", value="A\u200bB")
    rows = [SourceRecord(source="litellm", id=n, provider="p", model=n, model_claims=(named,)) for n in "ab"]
    assert [row.model_claims[0].value for row in admitted(rows)] == ["AB", "AB"]


def test_an_ability_and_an_effort_are_claimed_apart() -> None:
    claims = {support_claim(each, yes).field for each in (*Capability, *Effort) for yes in (True, False)}
    assert claims == {*(f"can.{c}" for c in Capability), *(f"effort.{e}" for e in Effort)}
