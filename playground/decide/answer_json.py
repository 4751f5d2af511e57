"""An answer of the chooser as plain values, with everything that explains it: for JSON and for pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from playground.ability import Interval
from playground.catalog import Catalog, Model, Offering, Provider, Score, Standing, Support
from playground.catalog.provider import STATED
from playground.catalog.regions import CALLED_REGION
from playground.decide.answer import Answer, Candidates, asked_of
from playground.decide.candidate import Candidate, Named, Verdict
from playground.decide.order.behind import behind
from playground.decide.quality.cascade import Cascade, cascade_of, cascade_sentences
from playground.decide.quality.evidence import (
    ability_to_json,
    counts_ability,
    evidence_sentences,
)
from playground.decide.quality.sureness import Head, head_of
from playground.decide.quality.untested import then_by, untested_to_json
from playground.decide.sentences import (
    idle_sentence,
    left_out_sentence,
    nearest_sentence,
    remedy_sentences,
    runs_sentence,
    swaps,
)
from playground.labels.deployments import SAME, WINDOWS, others_of
from playground.need.constraints import CERTIFIED
from playground.need.need import Need, plain_value
from playground.pricing.bill_json import bill_to_json, json_number

#: How many of those whose provider has to be asked a page and an assistant list.
SHOWN = 10
#: How many of those that one constraint puts out.
FEW = 3


def answer_to_json(
    answer: Answer,
    sha256: str,
    today: date,
    *,
    most: int | None = None,
    pending: bool = True,
    named: Named | None = None,
) -> dict[str, Any]:
    """The whole answer; the catalog's hash and the day make it possible to get it again.

    With `most`, so many of the ranked, SHOWN of those whose provider has to be asked, and of each group of
    those that are out the number and three of it. `left_out` has what a need `include`s to let each group in,
    or all of them. `idle` says what was asked that this kind of model cannot have.
    `head` is why the first stands before the second, how sure that is (`odds`, the same as `sure`, from 0 to
    1) and what would settle it; `evidence` is what the order rests on; both in sentences that call offerings
    as `named` does. `cascade` are two models in a row where that costs less than one. `untested` are models
    that no public evidence places, at their cheapest place, each with the tested model before it and that
    one's tier.
    `pending` are those whom one missing fact keeps from the first place: looking for them takes a while.
    """
    named = named or (lambda offering: offering.key)
    few = None if most is None else FEW
    return {
        "catalog": sha256,
        "date": str(today),
        "need": need_to_json(answer.need),
        "idle": idle_sentence(answer),
        "left": len(answer.ranked),
        "candidates": candidates_to_json(answer.ranked[:most], answer, named),
        "eliminated": {
            constraint: {"count": len(group), "offerings": out_to_json(group, constraint, answer, few)}
            for constraint, group in answer.eliminated.items()
        },
        "left_out": left_out_to_json(answer, most),
        "to_ask": {
            "count": len(answer.to_ask),
            "offerings": [_to_ask(c, answer) for c in answer.to_ask[: None if most is None else SHOWN]],
        },
        "flips": [
            {
                "input": f.input,
                "at": json_number(f.at),
                "between": [None if x is None else json_number(x) for x in f.between] if f.between else None,
                "better_above": f.above,
                "better_below": f.below,
            }
            for f in answer.flips
        ],
        "swaps": swaps_to_json(answer),
        "unscored": answer.unscored,
        **_quality_to_json(answer, most, named),
        "spread": [
            {"share": json_number(p.share), "offering": p.candidate.offering.key} for p in answer.spread
        ],
        "unknown": answer.unknown,
        **({"pending": pending_to_json(answer)} if pending else {}),
        "runs": runs_sentence(answer),
        **_help_to_json(answer),
    }


def swaps_to_json(answer: Answer) -> list[dict[str, Any]]:
    """Each two neighbours that would change places, and when, in sentences."""
    return [{"first": s.first, "second": s.second, "when": list(s.when)} for s in swaps(answer)]


def _help_to_json(answer: Answer) -> dict[str, Any]:
    """What would help where nobody is left."""
    return {
        "conflict": list(answer.conflict),
        "relaxations": [
            {
                "without": list(names),
                "leaves": n,
                "enough": {part: json_number(v) for part, v in answer.enough[names].items()},
            }
            for names, n in answer.relaxations.items()
        ],
        "remedies": list(remedy_sentences(answer)),
        "nearest": [{"offering": c.offering.key, "lacks": nearest_sentence(c)} for c in answer.nearest()],
    }


def _quality_to_json(answer: Answer, most: int | None, named: Named) -> dict[str, Any]:
    """How sure the order is, what it rests on, and whom no public test has."""
    head = head_of(answer, named)
    return {
        "head": head_to_json(head) if head else None,
        "cascade": cascade_to_json(cascade, answer, named) if (cascade := cascade_of(answer)) else None,
        "evidence": [f"{one}." for one in evidence_sentences(answer, named)],
        "sure": _odds(head.odds) if head else None,
        "untested": {
            "count": len(answer.untested),
            "then": then_by(answer.need),
            "offerings": untested_to_json(answer, None if most is None else SHOWN),
        },
    }


def head_to_json(head: Head) -> dict[str, Any]:
    """An answer's head: its sentences, and what they are made of."""
    return {
        "sentences": list(head.sentences),
        "claim": head.claim,
        "odds": _odds(head.odds),
        "closes": list(head.closes),
        "settles": list(head.settles),
        "able": _odds(head.able),
    }


