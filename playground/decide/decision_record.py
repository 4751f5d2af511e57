"""A decision record: what was asked, who is left, who is out and why, and the facts with their sources.

Markdown that a team stores beside its code and can make again: it holds the need as `almanac choose` reads
it, the catalog's hash and the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playground.catalog import Catalog, Offering, Support
from playground.catalog.prices import Rate
from playground.decide.answer import Answer, asked_of
from playground.decide.candidate import Candidate
from playground.decide.order.behind import behind
from playground.decide.own.again import ask_again
from playground.decide.own.evidence import OwnAnswer
from playground.decide.quality.cascade import cascade_of, cascade_sentences
from playground.decide.quality.evidence import (
    ability_text,
    counts_ability,
    enough_text,
    evidence_sentences,
    proof_text,
)
from playground.decide.quality.sureness import head_of
from playground.decide.sentences import (
    idle_sentence,
    left_out_sentence,
    remedy_sentences,
    runs_sentence,
    swaps,
)
from playground.labels.addresses import anchor, markdown_link, markdown_text, model_path
from playground.labels.counted import counted
from playground.labels.names import place_name
from playground.need.need import need_to_parts
from playground.pricing.bill_json import labelled_line
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text

#: How many models are shown in full, how many in the table, and how many of each group of the eliminated.
FULL, LISTED, EXAMPLES = 5, 12, 3
HOLDS = {Support.YES: "yes", Support.NO: "**no**", Support.UNKNOWN: "*nobody says*"}


@dataclass(frozen=True, slots=True)
class Claims:
    """Who says a fact: by offering and field, the sources with the page each cites."""

    by: Mapping[tuple[str, str], tuple[tuple[str, str], ...]]

    def sources_text(self, key: str, field: str) -> str:
        """The sources of a fact: `litellm, [genai-prices](https://…)`; empty where it is not known here."""
        return ", ".join(
            markdown_link(markdown_text(source), link)
            if link.startswith("https://")
            else markdown_text(source)
            for source, link in self.by.get((key, field), ())
        )


def decision_record(
    answer: Answer,
    catalog: Catalog,
    sha256: str,
    today: date,
    *,
    names: Mapping[str, str],
    claims: Claims,
    title: str = "",
    site: str = "",
    own: OwnAnswer | None = None,
) -> str:
    """The record. `site` begins the addresses of pages; without it they begin at the site's root.

    `own` is what the reader's own cases say of the models that the answer has as observed.
    """
    record = _Record(answer, catalog, names, claims, site.rstrip("/"), own)
    return "\n".join(_lines(record, sha256, today, title)) + "\n"


@dataclass(frozen=True, slots=True)
class _Record:
    """What the sections of a record are written from."""

    answer: Answer
    catalog: Catalog
    names: Mapping[str, str]
    claims: Claims
    site: str
    own: OwnAnswer | None

    @property
    def first(self) -> list[Candidate]:
        """The models that are shown in full: those that the reader has run first."""
        ran = [] if self.own is None else [one.candidate for one in self.own.standings]
        by_key = {one.offering.key: one for one in (*ran[:FULL], *self.answer.leaders[:FULL])}
        return list(by_key.values())

    def placed(self, offering: Offering) -> str:
        """The model, leading to the offering's claims, at its place."""
        return f"{self.link(offering)} at {self.place(offering)}"

    def link(self, offering: Offering) -> str:
        """The model, leading to the offering's claims."""
        page = f"{self.site}{model_path(offering.model)}#{anchor(offering)}"
        return f"[{markdown_text(self.names[offering.model])}]({page})"

    def place(self, offering: Offering) -> str:
        """The provider and the channel of an offering."""
        return markdown_text(place_name(offering, self.catalog))

    def plain(self, offering: Offering) -> str:
        """The model at its place, as text that is no Markdown yet."""
        return f"{self.names[offering.model]} at {place_name(offering, self.catalog)}"

    def named(self, key: str) -> str:
        """A leader by its offering's key: its model at its place."""
        candidate = next(c for c in self.answer.leaders if c.offering.key == key)
        return f"{self.link(candidate.offering)} at {self.place(candidate.offering)}"


