"""Prices for what a model does not give: by the image of one that makes none, by spoken tokens of a mute one.

LiteLLM has such a price where it has no field for another unit: a song, a step of research.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.ledger.judging.gates import Claims
from generator.ledger.judging.precedence import choose_claim
from playground.catalog import Capability, Fact, Key, Kind, Support
from playground.catalog.prices import Meter, Rate, Unit, parse_price_field


@dataclass(frozen=True, slots=True, kw_only=True)
class _Output:
    """One thing that may come out: which ability says so, the kinds that give it, and those that never do."""

    name: str
    ability: Capability
    kinds: frozenset[Kind]
    never: frozenset[Kind]


_IMAGES = _Output(
    name="images",
    ability=Capability.IMAGE_OUT,
    kinds=frozenset({Kind.IMAGE}),
    never=frozenset(
        {*(Kind.SPEECH, Kind.MUSIC, Kind.TRANSCRIPTION), *(Kind.EMBEDDING, Kind.RERANK, Kind.MODERATION)}
    ),
)
_SOUND = _Output(
    name="sound",
    ability=Capability.AUDIO_OUT,
    kinds=frozenset({Kind.SPEECH, Kind.MUSIC, Kind.REALTIME, Kind.VIDEO}),
    never=frozenset({Kind.TRANSCRIPTION, Kind.EMBEDDING, Kind.RERANK, Kind.MODERATION}),
)


def hold_unfitting_outputs(facts: Mapping[Key, dict[str, Fact]], claims: Mapping[Key, Claims]) -> None:
    """Hold back, in place, the prices of what the offering is known not to give."""
    for key, own in facts.items():
        for name in [n for n in own if n.startswith("price.output")]:
            output = _priced(parse_price_field(name))
            if output is None or own[name].value is None or _may_give(output, own):
                continue
            reason = f"the price of another unit: it gives no {output.name}"
            claims[key][name] = [w.because(reason) for w in claims[key][name]]
            own[name] = choose_claim(name, claims[key][name], key.provider)


def _priced(rate: Rate) -> _Output | None:
    if rate.meter == Meter.OUTPUT_IMAGE or (rate.meter, rate.unit) in (
        (Meter.OUTPUT, Unit.IMAGE),
        (Meter.OUTPUT, Unit.PIXEL),
    ):
        return _IMAGES
    return _SOUND if rate.meter == Meter.OUTPUT_AUDIO else None


def _may_give(output: _Output, own: Mapping[str, Fact]) -> bool:
    """Whether it may be among what comes out: unknown is not no."""
    kind, ability = (own.get(name) for name in ("kind", f"can.{output.ability}"))
    says = ability.value if ability else None
    if says == Support.YES or (kind and kind.value in output.kinds):
        return True
    return not (says == Support.NO or (kind is not None and kind.value in output.never))
