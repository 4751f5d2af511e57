"""Parts of an entry of the catalog that are decoded when they are first looked at.

What is wrong with one is an error then, which names file, entry and next step as if it had been read at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, overload

import msgspec
from msgspec import Raw

from generator.errors import CatalogError
from playground.catalog import PriceSpan, Score
from playground.catalog.codec import score_from_json
from playground.catalog.fact_json import CodecError, only_record, spans_from_json

FIX = "restore it (git checkout) or make the catalog again: almanac refresh --pinned"
ANY = msgspec.json.Decoder(float_hook=Decimal)
_ROWS = msgspec.json.Decoder(dict[str, Raw])


class Unread[V](Mapping[str, V]):
    """Entries by name, each decoded when it is first looked at, which raises CatalogError for a wrong one."""

    # Of ten thousand offerings nobody looks at most: without a dictionary of its own each is made sooner.
    __slots__ = ("_at", "_decode", "_part", "_raw", "_read")

    def __init__(self, part: str, raw: Raw, decode: Callable[[str, Raw, str], V], at: str) -> None:
        self._part = part
        self._raw = raw
        self._decode = decode
        self._at = at
        self._read: dict[str, Any] | None = None

    @property
    def _rows(self) -> dict[str, Any]:
        if self._read is None:
            self._read = rows_of(self._part, self._raw, self._at)
        return self._read

    def __getitem__(self, name: str) -> V:
        row = self._rows[name]
        if type(row) is Raw:
            row = self._rows[name] = self._decode(name, row, self._at)
        return row  # type: ignore[no-any-return]

    def get(self, name: str, default: Any = None) -> Any:
        """As for every mapping, without an exception on the way: most fields are unknown most of the time."""
        return self[name] if name in self._rows else default

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class OnlyRecord[V]:
    """Decodes an entry's facts, which may leave out its only record; the records are read once a fact is."""

    __slots__ = ("_decode", "_label", "_records")

    def __init__(self, records: Raw, decode: Callable[[str, str, Raw, str], V]) -> None:
        self._records = records
        self._decode = decode
        self._label: str | None = None

    def __call__(self, name: str, raw: Raw, at: str) -> V:
        if self._label is None:
            self._label = only_record(rows_of("records", self._records, at))
        return self._decode(self._label, name, raw, at)


class UnreadList[V](Sequence[V]):
    """A list, decoded when it is first looked at; that raises CatalogError where it is wrong."""

    def __init__(self, raw: Raw, decode: Callable[[Raw, str], tuple[V, ...]], at: str) -> None:
        self._raw = raw
        self._decode = decode
        self._at = at

    @cached_property
    def _entries(self) -> tuple[V, ...]:
        return self._decode(self._raw, self._at)

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[V]: ...
    def __getitem__(self, place: int | slice) -> V | Sequence[V]:
        return self._entries[place]

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._entries == tuple(other)


def spans_of(raw: Raw, at: str) -> tuple[PriceSpan, ...]:
    """A price history. Raises CatalogError naming the entry, as all here do."""
    return checked(spans_from_json, value_of(raw, at), at)


def scores_of(runs: Mapping[str, Any], raw: Raw, at: str) -> tuple[Score, ...]:
    """A model's scores, by the runs that they name. Raises CatalogError naming the entry."""
    rows = value_of(raw, at)
    if not isinstance(rows, list):
        raise fault(CodecError(f"{at}: scores: must be a list, it is {rows!r:.60}"))
    return tuple(checked(score_from_json, row, at, runs) for row in rows)


def rows_of(part: str, raw: Raw, at: str) -> dict[str, Raw]:
    """The entries of an object by their names, undecoded; `part` is what the object is called."""
    try:
        return _ROWS.decode(raw)
    except msgspec.ValidationError:
        raise fault(CodecError(f"{at}: {part}: must be an object, it is {value_of(raw, at)!r:.60}")) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{at}: is not valid JSON ({error}); {FIX}") from error


def value_of(raw: Raw, at: str) -> Any:
    """Plain values, with numbers that have a point as Decimal."""
    try:
        return ANY.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{at}: is not valid JSON ({error}); {FIX}") from error


#: What a decoder raises where the JSON is not of the catalog's form.
WRONG = (CodecError, ValueError, TypeError)


def checked[**P, T](decode: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a decoder makes of its arguments."""
    try:
        return decode(*args, **kwargs)
    except WRONG as error:
        raise fault(error) from error


def fault(error: Exception) -> CatalogError:
    """What a decoder found wrong, with the next step."""
    return CatalogError(
        f"{error}; restore the file (git checkout) or make the catalog again: almanac refresh --pinned"
    )
