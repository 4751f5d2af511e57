"""A pattern as JavaScript reads it (without flags), written for Python.

They differ in what `.`, `$`, `\\d`, `\\w`, `\\s` and `\\b` stand for and in how groups are named. What Python
cannot say is refused.
"""

from __future__ import annotations

import re

from playground.evaluate.checks.check import ArgumentError, quoted

#: What JavaScript calls white space, and what ends its lines.
_SPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_OUTSIDE = {
    ".": r"[^\n\r\u2028\u2029]",
    "$": r"\Z",
    r"\s": f"[{_SPACE}]",
    r"\S": f"[^{_SPACE}]",
    r"\d": "[0-9]",
    r"\D": "[^0-9]",
    r"\w": "[A-Za-z0-9_]",
    r"\W": "[^A-Za-z0-9_]",
    r"\b": r"(?a:\b)",
    r"\B": r"(?a:\B)",
    "[^]": r"(?s:.)",
    "[]": "(?!)",
}
_INSIDE = {r"\d": "0-9", r"\w": "A-Za-z0-9_", r"\s": _SPACE, r"\b": r"\x08", "[": r"\["}
#: A class that holds a kind of letter and all others is any letter.
_ANY = re.compile(r"\[(?:\\s\\S|\\S\\s|\\d\\D|\\D\\d|\\w\\W|\\W\\w)\]")
_SIGN = re.compile(
    r"\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|k<\w+>|[pP]\{[^}]*\}|.)"
    r"|\(\?<(?![=!])|\(\?[-ims]+:|\[\^?\]|\{,\d*\}|.",
    re.S,
)


def as_python(pattern: str) -> str:
    """The pattern for Python. Raises ArgumentError for what it cannot say."""
    out: list[str] = []
    inside = False
    for piece in re.split(rf"({_ANY.pattern})", pattern):
        if not inside and _ANY.fullmatch(piece):
            out.append("(?s:.)")
            continue
        for sign in _SIGN.findall(piece):
            if not inside and sign == "[":
                inside = True
                out.append(sign)
            elif inside and sign == "]":
                inside = False
                out.append(sign)
            else:
                out.append(_inside(sign) if inside else _outside(sign))
    return "".join(out)


def _outside(sign: str) -> str:
    if sign == "(?<":
        return "(?P<"
    if sign.startswith(r"\k<"):
        return f"(?P={sign[3:-1]})"
    if sign.startswith("{,"):
        return re.escape(sign)  # only Python counts from nothing
    return _OUTSIDE.get(sign) or _escaped(sign)


def _inside(sign: str) -> str:
    if sign in (r"\S", r"\D", r"\W"):
        raise ArgumentError(f"the pattern has {quoted(sign)} within brackets; write its letters there")
    return _INSIDE.get(sign) or _escaped(sign)


def _escaped(sign: str) -> str:
    if not sign.startswith("\\") or len(sign) < 2:
        return sign
    letter = sign[1]
    if letter in "pP" and len(sign) > 2:
        raise ArgumentError(f"the pattern has {quoted(sign)}, which cannot be read here; write its letters")
    if letter == "u" and sign[2:3] == "{":
        return _letter(int(sign[3:-1], 16))
    if letter == "c" and len(sign) == 3:
        return _letter(ord(sign[2]) % 32)
    if letter == "0":
        return r"\x00"
    if letter in "nrtfv" or letter.isdigit() or len(sign) > 2:
        return sign
    return re.escape(letter)  # any other letter stands for itself


def _letter(number: int) -> str:
    if number > 0x10FFFF:
        raise ArgumentError(f"the pattern has the character {number:x}, which Unicode does not have")
    return f"\\U{number:08x}"
