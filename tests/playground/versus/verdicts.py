"""Pairs of made-up models with the prices, days and scores that a test says, and their verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from playground.ability import Abilities, Ability, Interval
from playground.catalog import Catalog
from playground.versus.side import Side, side
from playground.versus.verdict.verdict import Verdict
from playground.versus.versus import versus
from tests.catalogs import catalog, fact, offered

DAY = date(2026, 11, 20)
ONE, OTHER = "acme/one", "acme/other"


def able(middle: float, wide: float = 0.2, scores: int = 6, measured: int = 3) -> Ability:
    """A model's ability, so wide to either side."""
    interval = Interval(low=middle - wide, middle=middle, high=middle + wide)
    return Ability(model="", general=interval, scores=scores, measured=measured)


def cost(usd_in: str, usd_out: str) -> dict[str, Any]:
    """What a million tokens cost."""
    return {"price__input": usd_in, "price__output": usd_out}


def market(models: dict[str, tuple[dict[str, Any], Ability | None]]) -> tuple[Catalog, Abilities]:
    """A catalog of models with their facts, and their abilities."""
    made = []
    for name, (facts, _) in models.items():
        facts = {"kind": "chat", **facts}
        made.append(offered(name, facts.pop("channel", "direct"), facts.pop("provider", "azure"), **facts))
    whole = replace(catalog(*made), of_day=DAY)
    known = {name: replace(a, model=name) for name, (_, a) in models.items() if a}
    return whole, Abilities(models=known)


def pair(
    one: tuple[dict[str, Any], Ability | None],
    other: tuple[dict[str, Any], Ability | None],
    names: tuple[str, str] = (ONE, OTHER),
    weights: tuple[str, ...] = (),
) -> tuple[Side, Side]:
    """Both sides; `weights` are those of the two whose weights are open."""
    whole, abilities = market(dict(zip(names, (one, other), strict=True)))
    models = {
        m: replace(model, facts={**model.facts, "open_weights": fact("yes")}) if m in weights else model
        for m, model in whole.models.items()
    }
    whole = replace(whole, models=models)
    called = {m: m.partition("/")[2] for m in whole.models}
    a, b = (side(name, whole, called, abilities) for name in names)
    return a, b


def judged(*args: Any, **more: Any) -> tuple[str, str, str]:
    """The model that is for most, how sure that is, and the rule; the same whichever is named first."""
    a, b = pair(*args, **more)
    verdict = versus(a, b).verdict
    back = versus(b, a).verdict
    assert winner(verdict, a, b) == winner(back, b, a)
    assert (verdict.sure, verdict.rule) == (back.sure, back.rule)
    return winner(verdict, a, b).partition("/")[2], str(verdict.sure), verdict.rule


def winner(verdict: Verdict, a: Side, b: Side) -> str:
    """The id of the model that is for most; empty where neither is."""
    return {"a": a.model.id, "b": b.model.id, "": ""}[verdict.most]
