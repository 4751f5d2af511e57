"""Of the claims of one field, which makes the fact, and what it says of those that do not."""

from __future__ import annotations

from decimal import Decimal

from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Standing, Support
from tests.generator.ledger.claimed import FRESH, OLD, notes, w

WINDOW = "window.off-peak"
DAYS = "Mo-Fr 16:30-24:30"
DAYS_AND_HOLIDAYS = "Mo-Fr 16:30-24:30; PH 00:00-24:00"


def test_of_the_same_hours_those_are_chosen_that_say_most_of_the_days() -> None:
    for first, second in ((DAYS, DAYS_AND_HOLIDAYS), (DAYS_AND_HOLIDAYS, DAYS)):
        fact = choose_claim(WINDOW, [w("genai-prices", first), w("litellm", second)], "deepseek")
        assert fact.value == DAYS_AND_HOLIDAYS


def test_equal_claims_of_other_sorts_of_value_or_other_rows_lend_a_fact_nothing() -> None:
    """A fact is made once for claims that are alike: a number is then no yes, and a row no other's."""
    for value in (1, Decimal(1), "yes", Support.YES, 1):
        for names in (("litellm", "models-dev"), ("litellm#2", "models-dev")):
            group = [w(name.partition("#")[0], value, record=name) for name in names]
            fact = choose_claim("open_weights", group, "acme")
            assert type(fact.value) is type(value)
            assert [claim.record for claim in fact.claims] == list(names)
            assert [type(claim.value) for claim in fact.claims] == [type(value)] * 2


def test_of_equal_values_of_two_sorts_the_first_sources_is_taken() -> None:
    group = [w("models-dev", Decimal(128_000)), w("litellm", 128_000)]
    for claims in (group, group[::-1]):
        first = choose_claim("context_tokens", claims, "acme")
        assert type(first.value) is type(choose_claim("context_tokens", group, "acme").value)
        assert first.standing == Standing.AGREED


def test_other_hours_do_not_count_however_much_they_say() -> None:
    other = "Mo-Fr 01:00-09:00; Sa-Su 00:00-24:00; PH 00:00-24:00"
    fact = choose_claim(WINDOW, [w("litellm", DAYS), w("pi-ai", other)], "deepseek")
    assert fact.value == DAYS
    assert fact.standing == Standing.DISPUTED
    assert notes(fact) == {"litellm": "", "pi-ai": "disagrees"}


def test_a_row_that_has_since_been_taken_over_makes_no_dispute() -> None:
    claims = [w("models-dev", "beta", as_of=OLD), w("pi-ai", "live", as_of=FRESH)]
    fact = choose_claim("status", claims, "xai")
    assert fact.value == "live"
    assert fact.standing == Standing.SINGLE
    assert notes(fact) == {"models-dev": "stale", "pi-ai": ""}
    assert f"pi-ai has since taken over the row of models-dev of {OLD}" in fact.reason
