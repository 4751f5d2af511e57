"""What a price is: a rate per meter, in a service mode, from a context size on, at an hour, in a region.

A rate's place in the catalog is a field name:

    price[.<mode>].<meter>[.per_<unit>][[<grade>]][><tokens>][@<window>][/<region>]

    price.input                       USD per million input tokens, standard mode
    price.batch.output>272000         batch output, requests with more than 272,000 input tokens
    price.output.per_image[high 1024x1024]
    price.input@off-peak              at the hours the field `window.off-peak` gives (UTC)
    price.input/westeurope            in that region, where it differs from the offering's others
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class Meter(StrEnum):
    """What is counted. The cache writes differ by how long the entry is kept."""

    INPUT = "input"
    OUTPUT = "output"
    REASONING = "reasoning"
    CACHE_READ = "cache_read"
    CACHE_WRITE = "cache_write"
    CACHE_WRITE_5M = "cache_write_5m"
    CACHE_WRITE_1H = "cache_write_1h"
    CACHE_WRITE_LONG = "cache_write_long"
    CACHE_STORAGE = "cache_storage"
    INPUT_AUDIO = "input_audio"
    OUTPUT_AUDIO = "output_audio"
    CACHE_READ_AUDIO = "cache_read_audio"
    CACHE_WRITE_AUDIO = "cache_write_audio"
    INPUT_IMAGE = "input_image"
    OUTPUT_IMAGE = "output_image"
    CACHE_READ_IMAGE = "cache_read_image"
    CACHE_WRITE_IMAGE = "cache_write_image"
    INPUT_VIDEO = "input_video"
    OUTPUT_VIDEO = "output_video"
    CACHE_READ_VIDEO = "cache_read_video"
    CACHE_WRITE_VIDEO = "cache_write_video"
    CITATION = "citation"
    WEB_SEARCH = "web_search"
    GROUNDING = "grounding"
    CODE_INTERPRETER = "code_interpreter"
    FILE_SEARCH = "file_search"
    REQUEST = "request"


class Unit(StrEnum):
    """What one price buys; a million tokens unless the field says otherwise."""

    MTOK = "mtok"
    IMAGE = "image"
    SECOND = "second"
    CHARACTER = "character"
    REQUEST = "request"
    PAGE = "page"
    PIXEL = "pixel"
    CREDIT = "credit"
    SESSION = "session"
    DBU = "dbu"
    MTOK_HOUR = "mtok_hour"
    THOUSAND = "thousand"
    STEP = "step"


class Mode(StrEnum):
    """How a request is served, where the reader may choose."""

    STANDARD = "standard"
    BATCH = "batch"
    FLEX = "flex"
    PRIORITY = "priority"
    FAST = "fast"
    ULTRAFAST = "ultrafast"
    BALANCED = "balanced"
    THINKING = "thinking"
    DECISIONS = "decisions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One price: `usd` for one `unit` of `meter`; None until it is known."""

    meter: Meter
    unit: Unit = Unit.MTOK
    mode: Mode = Mode.STANDARD
    grade: str = ""
    above_tokens: int = 0
    window: str = ""
    region: str = ""
    usd: Decimal | None = None

    def at(self, usd: Decimal) -> Rate:
        return replace(self, usd=usd)

    @property
    def field(self) -> str:
        """The name this rate has in the catalog."""
        return "".join(
            (
                "price.",
                f"{self.mode}." if self.mode != Mode.STANDARD else "",
                self.meter,
                f".per_{self.unit}" if self.unit != Unit.MTOK else "",
                f"[{self.grade}]" if self.grade else "",
                f">{self.above_tokens}" if self.above_tokens else "",
                f"@{self.window}" if self.window else "",
                f"/{self.region}" if self.region else "",
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """All rates of one offering."""

    rates: tuple[Rate, ...] = ()

    def rate(
        self,
        meter: Meter,
        *,
        mode: Mode = Mode.STANDARD,
        unit: Unit = Unit.MTOK,
        tokens: int = 0,
        window: str = "",
        region: str = "",
        grade: str = "",
    ) -> Decimal | None:
        """USD for one unit of a meter at a context size of `tokens`; None where it is unknown."""
        fits = [
            r
            for r in self.rates
            if (r.meter, r.mode, r.unit, r.grade, r.window) == (meter, mode, unit, grade, window)
            and r.region in (region, "")
            and (r.above_tokens < tokens or not r.above_tokens)
        ]
        best = max(fits, key=lambda r: (r.region == region, r.above_tokens), default=None)
        return best.usd if best else None


_FIELD = re.compile(
    rf"price\.(?:(?P<mode>{'|'.join(Mode)})\.)?(?P<meter>{'|'.join(sorted(Meter, reverse=True))})"
    rf"(?:\.per_(?P<unit>{'|'.join(sorted(Unit, reverse=True))}))?(?:\[(?P<grade>[^\]]+)\])?"
    r"(?:>(?P<above>[1-9]\d*))?(?:@(?P<window>[^/]+))?(?:/(?P<region>.+))?"
)


@lru_cache(maxsize=10_000)
def parse_price_field(name: str) -> Rate:
    """The rate a field name stands for, without its price.

    Raises ValueError naming the field when it is not of the form above.
    """
    match = _FIELD.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not a price field")
    part = match.groupdict()
    return Rate(
        meter=Meter(part["meter"]),
        unit=Unit(part["unit"] or Unit.MTOK),
        mode=Mode(part["mode"] or Mode.STANDARD),
        grade=part["grade"] or "",
        above_tokens=int(part["above"] or 0),
        window=part["window"] or "",
        region=part["region"] or "",
    )
