"""Prices that a source dates: those of today are claims, and all of them history, in each mode."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from generator.sources import BY_ID
from tests.generator.sources.fixtures import values


def test_a_price_that_starts_later_does_not_hold_yet() -> None:
    raw = json.dumps(
        [
            {
                "id": "p",
                "name": "P",
                "models": [
                    {
                        "id": "m",
                        "prices": [
                            {"prices": {"input_mtok": 1}},
                            {
                                "constraint": {"start_date": "2027-01-01"},
                                "prices": {"input_mtok": {"base": 2, "tiers": [{"start": 9, "price": 3}]}},
                            },
                        ],
                        "price_variants": [
                            {
                                "when": {"processing": "batch"},
                                "prices": {"input_mtok": usd},
                                "constraint": {"start_date": day},
                            }
                            for day, usd in (("2027-01-01", 1), ("2026-10-14", "0.5"))
                        ],
                    }
                ],
            }
        ]
    )
    (row,) = BY_ID["genai-prices"].parse(raw.encode())
    assert values(row, date(2026, 10, 1)) == {"price.input": 1}
    batch = {"price.batch.input": Decimal(1)}
    assert values(row, date(2027, 1, 1)) == {"price.input": 2, "price.input>9": 3, **batch}
    assert [(str(s.start), s.mode, dict(s.usd or {})) for s in row.history] == [
        ("None", "standard", {"input": 1}),
        ("2027-01-01", "standard", {"input": 2, "input>9": 3}),
        ("2026-10-14", "batch", {"input": Decimal("0.5")}),
        ("2027-01-01", "batch", {"input": 1}),
    ]
