"""Where in a text a name is only talked about: documents, comments, descriptions, sentences.

A model named there stops no call, so it is a notice. Lines are read once, and only where they are asked for.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath

from playground.lifecycle.mentions.comments import QUOTES, comment_start, documented
from playground.lifecycle.mentions.notebooks import Notebook
from playground.lifecycle.mentions.text_lines import TextLines

DOCUMENTS = {".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".txt", ".tex", ".org", ".po", ".pot"}
DOCUMENT_NAMES = re.compile(
    r"(readme|changelog|changes|history|authors|contributors|contributing|licen[cs]e|notice|news|todo)$", re.I
)
#: What begins a comment that ends with its line, by the end of a file's name.
HASH = {
    *(".py", ".pyi", ".rb", ".sh", ".bash", ".zsh", ".fish", ".yaml", ".yml", ".toml", ".properties"),
    *(".env", ".conf", ".cfg", ".ini", ".r", ".pl", ".ps1", ".jl", ".ex", ".exs", ".nix", ".cmake", ".mk"),
}
SLASHES = {
    *(".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".java", ".kt", ".kts", ".scala", ".go"),
    *(".rs", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".fs", ".swift", ".dart", ".bicep", ".groovy"),
    *(".gradle", ".json", ".jsonc", ".json5", ".proto", ".less", ".scss", ".vue", ".svelte", ".m", ".zig"),
}
DASHES = {".sql", ".lua", ".hs", ".elm"}
SEMICOLONS = {".ini", ".cfg", ".conf", ".clj", ".cljs", ".edn", ".el", ".lisp", ".scm"}
MARKUP = {".html", ".htm", ".xml", ".svg", ".csproj", ".props", ".vue", ".svelte", ".xaml", ".config"}
#: Settings whose value is read by people.
DESCRIPTIONS = re.compile(
    r"(description|desc|help|helptext|summary|placeholder|examples?|comments?|notes?|doc|docs|documentation|"
    r"tooltip|hint|deprecationmessage|markdowndescription)$",
    re.I,
)
#: A key before a value: `key: `, `"key": `, `key = `.
KEY = re.compile(r"""([A-Za-z_$][\w$.-]*)["']?\s*(?::|=>|=|\()\s*[\[({]?\s*(?:f|r|b|@|\$)?["'`]*[^"'`=:]*$""")
HEADER = re.compile(r"""^\s*(?:-\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*(?:[|>][+-]?\d?|\[|\{)?\s*$""")
#: So many words of a sentence make a string one that people read.
SENTENCE = 4


class Passages:
    """Which places of a text are read by people rather than by programs."""

    def __init__(self, lines: TextLines, path: str = "") -> None:
        name = PurePosixPath(path.replace("\\", "/")).name
        suffix = PurePosixPath(name).suffix.lower()
        self._shape = lines
        self._lines = lines.texts
        self._suffix = suffix
        self._document = suffix in DOCUMENTS or bool(not suffix and DOCUMENT_NAMES.match(name))
        env = name.startswith((".env", "Dockerfile", "Makefile")) or ".env" in name
        known = (
            suffix in HASH | SLASHES | DASHES | SEMICOLONS | MARKUP
            or suffix in (".tf", ".hcl", ".php")
            or env
        )
        self._marks = tuple(
            mark
            for mark, applies in (
                ("#", suffix in HASH or env or suffix in (".tf", ".tfvars", ".hcl", ".php") or not known),
                ("//", suffix in SLASHES or suffix in (".tf", ".hcl", ".php") or not known),
                ("--", suffix in DASHES),
                (";", suffix in SEMICOLONS),
            )
            if applies
        )
        self._block = ("<!--", "-->") if suffix in MARKUP else ("/*", "*/") if "//" in self._marks else None
        self._comments: dict[int, int] = {}

    def reason(self, number: int, start: int, end: int) -> str:
        """Why what stands in a line (from 0) is only talked about; empty where it is used."""
        if self._document:
            return "in a document"
        if self._suffix == ".ipynb" and (reason := self._notebook.reason(number, start)):
            return reason
        if number in self._blocks:
            return self._blocks[number]
        if (at := self._comment(number)) >= 0 and at <= start:
            return "in a comment"
        before, after = self._shape.beside(number, start, end)
        if self._describes(number, before):
            return "in a description"
        return "in a sentence" if _in_sentence(before, after) else ""

    @cached_property
    def _notebook(self) -> Notebook:
        return Notebook(self._lines)

    def _comment(self, number: int) -> int:
        """Where the line's comment begins, -1 where it has none."""
        if number not in self._comments:
            self._comments[number] = comment_start(self._lines[number], self._marks)
        return self._comments[number]

    def _describes(self, number: int, before: str) -> bool:
        if (key := KEY.search(before)) and DESCRIPTIONS.search(key[1]):
            return True
        header = next(self._shape.headers(number, 12), None)
        head = HEADER.match(self._lines[header]) if header is not None else None
        return bool(head and DESCRIPTIONS.search(head[1]))

    @cached_property
    def _blocks(self) -> dict[int, str]:
        """The lines that a comment or a docstring runs through."""
        if self._suffix in (".py", ".pyi"):
            return dict.fromkeys(documented(self._lines), "in a docstring")
        return self._block_comments() if self._block else {}

    def _block_comments(self) -> dict[int, str]:
        assert self._block  # noqa: S101 (asked for only where there are such)
        opens, closes = self._block
        inside, hit = False, {}
        for number, line in enumerate(self._lines):
            at = 0
            if not inside and line.lstrip().startswith(opens):
                inside, at = True, line.index(opens) + len(opens)
            if inside:
                hit[number] = "in a comment"
                inside = closes not in line[at:]
        return hit


def _in_sentence(before: str, after: str) -> bool:
    """Whether a place is within quotes beside several words, and not an option's value."""
    opening = max(before.rfind(quote) for quote in QUOTES)
    if opening < 0:
        return False
    closing = after.find(before[opening])
    if closing < 0 or re.search(r"(--?[\w-]+[= ]|\w=|\w:)$", before[opening + 1 :]):
        return False
    others = f"{before[opening + 1 :]} {after[:closing]}"
    return len(re.findall(r"(?:^|\s)[A-Za-z][a-z']*(?=[\s,.;:!?)]|$)", others)) >= SENTENCE
