"""A JSON Schema as promptfoo reads one: of draft 7, by Ajv, which also holds texts to their `format`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

DRAFT_7 = "http://json-schema.org/draft-07/schema#"
#: What drafts 7 and 2020-12 read alike.
_SHARED = {
    *("$schema", "title", "description", "default", "examples", "$comment", "type", "enum", "const"),
    *("properties", "patternProperties", "additionalProperties", "propertyNames", "required"),
    *("minProperties", "maxProperties", "contains", "minItems", "maxItems", "uniqueItems"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"),
}
#: What only draft 7 has, or reads so.
_OWN = {"$id", "$ref", "definitions", "dependencies", "additionalItems", "items", "readOnly", "writeOnly"}
_OWN |= {"contentEncoding", "contentMediaType"}
_OF_NAMES = ("properties", "patternProperties")
_OF_LISTS = ("allOf", "anyOf", "oneOf")
_SINGLE = {"additionalProperties", "propertyNames", "contains", "items", "not", "if", "then", "else"}


def schema_of(value: Any) -> tuple[Any, str]:
    """The schema with draft 7 named, and what is not read alike; None for one that Ajv would refuse."""
    if isinstance(value, bool):
        return value, ""
    schema = _plain(value)
    if not isinstance(schema, dict):
        return None, "the schema is no JSON object"
    draft = str(schema.get("$schema", "")).rstrip("#")
    alike = _SHARED | _OWN if draft == DRAFT_7.rstrip("#") else _SHARED
    beyond = {word for word in _keywords(schema) if word not in alike}
    if beyond - {"format"}:
        return None, f"promptfoo reads schemas of draft 7, which differ in {', '.join(sorted(beyond))}"
    differs = "promptfoo holds texts to the format that a schema names" if beyond else ""
    return {**schema, "$schema": DRAFT_7}, differs


def _keywords_of(schema: Mapping[str, Any], word: str, value: Any) -> Iterator[str]:
    if word in _OF_NAMES and isinstance(value, dict):
        for inner in value.values():
            yield from _keywords(inner)
    elif word in _OF_LISTS and isinstance(value, list):
        for inner in value:
            yield from _keywords(inner)
    elif word in _SINGLE:
        yield from _keywords(value)
    if word != "items" or not isinstance(value, dict | bool):
        yield word


def _keywords(schema: Any) -> Iterator[str]:
    """The keywords of a schema and of those within it."""
    if isinstance(schema, dict):
        for word, value in schema.items():
            yield from _keywords_of(schema, word, value)


def _plain(value: Any) -> Any:
    """The value without Decimal, which JSON does not write."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Mapping():
            return {name: _plain(entry) for name, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
        case _:
            return value
