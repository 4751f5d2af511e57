"""Building the site beside plain MkDocs with Material on the same Markdown.

Both get the generated pages only: no playground, no hand-written page. Plain MkDocs reads them from the
disk, with the same theme, extensions and navigation, and its own search.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator import store
from generator.pages.entities import entity_pages
from generator.pages.sections import section_pages
from playground.catalog import Capability, Catalog, Offering
from tests.bench.report import table
from tests.projects import command, environment, put, write

CATALOG = Path("docs/catalog")
#: How many pages there are to be, 0 for the committed catalog as it is, and how often each is built.
SIZES = ((500, 5), (0, 3), (5_000, 1))
#: The smaller of the two sizes that show how the time grows, and how many times larger the other is.
BASE, TIMES = 1_000, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One build of one site: seconds, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One size of site, built from nothing, again with one model changed, and by plain MkDocs."""

    pages: int
    offerings: int
    cold: Built
    again: Built
    plain: Built


def sized(whole: Catalog, pages: int) -> Catalog:
    """A catalog of about so many generated pages: a part of the whole, or the whole with more models."""
    by_model: dict[str, list[Offering]] = defaultdict(list)
    for offering in whole.offerings:
        by_model[offering.model].append(offering)
    # Every n-th model, so that large and small pages are mixed as in the whole.
    ids = list(whole.models)
    step = max(1, len(ids) * 3 // max(1, 2 * pages))
    order = [i for first in range(step) for i in ids[first::step]]
    labs: set[str] = set()
    providers: set[str] = set()
    models = {}
    offerings: list[Offering] = []
    for copy, model in _copies(order):
        # The pages there will be: models, their labs and providers, and the capabilities.
        if len(models) + len(labs) + len(providers) + len(Capability) >= pages:
            break
        name = f"{model}-copy{copy}" if copy else model
        models[name] = dataclasses.replace(whole.models[model], id=name)
        offerings += [dataclasses.replace(o, model=name) for o in by_model[model]]
        labs.add(model.partition("/")[0])
        providers |= {o.provider for o in by_model[model]}
    return Catalog(
        labs={k: v for k, v in whole.labs.items() if k in labs},
        models=dict(sorted(models.items())),
        providers={k: v for k, v in whole.providers.items() if k in providers},
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources=whole.sources,
    )


def _copies(order: list[str]) -> Iterator[tuple[int, str]]:
    copy = 0
    while True:
        for model in order:
            yield copy, model
        copy += 1


def many(one: Catalog, times: int) -> Catalog:
    """The same catalog so many times over, each with labs and providers of its own: just that many pages."""
    labs, models, providers = dict(one.labs), dict(one.models), dict(one.providers)
    offerings = list(one.offerings)
    for n in range(1, times):
        for lab in one.labs.values():
            labs[f"{lab.id}-{n}"] = dataclasses.replace(lab, id=f"{lab.id}-{n}")
        for provider in one.providers.values():
            providers[f"{provider.id}-{n}"] = dataclasses.replace(provider, id=f"{provider.id}-{n}")
        for model in one.models.values():
            name = model.id.replace("/", f"-{n}/")
            models[name] = dataclasses.replace(model, id=name)
        offerings += [
            dataclasses.replace(o, provider=f"{o.provider}-{n}", model=o.model.replace("/", f"-{n}/"))
            for o in one.offerings
        ]
    return Catalog(
        labs=labs,
        models=dict(sorted(models.items())),
        providers=providers,
        offerings=tuple(sorted(offerings, key=Offering.sort_key)),
        sources=one.sources,
    )


def changed(catalog: Catalog) -> Catalog:
    """The catalog with one model's output limit another one, as a refresh would leave it."""
    offerings = list(catalog.offerings)
    later = range(len(offerings) // 2, len(offerings))
    at = next(i for i in later if "max_output_tokens" in offerings[i].facts)
    facts = dict(offerings[at].facts)
    facts["max_output_tokens"] = dataclasses.replace(facts["max_output_tokens"], value=12_345)
    offerings[at] = dataclasses.replace(offerings[at], facts=facts)
    return dataclasses.replace(catalog, offerings=tuple(offerings))


def plain(folder: Path, catalog: Catalog) -> int:
    """The same pages as Markdown on the disk for MkDocs with Material alone; how many there are."""
    write(folder, catalog)
    shutil.rmtree(folder / "docs" / "catalog")
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    # The generated pages stand outside the navigation here as there.
    more = {"plugins": ["search"], "nav": [{"Home": "index.md"}], "not_in_nav": "*"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({**config, **more}, sort_keys=False))
    pages = [*section_pages(catalog, {}, "0" * 64), *entity_pages(catalog)]
    for page in pages:
        path = folder / "docs" / page.path.strip("/") / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, "utf-8")
    return len(pages)


def build(folder: Path) -> Built:
    """`mkdocs build` of the project, as a process of its own."""
    words = command(folder, "--quiet")
    begun = time.perf_counter()
    process = os.posix_spawn(words[0], words, environment())
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"mkdocs build failed in {folder}")
    return Built(seconds=seconds, megabytes=usage.ru_maxrss / 1024)


