"""What a source calls a model, as its name here: without what is said of a price, a variant or an alias.

A name is a model's only where its version numbers are those of its id: an alias that points to another model
has that one's name at its source, and a host may call one generation by the next one's. Nor is a name a
model's that spells the id of another one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

#: What a source writes behind a name, of an offering and not of the model.
_BEHIND = re.compile(
    r"\s*\((?:latest|free|batch)\)$|\s+(?:latest|free)$|[\s-]+(?:fp8|fp16|bf16|nvfp4|gguf|awq(?:-\dbit)?)$",
    re.I,
)
#: A day or a month behind a name: of a version, unless the model's id has it.
_DAY = re.compile(
    r"(?:[\s-]+(?:20\d\d-[01]\d(?:-[0-3]\d)?|[01]\d-[0-3]\d|[01]\d-20\d\d|2[3-6](?:0[1-9]|1[0-2])(?:[0-3]\d)?"
    r"|(?:0[1-9]|1[0-2])[0-3]\d|20\d\d[01]\d[0-3]\d)|\s*\((?:2\d\.[01]\d|\d{6}|[a-z]{3}-\d+-\d{4})\))$",
    re.I,
)
#: Who made it, before the name: `Mistral: Mistral Small 3`, `Z-Ai/Autoglm Phone`, `nvidia--nv-embed`.
_BEFORE = re.compile(r"^[^:()]{2,30}: |^[\w.-]+/(?=[^/\s])|^[a-z0-9]+--")
#: Sizes, bits and dates are no versions: 70B, 128k, FP16, 4bit, 17B-16E, 05-20, Apr-21-2026, 24.02, 0905.
_NO_VERSION = re.compile(
    r"\d+(?:\.\d+)?\s?(?:[bmtke]|bit|x)(?![a-z])|\b(?:[af]|fp|bf|int|nvfp|mxfp|q)\d+(?:\.\d+)?b?\b"
    r"|\b00\d\b|\b[a-z]{3}-\d+-\d{4}\b|\b\d\d-\d\d(?:\d\d)?\b|\b2[3-9]\.(?:0\d|1[0-2])\b|\d{4,}",
    re.I,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_DATED = re.compile(r"-(?:\d{4}|\d{4}-\d\d(?:-\d\d)?)$")


@lru_cache(maxsize=65_536)  # most hosts call a model as others do
def plain_name(name: str, model: str) -> str:
    """The name alone. A model that is itself an alias, by its id, stays `latest`."""
    name = _BEFORE.sub("", name).strip()
    while (shorter := _BEHIND.sub("", name)) != name and not (
        model.endswith("-latest") and name.lower().endswith("latest")
    ):
        name = shorter
    day = _DAY.search(name)
    return (
        name if day is None or re.sub(r"\D", "", day[0]) in re.sub(r"\D", "", model) else _DAY.sub("", name)
    )


@lru_cache(maxsize=65_536)
def fits(name: str, model: str) -> bool:
    """Whether the version numbers in a name are those of the model's id.

    A generation that has its date in its id is called by a number that the id does not have.
    """
    if _DATED.search(model):
        return True
    own = model.partition("/")[2]
    numbers = _NUMBER.findall(own.replace("-", "."))
    known = {part for number in numbers for part in _parts(number)}
    return all(
        _short(number) in known or number.replace(".", "") in known
        for number in _NUMBER.findall(_NO_VERSION.sub(" ", name))
    )


def of_another(name: str, model: str, models: Collection[tuple[str, str]]) -> bool:
    """Whether a name, written as an id, is the id of another of these models: `Gemini 3 Pro Preview` is.

    `models` are as `written` gives them.
    """
    lab, own = written(model)
    spelt = _letters(name)
    return spelt != own and (lab, spelt) in models


def written(model: str) -> tuple[str, str]:
    """A model's lab, and its name without separators."""
    lab, _, name = model.partition("/")
    return lab, _letters(name)


@lru_cache(maxsize=65_536)
def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _parts(number: str) -> set[str]:
    """`4.5.1` as 4, 5, 1, 4.5, 5.1, 451: a name may have any of them."""
    digits = number.split(".")
    spans = {".".join(digits[i:j]) for i in range(len(digits)) for j in range(i + 1, len(digits) + 1)}
    return {_short(span) for span in spans} | {span.replace(".", "") for span in spans}


def _short(number: str) -> str:
    return number.removesuffix(".0") or number
