"""How free a model's users are to switch: its portability, in points that anybody can count again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from playground.catalog import Channel, Model, Offering, Provider, Support

#: Channels that pass a request on to another provider, or sell a plan: no other place to go.
PASSED_ON = frozenset({Channel.GATEWAY, Channel.SUBSCRIPTION})
#: The wire that most software and most hosts speak.
COMMON_WIRE = "openai-chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portability:
    """What there is to switch to.

    `providers` serve the model themselves, `clouds` are those among them with a contract of their own,
    `channels` the ways in; `common` is whether one of the providers speaks the common wire, `weights`
    whether the weights are open.
    """

    providers: int
    clouds: int
    channels: int
    common: Support
    weights: Support

    @property
    def points(self) -> tuple[tuple[str, Support], ...]:
        """Each point with whether it is met; the unknown counts for nothing."""
        met = (
            ("two providers or more", self.providers >= 2),
            ("five or more", self.providers >= 5),
            ("two clouds or more", self.clouds >= 2),
        )
        counted = tuple((point, Support.YES if yes else Support.NO) for point, yes in met)
        return (
            *counted,
            ("the common API format", self.common),
            ("open weights", self.weights),
        )

    def points_text(self) -> str:
        """The points in words, those met first."""
        heads = {Support.YES: "Yes", Support.NO: "No", Support.UNKNOWN: "Unknown"}
        grouped = {
            head: ", ".join(point for point, met in self.points if met == state)
            for state, head in heads.items()
        }
        return ". ".join(f"{head}: {points}" for head, points in grouped.items() if points)

    @property
    def score(self) -> int:
        """How many of the five points are met."""
        return sum(met == Support.YES for _, met in self.points)


def serving(places: Iterable[Offering]) -> frozenset[str]:
    """The providers that serve a model themselves: gateways and plans are none."""
    return frozenset(o.provider for o in places if o.channel not in PASSED_ON)


def portability(model: Model, places: Sequence[Offering], providers: Mapping[str, Provider]) -> Portability:
    """How free the users of a model are to switch, by the offerings that serve it."""
    serving_ids = serving(places)
    spoken = [providers[p].wires(model.id) for p in serving_ids]
    if any(COMMON_WIRE in wires for wires in spoken):
        common = Support.YES
    else:
        common = Support.NO if spoken and all(spoken) else Support.UNKNOWN
    weights = model.value("open_weights")
    return Portability(
        providers=len(serving_ids),
        clouds=sum(providers[p].kind == "cloud" for p in serving_ids),
        channels=len({o.channel for o in places if o.channel not in PASSED_ON}),
        common=common,
        weights=Support(weights) if isinstance(weights, str) else Support.UNKNOWN,
    )
