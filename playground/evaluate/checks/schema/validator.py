"""Whether a value of JSON is what a JSON Schema allows, and what is wrong with it where not.

Read are drafts 6, 7, 2019-09 and 2020-12 (where `$schema` names none, the last), with all of their keywords
but `$dynamicRef` and `$recursiveRef`; references lead within the schema alone. `format` and `content…` say
nothing here, as the drafts have it. A pattern is JavaScript's. What is not read is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.errors import PlaygroundError
from playground.evaluate.checks.pattern import fits
from playground.evaluate.checks.patterns.simulated import UndecidedError
from playground.evaluate.checks.schema.document import Document
from playground.evaluate.checks.schema.keywords import KEYWORDS, shown

#: Schemas applied to one answer; a schema can ask for ever more of them.
_STEPS = 200_000
_DEEP = 250
_TOO_DEEP = "the schema or the answer is nested too deep, or the schema refers to itself without end"
_FAULTS = 20


class TooLongError(PlaygroundError):
    """Whether a value is allowed cannot be found out in a bounded number of steps."""


@dataclass(slots=True)
class _Looked:
    """What came of a value: what is wrong, and which of its names and places a schema has spoken of."""

    faults: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    places: set[int] = field(default_factory=set)

    def take(self, other: _Looked) -> None:
        """Take over what another schema of the same value found."""
        self.faults += other.faults[: _FAULTS - len(self.faults)]
        if not other.faults:
            self.names |= other.names
            self.places |= other.places


def faults(document: Document, value: Any) -> list[str]:
    """What is wrong with the value, each with its place in it; empty where it is allowed.

    Raises TooLongError.
    """
    try:
        return _Validator(document).look(document.schema, value, "").faults
    except UndecidedError as error:
        raise TooLongError(f"whether the schema allows it cannot be decided: {error}") from error
    except RecursionError as error:
        raise TooLongError(_TOO_DEEP) from error


class _Validator:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._draft = document.draft
        self._left = _STEPS
        self._depth = 0

    def look(self, schema: Any, value: Any, where: str) -> _Looked:
        """Apply a schema to a value at that place."""
        self._left -= 1
        if self._left < 0:
            raise TooLongError(f"the schema takes more than {_STEPS:,} steps on this answer")
        if isinstance(schema, bool):
            return _Looked(faults=[] if schema else [f"{_at(where)}{shown(value)} is not allowed"])
        self._depth += 1
        if self._depth > _DEEP:
            raise TooLongError(_TOO_DEEP)
        looked = _Looked()
        for one in self._each(schema, value, where):
            looked.take(one)
        self._depth -= 1
        return looked

    def _each(self, schema: Mapping[str, Any], value: Any, where: str) -> Iterator[_Looked]:
        """What each keyword finds; those that ask what others spoke of come last."""
        spoken = _Looked()

        def then(one: _Looked) -> _Looked:
            if not one.faults:
                spoken.names |= one.names
                spoken.places |= one.places
            return one

        if "$ref" in schema:
            yield then(self.look(self._document.target(schema), value, where))
            if self._draft < 2019:
                return
        for keyword, wanted in schema.items():
            if keyword in KEYWORDS:
                applies, fault = KEYWORDS[keyword]
                if applies(value) and (wrong := fault(wanted, value)):
                    yield _Looked(faults=[_at(where) + wrong])
        yield then(self._choices(schema, value, where))
        if isinstance(value, dict):
            yield then(self._names(schema, value, where))
            if "unevaluatedProperties" in schema and self._draft >= 2019:
                rest = [name for name in value if name not in spoken.names]
                yield self._rest(schema["unevaluatedProperties"], value, rest, where)
        if isinstance(value, list):
            yield then(self._places(schema, value, where))
            if "unevaluatedItems" in schema and self._draft >= 2019:
                left = [place for place in range(len(value)) if place not in spoken.places]
                yield self._rest(schema["unevaluatedItems"], value, left, where)

    def _rest(self, schema: Any, value: Any, rest: Any, where: str) -> _Looked:
        looked = _Looked()
        for key in rest:
            looked.faults += self.look(schema, value[key], _below(where, key)).faults
            (looked.names if isinstance(value, dict) else looked.places).add(key)
        return looked

    def _choices(self, schema: Mapping[str, Any], value: Any, where: str) -> _Looked:
        """allOf, anyOf, oneOf, not, if."""
        looked = _Looked()
        for inner in schema.get("allOf", ()):
            looked.take(self.look(inner, value, where))
        for keyword in ("anyOf", "oneOf"):
            if keyword not in schema:
                continue
            made = [self.look(inner, value, where) for inner in schema[keyword]]
            good = [one for one in made if not one.faults]
            if not good:
                first = made[0].faults[0] if made else "there is none"
                looked.faults.append(f"{_at(where)}no schema of {keyword} allows {shown(value)}: {first}")
            elif keyword == "oneOf" and len(good) > 1:
                looked.faults.append(
                    f"{_at(where)}{len(good)} schemas of oneOf allow {shown(value)}, not one"
                )
            for one in good:
                looked.take(one)
        if "not" in schema and not self.look(schema["not"], value, where).faults:
            looked.faults.append(f"{_at(where)}{shown(value)} is what the schema forbids")
        if "if" in schema and self._draft >= 2018:
            test = self.look(schema["if"], value, where)
            looked.take(_Looked() if test.faults else test)
            branch = "else" if test.faults else "then"
            if branch in schema:
                looked.take(self.look(schema[branch], value, where))
        return looked

    def _names(self, schema: Mapping[str, Any], value: dict[str, Any], where: str) -> _Looked:
        looked = _Looked()

        def apply(inner: Any, name: str) -> None:
            looked.names.add(name)
            looked.faults += self.look(inner, value[name], _below(where, name)).faults

        for name, inner in schema.get("properties", {}).items():
            if name in value:
                apply(inner, name)
        for pattern, inner in schema.get("patternProperties", {}).items():
            for name in value:
                if fits(name, pattern, javascript=True):
                    apply(inner, name)
        if "additionalProperties" in schema:
            for name in [name for name in value if name not in looked.names]:
                apply(schema["additionalProperties"], name)
        if "propertyNames" in schema:
            for name in value:
                looked.faults += self.look(schema["propertyNames"], name, where).faults
        for keyword, drafts in (("dependentSchemas", (2019, 2020)), ("dependencies", (2017, 2018))):
            for name, needed in schema.get(keyword, {}).items() if self._draft in drafts else ():
                if name not in value:
                    continue
                inner = {"required": needed} if isinstance(needed, list) else needed
                looked.take(self.look(inner, value, where))
        return looked

    def _places(self, schema: Mapping[str, Any], value: list[Any], where: str) -> _Looked:
        looked = _Looked()
        items = schema.get("items")
        first = (
            schema.get("prefixItems", []) if self._draft == 2020 else items if isinstance(items, list) else []
        )
        rest = schema.get("additionalItems") if isinstance(items, list) else items
        for place, entry in enumerate(value):
            inner = first[place] if place < len(first) else rest
            if inner is None:
                break
            looked.places.add(place)
            looked.faults += self.look(inner, entry, _below(where, place)).faults
        if "contains" in schema:
            good = [
                p for p, entry in enumerate(value) if not self.look(schema["contains"], entry, where).faults
            ]
            counts = self._draft >= 2019
            least = schema.get("minContains", 1) if counts else 1
            most = schema.get("maxContains", len(value)) if counts else len(value)
            if not least <= len(good) <= most:
                looked.faults.append(
                    f"{_at(where)}{len(good)} entries are as contains asks, not {least} to {most}"
                )
            if self._draft == 2020:
                looked.places |= set(good)
        return looked


def _below(where: str, key: str | int) -> str:
    return f"{where}[{key}]" if isinstance(key, int) else f"{where}.{key}" if where else str(key)


def _at(where: str) -> str:
    return f"{where[:80]}: " if where else ""
