"""The statements that one page cites: a number behind each sentence, and all the words at the page's end."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.curated.statements.guide_statements import GuideStatement, GuideStatements
from generator.views.figures import escape
from generator.views.verdicts.verdict import CITED
from playground.spelling import did_you_mean

#: Where a statement's sentence begins, until the page is whole.
BEGINS = "\x02"


class Citations:
    """Numbers the statements of one page in the order in which it cites them."""

    def __init__(self, statements: GuideStatements) -> None:
        self._statements = statements
        self._numbers: dict[str, int] = {}

    def stated(self, name: str) -> str:
        """The sentence of a statement, without its full stop, and its number. Raises TypeError."""
        if name not in self._statements:
            hint = did_you_mean(name, self._statements)
            raise TypeError(f"there is no statement {name!r} in docs/catalog/statements.yml{hint}")
        says = self._statements[name].says
        return BEGINS + says.replace("'", "’") + self.number(name)

    def numbered(self, text: str) -> str:
        """A text with a number for each statement that it cites."""
        return CITED.sub(lambda cited: self.number(cited[1]), text)

    def number(self, name: str) -> str:
        """The number of a statement, which leads to its words."""
        number = self._numbers.setdefault(name, len(self._numbers) + 1)
        one = self._statements[name]
        title = f"“{one.quote}”" if one.quote else f"unknown; looked for in: {one.looked}"
        return f'<a class="cited" href="#cited-{number}" title="{_attribute(title)}">[{number}]</a>'

    def finished(self, markdown: str) -> str:
        """The page with capitals where a statement begins a sentence, and with all the words it cites."""
        begun = re.sub(rf"(^[\s\-*|]*|[.!?][*\s]+|\|\s*){BEGINS}(.)", _capital, markdown, flags=re.MULTILINE)
        return begun.replace(BEGINS, "") + self.quotes()

    def quotes(self) -> str:
        """All the words that the page cites, folded, with their page and day; empty where it cites none."""
        if not self._numbers:
            return ""
        rows = [_row(self._statements[name], number) for name, number in self._numbers.items()]
        count = f"{len(rows)} statement{'' if len(rows) == 1 else 's'}, each with its page and day"
        head = (
            '<details class="evidence" id="in-their-words">'
            f"<summary>In their words <small>{count}</small></summary>"
        )
        return "\n".join(("", head, '<ol class="cited">', *rows, "</ol>", "</details>", ""))


def _capital(begun: re.Match[str]) -> str:
    return begun[1] + begun[2].upper()


def _row(one: GuideStatement, number: int) -> str:
    if not one.quote:
        shown = f"Unknown. Looked for in: {escape(one.looked)} ({one.read})."
    else:
        host = urlsplit(one.url).netloc.removeprefix("www.")
        dated = f", copy of {one.copy}" if one.copy else ""
        note = f" {escape(one.note[0].upper() + one.note[1:])}." if one.note else ""
        shown = f"“{escape(one.quote)}” {_link(host, one.url)}{dated}, read {one.read}.{note}"
    return f'<li id="cited-{number}">{shown}</li>'


def _link(text: str, url: str) -> str:
    return f'<a href="{_attribute(url)}">{escape(text)}</a>'


def _attribute(text: str) -> str:
    """Text inside quotes of HTML in Markdown, where `|` would end a table's cell."""
    marks = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "*": "&#42;"}
    return "".join(marks.get(c, c) for c in text)
