"""A usage export as a provider or a gateway gives it → a month's workload.

Read are: OpenAI's usage API and its CSV, Anthropic's usage report API and its CSV, LiteLLM's spend log (JSON,
a line each or a list). What is read is counted; rows without tokens are left out and said.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from playground.pricing.workload import Workload

#: Days of a month, to which a longer or shorter export is brought.
MONTH = Decimal("30.4375")
#: The input tokens of a request where an export does not count requests.
SIZE = 1_000
#: The most characters of an export, and the most tokens of one row, that are read.
LONGEST = 20_000_000
MOST = 10**15


class UsageError(ValueError):
    """The text is no usage export that is known here; the message says what was seen."""


@dataclass(slots=True)
class Counted:
    """What an export holds: tokens by kind, requests, and the days they are of.

    `batched` are the tokens of the rows that ran in batch.
    """

    format: str
    input: Decimal = Decimal(0)
    cached: Decimal = Decimal(0)
    written: Decimal = Decimal(0)
    written_1h: Decimal = Decimal(0)
    audio_in: Decimal = Decimal(0)
    output: Decimal = Decimal(0)
    audio_out: Decimal = Decimal(0)
    requests: Decimal = Decimal(0)
    batched: Decimal = Decimal(0)
    rows: int = 0
    left_out: int = 0
    models: Counter[str] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def days(self) -> Decimal | None:
        """How long it covers, at least a day; None where no row has a date."""
        if self.first is None or self.last is None:
            return None
        return max(Decimal((self.last - self.first).total_seconds()) / 86_400, Decimal(1))

    def workload(self) -> Workload:
        """A month of the same work. Raises UsageError where there is nothing to bring to a month.

        Where the export counts no requests, they are taken to be of SIZE tokens of input: the sum is the same
        whatever their size is, but where a price steps up with it.
        """
        if not self.input and not self.output:
            raise UsageError("This export counts no tokens.")
        requests = self.requests or max(self.input / SIZE, Decimal(1))
        factor = MONTH / self.days if self.days else Decimal(1)

        def share(part: Decimal, whole: Decimal) -> Decimal:
            # Rounded down, so that the shares of one whole are never more than all of it.
            return (part / whole).quantize(Decimal("0.0001"), ROUND_DOWN) if whole else Decimal(0)

        return Workload(
            input_tokens=round(self.input / requests, 1),
            output_tokens=round(self.output / requests, 1),
            requests=max(round(requests * factor, 0), Decimal(1)),
            cached=share(self.cached, self.input),
            written=share(self.written, self.input),
            written_1h=share(self.written_1h, self.input),
            audio_in=share(self.audio_in, self.input),
            audio_out=share(self.audio_out, self.output),
            batch=share(self.batched, self.input + self.output),
        )


def read_usage(text: str) -> Counted:
    """The export, whichever of the known ones it is. Raises UsageError saying what was seen and is read."""
    if len(text) > LONGEST:
        raise UsageError(
            f"This is {len(text):,} characters long; {LONGEST:,} are read at most. Paste a shorter time."
        )
    text = text.strip().removeprefix("\ufeff")
    if not text:
        raise UsageError("Nothing was pasted.")
    counted = _json(text) if text[0] in "[{" else _csv(text)
    if not counted.rows:
        raise UsageError(f"This looks like {counted.format}, but not one row in it counts tokens.")
    return counted


_READ = "Read are usage exports of OpenAI and Anthropic (JSON or CSV) and LiteLLM's spend log."


def _json(text: str) -> Counted:
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):  # not JSON as a whole; ValueError too where a number is endless
        try:
            found = [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError) as error:
            raise UsageError(f"This begins like JSON and is not: {error}. {_READ}") from error
    rows = list(_rows(found))
    for reader in (_openai, _anthropic, _litellm):
        counted = reader(rows)
        if counted is not None:
            return counted
    seen = ", ".join(sorted(rows[0])[:8]) if rows else "no rows"
    raise UsageError(f"This is JSON, but no usage export known here (it has {seen}). {_READ}")


def _rows(found: Any, start: Any = None, end: Any = None) -> Iterator[dict[str, Any]]:
    """Every row of an export, out of its pages and buckets; each with the time of its bucket."""
    if isinstance(found, list):
        for one in found:
            yield from _rows(one, start, end)
    elif isinstance(found, dict):
        start = found.get("start_time", found.get("starting_at", start))
        end = found.get("end_time", found.get("ending_at", end))
        inner = [found[k] for k in ("data", "results", "response") if isinstance(found.get(k), list)]
        if inner and "prompt_tokens" not in found:
            for rows in inner:
                yield from _rows(rows, start, end)
        else:
            yield {"start_time": start, "end_time": end, **found}


def _openai(rows: list[dict[str, Any]]) -> Counted | None:
    if not any("input_cached_tokens" in r or "num_model_requests" in r for r in rows):
        return None
    counted = Counted("OpenAI's usage API")
    for row in rows:
        heard, spoken = _count(row, "input_audio_tokens"), _count(row, "output_audio_tokens")
        _add(
            counted,
            row,
            input=_with_sound(_count(row, "input_tokens"), heard),
            cached=_count(row, "input_cached_tokens"),
            audio_in=heard,
            output=_with_sound(_count(row, "output_tokens"), spoken),
            audio_out=spoken,
            requests=_count(row, "num_model_requests"),
            in_batch=row.get("batch") is True,
        )
    return counted


def _with_sound(tokens: Decimal, sound: Decimal) -> Decimal:
    """All tokens: the totals hold the sound, as a rule; where they are less than it they count text alone."""
    return tokens if tokens >= sound else tokens + sound


def _anthropic(rows: list[dict[str, Any]]) -> Counted | None:
    if not any("uncached_input_tokens" in r for r in rows):
        return None
    counted = Counted("Anthropic's usage report")
    for row in rows:
        made = row.get("cache_creation") or {}
        read = _count(row, "cache_read_input_tokens")
        short, long = (_count(made, f"ephemeral_{kept}_input_tokens") for kept in ("5m", "1h"))
        _add(
            counted,
            row,
            input=_count(row, "uncached_input_tokens") + read + short + long,
            cached=read,
            written=short,
            written_1h=long,
            output=_count(row, "output_tokens"),
            in_batch=row.get("service_tier") == "batch",
        )
    return counted


def _litellm(rows: list[dict[str, Any]]) -> Counted | None:
    if not any("prompt_tokens" in r and ("spend" in r or "call_type" in r) for r in rows):
        return None
    counted = Counted("LiteLLM's spend log")
    for row in rows:
        details = row.get("metadata") or {}
        if isinstance(details, str):
            try:
                details = json.loads(details)
            except (ValueError, RecursionError):
                details = {}
        usage = (details.get("usage_object") or {}) if isinstance(details, dict) else {}
        nested = usage.get("prompt_tokens_details") if isinstance(usage, dict) else None
        cached = _count(usage, "cache_read_input_tokens") or _count(nested, "cached_tokens")
        written = _count(usage, "cache_creation_input_tokens")
        _add(
            counted,
            {**row, "start_time": row.get("startTime"), "end_time": row.get("endTime")},
            input=_count(row, "prompt_tokens"),
            cached=cached,
            written=written,
            output=_count(row, "completion_tokens"),
            requests=Decimal(1),
        )
    return counted


#: A CSV's columns by what they hold, in the order of the exports that name them so.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "input": ("input_tokens", "n_context_tokens_total", "prompt_tokens"),
    "uncached": ("usage_input_tokens_no_cache", "uncached_input_tokens"),
    "cached": (
        *("input_cached_tokens", "n_cached_context_tokens_total"),
        *("usage_input_tokens_cache_read", "cache_read_input_tokens"),
    ),
    "written": ("usage_input_tokens_cache_write_5m", "cache_creation_5m_input_tokens"),
    "written_1h": ("usage_input_tokens_cache_write_1h", "cache_creation_1h_input_tokens"),
    "output": ("output_tokens", "n_generated_tokens_total", "usage_output_tokens", "completion_tokens"),
    "audio_in": ("input_audio_tokens",),
    "audio_out": ("output_audio_tokens",),
    "requests": ("num_model_requests", "n_requests", "num_requests"),
    "batch": ("batch", "service_tier", "usage_type"),
    "start": ("start_time_iso", "start_time", "usage_date_utc", "date", "timestamp", "starttime"),
    "end": ("end_time_iso", "end_time", "endtime"),
    "model": ("model", "model_version", "snapshot_id"),
}


def _csv(text: str) -> Counted:
    # Without a translation of line ends, csv refuses those of old Macs.
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=None)))
    except csv.Error as error:
        raise UsageError(f"This is no CSV that can be read: {error}. {_READ}") from error
    names = {(n or "").strip().lower(): n for n in (rows[0] if rows else {})}

    def column(kind: str) -> str | None:
        return next((names[n] for n in _COLUMNS[kind] if n in names), None)

    if not rows or not (column("input") or column("uncached")) or not column("output"):
        first = text.splitlines()[0][:120]
        raise UsageError(f"This is no usage export known here (it begins {first!r}). {_READ}")
    own = column("uncached") is not None
    counted = Counted("Anthropic's usage CSV" if own else "OpenAI's usage CSV")
    for row in rows:
        said = {kind: _count(row, found) if (found := column(kind)) else Decimal(0) for kind in _COUNTS}
        whole = _with_sound(said["input"], said["audio_in"])
        if own:
            whole = said["uncached"] + said["cached"] + said["written"] + said["written_1h"]
        waits = str(row.get(column("batch") or "") or "").strip().lower()
        _add(
            counted,
            {
                "model": row.get(column("model") or "", ""),
                "start_time": row.get(column("start") or ""),
                "end_time": row.get(column("end") or ""),
            },
            input=whole,
            cached=said["cached"],
            written=said["written"],
            written_1h=said["written_1h"],
            audio_in=said["audio_in"],
            output=_with_sound(said["output"], said["audio_out"]),
            audio_out=said["audio_out"],
            requests=said["requests"],
            in_batch=waits in _BATCHED,
        )
    return counted


_COUNTS = (
    *("input", "uncached", "cached", "written", "written_1h", "audio_in"),
    *("output", "audio_out", "requests"),
)
#: What a CSV writes of a row that ran in batch.
_BATCHED = frozenset({"true", "1", "yes", "batch"})


def _count(row: Any, name: str) -> Decimal:
    value = row.get(name) if isinstance(row, Mapping) else None
    try:
        number = Decimal(str(value).replace(",", "")) if value not in (None, "") else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
    if not number.is_finite() or number < 0:
        return Decimal(0)
    if number > MOST:
        raise UsageError(f"A row has {str(value)[:40]} as {name}; {MOST:,} are read at most.")
    return number


def _add(counted: Counted, row: Mapping[str, Any], in_batch: bool = False, **tokens: Decimal) -> None:
    if not tokens["input"] and not tokens["output"]:
        counted.left_out += 1
        return
    counted.rows += 1
    if in_batch:
        counted.batched += tokens["input"] + tokens["output"]
    for name, number in tokens.items():
        setattr(counted, name, getattr(counted, name) + number)
    model = str(row.get("model") or row.get("model_version") or "")
    if model:
        counted.models[model] += 1
    times = [t for t in map(_time, (row.get("start_time"), row.get("end_time"))) if t]
    for moment in times:
        counted.first = min(counted.first or moment, moment)
        counted.last = max(counted.last or moment, moment)


_PARSERS: tuple[Callable[[str], datetime], ...] = (
    lambda text: datetime.fromtimestamp(float(text), UTC),
    datetime.fromisoformat,
)


def _time(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    for parse in _PARSERS:
        try:
            moment = parse(str(value).strip())
        except (ValueError, OverflowError, OSError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
