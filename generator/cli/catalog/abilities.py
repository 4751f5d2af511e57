"""`almanac abilities`: how able models are, fitted from the catalog's scores."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator import store
from generator.ability.inputs import Inputs, inputs_of
from generator.ability.refit import fitted
from generator.cli.options import AS_JSON, OWN_CATALOG, existing, print_json
from generator.cli.terminal import err
from generator.cli.terminal import wide as out
from generator.curated.identity_rules import load_rules
from generator.ledger.placing.identity import place_model
from generator.ledger.placing.spelled import spelled
from generator.store.abilities import load_abilities, save_abilities, save_judged
from playground.ability import Abilities, Proof, with_votes
from playground.catalog import Catalog

if TYPE_CHECKING:
    from generator.ability.judging.indices import Index

#: What the command ends with where abilities are of other scores than the catalog's.
STALE = 3


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; end with 3 if scores have changed.")
@click.option(
    "--judge", is_flag=True, help="Hide scores, foretell them, write how well that went (a minute)."
)
@click.option(
    "--index",
    "indices",
    multiple=True,
    type=(str, click.Path(exists=True, dir_okay=False, path_type=Path)),
    metavar="NAME FILE",
    help="With --judge, hold the order beside an index of others: a CSV with the columns model and score.",
)
@OWN_CATALOG
@AS_JSON
def abilities(
    only_check: bool, judge: bool, indices: tuple[tuple[str, Path], ...], folder: Path, as_json: bool
) -> None:
    """Fit how able models are from the catalog's scores, where these have changed; needs numpy."""
    existing(folder)
    catalog = store.load(folder)
    inputs = inputs_of(catalog, folder)
    known = load_abilities(folder)
    same = known.inputs == inputs.digest
    if only_check:
        sys.exit(_checked(folder, same=same))
    if not same:
        known = fitted(inputs)
        save_abilities(folder, known)
    known = with_votes(known, catalog.models.values())
    if judge:
        from generator.ability.judging.indices import votes_by_category  # with numpy
        from generator.ability.judging.judged import judged

        others = {name: _index(path, folder, catalog) for name, path in indices}
        votes = votes_by_category(catalog.models.values())
        save_judged(folder, judged(inputs, known, votes=votes, indices=others))
    if as_json:
        print_json(_summary(inputs, known, fitted_now=not same))
        return
    for name, scores in inputs.without_task.items():
        err.print(f"[yellow]{name}: {scores} scores are left out; say its task in metrics.yml")
    done = "of these scores already" if same else f"fitted, written to {folder}"
    out.print(f"Abilities of {_counts(known)}: {done}", highlight=False)


def _index(path: Path, folder: Path, catalog: Catalog) -> Index:
    """The index of a file, by the catalog's models, as their scores are placed."""
    from generator.ability.judging.indices import read_index  # with numpy

    rules = load_rules(folder / "identity.yml")

    def placed(text: str) -> str | None:
        model, _ = place_model(text, rules)
        return model if model in catalog.models else spelled(model, catalog.models)

    return read_index(path, placed)


def _checked(folder: Path, *, same: bool) -> int:
    if same:
        out.print("The abilities are of the catalog's scores.")
        return 0
    err.print(f"{folder}: the abilities are of other scores than the catalog's; run almanac abilities")
    return STALE


def _by_proof(known: Abilities) -> dict[str, int]:
    return {proof: sum(one.proof == proof for one in known.models.values()) for proof in Proof}


def _counts(known: Abilities) -> str:
    counts = ", ".join(f"{n:,} {proof}" for proof, n in _by_proof(known).items() if n)
    return f"{len(known.models):,} models ({counts or 'no scores'})"


def _summary(inputs: Inputs, known: Abilities, *, fitted_now: bool) -> dict[str, Any]:
    return {
        "inputs": inputs.digest,
        "fitted": fitted_now,
        "cells": len(inputs.cells),
        "models": _by_proof(known),
        "without_task": dict(inputs.without_task),
    }
