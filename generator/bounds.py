"""What ids, texts, numbers, days and addresses may be: the grammar and the bounds of all that comes in.

Ids are parts of paths: of files in the catalog and of pages, on every system. So they hold lower-case
letters, digits, dashes and dots only, and no two of them are equal but for case or Unicode normal form.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

#: The longest part of a path, in bytes; an ending or two has room beside it in every file system.
PART_BYTES = 200
#: Characters of a text that is shown, of a name that a source gives a row, and of an address.
TEXT, NAME, URL = 500, 300, 2000
#: Entries of a list, and claims of a row.
ENTRIES, CLAIMS = 200, 1000
#: The largest number: what programs hold in 64 bits.
LARGEST = 2**63 - 1
#: Smaller than this and not zero is no price.
SMALLEST = Decimal("1e-18")
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2100, 12, 31)

_PART = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
#: A page beside another's files, as models/acme/one.md stands beside models/acme/one/, would take its place.
_ENDINGS = re.compile(
    r".*\.(?:html?|md|jsonl?|atom|ics|xml|csv|parquet|txt|m?js|css|map|ya?ml|wasm|gz|br|lock|git)"
)
#: Control characters, halves of surrogate pairs, marks of direction, what no XML may hold, invisible tags.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
#: Of these what is left where lines and columns stay as they are.
_NEVER = re.compile(_UNSEEN.pattern.replace(r"\x00-\x1f", r"\x00-\x08\x0b\x0c\x0e-\x1f", 1))
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
#: An address may begin with a placeholder that its reader fills in.
_PLACEHOLDER = re.compile(r"\$\{\w+\}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@cache
def part_fault(part: str) -> str:
    """Why a text cannot be a part of an id, after `its id`; empty where it can."""
    if not part:
        return "is empty"
    if len(part.encode("utf-8", "replace")) > PART_BYTES:
        return f"is longer than {PART_BYTES} bytes"
    if not _PART.fullmatch(part):
        return "holds more than lower-case letters, digits, dashes and dots between them"
    if _WINDOWS.fullmatch(part):
        return "is a name that Windows keeps for itself"
    if _ENDINGS.fullmatch(part):
        return "ends like a file's name"
    return ""


@cache
def folder_fault(part: str) -> str:
    """As `part_fault`, for a provider or a lab: below their lists, numbers are the lists' own pages."""
    return part_fault(part) or ("is a number" if part.isdecimal() else "")


@cache
def model_fault(model: str) -> str:
    """Why a text cannot be a model's id (`lab/name`); empty where it can."""
    lab, slash, name = model.partition("/")
    if fault := folder_fault(lab):
        return f"its lab's id {fault}"
    if not slash or (fault := part_fault(name)):
        return f"its name {fault if slash else 'is missing'}"
    return ""


def offering_fault(provider: str, model: str, version: str, variant: str) -> str:
    """Why these cannot be the parts of an offering's key; empty where they can."""
    if fault := folder_fault(provider):
        return f"its provider's id {fault}"
    return _sold_fault(model, version, variant)


@cache
def _sold_fault(model: str, version: str, variant: str) -> str:
    if fault := model_fault(model):
        return fault
    for what, part in (("version", version), ("variant", variant)):
        if part and (fault := part_fault(part)):
            return f"its {what} {fault}"
    return ""


def has_other_letters(name: str) -> bool:
    """Whether a name has letters or digits that no id has, so that two names might become one id."""
    return not name.isascii() and any(c.isalnum() and not c.isascii() for c in name)


def has_unseen(text: str) -> bool:
    """Whether a text has characters that nobody sees: control characters, marks of direction and the like."""
    return _UNSEEN.search(text) is not None


def seen(text: str) -> str:
    """The text without them; line breaks and tabs become spaces."""
    if not has_unseen(text):
        return text
    return _UNSEEN.sub("", _BREAKS.sub(" ", text)).strip()


def shown(text: str) -> str:
    """As `seen`, but lines stay lines: for pages, feeds and terminals."""
    return _NEVER.sub("", text)


def escaped_json(text: str) -> str:
    """JSON in which what nobody sees is written out; JSON asks that of the first 32 characters only."""
    return _NEVER.sub(lambda m: json.dumps(m[0])[1:-1], text)


def cell(value: Any) -> Any:
    """A cell of CSV; a text that a spreadsheet would run as a formula begins with a quote, numbers stay."""
    return f"'{value}" if isinstance(value, str) and value[:1] in _FORMULA else value


def shortened(text: str, most: int = TEXT) -> str:
    """The text, cut where it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def number_fault(number: Any) -> str:
    """Why a number is none that a source could mean; empty where it could."""
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return "a number that is none"
    if isinstance(number, Decimal) and not number.is_finite():
        return "a number that is not finite"
    if number < 0:
        return "a number below zero"
    if number > LARGEST:
        return "a number beyond 2^63"
    return "a number too small to be one" if 0 < number < SMALLEST else ""


def day_fault(day: date) -> str:
    """Why a day is none of a model's life; empty where it is one."""
    return "" if FIRST_DAY <= day <= LAST_DAY else "a day outside 2015 to 2100"


def written_day_fault(text: str) -> str:
    """As `day_fault`, for a day, a month or a year as a source writes it; what is none is no fault."""
    if not (match := _DAY.fullmatch(text)):
        return ""
    return "" if FIRST_DAY.year <= int(match[1]) <= LAST_DAY.year else day_fault(date.min)


def is_address(text: Any) -> bool:
    """Whether it is an address on the web that can be linked, of http or https."""
    return isinstance(text, str) and _is_address(text)


@lru_cache(maxsize=65_536)  # a source cites one page in most of its rows
def _is_address(text: str) -> bool:
    if len(text) > URL or has_unseen(text) or text != text.strip():
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_api_address(text: Any) -> bool:
    """As `is_address`, or one whose host is left to the reader: `${GATEWAY}/v1`."""
    if not isinstance(text, str):
        return False
    return is_address(text) or (
        is_address(_PLACEHOLDER.sub("host", text))
        or is_address(f"https://{_PLACEHOLDER.sub('host', text, count=1)}")
        if _PLACEHOLDER.match(text)
        else False
    )
