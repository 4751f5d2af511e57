"""What a reader looks up of a front model, and what the catalog answers: known, none, not stated, unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from generator.curated.overrides import CUTOFF
from generator.views.figures import day_read
from generator.views.front.rule import line_of
from playground.catalog import Capability, Catalog, Model, Offering, Support
from playground.catalog.regions import regions_field

#: The sorts of what goes in and comes out, beside text.
TYPES = (
    *(Capability.VISION, Capability.AUDIO_IN, Capability.VIDEO_IN),
    *(Capability.IMAGE_OUT, Capability.AUDIO_OUT),
)


class Answer(StrEnum):
    """What the catalog says to a question; that it does not apply is an answer only where it says so.

    Not stated is what every model has and its lab's page, which a person read whole, does not say. Nobody
    need look there again, so that is an answer; it is held apart from what is known.
    """

    KNOWN = "known"
    NOT_APPLICABLE = "does not apply"
    NOT_STATED = "not stated"
    UNKNOWN = "unknown"


#: What counts as answered, in words, as the page and the terminal show it.
ANSWERED = (
    "Answered is what is known, what does not apply and what is not stated. Does not apply is said only "
    "where the catalog says so, as for the efforts of a model without reasoning. Not stated is a cutoff "
    "that a page of the lab's own, which a person read whole, does not give: the model's page names that "
    "page and the day. The cutoff itself stays unknown."
)

#: Of two answers to one question the one that says more counts.
_ORDER = tuple(Answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A model with the place that is asked about it: its lab's own, else its cloud's or a host's.

    `places` are that one and the others of labs and clouds, in the order in which they are asked.
    """

    model: Model
    home: Offering
    places: tuple[Offering, ...]
    catalog: Catalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, the share of the models of which an answer is wanted, and how it is answered."""

    name: str
    wanted: float
    answer: Callable[[Asked], Answer]
    asked_of: Callable[[Asked], bool] = lambda _: True


def _of_model(*fields: str) -> Callable[[Asked], Answer]:
    return lambda asked: _all(asked.model, *fields)


def _of_home(*fields: str) -> Callable[[Asked], Answer]:
    return lambda asked: _all(asked.home, *fields)


def _of_itself(answer: Callable[[Offering], Answer]) -> Callable[[Asked], Answer]:
    """What is true of a model wherever it runs: where its home is silent, the next lab or cloud is asked."""
    return lambda asked: next(
        (a for a in map(answer, asked.places) if a is not Answer.UNKNOWN), Answer.UNKNOWN
    )


def _all(owner: Model | Offering, *fields: str) -> Answer:
    """Known where every field is; a person may have set that a page has none (an override by `null`)."""
    if all(owner.value(name) is not None for name in fields):
        return Answer.KNOWN
    if all(_set_to_none(owner, name) for name in fields if owner.value(name) is None):
        return Answer.NOT_APPLICABLE
    return Answer.UNKNOWN


def _cutoff(asked: Asked) -> Answer:
    """The end of what it knows. Every model has one: where its lab's page has none, it is not stated.

    That a reader can look up only where the page and the day on which it was read stand beside it.
    """
    answer = _all(asked.model, CUTOFF)
    if answer is not Answer.NOT_APPLICABLE:
        return answer
    fact = asked.model.facts[CUTOFF]
    return Answer.NOT_STATED if fact.link and day_read(fact) else Answer.UNKNOWN


def _set_to_none(owner: Model | Offering, name: str) -> bool:
    fact = owner.facts.get(name)
    return fact is not None and fact.is_none


def _is_open(asked: Asked) -> bool:
    """Whether the weights may be open: of what nobody says, the licence is asked for too.

    A new model of a line of which weights are known to be kept, and none to be published, is not asked.
    """
    if (own := asked.model.value("open_weights")) is not None:
        return own != Support.NO
    line = line_of(asked.model.id)
    known = {m.value("open_weights") for m in asked.catalog.models.values() if line_of(m.id) == line}
    return known - {None} != {Support.NO}


def _window(place: Offering) -> Answer:
    """How much it takes; some vendors say only how much of that may go in."""
    return min((_all(place, name) for name in ("context_tokens", "max_input_tokens")), key=_ORDER.index)


def _output(place: Offering) -> Answer:
    return _all(place, "max_output_tokens")


def _types(place: Offering) -> Answer:
    return _all(place, *(f"can.{sort}" for sort in TYPES))


def _efforts(place: Offering) -> Answer:
    """Which efforts it takes: each of all that there are. A model without reasoning takes none."""
    if place.can(Capability.REASONING) == Support.NO:
        return Answer.NOT_APPLICABLE
    return Answer.UNKNOWN if Support.UNKNOWN in place.efforts().values() else Answer.KNOWN


def _default_effort(place: Offering) -> Answer:
    """Which effort it takes where none is named; one that takes none by name has none."""
    none_by_name = set(place.efforts().values()) == {Support.NO}
    if none_by_name or place.can(Capability.REASONING) == Support.NO:
        return Answer.NOT_APPLICABLE
    return _all(place, "default_effort")


def _cached(asked: Asked) -> Answer:
    if asked.home.can(Capability.PROMPT_CACHING) == Support.NO:
        return Answer.NOT_APPLICABLE
    return _all(asked.home, "price.cache_read")


def _ends(asked: Asked) -> Answer:
    return min((_all(asked.home, name) for name in ("retires", "retires_earliest")), key=_ORDER.index)


def _is_ending(asked: Asked) -> bool:
    return asked.home.value("retires") is not None or asked.home.value("status") == "deprecated"


def _replaced(asked: Asked) -> Answer:
    named = asked.catalog.providers[asked.home.provider].replacements
    if any(one.model == asked.model.id for one in named):
        return Answer.KNOWN
    return _all(asked.home, "replaced_by")


def _where(asked: Asked) -> Answer:
    """Its regions, where its provider says that requests over the channel stay, or where it keeps them."""
    provider = asked.catalog.providers[asked.home.provider]
    known = asked.catalog.residency(asked.home) or regions_field(asked.home) or provider.stored_in
    return Answer.KNOWN if known else Answer.UNKNOWN


#: What is asked, in the order of the page.
QUESTIONS = (
    Question(name="release date", wanted=0.95, answer=_of_model("released")),
    Question(name="knowledge cutoff", wanted=0.95, answer=_cutoff),
    Question(name="context window", wanted=0.95, answer=_of_itself(_window)),
    Question(name="efforts", wanted=0.95, answer=_of_itself(_efforts)),
    Question(name="prices of input and output", wanted=0.95, answer=_of_home("price.input", "price.output")),
    Question(name="output limit", wanted=0.8, answer=_of_itself(_output)),
    Question(name="default effort", wanted=0.8, answer=_of_itself(_default_effort)),
    Question(name="what goes in and comes out", wanted=0.8, answer=_of_itself(_types)),
    Question(name="price of cached input", wanted=0.8, answer=_cached),
    Question(name="prices of batch", wanted=0.8, answer=_of_home("price.batch.input", "price.batch.output")),
    Question(name="licence (open weights)", wanted=0.8, answer=_of_model("licence"), asked_of=_is_open),
    Question(name="parameters (open weights)", wanted=0.8, answer=_of_model("parameters"), asked_of=_is_open),
    Question(name="last day, or not before", wanted=0.8, answer=_ends),
    Question(name="replacement (where it ends)", wanted=0.8, answer=_replaced, asked_of=_is_ending),
    Question(name="regions, or where requests stay", wanted=0.8, answer=_where),
    Question(name="rate limits by tier", wanted=0.8, answer=_of_home("rate_tiers")),
)
