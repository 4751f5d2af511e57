"""Anthropic, Google, Amazon or open weights: a verdict for each of five wishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.views.verdicts.contest import run_of_both
from generator.views.verdicts.followed import followed_sentence
from generator.views.verdicts.market import Market, listed
from generator.views.verdicts.picks import Picks
from generator.views.verdicts.steps import step_sentence
from generator.views.verdicts.verdict import Ground, Phrase, Sentence, Verdict, sentence
from playground.ability import Proof
from playground.catalog import Offering, Support
from playground.decide.portability import serving

#: Fewer tests than this that others ran leave it open how able a model is.
FEW = 3
UNKNOWN = "—"


def lab_verdicts(market: Market) -> tuple[Verdict, ...]:
    """The verdicts, in the order of the page."""
    return _Labs(market).verdicts()


class _Labs:
    """The rules for each wish over one market."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._picks = Picks(market)

    def verdicts(self) -> tuple[Verdict, ...]:
        picks = self._picks
        cheap = picks.equal_price(picks.able)
        top = picks.tops()
        open_ = picks.open_weights()
        heard = picks.sound_and_video()
        aws = picks.on_bedrock()
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
        lines = tuple(s for s in (*sentences, followed_sentence(market, first[0] if first else None)) if s)
        return Verdict(
            reader=reader, title=title, way=way, begin=begin, model=shown, price=price, sentences=lines
        )

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
            yield self._few_tests(cheap[0])
        yield step_sentence(market, cheap[0])
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
        if len(top) > 1:
            yield self._apart(top)
        for o in top:
            yield sentence(
                "top of a lab",
                "{name} costs {prices} ({ability}).",
                name=market.name(o),
                prices=market.prices(o),
                ability=market.ability(o),
            )
        if dearer := self._picks.dearer(top):
            each = [market.price(o, "price.output") for o in dearer]
            names = [f"{market.name(o)} ({p.text} out)" for o, p in zip(dearer, each, strict=True)]
            yield sentence(
                "dearer",
                "{names} {are} tested, {cost} more, and cannot be told apart from {first} either.",
                names=Phrase(text=listed(names), grounds=tuple(g for p in each for g in p.grounds)),
                are="are" if len(dearer) > 1 else "is",
                cost="cost" if len(dearer) > 1 else "costs",
                first=market.name(top[0]),
            )
        if cheaper := self._picks.cheaper(top):
            several = len(cheaper) > 1
            each = [market.price(o, "price.output") for o in cheaper]
            names = [f"{market.name(o)} ({p.text} out)" for o, p in zip(cheaper, each, strict=True)]
            yield sentence(
                "cheaper",
                "{names} {cost} less, and the ranges of ability overlap: where the bill counts, try {it} "
                "first.",
                names=Phrase(text=listed(names), grounds=tuple(g for p in each for g in p.grounds)),
                cost="cost" if several else "costs",
                it="one of them" if several else "it",
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
            behind = [o for o in alike if market.abilities.surely_better(first.model, o.model)]
            yield sentence(
                "as cheap on Bedrock",
                "{names} {cost} as much there, {prices}; {apart}.",
                names=market.names(alike),
                cost="cost" if len(alike) > 1 else "costs",
                prices=market.prices(alike[0]),
                apart=(
                    f"by tests, {market.name(first)} is ahead of {market.names(behind)}"
                    if behind
                    else "by tests they cannot be told apart"
                ),
            )
        if own.lab != "amazon" or own == first:
            return
        odds = market.abilities.better(first.model, own.model)
        less = market.cost(first) < market.cost(own)
        yield sentence(
            "Amazon’s own",
            "Amazon’s own ablest in tests there, {own}, costs {prices} ({ability}){verdict}.",
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
        highest = open_[0] == market.ablest(self._picks.open_)
        first = "stands highest by ability among" if highest else "is the cheapest of the ablest among"
        for n, o in enumerate(open_):
            hosts = len(serving(market.catalog.of_model(o.model)))
            yield sentence(
                "open",
                "{name} {which} those with known {weights} ({ability}); {hosts}, "
                "{place} at {prices}{stored}{size}.",
                name=market.name(o),
                which="is the cheapest surely above the mean of" if n else first,
                weights=_open_weights(o),
                ability=market.ability(o),
                hosts="one host sells it" if hosts == 1 else f"{hosts} hosts sell it",
                place=market.catalog.providers[o.provider].name,
                prices=market.prices(o),
                stored=market.stored(o),
                size=market.size(o) if market.size(o).text else "; how large it is, is unknown here",
            )
            if not n:
                yield self._higher(o)
                yield self._outdone(o)
        if claimed := self._picks.claimed_open():
            yield sentence(
                "only claimed",
                "by claims {name}, {weights} too, would stand above all of these ({ability}): test it before "
                "you rely on it.",
                name=market.name(claimed),
                weights=_open_weights(claimed),
                ability=market.ability(claimed),
            )

    def _higher(self, first: Offering) -> Sentence | None:
        """Which one stands above the first by its middle, though tests cannot tell the two apart."""
        market = self._market
        best = market.ablest(self._picks.open_)
        if best is None or best == first:
            return None
        return sentence(
            "highest",
            "{name} stands highest by ability ({ability}) and costs {prices}, but by tests the two cannot be "
            "told apart.",
            name=market.name(best),
            ability=market.ability(best),
            prices=market.prices(best),
        )

    def _outdone(self, best: Offering) -> Sentence | None:
        """That the one that stands highest does so by claims, where another beats it in what others ran."""
        market = self._market
        beaten_by = market.abilities.of(best.model).outdone_by
        known = [m for m in map(market.catalog.models.get, beaten_by) if m]
        sold = [o for m in known if m.value("open_weights") == Support.YES and (o := self._picks.home(m.id))]
        ahead = market.ablest(sold)
        if ahead is None or not (run := run_of_both(market, ahead, best)).text:
            return None
        return sentence(
            "by claims",
            "mostly its maker’s claims put it there; {ahead}, {weights} too, is ahead of it{run}.",
            ahead=market.name(ahead),
            weights=_open_weights(ahead),
            run=run,
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

    def _few_tests(self, offering: Offering) -> Sentence | None:
        """That others have measured it in hardly any test."""
        known = self._market.abilities.of(offering.model)
        if known.proof != Proof.MEASURED or known.measured >= FEW:
            return None
        return sentence(
            "few tests",
            "others have measured {name} in {tests}: try your own prompts on both.",
            name=self._market.name(offering),
            tests="one test" if known.measured == 1 else f"{known.measured} tests",
        )

    def _apart(self, offerings: Sequence[Offering]) -> Sentence:
        """Whether tests tell these apart; if they do, who is ahead of whom, and how able each is."""
        market = self._market
        first, *others = offerings
        if behind := [o for o in others if market.abilities.surely_better(first.model, o.model)]:
            return sentence(
                "tier",
                "by tests, {first} is ahead of {behind}{run}.",
                first=market.names_with_ability([first]),
                behind=market.names_with_ability(behind),
                run=run_of_both(market, first, behind[0]),
            )
        then = ": let the price decide" if len({market.cost(o) for o in offerings}) > 1 else ""
        text = "by tests, {names} cannot be told apart{then}."
        return sentence("tier", text, names=market.names(offerings), then=then)


def _percent(odds: float) -> str:
    return "more than 99 %" if odds > 0.99 else f"{100 * odds:.0f} %"


def _open_weights(offering: Offering) -> Phrase:
    ground = Ground(of=offering.model, field="open_weights", text="open weights")
    return Phrase(text="open weights", grounds=(ground,))


def _nothing() -> Sentence:
    return sentence("nothing", "which model that is, is unknown here: no test and price of one is known.")
