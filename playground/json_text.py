"""JSON at the border: read with bounds, so that no text can stop Python, and written so that all can read it.

In WebAssembly `json.loads` of 100,000 brackets ends the whole interpreter, and no exception tells of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

#: Lists and objects within each other: no provider and no export comes near it.
DEPTH = 200
#: The largest line, frame or file that is read, in bytes: memory stays bounded.
SIZE = 16 * 1024 * 1024
#: Whole numbers of more digits are refused by Python's own reading and writing of text.
_DIGITS = 4000
_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def _finite(text: str) -> float | None:
    number = float(text)
    return number if isfinite(number) else None


def _exact(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:  # its exponent has more digits than Decimal takes
        return None


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _held(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise NumberError(text)
    return number


def _held_whole(text: str) -> int:
    _held(text)
    return int(text)


def _no_number(name: str) -> None:
    raise NumberError(name)


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=lambda _: None)
_EXACT = json.JSONDecoder(parse_float=_exact, parse_constant=lambda _: None)
_STRICT = json.JSONDecoder(parse_float=_exact, parse_constant=_refused)
_HELD = json.JSONDecoder(parse_float=_held, parse_int=_held_whole, parse_constant=_no_number)
#: A text, or what stands as a number; texts come first, so that a number in one is none.
_TEXT_OR_NUMBER = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:NaN|Infinity|\d[\d.eE+-]*)', re.S)
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class NumberError(ValueError):
    """A number that a value cannot hold (NaN, 1e400, one of 400 digits), as it is written."""


def read_json(text: str, *, exact: bool = False, halves: bool = False) -> Any:
    """The value. What is no number in JSON (NaN, 1e400) is None, half a character is U+FFFD.

    `exact` reads fractions as Decimal, for money; `halves` leaves half characters, for texts in pieces.
    Raises ValueError, in words, for what is no JSON or nested more than DEPTH deep.
    """
    return _read(text, _EXACT if exact else _DECODER, halves=halves)


def strict_json(text: str) -> Any:
    """The value as `read_json` has it exactly, where all of it is JSON: NaN and Infinity are none.

    Raises ValueError, in words.
    """
    return _read(text, _STRICT, halves=False)


def read_numbers_held(text: str, *, line: int = 1) -> Any:
    """The value as `read_json` has it, where each of its numbers is one: none is silently None.

    `line` is that of a file in which the text begins. Raises ValueError, in words, and NumberError with the
    place of the first number that is none.
    """
    try:
        return _read(text, _HELD, halves=False)
    except NumberError as error:
        written = str(error)
        raise NumberError(f"{_place_of(written, text, line)} has {no_number(written)}") from error


def no_number(written: str) -> str:
    """Why what is written cannot be taken as a number, and what to write."""
    shown = written if len(written) <= 20 else f"{written[:12]}… ({len(written):,} characters)"
    if written.lstrip("+-.")[:1].isdecimal():
        return f"{shown}, larger than any number here; write it as a text"
    return f"{shown}, which is no number; write null or a text"


def _place_of(number: str, text: str, line: int) -> str:
    start = next(match.start() for match in _TEXT_OR_NUMBER.finditer(text) if match[0] == number)
    return f"line {line + text.count(chr(10), 0, start)}, column {start - text.rfind(chr(10), 0, start)}"


def _read(text: str, decoder: json.JSONDecoder, *, halves: bool) -> Any:
    if text.count("[") + text.count("{") > DEPTH and _too_deep(text):
        raise ValueError(f"JSON nested more than {DEPTH} deep")
    try:
        value = decoder.decode(text)
    except NumberError:
        raise
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    return value if halves or ("\\ud" not in text and "\\uD" not in text) else sound(value)


def _too_deep(text: str) -> bool:
    # What stands in strings is dropped, and then one level after the other, the innermost first.
    outside = text.replace("\\\\", "").replace('\\"', "").split('"')[::2]
    brackets = _NO_BRACKETS.sub("", "".join(outside))
    for level in range(DEPTH + 1):
        left = brackets.replace("[]", "").replace("{}", "")
        if left == brackets:
            # What is never closed or closed wrongly is no JSON, but it would be read as deep as it goes.
            return level + left.count("[") + left.count("{") > DEPTH
        brackets = left
    return True


def write_json(value: Any) -> str:
    """The value as one line of JSON that every reader takes, whatever numbers and texts are in it."""
    try:
        text = _ENCODER.encode(value)
    except ValueError:  # a number that JSON does not have, or one without end
        return _ENCODER.encode(sound(value))
    return text if text.isascii() or not _SURROGATE.search(text) else _ENCODER.encode(sound(value))


def sound(value: Any) -> Any:
    """The same without what JSON or UTF-8 cannot hold: NaN and the like are None, half characters U+FFFD."""
    match value:
        case str():
            return sound_text(value)
        case float():
            return value if isfinite(value) else None
        case int() if not isinstance(value, bool):
            return value if abs(value) < 10**_DIGITS else None
        case Mapping():
            return {sound(name): sound(entry) for name, entry in value.items()}
        case list() | tuple():
            return [sound(entry) for entry in value]
        case _:
            return value


def sound_text(text: str) -> str:
    """The text with its halves of characters joined, and U+FFFD for those that stand alone."""
    if text.isascii() or not _SURROGATE.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def cut_text(text: str) -> tuple[str, str]:
    """A text that may go on: what of it is sound, and the half character at its end, if it has one."""
    if text.isascii() or not text or not "\ud800" <= text[-1] <= "\udbff":
        return sound_text(text), ""
    return sound_text(text[:-1]), text[-1]


def texts_in(value: Any, *, names: bool = True, numbers: bool = False) -> Iterator[str]:
    """Every text in a value of JSON: names of fields too, or not, and numbers as text where they count."""
    match value:
        case str():
            yield value
        case bool():
            pass
        case int() | float() if numbers:
            yield str(value)
        case Mapping():
            for name, entry in value.items():
                if names:
                    yield str(name)
                yield from texts_in(entry, names=names, numbers=numbers)
        case list() | tuple():
            for entry in value:
                yield from texts_in(entry, names=names, numbers=numbers)
        case _:
            pass
