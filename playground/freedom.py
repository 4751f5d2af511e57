"""How free a model leaves who uses it: its portability, in points that anybody can count again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.catalog import Channel, Model, Offering, Provider, Support

#: Providers that only pass requests on, or sell a plan, are no other place to go.
NO_PLACE = frozenset({Channel.GATEWAY, Channel.SUBSCRIPTION})
#: The wire that most software and most hosts speak.
COMMON_WIRE = "openai-chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freedom:
    """What there is to switch to.

    `providers` serve the model themselves, `clouds` are those among them with a contract of their own,
    `channels` the ways in, `wires` those known there; `common` is whether one of them is the common wire,
    `weights` whether the weights are open.
    """

    providers: int
    clouds: int
    channels: int
    wires: tuple[str, ...]
    common: Support
    weights: Support

    @property
    def points(self) -> tuple[tuple[str, Support], ...]:
        """Each point with whether it is met; the unknown counts for nothing."""
        met = (
            ("two providers serve it", self.providers >= 2),
            ("five providers serve it", self.providers >= 5),
            ("two clouds serve it", self.clouds >= 2),
        )
        counted = tuple((said, Support.YES if yes else Support.NO) for said, yes in met)
        return (*counted, ("the common wire is spoken", self.common), ("its weights are open", self.weights))

    @property
    def score(self) -> int:
        """How many of the five points are met."""
        return sum(met == Support.YES for _, met in self.points)


def freedom(model: Model, places: Sequence[Offering], providers: Mapping[str, Provider]) -> Freedom:
    """The freedom that a model leaves, by the places that serve it."""
    serving = sorted({o.provider for o in places if o.channel not in NO_PLACE})
    weights = model.value("open_weights")
    spoken = [providers[p].wire for p in serving]
    if any(COMMON_WIRE in wires for wires in spoken):
        common = Support.YES
    else:
        common = Support.NO if spoken and all(spoken) else Support.UNKNOWN
    return Freedom(
        providers=len(serving),
        clouds=sum(providers[p].kind == "cloud" for p in serving),
        channels=len({o.channel for o in places if o.channel not in NO_PLACE}),
        wires=tuple(sorted({w for wires in spoken for w in wires})),
        common=common,
        weights=Support(weights) if isinstance(weights, str) else Support.UNKNOWN,
    )
