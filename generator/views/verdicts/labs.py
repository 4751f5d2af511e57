"""Anthropic, Google, Amazon or open weights: a verdict for each of five wishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.views.verdicts.market import Market
from generator.views.verdicts.verdict import Ground, Phrase, Sentence, Verdict, sentence
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
UNKNOWN = "—"


def lab_verdicts(market: Market) -> tuple[Verdict, ...]:
    """The verdicts, in the order of the page."""
    return _Labs(market).verdicts()


class _Labs:
    """The rules for each wish over one market."""

    def __init__(self, market: Market) -> None:
        self._market = market
        sold = [o for lab, (provider, channel) in LABS.items() for o in market.at(provider, channel, lab)]
        self._lasting = market.tested(market.lasting(sold))
        self._able = tuple(o for o in self._lasting if self._surely_able(o))

    def verdicts(self) -> tuple[Verdict, ...]:
        cheap = self._equal_price(self._able)
        top = self._tops()
        open_ = self._open_weights()
        heard = self._sound_and_video()
        aws = self._on_bedrock()
        wishes = (
            ("most", "Most work, for little", cheap[:1], self._most(cheap)),
            ("hardest", "The hardest work", top[:1], self._hardest(top)),
            ("aws", "You are on AWS", aws[:1], self._aws(aws)),
            ("own_machines", "Your own machines, or many hosts", open_[:1], self._own(open_)),
            ("long_or_media", "Sound, video, long input", heard[:1], self._media(heard)),
        )
        return tuple(self._verdict(*wish) for wish in wishes)

    def _verdict(
        self, reader: str, title: str, first: Sequence[Offering], sentences: Iterator[Sentence | None]
    ) -> Verdict:
        market = self._market
        lab = first[0].lab if first else UNKNOWN
        way = {"aws": "amazon-bedrock", "own_machines": "open weights"}.get(reader, lab)
        owner = market.catalog.labs[lab].name if lab in market.catalog.labs else lab
        begin = {"aws": "Amazon Bedrock", "own_machines": "Open weights"}.get(reader, owner)
        shown, price = market.shown(first[0] if first else None)
        lines = tuple(s for s in sentences if s)
        return Verdict(
            reader=reader, title=title, way=way, begin=begin, model=shown, price=price, sentences=lines
        )

    def _surely_able(self, offering: Offering) -> bool:
        general = self._market.abilities.of(offering.model).general
        return general is not None and general.low > ABLE

    # Which models.

    def _equal_price(self, offerings: Sequence[Offering]) -> list[Offering]:
        """The cheapest and those of the same price: the ablest, or of its equals the most widely served.

        As in an answer of the chooser, where two cannot be told apart, who is served at more places can be
        left.
        """
        market = self._market
        same = market.as_cheap(offerings)
        best = market.ablest(same)

        def place(offering: Offering) -> tuple[bool, int, float, str]:
            behind = best is not None and market.abilities.surely_better(best.model, offering.model)
            served = len(serving(market.catalog.of_model(offering.model)))
            return behind, -served, -market.middle(offering), offering.key

        return sorted(same, key=place)

    def _tops(self) -> list[Offering]:
        """One of the first tier, and of each other lab one that it is not surely better than.

        Each is the cheapest that others have tested, else the cheapest, and of one price the ablest. They
        are held against the first, and not against the ablest of all: the reader is told of these that they
        cannot be told apart.
        """
        market = self._market

        def place(offering: Offering) -> tuple[bool, Decimal, float, str]:
            measured = market.abilities.of(offering.model).proof == Proof.MEASURED
            return not measured, market.cost(offering), -market.middle(offering), offering.key

        tier = market.first_tier(self._lasting)
        if not tier:
            return []
        first = min(tier, key=place)
        level = [o for o in self._lasting if not market.abilities.surely_better(first.model, o.model)]
        of_labs = [[o for o in level if o.lab == lab] for lab in LABS if lab != first.lab]
        return [first, *sorted((min(own, key=place) for own in of_labs if own), key=place)]

    def _on_bedrock(self) -> list[Offering]:
        """The cheapest able models on Bedrock, then Amazon's own ablest."""
        market = self._market
        sold = market.tested(market.lasting(market.at("amazon-bedrock", "global")))
        own = market.ablest(o for o in sold if o.lab == "amazon")
        first = self._equal_price([o for o in sold if self._surely_able(o)])
        return [*first, *([own] if own and own not in first else [])]

    def _open_weights(self) -> list[Offering]:
        """The ablest with open weights, then the cheapest able one, each where its lab or a host sells it."""
        market = self._market
        known = [m for m in market.catalog.models.values() if m.value("open_weights") == Support.YES]
        sold = [place for m in known if (place := self._home(m.id))]
        lasting = market.lasting(sold)
        best = market.ablest(lasting)
        cheap = market.cheapest(o for o in lasting if self._surely_able(o))
        return [*([best] if best else []), *([cheap] if cheap and cheap != best else [])]

    def _home(self, model: str) -> Offering | None:
        """The place that speaks for a model that many sell: its lab's own, else a cloud's."""
        places = [
            o
            for o in self._market.lasting(self._market.catalog.of_model(model))
            if o.channel not in (Channel.GATEWAY, Channel.SUBSCRIPTION) and not o.retired
        ]
        return min(places, key=model_order, default=None)

    def _sound_and_video(self) -> list[Offering]:
        """The cheapest able ones that take sound and video."""
        takes = [
            o for o in self._able if all(o.value(f) == Support.YES for f in ("can.audio_in", "can.video_in"))
        ]
        same = self._equal_price(takes)
        better = self._market.abilities.surely_better
        return [o for o in same if not better(same[0].model, o.model)]

    # The wishes.

    def _most(self, cheap: Sequence[Offering]) -> Iterator[Sentence | None]:
        market = self._market
        if not cheap:
            yield _nothing()
            return
        several = len(cheap) > 1
        yield sentence(
            "cheapest able",
            "{names} {cost} least of the models that tests place above the mean: {prices} a million tokens.",
            names=market.names(cheap),
            cost="cost" if several else "costs",
            prices=market.prices(cheap[0]),
        )
        if several:
            yield self._apart(cheap)
        if all(market.abilities.of(o.model).proof == Proof.CLAIMED for o in cheap):
            yield sentence(
                "claims alone",
                "what is known of {them} is claimed by {maker} alone: try your own prompts on {it} first.",
                them="each" if several else "it",
                maker="its maker",
                it="both" if len(cheap) == 2 else "all of them" if several else "it",
            )

    def _hardest(self, top: Sequence[Offering]) -> Iterator[Sentence | None]:
        market = self._market
        if not top:
            yield _nothing()
            return
        yield self._apart(top)
        for o in top:
            yield sentence(
                "top of a lab",
                "{name} costs {prices} ({ability}).",
                name=market.name(o),
                prices=market.prices(o),
                ability=market.ability(o),
            )

    def _aws(self, there: Sequence[Offering]) -> Iterator[Sentence | None]:
        market = self._market
        if not there:
            yield _nothing()
            return
        first, own = there[0], there[-1]
        alike = [o for o in there[1:] if market.cost(o) == market.cost(first)]
        yield sentence(
            "on Bedrock",
            "begin with {name} on Bedrock, at {prices} ({ability}).",
            name=market.name(first),
            prices=market.prices(first),
            ability=market.ability(first),
        )
        if alike:
            behind = any(market.abilities.surely_better(first.model, o.model) for o in alike)
            yield sentence(
                "as cheap on Bedrock",
                "{names} {cost} as much there, {prices}; {apart}.",
                names=market.names(alike),
                cost="cost" if len(alike) > 1 else "costs",
                prices=market.prices(alike[0]),
                apart="tests tell them apart" if behind else "by tests they cannot be told apart",
            )
        if own.lab != "amazon" or own == first:
            return
        odds = market.abilities.better(first.model, own.model)
        less = market.cost(first) < market.cost(own)
        yield sentence(
            "Amazon’s own",
            "Amazon’s own ablest in tests, {own}, costs {prices} ({ability}){verdict}.",
            own=market.name(own),
            prices=market.prices(own),
            ability=market.ability(own),
            verdict=(
                f": more, and {first_name} is abler with a probability of {_percent(odds)}"
                if less and odds is not None and odds > 0.5 and (first_name := market.name(first))
                else ""
            ),
        )

    def _own(self, open_: Sequence[Offering]) -> Iterator[Sentence | None]:
        market = self._market
        if not open_:
            yield _nothing()
            return
        for n, o in enumerate(open_):
            hosts = len(serving(market.catalog.of_model(o.model)))
            known = Phrase(
                text="open weights", grounds=(Ground(of=o.model, field="open_weights", text="open weights"),)
            )
            yield sentence(
                "open",
                "{name} is {which} of those with known {weights} ({ability}); {hosts}, "
                "{place} at {prices}{stored}{size}.",
                name=market.name(o),
                which="the cheapest surely above the mean" if n else "the ablest",
                weights=known,
                ability=market.ability(o),
                hosts="one host sells it" if hosts == 1 else f"{hosts} hosts sell it",
                place=market.catalog.providers[o.provider].name,
                prices=market.prices(o),
                stored=market.stored(o),
                size=market.size(o),
            )

    def _media(self, heard: Sequence[Offering]) -> Iterator[Sentence | None]:
        market = self._market
        if not heard:
            yield sentence("no media", "no able model of these labs is known to take sound and video.")
            return
        several = len(heard) > 1
        prices = [market.price(o, "price.input") for o in heard]
        sizes = [
            Ground(of=o.key, field="max_input_tokens", text=f"{size:,}")
            for o in heard
            if isinstance(size := o.value("max_input_tokens"), int)
        ]
        alike = len(sizes) == len(heard) and len({s.text for s in sizes}) == 1
        yield sentence(
            "sound and video",
            "{names} {take} sound and video as they are,{size} for {price} a million.",
            names=market.names(heard),
            take="take" if several else "takes",
            size=Phrase(
                text=f" and up to {sizes[0].text} tokens of input," if alike else "", grounds=tuple(sizes)
            ),
            price=Phrase(text=prices[0].text, grounds=tuple(g for p in prices for g in p.grounds)),
        )
        if several:
            yield self._apart(heard)
        yield sentence("few tests", "how well any model works on long input is little tested: try yours.")

    def _apart(self, offerings: Sequence[Offering]) -> Sentence:
        """Whether tests tell these apart; if they do, how able each is."""
        market = self._market
        first, *others = [o.model for o in offerings]
        if any(market.abilities.surely_better(first, other) for other in others):
            return sentence("tier", "tests tell {names} apart.", names=market.names_with_ability(offerings))
        then = ": let the price decide" if len({market.cost(o) for o in offerings}) > 1 else ""
        text = "by tests, {names} cannot be told apart{then}."
        return sentence("tier", text, names=market.names(offerings), then=then)


def _percent(odds: float) -> str:
    return "more than 99 %" if odds > 0.99 else f"{100 * odds:.0f} %"


def _nothing() -> Sentence:
    return sentence("nothing", "which model that is, is unknown here: no test and price of one is known.")
