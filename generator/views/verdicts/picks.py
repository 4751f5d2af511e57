"""Which models each wish is about: the cheapest that are able, the ablest, those with open weights."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.views.verdicts.market import Market
from playground.ability import Proof
from playground.catalog import Channel, Offering, Support
from playground.decide.portability import serving
from playground.labels.names import model_order

#: The labs that the page is about, each with the places that speak for it.
LABS = {
    "openai": ("openai", "direct"),
    "anthropic": ("anthropic", "direct"),
    "google": ("google", "direct"),
    "amazon": ("amazon-bedrock", "global"),
}
#: 0 is the mean ability of the models that are known well: a model to begin with is surely above it.
ABLE = 0.0


class Picks:
    """The models of one market by what somebody wants of them."""

    def __init__(self, market: Market) -> None:
        self.market = market
        sold = [o for lab, (provider, channel) in LABS.items() for o in market.at(provider, channel, lab)]
        self.lasting = market.tested(market.lasting(sold))
        self.able = tuple(o for o in self.lasting if self.surely_able(o))

    def surely_able(self, offering: Offering) -> bool:
        """Whether its model is above the mean with 90 % probability."""
        general = self.market.abilities.of(offering.model).general
        return general is not None and general.low > ABLE

    def equal_price(self, offerings: Sequence[Offering]) -> list[Offering]:
        """The cheapest and those of the same price: the ablest, or of its equals the most widely served.

        As in an answer of the chooser, where two cannot be told apart, who is served at more places can be
        left.
        """
        market = self.market
        same = market.as_cheap(offerings)
        best = market.ablest(same)

        def place(offering: Offering) -> tuple[bool, int, float, str]:
            behind = best is not None and market.abilities.surely_better(best.model, offering.model)
            served = len(serving(market.catalog.of_model(offering.model)))
            return behind, -served, -market.middle(offering), offering.key

        return sorted(same, key=place)

    def tops(self) -> list[Offering]:
        """One of the first tier, and of each other lab one that it is not surely better than.

        Each is the cheapest that others have tested, else the cheapest, and of one price the ablest. They
        are held against the first, and not against the ablest of all: the reader is told of these that they
        cannot be told apart.
        """
        market = self.market

        def place(offering: Offering) -> tuple[bool, Decimal, float, str]:
            measured = market.abilities.of(offering.model).proof == Proof.MEASURED
            return not measured, market.cost(offering), -market.middle(offering), offering.key

        tier = market.first_tier(self.lasting)
        if not tier:
            return []
        first = min(tier, key=place)
        level = [o for o in self.lasting if not market.abilities.surely_better(first.model, o.model)]
        of_labs = [[o for o in level if o.lab == lab] for lab in LABS if lab != first.lab]
        return [first, *sorted((min(own, key=place) for own in of_labs if own), key=place)]

    def dearer(self, tops: Sequence[Offering]) -> list[Offering]:
        """Of each lab the cheapest tested one that costs more, and that tests do not part from the first."""
        market = self.market
        level = [
            o
            for o in self.lasting
            if market.cost(o) > market.cost(tops[0])
            and o not in tops
            and market.abilities.of(o.model).proof == Proof.MEASURED
            and not market.abilities.surely_better(tops[0].model, o.model)
            and not market.abilities.surely_better(o.model, tops[0].model)
        ]
        of_labs = [[o for o in level if o.lab == lab] for lab in LABS]
        cheapest = [min(own, key=lambda o: (market.cost(o), o.key)) for own in of_labs if own]
        return sorted(cheapest, key=lambda o: (market.cost(o), o.key))

    def on_bedrock(self) -> list[Offering]:
        """The cheapest able models on Bedrock, then Amazon's own ablest."""
        market = self.market
        sold = market.tested(market.lasting(market.at("amazon-bedrock", "global")))
        own = market.ablest(o for o in sold if o.lab == "amazon")
        first = self.equal_price([o for o in sold if self.surely_able(o)])
        return [*first, *([own] if own and own not in first else [])]

    def cheaper(self, tops: Sequence[Offering]) -> list[Offering]:
        """Of each lab the ablest tested one that costs less than the first, and is not clearly behind it."""
        market = self.market

        def overlaps(offering: Offering) -> bool:
            general, best = (market.abilities.of(o.model).general for o in (offering, tops[0]))
            return general is not None and best is not None and general.high >= best.low

        near = [
            o
            for o in self.lasting
            if market.cost(o) < market.cost(tops[0])
            and o not in tops
            and market.abilities.of(o.model).proof == Proof.MEASURED
            and overlaps(o)
        ]
        best = [market.ablest(o for o in near if o.lab == lab) for lab in LABS]
        return sorted((o for o in best if o), key=lambda o: (market.cost(o), -market.middle(o), o.key))

    def open_weights(self) -> list[Offering]:
        """With open weights: the cheapest that tests cannot tell from the ablest, then the cheapest able one.

        Each where its lab or a host sells it. As of OpenAI's large models, where tests do not tell, the price
        does.
        """
        market = self.market
        best = market.ablest(self.open_)
        level = market.cheapest(
            o
            for o in market.tested(self.open_)
            if best
            and market.abilities.of(o.model).proof == market.abilities.of(best.model).proof
            and not market.abilities.surely_better(best.model, o.model)
        )
        cheap = market.cheapest(o for o in self.open_ if self.surely_able(o))
        return [*([level] if level else []), *([cheap] if cheap and cheap != level else [])]

    @property
    def open_(self) -> tuple[Offering, ...]:
        """Those with open weights that last, each where its lab or a host sells it."""
        market = self.market
        known = [m for m in market.catalog.models.values() if m.value("open_weights") == Support.YES]
        return market.lasting([place for m in known if (place := self.home(m.id))])

    def claimed_open(self) -> Offering | None:
        """The ablest with open weights by claims alone, where they put it above all tested ones."""
        market = self.market
        tested = market.ablest(self.open_)
        claimed = [o for o in self.open_ if market.abilities.of(o.model).proof == Proof.CLAIMED]
        best = market.ablest(claimed)
        return best if tested and best and market.middle(best) > market.middle(tested) else None

    def home(self, model: str) -> Offering | None:
        """The place that speaks for a model that many sell: its lab's own, else a cloud's."""
        places = [
            o
            for o in self.market.lasting(self.market.catalog.of_model(model))
            if o.channel not in (Channel.GATEWAY, Channel.SUBSCRIPTION) and not o.retired
        ]
        return min(places, key=model_order, default=None)

    def sound_and_video(self) -> list[Offering]:
        """The cheapest able ones that take sound and video."""
        takes = [
            o for o in self.able if all(o.value(f) == Support.YES for f in ("can.audio_in", "can.video_in"))
        ]
        same = self.equal_price(takes)
        better = self.market.abilities.surely_better
        return [o for o in same if not better(same[0].model, o.model)]
