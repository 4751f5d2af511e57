"""A vendor's word on how long a model is served, as a record that joins what other sources list.

What is said of a model at its provider is true over every channel there; of another host's copy of the
model it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.sources.records import FieldClaim, SourceRecord, day

#: What parts one name from the next where a vendor names several.
BETWEEN = re.compile(r",\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+")
#: An id, or a name of a few words; a sentence is no name.
NAME = re.compile(r"[\w./:@+-]+(?: [\w.+-]+){0,2}")
REMARK = re.compile(r"\s*\([^)]*\)")
SENTENCE = re.compile(r"\b(the|a|an|any|our|other|on)\b", re.I)
FINE_TUNED = re.compile(r"ft-(?=.)")
NO_DAY = "no day is set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a row says of a model's end; days as ISO texts, "" where the vendor names none.

    `earliest` is the day before which the vendor does not end it; `status` is `deprecated` or `retired` as
    the page was read, "" where that is not sure.
    """

    deprecated: str = ""
    retires: str = ""
    earliest: str = ""
    status: str = ""
    replaced_by: str = ""


def ending_record(
    source: str, provider: str, model: str, ending: Ending, link: str, rows: int
) -> SourceRecord:
    """The record of one id, or why it is left out; `ft-gpt-4` is what is fine-tuned from `gpt-4`."""
    claims = tuple(_claims(ending))
    return SourceRecord(
        source=source,
        id=f"{provider}/{model}",
        provider=provider,
        model=FINE_TUNED.sub("ft:", model, count=1) if FINE_TUNED.match(model) else model,
        claims=claims,
        link=link,
        rows=rows,
        left_out="" if claims else NO_DAY,
        joins=True,
    )


def _claims(ending: Ending) -> Iterator[FieldClaim]:
    retires, deprecated = day(ending.retires), day(ending.deprecated)
    if retires:
        yield FieldClaim(field="retires", value=str(retires))
    elif earliest := day(ending.earliest):
        yield FieldClaim(field="retires_earliest", value=str(earliest))
    if deprecated:
        yield FieldClaim(field="deprecated", value=str(deprecated))
    if ending.status == "retired":
        yield FieldClaim(field="status", value="retired", since=retires)
    elif ending.status == "deprecated" and deprecated:
        # Until the day named; whether it is gone then, the page was not read to say.
        yield FieldClaim(field="status", value="deprecated", since=deprecated, until=retires)
    if names := list(named(ending.replaced_by)):
        yield FieldClaim(field="replaced_by", value=", ".join(names))


def named(text: str) -> Iterator[str]:
    """The models that a vendor names in a few words, without its remarks on them."""
    for part in BETWEEN.split(REMARK.sub("", text)):
        if NAME.fullmatch(name := part.strip()) and not SENTENCE.search(name):
            yield name
