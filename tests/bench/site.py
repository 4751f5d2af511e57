"""Measures building the site beside plain MkDocs with Material on the same Markdown, in one run: `make
bench`.

Both get the generated pages only: no playground, no hand-written page. Plain MkDocs reads them from the disk,
with the extensions and the theme of this project's mkdocs.yml and its own search.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator import store
from generator.pages import mass_pages
from generator.sections import section_pages
from playground.catalog import Capability, Catalog, Offering

CATALOG = Path("docs/catalog")
#: How many generated pages there are to be; 0 is the committed catalog as it is.
SIZES = (500, 0, 5_000)
GROWTH = (1_000, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One build of one site: seconds, and the most memory it held, in MB."""

    seconds: float
    megabytes: float


def sized(whole: Catalog, pages: int) -> Catalog:
    """A catalog of about so many generated pages: a part of the whole, or the whole with copies of its
    models.
    """
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


def changed(catalog: Catalog) -> Catalog:
    """The catalog with one model's output limit another one, as a refresh would leave it."""
    offerings = list(catalog.offerings)
    at = next(
        i for i in range(len(offerings) // 2, len(offerings)) if "max_output_tokens" in offerings[i].facts
    )
    facts = dict(offerings[at].facts)
    facts["max_output_tokens"] = dataclasses.replace(facts["max_output_tokens"], value=12_345)
    offerings[at] = dataclasses.replace(offerings[at], facts=facts)
    return dataclasses.replace(catalog, offerings=tuple(offerings))


def put(catalog: Catalog, folder: Path) -> None:
    """The catalog as the files a site is built from."""
    (folder / "docs" / "catalog").mkdir(parents=True, exist_ok=True)
    store.save(folder / "docs" / "catalog", store.render(catalog, {}))


def ours(folder: Path) -> None:
    """A project with this plugin and nothing of its own."""
    own = yaml.load(Path("mkdocs.yml").read_text(), yaml.BaseLoader)
    theme = dict(own["theme"], font=False)
    config = {
        "site_name": "Almanac",
        "site_url": "https://almanac.example/",
        "theme": theme,
        "plugins": ["almanac"],
        "markdown_extensions": own["markdown_extensions"],
        "validation": {"absolute_links": "ignore"},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(_plain(config), sort_keys=False))


def plain(folder: Path, catalog: Catalog) -> int:
    """The same pages as Markdown on the disk for MkDocs with Material alone; how many there are."""
    ours(folder)
    config = yaml.safe_load((folder / "mkdocs.yml").read_text())
    config["plugins"] = ["search"]
    # The generated pages stand outside the navigation here as there.
    pages = [*section_pages(catalog, {}, "0" * 64), *mass_pages(catalog)]
    config["nav"] = [{"Home": "index.md"}]
    config["not_in_nav"] = "*"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    for page in pages:
        path = folder / "docs" / page.path.strip("/") / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.markdown, "utf-8")
    return len(pages)


def _plain(value: object) -> object:
    """YAML's words as YAML reads them back: `true` in the text is true."""
    return yaml.safe_load(yaml.safe_dump(value).replace("'true'", "true").replace("'false'", "false"))


def build(folder: Path) -> Built:
    """`mkdocs build` in the folder, as a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path.cwd())}
    begun = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")],
        environment,
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"mkdocs build failed in {folder}")
    return Built(seconds=seconds, megabytes=usage.ru_maxrss / 1024)


def measured(catalog: Catalog, *, beside: bool) -> dict[str, Built | int]:
    """Cold build and one-model rebuild of a catalog, and where `beside` plain MkDocs of the same pages."""
    found: dict[str, Built | int] = {}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "ours"
        put(catalog, folder)
        ours(folder)
        found["cold"] = build(folder)
        put(changed(catalog), folder)
        found["again"] = build(folder)
        shutil.rmtree(folder)
        if beside:
            folder = Path(made) / "plain"
            folder.mkdir()
            (folder / "docs").mkdir()
            found["pages"] = plain(folder, catalog)
            found["plain"] = build(folder)
        else:
            found["pages"] = sum(1 for _ in section_pages(catalog, {}, "")) + sum(
                1 for _ in mass_pages(catalog)
            )
    return found


def main() -> None:
    whole = store.load(CATALOG)
    for size in [int(a) for a in sys.argv[1:]] or SIZES:
        catalog = sized(whole, size) if size else whole
        found = measured(catalog, beside=size not in GROWTH)
        sys.stdout.write(f"{size} {found}\n")


if __name__ == "__main__":
    main()
