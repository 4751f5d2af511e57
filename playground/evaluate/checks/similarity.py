"""How near an answer is to a text: edit distance, ROUGE-L, token F1.

All three go over whole numbers as wide as the text (Myers 1999 in Hyyrö's form for edits, Hyyrö 2004 for the
longest common subsequence), so that 10,000 characters take a tenth of a second and not minutes.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from playground.evaluate.checks.arguments import choice_of, number_of, text_of
from playground.evaluate.checks.check import (
    Answer,
    ArgumentError,
    Field,
    Verdict,
    counted,
    failed,
    passed,
    quoted,
    unchecked,
)
from playground.evaluate.checks.text import compared

MEASURE = Field(
    name="measure",
    label="Measured by",
    kind="choice",
    choices={
        "edits": "edit distance (1 − edits ÷ length)",
        "rouge-l": "ROUGE-L (F1, longest common sequence)",
        "tokens": "token F1 (as SQuAD has it)",
    },
)
#: Characters that are compared.
_LONGEST = 10_000
#: What is near enough where no threshold is given, as promptfoo's ROUGE has it.
ENOUGH = 0.75


def _masks(items: Sequence[Hashable]) -> dict[Hashable, int]:
    """For each item, the bits of the places where it stands."""
    masks: dict[Hashable, int] = {}
    for place, item in enumerate(items):
        masks[item] = masks.get(item, 0) | 1 << place
    return masks


def edits(one: str, other: str) -> int:
    """How many characters are put in, taken out or changed to make the one the other (Levenshtein)."""
    if not one:
        return len(other)
    masks = _masks(one)
    whole, last = (1 << len(one)) - 1, 1 << len(one) - 1
    more, less, count = whole, 0, len(one)
    for letter in other:
        at = masks.get(letter, 0)
        vertical = at | less
        across = (((at & more) + more) ^ more) | at
        grows = less | ~(across | more) & whole
        shrinks = more & across
        count += bool(grows & last) - bool(shrinks & last)
        grows = (grows << 1 | 1) & whole
        more = (shrinks << 1 | ~(vertical | grows)) & whole
        less = grows & vertical
    return count


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """The length of their longest common subsequence."""
    masks = _masks(one)
    whole = (1 << len(one)) - 1
    row = whole
    for item in other:
        both = row & masks.get(item, 0)
        row = (row + both | row - both) & whole
    return len(one) - row.bit_count()


def by_edits(text: str, value: str) -> float:
    """1 where they are the same, 0 where no character is left as it is."""
    longest = max(len(text), len(value))
    return 1 - edits(text, value) / longest if longest else 1.0


def _f1(both: int, one: int, other: int) -> float:
    return 2 * both / (one + other) if both else 0.0


_WORD = re.compile(r"[^\W_]+")


def rouge_l(text: str, value: str) -> float:
    """ROUGE-L's F1 over runs of letters and digits in lower case, not stemmed; 0 where there are none."""
    one, other = (_WORD.findall(each.lower()) for each in (text, value))
    return _f1(common(one, other), len(one), len(other))


_ARTICLE = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def token_f1(text: str, value: str) -> float:
    """SQuAD's F1: without case, punctuation and articles; 1 where both have no token left."""
    one, other = (
        _ARTICLE.sub(" ", each.lower().translate(_NO_PUNCTUATION)).split() for each in (text, value)
    )
    if not one or not other:
        return float(one == other)
    return _f1((Counter(one) & Counter(other)).total(), len(one), len(other))


_MEASURES: Mapping[str, Callable[[str, str], float]] = {
    "edits": by_edits,
    "rouge-l": rouge_l,
    "tokens": token_f1,
}


def similarity(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether the answer is as near to the value as it has to be."""
    measure = choice_of(arguments, MEASURE)
    value = text_of(arguments, "value")
    least = number_of(arguments, "at_least")
    least = ENOUGH if least is None else least
    if least > 1:
        raise ArgumentError(f"at_least is {least:g}; write a number from 0 to 1", argument="at_least")
    if reason := _too_long(answer.text, value):
        return unchecked(reason)
    score = _MEASURES[measure](*(compared(text, arguments) for text in (answer.text, value)))
    name = {"edits": "edit similarity", "rouge-l": "ROUGE-L", "tokens": "token F1"}[measure]
    near = f"has {name} {score:.3f} to {quoted(value, 40)}"
    # A score is a fraction; its last bit must not decide.
    return passed(near) if score >= least - 1e-12 else failed(f"{near}, less than {least:g}")


def edit_distance(answer: Answer, arguments: Mapping[str, Any]) -> Verdict:
    """Whether so few edits make the answer the value."""
    value = text_of(arguments, "value", "")
    most = number_of(arguments, "at_most")
    if most is None:
        raise ArgumentError("at_most is empty; write a number of edits", argument="at_most")
    if reason := _too_long(answer.text, value):
        return unchecked(reason)
    count = edits(*(compared(text, arguments) for text in (answer.text, value)))
    seen = f"is {counted(count, 'edit')} from {quoted(value, 40)}"
    return passed(seen) if count <= most else failed(f"{seen}, more than {most:g}")


def _too_long(text: str, value: str) -> str:
    longest = max(len(text), len(value))
    if longest <= _LONGEST:
        return ""
    return f"it has {longest:,} characters; at most {_LONGEST:,} are compared"


def plain(text: str) -> str:
    """The text in lower case without marks and typographic quotes, for phrases to be looked for."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(sign for sign in text if not unicodedata.combining(sign)).lower()
