"""A model's own facts: the row that speaks for each source, and which of what rows say was not meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.curated.identity_rules import Rules
from generator.curated.overrides import Override
from generator.ledger import fillers, weights
from generator.ledger.assembled import overridden
from generator.ledger.gates import Claims, Weighed, hold_suspects
from generator.ledger.gather import Gathered
from generator.ledger.precedence import choose_claim
from generator.sources.records import SourceRecord
from playground.catalog import Kind, Model, Record, SourceState, Value, source_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeant:
    """What rows say of models only because they must say something.

    `dates` are days of knowledge that a provider gives to most models: (source, provider, date); `closed` are
    the models of which a "no" to open weights counts for nothing.
    """

    dates: Collection[tuple[str, str, Value]] = ()
    closed: Collection[str] = ()

    @classmethod
    def among(cls, by_model: Mapping[str, list[SourceRecord]], rules: Rules) -> Unmeant:
        """What is to be taken so, judged over the rows of all models."""
        return cls(dates=fillers.filled_knowledge(by_model), closed=weights.unmeant(by_model, rules))


def assemble_model(
    model: str,
    records: list[SourceRecord],
    last: Gathered | None,
    rules: Rules,
    sources: Mapping[str, SourceState],
    set_by: Mapping[tuple[str, str], Override],
    unmeant: Unmeant,
) -> Model:
    """What sources say of the model itself; the lab's own row first, then what most rows say."""
    # What a source says now of the model stands before what it said.
    read = {r.source for r in records}
    last = last or Gathered()
    labelled = {label: r for label, r in last.records.items() if source_of(label) not in read}
    numbers: Counter[str] = Counter()
    claims: Claims = {
        name: remaining
        for name, group in last.claims.items()
        if (remaining := [w for w in group if w.source not in read])
    }
    for name, source, r, value, reason in _best_claims(model, records, rules, unmeant):
        label = next((k for k, v in labelled.items() if v.id == r.id and source_of(k) == source), "")
        if not label:
            numbers[source] += 1
            label = source if numbers[source] == 1 else f"{source}#{numbers[source]}"
            labelled[label] = Record(id=r.id, link=r.link)
        claims.setdefault(name, []).append(
            Weighed(
                record=label,
                source=source,
                origin=r.origin or source,
                as_of=sources[source].as_of,
                value=value,
                suspect=reason,
            )
        )
    held = hold_suspects(claims, kind=Kind.OTHER, free=True)
    facts = {name: choose_claim(name, group, "") for name, group in sorted(held.items())}
    return Model(
        id=model,
        records=dict(sorted(labelled.items())),
        facts=overridden(model, facts, set_by),
    )


def _best_claims(
    model: str, records: list[SourceRecord], rules: Rules, unmeant: Unmeant
) -> Iterator[tuple[str, str, SourceRecord, Value, str]]:
    """For each field and source the row that speaks for it, with its value and why it may not count."""
    lab = model.partition("/")[0]
    votes: dict[tuple[str, str, Value], int] = Counter()
    for r in records:
        for c in r.model_claims:
            votes[c.field, r.source, c.value] += 1
    published = weights.says_yes(records)
    best: dict[tuple[str, str], tuple[tuple[bool, int, str], SourceRecord, Value]] = {}
    for r in records:
        for c in r.model_claims:
            outvoted = published and (c.field, c.value) == (weights.FIELD, weights.NO)
            own = weights.is_own(r, lab, rules) and not outvoted
            rank = (not own, -votes[c.field, r.source, c.value], r.id)
            at = (c.field, r.source)
            if at not in best or rank < best[at][0]:
                best[at] = (rank, r, c.value)
    for (name, source), (_, r, value) in sorted(best.items()):
        reason = ""
        if name == fillers.KNOWLEDGE and not weights.is_own(r, lab, rules):
            rows = [
                (one, c.value)
                for one in records
                for c in one.model_claims
                if c.field == name and one.source == source
            ]
            reason = fillers.unsure(rows, unmeant.dates)
        elif (name, value) == (weights.FIELD, weights.NO) and model in unmeant.closed:
            reason = weights.UNMEANT
        yield name, source, r, value, reason
