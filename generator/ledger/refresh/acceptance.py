"""Whether what a source answers now may take the place of what it answered before.

A source that shrank by more than a fifth, lost a sort of claim, or answered with a copy older than the one
already read keeps its last good data. A person lets a source shrink with a line in overrides.yml
(`- approve: litellm rows 3100`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

from generator.fetch.fetched import Fetched
from generator.sources.records import SourceRecord
from playground.catalog import SourceState

#: What a source may lose from one refresh to the next.
SHRINKS = 0.2
#: Fewer than this of a sort are too few to call a loss.
FEW = 20
#: A copy that some cache has had for longer than this is yesterday's.
DAY_S = 24 * 3600
#: How many superseded copies are known again.
REMEMBERED = 30
#: An approved loss holds while the count stays within a tenth of the approved one.
APPROVED = 0.1

SORTS = {"price": "prices", "can": "capabilities", "effort": "efforts", "uplift": "prices"}


def claims_by_sort(records: Collection[SourceRecord]) -> Mapping[str, int]:
    """How much a source says of each sort of thing; a source that changes its shape loses one."""
    claims = chain.from_iterable(chain(record.claims, record.model_claims) for record in records)
    counts: Counter[str] = Counter()
    for field, n in Counter(map(attrgetter("field"), claims)).items():
        counts[sort_of(field)] += n
    counts["dated prices"] = sum(len(record.history) for record in records)
    return {sort: n for sort, n in sorted(counts.items()) if n}


@lru_cache(maxsize=4096)
def sort_of(field: str) -> str:
    """The sort of thing that a field says."""
    first = field.partition(".")[0]
    return SORTS.get(first) or ("limits" if first.endswith("_tokens") else first)


def shrinks(old: SourceState, parsed: int, claims: Mapping[str, int], approved: Collection[str]) -> str:
    """Which of a source's counts fell too far; empty where none did."""
    for sort, before, now in [
        ("rows", old.parsed, parsed),
        *((sort, n, claims.get(sort, 0)) for sort, n in old.claims.items()),
    ]:
        if before < FEW or now >= before * (1 - SHRINKS):
            continue
        if any(_covers(line, old.id, sort, now) for line in approved):
            if sort == "rows":  # With the rows goes what they said.
                return ""
            continue
        return (
            f"{sort} fell from {before:,} to {now:,}; if that is right, write in overrides.yml: "
            f"- approve: {old.id} {sort} {now}"
        )
    return ""


def _covers(line: str, source: str, sort: str, now: int) -> bool:
    name, _, count = line.rpartition(" ")
    return name == f"{source} {sort}" and count.isdecimal() and abs(now - int(count)) <= APPROVED * int(count)


def outdated(old: SourceState | None, fetched: Fetched) -> str:
    """Why the answer is an older copy than the one last read; empty where it is not."""
    if fetched.age_s > DAY_S:
        return f"a cache on the way answered with a copy {fetched.age_s // 3600} hours old"
    if old is None:
        return ""
    last = datetime.fromisoformat(old.modified) if old.modified else None
    if last and fetched.modified and fetched.modified < last:
        return f"it answered with the copy of {fetched.modified:%Y-%m-%d %H:%M}, older than the last one read"
    for day, sha256 in old.earlier.items():
        if sha256 == fingerprint(fetched.raw):
            return f"it answered with the copy that was replaced on {day}"
    return ""


def says_twice(source: str, raw: bytes, approved: Collection[str]) -> str:
    """The key under which an answer says two different things; nobody knows which one holds.

    Empty where there is none. Every reader of JSON takes the last, so that is what an approval stands for.
    """
    if raw[:1] not in b"{[":
        return ""
    repeated: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        by_name = dict(pairs)
        if len(by_name) != len(pairs):
            seen: dict[str, Any] = {}
            repeated.extend(key for key, value in pairs if seen.setdefault(key, value) != value)
        return by_name

    try:
        json.loads(raw, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return ""  # The adapter says what is wrong with it.
    for key in repeated:
        line = f"{source} twice {key}"
        if line not in approved:
            return (
                f"{key!r} stands there twice and says different things; tell the source. To take the last, "
                f"write in overrides.yml: - approve: {line}"
            )
    return ""


def fingerprint(raw: bytes) -> str:
    """By what a copy is known again."""
    return hashlib.sha256(raw).hexdigest()


def superseded(old: SourceState | None, sha256: str, today: date) -> Mapping[str, str]:
    """The copies that were read before this one, by the day on which another took their place."""
    if old is None or not old.sha256 or old.version != "live":
        return {}
    known = dict(old.earlier) if old.sha256 == sha256 else {**old.earlier, str(today): old.sha256}
    return dict(sorted(known.items())[-REMEMBERED:])


def modified(fetched: Fetched) -> str:
    """When the server says the answer was last changed, in ISO 8601; empty where it does not."""
    return fetched.modified.astimezone(UTC).isoformat() if fetched.modified else ""
