"""What is known of Microsoft's own models (MAI) against OpenAI's: what ends, what is beaten, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from generator.views.verdicts.contest import cheapest_winner, contest, nearest_claimed, run_of_both
from generator.views.verdicts.market import Market
from generator.views.verdicts.verdict import Phrase, Sentence, sentence
from playground.catalog import Offering
from playground.labels.counted import counted


class Microsoft:
    """MAI as Azure sells it, against what OpenAI sells directly."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self.models = tuple(
            o for o in market.at("azure", "global", "microsoft") if o.model.startswith("microsoft/mai-")
        )
        self.rivals = market.lasting(market.at("openai", "direct", "openai"))
        lasting = market.lasting(self.models) or self.models
        #: The ablest that lasts; of those that no test has, the dearest.
        self.best = max(
            lasting, key=lambda o: (market.middle(o), o.sound_price("price.output") or 0, o.key), default=None
        )
        floor = market.middle(self.best) if self.best else float("-inf")
        #: The cheapest of OpenAI's that tests do not place behind it.
        self.small = market.small(self.rivals, floor)

    def ending(self) -> tuple[Sentence, ...]:
        """Those that end soon, the first to end first."""
        soon = [o for o in self.models if self._market.ends_soon(o)]
        soon.sort(key=lambda o: (self._market.outlook(o).days or 0, o.key))
        return tuple(
            sentence(
                "ends soon",
                "**{name} ends on Azure on {day}**, {days} after the day of these figures ({today}).",
                name=self._market.name(o),
                day=self._market.last_day(o),
                days=counted(self._market.outlook(o).days or 0, "day"),
                today=str(self._market.day),
            )
            for o in soon
        )

    def smaller(self, provider: str, channel: str, where: str) -> Sentence | None:
        """What OpenAI's small model costs at a place, for readers who begin there with the ablest."""
        market = self._market
        sold = market.lasting(market.at(provider, channel, "openai"))
        there = next((o for o in sold if self.small and o.model == self.small.model), None)
        if there is None or market.large(sold) == there:
            return None
        return sentence(
            "smaller",
            "where the work asks less, {name} costs {prices} {where} ({ability}).",
            name=market.name(there),
            prices=market.prices(there),
            where=where,
            ability=market.ability(there),
        )

    def leads(self) -> bool:
        """Whether MAI's best costs less than OpenAI's small one, and loses to none that shares a test."""
        best, small = self.best, self.small
        if best is None or small is None or self._market.ends_soon(best):
            return False
        won = any(contest(self._market, best, rival).won for rival in self.rivals)
        lost = cheapest_winner(self._market, self.rivals, best) is not None
        return won and not lost and contest(self._market, best, small).costs_less

    def run_against(self, rival: Offering) -> Sentence | None:
        """What others found who ran the rival and MAI's best in one test: it says more than a score alone."""
        market, best = self._market, self.best
        run = run_of_both(market, rival, best) if best else Phrase(text="")
        if best is None or not run.text:
            return None
        return sentence(
            "run of both",
            "others have tested both {rival} and {mai}{run}.",
            rival=market.name(rival),
            mai=market.name(best),
            run=run,
        )

    def against(self) -> Sentence | None:
        """How MAI's best stands against OpenAI's: beaten, ahead, or open."""
        best = self.best
        if best is None:
            return None
        market = self._market
        names: dict[str, Phrase | str] = {"mai": market.name(best), "mai_prices": market.prices(best)}
        if lost := cheapest_winner(market, self.rivals, best):
            return sentence(
                "loses",
                "neither price nor claims speak for {mai}: it costs {mai_prices}; {rival} costs less at "
                "every known price, {prices}, and claims more in {tests}: {claims}.",
                rival=market.name(lost.own),
                prices=market.prices(lost.own),
                tests=lost.tests,
                claims=lost.claims(),
                **names,
            )
        won = [c for rival in self.rivals if (c := contest(market, best, rival)).won]
        if won:
            rival = max(won, key=lambda c: market.middle(c.other))
            return sentence(
                "wins",
                "{mai} costs {mai_prices}, less than {rival} at {prices}, "
                "and claims more in {tests}: {claims}.",
                rival=market.name(rival.other),
                prices=market.prices(rival.other),
                tests=rival.tests,
                claims=rival.claims(),
                **names,
            )
        near = nearest_claimed(market, self.rivals, best)
        if near is None:
            return self._untested(self.rivals)
        return sentence(
            "open",
            "{mai} costs {mai_prices}, {rival} {prices}; in {tests} the latter stands so: {claims}. "
            "Neither costs less and claims more: try both.",
            rival=market.name(near.own),
            prices=market.prices(near.own),
            tests=near.tests,
            claims=near.claims(),
            **names,
        )

    def _untested(self, rivals: Sequence[Offering]) -> Sentence | None:
        """Where no test is published of both, prices alone are known."""
        market, best = self._market, self.best
        rival = market.cheapest(rivals)
        if best is None or rival is None:
            return None
        return sentence(
            "no test",
            "{mai} costs {mai_prices}, {rival} {prices}; which is abler is unknown: "
            "no test is published of both.",
            mai=market.name(best),
            mai_prices=market.prices(best),
            rival=market.name(rival),
            prices=market.prices(rival),
        )
