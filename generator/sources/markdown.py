"""Tables of Markdown pages as vendors publish them, and what their cells say: names, days, numbers of tokens.

Pages are written by people and by programs: cells hold links, code, footnotes, emphasis, dashes that look
like hyphens. A table stands under headings, which say what its rows have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

#: A table ends at an empty line or where another block begins.
_ENDS = re.compile(r"\s*$|\s{0,3}(?:#{1,6} |>|```|~~~|[-*+] |<)")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
#: More than this of one cell nobody wrote.
_CELL = 4000
_SAME = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"), "\u00a0": " ", "\u202f": " "}
    | dict.fromkeys("\u200b\u200c\u200d\ufeff", "")
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d\d-\d\d)\b|\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>\d{{4}})\b|\b(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<us>\d{1,2}/\d{1,2}/\d{4})\b"
)
_MONTH_ALONE = re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<year>\d{{4}})\b|\b(?P<iso>\d{{4}}-\d\d)\b(?!-)")
#: Words for "not before".
EARLIEST = re.compile(r"no earlier|not earlier|no sooner|not sooner|not before|at earliest|^earliest", re.I)
_NOTHING = re.compile(
    r"-*|n/?a|none|tbd|tba|unknown|not applicable|to be (?:determined|announced)|(?:no|not) .*\bannounced\b.*"
    r"|not (?:yet )?scheduled|unscheduled",
    re.I,
)
_TOKENS = re.compile(r"(\d[\d,]{0,14}(?:\.\d{1,3})?)\s*([km])?\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the headings above it, the outermost first, its head in plain words, its cells as written."""

    headings: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(text: str) -> Iterator[Table]:
    """Every table of a page but those inside code blocks."""
    lines = re.split(r"\r?\n", text)
    headings: dict[int, str] = {}
    fence = ""
    i = 0
    while i < len(lines):
        line = lines[i]
        if mark := _FENCE.match(line):
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence and (heading := _HEADING.match(line)):
            level = len(heading[1])
            headings = {n: text for n, text in headings.items() if n < level}
            headings[level] = plain(heading[2])
        elif not fence and "|" in line and i + 1 < len(lines) and _is_rule(lines[i + 1]):
            end = i + 2
            while end < len(lines) and not _ENDS.match(lines[end]):
                end += 1
            yield Table(
                headings=tuple(headings[n] for n in sorted(headings)),
                heads=tuple(plain(cell).replace("`", "").lower() for cell in cells(line)),
                rows=tuple(tuple(cells(row)) for row in lines[i + 2 : end]),
            )
            i = end
            continue
        i += 1


def _is_rule(line: str) -> bool:
    return "|" in line and len(line) < _CELL and _RULE.fullmatch(line) is not None


def cells(line: str) -> list[str]:
    """A row's cells as written; an escaped bar is part of a cell."""
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    parts = re.split(r"(?<!\\)\|", inner)
    return [part.replace("\\|", "|").strip()[:_CELL] for part in parts]


def plain(cell: str) -> str:
    """A cell's text without links, footnotes, emphasis and escapes; names in code keep their marks."""
    text = cell.translate(_SAME)
    text = re.sub(r"<sup>[^<]*</sup>|\[\^\w+\]|\^\[[^()]*\]\([^()]*\)\^?", "", text)
    text = re.sub(r"<br\s*/?>", "; ", text)
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|<>~-])", r"\1", text)
    text = re.sub(r"<[^<>]*>|\*\*|__|(?<!\w)\*|\*(?!\w)|[\u2020\u2021]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def says_nothing(cell: str) -> bool:
    """Whether a cell is empty, or says in words that nothing is known or set."""
    return _NOTHING.fullmatch(plain(cell).strip(". ")) is not None


def columns(heads: tuple[str, ...], known: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """Where each column that `known` describes stands; of two alike the first."""
    where: dict[str, int] = {}
    for place, head in enumerate(heads):
        name = next((n for n, pattern in known.items() if pattern.search(head)), None)
        if name:
            where.setdefault(name, place)
    return where


def days(text: str) -> list[date]:
    """The days that a text names, in the order in which it names them."""
    named = []
    for match in _DAY.finditer(text.translate(_SAME)):
        part = match.groupdict()
        if part["iso"]:
            day = _date(part["iso"], "%Y-%m-%d")
        elif part["us"]:
            day = _date(part["us"], "%m/%d/%Y")
        else:
            month = (part["month"] or part["month2"])[:3]
            year, number = part["year"] or part["year2"], part["day"] or part["day2"]
            day = _date(f"{number} {month} {year}", "%d %b %Y")
        if day:
            named.append(day)
    return named


def months(text: str) -> list[date]:
    """The first days of the months that a text names without a day."""
    text = _DAY.sub(" ", text.translate(_SAME))
    named = []
    for match in _MONTH_ALONE.finditer(text):
        written = match["iso"] or f"{match['month'][:3]} {match['year']}"
        if day := _date(written, "%Y-%m" if match["iso"] else "%b %Y"):
            named.append(day)
    return named


def _date(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def tokens(text: str) -> int | None:
    """The first number of tokens in a text: `1,050,000`, `272K`, `1M tokens`; None where there is none."""
    match = _TOKENS.search(text.translate(_SAME))
    if match is None:
        return None
    factor = {"": 1, "k": 1000, "m": 1_000_000}[(match[2] or "").lower()]
    count = Decimal(match[1].replace(",", "")) * factor
    return int(count) if count == int(count) else None
