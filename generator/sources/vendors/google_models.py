"""Google's pages about the models of the Gemini API, one Markdown page each: limits, inputs, capabilities.

A table of properties counts where it has a row `Model code`; several properties stand in one cell, each after
its name in bold. Prices are on another page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.errors import SourceShapeError
from generator.sources.lifecycle_tables import model_names
from generator.sources.linked_pages import Page, read_pages
from generator.sources.markdown import months, plain, tables, tokens
from generator.sources.records import (
    FieldClaim,
    SourceRecord,
    left_out,
    row_of,
    support_claim,
    unique,
)
from playground.catalog import Capability, Effort, Kind

SOURCE = "google-models"
#: Where the pages stand for a reader.
PAGES = "https://ai.google.dev/gemini-api/docs/models/"

ROWS = {
    "model": re.compile(r"model code$"),
    "data": re.compile(r"supported data types$"),
    "limits": re.compile(r"token limits"),
    "capabilities": re.compile(r"capabilities$"),
    "options": re.compile(r"consumption options$"),
    "knowledge": re.compile(r"knowledge cutoff$"),
}
IGNORED = re.compile(r"(?:versions|latest update)$")
INPUTS = {
    "image": Capability.VISION,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
    "pdf": Capability.PDF,
}
OUTPUTS = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
CAPABILITIES = {
    "function calling": Capability.TOOL_CALLS,
    "structured outputs": Capability.STRUCTURED_OUTPUT,
    "thinking": Capability.REASONING,
    "caching": Capability.PROMPT_CACHING,
    "search grounding": Capability.WEB_SEARCH,
    "computer use": Capability.COMPUTER_USE,
}
#: What comes out, as words → what the model is called for.
KINDS = (
    ("text", Kind.CHAT),
    ("image", Kind.IMAGE),
    ("video", Kind.VIDEO),
    ("embedding", Kind.EMBEDDING),
    ("audio", Kind.SPEECH),
)
#: A link of the index, and what its title says of a model that is served no more.
TITLED = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
MARKS = (
    (re.compile(r"\bshut ?down\b", re.I), "retired"),
    (re.compile(r"\bdeprecated\b", re.I), "deprecated"),
)
#: A property inside a cell: its name in bold, perhaps a link, and what stands up to the next one.
PROPERTY = re.compile(r"\*\*(?:\[([^\[\]]*)\]\([^()]*\)|([^*]+?))\*\*([^*]*)")


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model that a page describes. Raises SourceShapeError."""
    index, pages = read_pages(raw, SOURCE)
    marked = _marked(index)
    out: list[SourceRecord] = []
    for page in pages:
        if page.fault:
            out.append(left_out(SOURCE, page.name, "its page was not read"))
        else:
            # Pages of advice stand among those about models.
            out += list(_described(page, marked)) or [
                left_out(SOURCE, page.name, "a page about no one model")
            ]
    if all(record.left_out for record in out):
        raise SourceShapeError(
            f"{SOURCE}: expected pages with a table that has a row `Model code`, and not one of {len(pages)} "
            "has it; look at the index's address"
        )
    return out


def _marked(index: str) -> Mapping[str, str]:
    """The status of models whose titles in the index say that they are shut down or deprecated, by page."""
    marked: dict[str, str] = {}
    for title, address in TITLED.findall(index):
        if status := next((s for pattern, s in MARKS if pattern.search(title)), ""):
            marked[address.partition("#")[0].partition(".md")[0].rpartition("/")[2]] = status
    return marked


def _described(page: Page, marked: Mapping[str, str]) -> Iterator[SourceRecord]:
    link = f"{PAGES}{page.name}"
    for table in tables(page.text):
        rows: dict[str, str] = {}
        unread: list[str] = []
        for row in table.rows:
            head = plain(row[0]).replace("*", "").lower()
            name = next((n for n, pattern in ROWS.items() if pattern.search(head)), "")
            if name:
                rows.setdefault(name, row[1] if len(row) > 1 else "")
            elif head and not IGNORED.search(head):
                unread.append(f"row: {head[:60]}")
        rows["status"] = marked.get(page.name, "")
        for model in model_names(rows.get("model", "")):
            yield row_of(SOURCE, model, _record, model, rows, tuple(unread), link)


def _record(model: str, rows: Mapping[str, str], unread: tuple[str, ...], link: str) -> SourceRecord:
    known = next(iter(months(rows.get("knowledge", ""))), None)
    status = [FieldClaim(field="status", value=rows["status"])] if rows["status"] else []
    return SourceRecord(
        source=SOURCE,
        id=model,
        provider="google",
        model=model,
        claims=unique([*_limits(rows), *_data(rows), *_abilities(rows), *status]),
        model_claims=(FieldClaim(field="knowledge", value=str(known)[:7]),) if known else (),
        link=link,
        unread=unread,
    )


def _properties(cell: str) -> Mapping[str, str]:
    """What a cell says, by its names in bold."""
    named: dict[str, str] = {}
    for linked, bare, value in PROPERTY.findall(cell):
        named.setdefault(plain(linked or bare).lower().strip(" :"), plain(value))
    return named


def _limits(rows: Mapping[str, str]) -> Iterator[FieldClaim]:
    for name, value in _properties(rows.get("limits", "")).items():
        count = tokens(value)
        if count and name.startswith("input"):
            yield FieldClaim(field="max_input_tokens", value=count)
        elif count and name.startswith("output"):
            yield FieldClaim(field="max_output_tokens", value=count)


def _data(rows: Mapping[str, str]) -> Iterator[FieldClaim]:
    for name, value in _properties(rows.get("data", "")).items():
        text = value.lower()
        table = INPUTS if name.startswith("input") else OUTPUTS if name.startswith("output") else {}
        for word, capability in table.items():
            yield support_claim(capability, word in text)
        if name.startswith("output") and (kind := next((k for w, k in KINDS if w in text), None)):
            yield FieldClaim(field="kind", value=kind)


def _abilities(rows: Mapping[str, str]) -> Iterator[FieldClaim]:
    for name, value in _properties(rows.get("capabilities", "")).items():
        text = value.lower()
        if name in CAPABILITIES and text.startswith(("supported", "not supported")):
            yield support_claim(CAPABILITIES[name], text.startswith("supported"))
        if name == "thinking" and text.startswith("supported"):
            levels = {e for e in Effort if re.search(rf"\b{e}\b", text)}
            for effort in Effort if len(levels) > 1 else ():
                yield support_claim(effort, effort in levels)
