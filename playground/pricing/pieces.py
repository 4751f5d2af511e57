"""What of a kind of model's work is counted by the piece, and what its tokens then are.

A picture has a price of its own at one place and so many tokens at another. Who says how many pieces a
request is need not know the tokens: then they are nought, and what it costs by the token is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from playground.catalog import Capability, Kind
from playground.pricing.workload import INPUT_SHARES, ONE, OUTPUT_SHARES, PIECES, ZERO, Workload

#: The kinds of which everything can be asked: they are called as a chat is. OTHER may be anything.
OPEN = frozenset({Kind.CHAT, Kind.OTHER})
#: The other kinds that do a piece of work.
KINDS: Mapping[str, frozenset[Kind]] = {
    "images": frozenset({Kind.IMAGE}),
    "pages": frozenset({Kind.OCR}),
    "minutes": frozenset({Kind.TRANSCRIPTION, Kind.REALTIME}),
    "characters": frozenset({Kind.SPEECH}),
}
#: What the pieces are called in a sentence.
CALLED: Mapping[str, str] = {
    "images": "images made",
    "pages": "pages read",
    "minutes": "minutes of sound",
    "characters": "characters spoken",
}
#: What a model of a kind reads or makes is of one sort: the share that its tokens are.
_SHARES: Mapping[Kind, str] = {
    Kind.IMAGE: "image_out",
    Kind.OCR: "image_in",
    Kind.TRANSCRIPTION: "audio_in",
    Kind.SPEECH: "audio_out",
}
#: What the parts of a workload that are no text ask of a model.
ABILITIES: Mapping[str, Capability] = {
    "images": Capability.IMAGE_OUT,
    "pages": Capability.VISION,
    "minutes": Capability.AUDIO_IN,
    "characters": Capability.AUDIO_OUT,
    "audio_in": Capability.AUDIO_IN,
    "image_in": Capability.VISION,
    "audio_out": Capability.AUDIO_OUT,
    "image_out": Capability.IMAGE_OUT,
}
TOKENS = ("input_tokens", "output_tokens")


def can_do(piece: str, kind: Kind | None) -> bool:
    """Whether such a piece of work can be asked of a kind of model."""
    return kind is None or kind in OPEN or kind in KINDS[piece]


def pieces_of(kind: Kind | None) -> tuple[str, ...]:
    """The pieces of work that can be asked of a kind."""
    return tuple(piece for piece in PIECES if can_do(piece, kind))


def has_pieces(work: Workload, kind: Kind | None) -> bool:
    """Whether a workload counts a piece of work that the kind does."""
    return any(getattr(work, piece) for piece in pieces_of(kind))


def abilities_for(work: Workload, kind: Kind | None) -> tuple[Capability, ...]:
    """What a workload asks of a model whose kind does not tell that it can: a chat may know text alone."""
    if kind is not None and kind not in OPEN:
        return ()
    return tuple(dict.fromkeys(can for name, can in ABILITIES.items() if getattr(work, name)))


def usual_tokens(usual: Mapping[str, Any], parts: Mapping[str, Any], kind: Kind | None) -> Mapping[str, Any]:
    """What a workload is where nothing else is said: beside pieces there are no tokens."""
    if any(parts.get(piece) for piece in pieces_of(kind)):
        return {**usual, **dict.fromkeys(TOKENS, Decimal(0))}
    return usual


def work_of(kind: Kind | None, work: Workload) -> Workload:
    """The work as a kind of model does it: what it makes, or reads, are images or sound, unless it is said.

    They cost otherwise than text. A prompt's tokens stay text.
    """
    share = _SHARES.get(kind) if kind else None
    if share is None or getattr(work, share):
        return work
    if kind is not Kind.IMAGE and not has_pieces(work, kind):
        return work
    whole = OUTPUT_SHARES if share in OUTPUT_SHARES else INPUT_SHARES
    rest: dict[str, Any] = {share: ONE - sum((getattr(work, name) for name in whole), ZERO)}
    return replace(work, **rest)
