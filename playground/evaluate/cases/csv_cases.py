"""A table of cases as CSV, TSV or pasted cells: the first line names the variables, each other is a case."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from playground.errors import RequestError
from playground.evaluate.evaluation import Case
from playground.evaluate.evaluation_json import MOST_CASES

if TYPE_CHECKING:
    from _csv import Reader

#: Characters: a cell may be as long as a whole document.
LONGEST = 16 * 1024 * 1024
MOST_COLUMNS = 1000
#: The line by which Excel is told what parts the cells.
_SEPARATOR = re.compile(r"\Asep=(.)(\r?\n|$)", re.I)
#: Marks of direction, joiners and the like: a name with one is no name that can be typed.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def cases_of_table(text: str) -> tuple[Case, ...]:
    """The table's cases. Raises RequestError naming the line that is not of the form."""
    rows = _rows(text)
    _, first = next(rows, (0, None))
    if first is None:
        raise RequestError("the table is empty; its first line names the columns, each other line is a case")
    head = _head(first)
    cases: list[Case] = []
    for line, cells in rows:
        if len(cases) == MOST_CASES:
            raise RequestError(f"it has more than {MOST_CASES:,} cases; part it into files")
        if len(cells) > len(head):
            raise RequestError(
                f"line {line} has {len(cells)} cells and the first line names {len(head)} columns; "
                "put text that holds the separator into quotation marks"
            )
        variables = dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True))
        cases.append(Case(name=str(len(cases) + 1), variables=variables))
    if not cases:
        raise RequestError("the table names its columns and has no case; add a line for each case")
    return tuple(cases)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of its last line."""
    mark = separator(text)
    # Excel's line becomes an empty one: those below keep their numbers.
    plain = _SEPARATOR.sub(lambda excels: excels[2], text.lstrip("\ufeff"), count=1)
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=mark)
    before = last = 0
    while (row := _row(reader)) is not None:
        before, last = last, reader.line_num
        if any(cell.strip() for cell in row):
            yield reader.line_num, row
    lines = io.StringIO(plain, newline="").readlines()
    _refuse_open_cell("".join(lines[before:]), before + 1, mark)


def _refuse_open_cell(row: str, line: int, mark: str) -> None:
    """Refuse a last row whose quotation mark nothing closes: all the file below it would be one cell."""
    try:
        list(csv.reader(io.StringIO(row, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise RequestError(
                f"line {line} opens a quotation mark that nothing closes, so all below it would be one cell; "
                'close it, or write it twice ("") where the text itself has one'
            ) from error


def _row(reader: Reader) -> list[str] | None:
    """The next row; None at the end. The module's own limit of a cell stays for others."""
    before = csv.field_size_limit(LONGEST)
    try:
        return next(reader, None)
    except csv.Error as error:
        raise RequestError(f"line {reader.line_num} cannot be read as a table ({error})") from error
    finally:
        csv.field_size_limit(before)


def separator(text: str) -> str:
    """What parts the cells: what Excel's own line names, else a tab, semicolon or comma of the first."""
    if named := _SEPARATOR.match(text.lstrip("\ufeff")):
        return named[1]
    first = text.lstrip("\ufeff").lstrip().partition("\n")[0]
    counts = {mark: first.count(mark) for mark in ("\t", ";", ",")}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","


def _head(cells: Sequence[str]) -> list[str]:
    if len(cells) > MOST_COLUMNS:
        raise RequestError(f"the first line names {len(cells):,} columns; at most {MOST_COLUMNS:,} are read")
    names = [cell.strip() for cell in cells]
    for place, name in enumerate(names):
        if not name:
            raise RequestError(f"column {place + 1} has no name; give every column a name in the first line")
        if unseen := _UNSEEN.search(name):
            raise RequestError(
                f"the name of column {place + 1} has a character that nobody sees (U+{ord(unseen[0]):04X}); "
                "type the name anew"
            )
        if name in names[:place]:
            raise RequestError(f"two columns are called {name!r}; give each a name of its own")
    return names
