"""What linters of scripts and sheets do not ask.

No type passes as all, no fault is ignored without reason, and a class is one thing: where two sheets of a
page style one name, the rules of each fall on the other's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FOLDERS = ("generator/web", "tests", "docs")
ENDINGS = {".js", ".mjs", ".ts"}
#: A comment, or a text, which may hold anything; of a comment what stands in braces is a type.
_PART = re.compile(r"/\*.*?\*/|//[^\n]*|`(?:\\.|[^`\\])*`|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
_TYPE = re.compile(r"@(?:type|param|returns?|typedef|property|this|template|satisfies)\s*(?=\{)")
#: Not a field that is called so.
_ANY = re.compile(r"\bany\b(?!\??:)|\{\*\}|(?<![\w.])(?:Function|Object)(?![\w.(<])")
_IGNORED = re.compile(
    r"@ts-(?:ignore|nocheck)|(?:@ts-expect-error|eslint-disable[\w-]*|prettier-ignore)\b(.*)"
)

WEB = Path("generator/web")
#: Sheets that one page loads together.
PAGES = (
    ("almanac.css", "playground.css", "evaluate.css"),
    ("almanac.css", "choose/choose.css"),
    ("almanac.css", "explorer/explorer.css"),
)
#: Names that two sheets of a page have, since they are the same thing in both.
SAME = {
    *("actions", "area", "bar", "compared", "filters", "matrix-scroll", "plot", "row", "scatter"),
    *("act", "evidence", "letter", "main", "md-button", "md-typeset", "quiet", "times", "track", "wide"),
}


def faults(text: str, *, typed: bool) -> Iterator[str]:
    """What a script says that it may not; `typed` is one whose code is types all over (`.d.ts`)."""
    for part in _PART.findall(text):
        if part.startswith(("/*", "//")):
            for match in _IGNORED.finditer(part):
                if not (match[1] or "").partition("--")[2].strip(" */"):
                    yield match[0].strip(" */")
            plain = re.sub(r"\"[^\"]*\"|'[^']*'", "", part)
            for match in _TYPE.finditer(plain):
                yield from _ANY.findall(_braced(plain[match.end() :]))
    if typed:
        yield from _ANY.findall(_PART.sub('""', text))


def _braced(text: str) -> str:
    """The first part in braces, with what is in braces within it."""
    depth = 0
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if not depth:
            return text[: at + 1]
    return text


def scripts() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in Path(folder).rglob("*"):
            own = not {"node_modules", "files"} & set(path.parts)
            if path.suffix in ENDINGS and own and path.is_file():
                yield path


def test_no_script_has_a_type_that_is_none_or_an_ignored_fault_without_its_reason() -> None:
    found = {
        str(path): wrong
        for path in scripts()
        if (wrong := [*faults(path.read_text("utf-8"), typed=path.name.endswith(".d.ts"))])
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("/** @type {any} */ let a;", False),
        ("/** @param {Record<string, any>} a */ function f(a) {}", False),
        ("/** @param {string} a @returns {{ b: any[] }} */ const f = g;", False),
        ("/** @param {*} a */ const f = g;", False),
        ("/** @type {Function} */ let f;", False),
        ("// @ts-ignore\nlet a;", False),
        ("// @ts-expect-error\nlet a;", False),
        ("// eslint-disable-next-line no-eval\nlet a;", False),
        ("export interface A { b: any; }", True),
    ],
)
def test_each_of_these_is_seen(text: str, typed: bool) -> None:
    assert [*faults(text, typed=typed)]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("/** How many of any sort. @param {string} any */ const f = g;", False),
        ("// eslint-disable-next-line no-eval -- the page's own text\nlet a;", False),
        ('/** @type {"all" | "any" | number} */ let a;', False),
        ("export interface A { any: string; b?: { any?: null } }", True),
        ('export type Needed = "all" | "any" | number; // any of them', True),
    ],
)
def test_none_of_these_is(text: str, typed: bool) -> None:
    assert [*faults(text, typed=typed)] == []


def classes(css: str) -> set[str]:
    """The names of classes in a sheet's selectors."""
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def test_no_two_sheets_of_a_page_style_two_things_by_one_name() -> None:
    styled = {name: classes((WEB / name).read_text("utf-8")) for name in {*itertools.chain(*PAGES)}}
    pairs = [pair for sheets in PAGES for pair in itertools.combinations(sheets, 2)]
    assert set().union(*(styled[one] & styled[other] for one, other in pairs)) == SAME


def test_a_rule_within_a_condition_and_a_list_are_read_and_a_comment_and_a_number_are_not() -> None:
    css = "/* .no */ @media (max-width: 44.9em) { a:is(.one, .two-2):not(.three) { margin: .5em } }"
    assert classes(css) == {"one", "two-2", "three"}
