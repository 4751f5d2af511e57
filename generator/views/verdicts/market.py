"""The living chat models of a place, and the phrases that name one: its name, its price, its last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from generator.curated.statements.guide_statements import GuideStatements
from generator.views.figures import UNKNOWN, escape, last_day
from generator.views.verdicts.verdict import Ground, Phrase
from playground.ability import Abilities, Proof
from playground.catalog import Catalog, Kind, Offering
from playground.labels.addresses import anchor, markdown_link, model_path, provider_path
from playground.labels.labels import money
from playground.lifecycle.lines import succeeds
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.need.machine import memory_of, parameters_of
from playground.pricing.coming import coming_price
from playground.pricing.price_changes import price_changes, with_changes

#: Who ends within so many days is no place to begin.
SOON_DAYS = 180
PRICES = ("price.input", "price.cache_read", "price.output")


class Market:
    """A catalog, its abilities and its day, as verdicts ask for them."""

    def __init__(
        self,
        catalog: Catalog,
        abilities: Abilities,
        names: Mapping[str, str],
        day: date,
        statements: GuideStatements,
    ) -> None:
        self.catalog = catalog
        self.abilities = abilities
        self.day = day
        self._names = names
        self._statements = statements

    # Which models.

    def at(self, provider: str, channel: str, lab: str = "") -> tuple[Offering, ...]:
        """The chat models sold there in their plain version and not retired, of one lab or of all."""
        return tuple(
            o
            for o in self.catalog.offerings
            if o.provider == provider
            and o.channel == channel
            and o.kind == Kind.CHAT
            and o.lab == (lab or o.lab)
            and not (o.version or o.variant)
            and self.outlook(o).stage != Stage.RETIRED
        )

    def outlook(self, offering: Offering) -> Outlook:
        """What is known of its end."""
        return outlook_of(offering, self.day)

    def ends_soon(self, offering: Offering) -> bool:
        """Whether a last day within SOON_DAYS is known."""
        outlook = self.outlook(offering)
        return outlook.retires is not None and outlook.days is not None and outlook.days <= SOON_DAYS

    def lasting(self, offerings: Iterable[Offering]) -> tuple[Offering, ...]:
        """Those to begin with: no preview by name, neither deprecated nor ending soon, both prices known."""
        return tuple(
            o
            for o in offerings
            if o.value("status") != Stage.DEPRECATED
            and "preview" not in o.model
            and not self.ends_soon(o)
            and all(o.sound_price(f) is not None for f in ("price.input", "price.output"))
        )

    def middle(self, offering: Offering) -> float:
        """The middle of its ability; below all others where no test has it."""
        general = self.abilities.of(offering.model).general
        return general.middle if general else float("-inf")

    def ablest(self, offerings: Iterable[Offering]) -> Offering | None:
        """The ablest by others' tests; what its maker's claims alone speak for comes after those."""
        return max(
            self.tested(offerings),
            key=lambda o: (self.abilities.of(o.model).proof == Proof.MEASURED, self.middle(o), o.key),
            default=None,
        )

    def tested(self, offerings: Iterable[Offering]) -> tuple[Offering, ...]:
        """Those that a test has."""
        return tuple(o for o in offerings if self.abilities.of(o.model).general)

    def cost(self, offering: Offering) -> Decimal:
        """USD for three million tokens of input and one of output, at the prices that are announced last.

        Beyond all where one of them is unknown.
        """
        then = with_changes(offering, price_changes(offering, self.day))
        of, out = (then.sound_price(f) for f in ("price.input", "price.output"))
        return 3 * of + out if of is not None and out is not None else Decimal("Infinity")

    def as_cheap(self, offerings: Iterable[Offering]) -> list[Offering]:
        """The cheapest by three tokens of input for one of output at announced prices, and all that cost so.

        Of one line the last stands for all: nobody begins with a model whose successor costs the same.
        """
        known = list(offerings)
        least = min(map(self.cost, known), default=None)
        alike = [o for o in known if self.cost(o) == least]
        return [o for o in alike if not any(succeeds(other.model, o.model) for other in alike)]

    def cheapest(self, offerings: Iterable[Offering]) -> Offering | None:
        """The cheapest; of those that cost the same the ablest."""
        return min(self.as_cheap(offerings), key=lambda o: (-self.middle(o), o.key), default=None)

    def small(self, offerings: Iterable[Offering], floor: float) -> Offering | None:
        """The cheapest whose ability is not below `floor`."""
        return self.cheapest(o for o in self.tested(self.lasting(offerings)) if self.middle(o) >= floor)

    def large(self, offerings: Iterable[Offering]) -> Offering | None:
        """The cheapest of those that tests cannot tell from the ablest."""
        return self.cheapest(self.first_tier(offerings))

    def first_tier(self, offerings: Iterable[Offering]) -> tuple[Offering, ...]:
        """Those that tests cannot tell from the ablest."""
        lasting = self.tested(self.lasting(offerings))
        tiers = self.abilities.tiers({o.model for o in lasting})
        return tuple(o for o in lasting if tiers and o.model in tiers[0])

    # Phrases.

    def name(self, offering: Offering) -> str:
        """A model's name, which leads to the place that is spoken of."""
        return markdown_link(escape(self._names[offering.model]), _row(offering))

    def names(self, offerings: Sequence[Offering]) -> str:
        """`A, B and C`."""
        return listed([self.name(o) for o in offerings])

    def names_with_ability(self, offerings: Sequence[Offering]) -> Phrase:
        """`A, B and C`, with how able each is."""
        known = [self.ability(o) for o in offerings]
        text = listed([f"{self.name(o)} ({able.text})" for o, able in zip(offerings, known, strict=True)])
        return Phrase(text=text, grounds=tuple(g for able in known for g in able.grounds))

    def price(self, offering: Offering, field: str) -> Phrase:
        """One price, with what it becomes on a day that is announced."""
        usd = offering.sound_price(field)
        if usd is None:
            return Phrase(text="an unknown price")
        text = money(usd)
        then = coming_price(price_changes(offering, self.day), field)
        shown = markdown_link(text, _row(offering)) + (f" ({then})" if then else "")
        return Phrase(text=shown, grounds=(Ground(of=offering.key, field=field, text=text),))

    def prices(self, offering: Offering) -> Phrase:
        """`$0.10 in and $0.50 out`."""
        of, out = self.price(offering, "price.input"), self.price(offering, "price.output")
        return Phrase(text=f"{of.text} in and {out.text} out", grounds=(*of.grounds, *out.grounds))

    def shown(self, offering: Offering | None) -> tuple[str, str]:
        """Its name and both prices for a table, a dash each where there is none."""
        if offering is None:
            return UNKNOWN, UNKNOWN
        changes = price_changes(offering, self.day)
        today, then = (_in_and_out(o) for o in (offering, with_changes(offering, changes)))
        return self.name(offering), f"{today}, from {changes[-1].day} {then}" if then != today else today

    def last_day(self, offering: Offering) -> Phrase:
        """Its last day of service, where it is known."""
        retires = self.outlook(offering).retires
        if retires is None:
            return Phrase(text="an unknown day")
        ground = Ground(of=offering.key, field="retires", text=str(retires))
        link = f'<a href="{_row(offering)}">{last_day(str(retires))}</a>'
        return Phrase(text=link, grounds=(ground,))

    def ability(self, offering: Offering) -> Phrase:
        """How able it is, how sure that is, and by whom it is known."""
        known = self.abilities.of(offering.model)
        if known.general is None:
            return Phrase(text="no test of it is published")
        scores = "the one score" if known.scores == 1 else f"{known.measured} of {known.scores} scores"
        who = "claimed by its maker alone" if known.proof == Proof.CLAIMED else f"{scores} by others"
        low, middle, high = known.general.low, known.general.middle, known.general.high
        text = f"ability {middle:.2f}, likely {low:.2f} to {high:.2f}, {who}"
        return Phrase(text=text, grounds=(Ground(of=offering.model, field="ability", text=f"{middle:.2f}"),))

    def stays(self, offering: Offering, zone_text: str) -> Phrase:
        """Where requests stay, with the provider's own statement."""
        link = markdown_link(zone_text, f"{provider_path(offering.provider)}#statements")
        return Phrase(
            text=link,
            grounds=(Ground(of=f"{offering.provider}/{offering.channel}", field="stays", text=zone_text),),
        )

    def stored(self, offering: Offering) -> Phrase:
        """The country in which its seller stores what it gets, where it says so; empty where it does not."""
        where = self.catalog.providers[offering.provider].stored_in
        if where is None:
            return Phrase(text="")
        link = markdown_link(f"in {where.value}", f"{provider_path(offering.provider)}#statements")
        return Phrase(text=f", which stores what it gets {link}")

    def size(self, offering: Offering) -> Phrase:
        """What it takes on a machine of the reader's own; empty where nobody says how large it is."""
        count = self.catalog.models[offering.model].value("parameters")
        if not isinstance(count, int):
            return Phrase(text="")
        millions = parameters_of(count, offering.model) or Decimal(0)
        text = f"{millions.normalize():,f} billion parameters"
        return Phrase(
            text=f"; on your own machine its {text} take about {memory_of(millions):,.0f} GB at four bits",
            grounds=(Ground(of=offering.model, field="parameters", text=text),),
        )

    def dearer(self, usual: Offering | None, other: Offering) -> Phrase:
        """What the other place charges more or less for the same model: `20 % more than globally`."""
        pairs = [(usual.sound_price(f), other.sound_price(f)) for f in PRICES] if usual else []
        more = sorted({round(float(100 * (y / x - 1)), 1) for x, y in pairs if x and y is not None})
        if not more:
            return Phrase(text="")
        if more == [0]:
            return Phrase(text="the same price as")
        span = f"{abs(more[0]):.3g} %" if len(more) == 1 else f"{more[0]:.3g} to {more[-1]:.3g} %"
        return Phrase(text=f"{span} {'less' if more[-1] < 0 else 'more'} than")

    def stated(self, *ids: str) -> Phrase:
        """What statements say, joined; those that this site does not keep are left out."""
        texts = [f"{self._statements[i].says}⟦{i}⟧".replace("'", "’") for i in ids if i in self._statements]
        return Phrase(text="; ".join(texts))


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    *rest, last = names
    return f"{', '.join(rest)} and {last}" if rest else last


def _in_and_out(offering: Offering) -> str:
    """`$0.10 / $0.50`."""
    usd = [offering.sound_price(f) for f in ("price.input", "price.output")]
    return " / ".join(UNKNOWN if u is None else money(u) for u in usd)


def _row(offering: Offering) -> str:
    return f"{model_path(offering.model)}#{anchor(offering)}"
