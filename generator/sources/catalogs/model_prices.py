"""model-prices: dated price history with how each start is known, checked against official pages.

A model's prices are intervals per service mode; an interval without rates means it was not sold then.
Rates say whether they were documented or taken from a commit of models.dev: the latter are not a
second, independent source beside models.dev.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from generator.sources.records import (
    UNFORESEEN,
    FieldClaim,
    SourceRecord,
    day,
    expect,
    left_out,
    price_claim,
    read_json,
    row_of,
    unique,
)
from generator.sources.schedules import by_hour
from playground.catalog import PriceSpan
from playground.catalog.prices import Meter, Mode, Rate

SOURCE = "model-prices"

METERS = {
    "input": Meter.INPUT,
    "output": Meter.OUTPUT,
    "cache_read": Meter.CACHE_READ,
    "cache_write": Meter.CACHE_WRITE,
}
#: Its status → ours: what can no longer be called is retired.
STATUS = {"deprecated": "deprecated", "removed": "retired"}


def parse(raw: bytes) -> list[SourceRecord]:
    """Every model of every provider, with dated prices as claims and as history."""
    top = expect(read_json(raw, SOURCE), dict, SOURCE, "the file")
    prices = expect(top.get("prices"), dict, SOURCE, "prices")
    return [record for provider, models in prices.items() for record in _records(provider, models, top)]


def _records(provider: str, models: Any, top: dict[str, Any]) -> Iterator[SourceRecord]:
    if not isinstance(models, dict):
        yield left_out(SOURCE, provider, UNFORESEEN)
        return
    for model, modes in models.items():
        yield row_of(SOURCE, f"{provider}/{model}", _record, provider, model, modes, top)


def _record(provider: str, model: str, modes: dict[str, Any], top: dict[str, Any]) -> SourceRecord:
    name = f"{provider}/{model}"
    status = ((top.get("status") or {}).get(provider) or {}).get(model, "")
    schedules = [
        s
        for s in (top.get("schedules") or {}).get("schedule") or []
        if s.get("provider") == provider and not s.get("valid_until")
    ]
    claims: list[FieldClaim] = []
    history: list[PriceSpan] = []
    link = origin = ""
    for mode in (m for m in modes if m in set(Mode)):
        spans = _lasting(expect(modes[mode], list, SOURCE, f"{name}.{mode}"))
        history.extend(_history(model, mode, spans, schedules))
        for span, following in zip(spans, [*spans[1:], {}], strict=True):
            if rates := span.get("rates"):
                days = _day(span), _day(following)
                claims.extend(_claims(Mode(mode), rates, days))
                claims.extend(_schedules(model, Mode(mode), span, schedules, days))
                if mode == Mode.STANDARD or not link:
                    link = rates.get("source", "")
                    origin = "models-dev" if rates.get("valid_from_basis") == "models.dev commit" else ""
    if status in STATUS:
        claims.append(FieldClaim(field="status", value=STATUS[status]))
    if not claims and not history:
        return left_out(SOURCE, name, "no price in a mode we know")
    return SourceRecord(
        source=SOURCE,
        id=name,
        provider=provider,
        model=model,
        claims=unique(claims),
        history=tuple(history),
        link=link,
        origin=origin,
    )


def _lasting(spans: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The intervals without those that another replaces on the day they begin: of a day the last holds.

    One in which it was not sold counts only where it is known when it ended.
    """
    pairs = zip(spans, [*spans[1:], {}], strict=True)
    return [
        span
        for span, following in pairs
        if not _seen(following)
        or (_seen(following) != _seen(span) if span.get("rates") else _day(following) is not None)
    ]


def _rates(rates: dict[str, Any], mode: Mode) -> Iterator[tuple[Rate, Decimal]]:
    multiple = rates.get("cache_write_1h_multiple")
    for above, part in [(0, rates), *((t["above"], t) for t in rates.get("tiers") or ())]:
        for key, meter in METERS.items():
            if part.get(key) is None:
                continue
            if meter == Meter.CACHE_WRITE and multiple is not None:
                meter = Meter.CACHE_WRITE_5M
            yield Rate(meter=meter, mode=mode, above_tokens=int(above)), Decimal(part[key])
        if multiple is not None and part.get("cache_write") and part.get("input") is not None:
            # The hour's lifetime is given as a multiple of the input price.
            rate = Rate(meter=Meter.CACHE_WRITE_1H, mode=mode, above_tokens=int(above))
            yield rate, Decimal(part["input"]) * Decimal(multiple)


