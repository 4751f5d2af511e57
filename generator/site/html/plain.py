"""A page's Markdown as programs read it: what lays the page out goes, what says something stays.

The templates mix Markdown with their own HTML; every value in it was escaped, so each tag is theirs.
"""

from __future__ import annotations

import re

#: Drawings, whose figures the tables have, and what a reader clicks.
_DRAWN = re.compile(r'<(figure|svg|button)\b.*?</\1>|<table class="spread">.*?</table>|<!--.*?-->', re.S)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.S)
_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary>", re.S)
_CODE = re.compile(r"<code\b[^>]*>([^<`]*)</code>")
_MARK = re.compile(r"<sup\b[^>]*>([A-Z])</sup>")
_STRONG = re.compile(r"</?(?:strong|b)\b[^>]*>")
_EMPHASIS = re.compile(r"</?(?:em|i)\b[^>]*>")
_ITEM = re.compile(r"<li\b[^>]*>")
_BREAK = re.compile(r"<br\b[^>]*>")
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.S)
#: A link within the page leads nowhere once its anchors are gone.
_WITHIN = re.compile(r"(?<!!)\[([^\[\]]*)\]\(#[^)]*\)")
_LAYOUT = re.compile(r"</?(?:div|details|p|span|small|section|ul|li|time|data|abbr|figure)\b[^>]*>")
#: What one or several sources say, each thing with the letter of its standing.
_CLAIMS = re.compile(r"^- ([^:\n]+): (.*; .*)$", re.M)
_LETTER = re.compile(r" \([A-Z]\)$")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")
#: A heading of a drawing.
_HOLLOW = re.compile(r"^## [^\n]*\n\n(?=## )", re.M)


def plain_markdown(markdown: str) -> str:
    """The page with headings, lists, links and code of Markdown; tables written as HTML stay so."""
    text = _DRAWN.sub("", markdown)
    text = _HEADING.sub(lambda match: f"{'#' * int(match[1])} {match[2].strip()}\n", text)
    text = _SUMMARY.sub(lambda match: f"\n### {match[1].strip()}\n", text)
    text = _MARK.sub(r" (\1)", _CODE.sub(r"`\1`", text))
    text = _ITEM.sub("\n- ", _BREAK.sub("; ", _STRONG.sub("**", _EMPHASIS.sub("*", text))))
    text = _WITHIN.sub(r"\1", _LINK.sub(_link, text))
    text = _CLAIMS.sub(_with_one_letter, _EMPTY_LINES.sub("\n\n", _LAYOUT.sub("", text)).strip())
    return f"{_HOLLOW.sub('', text)}\n"


def _with_one_letter(match: re.Match[str]) -> str:
    """`- source: a (S); b (S)` → `- source (S): a; b`, where all that it says has one standing."""
    who, facts = match[1], match[2].split("; ")
    letters = {fact[-4:] if _LETTER.search(fact) else "" for fact in facts}
    if len(facts) == 1 or len(letters) > 1 or not (letter := letters.pop()):
        return match[0]
    return f"- {who}{letter}: {'; '.join(fact.removesuffix(letter) for fact in facts)}"


def _link(match: re.Match[str]) -> str:
    address, label = match[1], match[2].strip()
    return label if address.startswith("#") else f"[{label}]({address.replace(' ', '%20')})"
