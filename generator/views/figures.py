"""Values written out for a reader: a figure with its standing's letter, text made safe for a page.

Templates format nothing and decide nothing; they place what stands here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.curated.fields import NUMBERS, PARAMETERS
from playground.catalog import Fact, HeldChange, Model, Offering, SourceState, Value
from playground.catalog.model import POINTS_TO
from playground.labels.hours import BY_HOUR, hourly
from playground.labels.labels import MARKS, NONE, STANDINGS, label, money
from playground.labels.names import withdrawn

UNKNOWN = "—"
#: A day, as JSON and HTML write it.
DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: The day of reading as the reason of what a person set ends in it.
_DAY_READ = re.compile(rf"\(({DAY.pattern})\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value as shown, with its standing's letter; the letter is empty where nothing is known.

    `note` stands small behind the value: `by the hour`; `then` is what it becomes on a day that is announced:
    `from 2026-12-01 $4.00`.
    """

    text: str
    mark: str = ""
    note: str = ""
    then: str = ""


def tokens(count: int) -> str:
    """`128,000`."""
    return f"{count:,}"


def fact_text(name: str, fact: Fact) -> str:
    """A fact as a reader sees it, as plain text: that there is none is said, what nobody knows is a dash."""
    if fact.value is not None:
        return written(name, fact.value)
    return NONE.get(name, "none") if fact.is_none else UNKNOWN


def written(name: str, value: Value) -> str:
    """A value as a reader sees it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    if name.startswith("price."):
        return money(Decimal(str(value)))
    if name in PARAMETERS:
        return f"{Decimal(str(value)) / 10**9:,f} billion"
    if name in NUMBERS and isinstance(value, int | Decimal):
        return tokens(int(value))
    return str(value)


def price_figure(facts: Mapping[str, Fact], name: str) -> Figure:
    """A price as shown; where it differs by the hour, as a range that is sorted by the dearest."""
    span = hourly(facts, name)
    if span is None:
        return figure(facts.get(name), name)
    text = f'<data value="{span.most}">{span.text}</data>'
    return Figure(text=text, mark=MARKS[facts[name].standing], note=BY_HOUR)


def figure_text(figure: Figure, claims: str = "") -> str:
    """The value, the letter of its standing, which leads to its claims, and what stands small behind them."""
    note = f' <small class="by-hour">{figure.note}</small>' if figure.note else ""
    then = f"<br><small>{figure.then}</small>" if figure.then else ""
    return figure.text + marked(figure.mark, claims) + note + then


def figure(fact: Fact | None, name: str) -> Figure:
    """A fact as shown: its value and its standing's letter."""
    if fact is None:
        return Figure(text=UNKNOWN)
    text = escape(fact_text(name, fact))
    # In a table it stands where the unknown stand: a script finds it by its class.
    return Figure(
        text=f'<span class="none">{text}</span>' if fact.is_none else text, mark=MARKS[fact.standing]
    )


@lru_cache(maxsize=100_000)
def escape(text: str) -> str:
    """Text that is only text in Markdown and HTML, in a table too."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # An underscore inside a word is only text to Markdown, and ids are full of them.
    text = re.sub(r"([\\`*\[\]|{}~^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))", lambda m: f"&#{ord(m[1])};", text)
    return re.sub(r"\s+", " ", text).strip()


def last_day(day: str) -> str:
    """A last day of service; a script says behind it that it is past, by the reader's day."""
    return f'<time datetime="{day}" data-ends>{day}</time>'


def end_mark(end: str) -> str:
    """What stands behind a name: that it is retired, or until when it is served; nothing where none knows."""
    if not end:
        return ""
    if DAY.fullmatch(end):
        return f' <small class="ending">until {last_day(end)}</small>'
    return f' <small class="ended">{escape(end)}</small>'


def model_mark(end: str, offerings: Iterable[Offering]) -> str:
    """What stands behind a model's name: its end, or that its lab has retired it while others serve it."""
    if not end and withdrawn(offerings):
        return ' <small class="ended">retired by its lab</small>'
    return end_mark(end)


def change_text(change: HeldChange) -> str:
    """A held change in a line: what, before, now."""
    if not change.field:
        return change.target
    values = ["nothing" if v is None else written(change.field, v) for v in (change.was, change.now)]
    return f"{change.target}, {label(change.field)}: {values[0]} → {values[1]}"


def source_title(record: str, sources: Mapping[str, SourceState]) -> str:
    """The source's name, with the record's number where the source has several for one offering."""
    source, _, number = record.partition("#")
    name = sources[source].name if source in sources else source
    return f"{name} #{number}" if number else name


def marked(mark: str, claims: str = "") -> str:
    """The letter of a standing as it stands behind a figure: a link to the claims, where that is known."""
    if not mark:
        return ""
    kind = f'class="letter letter-{mark.lower()}"'
    return f'<a {kind} href="{claims}">{mark}</a>' if claims else f"<sup {kind}>{mark}</sup>"


def standing_text(mark: str) -> str:
    """`single source` of `S`."""
    return next(STANDINGS[s].partition(":")[0] for s, letter in MARKS.items() if letter == mark)


def model_figures(model: Model) -> list[tuple[str, Figure]]:
    """What is known of a model itself, but for its name and what it points to: that has a line of its own.

    Of what its page does not have, the page and the day stand beside it.
    """
    own = (item for item in model.facts.items() if item[0] not in ("name", POINTS_TO))
    return [(label(name), replace(figure(fact, name), note=_page_read(fact))) for name, fact in own]


def _page_read(fact: Fact) -> str:
    """The page that has none of it, and the day on which a person read it."""
    if not fact.is_none or not fact.link.startswith("https://"):
        return ""
    day = day_read(fact)
    return f'on <a href="{html.escape(fact.link)}">its page</a>' + (f", read on {day}" if day else "")


def day_read(fact: Fact) -> str:
    """The day on which a person read a fact's page, as `2026-10-05`; empty where it bears none."""
    day = _DAY_READ.search(fact.reason)
    return day[1] if day else ""


def code_spans(text: str) -> str:
    """Plain text, with what stands in backticks as code."""
    parts = text.split("`")
    return "".join(
        f"<code>{escape(part)}</code>" if i % 2 else re.sub(r"\S.*\S|\S", lambda m: escape(m[0]), part)
        for i, part in enumerate(parts)
    )
