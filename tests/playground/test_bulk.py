"""Values made by columns are those that the constructor makes."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from playground.bulk import made


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something with a field of each sort."""

    name: str
    rooms: int = 1
    notes: dict[str, str] = field(default_factory=dict)


def test_made_values_are_as_constructed() -> None:
    assert made(Place, 2, name=["a", "b"], rooms=iter([3, 4])) == [
        Place(name="a", rooms=3),
        Place(name="b", rooms=4),
    ]
    assert made(Place, 0) == []


def test_defaults_that_are_made_are_not_shared() -> None:
    one, other = made(Place, 2, name="ab")
    one.notes["x"] = "y"
    assert not other.notes
    assert one.rooms == 1


def test_a_made_value_stays_frozen() -> None:
    (one,) = made(Place, 1, name="a")
    with pytest.raises(AttributeError):
        one.name = "b"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({}, TypeError),
        ({"name": ["a", "b"], "size": [1, 2]}, TypeError),
        ({"name": ["a"]}, ValueError),
        ({"name": ["a", "b", "c"]}, ValueError),
    ],
)
def test_columns_that_do_not_fit_are_an_error(
    columns: dict[str, list[object]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        made(Place, 2, **columns)
