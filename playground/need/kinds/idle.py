"""What of a need asks nothing, because the kind of model that is asked for cannot have it.

An image model calls no tools, and a vector has no output tokens. Who changes the kind of a need does not take
back each part that belonged to a chat: such a part stays as it was written, counts for nothing, and counts
again when the kind changes back. An answer says which parts these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from playground.catalog import Capability, Kind
from playground.labels.labels import label
from playground.need.levels import LEVELS
from playground.need.need import USUAL, WORK, Need
from playground.pricing.pieces import CALLED as PIECES_CALLED
from playground.pricing.pieces import OPEN, can_do
from playground.pricing.workload import PIECES

#: What a model of each other kind can be able to do. A row that says more of one model (a chat that draws is
#: listed as an image model at some providers) makes no rule of it.
ABLE_TO: Mapping[Kind, frozenset[Capability]] = {
    Kind.COMPLETION: frozenset({Capability.REASONING, Capability.PROMPT_CACHING, Capability.STREAMING}),
    Kind.EMBEDDING: frozenset(
        {Capability.VISION, Capability.PDF, Capability.AUDIO_IN, Capability.VIDEO_IN},
    ),
    Kind.RERANK: frozenset({Capability.VISION}),
    Kind.IMAGE: frozenset(
        {*(Capability.VISION, Capability.PDF, Capability.IMAGE_OUT), Capability.STREAMING},
    ),
    Kind.VIDEO: frozenset({Capability.VISION, Capability.VIDEO_IN, Capability.AUDIO_IN}),
    Kind.MUSIC: frozenset({Capability.VISION, Capability.AUDIO_IN, Capability.AUDIO_OUT}),
    Kind.SPEECH: frozenset({Capability.AUDIO_IN, Capability.AUDIO_OUT, Capability.STREAMING}),
    Kind.TRANSCRIPTION: frozenset({Capability.AUDIO_IN, Capability.VIDEO_IN, Capability.STREAMING}),
    Kind.TRANSLATION: frozenset({Capability.SYSTEM_MESSAGES, Capability.STREAMING}),
    Kind.OCR: frozenset({Capability.VISION, Capability.PDF}),
    Kind.REALTIME: frozenset(Capability)
    - {Capability.STRUCTURED_OUTPUT, Capability.COMPUTER_USE, Capability.IMAGE_OUT},
    Kind.MODERATION: frozenset(
        {
            *(Capability.VISION, Capability.AUDIO_IN, Capability.REASONING),
            *(Capability.STRUCTURED_OUTPUT, Capability.SYSTEM_MESSAGES, Capability.STREAMING),
        }
    ),
}
#: The parts that are about work with text: the levels and tasks are those of tests of text (Merits).
OF_TEXT = ("task", "language", "able", "accepted")
#: The kinds whose ability is that of the tests of text.
WRITE_TEXT = OPEN - {Kind.OTHER} | {Kind.COMPLETION}
#: The shares of a cache: a cache holds long prompts.
CACHED = ("cached", "written", "written_1h")
#: The shares that need a capability.
NEEDS: Mapping[str, Capability] = {
    **dict.fromkeys(CACHED, Capability.PROMPT_CACHING),
    "audio_in": Capability.AUDIO_IN,
    "image_in": Capability.VISION,
    "reasoning": Capability.REASONING,
    "audio_out": Capability.AUDIO_OUT,
    "image_out": Capability.IMAGE_OUT,
}
#: The kinds that answer with numbers, of which nobody is billed for the output.
WITHOUT_OUTPUT = frozenset({Kind.EMBEDDING, Kind.RERANK})
#: What the parts are called in a sentence.
CALLED: Mapping[str, str] = {
    "task": "what it is for",
    "language": "the language",
    "able": "a level of work with text",
    "accepted": "the cost of right answers",
    "output_tokens": "output tokens",
    "cached": "input from a cache",
    "written": "input written to a cache",
    "written_1h": "input kept in a cache for an hour",
    "audio_in": "input that is sound",
    "image_in": "input that is images",
    "reasoning": "reasoning in the output",
    "audio_out": "output that is sound",
    "image_out": "output that is images",
    **PIECES_CALLED,
}


def idle_parts(kind: Kind | None) -> Mapping[str, tuple[str, ...]]:
    """The parts that ask nothing of a kind: each with the values that ask nothing, or none where none asks.

    How able a model must be can still be put by a model that has the kind's own test.
    """
    able = frozenset(Capability) if kind is None or kind in OPEN else ABLE_TO[kind]
    parts: dict[str, tuple[str, ...]] = {}
    if unable := tuple(str(c) for c in Capability if c not in able):
        parts |= {"must": unable, "should": unable}
    if kind is not None and kind not in WRITE_TEXT:
        parts |= dict.fromkeys(OF_TEXT, ()) | {"able": tuple(LEVELS)}
    parts |= {name: () for name, capability in NEEDS.items() if capability not in able}
    parts |= {piece: () for piece in PIECES if not can_do(piece, kind)}
    if kind in WITHOUT_OUTPUT:
        parts["output_tokens"] = ()
    return parts


def without_idle(need: Need) -> tuple[Need, tuple[str, ...]]:
    """The need without what its kind cannot have, and what that is in words, in the order of the form."""
    parts = idle_parts(need.kind)
    changes: dict[str, Any] = {}
    work: dict[str, Any] = {}
    asked: list[str] = []
    for name, values in parts.items():
        of_work = name in WORK
        given = getattr(need.work if of_work else need, name)
        match given:
            case tuple():
                dropped = tuple(one for one in given if one in values)
                asked += [label(f"can.{one}") for one in dropped]
                changes[name] = tuple(one for one in given if one not in values)
            case Decimal():
                work[name] = Decimal(0)
                asked += [CALLED[name]] * (given not in (0, USUAL.get(name)))
            case _ if given and (not values or given in values):
                changes[name] = False if given is True else None if name == "task" else ""
                asked.append(CALLED[name])
    changed = replace(need, work=replace(need.work, **work), **changes) if parts else need
    return changed, tuple(dict.fromkeys(asked))
