"""`almanac new FOLDER`: a site of one's own, ready to build."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import click

from generator.cli.terminal import out
from generator.errors import SetupError
from generator.store.place import catalog_folder

#: The files of a new site, in which NAME is its name; an installed package has pages in docs/ of it, too.
STARTER = Path(__file__).parents[2] / "site" / "starter"
CHECKOUT = Path(__file__).parents[3]
#: What a site needs of the hand-written pages: those of the playground, and their pictures.
PAGES = ("playground", "evaluate", "assets/setup", "assets/evaluate", "assets/playground.png")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="Model Almanac", show_default=True, help="What the site is called.")
@click.option(
    "--catalog",
    "catalog_dir",
    type=click.Path(path_type=Path, file_okay=False),
    callback=lambda _context, _option, named: catalog_folder(named),
    help="The catalog to begin with (docs/catalog, else the package's own).",
)
def new(folder: Path, name: str, catalog_dir: Path) -> None:
    """Begin a site of your own in a folder: mkdocs.yml, the catalog, the pages of the playground."""
    if folder.is_dir() and any(folder.iterdir()):
        raise SetupError(f"{folder} is not empty; name a folder that is, or one that does not exist yet")
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Whole or not at all: a folder that is half filled would be refused the next time.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".almanac-new-") as temporary:
        site = Path(temporary) / "site"
        _fill(site, name, catalog_dir)
        if folder.is_dir():
            folder.rmdir()
        site.rename(folder)
    out.print(f"{folder}: a site named {name}. Next, in it: almanac build", markup=False, highlight=False)


def _fill(site: Path, name: str, catalog_dir: Path) -> None:
    shutil.copytree(catalog_dir, site / "docs" / "catalog")
    for each in PAGES:
        source, target = _hand_written() / each, site / "docs" / each
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    readme = (STARTER / "README.md").read_text("utf-8")
    (site / "README.md").write_text(readme.replace("NAME", name), "utf-8")
    (site / ".gitignore").write_text("/.cache/\n/site/\n", "utf-8")
    config = (STARTER / "mkdocs.yml").read_text("utf-8")
    # JSON is YAML.
    (site / "mkdocs.yml").write_text(config.replace("NAME", json.dumps(name, ensure_ascii=False)), "utf-8")


def _hand_written() -> Path:
    packaged = STARTER / "docs"
    return packaged if packaged.is_dir() else CHECKOUT / "docs"
