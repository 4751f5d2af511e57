"""The ways in which a text may be read: as it stands, in plain letters, with what is escaped in it read, and
what is packed in it by base64 or in hexadecimal.

generator/web/playground/keys/readings.js reads the same; a test holds both to one answer.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Collection

#: So often what is escaped, and what is packed, may be so again.
_ESCAPED, _PACKED = 5, 3
#: Letters that no normal form makes plain: the first and the last of each row, and what the first stands for.
_ROWS = (
    *((0x2776, 0x277E, "1"), (0x2780, 0x2788, "1"), (0x278A, 0x2792, "1")),  # circled digits
    *((0x1F150, 0x1F169, "A"), (0x1F170, 0x1F189, "A"), (0x1F1E6, 0x1F1FF, "A")),  # white on black, flags
    (0xE0021, 0xE007E, "!"),  # tags, which nobody sees
)
_PLAIN = {
    point: ord(stands) + point - first for first, last, stands in _ROWS for point in range(first, last + 1)
}
_FORMS = re.compile(r"[^\x00-\x7f]+")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){0,3599}")
_BACKSLASH = re.compile(
    r"\\{1,16}(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|[bfnrtv])"
)
_HEX_REFERENCE = re.compile(r"&#[xX]([0-9A-Fa-f]{1,8});?")
_REFERENCE = re.compile(r"&#([0-9]{1,8});?")
_NAME = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
#: Named characters of HTML that begin or end an escape.
_NAMED = {"amp": "&", "bsol": "\\", "num": "#", "percnt": "%", "semi": ";"}
_LETTER = re.compile(r"([A-Za-z])(?:scr|opf|fr)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{20,8000}")
_HEX = re.compile(r"[0-9A-Fa-f]{20,8000}")
_HEX_APART = re.compile(r"[0-9A-Fa-f]{2}(?:[ :,\n-][0-9A-Fa-f]{2}){9,4000}")
_ONE_ALPHABET = str.maketrans("-_", "+/")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def readings(text: str) -> list[str]:
    """The text as it is, in plain letters, with its escapes read, and what is packed in it."""
    every: list[str] = []
    for _ in range(_PACKED):
        if not text:
            break
        texts = _as_written(text)
        every += texts
        text = _unpacked(texts)
    return every


def _as_written(text: str) -> list[str]:
    every = {text: None}
    for _ in range(_ESCAPED):
        before = len(every)
        letters = _plain(text)
        text = _unescaped(letters)
        every |= {letters: None, text: None}
        if len(every) == before:
            break
    return list(every)


def _plain(text: str) -> str:
    """The text in the letters of ASCII that others are forms of, without all the rest."""
    return text if text.isascii() else _FORMS.sub(_letters, text)


def _letters(forms: re.Match[str]) -> str:
    return unicodedata.normalize("NFKD", forms[0].translate(_PLAIN)).encode("ascii", "ignore").decode()


def _unescaped(text: str) -> str:
    """The text without the escapes of URLs, JSON, JavaScript, Python and HTML."""
    text = _PERCENT.sub(lambda run: _from_hex(run[0].replace("%", "")), text)
    text = _BACKSLASH.sub(_character, text)
    text = _HEX_REFERENCE.sub(_character, text)
    text = _REFERENCE.sub(lambda match: _point(int(match[1])), text)
    text = _NAME.sub(_named, text)
    # Two escapes may be the halves of one character.
    return _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _character(match: re.Match[str]) -> str:
    code = match[match.lastindex] if match.lastindex else ""
    return _point(int(code, 16)) if code else " "


def _point(point: int) -> str:
    return chr(point) if point <= 0x10FFFF else ""


def _named(match: re.Match[str]) -> str:
    letter = _LETTER.fullmatch(match[1])
    return _NAMED.get(match[1]) or (letter[1] if letter else " ")


def _unpacked(texts: Collection[str]) -> str:
    """What is packed in these texts, a line each."""
    runs = dict.fromkeys(run for text in texts for run in _BASE64.findall(text))
    digits = dict.fromkeys(row for run in runs for row in _HEX.findall(run))
    digits |= dict.fromkeys(
        re.sub("[^0-9A-Fa-f]", "", row) for text in texts for row in _HEX_APART.findall(text)
    )
    return "\n".join([*map(_from_base64, runs), *map(_from_hex, digits)])


def _from_hex(digits: str) -> str:
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace")


def _from_base64(run: str) -> str:
    whole = run.translate(_ONE_ALPHABET)[: len(run) - (len(run) % 4 == 1)]
    return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode("utf-8", "replace")
