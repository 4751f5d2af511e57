"""What kind of model an offering is, by all that is known: its own fact, other places, its name, its prices.

Hosts list what answers at their chat address as chat, so `chat` alone proves little: a reader of pages, a
maker of vectors or of pictures stands there too. What is more special counts where there is a sign of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from playground.catalog import Kind, Offering, Value
from playground.catalog.prices import Meter, Rate, Unit, parse_price_field

#: The words of a model's name that say what it is made for, as patterns of whole words; digits may follow.
#: The first that fits counts.
NAME_PATTERNS: Mapping[Kind, str] = {
    Kind.RERANK: r"rerank|reranker|ranker",
    Kind.EMBEDDING: r"[a-z]*embed|[a-z]*embeddings?|embedder|bge|e(?=5)|gte|minilm|colbert",
    Kind.OCR: r"[a-z]*ocr|doc-ai|document-ai",
    Kind.MODERATION: r"[a-z0-9]*guard(?:ian|rails)?|moderations?|shieldgemma|content-safety",
    Kind.TRANSCRIPTION: r"whisper|asr|stt|transcribe|transcription|voxtral|parakeet|canary|captioner",
    Kind.SPEECH: r"tts|speech|voice[a-z]*|sonic|[a-z]*audio|kokoro|orpheus",
    Kind.REALTIME: r"realtime|live",
    Kind.MUSIC: r"music|lyria",
    Kind.VIDEO: r"video|sora|veo|kling|seedance|hailuo",
    Kind.IMAGE: (
        r"images?|imagen|imagine|flux|sdxl|stable-diffusion|dall-e|dalle|seedream|ideogram|recraft|text-to-image"
    ),
    Kind.TRANSLATION: r"translat(e|or|ion)|translategemma|mt|nllb|m(?=2m)|indictrans",
    Kind.COMPLETION: r"base|davinci|babbage|curie",
    Kind.OTHER: r"reward|router|robotics|computer-use|classifier|detect(?:or)?|apply",
}
_PATTERNS = {
    kind: re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z])") for kind, pattern in NAME_PATTERNS.items()
}
#: Most names hold none of these words, which is told at once.
_ANY = re.compile("|".join(pattern.pattern for pattern in _PATTERNS.values()))
#: What only pictures, film and pages are paid by.
UNITS = frozenset({Unit.IMAGE, Unit.PAGE, Unit.PIXEL, Unit.STEP})
#: What comes out where it is paid for and text is not.
OUTPUTS = {
    Meter.OUTPUT_IMAGE: Kind.IMAGE,
    Meter.OUTPUT_AUDIO: Kind.SPEECH,
    Meter.OUTPUT_VIDEO: Kind.VIDEO,
}
#: The price of text that comes out.
TEXT_OUT = Rate(meter=Meter.OUTPUT).field
#: From which share of a model's places on what these call it counts more than that the others say chat.
SPECIAL_SHARE = Fraction(1, 3)


class SeenKind(NamedTuple):
    """A kind and by what it is known, in words; None where nobody says."""

    kind: Kind | None
    why: str


@cache
def kind_by_name(model: str) -> Kind | None:
    """The kind that a word of a model's name says, whoever made it."""
    name = model.partition("/")[2]
    if not _ANY.search(name):
        return None
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(name)), None)


def seen_kinds(offerings: Sequence[Offering]) -> list[SeenKind]:
    """What kind each of the offerings is, in their order."""
    called: dict[str, list[str]] = {}
    stated = [o.value("kind") for o in offerings]
    for o, kind in zip(offerings, stated, strict=True):
        kinds = called.setdefault(o.model, [])
        if isinstance(kind, str):
            kinds.append(kind)
    of_model = {model: _of_model(model, kinds) for model, kinds in called.items()}
    return [_seen(o, kind, of_model[o.model]) for o, kind in zip(offerings, stated, strict=True)]


def _named(model: str) -> SeenKind:
    kind = kind_by_name(model)
    return SeenKind(kind, f"{kind}, by its name") if kind else SeenKind(None, "nobody says")


def _of_model(model: str, kinds: Iterable[str]) -> SeenKind:
    """What a model is wherever it runs: by its name, else by what its places call it."""
    if (named := _named(model)).kind:
        return named
    counts = Counter(kinds)
    known = counts.total()
    special = [(n, kind) for kind, n in counts.items() if kind != Kind.CHAT and n >= known * SPECIAL_SHARE]
    if special:
        most, kind = min(special, key=lambda one: (-one[0], one[1]))
        return SeenKind(Kind(kind), f"{kind} at {most} of the {known} places that say")
    return (
        SeenKind(Kind.CHAT, "chat, at other places") if counts[Kind.CHAT] else SeenKind(None, "nobody says")
    )


def _seen(offering: Offering, own: Value | None, of_model: SeenKind) -> SeenKind:
    if isinstance(own, str) and own != Kind.CHAT:
        return _stated(own)
    if of_model.kind not in (None, Kind.CHAT):
        return of_model
    by_prices = None if TEXT_OUT in offering.facts else _by_prices(tuple(offering.facts))
    return by_prices or (_stated(Kind.CHAT) if own else of_model)


@cache
def _stated(kind: str) -> SeenKind:
    return SeenKind(Kind(kind), kind)


@cache
def _by_prices(fields: tuple[str, ...]) -> SeenKind | None:
    """What it is where something else than text is paid for; None where text is, or no price is known."""
    rates = [parse_price_field(name) for name in fields if name.startswith("price.")]
    if not rates or any(rate.meter == Meter.OUTPUT and rate.unit not in UNITS for rate in rates):
        return None
    for meter, kind in OUTPUTS.items():
        if any(rate.meter == meter for rate in rates):
            return SeenKind(kind, f"{kind}: what comes out is priced as {meter.removeprefix('output_')}")
    units = {rate.unit for rate in rates}
    return SeenKind(Kind.OTHER, f"other: it is paid by the {min(units)}") if units <= UNITS else None
