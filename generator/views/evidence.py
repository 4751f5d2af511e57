"""The claims behind each figure as a reader sees them: who says what, and where to say that it is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from generator.views.figures import UNKNOWN, escape, fact_text, marked, source_title, written
from generator.views.mending.weight import by_weight, ratio
from playground.catalog import Catalog, Claim, Fact, Model, Offering, SourceState, Standing
from playground.catalog.model import POINTS_TO
from playground.labels.addresses import anchor, markdown_link, model_path
from playground.labels.labels import MARKS, label

#: The page that turns a wrong figure into the lines that set it right.
CORRECT = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact: its value as shown, its standing, who says it, where to correct it."""

    field: str
    label: str
    text: str
    mark: str
    claims: str
    correct: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """A disputed or held-back fact with the values of all sources."""

    where: str
    link: str
    field: str
    chosen: str
    apart: str
    claims: str
    ratio: Decimal
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """The other end of an alias, in Markdown: a model it points to, or an alias; who says so."""

    text: str
    mark: str
    claims: str
    link: str


def pointer(
    model: str, alias: Model, claims: str, names: Mapping[str, str], sources: Mapping[str, SourceState]
) -> Pointer:
    """One end of an alias as the other's page shows it; `claims` leads to who says so.

    A model that no source lists is its id: it has no page.
    """
    fact = alias.facts[POINTS_TO]
    return Pointer(
        text=f"[{escape(names[model])}]({model_path(model)})" if model in names else escape(model),
        mark=marked(MARKS[fact.standing], claims),
        claims=escape(
            "; ".join(part for part in (_claimed_by(POINTS_TO, fact, sources), fact.reason) if part)
        ),
        link=markdown_link("its page", fact.link) if fact.link.startswith("https://") else "",
    )


def fact_views(target: str, facts: Mapping[str, Fact], catalog: Catalog) -> list[FactView]:
    """Every fact of an offering (or a model), in the catalog's order; `target` is its key."""
    return [
        FactView(
            field=name,
            label=escape(label(name)),
            text=_value_text(name, fact, catalog),
            mark=MARKS[fact.standing],
            claims=escape(claims_text(name, fact, catalog.sources)),
            correct=f"/{CORRECT}/#{quote(target)}!{quote(name)}",
        )
        for name, fact in facts.items()
    ]


def _value_text(name: str, fact: Fact, catalog: Catalog) -> str:
    text = escape(fact_text(name, fact))
    return f"[{text}]({model_path(str(fact.value))})" if named_model(name, fact, catalog) else text


def named_model(name: str, fact: Fact, catalog: Catalog) -> str:
    """The model of the catalog that a fact names by its id; empty where it names none."""
    return str(fact.value) if name == POINTS_TO and fact.value in catalog.models else ""


def claims_text(name: str, fact: Fact, sources: Mapping[str, SourceState]) -> str:
    """Who says it: names alone where all say the same, else each with its value."""
    names = _claimed_by(name, fact, sources)
    if fact.reason:
        names = "; ".join(part for part in (names, fact.reason, fact.link) if part)
    return names


def _claimed_by(name: str, fact: Fact, sources: Mapping[str, SourceState]) -> str:
    if fact.value is not None and all(not c.note and not c.since for c in fact.claims):
        return ", ".join(dict.fromkeys(source_title(c.record, sources) for c in fact.claims))
    return "; ".join(_claim(name, c, sources) for c in fact.claims)


def _claim(name: str, claim: Claim, sources: Mapping[str, SourceState]) -> str:
    since = f" since {claim.since}" if claim.since else ""
    note = f" ({claim.note})" if claim.note not in ("", "disagrees") else ""
    return f"{source_title(claim.record, sources)}: {written(name, claim.value)}{since}{note}"


def dispute_view(
    of: Offering | Model, name: str, fact: Fact, sources: Mapping[str, SourceState], places: int = 1
) -> DisputeView:
    """A fact with what each source says of it; `places` share the dispute."""
    claims = "; ".join(_claim(name, c, sources) for c in fact.claims)
    reason = "; ".join(part for part in (fact.reason, fact.link) if part)
    if isinstance(of, Model):
        where, link = of.id, f"{model_path(of.id)}#the-model"
    else:
        where, link = of.key, f"{model_path(of.model)}#{anchor(of)}"
    apart = ratio(fact)
    return DisputeView(
        where=escape(where),
        link=link,
        field=escape(label(name)),
        chosen=escape(fact_text(name, fact)),
        apart=f"{apart:,.2f}×" if apart else UNKNOWN,
        claims=escape("; ".join(part for part in (claims, reason) if part)),
        ratio=apart,
        places=places,
    )


def model_disputes(
    model: Model, offerings: Iterable[Offering], sources: Mapping[str, SourceState]
) -> list[DisputeView]:
    """On what sources differ about a model, a row for each field, what matters most first.

    The row is the dispute that weighs most, with the number of places that share the field's.
    """
    everywhere: tuple[Offering | Model, ...] = (*offerings, model)
    disputed = [
        (of, name, fact)
        for of in everywhere
        for name, fact in of.facts.items()
        if fact.standing is Standing.DISPUTED
    ]
    places = Counter(name for _, name, _ in disputed)
    rows: dict[str, DisputeView] = {}
    for of, name, fact in by_weight(disputed, (model.id,)):
        rows.setdefault(name, dispute_view(of, name, fact, sources, places[name]))
    return list(rows.values())
