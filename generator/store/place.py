"""Where the catalog that a command reads is: the folder named, else the project's, else the package's own."""

from __future__ import annotations

from pathlib import Path

from generator.errors import SetupError
from generator.store.files import STAGED

#: The catalog of a project, from the folder that holds its mkdocs.yml.
PROJECTS = Path("docs/catalog")
#: The catalog as an installed package carries it; a checkout has none here.
PACKAGED = Path(__file__).parents[1] / "catalog"


def catalog_folder(named: Path | None = None) -> Path:
    """The folder to read. Raises SetupError where it holds no catalog."""
    if named is None and not _holds_one(PROJECTS) and _holds_one(PACKAGED):
        return PACKAGED
    folder = named or PROJECTS
    if _holds_one(folder):
        return folder
    seen = "holds no catalog (catalog.json)" if folder.is_dir() else "does not exist"
    raise SetupError(f"{folder} {seen}; run almanac in the project's folder, or name it with --catalog")


def _holds_one(folder: Path) -> bool:
    # One that is being replaced is there too.
    return (folder / "catalog.json").is_file() or (folder / STAGED).is_dir()
