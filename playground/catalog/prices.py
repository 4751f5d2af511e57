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
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache


class Meter(StrEnum):
    """What is counted. The cache writes differ by how long the entry stays."""

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


#: Azure's meters say "long context" and not from where on; azure-genai-prices takes this many tokens.
LONG_CONTEXT, LONG_FROM = "long context", 272_000


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
        # As `replace` would, in a third of the time: a catalog has tens of thousands of rates.
        return Rate(
            meter=self.meter,
            unit=self.unit,
            mode=self.mode,
            grade=self.grade,
            above_tokens=self.above_tokens,
            window=self.window,
            region=self.region,
            usd=usd,
        )

    @property
    def from_tokens(self) -> int:
        """The size of input above which it holds."""
        return LONG_FROM if self.grade == LONG_CONTEXT else self.above_tokens

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


#: Prices by what they count.
type Rates = Mapping[tuple[Meter, Unit], Decimal]


@dataclass(frozen=True, kw_only=True)
class Price:
    """All rates of one offering; `windows` says in UTC when the rates of a window hold, where it is known."""

    rates: tuple[Rate, ...] = ()
    windows: Mapping[str, str] = field(default_factory=dict)

    def rate(
        self,
        meter: Meter,
        *,
        mode: Mode = Mode.STANDARD,
        unit: Unit = Unit.MTOK,
        tokens: int = 0,
        window: str = "",
        region: str = "",
    ) -> Decimal | None:
        """USD for one unit of a meter at a context size of `tokens`; None where it is unknown."""
        rates = self.resolved(mode=mode, tokens=tokens, window=window, region=region)
        return rates.get((meter, unit))

    def resolved(
        self, *, mode: Mode = Mode.STANDARD, tokens: int = 0, window: str = "", region: str = ""
    ) -> Rates:
        """The rate of each meter for a request of `tokens` of input, in one mode, region and window.

        What a region or a window does not price costs what it does elsewhere and at other times. Graded
        rates (an image's size, a video's resolution) are not among them: they have no one price.
        """
        key = (mode, bisect_left(self.steps, tokens), window, region)
        if key not in self._resolved:
            held = self.holding(mode=mode, tokens=tokens, window=window, region=region)
            self._resolved[key] = {at: rate.usd for at, rate in held.items() if rate.usd is not None}
        return self._resolved[key]

    def holding(
        self, *, mode: Mode = Mode.STANDARD, tokens: int = 0, window: str = "", region: str = ""
    ) -> Mapping[tuple[Meter, Unit], Rate]:
        """The rates that `resolved` takes its prices from."""
        best: dict[tuple[Meter, Unit], Rate] = {}
        for rate in sorted(self.rates, key=lambda r: (r.region, r.window, r.from_tokens)):
            fits = rate.mode == mode and rate.window in (window, "") and rate.region in (region, "")
            reached = rate.from_tokens < tokens or not rate.from_tokens
            if fits and reached and rate.grade in ("", LONG_CONTEXT):
                best[rate.meter, rate.unit] = rate
        return best

    def graded(
        self, at: tuple[Meter, Unit], *, mode: Mode = Mode.STANDARD, region: str = ""
    ) -> tuple[Decimal, Decimal] | None:
        """The cheapest and the dearest grade of a meter; None where it has no grades, or one has no price."""
        grades: dict[str, Decimal | None] = {}
        for rate in sorted(self.rates, key=lambda r: r.region):
            fits = rate.mode == mode and not rate.window and rate.region in (region, "")
            if fits and (rate.meter, rate.unit) == at and rate.grade not in ("", LONG_CONTEXT):
                grades[rate.grade] = rate.usd
        known = [usd for usd in grades.values() if usd is not None]
        return (min(known), max(known)) if known and len(known) == len(grades) else None

    @cached_property
    def _resolved(self) -> dict[tuple[Mode, int, str, str], Rates]:
        return {}

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The input sizes above which some rate changes; one that stays the same there makes no step."""
        below: dict[tuple[str, ...], Decimal | None] = {}
        steps: set[int] = set()
        stepped = any(rate.from_tokens for rate in self.rates)
        for rate in sorted(self.rates, key=lambda r: r.from_tokens) if stepped else ():
            long = rate.grade == LONG_CONTEXT
            meter = (rate.meter, rate.unit, rate.mode, "" if long else rate.grade, rate.window, rate.region)
            if rate.from_tokens and below.get(meter) != rate.usd:
                steps.add(rate.from_tokens)
            below[meter] = rate.usd
        return tuple(sorted(steps))

    @cached_property
    def modes(self) -> tuple[Mode, ...]:
        """The modes with prices for both input and output, the standard one first."""
        by_mode = {m: self.resolved(mode=m) for m in Mode if any(r.mode == m for r in self.rates)}
        both = ((Meter.INPUT, Unit.MTOK), (Meter.OUTPUT, Unit.MTOK))
        return tuple(m for m, rates in by_mode.items() if all(at in rates for at in both))

    def has(self, mode: Mode) -> bool:
        """Whether anything has a price in a mode, tokens or not."""
        return any(rate.mode == mode for rate in self.rates)

    @cached_property
    def hours(self) -> tuple[str, ...]:
        """The windows that some rate has a price for."""
        return tuple(sorted({r.window for r in self.rates if r.window}))

    def window(self, at: datetime) -> str:
        """The window whose prices hold at that moment; empty where none does or nobody says when."""
        moment = at.astimezone(UTC)
        for name in sorted(self.hours, key=lambda w: (w not in self.windows, w)):
            if holds(self.windows.get(name, name), moment):
                return name
        return ""


#: Days of the week as schedules name them.
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"(?:(?P<first>[A-Z][a-z])(?:-(?P<last>[A-Z][a-z]))? )?(?P<hours>[\d:,-]+)")


def holds(schedule: str, moment: datetime) -> bool:
    """Whether a schedule (`Mo-Fr 01:00-04:00,06:00-10:00; Sa 00:00-24:00`) covers a moment, both in UTC.

    Of OpenStreetMap's opening hours what the sources use; public holidays (`PH off`) are not known here, and
    what is not understood covers nothing.
    """
    clock = moment.strftime("%H:%M")
    for part in schedule.split(";"):
        rule = _RULE.fullmatch(part.strip())
        if rule is None:
            continue
        first, last = rule["first"] or "Mo", rule["last"] or rule["first"] or "Su"
        if first not in DAYS or last not in DAYS:
            continue
        if not DAYS.index(first) <= moment.weekday() <= DAYS.index(last):
            continue
        for span in rule["hours"].split(","):
            start, _, end = span.partition("-")
            inside = start <= clock < end if start < end else clock >= start or clock < end
            if inside:
                return True
    return False


_FIELD = re.compile(
    rf"price\.(?:(?P<mode>{'|'.join(Mode)})\.)?(?P<meter>{'|'.join(sorted(Meter, reverse=True))})"
    rf"(?:\.per_(?P<unit>{'|'.join(sorted(Unit, reverse=True))}))?(?:\[(?P<grade>[^\]]+)\])?"
    r"(?:>(?P<above>[1-9]\d*))?(?:@(?P<window>[^/]+))?(?:/(?P<region>.+))?"
)


@lru_cache(maxsize=10_000)
def with_meter(name: str, meter: Meter) -> str:
    """The field of another meter's price beside this one: of the same mode, step, window and region."""
    return replace(parse_price_field(name), meter=meter).field


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