def _lines(record: _Record, sha256: str, today: date, title: str) -> Iterator[str]:
    answer = record.answer
    yield f"# {markdown_text(title) or 'Which model'}: a decision record"
    yield ""
    left = len(answer.ranked) + len(answer.observed)
    total = f"{left:,} of {counted(len(record.catalog.offerings), 'offering')} left"
    yield f"{today} · catalog `{sha256}` · {total}"
    yield ""
    again = ask_again(record.first, today, record.plain)
    yield f"Ask again on {again.day}, as {markdown_text(again.why)}."
    yield ""
    yield "## What was asked"
    yield ""
    yield "```yaml"
    yield from yaml_lines(need_to_parts(answer.need))
    yield "```"
    yield ""
    yield "Save it as `need.yml`; `almanac choose --need need.yml` asks it again."
    yield ""
    if idle := idle_sentence(answer):
        yield f"{markdown_text(idle)}."
        yield ""
    if record.own:
        from playground.decide.own.record import own_lines  # most readers have no results of their own

        yield from own_lines(record.own, record.names, record.placed)
    yield from _shortlist(record)
    yield from _cascade(record)
    yield from _flips(record)
    yield from _left_out(record)
    yield from _to_ask(record)
    yield from _eliminated(record)
    yield from _doubts(record)
    for candidate in record.first:
        yield from _candidate(record, candidate)


def yaml_lines(parts: Mapping[str, Any]) -> Iterator[str]:
    """A need's parts as YAML; JSON's texts, numbers and lists are YAML's."""
    for name, value in parts.items():
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}"
    if not parts:
        yield "{}"


def _shortlist(record: _Record) -> Iterator[str]:
    answer = record.answer
    cases = "these cases" if record.own and record.own.own.observed.author else "your cases"
    yield f"## Not run on {cases}, by public evidence" if record.own else "## Who is left"
    yield ""
    if not answer.ranked and answer.observed:
        yield "Nobody."
        yield ""
        return
    if not answer.ranked:
        yield f"Nobody: no offering meets {markdown_text(' and '.join(answer.conflict))} together."
        yield ""
        for sentence in remedy_sentences(answer):
            yield f"- {markdown_text(sentence)}"
        yield ""
        return
    scored, runs = bool(answer.need.benchmark), runs_sentence(answer)
    able = counts_ability(answer.need) and any(c.interval for c in answer.leaders[:LISTED])
    if head := head_of(answer, record.plain):
        claim, *others = (markdown_text(one) for one in head.sentences)
        yield f"**{claim}** {' '.join(others)}".rstrip()
        yield ""
    unbeaten = "† Nobody beats it in cost and all else that is asked."
    yield f"The best place of each model, the best first. {unbeaten}"
    yield ""
    for sentence in evidence_sentences(answer, record.plain):
        yield f"{markdown_text(sentence)}."
    yield ""
    more = (" Ability | Evidence |" if able else "") + (" Score |" if scored else "")
    yield f"| Model | Place | A month |{more} Nobody says |"
    yield f"|---|---|---:|{'---:|---|' if able else ''}{'---:|' if scored else ''}---|"
    listed = answer.leaders[:LISTED]
    for candidate, why in zip(listed, behind(listed, answer, record.plain), strict=True):
        mark = " †" if candidate.offering.key in answer.front else ""
        cells = [
            record.link(candidate.offering) + mark,
            record.place(candidate.offering),
            _cost(candidate),
        ]
        if able:
            proof = filter(None, (proof_text(candidate.ability), enough_text(candidate, answer.need), why))
            cells += [ability_text(candidate.interval), markdown_text("; ".join(proof))]
        if scored:
            score = candidate.score
            run = f" ({markdown_text(f'{score.run}; {score.backing}')})" if score and runs else ""
            cells.append(markdown_link(f"{score.score.normalize():f}", score.link) + run if score else "–")
        cells.append(markdown_text(", ".join(v.constraint for v in candidate.unknown)) or "–")
        yield f"| {' | '.join(cells)} |"
    yield ""
    if scored:
        unscored = f"{answer.unscored:,} of those left have no score in it"
        score_of = f"The score is that in *{markdown_text(answer.need.benchmark)}*; {unscored}."
        yield f"{score_of} {runs}".rstrip()
        yield ""
    for part in answer.spread:
        offering = part.candidate.offering
        share = f"{float(100 * part.share):.3g} % of the requests"
        yield f"- {share}: {record.link(offering)} at {record.place(offering)}"
    if answer.spread:
        yield ""


def _cost(candidate: Candidate) -> str:
    """What the work costs there, and what it will."""
    return ", ".join(filter(None, (bill_text(candidate.bill), coming_text(candidate.coming))))


