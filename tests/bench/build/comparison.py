"""Building the site beside plain MkDocs with Material, and Zensical, on the same Markdown.

All get the generated pages only: no playground, no hand-written page. The other two read them from the
disk, with the same theme, extensions and navigation, and their own search.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from generator import store
from playground.catalog import Catalog
from tests.bench.build import builders
from tests.bench.build.catalogs import many, sized
from tests.bench.report import Ran, table
from tests.locks import packages

CATALOG = Path("docs/catalog")
#: How many pages there are to be, 0 for the committed catalog as it is, and how often each is built.
SIZES = ((500, 5), (0, 3), (5_000, 1))
#: The smaller of the two sizes that show how the time grows, and how many times larger the other is.
BASE, TIMES = 1_000, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One size of site, built by each: from nothing, and again with one model changed."""

    pages: int
    offerings: int
    cold: Ran
    again: Ran
    plain: Ran
    zensical_cold: Ran
    zensical_again: Ran


def compared(catalog: Catalog, rounds: int, zensical: Path) -> Compared:
    """This plugin, plain MkDocs and the program Zensical in turn; the middle of so many rounds."""
    runs: list[tuple[Ran, ...]] = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as made:
            own = builders.ours(catalog, Path(made) / "ours")
            folder, other = Path(made) / "plain", Path(made) / "zensical"
            pages = builders.plain(folder, catalog)
            shutil.copytree(folder, other)
            whole = builders.mkdocs(folder)
            wanted = builders.html(folder / "site")
            runs.append((*own, whole, *builders.zensical(zensical, other, catalog, wanted)))
    cold, again, plain, zensical_cold, zensical_again = map(_middle, zip(*runs, strict=True))
    return Compared(
        pages=pages,
        offerings=len(catalog.offerings),
        cold=cold,
        again=again,
        plain=plain,
        zensical_cold=zensical_cold,
        zensical_again=zensical_again,
    )


def _middle(builds: tuple[Ran, ...]) -> Ran:
    return sorted(builds, key=lambda b: b.seconds)[len(builds) // 2]


def measured() -> str:
    """Measure everything; the part of the report."""
    whole = store.load(CATALOG)
    with tempfile.TemporaryDirectory() as tools:
        zensical = builders.zensical_installed(Path(tools))
        sizes = [(sized(whole, size) if size else whole, rounds) for size, rounds in SIZES]
        rows = [compared(catalog, rounds, zensical) for catalog, rounds in sizes]
    base = sized(whole, BASE)
    growth: list[tuple[Ran, Ran]] = []
    for times in (1, TIMES):
        with tempfile.TemporaryDirectory() as made:
            growth.append(builders.ours(many(base, times), Path(made) / "ours"))
    return "\n\n".join([written(rows), _growth(growth)])


def written(rows: list[Compared]) -> str:
    """The tables of the sizes."""
    version = packages(builders.LOCK)["zensical"]
    return "\n\n".join(
        [
            (
                "The generated pages of the catalog as this plugin builds them, and the same Markdown from "
                f"the disk by plain MkDocs with Material and by Zensical {version}, both from one "
                "`mkdocs.yml`, with their search and with no look at links, which this plugin checks; the "
                "middle row is the committed catalog. Wanted: at most 0.4 of plain from nothing, 0.1 again."
            ),
            table(
                ["pages", "offerings", "plain, s", "Zensical, s", "ours, s", "of plain", "of Zensical"],
                [
                    [f"{r.pages:,}", f"{r.offerings:,}", *_beside(r.plain, r.zensical_cold, r.cold)]
                    for r in rows
                ],
            ),
            (
                "Again, after one model's output limit changed, which plain MkDocs cannot tell from a whole "
                "build:"
            ),
            table(
                ["pages", "plain, s", "Zensical, s", "ours, s", "of plain", "of Zensical"],
                [[f"{r.pages:,}", *_beside(r.plain, r.zensical_again, r.again)] for r in rows],
            ),
            "The most memory held, in MB:",
            table(
                ["pages", "plain", "Zensical", "Zensical again", "ours", "ours again"],
                [
                    [
                        f"{r.pages:,}",
                        *(
                            f"{b.megabytes:.0f}"
                            for b in (r.plain, r.zensical_cold, r.zensical_again, r.cold, r.again)
                        ),
                    ]
                    for r in rows
                ],
            ),
        ]
    )


def _beside(plain: Ran, zensical: Ran, own: Ran) -> list[str]:
    """The seconds of the three, and what ours are of the others'."""
    seconds = [f"{one.seconds:.1f}" for one in (plain, zensical, own)]
    return [*seconds, *(f"**{own.seconds / other.seconds:.2f}**" for other in (plain, zensical))]


def _growth(sizes: list[tuple[Ran, Ran]]) -> str:
    (small, small_again), (large, large_again) = sizes
    return (
        "### Growth\n\n"
        f"A catalog of {BASE:,} pages, and one {TIMES} times as large in every way. From nothing "
        f"{small.seconds:.1f} s and {large.seconds:.1f} s: "
        f"**{large.seconds / small.seconds:.1f} times** (wanted: at most 11); again "
        f"{small_again.seconds:.1f} s and {large_again.seconds:.1f} s: "
        f"{large_again.seconds / small_again.seconds:.1f} times. "
        f"Memory {small.megabytes:.0f} and {large.megabytes:.0f} MB."
    )
