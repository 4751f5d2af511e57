"""The prices on a page about a model of OpenAI: a table for each sort of token, and notes below it.

Notes say in words from which size of the prompt on everything costs more, and what Batch and Flex cost. What
no rule reads is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from generator.sources.markdown import columns, plain, tables, tokens
from playground.catalog.prices import Meter, Mode, Rate

#: Heading of a table, row of it → what is priced.
METERS = {
    ("text", "input"): Meter.INPUT,
    ("text", "cached input"): Meter.CACHE_READ,
    ("text", "cache writes"): Meter.CACHE_WRITE,
    ("text", "output"): Meter.OUTPUT,
    ("audio", "input"): Meter.INPUT_AUDIO,
    ("audio", "cached input"): Meter.CACHE_READ_AUDIO,
    ("audio", "output"): Meter.OUTPUT_AUDIO,
    ("image", "input"): Meter.INPUT_IMAGE,
    ("image", "cached input"): Meter.CACHE_READ_IMAGE,
    ("image", "output"): Meter.OUTPUT_IMAGE,
}
COLUMNS = {"meter": re.compile(r"metric"), "price": re.compile(r"price"), "unit": re.compile(r"unit")}
USD = re.compile(r"\$\s?([\d,]+(?:\.\d+)?)")
TIMES = {"double": Decimal(2), "twice": Decimal(2), "triple": Decimal(3)}
#: A note on what a prompt above a size costs: for all of it, or it is no step of a price.
ABOVE = re.compile(r"(?:more than|over|above|>)\s*([\d.,]+\s?[km]?)\s+input tokens", re.I)
WHOLE = re.compile(r"\bfull (?:request|session)\b", re.I)
INPUT_TIMES = re.compile(r"\b([\d.]+)x input|\binput(?: and cache)? rates? (double|triple)\b", re.I)
OUTPUT_TIMES = re.compile(r"\b([\d.]+)x output|\boutput (?:costs?|rates? (?:is|are)) ([\d.]+) times", re.I)
CACHE = re.compile(r"\binput and cache rates?\b", re.I)
SHARE = re.compile(r"^(Batch and Flex|Batch|Flex) (?:(?:is|are) priced at|costs?) (\d{1,2})%", re.I)
WRITES = re.compile(r"^cache writes are billed at ([\d.]+)x the uncached input", re.I)
#: What a note says that the table says too.
REPEATS = re.compile(r"^cached input tokens are priced at \d+% of", re.I)
CACHES = (Meter.CACHE_READ, Meter.CACHE_WRITE)

type Prices = list[tuple[Rate, Decimal]]


def prices_of(text: str) -> tuple[Prices, tuple[str, ...]]:
    """The rates of a page in USD, and what its price section says that no rule reads."""
    section = text.partition("\n## Pricing\n")[2].partition("\n## ")[0]
    unread: list[str] = []
    prices = list(_table(section, unread))
    sentences = [s for note in re.findall(r"^- (.+)$", section, re.M) for s in _sentences(note)]
    read: set[str] = set()
    # In this order, as what is derived first costs less in a batch too.
    for rule in (_writes, _step, _share):
        for sentence in sentences:
            if more := list(rule(sentence, prices)):
                prices += more
                read.add(sentence)
    unread += [
        f"price note: {s[:80]}"
        for s in sentences
        if s not in read and not REPEATS.search(s) and not WRITES.search(s)
    ]
    return prices, tuple(dict.fromkeys(unread))


def _sentences(note: str) -> list[str]:
    return [s for s in re.split(r"(?<=\.)\s+(?=[A-Z])", plain(note)) if s]


def _table(section: str, unread: list[str]) -> Iterator[tuple[Rate, Decimal]]:
    for table in tables(section):
        where = columns(table.heads, COLUMNS)
        sort = table.headings[-1].lower().removesuffix(" tokens") if table.headings else ""
        for cells in table.rows if len(where) == len(COLUMNS) else ():
            row = {name: plain(cells[i]) if i < len(cells) else "" for name, i in where.items()}
            meter = METERS.get((sort, row["meter"].lower()))
            usd = _usd(row["price"])
            if meter and usd is not None and row["unit"] == "1M tokens":
                yield Rate(meter=meter), usd
            else:
                unread.append(f"price: {sort} {row['meter']} {row['unit']}"[:80])


def _usd(text: str) -> Decimal | None:
    match = USD.fullmatch(text)
    return Decimal(match[1].replace(",", "")) if match else None


def _writes(sentence: str, prices: Prices) -> Iterator[tuple[Rate, Decimal]]:
    """Cache writes where the table does not price them."""
    match = WRITES.search(sentence)
    base = next((usd for rate, usd in prices if rate == Rate(meter=Meter.INPUT)), None)
    if match and base is not None and all(rate.meter != Meter.CACHE_WRITE for rate, _ in prices):
        yield from _timed(Rate(meter=Meter.CACHE_WRITE), base, _number(match[1]))


def _step(sentence: str, prices: Prices) -> Iterator[tuple[Rate, Decimal]]:
    """What all costs above a size of the prompt."""
    above, more_in, more_out = (p.search(sentence) for p in (ABOVE, INPUT_TIMES, OUTPUT_TIMES))
    if not (above and more_in and more_out and WHOLE.search(sentence)):
        return
    size = tokens(above[1])
    times = {Meter.INPUT: _factor(more_in), Meter.OUTPUT: _factor(more_out)}
    if CACHE.search(sentence):
        times |= dict.fromkeys(CACHES, times[Meter.INPUT])
    for rate, usd in list(prices):
        if size and rate.meter in times and not rate.above_tokens:
            yield from _timed(replace(rate, above_tokens=size), usd, times[rate.meter])


def _share(sentence: str, prices: Prices) -> Iterator[tuple[Rate, Decimal]]:
    """What Batch and Flex cost, at every size of the prompt."""
    match = SHARE.search(sentence)
    for mode in (Mode.BATCH, Mode.FLEX) if match else ():
        for rate, usd in list(prices):
            if match and mode.value in match[1].lower() and rate.mode == Mode.STANDARD:
                yield replace(rate, mode=mode), usd * int(match[2]) / 100


def _factor(match: re.Match[str]) -> Decimal | None:
    written = next(group for group in match.groups() if group)
    return TIMES.get(written.lower()) or _number(written)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _timed(rate: Rate, usd: Decimal, times: Decimal | None) -> Iterator[tuple[Rate, Decimal]]:
    if times:
        yield rate, usd * times
