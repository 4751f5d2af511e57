"""The answers to the named needs, and what the Choose page loads for its controls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.curated.named_needs import NamedNeed
from generator.exports.form import LISTS, need_form
from generator.exports.playground import OWN_ID, callable_rows, calls, ways_of_calls
from generator.owner.evaluations import SiteEvaluation
from generator.views.as_of import latest
from playground.ability import Abilities
from playground.ability.ability_json import abilities_to_json
from playground.advisor import MODELS, MODELS_MOST, Advisor
from playground.catalog import Catalog, Kind
from playground.catalog.packed import pack
from playground.decide.chooser import NOBODY
from playground.decide.own.evidence import identified
from playground.decide.own.sentences import source_sentence
from playground.labels.names import display_names
from playground.need.kinds.idle import idle_parts
from playground.need.need import need_to_parts
from playground.need.reader import read_need
from playground.spelling import did_you_mean

#: What puts an offering out, in full, by the constraint's name as far as its colon.
REASONS: Mapping[str, str] = {
    "kind": "another kind of model, or nobody says which",
    "lab": "made by another lab",
    "provider": "served by another provider",
    "channel": "served over another channel",
    "class of seller": "sold by another class of provider",
    "model": "another model",
    "support": "its provider's support page is not known here",
    "paid by use": "a plan, not paid by what is used",
    "not given away": "given away, which may end any day",
    "can": "cannot, or nobody says",
    "open weights": "its weights are kept",
    "licence": "under another licence",
    "fits in memory": "too large for the memory",
    "stays within": "requests may leave the place asked for",
    "in region": "not to be had in the region",
    "zero retention": "what is sent is kept",
    "no training": "what is sent may be trained on",
    "certified": "its provider's pages do not name that certification",
    "input fits": "takes no input as long",
    "output fits": "gives no output as long, or nobody says",
    "still lives": "retired, or not known to live as long as asked",
    "providers to switch to": "too few providers serve the model",
    "benchmark": "a worse score than asked, or none",
    "able enough": "surely less able than asked, or untested",
    "budget": "dearer than the budget, or its cost is not known",
    "request budget": "dearer a request than asked, or its cost is not known",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredNeed:
    """A named need with its answer, as playground.advisor gives it."""

    named: NamedNeed
    answer: Mapping[str, Any]


def advisor_for(catalog: Catalog, sha256: str, abilities: Abilities = NOBODY) -> Advisor:
    """The advisor that answers what a site is made with, as of the catalog's freshest source."""
    called = calls(catalog)
    ways = ways_of_calls(catalog, called)
    return Advisor(catalog, display_names(catalog), called, sha256, latest(catalog), abilities, ways)


def answered_needs(needs: tuple[NamedNeed, ...], advisor: Advisor) -> tuple[AnsweredNeed, ...]:
    """Each need that the advisor's catalog can answer.

    A need that speaks of what a site owner has left out (a provider, a series of scores) is left out too.
    """
    answered = []
    for named in needs:
        need, faults = advisor.read(named.need)
        if not faults:
            answer = advisor.answer(need)
            shown = advisor.shown(answer)
            shown["pending"] = advisor.pending(answer)
            shown["places"] = advisor.places(answer, [m["model"] for m in shown["models"]])
            answered.append(AnsweredNeed(named=named, answer=shown))
    return tuple(answered)


def identified_evaluations(
    evaluations: Iterable[SiteEvaluation], advisor: Advisor
) -> tuple[SiteEvaluation, ...]:
    """The results that the site's owner publishes, with the id of each model that the catalog has."""
    return tuple(
        replace(one, observed=identified(one.observed, advisor.catalog, advisor.calls)) for one in evaluations
    )


def unknown_in(evaluations: Sequence[SiteEvaluation], catalog: Catalog) -> tuple[list[str], list[str]]:
    """What the results name that the catalog does not have: what is wrong, and what only has no page.

    An id under `model` or a `row` that is unknown is wrong. An id that was sent may be of one's own model, so
    it is not; at an own address nothing else is expected.
    """
    wrong, without_page = list[str](), list[str]()
    if not evaluations:
        return wrong, without_page
    called = calls(catalog)
    rows = [row["id"] for row in callable_rows(catalog.providers.values())]
    for one in evaluations:
        known = identified(one.observed, catalog, called).observations
        for place, (given, there) in enumerate(zip(one.observed.observations, known, strict=True), 1):
            at = f"{one.id}.json: model {place}"
            row = given.row.partition(".")[0]
            if given.model and given.model not in catalog.models:
                near = did_you_mean(given.model, catalog.models)
                wrong.append(
                    f"{at}: the catalog has no {given.model!r}{near}; correct it, or leave model empty"
                )
            elif row and given.row not in rows and row != OWN_ID:
                near = did_you_mean(row, rows)
                wrong.append(f"{at}: there is no row {given.row!r}{near}; correct it, or leave row empty")
            elif not there.model and row != OWN_ID:
                without_page.append(
                    f"{at}: {given.called or given.name!r} calls no single model of the catalog, so it "
                    "stands on no model's page; write its id under model if the catalog has it"
                )
    return wrong, without_page


def chooser_data(
    answered: tuple[AnsweredNeed, ...], catalog: Catalog, evaluations: Sequence[SiteEvaluation] = ()
) -> dict[str, Any]:
    """What the page's controls offer, the named needs without their answers, and which results there are."""
    return {
        "needs": [
            {
                "id": one.named.id,
                "title": one.named.title,
                "said": one.named.said,
                "why": one.named.why,
                "need": need_to_parts(read_need(one.named.need, catalog)[0]),
            }
            for one in answered
        ],
        "form": need_form(catalog),
        "lists": LISTS,
        "idle": {kind: parts for kind in Kind if (parts := idle_parts(kind))},
        "reasons": REASONS,
        "models": {"shown": MODELS, "most": MODELS_MOST},
        "evaluations": [{"id": one.id, "source": source_sentence(one.observed)} for one in evaluations],
    }


def packed_catalog(advisor: Advisor) -> dict[str, Any]:
    """The advisor's catalog for the browser."""
    as_of = str(advisor.today) if advisor.catalog.sources else ""
    called = advisor.links
    packed = pack(
        advisor.catalog, advisor.sha256, as_of, names=advisor.names, calls=called.usual, ways=called.ways
    )
    return {**packed, "abilities": abilities_to_json(advisor.abilities)}
