"""Replies to questions about a catalog, as JSON. It needs no network and knows no JavaScript.

    {"kind": "choose", "need": {"must": ["vision"], …}}     → a shortlist (`most` models), explained
    {"kind": "record", "need": {…}, "claims": {…}}          → a decision record in Markdown
    {"kind": "rest", "need": {…}}                           → what of an answer takes a page longest
    {"kind": "places", "need": {…}, "model": "…"}           → the places of one model, left and eliminated
    {"kind": "out", "need": {…}, "constraint": "…"}         → all that a constraint puts out, or `most`
    {"kind": "versus", "a": "…", "b": "…", "work": {…}}     → two models or offerings compared
    {"kind": "bills", "work": {…}, "names": ["…"]}          → a month's bill at each, and what would save
    {"kind": "usage", "text": "…"}                          → a usage export as a month's work
    {"kind": "retirements", "text": "…", "ids": […], …}     → the models a text names, and when they retire

A reply lists what cannot be read in a need beside the answer to the rest of it.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from playground.ability import Abilities
from playground.ability.ability_json import abilities_from_json
from playground.catalog import Catalog, Offering, Standing
from playground.catalog.packed import calls_of, unpack, ways_of
from playground.decide.answer import Answer
from playground.decide.answer_json import (
    answer_to_json,
    candidate_to_json,
    claims_of,
    out_to_json,
    swaps_to_json,
)
from playground.decide.candidate import Candidate
from playground.decide.chooser import FLIPS, NOBODY, Chooser
from playground.decide.order.behind import behind
from playground.decide.own.evidence import Own, own_answer, read_own
from playground.decide.places import places_to_json, with_names
from playground.errors import RequestError
from playground.json_text import read_json, write_json
from playground.labels.addresses import anchor
from playground.labels.calls import Calls
from playground.labels.labels import MARKS, label
from playground.labels.names import place_name
from playground.need.need import WORK, Fault, Need, need_to_parts, workload_to_parts
from playground.need.reader import read_need
from playground.pricing.bill_json import labelled_bill
from playground.pricing.bills import MOST, bills_to_json
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text
from playground.pricing.usage_export import UsageError, counted_to_json, read_usage
from playground.versus.side import NoSideError, side

if TYPE_CHECKING:
    from playground.lifecycle.findings import RetirementScan

#: The models that a page shows at first and at most; the places of one model, left, and out by each reason.
MODELS, MODELS_MOST, PLACES = 15, 150, 12
#: What of an answer a page asks for once the rest is drawn.
LATER = ("flips", "swaps", "names")


class Advisor:
    """A catalog and the day, ready for questions."""

    def __init__(
        self,
        catalog: Catalog,
        names: Mapping[str, str],
        calls: Mapping[str, str],
        sha256: str,
        today: date,
        abilities: Abilities = NOBODY,
        ways: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`names` is what each model is called, `calls` and `ways` are as in labels/calls.py."""
        self.sha256 = sha256
        self.today = today
        self.day = catalog.day
        self.names = names
        self.calls = calls
        self._chooser = Chooser(catalog, today, abilities)
        self.catalog = self._chooser.catalog
        self.links = Calls(catalog=self.catalog, usual=calls, ways=ways or {})
        self.abilities = abilities
        self._retirement_scan: RetirementScan | None = None

    @classmethod
    def of(cls, text: str, today: str) -> Advisor:
        """The advisor of a packed catalog, on a day like 2026-11-24."""
        data = json.loads(text)
        catalog = unpack(data)
        calls, day = calls_of(data, catalog), date.fromisoformat(today)
        abilities = abilities_from_json(data["abilities"]) if "abilities" in data else NOBODY
        advisor = cls(catalog, data["names"], calls, data["sha256"], day, abilities, ways_of(data, catalog))
        advisor.choose({})  # so that the first question is as quick as the others
        # All of this stays, and what an answer makes goes with it: the collector has next to nothing to find.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000)
        return advisor

    def ask(self, text: str) -> str:
        """The reply to a question, both JSON."""
        question = read_json(text)
        kinds = {
            "choose": self._choose,
            "record": self._record,
            "rest": self._rest,
            "places": self._places,
            "out": self._out,
            "versus": self._versus,
            "bills": self._bills,
            "usage": self._usage,
            "retirements": self._retirements,
        }
        try:
            return write_json({"answer": kinds[question["kind"]](question)})
        except (NoSideError, UsageError, RequestError) as error:
            return write_json({"error": str(error)})
        except (KeyError, TypeError, ValueError) as error:
            return write_json({"error": f"This question has no answer ({type(error).__name__}: {error})."})

    def read(self, parts: Mapping[str, Any]) -> tuple[Need, tuple[Fault, ...]]:
        """The need that these parts make, and what cannot be read."""
        return read_need(parts, self.catalog)

    def answer(self, need: Need) -> Answer:
        """The answer to a need."""
        return self._chooser.answer(need, flips=MODELS)

    def _asked(self, question: Mapping[str, Any], flips: int = FLIPS) -> tuple[Answer, Own | None]:
        """The answer to a question's need, and the reader's own results where the question brings any."""
        need, _ = self.read(question["need"])
        own = read_own(question, self.catalog, self.calls)
        return self._chooser.answer(need, flips=flips, observed=own.outputs if own else {}), own

    def choose(self, parts: Mapping[str, Any], most: int = MODELS, own: Own | None = None) -> dict[str, Any]:
        """The answer to a need as people write it, as a page shows it; `own` are the reader's own results.

        Without what would change the order, which takes as long as all else: a page asks for that by `rest`.
        """
        need, faults = self.read(parts)
        answer = self._chooser.answer(need, flips=0, observed=own.outputs if own else {})
        shown = self.shown(answer, faults, most)
        for part in LATER:
            del shown[part]
        if own is None:
            return shown
        from playground.decide.own.own_json import own_to_json  # most readers have no results of their own

        ordered = own_answer(answer, own, self.calls)
        return {**shown, "own": own_to_json(ordered, self.names, lambda c: self._row(c, answer))}

    def shown(self, answer: Answer, faults: tuple[Fault, ...] = (), most: int = MODELS) -> dict[str, Any]:
        """An answer as a page shows it: each model at its best place, with names and labels."""
        values = answer_to_json(answer, self.sha256, self.today, most=0, pending=False, named=self._named)
        del values["candidates"]  # each model once, at its best place, is what a page shows
        leaders = answer.leaders[:most]
        whys = zip(leaders, behind(leaders, answer, self._named), strict=True)
        values["models"] = [{**self._row(c, answer), "behind": why} for c, why in whys]
        values |= {"left_models": len(answer.leaders), "total": answer.total, "as_of": str(self.day or "")}
        values["said"] = need_to_parts(answer.need)
        values["faults"] = [asdict(fault) for fault in faults]
        values["names"] = self._neighbours(answer)
        out = [*values["eliminated"].values(), *values["left_out"]["groups"]]
        out += [values["to_ask"], values["untested"], {"offerings": values["nearest"]}]
        for group in out:
            with_names(group["offerings"], answer, self._named)
        need, listed = answer.need, answer.judgement.columns.offerings
        calls = self.links.first((listed[row] for row in answer.untested.rows), need.zone, need.region)
        for one in values["untested"]["offerings"]:
            one["call"] = calls.get(one["model"], "")
            if before := one.get("before"):
                before["name"] = self.names.get(before["model"], before["model"])
        if cascade := values["cascade"]:
            both = (answer.offering(cascade[which]) for which in ("small", "large"))
            pair = [self.links.of(offering, need.zone, need.region) for offering in both]
            cascade["calls"] = [call for call in pair if call]
        return values

    def _neighbours(self, answer: Answer) -> dict[str, str]:
        """What those are called that would change places."""
        neighbours = {key for f in answer.flips for key in (f.above, f.below)}
        return {key: self._named(answer.offering(key)) for key in sorted(neighbours)}

    def _choose(self, question: Mapping[str, Any]) -> dict[str, Any]:
        most = min(int(question.get("most", MODELS)), MODELS_MOST)
        return self.choose(question["need"], most, read_own(question, self.catalog, self.calls))

    def _rest(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """What would change the order, and who one missing fact keeps from the first place.

        With results of the reader's own nobody comes first by what is published, so nobody waits for a fact.
        """
        answer, own = self._asked(question, flips=MODELS)
        return {
            "swaps": swaps_to_json(answer),
            "names": self._neighbours(answer),
            "pending": [] if own else self.pending(answer),
        }

    def pending(self, answer: Answer) -> list[dict[str, Any]]:
        """Who one missing fact keeps from the first place, with names and what it would cost."""
        rows = [
            {"offering": p.candidate.offering.key, "cost": bill_text(p.candidate.bill), "doubt": p.doubt}
            for p in answer.pending()
        ]
        return with_names(rows, answer, self._named)

    def _record(self, question: Mapping[str, Any]) -> str:
        # A button asks this: the memory all pages begin with goes without it (generator/web/snapshot.mjs).
        from playground.decide.decision_record import FULL, Claims, decision_record

        answer, own = self._asked(question)
        claims = {
            (key, field): tuple((c["source"], c.get("link", "")) for c in cited)
            for key, fields in question.get("claims", {}).items()
            for field, cited in fields.items()
        }
        ran = own_answer(answer, own, self.calls) if own else None
        first = [one.candidate for one in ran.standings[:FULL]] if ran else []
        places = answer.judgement.columns.places
        for candidate in (*first, *answer.leaders[:FULL]):
            for field, cited in claims_of(candidate.offering, self.catalog, places).items():
                claims.setdefault((candidate.offering.key, field), cited)
        return decision_record(
            answer,
            self.catalog,
            self.sha256,
            self.today,
            title=str(question.get("title", "")),
            site=str(question.get("site", "")),
            claims=Claims(claims),
            names=self.names,
            own=ran,
        )

    def _places(self, question: Mapping[str, Any]) -> list[dict[str, Any]]:
        need, _ = self.read(question["need"])
        return self.places(self.answer(need), [question["model"]])[question["model"]]

    def _out(self, question: Mapping[str, Any]) -> list[dict[str, Any]]:
        name = str(question["constraint"])
        answer, _ = self._asked(question, flips=0)
        group, most = answer.eliminated.get(name), question.get("most")
        return with_names(out_to_json(group, name, answer, most), answer, self._named) if group else []

    def _versus(self, question: Mapping[str, Any]) -> dict[str, Any]:
        from playground.versus.month import USUAL_PARTS  # one page asks for these
        from playground.versus.versus import versus
        from playground.versus.versus_json import versus_to_json

        a, b = (side(str(question[at]), self.catalog, self.names, self.abilities) for at in ("a", "b"))
        need, faults = self.read({**USUAL_PARTS, **question.get("work", {})})
        if faults:
            raise NoSideError("; ".join(f"{fault.part}: {fault.message}" for fault in faults))
        compared = versus_to_json(versus(a, b, need.work), self.catalog)
        own = read_own(question, self.catalog, self.calls)
        if own is None:
            return compared
        from playground.decide.own.own_json import pair_to_json  # most readers have no results of their own

        return {**compared, "own": pair_to_json(own, a.model.id, b.model.id, self.names)}

    def _bills(self, question: Mapping[str, Any]) -> dict[str, Any]:
        return self.bills(question["work"], question["names"], read_own(question, self.catalog, self.calls))

    def bills(self, parts: Mapping[str, Any], names: Sequence[str], own: Own | None = None) -> dict[str, Any]:
        """The bills of a month's work, in a region or none, at offerings or models by name.

        With what cannot be read; models that the reader has run at the output tokens that their answers had.
        """
        need, faults = self.read({k: v for k, v in parts.items() if k in (*WORK, "region")})
        offerings, wrong = [], [{"part": f.part, "message": f.message} for f in faults]
        for name in dict.fromkeys(names):
            try:
                offerings.append(side(str(name), self.catalog, self.names).home)
            except NoSideError as error:
                wrong.append({"part": str(name), "message": str(error)})
        if len(offerings) > MOST:
            wrong.append(
                {"part": "offerings", "message": f"{MOST} are compared at once; the rest is left out"}
            )
        outputs = own.outputs if own else {}
        first, where = offerings[:MOST], need.region
        rows = bills_to_json(need.work, first, self.catalog, self.names, self.today, where, outputs)
        return {"bills": rows, "faults": wrong, "catalog": self.sha256, "date": str(self.today)}

    def _usage(self, question: Mapping[str, Any]) -> dict[str, Any]:
        counted = read_usage(str(question["text"]))
        return {"work": workload_to_parts(counted.workload()), **counted_to_json(counted)}

    def _retirements(self, question: Mapping[str, Any]) -> dict[str, Any]:
        # One page asks this: the memory all pages begin with goes without it (generator/web/snapshot.mjs).
        from playground.lifecycle.ended import ends_from_json
        from playground.lifecycle.findings import SOON_DAYS, RetirementScan
        from playground.naming.index import resolver_for

        if self._retirement_scan is None:
            # What offerings are called, old ids, and what vendors ended comes with the first question: no
            # other page needs it.
            ids = {
                o.key: text.split() for o, text in zip(self.catalog.offerings, question["ids"], strict=True)
            }
            ends = ends_from_json(question["ends"])
            moved = question["moved"]
            self._retirement_scan = RetirementScan(
                self.catalog,
                self.names,
                self.today,
                ids,
                ends,
                resolver=lambda: resolver_for(self.catalog, self.names, moved, ids),
            )
        findings = self._retirement_scan.findings(str(question["text"]), int(question.get("soon", SOON_DAYS)))
        return {"date": str(self.today), "findings": [self._retirement_scan.values(f) for f in findings]}

    def places(self, answer: Answer, models: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Where each of the models runs: first where it is left, then where it is out, and why."""
        return places_to_json(answer, models, PLACES)

    def _row(self, candidate: Candidate, answer: Answer) -> dict[str, Any]:
        offering = candidate.offering
        values = candidate_to_json(candidate, answer)
        for verdict in values["verdicts"]:
            field = verdict["field"]
            fact = offering.facts.get(field) or self.catalog.models[offering.model].facts.get(field)
            verdict["label"] = label(field) if field else ""
            verdict["mark"] = MARKS[Standing(fact.standing)] if fact else ""
        return {
            **values,
            "month": labelled_bill(values["month"]),
            "name": self.names[offering.model],
            "model": offering.model,
            "lab": self.catalog.labs[offering.lab].name,
            "provider": self.catalog.providers[offering.provider].name,
            "place": place_name(offering, self.catalog),
            "anchor": anchor(offering),
            "call": self.links.of(offering, answer.need.zone, answer.need.region),
            "no_call": self.links.why_not(offering, answer.need.zone, answer.need.region),
            "cost": bill_text(candidate.bill),
            "then": coming_text(candidate.coming),
        }

    def _named(self, offering: Offering) -> str:
        return f"{self.names[offering.model]} at {place_name(offering, self.catalog)}"
