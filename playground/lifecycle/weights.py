"""Whose weights are kept though no source says so yet: those of the next model of a line that keeps them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from playground.catalog import Model, Support
from playground.lifecycle.lines import line_of, succeeds


def closed_by_line(models: Iterable[Model]) -> frozenset[str]:
    """The models of which nobody says, that follow one whose weights are kept in a line without open ones."""
    lines: dict[tuple[str, tuple[str, ...]], list[Model]] = defaultdict(list)
    for model in models:
        lines[model.lab, line_of(model.id)].append(model)
    following: set[str] = set()
    for line in lines.values():
        weights = {model.id: model.value("open_weights") for model in line}
        if Support.YES not in weights.values():
            closed = [name for name, value in weights.items() if value == Support.NO]
            waiting = [name for name, value in weights.items() if value is None]
            following.update(name for name in waiting if any(succeeds(name, old) for old in closed))
    return frozenset(following)
