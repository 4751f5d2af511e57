"""A model's own facts: the row that speaks for each source, and which of what rows say was not meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.curated.identity_rules import Rules
from generator.curated.overrides import Override
from generator.ledger.assembled import overridden
from generator.ledger.gather import Gathered
from generator.ledger.judging import fillers, open_weights
from generator.ledger.judging.gates import Claims, Weighed, hold_suspects
from generator.ledger.judging.precedence import choose_claim
from generator.ledger.placing.identity import Placement
from generator.ledger.placing.names import fits, of_another, plain_name, written
from generator.ledger.placing.placed import Group
from generator.ledger.releases import RELEASED, believed
from generator.sources.records import FieldClaim, SourceRecord
from playground.catalog import Kind, Model, Record, SourceState, Value, source_of
from playground.catalog.model import POINTS_TO

#: What is true of one generation of a model, and of an alias only as long as it points there.
OF_A_GENERATION = (RELEASED, fillers.KNOWLEDGE, open_weights.FIELD)
POINTED_ELSEWHERE = (
    "an alias has none of its own: it is of the model that the alias points to, or pointed to then"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmeant:
    """What rows say of models only because they must say something.

    `dates` are days of knowledge that a provider gives to most models: (source, provider, date); `closed` are
    the models of which a "no" to open weights counts for nothing. `models` are all models' ids, as `written`
    gives them: a name that spells another model's id is not meant.
    """

    dates: Collection[tuple[str, str, Value]] = ()
    closed: Collection[str] = ()
    models: Collection[tuple[str, str]] = ()

    @classmethod
    def among(cls, by_model: Mapping[str, Group], rules: Rules) -> Unmeant:
        """What is to be taken so, judged over the rows of all models."""
        rows = {model: [record for _, record in group] for model, group in by_model.items()}
        return cls(
            dates=fillers.filled_knowledge(rows),
            closed=open_weights.unmeant(rows, rules),
            models={written(model) for model in by_model},
        )


def assemble_model(
    model: str,
    group: Group,
    last: Gathered | None,
    rules: Rules,
    sources: Mapping[str, SourceState],
    overrides: Mapping[str, Override],
    unmeant: Unmeant,
) -> Model:
    """What sources say of the model itself; the lab's own row first, then what most rows say."""
    # What a source says now of the model stands before what it said.
    read = {r.source for _, r in group}
    last = last or Gathered()
    labelled = {label: r for label, r in last.records.items() if source_of(label) not in read}
    numbers: Counter[str] = Counter()
    claims: Claims = {
        name: remaining
        for name, weighed in last.claims.items()
        if (remaining := [w for w in weighed if w.source not in read])
    }
    for name, source, r, value, reason in _best_claims(model, group, rules, unmeant):
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
    if POINTS_TO in overrides:
        for name in claims.keys() & set(OF_A_GENERATION):
            claims[name] = [w.because(POINTED_ELSEWHERE) for w in claims[name]]
    held = hold_suspects(claims, kind=Kind.OTHER, free=True)
    facts = {name: choose_claim(name, weighed, "") for name, weighed in sorted(held.items())}
    return Model(
        id=model,
        records=dict(sorted(labelled.items())),
        facts=overridden(facts, overrides),
    )


def _best_claims(
    model: str, group: Group, rules: Rules, unmeant: Unmeant
) -> Iterator[tuple[str, str, SourceRecord, Value, str]]:
    """For each field and source the row that speaks for it, with its value and why it may not count.

    For a name a row about the model itself goes before one about a variant, a mode or a version of it.
    """
    lab = model.partition("/")[0]
    claims = [
        (where, r, c.field, value)
        for where, r in group
        for c in r.model_claims
        for value in _as_named(c, where, unmeant.models)
    ]
    votes = Counter((name, r.source, value) for _, r, name, value in claims)
    published = open_weights.says_yes(r for _, r in group)
    days = _days_of_release(claims, lab, rules)
    best: dict[tuple[str, str], tuple[tuple[bool, bool, bool, int, str], SourceRecord, Value]] = {}
    for where, r, name, value in claims:
        named = name == "name"
        of_part, dated = named and bool(where.variant or where.mode), named and bool(where.version)
        outvoted = published and (name, value) == (open_weights.FIELD, open_weights.NO)
        own = open_weights.is_own(r, lab, rules) and not outvoted
        if name == RELEASED:
            own = value == days[r.source]
        rank = (of_part, not own, dated, -votes[name, r.source, value], r.id)
        if (name, r.source) not in best or rank < best[name, r.source][0]:
            best[name, r.source] = (rank, r, value)
    for (name, source), (_, r, value) in sorted(best.items()):
        reason = ""
        if name == fillers.KNOWLEDGE and not open_weights.is_own(r, lab, rules):
            rows = [(one, v) for _, one, field, v in claims if field == name and one.source == source]
            reason = fillers.unsure(rows, unmeant.dates)
        elif (name, value) == (open_weights.FIELD, open_weights.NO) and model in unmeant.closed:
            reason = open_weights.UNMEANT
        yield name, source, r, value, reason


def _days_of_release(
    claims: list[tuple[Placement, SourceRecord, str, Value]], lab: str, rules: Rules
) -> Mapping[str, str]:
    """The day of its release that is believed of each source's rows."""
    rows: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for _, r, name, value in claims:
        if name == RELEASED:
            rows[r.source].append((str(value), open_weights.is_own(r, lab, rules)))
    return {source: believed(days) for source, days in rows.items()}


def _as_named(claim: FieldClaim, where: Placement, models: Collection[tuple[str, str]]) -> Iterator[Value]:
    """The claim's value; a name as it is here, and none where it is another model's or a variant's."""
    if claim.field != "name":
        yield claim.value
        return
    name = plain_name(str(claim.value), where.model)
    variants = set(where.variant.split("-")) & set(re.findall(r"[a-z0-9]+", name.lower()))
    if fits(name, where.model) and not variants and not of_another(name, where.model, models):
        yield name