def _day(span: dict[str, Any]) -> date | None:
    """The day from which an interval's prices hold; None where that is not known.

    A day before its prices were first seen is not theirs: a batch price "starts" with the batch API itself.
    """
    start, recorded = day(str(span.get("start") or "")), _recorded(span)
    return None if start and recorded and start < recorded else start


def _recorded(span: dict[str, Any]) -> date | None:
    return day(str((span.get("rates") or {}).get("valid_from") or ""))


def _seen(span: dict[str, Any]) -> date | None:
    """The day from which an interval's prices hold, or from which they were recorded."""
    return _day(span) or _recorded(span)


def _claims(mode: Mode, rates: dict[str, Any], days: tuple[date | None, date | None]) -> Iterator[FieldClaim]:
    for rate, usd in _rates(rates, mode):
        yield price_claim(rate, usd, *days)


def _schedules(
    model: str,
    mode: Mode,
    span: dict[str, Any],
    schedules: list[dict[str, Any]],
    days: tuple[date | None, date | None],
) -> Iterator[FieldClaim]:
    """Prices at some hours: a factor for all of a provider's models (peak) or for named ones (off-peak)."""
    rates = span.get("rates")
    if mode != Mode.STANDARD or not rates:
        return
    for schedule in schedules:
        for name, hours in (("peak", "peak_hours_utc"), ("off-peak", "off_peak_hours_utc")):
            factor = schedule.get(f"{name.replace('-', '_')}_multiplier")
            if isinstance(factor, dict):
                factor = factor.get(model)
            if factor is None or not schedule.get(hours):
                continue
            weekdays = "Mo-Fr " if schedule.get("weekdays_only") else ""
            holidays = "; PH off" if schedule.get("holidays") else ""
            times = ",".join(f"{a}-{'24:00' if b == '00:00' else b}" for a, b in schedule[hours])
            began = day(str(schedule.get("valid_from") or ""))
            if began and days[1] and days[1] <= began:
                continue  # the price was gone before these hours counted
            # That a price "starts" with the hours does not mean that the model was there then.
            since = max(filter(None, (_seen(span), began)), default=None)
            yield FieldClaim(field=f"window.{name}", value=f"{weekdays}{times}{holidays}")
            for rate, usd in _rates(rates, mode):
                timed = Rate(meter=rate.meter, above_tokens=rate.above_tokens, window=name)
                yield price_claim(timed, usd * Decimal(factor), since, days[1])


def _history(
    model: str, mode: str, spans: list[dict[str, Any]], schedules: list[dict[str, Any]]
) -> Iterator[PriceSpan]:
    for span, following in zip(spans, [*spans[1:], {}], strict=True):
        rates = span.get("rates") or {}
        # The first list has no start; that it was recorded from a day on is all that is known of it.
        start = _seen(span)
        listed = list(_claims(Mode.STANDARD, rates, (start, None)))
        timed = list(_schedules(model, Mode(mode), span, schedules, (start, _day(following))))
        begun = next((claim.since for claim in timed if claim.since), None)
        if begun is None or begun != start:
            yield _span(mode, start, listed, rates)
        if begun is not None:
            yield _span(mode, begun, by_hour([*listed, *timed]), rates)


def _span(mode: str, start: date | None, claims: Sequence[FieldClaim], rates: dict[str, Any]) -> PriceSpan:
    usd = {
        claim.field.removeprefix("price."): Decimal(str(claim.value))
        for claim in claims
        if claim.field.startswith("price.")
    }
    return PriceSpan(
        record=SOURCE,
        start=start,
        mode=mode,
        usd=usd or None,
        basis=str(rates.get("valid_from_basis", "")),
        link=str(rates.get("source", "")),
    )