def ours(catalog: Catalog, folder: Path) -> tuple[Built, Built]:
    """From nothing, and again with one model changed."""
    write(folder, catalog)
    cold = build(folder)
    put(folder, changed(catalog))
    return cold, build(folder)


def compared(catalog: Catalog, rounds: int) -> Compared:
    """This plugin and plain MkDocs in turn; the middle of so many rounds."""
    colds, agains, others = [], [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as made:
            cold, again = ours(catalog, Path(made) / "ours")
            pages = plain(Path(made) / "plain", catalog)
            others.append(build(Path(made) / "plain"))
        colds.append(cold)
        agains.append(again)
    return Compared(
        pages=pages,
        offerings=len(catalog.offerings),
        cold=_middle(colds),
        again=_middle(agains),
        plain=_middle(others),
    )


def _middle(builds: list[Built]) -> Built:
    return sorted(builds, key=lambda b: b.seconds)[len(builds) // 2]


def measured() -> str:
    """Measure everything; the part of the report."""
    whole = store.load(CATALOG)
    rows = [compared(sized(whole, size) if size else whole, rounds) for size, rounds in SIZES]
    base = sized(whole, BASE)
    growth: list[tuple[int, Built, Built]] = []
    for times in (1, TIMES):
        with tempfile.TemporaryDirectory() as made:
            cold, again = ours(many(base, times), Path(made) / "ours")
        growth.append((BASE * times, cold, again))
    (_, small, small_again), (_, large, large_again) = growth
    return "\n\n".join(
        [
            (
                "The generated pages of the catalog as this plugin builds them, and the same Markdown from "
                "the disk by plain MkDocs with Material and its search; the middle row is the committed "
                "catalog. *Again* is a build after one model's output limit changed, which plain MkDocs "
                "cannot tell from a whole one. Wanted: cold at most 0.4 of plain, again at most 0.1."
            ),
            table(
                ["pages", "offerings", "plain, s", "cold, s", "of plain", "again, s", "of plain"],
                [
                    [
                        f"{r.pages:,}",
                        f"{r.offerings:,}",
                        f"{r.plain.seconds:.1f}",
                        f"{r.cold.seconds:.1f}",
                        f"**{r.cold.seconds / r.plain.seconds:.2f}**",
                        f"{r.again.seconds:.1f}",
                        f"**{r.again.seconds / r.plain.seconds:.2f}**",
                    ]
                    for r in rows
                ],
            ),
            "The most memory held, in MB:",
            table(
                ["pages", "plain", "cold", "again"],
                [
                    [
                        f"{r.pages:,}",
                        *(f"{b.megabytes:.0f}" for b in (r.plain, r.cold, r.again)),
                    ]
                    for r in rows
                ],
            ),
            "### Growth",
            (
                f"A catalog of {BASE:,} pages, and one {TIMES} times as large in every way. From nothing "
                f"{small.seconds:.1f} s and {large.seconds:.1f} s: "
                f"**{large.seconds / small.seconds:.1f} times** (wanted: at most 11); again "
                f"{small_again.seconds:.1f} s and {large_again.seconds:.1f} s: "
                f"{large_again.seconds / small_again.seconds:.1f} times. "
                f"Memory {small.megabytes:.0f} and {large.megabytes:.0f} MB."
            ),
        ]
    )
