"""How complete the front models are, question by question, and how much of them has a second witness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.curated.statements.parties import BORNE_OUT
from generator.views.front.questions import QUESTIONS, Answer, Asked, Question
from generator.views.front.rule import front_models
from playground.catalog import Catalog, Channel, Fact, Model, Offering, Seller, Standing
from playground.catalog.model import POINTS_TO
from playground.labels.names import model_order

#: The share of their facts for which an independent witness is wanted.
WITNESSES_WANTED = 0.6
#: The sorts of facts for which one is counted.
WITNESSED = {
    "prices": re.compile(r"price\..+"),
    "limits": re.compile(r"(context|max_input|max_output)_tokens"),
    "dates": re.compile(r"deprecated|retires|retires_earliest|released|knowledge"),
}
#: What is named model by model where every gap is asked for: what nobody knows, or its lab does not state.
GAPS = (Answer.NOT_STATED, Answer.UNKNOWN)
#: Whose offerings are looked at: the lab's own and the large clouds'.
SELLERS = frozenset({Seller.LAB, Seller.HYPERSCALER})
#: The rank of clouds in `model_order`; labs come before, hosts and gateways after.
_CLOUDS = 1
#: Which of a cloud's channels speaks for a model there.
_PLAIN = (Channel.GLOBAL, Channel.US, Channel.REGIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """The answers to one question: the models of which it is known, of which it is not, and why not."""

    name: str
    wanted: float
    models: Mapping[Answer, tuple[str, ...]]

    @property
    def asked(self) -> int:
        return sum(map(len, self.models.values()))

    @property
    def share(self) -> float:
        """What share of the models asked has an answer, between 0 and 1; 1 where none is asked.

        Known, not applicable and not stated are answers; each is a column of its own.
        """
        return 1 - len(self.models[Answer.UNKNOWN]) / self.asked if self.asked else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """Facts of a sort, and how many of them two sources or more say that do not copy each other."""

    name: str
    facts: int
    witnessed: int

    @property
    def share(self) -> float:
        return self.witnessed / self.facts if self.facts else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front models in their order, how complete they are, and how well what they say is borne out."""

    models: tuple[str, ...]
    complete: tuple[Complete, ...]
    witnessed: tuple[Witnessed, ...]


def front(catalog: Catalog, named: Collection[str]) -> Front:
    """The front models of a catalog, measured; `named` are the models of versus.yml."""
    models = front_models(catalog, named)
    places: dict[str, list[Offering]] = {model: [] for model in models}
    called: dict[str, list[Offering]] = {model: [] for model in models}
    for offering in catalog.offerings:
        if offering.model in places:
            places[offering.model].append(offering)
        elif (meant := str(catalog.models[offering.model].value(POINTS_TO))) in called:
            called[meant].append(offering)
    asked = [_asked(catalog, model, [*places[model], *called[model]]) for model in models]
    return Front(
        models=models,
        complete=tuple(_answers(question, asked) for question in QUESTIONS),
        witnessed=tuple(_witnessed(asked, places, catalog)),
    )


def _asked(catalog: Catalog, model: str, places: list[Offering]) -> Asked:
    home, *others = sorted(places, key=lambda place: _home_order(place, model))
    own = [o for o in others if not o.retired and catalog.providers[o.provider].seller_class in SELLERS]
    return Asked(model=catalog.models[model], home=home, places=(home, *own), catalog=catalog)


def _home_order(offering: Offering, model: str) -> tuple[object, ...]:
    """The place that is asked first: one that serves it, the lab's own, then the clouds', then the hosts'.

    A variant, such as the model on certain chips, speaks for it only where nobody serves it plain. A lab may
    let a model be tried that it has no price for: who sells it by the token is asked before. What a lab sells
    by an alias alone, `deepseek-flash`, it sells.
    """
    retired, rank, versioned, *rest = model_order(offering)
    plain = _PLAIN.index(offering.channel) if offering.channel in _PLAIN else len(_PLAIN)
    sold = offering.value("price.input") is not None
    alias = offering.model != model
    return (retired, bool(offering.variant), rank > _CLOUDS, not sold, rank, alias, versioned, plain, *rest)


def _answers(question: Question, asked: list[Asked]) -> Complete:
    models: dict[Answer, list[str]] = {answer: [] for answer in Answer}
    for one in asked:
        if question.asked_of(one):
            models[question.answer(one)].append(one.model.id)
    return Complete(
        name=question.name, wanted=question.wanted, models={a: tuple(m) for a, m in models.items()}
    )


def _witnessed(
    asked: list[Asked], places: Mapping[str, list[Offering]], catalog: Catalog
) -> Iterator[Witnessed]:
    """A row for each sort of fact, `all` at the end."""
    sold = [o for several in places.values() for o in several if not o.retired]
    direct = [o for o in sold if _is_own_or_cloud(o, catalog)]
    counts: dict[str, list[bool]] = defaultdict(list)
    owners: list[Offering | Model] = [*direct, *(one.model for one in asked)]
    for owner in owners:
        for field, fact in owner.facts.items():
            for name, pattern in WITNESSED.items():
                if pattern.fullmatch(field) and fact.value is not None:
                    counts[name].append(_borne_out(fact))
    rows = {name: counts[name] for name in WITNESSED}
    rows["all"] = [one for several in rows.values() for one in several]
    for name, each in rows.items():
        yield Witnessed(name=name, facts=len(each), witnessed=sum(each))


def _is_own_or_cloud(offering: Offering, catalog: Catalog) -> bool:
    """Whether the model's own lab sells it there by the token, or a large cloud does."""
    seller = catalog.providers[offering.provider].seller_class
    return seller == Seller.HYPERSCALER or (seller == Seller.LAB and offering.channel == Channel.DIRECT)


def _borne_out(fact: Fact) -> bool:
    """Whether two say it that do not copy each other; a vendor's page that a person read is one of them."""
    if fact.standing == Standing.OVERRIDDEN:
        by_source = any(claim.value == fact.value and not claim.suspect for claim in fact.claims)
        return by_source or BORNE_OUT in fact.reason
    return fact.standing == Standing.AGREED
