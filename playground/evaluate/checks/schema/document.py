"""A JSON Schema read before it is used: its draft, the schemas within it, and where its references lead.

What cannot be followed here is refused with what to write instead, never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from playground.evaluate.checks.check import ArgumentError, quoted
from playground.evaluate.checks.schema.keywords import refuse_form, shown

#: `$schema` → the year of its draft, for what drafts read differently.
DRAFTS = {
    "http://json-schema.org/draft-06/schema": 2017,
    "http://json-schema.org/draft-07/schema": 2018,
    "https://json-schema.org/draft/2019-09/schema": 2019,
    "https://json-schema.org/draft/2020-12/schema": 2020,
}
_OF_NAMES = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies")
_OF_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = {
    *("not", "if", "then", "else", "contains", "additionalProperties", "propertyNames", "items"),
    *("additionalItems", "unevaluatedItems", "unevaluatedProperties"),
}
_REFUSED = ("$dynamicRef", "$recursiveRef")
#: Schemas within one.
_MOST = 10_000


class Document:
    """A schema with what is in it. Raises ArgumentError where it is none that can be used here."""

    def __init__(self, schema: Any) -> None:
        self.schema = schema
        name = str(schema.get("$schema", "")) if isinstance(schema, dict) else ""
        if name.rstrip("#") not in ("", *DRAFTS):
            raise ArgumentError(f"the schema is of {quoted(name)}; read are draft 6, 7, 2019-09 and 2020-12")
        self.draft = DRAFTS.get(name.rstrip("#"), 2020)
        #: By address, a schema with an `$id` or an anchor.
        self._named: dict[str, Any] = {"": schema}
        #: By a schema's identity, the address that its references start from.
        self._bases: dict[int, str] = {}
        self._read(schema, "")
        for inner in list(self._all(schema)):
            if isinstance(inner, dict) and isinstance(inner.get("$ref"), str):
                self.target(inner)

    def target(self, schema: Mapping[str, Any]) -> Any:
        """The schema that `$ref` names."""
        reference = schema["$ref"]
        address, fragment = urldefrag(urljoin(self._bases.get(id(schema), ""), reference))
        if f"{address}#{fragment}" in self._named:
            return self._named[f"{address}#{fragment}"]
        if address not in self._named or (fragment and not fragment.startswith("/")):
            raise ArgumentError(
                f"the schema refers to {quoted(reference)}, which is not in it; nothing is fetched: "
                "put that schema under $defs"
            )
        value = self._named[address]
        for step in unquote(fragment).split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and re.fullmatch(r"\d{1,6}", step) and int(step) < len(value):
                value = value[int(step)]
            elif isinstance(value, dict) and step in value:
                value = value[step]
            else:
                raise ArgumentError(f"the schema refers to {quoted(reference)}, which is not in it")
        if id(value) not in self._bases:
            self._read(value, address)
        return value

    def _read(self, schema: Any, base: str) -> None:
        """Note the names of a schema and of all within it, and refuse what is not of the form."""
        if isinstance(schema, bool):
            return
        if not isinstance(schema, dict):
            raise ArgumentError(f"the schema has {shown(schema)} where a schema belongs; write an object")
        if len(self._bases) > _MOST:
            raise ArgumentError(f"the schema has more than {_MOST:,} schemas within it")
        if not ("$ref" in schema and self.draft < 2019):
            base = self._base(schema, base)
        self._bases[id(schema)] = base
        for keyword in _REFUSED:
            if keyword in schema:
                raise ArgumentError(f"the schema has {keyword}, which is not read here; write $ref")
        if not isinstance(schema.get("$ref", ""), str):
            raise ArgumentError("the schema's $ref is no text")
        for keyword, value in schema.items():
            refuse_form(keyword, value)
        for inner in self._inner(schema):
            self._read(inner, base)

    def _base(self, schema: Mapping[str, Any], base: str) -> str:
        if isinstance(name := schema.get("$id"), str):
            if name.startswith("#"):
                self._named[f"{base}{name}"] = schema
            else:
                base = urldefrag(urljoin(base, name))[0]
                self._named[base] = schema
        for keyword in ("$anchor", "$dynamicAnchor"):
            if isinstance(name := schema.get(keyword), str):
                self._named[f"{base}#{name}"] = schema
        return base

    def _inner(self, schema: Mapping[str, Any]) -> Iterator[Any]:
        if "$ref" in schema and self.draft < 2019:
            schema = {name: schema[name] for name in ("definitions", "$defs") if name in schema}
        for keyword, value in schema.items():
            if keyword in _OF_NAMES:
                if not isinstance(value, dict):
                    raise ArgumentError(f"the schema's {keyword} is {shown(value)}; write an object")
                yield from (
                    v for v in value.values() if not (keyword == "dependencies" and isinstance(v, list))
                )
            elif keyword in _OF_LISTS or (keyword == "items" and isinstance(value, list)):
                if not isinstance(value, list) or (keyword == "items" and self.draft == 2020):
                    wanted = "prefixItems for a list of schemas" if keyword == "items" else "a list"
                    raise ArgumentError(f"the schema's {keyword} is {shown(value)}; write {wanted}")
                yield from value
            elif keyword in _SINGLE:
                yield value

    def _all(self, schema: Any) -> Iterator[Any]:
        yield schema
        if isinstance(schema, dict):
            for inner in self._inner(schema):
                yield from self._all(inner)