def cascade_to_json(cascade: Cascade, answer: Answer, named: Named) -> dict[str, Any]:
    """Two models in a row: in sentences, and the figures that these are made of."""
    requests = answer.need.work.requests
    both, alone = cascade.each(requests)
    return {
        "sentences": [f"{one}." for one in cascade_sentences(cascade, requests, named)],
        "small": cascade.small.offering.key,
        "large": cascade.large.offering.key,
        "instead_of": cascade.instead_of.offering.key,
        "benchmark": cascade.benchmark,
        "needed": round(cascade.needed, 3),
        "solves": _interval(cascade.solves, 3),
        "odds": _odds(cascade.odds),
        "cost": _interval(cascade.cost, 6),
        "right": round(cascade.right, 3),
        "right_instead": round(cascade.right_instead, 3),
        "each": round(both, 9),
        "each_instead": round(alone, 9),
    }


def _interval(interval: Interval, digits: int) -> dict[str, float]:
    return {name: round(getattr(interval, name), digits) for name in ("low", "middle", "high")}


def _odds(odds: float | None) -> float | None:
    return None if odds is None else round(odds, 3)


def pending_to_json(answer: Answer) -> list[dict[str, Any]]:
    """Who one missing fact keeps from the first place, and what the work would cost there."""
    return [
        {
            "offering": p.candidate.offering.key,
            "doubt": p.doubt,
            "month": bill_to_json(p.candidate.bill),
        }
        for p in answer.pending()
    ]


def left_out_to_json(answer: Answer, most: int | None = None) -> dict[str, Any]:
    """Who is left out though nobody asked for that, in a sentence and by group, with what lets them in."""
    groups = [
        {
            "constraint": c.name,
            "phrase": c.phrase,
            "count": len(group),
            "include": {c.include[0]: plain_value(c.include[1])},
            "offerings": out_to_json(group, c.name, answer, None if most is None else FEW),
        }
        for c in answer.judgement.floor
        if (group := answer.left_out.get(c.name))
    ]
    return {
        "count": sum(map(len, answer.left_out.values())),
        "sentence": left_out_sentence(answer),
        "included": answer.need.include_left_out,
        "include": {"include_left_out": True},
        "groups": groups,
    }


def _to_ask(candidate: Candidate, answer: Answer) -> dict[str, Any]:
    """An offering, and what its provider says nothing of, with the page where that would be told."""
    provider = answer.judgement.columns.catalog.providers[candidate.offering.provider]
    asked = asked_of(candidate, answer)
    return {
        "offering": candidate.offering.key,
        "ask": list(asked),
        "provider": candidate.offering.provider,
        **({"page": page} if (page := _page_to_ask(provider, asked)) else {}),
    }


def _page_to_ask(provider: Provider, asked: tuple[str, ...]) -> str:
    """The page of its certifications where only they are asked, else of its rules for data, or of help."""
    if provider.certifications and all(name.startswith(CERTIFIED) for name in asked):
        return provider.certifications[0].url
    page = provider.data_handling or provider.support
    return page.value if page else ""


