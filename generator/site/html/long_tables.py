"""Long tables: a page shows as many rows as are light to show; the others stand on pages of their own.

A page's script brings the others in when a reader asks for them, opens the fold they are in, sorts or
searches (web/site/rest.mjs). Without a script a link leads to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: The most elements and bytes of a page's body; the theme around it has 250 elements and 12 kB.
ELEMENTS, BYTES = 4_200, 225_000
#: What stands in place of rows that are elsewhere, in elements and bytes.
_LINKED = (3, 150)
#: Rows that an open table shows at least.
LEAST = 10
_TABLE = re.compile(r"<table>(?P<head>.*?<tbody>)(?P<rows>.*?)(?P<end></tbody>\s*</table>)", re.S)
_ROW = re.compile(r"\s*<tr>.*?</tr>\s*", re.S)
_NAME = re.compile(r"<summary>(.*?)</summary>|<h[12][^>]*>(.*?)</h[12]>", re.S)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _Cut:
    """Rows that a table does not show: its number on the page, what it is called, its head, the rows."""

    table: int
    name: str
    head: str
    rows: list[str]


def split(body: str, path: str, title: str, elements: int = ELEMENTS) -> tuple[str, dict[str, str]]:
    """The body as it is light to show, and the bodies of the pages with the other rows, by their addresses.

    Links in it begin at the site's root; `path` is the page's address from there, `elements` the most that
    the first page may have.
    """
    if _elements(body) <= elements and len(body) <= BYTES:
        return body, {}
    shown = _TABLE.sub(r"\g<head>\g<end>", body)
    tables = len(_TABLE.findall(body))
    left = [elements - _elements(shown) - tables * _LINKED[0], BYTES - len(shown) - tables * _LINKED[1]]
    cuts: list[_Cut] = []

    def shorten(match: re.Match[str]) -> str:
        rows = _ROW.findall(match["rows"])
        keep = _fitting(rows, left, 0 if _folded(body, match.start()) else LEAST)
        if keep == len(rows):
            return match[0]
        number = len(cuts)
        cuts.append(_Cut(number, _name(body, match.start()), match["head"], rows[keep:]))
        table = f"<table>{match['head']}{''.join(rows[:keep])}{match['end']}"
        return f"{_SHOWN}{number}>{table}{_LINK}{number}"

    shown = _TABLE.sub(shorten, body)
    pages: dict[str, str] = {}
    at: dict[int, list[str]] = {}
    for number, parts in enumerate(_chunks(cuts), 2):
        address = f"{path}{number}/"
        pages[address] = _continued(parts, path, title)
        for part in parts:
            at.setdefault(part.table, []).append(address)
    for cut in reversed(cuts):  # 12 before 1
        links = at[cut.table]
        rest = f'<p class="rest" data-pages="{" ".join(links)}"><a href="{links[0]}">'
        rest += f"{'The' if len(cut.rows) > 1 else 'One'} {_more(cut)}</a></p></div>"
        shown = shown.replace(f"{_LINK}{cut.table}", rest, 1)
        shown = shown.replace(f"{_SHOWN}{cut.table}>", f'<div class="long" data-table="{cut.table}">', 1)
    return shown, pages


_SHOWN, _LINK = "\x00shown ", "\x00link "


def _more(cut: _Cut) -> str:
    n = len(cut.rows)
    return f"other {n:,} rows" if n > 1 else "row more"


def _fitting(rows: list[str], left: list[int], least: int) -> int:
    """How many rows fit into the elements and bytes that are left, which are taken from them."""
    for n, row in enumerate(rows):
        left[0] -= _elements(row)
        left[1] -= len(row)
        if n >= least and min(left) < 0:
            left[:] = [0, 0]
            return n
    return len(rows)


def _chunks(cuts: list[_Cut]) -> Iterator[list[_Cut]]:
    """The cut rows in pages' worth."""
    parts: list[_Cut] = []
    left = [ELEMENTS, BYTES]
    for cut in cuts:
        rows = cut.rows
        while rows:
            left[0] -= _elements(cut.head)
            left[1] -= len(cut.head)
            n = _fitting(rows, left, 0 if parts else 1)
            if n:
                parts.append(_Cut(cut.table, cut.name, cut.head, rows[:n]))
            if n < len(rows):
                yield parts
                parts, left = [], [ELEMENTS, BYTES]
            rows = rows[n:]
    if parts:
        yield parts


def _continued(parts: list[_Cut], path: str, title: str) -> str:
    body = [f'<h1>{title}, continued</h1>\n<p><a href="{path}">The first page</a></p>\n']
    for part in parts:
        body.append(f"<h2>{part.name}</h2>\n")
        body.append(f'<div class="long" data-table="{part.table}"><table>{part.head}')
        rows = "".join(part.rows).replace('href="#', f'href="{path}#')
        body.append(f"{rows}</tbody></table></div>\n")
    return "".join(body)


def _folded(body: str, at: int) -> bool:
    return body.count("<details", 0, at) > body.count("</details>", 0, at)


def _name(body: str, at: int) -> str:
    """What stands above a place: the fold's summary or the heading."""
    above = [m[1] or m[2] for m in _NAME.finditer(body, 0, at)]
    return _TAG.sub("", above[-1]).strip() if above else ""


def _elements(html: str) -> int:
    return html.count("<") - html.count("</")
