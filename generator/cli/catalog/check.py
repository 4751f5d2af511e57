"""`almanac check`: whether the catalog and the files people edit are sound."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click

from generator import store
from generator.ability.inputs import inputs_of
from generator.cli.catalog.faults import faults_in as find_faults
from generator.cli.catalog.faults import too_old
from generator.cli.catalog.mending import count_line, pages_to_reread, rereads, things_to_mend
from generator.cli.catalog.tables import reread_text, unconfirmed_text
from generator.cli.options import OWN_CATALOG, existing
from generator.cli.terminal import err, out
from generator.exports.chooser import unknown_in
from generator.owner.evaluations import load_evaluations
from generator.store.abilities import ABILITIES_FILE, load_abilities
from playground.catalog import Catalog, Seller


@click.command()
@click.option(
    "--max-age",
    metavar="DAYS",
    type=click.IntRange(0),
    help="Also fail where the last good refresh is longer ago than this, or a source was not read since.",
)
@OWN_CATALOG
def check(max_age: int | None, folder: Path) -> None:
    """Check the committed catalog and the files people edit."""
    start = time.perf_counter()
    existing(folder)
    load = cache(store.load)
    faults = list(find_faults(folder, load))
    if max_age is not None and not faults:
        faults = list(too_old(load(folder), max_age, datetime.now(UTC).date()))
    for fault in faults:
        err.print(fault, markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise SystemExit(1)
    catalog = load(folder)
    for note in unknown_in(load_evaluations(folder), catalog)[1]:
        err.print(note, markup=False, highlight=False, soft_wrap=True)
    for one in rereads(folder, catalog):
        err.print(reread_text(one), markup=False, highlight=False, soft_wrap=True)
    for page in pages_to_reread(folder, catalog):
        err.print(unconfirmed_text(page), markup=False, highlight=False, soft_wrap=True)
    if load_abilities(folder).inputs not in ("", inputs_of(catalog, folder).digest):
        err.print(f"{ABILITIES_FILE} is of other scores than the catalog's; run almanac abilities")
    out.print(count_line(things_to_mend(folder, catalog)), highlight=False)
    out.print(unclassed_line(catalog), highlight=False)
    out.print(f"The catalog is sound (checked in {time.perf_counter() - start:.1f} s).")


def unclassed_line(catalog: Catalog) -> str:
    """How many providers are of unknown class, and how many offerings a choice leaves out by that."""
    unknown = {p.id for p in catalog.providers.values() if p.seller_class == Seller.UNKNOWN}
    offerings = sum(o.provider in unknown for o in catalog.offerings)
    return (
        f"{len(unknown):,} of {len(catalog.providers):,} providers, with {offerings:,} offerings, are of "
        "unknown class (providers.yml: seller)."
    )
