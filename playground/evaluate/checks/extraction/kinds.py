"""The kinds of extraction: how each takes a part of an answer's text. A row in EXTRACTIONS for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground.evaluate.checks.arguments import choice_of, text_of
from playground.evaluate.checks.check import ArgumentError, Field, quoted
from playground.evaluate.checks.extraction.json_path import at_path, json_in
from playground.evaluate.checks.numbers import numbers_in
from playground.evaluate.template import as_text

#: Gives the part, or raises Nothing.
type Extract = Callable[[str, Mapping[str, Any]], str]


class NothingThereError(Exception):
    """The answer has no such part; says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracting:
    """A kind of extraction as the page offers it."""

    name: str
    label: str
    extract: Extract
    fields: tuple[Field, ...] = ()


_WHICH = Field(
    name="which",
    label="If there are several",
    kind="choice",
    choices={"last": "the last", "first": "the first"},
)
_FENCE = re.compile(r"[ \t]{0,100}(`{3,100}|~{3,100})(?![`~])[ \t]{0,100}([^\s`]{0,100})")


def _chosen(there: list[str], arguments: Mapping[str, Any], what: str) -> str:
    if not there:
        raise NothingThereError(what)
    return there[-1 if choice_of(arguments, _WHICH) == "last" else 0]


def _code(text: str, arguments: Mapping[str, Any]) -> str:
    language = text_of(arguments, "language", "").strip().lower()
    blocks = [code for name, code in _blocks(text) if not language or name == language]
    return _chosen(blocks, arguments, f"no code block in {language}" if language else "no code block")


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The code blocks of Markdown, each with its language: line by line, so that no text takes long."""
    fence, name, lines = "", "", list[str]()
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if not fence:
            if match:
                fence, name, lines = match[1], match[2].lower(), []
        elif match and match[1].startswith(fence) and line.strip() == match[1]:
            yield name, "".join(lines)
            fence = ""
        else:
            lines.append(line)
    if fence and lines:
        yield name, "".join(lines)  # the answer was cut off


def _after(text: str, arguments: Mapping[str, Any]) -> str:
    marker = text_of(arguments, "marker", "Answer:").strip()
    place = text.casefold().rfind(marker.casefold())
    # Folding may change how long a text is; then the letters themselves are looked for.
    if text[place : place + len(marker)].casefold() != marker.casefold():
        place = text.rfind(marker)
    if not marker or place < 0:
        raise NothingThereError(f"no {quoted(marker)}")
    rest = text[place + len(marker) :].strip().removeprefix("**").strip()
    if not arguments.get("whole"):
        rest = rest.partition("\n")[0]
    return rest.strip().removesuffix("**").strip()


def _json(text: str, arguments: Mapping[str, Any]) -> str:
    path = text_of(arguments, "path")
    try:
        value = json_in(text)
    except ValueError:
        raise NothingThereError("no JSON") from None
    there = at_path(value, path)
    if not there:
        raise NothingThereError(f"nothing at {quoted(path)} in its JSON")
    return as_text(there[0] if len(there) == 1 else there)


def _number(text: str, arguments: Mapping[str, Any]) -> str:
    return _chosen([number.text for number in numbers_in(text)], arguments, "no number")


def _tag(text: str, arguments: Mapping[str, Any]) -> str:
    tag = text_of(arguments, "tag", "answer").strip().strip("<>/")
    if not re.fullmatch(r"[\w-]+", tag):
        raise ArgumentError(f"tag is {quoted(tag, 40)}; write a name such as answer")
    there = []
    for piece in text.split(f"<{tag}>")[1:]:
        inner, end, _ = piece.partition(f"</{tag}>")
        if end:
            there.append(inner.strip())
    return _chosen(there, arguments, f"nothing between <{tag}> and </{tag}>")


def _boxed(text: str, _: Mapping[str, Any]) -> str:
    """LaTeX's box, as mathematics has it; brackets within it count."""
    marker, rest = text.rpartition("\\boxed{")[1:]
    depth = 1
    for place, sign in enumerate(rest):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if marker and not depth:
            return rest[:place].strip()
    raise NothingThereError("no \\boxed{…}")


def _line(text: str, arguments: Mapping[str, Any]) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return _chosen(lines, arguments, "no line")


def _thought(text: str, _: Mapping[str, Any]) -> str:
    """What models that write their reasoning into the answer say after it."""
    return text.rpartition("</think>")[2].strip()


EXTRACTIONS: Mapping[str, Extracting] = {
    row.name: row
    for row in (
        Extracting(
            name="code",
            label="its code block",
            extract=_code,
            fields=(Field(name="language", label="In which language (empty: any)"), _WHICH),
        ),
        Extracting(
            name="after",
            label="what comes after a marker",
            extract=_after,
            fields=(
                Field(name="marker", label="Marker (empty: Answer:)"),
                Field(name="whole", label="To the end, not only its line", kind="yes"),
            ),
        ),
        Extracting(
            name="json",
            label="a part of its JSON",
            extract=_json,
            fields=(Field(name="path", label="Path, such as $.items[0].name", required=True),),
        ),
        Extracting(name="number", label="a number in it", extract=_number, fields=(_WHICH,)),
        Extracting(
            name="tag",
            label="what stands between tags",
            extract=_tag,
            fields=(Field(name="tag", label="Tag (empty: answer)"), _WHICH),
        ),
        Extracting(name="boxed", label="what stands in \\boxed{}", extract=_boxed),
        Extracting(name="line", label="a line of it", extract=_line, fields=(_WHICH,)),
        Extracting(name="thought", label="what comes after </think>", extract=_thought),
    )
}
