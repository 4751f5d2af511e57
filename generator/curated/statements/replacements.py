"""replacements.yml: which models providers name for those that they end, with the words that say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.bounds import folder_fault, model_fault
from generator.curated.statements.statement import quote_field
from generator.curated.yaml_file import Edited, address_field, date_field, id_field, read_edited, rows_of
from generator.curated.yaml_file import text_field as text
from generator.errors import EditError
from playground.catalog import Catalog, NamedReplacement
from playground.spelling import did_you_mean

REPLACEMENTS_FILE = "replacements.yml"
_PAGE, _ROW = {"provider", "url", "read", "note", "rows"}, {"models", "instead", "quote", "note"}

Named = Mapping[str, tuple[NamedReplacement, ...]]


def load_replacements(path: Path) -> Named:
    """replacements.yml by provider; nothing where there is no file. Raises EditError naming the entry."""
    if not path.exists():
        return {}
    edited = read_edited(path)
    if not isinstance(edited.content, list):
        raise EditError(f"{path}: must be a list of pages (`- provider: …`)")
    named: dict[str, dict[str, NamedReplacement]] = defaultdict(dict)
    for where, page in rows_of(path, "", edited.content, _PAGE):
        provider = id_field(edited, f"{where}: provider", page.get("provider"), folder_fault)
        for row in _rows(edited, where, page):
            if row.model in named[provider]:
                raise EditError(f"{path}: {where}: {row.model} is named twice for {provider}; keep one row")
            named[provider][row.model] = row
    return {provider: tuple(by_model[m] for m in sorted(by_model)) for provider, by_model in named.items()}


def _rows(edited: Edited, where: str, page: Mapping[str, Any]) -> Iterator[NamedReplacement]:
    url = address_field(edited, f"{where}: url", page.get("url"))
    read = date_field(edited, f"{where}: read", page.get("read"))
    rows = page.get("rows")
    if not isinstance(rows, list) or not rows:
        raise EditError(f"{edited.path}: {where}: rows must be a list (`- models: […]`), it is {rows!r:.60}")
    for at, row in rows_of(edited.path, f"{where}: rows", rows, _ROW):
        models, instead = (_ids(edited, f"{at}: {key}", row.get(key)) for key in ("models", "instead"))
        quote = quote_field(edited, at, row)
        if circle := sorted({m.partition("@")[0] for m in models} & set(instead)):
            raise EditError(f"{edited.path}: {at}: {circle[0]} cannot stand in for itself")
        notes = [text(edited, f"{at}: note", holder["note"]) for holder in (page, row) if "note" in holder]
        for model in models:
            yield NamedReplacement(
                model=model, instead=tuple(instead), quote=quote, url=url, read=read, note="; ".join(notes)
            )


def _ids(edited: Edited, where: str, ids: Any) -> list[str]:
    """Models' ids; those that end may have a version (`openai/gpt-4o@2024-05-13`). Raises EditError."""
    if not isinstance(ids, list) or not ids:
        raise EditError(f"{edited.path}: {where} must be a list of models' ids, it is {ids!r:.60}")
    for one in ids:
        id_field(edited, where, one.partition("@")[0] if isinstance(one, str) else one, model_fault)
        if "@" in one and not where.endswith("models"):
            raise EditError(f"{edited.path}: {where}: {one} has a version; write the model alone")
    return ids


def with_replacements(catalog: Catalog, named: Named) -> Catalog:
    """The catalog whose providers know which models they name; one that is not there says nothing."""
    providers = {
        name: replace(provider, replacements=named.get(name, ()))
        for name, provider in catalog.providers.items()
    }
    return replace(catalog, providers=providers)


def unknown_names(folder: Path, named: Named, catalog: Catalog) -> Iterator[str]:
    """Rows whose provider or replacement is not in the catalog, a line for each; what ended may be gone."""
    for provider, rows in named.items():
        at = f"{folder / REPLACEMENTS_FILE}: {provider}"
        if provider not in catalog.providers:
            yield f"{at} is not in the catalog{did_you_mean(provider, catalog.providers)}"
        for row in rows:
            for model in row.instead:
                if model not in catalog.models:
                    hint = did_you_mean(model, catalog.models)
                    yield f"{at}: {row.model}: {model} is not in the catalog{hint}"
