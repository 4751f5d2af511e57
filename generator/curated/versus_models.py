"""versus.yml: the models that have versus pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.curated.yaml_file import read_edited
from generator.errors import EditError
from playground.catalog import Catalog
from playground.spelling import did_you_mean

VERSUS_FILE = "versus.yml"


#: What an entry may say beside its model: whose pairs had the place before.
_KEYS = {"model", "was"}


def load_versus(path: Path) -> tuple[str, ...]:
    """versus.yml as models' ids; none where there is no such file. Raises EditError naming the entry."""
    return tuple(model for model, _ in _entries(path))


def load_replaced(path: Path) -> Mapping[str, str]:
    """The models whose pairs had pages before, each with the one in its place. Raises EditError."""
    return {old: model for model, was in _entries(path) for old in was}


def _entries(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Each model with those that it took the place of. Raises EditError naming the entry."""
    if not path.exists():
        return []
    content = read_edited(path).content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of models (`- openai/gpt-5`)")
    by_name: dict[str, str] = {}
    entries = []
    for i, entry in enumerate(content):
        where = f"{path}: entry {i + 1}"
        row = entry if isinstance(entry, dict) else {"model": entry}
        was = row.get("was", [])
        if not isinstance(was, list) or row.keys() - _KEYS:
            raise EditError(f"{where}: must have a model and `was: [openai/gpt-4]`, it is {entry!r}")
        for model in (row.get("model"), *was):
            if not isinstance(model, str) or model.count("/") != 1:
                raise EditError(f"{where}: must be a model's id (`openai/gpt-5`), it is {model!r}")
            name = model.partition("/")[2]
            if name in by_name:
                raise EditError(f"{where}: {name} is named already, by {by_name[name]}; keep one of the two")
            by_name[name] = model
        entries.append((row["model"], tuple(was)))
    return entries


def unserved(folder: Path, models: tuple[str, ...], catalog: Catalog) -> Iterator[str]:
    """Models that the catalog does not have, a line for each."""
    served = {o.model for o in catalog.offerings}
    for model in models:
        if model not in served:
            yield f"{folder / VERSUS_FILE}: {model} is served nowhere{did_you_mean(model, served)}"
