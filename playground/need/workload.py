"""The parts of a need that are a workload: one row each, in the order in which a page asks for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playground.catalog import Catalog
from playground.catalog.prices import Mode
from playground.need.form import Control, Part, Section
from playground.need.values import choice, hour, number
from playground.pricing.workload import PIECES

WORK = Section(id="work", title="Work", open=True)
BY_PIECE = Section(
    id="pieces",
    title="Images, pages, minutes, characters",
    note="Some charge for these by the piece, some by the token. Give the tokens of all of them in a request "
    "too: unless you do they are 0, and who charges by the token has no known cost.",
)
FINER = Section(id="finer", title="Finer work")


def _number(value: Any, _: Catalog) -> Decimal:
    return number(value)


def _share(value: Any, _: Catalog) -> Decimal:
    return number(value, most=Decimal(1))


def _count(
    name: str,
    label: str,
    usual: int,
    section: Section = WORK,
    *,
    note: str = "",
    none_beside: tuple[str, ...] = (),
) -> Part:
    return Part(
        name=name,
        read=_number,
        section=section,
        control=Control.NUMBER,
        label=label,
        placeholder=str(usual),
        help=f"{label} ({usual}){note}.",
        none_beside=none_beside,
    )


def _piece(name: str, label: str) -> Part:
    return _count(name, label, 0, BY_PIECE, note="; beside it tokens are 0 unless said")


def _share_of(name: str, label: str, meaning: str, section: Section = FINER) -> Part:
    return Part(
        name=name,
        read=_share,
        section=section,
        control=Control.SHARE,
        label=label,
        help=f"{meaning}, 0 to 1.",
    )


#: The parts of a workload.
WORK_PARTS = (
    _count("input_tokens", "Input tokens a request", 1000, none_beside=tuple(PIECES)),
    _count("output_tokens", "Output tokens a request", 500, none_beside=tuple(PIECES)),
    _count("requests", "Requests a month", 1000),
    _share_of("cached", "of the input comes from a cache", "Share of input read from a cache", WORK),
    _share_of("batch", "of the requests may wait (batch)", "Share of requests that may wait", WORK),
    _share_of("reasoning", "of the output is reasoning", "Share of output that is reasoning", WORK),
    _piece("images", "Images made a request"),
    _piece("pages", "Pages read a request"),
    _piece("minutes", "Minutes of sound heard a request"),
    _piece("characters", "Characters spoken a request"),
    _share_of("written", "of the input is written to a cache", "Share of input written to a cache"),
    _share_of(
        "written_1h",
        "of the input is written to be kept an hour",
        "Share of input written to a cache for an hour",
    ),
    _share_of("audio_in", "of the input is sound", "Share of input that is sound"),
    _share_of("image_in", "of the input is images", "Share of input that is images"),
    _share_of("audio_out", "of the output is sound", "Share of output that is sound"),
    _share_of("image_out", "of the output is images", "Share of output that is images"),
    Part(
        name="mode",
        read=lambda value, _: choice(value, Mode),
        section=FINER,
        control=Control.CHOICE,
        label="The rest runs in",
        usual=str(Mode.STANDARD),
        choices=lambda _: [(str(mode), str(mode)) for mode in Mode],
        help="How the rest is served: standard, flex, priority …",
    ),
    Part(
        name="at",
        read=lambda value, _: hour(value),
        section=FINER,
        label="Hour it runs at, in UTC, where prices go by it",
        placeholder="any; 02:30",
        help="The hour it runs at, in UTC, where prices go by it: 02:30, or Sa 14:00.",
    ),
)
