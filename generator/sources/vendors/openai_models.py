"""OpenAI's pages about its models, one Markdown page each: limits, knowledge, efforts, prices and their step.

Which pages there are stands in the index of all models. A page without a price is about a model that the API
does not sell under that name, such as open weights: it joins what others list and makes no offering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import SourceShapeError
from generator.sources.linked_pages import Page, read_pages
from generator.sources.markdown import columns, days, months, plain, tables, tokens
from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    left_out,
    price_claim,
    row_of,
    support_claim,
    unique,
)
from generator.sources.vendors.openai_prices import prices_of
from playground.catalog import Capability, Effort, Kind

SOURCE = "openai-models"
#: Where the pages stand for a reader.
PAGES = "https://developers.openai.com/api/docs/models/"

MODEL = re.compile(r"^Model ID: `([^`\s]+)`", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)
INPUTS = {"image": Capability.VISION, "audio": Capability.AUDIO_IN, "video": Capability.VIDEO_IN}
OUTPUTS = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
#: What a page lists as a feature or a tool → what a model can do. What it does not list is unknown.
FEATURES = {
    "streaming": Capability.STREAMING,
    "structured_outputs": Capability.STRUCTURED_OUTPUT,
    "function_calling": Capability.TOOL_CALLS,
    "prompt_caching": Capability.PROMPT_CACHING,
    "web_search": Capability.WEB_SEARCH,
    "computer_use": Capability.COMPUTER_USE,
}
#: A supported endpoint says what a model is called for; the first that is.
ENDPOINTS = (
    ("v1/responses", Kind.CHAT),
    ("v1/chat/completions", Kind.CHAT),
    ("v1/realtime", Kind.REALTIME),
    ("v1/embeddings", Kind.EMBEDDING),
    ("v1/images/generations", Kind.IMAGE),
    ("v1/videos", Kind.VIDEO),
    ("v1/audio/speech", Kind.SPEECH),
    ("v1/audio/transcriptions", Kind.TRANSCRIPTION),
    ("v1/moderations", Kind.MODERATION),
    ("v1/completions", Kind.COMPLETION),
)
#: A sentence that names efforts lists those that are taken, unless it says that they are not.
ABOUT_EFFORT = re.compile(r"reasoning[ ._]+efforts?\b", re.I)
REFUSED = re.compile(r"\bnot\b|n['\u2019]t\b|\breject|unsupported|\b400\b", re.I)
LISTS = re.compile(r"\bsupport|\baccept|\btakes?\b|\ballow", re.I)


def parse(raw: bytes) -> list[SourceRecord]:
    """A record for each model's page. Raises SourceShapeError."""
    _, pages = read_pages(raw, SOURCE)
    if not any(MODEL.search(page.text) for page in pages):
        raise SourceShapeError(
            f"{SOURCE}: expected pages about models, each with a line `Model ID:`, and not one of "
            f"{len(pages)} has it; look at the index's address"
        )
    return [_of_page(page) for page in pages]


def _of_page(page: Page) -> SourceRecord:
    if page.fault:
        return left_out(SOURCE, page.name, "its page was not read")
    if not MODEL.search(page.text):
        return left_out(SOURCE, page.name, UNFORESEEN)
    return row_of(SOURCE, page.name, _record, page)


def _record(page: Page) -> SourceRecord:
    text = page.text
    named = MODEL.search(text)
    model = named[1] if named else ""
    prices, notes = prices_of(text)
    title = TITLE.search(text)
    claims = [*_details(text), *_efforts(text), *_features(text), *_kind(text)]
    knowledge = re.search(r"^- (.+) knowledge cutoff$", text, re.M)
    day = next(iter([*days(knowledge[1]), *months(knowledge[1])]), None) if knowledge else None
    about = [FieldClaim(field="name", value=plain(title[1]))] if title else []
    if day:
        about.append(FieldClaim(field="knowledge", value=str(day)))
    return SourceRecord(
        source=SOURCE,
        id=model,
        provider="openai",
        model=model,
        claims=unique([*claims, *(price_claim(rate, usd) for rate, usd in prices)]),
        model_claims=tuple(about),
        link=f"{PAGES}{page.name}",
        unread=notes,
        joins=not prices,
    )


def _details(text: str) -> Iterator[FieldClaim]:
    limits = (
        ("context_tokens", r"^- ([\d.,]+[KM]?) context window$"),
        ("max_input_tokens", r"^- (?:Maximum input tokens: ([\d.,]+[KM]?)|[\d.,]+[KM]? max input tokens)$"),
        ("max_output_tokens", r"^- ([\d.,]+[KM]?) max output tokens$"),
    )
    for field, pattern in limits:
        line = re.search(pattern, text, re.M)
        if line and (count := tokens(line[0].removeprefix("- "))):
            yield FieldClaim(field=field, value=count)
    for word, table in (("Input", INPUTS), ("Output", OUTPUTS)):
        listed = re.search(rf"^- {word} modalities: (.+)$", text, re.M)
        if listed:
            modalities = {part.strip().lower() for part in listed[1].split(",")}
            for name, capability in table.items():
                yield support_claim(capability, name in modalities)
    if re.search(r"^- Reasoning token support$", text, re.M):
        yield support_claim(Capability.REASONING, yes=True)


def _efforts(text: str) -> Iterator[FieldClaim]:
    """The efforts that a request may name: all that a sentence lists and none refuses; and the default."""
    taken: set[str] = set()
    refused: set[str] = set()
    prose = text.partition("\n## ")[0]
    for sentence in re.split(r"(?<=\.)\s+(?=[A-Z`])|\n\s*\n", prose):
        if not ABOUT_EFFORT.search(sentence):
            continue
        named = {e for e in Effort if f"`{e}`" in sentence}
        if REFUSED.search(sentence):
            refused |= named
        elif len(named) > 1 and LISTS.search(sentence):
            taken |= named
    default = re.search(r"`(\w+)` \(default\)", prose)
    if default and default[1] in taken - refused:
        yield FieldClaim(field="default_effort", value=default[1])
    for effort in Effort:
        if effort in refused or (taken and effort not in taken):
            yield support_claim(effort, yes=False)
        elif taken:
            yield support_claim(effort, yes=True)


def _features(text: str) -> Iterator[FieldClaim]:
    for title in ("Supported features", "Supported tools"):
        section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        for name in re.findall(r"^- (\w+)$", section, re.M):
            if name in FEATURES:
                yield support_claim(FEATURES[name], yes=True)


def _kind(text: str) -> Iterator[FieldClaim]:
    for table in tables(text):
        where = columns(table.heads, {"route": re.compile("route"), "support": re.compile("support")})
        if len(where) == 2:
            served = {
                plain(row[where["route"]]).strip("`")
                for row in table.rows
                if len(row) > max(where.values()) and plain(row[where["support"]]).lower() == "supported"
            }
            kind = next((kind for route, kind in ENDPOINTS if route in served), None)
            if kind:
                yield FieldClaim(field="kind", value=kind)
            return
