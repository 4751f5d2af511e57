"""Arena's ratings: which of two answers people prefer, as llmledger keeps them of each day.

People vote between two models' answers; the rating is on an Elo scale, with an interval of 95 % and the
number of votes, for each of 26 categories of prompts. That says what readers like, not whether an answer is
right.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator.errors import SourceShapeError
from generator.sources.records import UNFORESEEN, expect, made_or_why, read_json
from playground.catalog import CitedScore, Evidence, Score, Unit

SOURCE = "arena"
BY = "Arena"
LINK = "https://arena.ai/leaderboard"
#: Effort and budget stand in brackets behind a model's name, beside dates and formats of numbers.
_BRACKETS = re.compile(r"\(([^()]*)\)$")
_RUN = re.compile(
    r"(none|minimal|low|medium|high|xhigh|max|(?:non-)?thinking|(?:non-)?reasoning)( \d+K)?", re.I
)
_GZIP = b"\x1f\x8b"
#: No day's ratings are as large, in bytes.
MOST = 64_000_000


def parse(raw: bytes) -> list[CitedScore | str]:
    """Every rating of every category; in the place of a row that is none, why it is left out.

    Raises SourceShapeError where the file is not ratings by category.
    """
    top = expect(read_json(_unpacked(raw), SOURCE), dict, SOURCE, "the file")
    ratings = expect(top.get("ratings"), dict, SOURCE, "ratings")
    day = expect(ratings.get("date"), str, SOURCE, "ratings: date")
    labels = dict(expect(ratings.get("labels"), list, SOURCE, "ratings: labels"))
    tasks: Mapping[str, Any] = expect(ratings.get("tasks"), dict, SOURCE, "ratings: tasks")
    return [
        made_or_why(_score, labels.get(task, task), day, *_cells(row))
        for task, rows in tasks.items()
        for row in expect(rows, list, SOURCE, f"ratings: tasks: {task}")
    ]


def _unpacked(raw: bytes) -> bytes:
    """The file as it is or was before gzip. Raises SourceShapeError where it breaks off or has no end."""
    if not raw.startswith(_GZIP):
        return raw
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = stream.decompress(raw, MOST)
    except zlib.error as error:
        raise SourceShapeError(f"{SOURCE}: expected gzip, and it is broken ({error})") from error
    if stream.unconsumed_tail:
        raise SourceShapeError(f"{SOURCE}: it unpacks to more than {MOST} bytes; not read")
    if not stream.eof:
        raise SourceShapeError(f"{SOURCE}: expected gzip, and it breaks off")
    return plain


def _cells(row: Any) -> list[Any]:
    return row if isinstance(row, list) else [row]


def _score(
    category: str, day: str, model: str, name: str, rating: Any, low: Any, high: Any, votes: int, *_: Any
) -> CitedScore | str:
    """One rating; `model` is `maker / model`, `name` what Arena calls it."""
    if isinstance(votes, bool) or not isinstance(votes, int) or not name or not category:
        return UNFORESEEN
    bracket = _BRACKETS.search(name)
    run = [piece for piece in bracket[1].split(", ") if _RUN.fullmatch(piece)] if bracket else []
    score = Score(
        benchmark="Arena",
        subset=category,
        metric="rating",
        unit=Unit.RATING,
        evidence=Evidence.VOTED,
        by=BY,
        score=Decimal(str(rating)),
        low=Decimal(str(low)),
        high=Decimal(str(high)),
        n=votes,
        link=LINK,
        as_of=day,
        source=SOURCE,
    )
    return CitedScore(model=model.replace(" / ", "/"), score=score, variant="; ".join(run))
