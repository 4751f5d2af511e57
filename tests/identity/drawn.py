"""Draw the samples: `python -m tests.identity.drawn 20261201` prints both, to be judged by a person."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from random import Random

import click

from playground.catalog import Catalog, Offering, source_of
from tests.catalogs import committed

#: The models of which the first sample is drawn have so many offerings at most.
FEW = 2
SAMPLED, MERGES = 60, 200


def offerings_by_model(catalog: Catalog) -> dict[str, list[Offering]]:
    """Each model's offerings."""
    offerings: dict[str, list[Offering]] = defaultdict(list)
    for offering in catalog.offerings:
        offerings[offering.model].append(offering)
    return offerings


def models_of_few(catalog: Catalog) -> list[str]:
    """The models with at most two offerings, in order."""
    offerings = offerings_by_model(catalog)
    return sorted(model for model in catalog.models if len(offerings[model]) <= FEW)


def source_ids(catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Model, source and the id at it, of every row of a source."""
    for offering in catalog.offerings:
        for name, record in offering.records.items():
            yield offering.model, source_of(name), record.id


def merges(catalog: Catalog, seed: int) -> list[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Models in an order by the seed, each with two rows whose names differ in more than separators."""
    spelled: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for model, source, name in source_ids(catalog):
        spelled[model].setdefault(re.sub(r"[^a-z0-9]", "", name.rpartition("/")[2].lower()), (source, name))
    rng = Random(seed)
    models = sorted(model for model, names in spelled.items() if len(names) > 1)
    rng.shuffle(models)
    rows = []
    for model in models[:MERGES]:
        left, right = sorted(rng.sample(sorted(spelled[model].values()), 2))
        rows.append((model, left, right))
    return rows


def _write(seed: int) -> None:
    catalog = committed()
    offerings, few = offerings_by_model(catalog), models_of_few(catalog)
    click.echo(f"# seed {seed}: {SAMPLED} of {len(few)} models with at most {FEW} offerings")
    for model in Random(seed).sample(few, SAMPLED):
        name = catalog.models[model].value("name")
        click.echo(f"{model} {name} {[(o.key, *o.ids) for o in offerings[model]]}")
    click.echo(f"# seed {seed}: {MERGES} merges")
    for model, left, right in merges(catalog, seed):
        click.echo(f"{model} {left} {right}")


if __name__ == "__main__":
    _write(int(sys.argv[1]))
