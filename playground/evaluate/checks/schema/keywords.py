"""What the keywords of JSON Schema ask that need no other schema: types, numbers, texts, sizes.

Each gives what is wrong with a value, in words, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from playground.evaluate.checks.check import ArgumentError, quoted
from playground.evaluate.checks.pattern import fits
from playground.evaluate.checks.patterns.simulated import UndecidedError
from playground.evaluate.checks.schema.equal import is_number, marked, same
from playground.json_text import write_json

#: Digits of a number that is compared.
_EXPONENT = 5000

TYPES: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": is_number,
    "integer": lambda value: is_number(value) and exact(value).denominator == 1,
}


def exact(value: Any) -> Fraction:
    """A number without rounding. Raises UndecidedError for one that is too large to be written out."""
    if isinstance(value, Decimal) and abs(value.adjusted()) > _EXPONENT:
        raise UndecidedError(f"a number has more than {_EXPONENT:,} digits")
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def shown(value: Any) -> str:
    """A value as a fault quotes it."""
    if isinstance(value, Decimal):
        return str(value)
    try:
        return quoted(write_json(value), 60)
    except TypeError:
        return "it"


def _type(wanted: Any, value: Any) -> str:
    types = wanted if isinstance(wanted, list) else [wanted]
    if any(TYPES[name](value) for name in types):
        return ""
    return f"{shown(value)} is not of type {' or '.join(types)}"


def _enum(wanted: Any, value: Any) -> str:
    return "" if any(same(value, one) for one in wanted) else f"{shown(value)} is none of {shown(wanted)}"


def _const(wanted: Any, value: Any) -> str:
    return "" if same(value, wanted) else f"{shown(value)} is not {shown(wanted)}"


def _multiple(wanted: Any, value: Any) -> str:
    fits_in = exact(value) / exact(wanted)
    return "" if fits_in.denominator == 1 else f"{shown(value)} is no multiple of {shown(wanted)}"


def _bound(holds: Callable[[Fraction, Fraction], bool], what: str) -> Callable[[Any, Any], str]:
    def fault(wanted: Any, value: Any) -> str:
        return "" if holds(exact(value), exact(wanted)) else f"{shown(value)} is not {what} {shown(wanted)}"

    return fault


def _size(noun: str, *, least: bool) -> Callable[[Any, Any], str]:
    def fault(wanted: Any, value: Any) -> str:
        count = len(value)
        if count >= wanted if least else count <= wanted:
            return ""
        return f"{shown(value)} has {count} {noun}, {'fewer' if least else 'more'} than {wanted}"

    return fault


def _pattern(wanted: Any, value: Any) -> str:
    # A pattern may fit anywhere, and is JavaScript's.
    return "" if fits(value, wanted, javascript=True) else f"{shown(value)} has nothing like {quoted(wanted)}"


def _unique(wanted: Any, value: Any) -> str:
    if not wanted or len(set(map(marked, value))) == len(value):
        return ""
    return f"{shown(value)} has an entry twice"


def _required(wanted: Any, value: Any) -> str:
    absent = [name for name in wanted if name not in value]
    return f"{quoted(absent[0], 40)} is missing" if absent else ""


def _dependent(wanted: Any, value: Any) -> str:
    for name, needed in wanted.items():
        if name in value and (fault := _required(needed, value)):
            return f"{fault}, which {quoted(name, 40)} needs"
    return ""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _list(value: Any) -> bool:
    return isinstance(value, list)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


def _anything(_: Any) -> bool:
    return True


#: A keyword → which values it says something of, and what is wrong with one.
KEYWORDS: Mapping[str, tuple[Callable[[Any], bool], Callable[[Any, Any], str]]] = {
    "type": (_anything, _type),
    "enum": (_anything, _enum),
    "const": (_anything, _const),
    "multipleOf": (is_number, _multiple),
    "minimum": (is_number, _bound(lambda a, b: a >= b, "at least")),
    "maximum": (is_number, _bound(lambda a, b: a <= b, "at most")),
    "exclusiveMinimum": (is_number, _bound(lambda a, b: a > b, "more than")),
    "exclusiveMaximum": (is_number, _bound(lambda a, b: a < b, "less than")),
    "minLength": (_text, _size("characters", least=True)),
    "maxLength": (_text, _size("characters", least=False)),
    "pattern": (_text, _pattern),
    "minItems": (_list, _size("entries", least=True)),
    "maxItems": (_list, _size("entries", least=False)),
    "uniqueItems": (_list, _unique),
    "minProperties": (_object, _size("names", least=True)),
    "maxProperties": (_object, _size("names", least=False)),
    "required": (_object, _required),
    "dependentRequired": (_object, _dependent),
}


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _whole(value: Any) -> bool:
    return is_number(value) and exact(value).denominator == 1 and value >= 0


#: What a keyword's own value must be.
FORMS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "type": (
        lambda v: all(isinstance(n, str) and n in TYPES for n in (v if isinstance(v, list) else [v])),
        f"one of {', '.join(TYPES)}, or a list of them",
    ),
    "enum": (_list, "a list"),
    "multipleOf": (lambda v: is_number(v) and v > 0, "a number above 0"),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), (is_number, "a number")),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        (_whole, "a whole number, 0 or more"),
    ),
    "pattern": (_text, "a regular expression"),
    "uniqueItems": (TYPES["boolean"], "true or false"),
    "required": (_names, "a list of names"),
    "dependentRequired": (
        lambda v: _object(v) and all(map(_names, v.values())),
        "an object of lists of names",
    ),
}


def refuse_form(keyword: str, value: Any) -> None:
    """Raise ArgumentError where a keyword's value is not of its form."""
    form = FORMS.get(keyword)
    if form and not form[0](value):
        raise ArgumentError(f"the schema's {keyword} is {shown(value)}; write {form[1]}")
    if keyword == "pattern":
        fits("", value, javascript=True)