def _cascade(record: _Record) -> Iterator[str]:
    if (cascade := cascade_of(record.answer)) is None:
        return
    yield "## Two models in a row"
    yield ""
    for sentence in cascade_sentences(cascade, record.answer.need.work.requests, record.plain):
        yield f"{markdown_text(sentence)}."
    yield ""


def _flips(record: _Record) -> Iterator[str]:
    shown = {c.offering.key for c in record.answer.leaders[:LISTED]}
    candidate = [s for s in swaps(record.answer) if {s.first, s.second} <= shown]
    if not candidate:
        return
    yield "## What would change the order"
    yield ""
    for swap in candidate:
        first, second = record.named(swap.first), record.named(swap.second)
        yield f"- {second} goes before {first} {', or '.join(swap.when)}."
    yield ""


def _left_out(record: _Record) -> Iterator[str]:
    if sentence := left_out_sentence(record.answer):
        yield f"{markdown_text(sentence)}. With `include_left_out: true` in the need they are in."
        yield ""


def _to_ask(record: _Record) -> Iterator[str]:
    answer = record.answer
    if not answer.to_ask:
        return
    yield "## Whose provider has to be asked"
    yield ""
    meet = "meets" if len(answer.to_ask) == 1 else "meet"
    offerings = counted(len(answer.to_ask), "offering")
    yield f"{offerings} {meet} all else; of what stands here their provider says nothing."
    yield ""
    for candidate in answer.to_ask[:LISTED]:
        asks = markdown_text(", ".join(asked_of(candidate, answer)))
        yield f"- {record.link(candidate.offering)} at {record.place(candidate.offering)}: {asks}"
    yield ""


def _eliminated(record: _Record) -> Iterator[str]:
    yield "## Who is out, by the first reason"
    yield ""
    yield "| Reason | Offerings | For example |"
    yield "|---|---:|---|"
    for constraint, group in sorted(record.answer.eliminated.items(), key=lambda g: -len(g[1])):
        examples = [
            f"{record.link(c.offering)} at {record.place(c.offering)}: "
            + markdown_text(next(v.reason for v in c.verdicts if v.constraint == constraint))
            for c in group[:EXAMPLES]
        ]
        yield f"| {markdown_text(constraint)} | {len(group):,} | {'; '.join(examples)} |"
    yield ""


def _doubts(record: _Record) -> Iterator[str]:
    # With results of one's own nobody comes first by what is published.
    waiting = () if record.own else record.answer.pending()
    if not record.answer.unknown and not waiting:
        return
    yield "## What nobody says, and would be worth finding out"
    yield ""
    for one in waiting:
        offering = one.candidate.offering
        name = f"{record.link(offering)} at {record.place(offering)}"
        cost = bill_text(one.candidate.bill)
        yield f"- {name} would come first ({cost} a month): {markdown_text(one.doubt)} is unknown."
    for constraint, count in record.answer.unknown.items():
        yield f"- {markdown_text(constraint)}: of {count:,} of those left"
    yield ""


def _candidate(record: _Record, candidate: Candidate) -> Iterator[str]:
    offering = candidate.offering
    yield f"## {markdown_text(record.names[offering.model])} at {record.place(offering)}"
    yield ""
    coming = coming_text(candidate.coming)
    then = f", {coming}" if coming else ""
    yield f"`{offering.key}` · {record.link(offering)} · {bill_text(candidate.bill)} a month{then}"
    yield ""
    yield "| Asked | Holds | Said | Sources |"
    yield "|---|---|---|---|"
    for verdict in candidate.verdicts:
        sources = record.claims.sources_text(offering.key, verdict.field) or "–"
        cells = (
            markdown_text(verdict.constraint),
            HOLDS[verdict.holds],
            markdown_text(verdict.reason),
            sources,
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    if candidate.bill is None or not candidate.bill.lines:
        return
    yield "| Meter | Mode | Count | A unit | Cost | Sources |"
    yield "|---|---|---:|---:|---:|---|"
    for line in candidate.bill.lines:
        shown = labelled_line(line)
        columns = [shown["label"], line.mode, f"{shown['count']:,.0f}", shown["price"], shown["cost"]]
        field = Rate(meter=line.meter, mode=line.mode, unit=line.unit).field
        columns.append(record.claims.sources_text(offering.key, field) or "–")
        yield f"| {' | '.join(columns)} |"
    yield ""
