"""Numbers as people write them, and whether an answer's number is near enough to one.

Read: signs, separators of thousands, decimals, fractions (3/4, 1 1/2, ½), per cent, currencies, thousand to
trillion (also 5k, 2.5M, 3bn), powers of ten (1e6, 1.5 × 10^6). Not read: numbers in letters, dates, versions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from playground.evaluate.checks.arguments import choice_of, text_of
from playground.evaluate.checks.check import Answer, ArgumentError, Field, Verdict, failed, passed, quoted

WHICH = Field(
    name="which",
    label="Which number of the answer",
    kind="choice",
    choices={"last": "the last", "first": "the first", "only": "the only one", "any": "any"},
)
DECIMAL = Field(
    name="decimal",
    label="Decimals come after",
    kind="choice",
    choices={"point": "a point (1,234.5)", "comma": "a comma (1.234,5)"},
)
#: Digits of a number and its power of ten: beyond it nobody means a number.
_DIGITS = 400
_SPACES = "\u00a0\u2009\u202f'’_"
_SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "m": 6,
    "mn": 6,
    "billion": 9,
    "b": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_CURRENCY = r"(?:[$€£¥₹]|(?:US|A|C)\$|(?:USD|EUR|GBP|JPY|CHF)\b)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a text: its value without a per cent sign, whether it has one, and as it is written."""

    value: Fraction
    percent: bool
    text: str


def _pattern(point: str, comma: str) -> re.Pattern[str]:
    """Numbers with that decimal sign; each piece of text belongs to one part, so that it never explodes."""
    separators = re.escape(comma)
    grouped = rf"\d{{1,3}}(?:(?:{separators}\d{{3}})+|(?:{separators}\d{{2}})+{separators}\d{{3}})(?!\d)"
    spaced = rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)"
    whole = rf"(?:{grouped}|{spaced}|\d+)"
    decimals = re.escape(point)
    return re.compile(
        rf"(?<![\w./^])(?<!\d:)(?<![^\W\d_][-−–])(?P<sign>[-+−–]\s?)?(?:{_CURRENCY}\s?)?(?P<inner>[-−])?"
        rf"(?:(?P<mixed>\d+)\s(?=\d+/\d))?"
        rf"(?P<digits>{whole}(?:{decimals}\d+)?|{decimals}\d+)?"
        rf"(?:/(?P<below>\d+)(?![\d/]))?"
        rf"(?P<vulgar>[¼½¾⅐-⅞])?"
        rf"(?:e(?P<power>[-+]?\d+)|\s?[×x*]\s?10(?:\^?(?P<times>[-−]?\d+)|(?P<raised>[⁻⁰¹²³⁴-⁹]+)))?"
        rf"(?:\s?(?P<percent>%|per\s?cent\b|pct\b)"
        rf"|\s(?P<scale>thousand|million|billion|trillion)\b|(?P<letter>k|mn?|bn?|tn)\b)?",
        re.I,
    )


_READ = {"point": _pattern(".", ","), "comma": _pattern(",", ".")}


def numbers_in(text: str, decimal: str = "point") -> list[Number]:
    """The numbers in the text, in their order; `decimal` is the sign before decimals: point or comma."""
    return list(_numbers(text, decimal))


def _numbers(text: str, decimal: str) -> Iterator[Number]:
    for match in _READ[decimal].finditer(text):
        if not (match["digits"] or match["vulgar"]):
            continue
        rest = text[match.end() : match.end() + 2]
        # A letter or another point and digit: a version, a date, an id.
        if re.match(r"\w|[./:]\d", rest) or len(match[0]) > _DIGITS:
            continue
        if (value := _value(match, decimal)) is not None:
            yield Number(value=value, percent=bool(match["percent"]), text=match[0].strip())


def _value(match: re.Match[str], decimal: str) -> Fraction | None:
    digits = match["digits"] or "0"
    digits = re.sub(rf"[{_SPACES}{',' if decimal == 'point' else '.'}]", "", digits).replace(",", ".")
    value = Fraction(digits)
    if below := match["below"]:
        if not int(below) or "." in digits:
            return None
        value /= int(below)
    if match["mixed"]:
        value += int(match["mixed"])
    if match["vulgar"]:
        above, _, under = unicodedata.normalize("NFKC", match["vulgar"]).partition("⁄")
        value += Fraction(int(above), int(under))
    power = int(match["power"] or (match["times"] or "0").replace("−", "-"))
    if match["raised"]:
        power = int(match["raised"].translate(_SUPERSCRIPT))
    power += _SCALES.get((match["scale"] or match["letter"] or "").lower(), 0)
    if abs(power) > _DIGITS:
        return None
    value *= Fraction(10) ** power
    negative = (match["sign"] or match["inner"] or "").strip() in ("-", "−", "–") or bool(match["inner"])
    return -value if negative and value else value


def number_within(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer's number is the value, give or take a tolerance; the greater of two counts.

    12 % is 12 and 0.12: where only one of the two has a per cent sign, either reading may fit.
    """
    decimal = choice_of(arguments, DECIMAL)
    expected = _one(arguments, "value", decimal)
    absolute = _tolerance(arguments, "absolute", decimal)
    relative = _tolerance(arguments, "relative", decimal)
    there = numbers_in(answer.text, decimal)
    if not there:
        return failed(f"has no number: {quoted(answer.text)}")
    which = choice_of(arguments, WHICH)
    if which == "only" and len(there) > 1:
        return failed(f"has {len(there)} numbers, first {quoted(there[0].text)}, not one")
    looked = there if which == "any" else [there[-1 if which == "last" else 0]]
    close = [number for number in looked if _near(number, expected, absolute, relative)]
    wanted = quoted(text_of(arguments, "value"))
    if close:
        return passed(f"has {quoted(close[0].text)}, which is {wanted}{_slack(absolute, relative)}")
    seen = quoted(looked[0].text) if len(looked) == 1 else f"{len(looked)} numbers"
    return failed(f"has {seen}, not {wanted}{_slack(absolute, relative)}")


def _near(number: Number, expected: Number, absolute: Fraction, relative: Fraction) -> bool:
    pairs = [(number.value, expected.value)]
    if number.percent != expected.percent:
        shares = [n.value / 100 if n.percent else n.value for n in (number, expected)]
        pairs.append((shares[0], shares[1]))
    return any(abs(a - b) <= max(absolute, relative * abs(b)) for a, b in pairs)


def _one(arguments: Mapping[str, Any], name: str, decimal: str) -> Number:
    text = text_of(arguments, name)
    value = arguments[name]
    # A number of JSON has a point, whatever the answers have.
    there = numbers_in(text, "point" if isinstance(value, int | float) else decimal)
    if len(there) != 1:
        raise ArgumentError(f"{name} is {quoted(text, 40)}; write one number", argument=name)
    return there[0]


def _tolerance(arguments: Mapping[str, Any], name: str, decimal: str) -> Fraction:
    if arguments.get(name) in (None, ""):
        return Fraction(0)
    number = _one(arguments, name, decimal)
    if number.value < 0:
        raise ArgumentError(f"{name} is {number.text}; write a number, 0 or more", argument=name)
    return number.value / 100 if number.percent else number.value


def _slack(absolute: Fraction, relative: Fraction) -> str:
    given = [f"{float(absolute):g}"] if absolute else []
    given += [f"{float(100 * relative):g} %"] if relative else []
    return f" within {' or '.join(given)}" if given else ""
