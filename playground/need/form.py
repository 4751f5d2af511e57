"""What a part of a need is: how it is read, what it is called, and by which control a page asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from playground.catalog import Catalog
from playground.need.values import yes

#: What a reader may choose from: id and name of each.
type Choices = Sequence[tuple[str, str]]


class Control(StrEnum):
    """How a page asks for a part."""

    NUMBER = "number"
    #: A share from 0 to 1, moved in per cent.
    SHARE = "share"
    #: A weight from 0 to HEAVIEST.
    WEIGHT = "weight"
    TICK = "tick"
    #: Several of a few choices, each with a tick.
    TICKS = "ticks"
    #: One of a few choices; the first is what it is where nothing is asked.
    CHOICE = "choice"
    #: A text, for which known values are offered.
    TEXT = "text"
    #: Several texts with commas between them, for which known values are offered.
    LIST = "list"
    #: A mapping, a pair a line.
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of the form, and a note that ends in `link`: a page of the site, and what the link says."""

    id: str
    title: str
    open: bool = False
    note: str = ""
    link: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fieldset:
    """Choices under a legend of their own."""

    legend: str
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a need.

    `read` makes its value of what was written (of each value where there may be `several`) or raises
    WrongError; the value goes into the field of Need or Workload named `into`, by default the part's name.

    In a terminal it is the option `--{option}` with `help`, by default named as the part; without help it is
    no option. On a page it stands in a `section` (None: on no page) by a `control`. `usual` is what its
    control holds where nobody asks for anything else. A part that `needs` another is idle without it; one
    that is `none_beside` others is nought where one of them is given and it is not.
    """

    name: str
    read: Callable[[Any, Catalog], Any]
    several: bool = False
    into: str = ""
    option: str = ""
    help: str = ""
    section: Section | None = None
    control: Control = Control.TEXT
    label: str = ""
    note: str = ""
    placeholder: str = ""
    usual: str = ""
    needs: str = ""
    none_beside: tuple[str, ...] = ()
    choices: Callable[[Catalog], Choices] = lambda _: ()
    fieldsets: Callable[[], Sequence[Fieldset]] = lambda: ()


def tick(name: str, section: Section, label: str, meaning: str, note: str = "") -> Part:
    """A part that is true or false."""
    return Part(
        name=name,
        read=lambda value, _: yes(value),
        section=section,
        control=Control.TICK,
        label=label,
        note=note,
        help=meaning,
    )
