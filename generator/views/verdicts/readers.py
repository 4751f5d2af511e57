"""Microsoft or OpenAI: a verdict for each of six readers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.views.verdicts.contest import newest_measured
from generator.views.verdicts.followed import followed_sentence
from generator.views.verdicts.market import Market
from generator.views.verdicts.microsoft import Microsoft
from generator.views.verdicts.steps import step_sentence
from generator.views.verdicts.verdict import Phrase, Sentence, Verdict, sentence
from generator.views.verdicts.zones import what_keeps, zones_of_azure_alone
from playground.catalog import Offering
from playground.catalog.regions import Zone
from playground.decide.portability import serving


def reader_verdicts(market: Market) -> tuple[Verdict, ...]:
    """The verdicts, in the order of the page."""
    return _Readers(market).verdicts()


class _Readers:
    """The rules for each reader over one market."""

    def __init__(self, market: Market) -> None:
        self._market = market
        self._mai = Microsoft(market)
        self._direct = market.at("openai", "direct", "openai")
        self._global = market.at("azure", "global", "openai")
        self._large = market.large(self._direct)

    def verdicts(self) -> tuple[Verdict, ...]:
        first = self._mai.leads()
        begin = "MAI on Azure" if first else ""
        lead = self._mai.best if first else None
        way = "azure/global"
        return (
            self._verdict(
                "startup",
                "A startup",
                way if first else "openai/direct",
                begin or "OpenAI direct",
                lead or self._mai.small,
                self._startup(),
            ),
            self._verdict(
                "microsoft",
                "A Microsoft shop",
                way,
                begin or "Azure OpenAI, Global",
                lead or self._there("global"),
                self._microsoft(),
            ),
            self._verdict(
                "bank",
                "A bank in the EU",
                "azure/data-zone-eu",
                "Azure OpenAI, EU Data Zone",
                self._there("data-zone-eu"),
                self._bank(),
            ),
            self._verdict(
                "public_body",
                "A public body in the US",
                "azure/government",
                "Azure Government, or the US Data Zone",
                self._government(),
                self._public_body(),
            ),
            self._verdict(
                "vendor",
                "A software vendor",
                "openai/direct",
                "OpenAI direct, and Azure OpenAI too",
                self._large,
                self._vendor(),
            ),
            self._verdict(
                "on_openai",
                "A team already on OpenAI",
                way if first else "openai/direct",
                begin or "Stay where you are",
                lead or self._large,
                self._on_openai(),
            ),
        )

    def _verdict(
        self,
        reader: str,
        title: str,
        way: str,
        begin: str,
        model: Offering | None,
        sentences: Iterator[Sentence | None],
    ) -> Verdict:
        shown, price = self._market.shown(model)
        lines = tuple(s for s in (*sentences, followed_sentence(self._market, model)) if s)
        return Verdict(
            reader=reader, title=title, way=way, begin=begin, model=shown, price=price, sentences=lines
        )

    def _there(self, channel: str) -> Offering | None:
        """OpenAI's large model in a deployment type of Azure: the same as directly, else the best there."""
        sold = self._market.at("azure", channel, "openai")
        same = next((o for o in sold if self._large and o.model == self._large.model), None)
        return same or self._market.large(sold)

    def _same(self, offering: Offering, offerings: tuple[Offering, ...]) -> Offering | None:
        return next((o for o in offerings if o.model == offering.model), None)

    # The readers.

    def _startup(self) -> Iterator[Sentence | None]:
        market, small, large = self._market, self._mai.small, self._large
        if small:
            yield sentence(
                "small first",
                "begin with {small}: {prices} for a million tokens ({ability}).",
                small=market.name(small),
                prices=market.prices(small),
                ability=market.ability(small),
            )
            yield self._mai.run_against(small) or newest_measured(market, small)
        if small and large and large != small:
            yield sentence(
                "step up",
                "where it fails on your prompts, {large} is the next step, at {prices} ({ability}).",
                large=market.name(large),
                prices=market.prices(large),
                ability=market.ability(large),
            )
        yield self._mai.against()
        yield step_sentence(market, small)
        if (paid := self._market.stated("azure-startups")).text:
            yield sentence("credits", "{paid}.", paid=paid)

    def _microsoft(self) -> Iterator[Sentence | None]:
        market, there = self._market, self._there("global")
        yield from self._mai.ending()
        if there:
            yield from self._same_price(
                there, "{name} costs {prices} in Azure’s Global deployment, {more} at OpenAI."
            )
        yield self._mai.smaller("azure", "global", "there")
        if (sold := market.stated("azure-sold")).text:
            yield sentence("one bill", "{sold}.", sold=sold)
        yield self._preview()
        yield self._mai.against()

    def _bank(self) -> Iterator[Sentence | None]:
        market, there = self._market, self._there("data-zone-eu")
        if there is None:
            yield sentence("no zone", "which of OpenAI’s models are in Azure’s EU Data Zone is unknown.")
        else:
            yield from self._zone(there, Zone.EU, "data-zone-eu")
            until = market.outlook(there).retires
            if until:
                yield sentence("until", "it is served there until {day}.", day=market.last_day(there))
            yield self._mai.smaller("azure", "data-zone-eu", "there")
        yield self._mai_within(Zone.EU, "the EU")
        yield self._direct_within(Zone.EU)
        if (read := market.stated("azure-abuse", "azure-abuse-off")).text:
            yield sentence("abuse", "{read}.", read=read)

    def _public_body(self) -> Iterator[Sentence | None]:
        market, gov = self._market, self._government()
        if gov:
            yield sentence(
                "government",
                "where your rules ask for a government cloud: the ablest of OpenAI’s models that is known in "
                "Azure Government is {name}, at {prices}.",
                name=market.name(gov),
                prices=market.prices(gov),
            )
        mai = [o for o in market.at("azure", "government") if o.lab == "microsoft"]
        yield sentence(
            "MAI in government",
            "{mai} there.",
            mai=f"{market.names(mai)} is sold" if mai else "no MAI model is known",
        )
        there = self._there("data-zone-us")
        if there:
            yield from self._zone(there, Zone.US, "data-zone-us", "where a US zone is enough: ")
        yield self._mai_within(Zone.US, "the US")

    def _vendor(self) -> Iterator[Sentence | None]:
        market, large, mai = self._market, self._large, self._mai.best
        yield from self._mai.ending()
        yield self._two_ends()
        if large and mai:
            count = len(serving(market.catalog.of_model(mai.model)))
            yield sentence(
                "sellers",
                "{large} is sold by {more} providers, {mai} by {count}: keep a model’s name in "
                "configuration, and let customers choose between both ways in.",
                large=market.name(large),
                more=str(len(serving(market.catalog.of_model(large.model)))),
                mai=market.name(mai),
                count=str(count),
            )
        yield self._preview()
        if (defended := market.stated("openai-indemnity", "azure-indemnity")).text:
            yield sentence("indemnity", "{defended}.", defended=defended)

    def _on_openai(self) -> Iterator[Sentence | None]:
        there = self._there("global")
        yield self._two_ends()
        if there:
            zones = zones_of_azure_alone(self._market, self._large)
            yield from self._same_price(
                there,
                f"stay, unless you need {zones}an Entra identity or an Azure bill: "
                "{name} costs {prices} on Azure, {more} at OpenAI.",
            )
        yield self._mai.smaller("openai", "direct", "at OpenAI")
        yield self._direct_within(Zone.EU)
        yield self._mai.against()
        yield step_sentence(self._market, self._large)

    # What several readers are told.

    def _same_price(self, there: Offering, template: str) -> Iterator[Sentence]:
        own = self._same(there, self._direct)
        more = self._market.dearer(own, there)
        if more.text:
            name, prices = self._market.name(there), self._market.prices(there)
            yield sentence("against OpenAI’s price", template, name=name, prices=prices, more=more)

    def _zone(self, there: Offering, zone: Zone, channel: str, lead: str = "") -> Iterator[Sentence]:
        """What it costs in a zone, and what keeps requests there."""
        market = self._market
        more = market.dearer(self._same(there, self._global), there)
        than = f", {more.text} globally" if more.text else ""
        held = what_keeps(self._market, there, zone)
        if held:
            yield sentence(
                f"zone {channel}",
                "{lead}{name} costs {prices} in Azure’s {zone} Data Zone{than}; requests stay {stays}.",
                lead=lead,
                name=market.name(there),
                prices=market.prices(there),
                zone=zone.upper(),
                than=than,
                stays=market.stays(there, held),
            )
        else:
            yield sentence(
                f"zone {channel}",
                "{lead}{name} costs {prices} there{than}, but whether requests stay there is unknown.",
                lead=lead,
                name=market.name(there),
                prices=market.prices(there),
                than=than,
            )

    def _mai_within(self, zone: Zone, where: str) -> Sentence | None:
        """Whether any place of MAI's best keeps requests within a zone."""
        market, mai = self._market, self._mai.best
        if mai is None:
            return None
        places = [o for o in market.catalog.of_model(mai.model) if o.provider == "azure"]
        inside = next((o for o in places if what_keeps(self._market, o, zone)), None)
        if inside:
            return sentence(
                "MAI within",
                "{mai} can stay within {where} too, at {prices}.",
                mai=market.name(inside),
                where=where,
                prices=market.prices(inside),
            )
        anywhere = market.stated("azure-global")
        why = f", and {anywhere.text}" if anywhere.text else ""
        return sentence(
            "MAI outside",
            "MAI is out: {mai} is known in the Global deployment alone{why}.",
            mai=market.name(mai),
            why=why,
        )

    def _direct_within(self, zone: Zone) -> Sentence | None:
        """OpenAI's own models that can stay in a zone, and what has to be done for it."""
        market = self._market
        staying = [o for o in market.lasting(self._direct) if what_keeps(self._market, o, zone)]
        best = market.large(staying)
        if best is None:
            return None
        return sentence(
            "direct within",
            "OpenAI’s own API can stay {how}: {name}, at {prices} without what that adds.",
            name=market.name(best),
            how=market.stays(best, what_keeps(self._market, best, zone)),
            prices=market.prices(best),
        )

    def _government(self) -> Offering | None:
        """The ablest of OpenAI's models that is known in Azure Government."""
        sold = self._market.lasting(self._market.at("azure", "government", "openai"))
        return self._market.ablest(sold)

    def _preview(self) -> Sentence | None:
        """What Microsoft says of MAI's state, where it is the model that is spoken of."""
        mai = self._mai.best
        if mai is None or mai.model != "microsoft/mai-thinking-1":
            return None
        preview = self._market.stated("mai-preview", "mai-no-ptu")
        return sentence("preview", "{preview}.", preview=preview) if preview.text else None

    def _two_ends(self) -> Sentence | None:
        """The models that end first at OpenAI, and which of them ends first on Azure."""
        market = self._market
        ending = [o for o in market.tested(self._direct) if market.ends_soon(o)]
        if not ending:
            return None
        soonest = min(market.outlook(o).days or 0 for o in ending)
        first = [o for o in ending if market.outlook(o).days == soonest]
        days = [market.last_day(o) for o in first]
        there = [o for one in first if (o := self._same(one, self._global)) and market.outlook(o).retires]
        next_ = min(there, key=lambda o: (market.outlook(o).days or 0, o.key), default=None)
        azure = "; on Azure {ends} on {later}" if next_ else ": look up your own models’ days"
        return sentence(
            "two ends",
            f"{{names}} {'end' if len(first) > 1 else 'ends'} at OpenAI on {{day}}{azure}.",
            names=market.names(first),
            day=Phrase(text=days[0].text, grounds=tuple(g for d in days for g in d.grounds)),
            ends=f"{market.name(next_)} ends first of these," if next_ and len(first) > 1 else "it ends",
            later=market.last_day(next_) if next_ else "",
        )