def out_to_json(group: Candidates, constraint: str, answer: Answer, most: int | None) -> list[dict[str, Any]]:
    """Those that a constraint puts out, or the first of them, each with why: no more of them is judged."""
    judgement = answer.judgement
    rows = group.rows if most is None else group.first(most)
    whys = ((row, judgement.verdict(constraint, row)) for row in rows)
    return [
        {"offering": judgement.columns.keys[row], "said": why.reason, "field": why.field} for row, why in whys
    ]


def need_to_json(need: Need) -> dict[str, Any]:
    """Every part of the need, the usual ones too."""
    work = {f.name: plain_value(getattr(need.work, f.name)) for f in fields(need.work)}
    rest = {f.name: getattr(need, f.name) for f in fields(need) if f.name != "work"}
    return {**work, **{name: None if value is None else plain_value(value) for name, value in rest.items()}}


def candidates_to_json(rows: Sequence[Candidate], answer: Answer, named: Named) -> list[dict[str, Any]]:
    """Candidates in their order; `behind` says why one stands behind another that it seems to beat."""
    whys = behind(rows, answer, named)
    return [
        {**candidate_to_json(row, answer), **({"behind": why} if why else {})}
        for row, why in zip(rows, whys, strict=True)
    ]


def candidate_to_json(candidate: Candidate, answer: Answer) -> dict[str, Any]:
    """One candidate with its verdicts and its bill."""
    columns = answer.judgement.columns
    claims = claims_of(candidate.offering, columns.catalog, columns.places)
    values = {
        "offering": candidate.offering.key,
        "month": bill_to_json(candidate.bill),
        "front": candidate.offering.key in answer.front,
        "wished": candidate.wished,
        "verdicts": [
            _verdict(v, claims.get(v.field, ()) if v.holds != Support.UNKNOWN else ())
            for v in candidate.verdicts
        ],
    }
    if candidate.coming:
        values["coming"] = [
            {"day": str(c.day), "month": bill_to_json(c.bill)} | ({"until": True} if c.until else {})
            for c in candidate.coming
        ]
    if candidate.region:
        values["region"] = candidate.region
    if counts_ability(answer.need):
        values["ability"] = ability_to_json(candidate, answer.need)
    if candidate.score:
        values["score"] = score_to_json(candidate.score)
    return values


def _verdict(verdict: Verdict, claims: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """A verdict, with who says the fact that decides where the catalog at hand holds its claims."""
    return {
        "constraint": verdict.constraint,
        "holds": str(verdict.holds),
        "said": verdict.reason,
        "field": verdict.field,
        **({"by": [source for source, _ in claims], "links": [link for _, link in claims]} if claims else {}),
    }


def claims_of(
    offering: Offering, catalog: Catalog, places: Mapping[str, Sequence[Offering]]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Who says each fact of an offering, its model and its provider: sources with the page each cites.

    `places` are the offerings by model: what nobody says of a deployment may rest on its model's others.
    """
    model, provider = catalog.models[offering.model], catalog.providers[offering.provider]
    by_field = dict(_cited(model)) | dict(_cited(offering))
    # The catalog of a page holds no claims, so nothing is looked for at the others.
    for other in others_of(offering, places.get(offering.model, ())) if by_field else ():
        for name, cited in _cited(other):
            if name in SAME or name in WINDOWS:
                by_field.setdefault(name, cited)
    pages = {name: stated.url for name in STATED if (stated := getattr(provider, name))}
    if rows := provider.certifications:
        pages["certifications"] = rows[0].url
    if stated := catalog.residency(offering):
        called = any(one.value == CALLED_REGION for one in stated)
        addresses = sorted({one.url for one in stated})
        regions = by_field.get("regions", ()) if called else ()
        by_field["residency"] = (*(("providers.yml", page) for page in addresses), *regions)
    return by_field | {name: (("providers.yml", page),) for name, page in pages.items()}


def _cited(holder: Model | Offering) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for name, fact in holder.facts.items():
        links = {c.source: holder.records[c.record].link for c in fact.claims if not c.note}
        if fact.standing is Standing.OVERRIDDEN and fact.link:
            links = {"overrides.yml": fact.link}  # what people read there decides, whatever sources say
        if links:
            yield name, tuple(sorted(links.items()))


def score_to_json(score: Score) -> dict[str, Any]:
    """A score with who stands behind it and where it can be read."""
    return {
        "score": json_number(score.score),
        "series": score.series,
        "run": f"{score.run}; {score.backing}",
        "evidence": str(score.evidence),
        "by": score.by,
        "as_of": score.as_of,
        "link": score.link,
    }
