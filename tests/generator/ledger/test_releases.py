"""The day of a release, of many rows that name one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger.releases import believed


def rows(own: dict[str, int], others: dict[str, int]) -> list[tuple[str, bool]]:
    return [
        *((day, True) for day, n in own.items() for _ in range(n)),
        *((day, False) for day, n in others.items() for _ in range(n)),
    ]


@pytest.mark.parametrize(
    ("own", "others", "day"),
    [
        ({"2026-06-30": 1}, {}, "2026-06-30"),
        # A slip in the lab's own row, which no other copies.
        ({"2026-06-29": 2}, {"2026-06-30": 43}, "2026-06-30"),
        # Four say otherwise, or not twice as many: the lab's own row stays.
        ({"2026-06-29": 1}, {"2026-06-30": 4}, "2026-06-29"),
        ({"2026-06-29": 3}, {"2026-06-30": 6}, "2026-06-29"),
        # Nobody's own: what most say, of equals the earliest.
        ({}, {"2026-04-24": 2, "2026-07-31": 2}, "2026-04-24"),
        # A month alone yields to a day of it that three name, and to no other.
        ({"2024-07": 1}, {"2024-07-18": 3, "2024-08-07": 3}, "2024-07-18"),
        ({"2024-09": 1}, {"2024-09-25": 1}, "2024-09"),
        # A month outvotes no day.
        ({"2024-07-18": 1}, {"2024-08": 9}, "2024-07-18"),
    ],
)
def test_the_day_that_counts(own: dict[str, int], others: dict[str, int], day: str) -> None:
    assert believed(rows(own, others)) == day


@given(
    st.lists(
        st.tuples(st.sampled_from(["2026-06", "2026-06-29", "2026-06-30", "2026-07-01"]), st.booleans()),
        min_size=1,
    )
)
def test_it_is_one_that_a_row_names_in_whatever_order(rows: list[tuple[str, bool]]) -> None:
    day = believed(rows)
    assert day in {named for named, _ in rows}
    assert believed(sorted(rows)) == day == believed(rows[::-1])
