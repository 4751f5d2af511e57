"""overrides.yml: the values that people set over what sources say, and the changes that they let through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from generator.curated.fields import NUMBERS, SUPPORTS, is_known_field, takes_support
from generator.curated.statements.parties import party
from generator.curated.yaml_file import address_field, date_field, read_edited, rows_of, text_field
from generator.errors import EditError
from playground.catalog import Effort, Support, Value
from playground.catalog.numbers import plain_number
from playground.labels.labels import LABELS
from playground.spelling import did_you_mean

#: Fields of an entry that hold a whole list, as a page gives it: what is in it there is, of the others none.
LISTS: Mapping[str, Mapping[str, str]] = {
    "efforts": {str(effort): f"effort.{effort}" for effort in Effort},
    "inputs": {"image": "can.vision", "audio": "can.audio_in", "video": "can.video_in"},
    "outputs": {"image": "can.image_out", "audio": "can.audio_out"},
}
#: What every model has: `null` says that its lab's own page does not state it; no other page can say that.
CUTOFF = "knowledge"
OVERRIDE = {"offering", "model", "field", "value", "replaces", "reason", "link", "date", "approve"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What the sources said when a person set a value over it; None where they said nothing."""

    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A value a person set over what the sources say, with why, where it was read and when.

    `value` is None where the page has none (of a cutoff: does not state it), whatever the sources say;
    `replaces` is None where the entry does not say what it replaced.
    """

    target: str
    field: str
    value: Value | None
    reason: str
    link: str
    date: date
    where: str
    replaces: Replaced | None = None


def load_overrides(path: Path) -> tuple[Override, ...]:
    """overrides.yml as values. Raises EditError naming the entry that is wrong."""
    edited = read_edited(path)
    content = edited.content or []
    if not isinstance(content, list):
        raise EditError(f"{path}: must be a list of overrides (`- offering: …`)")
    overrides: dict[tuple[str, str], Override] = {}
    for where, row in rows_of(path, "", content, OVERRIDE):
        if "approve" in row:
            continue
        if ("offering" in row) == ("model" in row):
            raise EditError(f"{path}: {where}: name either an offering or a model")
        target = text_field(edited, f"{where}: offering", row.get("offering") or row.get("model"))
        name = text_field(edited, f"{where}: field", row.get("field"))
        if not is_known_field(name) and name not in LISTS:
            raise EditError(f"{path}: {where}: {no_field(name)}")
        if "value" not in row:
            raise EditError(f"{path}: {where}: value is missing; write null where the page has none")
        link = address_field(edited, f"{where}: link", row.get("link"))
        reason = text_field(edited, f"{where}: reason", row.get("reason"))
        read = date_field(edited, f"{where}: date", row.get("date"))
        if name == CUTOFF and row["value"] is None and party(link) != target.partition("/")[0]:
            raise EditError(f"{path}: {where}: that {name} is not stated is read on a page of the lab's own")
        for one, given, replaces in _fields(path, where, name, row):
            if (target, one) in overrides:
                raise EditError(f"{path}: {where}: {target} {one} is overridden twice; keep one")
            overrides[target, one] = Override(
                target=target,
                field=one,
                value=None if given is None else value_field(path, where, one, given),
                reason=reason,
                link=link,
                date=read,
                where=where,
                replaces=replaces,
            )
    return tuple(overrides.values())


def _fields(
    path: Path, where: str, name: str, row: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Replaced | None]]:
    """The fields that an entry sets, each with its value and what it replaces.

    That is one field, but for those of LISTS. Text is not named in `inputs` and `outputs`: all take it.
    """
    if name not in LISTS:
        yield name, row["value"], _replaced(path, where, name, row)
        return
    listed, known = row["value"], LISTS[name]
    odd = [listed] if not isinstance(listed, list) else [one for one in listed if one not in known]
    if odd:
        raise EditError(f"{path}: {where}: {name} is a list of {', '.join(known)}, not {odd[0]!r}")
    before = row.get("replaces") or {}
    if not isinstance(before, dict) or not before.keys() <= known.keys():
        example = next(iter(known))
        raise EditError(
            f"{path}: {where}: replaces says what each of the {name} was (`{example}: 'no'`), not {before!r}"
        )
    for one, field in known.items():
        was = before.get(one)
        replaced = None if was is None else value_field(path, f"{where}: replaces", field, was)
        yield field, Support.YES if one in listed else Support.NO, Replaced(value=replaced)


def _replaced(path: Path, where: str, name: str, row: Mapping[str, Any]) -> Replaced | None:
    """What the entry says that it replaced: `null` where the sources said nothing. Raises EditError."""
    if "replaces" not in row:
        return None
    value = row["replaces"]
    return Replaced(value=None if value is None else value_field(path, f"{where}: replaces", name, value))


def load_approvals(path: Path) -> frozenset[str]:
    """What people let through that the gates held: the lines `- approve: …` of overrides.yml.

    Raises EditError naming the entry that is wrong.
    """
    edited = read_edited(path)
    approved: set[str] = set()
    for where, row in rows_of(path, "", edited.content or [], OVERRIDE):
        if "approve" in row:
            if set(row) - {"approve", "reason"}:
                raise EditError(f"{path}: {where}: an approval holds nothing but approve and reason")
            approved.add(text_field(edited, f"{where}: approve", row["approve"]))
    return frozenset(approved)


def no_field(name: str) -> str:
    """What is wrong with a field's name, with the names most like it."""
    near = did_you_mean(name, [*LABELS, *SUPPORTS, "price.input", "price.output"])
    return f"{name!r} is no field of the catalog{near}"


def value_field(path: Path, where: str, name: str, value: Any) -> Value:
    """A fact's value as people write it. Raises EditError."""
    if value is None:
        raise EditError(f"{path}: {where}: value is missing")
    if takes_support(name):
        # YAML 1.1 reads a bare yes or no as true or false.
        support = {True: "yes", False: "no"}.get(value, value)
        if support not in (Support.YES, Support.NO):
            raise EditError(f"{path}: {where}: {name} is yes or no, not {value!r}")
        return str(support)
    if name == "default_effort" and value not in set(Effort):
        raise EditError(f"{path}: {where}: {name} is one of {', '.join(Effort)}, not {value!r}")
    if name.startswith(("price.", "uplift.")) or name in NUMBERS:
        try:
            number = plain_number(Decimal(str(value)))
        except InvalidOperation as error:
            raise EditError(f"{path}: {where}: {name} is a number, not {value!r}") from error
        if not number.is_finite() or number < 0:
            raise EditError(f"{path}: {where}: {name} cannot be {value!r}")
        return int(number) if name in NUMBERS else number
    return tuple(str(v) for v in value) if isinstance(value, list) else str(value)
