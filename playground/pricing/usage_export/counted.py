"""What an export holds, counted, and the month's work that it makes; every format fills it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any

from playground.pricing.workload import Workload

#: Days of a month, to which a longer or shorter export is brought.
MONTH = Decimal("30.4375")
#: The input tokens of a request where an export does not count requests.
SIZE = 1_000
#: The most tokens of one row that are read.
MOST = 10**15
#: What is read, for who pasted something else.
KNOWN_EXPORTS = "Read are usage exports of OpenAI and Anthropic (JSON or CSV) and LiteLLM's spend log."


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

    def add(self, row: Mapping[str, Any], in_batch: bool = False, **tokens: Decimal) -> None:
        """Count a row: `tokens` by the fields they add to, its model and its times."""
        if not tokens["input"] and not tokens["output"]:
            self.left_out += 1
            return
        self.rows += 1
        if in_batch:
            self.batched += tokens["input"] + tokens["output"]
        for name, number in tokens.items():
            setattr(self, name, getattr(self, name) + number)
        model = str(row.get("model") or row.get("model_version") or "")
        if model:
            self.models[model] += 1
        times = [t for t in map(_time, (row.get("start_time"), row.get("end_time"))) if t]
        for moment in times:
            self.first = min(self.first or moment, moment)
            self.last = max(self.last or moment, moment)

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


def count_in(row: Any, name: str) -> Decimal:
    """The count of that name, zero where there is none. Raises UsageError for more than MOST."""
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


def with_sound(tokens: Decimal, sound: Decimal) -> Decimal:
    """All tokens: the totals hold the sound, as a rule; where they are less than it they count text alone."""
    return tokens if tokens >= sound else tokens + sound


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
