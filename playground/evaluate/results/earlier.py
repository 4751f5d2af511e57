"""A run beside an earlier one: which cases broke, which were mended, and whether that is more than chance.

A case is the same where it holds the same, a prompt where it has the same place, a model where it has the
same name; where both runs have one model, it may be another. The page goes by the same rules
(generator/web/evaluate/earlier.js); tests hold both to one answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground.chat.chat_json import part_to_json
from playground.errors import RequestError
from playground.evaluate.evaluation import Case
from playground.evaluate.results.tallies import Tallies
from playground.evaluate.statistics import WINNER_LEVEL, Difference, Outcomes, difference
from playground.evaluate.statistics.many import holm
from playground.json_text import write_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A contestant now and before, on the cases of both.

    `difference` is now's share less before's. `corrected_p` is corrected for all contestants. `broken` and
    `mended` are the places of cases that pass less or more often now.
    """

    contestant: int
    before: str
    difference: Difference
    corrected_p: float
    broken: tuple[int, ...]
    mended: tuple[int, ...]

    @property
    def worse(self) -> bool:
        """Whether it surely passes less often now."""
        return self.corrected_p <= WINNER_LEVEL and self.difference.high < 0

    @property
    def better(self) -> bool:
        """Whether it surely passes more often now."""
        return self.corrected_p <= WINNER_LEVEL and self.difference.low > 0


def changes(now: Tallies, before: Tallies) -> list[Change]:
    """Each contestant that both runs have. Raises RequestError where no model or no case is in both."""
    cases = matched_cases(now.head.evaluation.cases, before.head.evaluation.cases)
    checked, checked_before = set(now.checked_cases), set(before.checked_cases)
    both = {
        place: earlier for place, earlier in cases.items() if place in checked and earlier in checked_before
    }
    if not both:
        raise RequestError(
            "it has no checked case in common with this run: a case is the same if it holds the same"
        )
    pairs = _matched_contestants(now, before)
    if not pairs:
        names = ", ".join(before.head.models)
        raise RequestError(f"it has no model in common with this run; it has {names}")
    compared = [_compared(now, before, one, earlier, both) for one, earlier in pairs.items()]
    corrected = holm([made.p for made, _, _ in compared])
    return [
        Change(
            contestant=one,
            before=before.contestants[earlier].name,
            difference=made,
            corrected_p=p,
            broken=broken,
            mended=mended,
        )
        for (one, earlier), (made, broken, mended), p in zip(pairs.items(), compared, corrected, strict=True)
    ]


def matched_cases(now: Sequence[Case], before: Sequence[Case]) -> dict[int, int]:
    """By the place of a case now, its place before; of cases that hold the same the first is the first."""
    places = {name: place for place, name in enumerate(_numbered(before))}
    return {place: places[name] for place, name in enumerate(_numbered(now)) if name in places}


def _numbered(cases: Sequence[Case]) -> list[tuple[int, str]]:
    """What each case holds, with how many before it hold the same."""
    counts: Counter[str] = Counter()
    out = []
    for case in cases:
        held = _held(case)
        out.append((counts[held], held))
        counts[held] += 1
    return out


def _held(case: Case) -> str:
    messages = [
        [str(turn.role), turn.text, [part_to_json(image) for image in turn.images]] for turn in case.messages
    ]
    return write_json([_plain(case.variables), messages])


def _plain(value: Any) -> Any:
    """The value with whole numbers as such: 1.0 is 1 to the page."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case Mapping():
            return {name: _plain(entry) for name, entry in value.items()}
        case list() | tuple():
            return [_plain(entry) for entry in value]
        case _:
            return value


def _matched_contestants(now: Tallies, before: Tallies) -> dict[int, int]:
    only = len(now.head.models) == len(before.head.models) == 1
    models = {name: place for place, name in enumerate(before.head.models)}
    out = {}
    for place, one in enumerate(now.contestants):
        model = 0 if only else models.get(now.head.models[one.model])
        prompts = len(before.head.evaluation.prompts)
        if model is not None and one.prompt < prompts:
            out[place] = model * prompts + one.prompt
    return out


def _compared(
    now: Tallies, before: Tallies, one: int, earlier: int, cases: Mapping[int, int]
) -> tuple[Difference, tuple[int, ...], tuple[int, ...]]:
    scores = {place: now.scores(one, place) for place in cases}
    scores_before = {place: before.scores(earlier, there) for place, there in cases.items()}
    name = now.contestants[one].name
    made = difference(
        Outcomes(model=f"{name} now", scores={str(p): row for p, row in scores.items()}),
        Outcomes(model=f"{name} before", scores={str(p): row for p, row in scores_before.items()}),
    )
    changed = {place: _change(scores[place], scores_before[place]) for place in cases}
    broken = tuple(place for place, change in changed.items() if change < 0)
    mended = tuple(place for place, change in changed.items() if change > 0)
    return made, broken, mended


def _change(now: Sequence[int | None], before: Sequence[int | None]) -> float:
    """How much more often answers pass now; 0 where one of the two runs can't say."""
    is_, was = ([score for score in row if score is not None] for row in (now, before))
    return sum(is_) / len(is_) - sum(was) / len(was) if is_ and was else 0
