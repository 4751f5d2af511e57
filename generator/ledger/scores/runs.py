"""What a cited score says in its source's words → which test it is of, and how that was run.

The rules are data (docs/catalog/metrics.yml); the efforts are a closed list.
"""

from __future__ import annotations

import re
from dataclasses import replace

from generator.curated.metrics import Metrics
from playground.catalog import CitedScore, RunEffort, Score

#: A piece ends at a semicolon, or at a comma that stands in no brackets.
_PIECE_ENDS = re.compile(r";\s*|,\s+(?![^()]*\))")
_EFFORT = re.compile(
    r"(?:reasoning[_ ]effort[ =]|thinking )?(none|minimal|low|medium|high|xhigh|max)"
    r"(?: (?:reasoning )?effort| reasoning| thinking)?",
    re.IGNORECASE,
)
_OFF = re.compile(r"no[n-]? ?think(?:ing)?|(?:reasoning|thinking) (?:off|disabled)", re.IGNORECASE)
#: Reasoning was on; how much, the source says in its own measure or not at all.
_ON = re.compile(
    r"enabled effort|(?:default )?think(?:ing)?|(?:reasoning[_ ])?effort[ =][\d.]+|thinking \d+K"
    r"|\d+K thinking budget",
    re.IGNORECASE,
)
#: A number of its own lab's scale, or of tokens: it says more than that reasoning was on.
_AMOUNT = re.compile(r".*\d.*")


def read_run(row: CitedScore, rules: Metrics) -> Score:
    """The score of a cited row: its benchmark and metric by their one name, its run's text taken apart."""
    score = row.score
    pieces = _pieces(row.variant, rules)
    sorts = {piece: _sort(piece, rules) for piece in pieces}
    subset = [p for p in pieces if sorts[p] == "subset"]
    known = rules.benchmark(score.benchmark)
    own = next((known.subsets[p] for p in subset if p in known.subsets), "") if known else ""
    if own and known:
        subset = [p for p in subset if p not in known.subsets]
        known = rules.benchmark(own)
    metric = score.metric.removesuffix(" %")
    effort, efforts = _effort(pieces)
    by_sort = {name: [p for p in pieces if sorts[p] == name] for name in ("note", "harness", "nothing")}
    sorted_out = {*efforts, *(p for of_sort in by_sort.values() for p in of_sort)}
    setting = [p for p in pieces if p not in sorted_out and sorts[p] != "subset"]
    return replace(
        score,
        benchmark=own or (known.name if known else score.benchmark),
        metric=known.metrics.get(score.metric, known.metrics.get(metric, metric)) if known else metric,
        subset=", ".join(filter(None, (score.subset, *subset))),
        effort=score.effort or effort,
        harness=", ".join(filter(None, (score.harness, *by_sort["harness"]))),
        setting=", ".join(filter(None, (score.setting, *setting))),
        note="; ".join(filter(None, (score.note, *by_sort["note"]))),
    )


def _pieces(text: str, rules: Metrics) -> list[str]:
    whole = rules.same.get(text, text)
    pieces = (rules.same.get(piece, piece) for piece in _PIECE_ENDS.split(whole))
    return [piece for piece in pieces if piece]


def _sort(piece: str, rules: Metrics) -> str:
    """The first sort that a piece is of; empty where it is of none."""
    return next((name for name, pattern in rules.pieces.items() if pattern.fullmatch(piece)), "")


def _effort(pieces: list[str]) -> tuple[RunEffort | None, list[str]]:
    """The effort that the pieces name, and those of them that say nothing else."""
    for piece in pieces:
        if named := _EFFORT.fullmatch(piece):
            return RunEffort(named[1].lower()), [piece]
    # How much is known no better than this.
    for piece in pieces:
        if _OFF.fullmatch(piece):
            return RunEffort.NONE, [piece]
        if _ON.fullmatch(piece):
            return RunEffort.THINKING, [] if _AMOUNT.fullmatch(piece) else [piece]
    return None, []
