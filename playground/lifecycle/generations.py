"""Which newer models of its own lab follow a model, and are sold by more than one provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playground.catalog import Catalog, Channel, Kind, Model
from playground.lifecycle.lines import TRIALS, succeeds
from playground.lifecycle.outlook import Stage, outlook_of

#: Who is sold by fewer may be a trial, or another name of a model.
SELLERS = 2


def newer_models(catalog: Catalog, model: str) -> list[str]:
    """The models that follow it, the newest first: of its line by their names, or named by its lab."""
    lab = catalog.providers.get(model.partition("/")[0])
    named = {i for r in (lab.replacements if lab else ()) if r.model == model for i in r.instead}
    later = [(str(m.value("released") or ""), m.id) for m in _following(catalog, model, named)]
    return [name for _, name in sorted(later, reverse=True)]


def _following(catalog: Catalog, model: str, named: set[str]) -> Iterator[Model]:
    for other in catalog.models.values():
        if other.lab != model.partition("/")[0] or other.value("points_to") or TRIALS.search(other.id):
            continue
        if (other.id in named or succeeds(other.id, model)) and _sellers(catalog, other.id) >= SELLERS:
            yield other


def _sellers(catalog: Catalog, model: str) -> int:
    """How many sell it themselves for a known price and have not retired it."""
    day = catalog.day or date.min
    passing_on = (Channel.GATEWAY, Channel.SUBSCRIPTION)
    sellers = {
        o.provider
        for o in catalog.of_model(model)
        if o.channel not in passing_on
        and o.kind in (Kind.CHAT, None)
        and o.sound_price("price.input") is not None
        and outlook_of(o, day).stage is not Stage.RETIRED
    }
    return len(sellers)
