"""Numbers as people write them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from playground.evaluate.checks.numbers import numbers_in
from tests.playground.evaluate.checks.verdicts import outcomes, verdict


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The answer is 42.", [42]),
        ("It is 1,234.5 in all, not 1,234", ["1234.5", 1234]),
        ("1,234,567.89", ["1234567.89"]),
        ("12,34,567 rupees", [1234567]),
        ("1\u202f234\u202f567 or 1'234 or 1_000", [1234567, 1234, 1000]),
        ("from 1,2,3 to 4, 5", [1, 2, 3, 4, 5]),
        ("-5, −5, – 5, +5, $-5, -$5, -$ 5", [-5, -5, -5, 5, -5, -5, -5]),
        ("10-20 items of GPT-4 and v2", [10, 20]),
        ("$3.50, €2, 7 USD, US$9, £1,000.00", ["3.5", 2, 7, 9, 1000]),
        ("3/4 and 1 1/2 and ½ and 2½", ["3/4", "3/2", "1/2", "5/2"]),
        (".5 and 0.5 and x.5", [".5", "0.5"]),
        ("1.2.3 and 3/4/2024 and 12:30 and 10.0.0.1", []),
        ("1e6, 1.5E-3, 1.5 × 10^6, 2 x 10^-3, 3×10⁵, 10^6", ["1e6", "1.5e-3", "1.5e6", "2e-3", "3e5", 10]),
        ("1.2 million, 3k, 2.5M, 4bn, 5 m, 3 billion", ["1.2e6", 3000, "2.5e6", "4e9", 5, "3e9"]),
        ("1e99999999 and 1e401", []),
        ("(42) [7] =8 x=9", [42, 7, 8, 9]),
        ("**42** and `13` and $\\frac{1}{2}$", [42, 13, 1, 2]),
        ("1/0", []),
        ("٣", [3]),
        ("no number, x2y, e5", []),
        ("12 %, 5%, 3 percent, 4 per cent", [12, 5, 3, 4]),
        ("The ratio is 3:2.", []),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, values: list[Any]) -> None:
    assert [number.value for number in numbers_in(text)] == [Fraction(value) for value in values]


def test_a_comma_may_come_before_decimals() -> None:
    assert [n.value for n in numbers_in("1.234,5 und 2,5 und 3.000", "comma")] == [
        Fraction("1234.5"),
        Fraction("2.5"),
        3000,
    ]


@pytest.mark.parametrize(
    ("arguments", "good", "bad"),
    [
        ({"value": 42}, ["42.", "It is 42", "7 and then 42.0"], ["42 and then 7", "41.9", "none", ""]),
        ({"value": "1,000", "which": "first"}, ["1000 of 2000", "$1,000.00"], ["2000 of 1000"]),
        ({"value": 5, "which": "only"}, ["5", "five or 5"], ["5 of 6", "6"]),
        ({"value": 5, "which": "any"}, ["1, 5, 9"], ["1, 50"]),
        ({"value": "100", "absolute": "0.5"}, ["100.5", "99.5"], ["100.51"]),
        ({"value": "100", "relative": "5 %"}, ["105", "95"], ["105.1", "94.9"]),
        ({"value": "-100", "relative": 0.05}, ["-105"], ["-105.1", "105"]),
        ({"value": "100", "absolute": 1, "relative": "5%"}, ["105"], ["106"]),
        ({"value": "12 %"}, ["12%", "0.12", "12"], ["0.12 %", "120"]),
        ({"value": "0.12"}, ["12 %", "0.12"], ["12"]),
        ({"value": "1/3", "absolute": "0.001"}, ["0.3333", "1/3"], ["0.33"]),
        ({"value": "0.1", "absolute": "0.2"}, ["0.3"], ["0.30000000001"]),
        ({"value": 2.5, "decimal": "comma"}, ["2,5", "2,50"], ["25", "2.5"]),
    ],
)
def test_a_number_is_near_or_not(arguments: dict[str, Any], good: list[str], bad: list[str]) -> None:
    assert outcomes("number", good, **arguments) == [True] * len(good)
    assert outcomes("number", bad, **arguments) == [False] * len(bad)


def test_a_verdict_quotes_the_number_and_the_tolerance() -> None:
    made = verdict("number", "about $1,300", value="1,234.5", relative="5 %")
    assert made.reason == "has “$1,300”, not “1,234.5” within 5 %"
    assert verdict("number", "x", value="one").reason == (
        "the check cannot be used: value is “one”; write one number"
    )
