"""Reading the YAML files that people edit, so that every fault names file, entry and fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from generator.bounds import model_fault, shortened
from generator.errors import EditError
from generator.merges import unfinished_merge

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(_Loader):  # type: ignore[misc]
    """YAML that refuses a key written twice, which plain YAML lets the second win in silence."""

    # A value's tag hangs on what it looks like alone, as no path has one here: each is asked for once.
    resolve = staticmethod(cache(yaml.resolver.Resolver().resolve))

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing: it would note the path."""

    def ascend_resolver(self) -> None:
        """Nothing."""


def _mapping(loader: Any, node: Any, deep: bool = False) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if isinstance(key, list | dict):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be plain text", key_node.start_mark
            )
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is written twice", key_node.start_mark
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@dataclass(frozen=True, slots=True)
class Edited:
    """One edited file: its path and its content, asked for by dotted place."""

    path: Path
    content: Any

    def at(self, place: str) -> Any:
        value = self.content
        for part in place.split("."):
            value = (value or {}).get(part)
        return value

    def mapping(self, place: str) -> dict[str, Any]:
        head, _, last = place.rpartition(".")
        holder = self.at(head) if head else self.content
        value = (holder or {}).get(last) or {}
        if not isinstance(value, dict):
            raise EditError(f"{self.path}: {place} must be a mapping (`name: value` lines)")
        return {str(k): v for k, v in value.items()}

    def names(self, place: str) -> dict[str, str]:
        """The mapping at a place, where each value is a text. Raises EditError."""
        return {k: text_field(self, f"{place}.{k}", v) for k, v in self.mapping(place).items()}

    def texts(self, place: str) -> frozenset[str]:
        """The texts of the list at a place. Raises EditError."""
        return frozenset(text_field(self, f"{place}[{i}]", v) for i, v in enumerate(self.sequence(place)))

    def sequence(self, place: str) -> list[Any]:
        head, _, last = place.rpartition(".")
        holder = self.at(head) if head else self.content
        value = (holder or {}).get(last) or []
        if not isinstance(value, list):
            raise EditError(f"{self.path}: {place} must be a list (`- …` lines)")
        return value

    def rows(self, place: str, allowed: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The mappings of a list, each with its place; an unknown key is an error."""
        yield from rows_of(self.path, place, self.sequence(place), allowed)


def rows_of(
    path: Path, place: str, rows: list[Any], allowed: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The mappings of a list, each with its place. Raises EditError for anything else in it."""
    for i, row in enumerate(rows):
        where = f"{place}[{i}]" if place else f"entry {i + 1}"
        if not isinstance(row, dict):
            raise EditError(f"{path}: {where} must be a mapping, it is {row!r}")
        if unknown := sorted(str(k) for k in row if k not in allowed):
            raise EditError(
                f"{path}: {where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(allowed))}"
            )
        yield where, row


def read_edited(path: Path, keys: set[str] | None = None) -> Edited:
    """The file's content; with `keys`, a mapping with no other key at its top.

    Raises EditError for a file that is missing, unreadable, not UTF-8 or not YAML.
    """
    try:
        text = path.read_text("utf-8")
        if merge := unfinished_merge(text.encode()):
            raise EditError(f"{path}: {merge}; settle it and take the markers out")
        content = yaml.load(text, Loader=_Strict)  # noqa: S506 (a safe loader)
    except FileNotFoundError as error:
        raise EditError(f"{path}: the file is missing; restore it: git checkout -- {path.name}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise EditError(f"{path}: cannot be read ({error}); check its rights and encoding") from error
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise EditError(
            f"{path}:{line} is not valid YAML: {error.problem}; look at that line and the one above it"
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise EditError(f"{path}: is not valid YAML: {error}") from error
    if keys is not None:
        if not isinstance(content, dict):
            raise EditError(f"{path}: must be a mapping at its top, it is a {type(content).__name__}")
        if unknown := sorted(str(k) for k in content if k not in keys):
            raise EditError(f"{path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(keys))}")
    return Edited(path, content)


def pattern_field(edited: Edited, where: str, text: Any, groups: set[str] | None = None) -> re.Pattern[str]:
    """The compiled pattern, with the named groups it must have. Raises EditError."""
    try:
        pattern = re.compile(text_field(edited, where, text))
    except re.error as error:
        raise EditError(f"{edited.path}: {where}: {text!r} is not a regular expression: {error}") from error
    if missing := sorted((groups or set()) - set(pattern.groupindex)):
        raise EditError(f"{edited.path}: {where}: the pattern needs a group (?P<{missing[0]}>…)")
    return pattern


def text_field(edited: Edited, where: str, value: Any) -> str:
    """The text, which must not be empty. Raises EditError."""
    if not isinstance(value, str) or not value.strip():
        raise EditError(f"{edited.path}: {where} must be text, it is {value!r}")
    return value


def address_field(edited: Edited, where: str, value: Any) -> str:
    """The address of a page, which begins with https://. Raises EditError."""
    text = text_field(edited, where, value)
    try:
        host = urlsplit(text).netloc
    except ValueError:
        host = ""
    if not text.startswith("https://") or not host:
        raise EditError(f"{edited.path}: {where} must begin with https://, it is {text!r}")
    return text


def id_field(edited: Edited, where: str, value: Any, fault_of: Callable[[str], str]) -> str:
    """The id, a part of addresses and of files' names, in which `fault_of` finds none. Raises EditError."""
    text = text_field(edited, where, value)
    if fault := fault_of(text):
        about = fault if fault.startswith("its ") else f"it {fault}"
        form = "lab/model, such as acme/helper-2" if fault_of is model_fault else "an id such as acme-2"
        raise EditError(f"{edited.path}: {where} is {shortened(text, 80)!r}: {about}; write {form}")
    return text


def date_field(edited: Edited, where: str, value: Any) -> date:
    """The date, written as YAML date or as ISO text. Raises EditError."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise EditError(f"{edited.path}: {where} must be a date like 2026-11-23, it is {value!r}") from error
