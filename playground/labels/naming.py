"""A model's name or id taken apart: the words of its line, and the numbers of its generation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

#: How large a model is, or in how many bits it is served: `120b`, `a22b`, `8x7b`, `32k`, `nvfp4`, `q4`.
_SIZE = re.compile(
    r"(?:\d+x)?\d+(?:\.\d+)?[bkmt]|[ae]\d+(?:\.\d+)?b|\d+e|(?:nv|mx)?fp\d+|(?:u?int|bf|q|w)\d+(?:a\d+)?"
    r"|\d+(?:bit|p)"
)
_DAY = re.compile(r"[-_ ](?:20\d\d-)?[01]\d-[0-3]\d(?![\d.])|[-_ ][01]\d-20\d\d(?!\d)|[a-z]{3}-\d+-20\d\d")
#: How many parameters it has, in billions or trillions: `70b`, `8x7b`, `e4b`, `2.4t`; not how many are used.
_PARAMETERS = re.compile(r"(?:(\d+)x|e)?(\d+(?:\.\d+)?)([bt])")
#: The month of an edition at the end of a name: `2512` and `2024-08`.
_MONTH = re.compile(r"[-_ ](?:20)?(2\d)-?(0[1-9]|1[0-2])(?=$|[-_ ])")
#: A number of a generation with the letters at it: `v4`, `k2.7`, `qwen3.8`, `4o`.
_NUMBER = re.compile(r"([a-z]*?)v?(\d{1,2}(?:\.\d{1,2})*)([a-z]*)")
#: A number alone, of a generation or a month: `v4`, `2.5`, `2512`.
_COUNT = re.compile(r"v?\d+(?:\.\d+)*")
#: What stands before a model's name in an id of a cloud: `us.anthropic.`.
_OWNERS = re.compile(r"^(?:[a-z][a-z0-9-]*\.)+(?=[a-z][a-z-]*[-\d])")
#: A cloud's own count of what it serves, a tag, an alias: `-v1:0`, `:free`, `@latest`.
_TAIL = re.compile(r"-v\d+:\d+$|[:@].*$")
#: Words that say which edition is served, not which model it is.
_EDITIONS = frozenset(
    {*("preview", "latest", "beta", "exp", "experimental", "instruct", "chat", "it"), "hf", "model"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameParts:
    """The words of a name in their order, without editions and sizes, and its numbers such as `3.5`.

    `parameters` are in billions, `month` is year and month of an edition; None where the name has none.
    """

    terms: tuple[str, ...]
    numbers: tuple[str, ...]
    parameters: float | None = None
    month: tuple[int, int] | None = None

    @property
    def line(self) -> str:
        """What a model has in common with the ones before and after it: `gpt-mini`."""
        return "-".join(self.terms)

    @property
    def version(self) -> tuple[int, ...]:
        """Its numbers for comparing the models of one line; a later one is larger."""
        # `4.20` came between 4.1 and 4.3.
        plain = (re.sub(r"(?<=\.\d)0$", "", number) for number in self.numbers)
        return tuple(int(part) for number in plain for part in number.split("."))

    def contradicts(self, other: NameParts) -> bool:
        """Whether both speak of one line and name different generations of it."""
        a, b = frozenset(self.numbers), frozenset(other.numbers)
        return bool(a - b and b - a and set(self.terms) & set(other.terms))


@cache
def name_parts(text: str) -> NameParts:
    """A name (`Mistral Large 3`) or an id (`us.openai.gpt-5.5`) taken apart; dates are neither."""
    name = _TAIL.sub("", text.lower().rpartition("/")[2].split(": ")[-1])
    name = _DAY.sub(" ", _OWNERS.sub("", name))
    month = _MONTH.search(name)
    name = _MONTH.sub(" ", name)
    terms: list[str] = []
    numbers: list[str] = []
    joins = False
    for part in re.split(r"[\s_()-]+", name):
        number = None if _SIZE.fullmatch(part) else _NUMBER.fullmatch(part)
        if number is None or (number[1] and number[3]):
            joins = False
            if part and not part[0].isdigit() and part not in _EDITIONS and not _SIZE.fullmatch(part):
                terms.append(part)
            continue
        before, digits, after = number.groups()
        terms += [before + after] if before + after else []
        # `4-5` is 4.5, and so is `45`: no generation has had a number of two digits.
        if joins and not before and "." not in digits + numbers[-1]:
            numbers[-1] += f".{digits}"
        else:
            numbers.append(".".join(digits) if len(digits) == 2 else digits)
        joins = not after
    return NameParts(
        terms=tuple(terms),
        numbers=tuple(re.sub(r"(?:\.0)+$", "", n) for n in numbers),
        parameters=_parameters(name),
        month=(int(month[1]), int(month[2])) if month else None,
    )


@cache
def name_shape(model: str) -> str:
    """An id with `#` for its numbers: `gpt-image-2` and `gpt-5-image` are no two numbers of one line."""
    parts = ["#" if _COUNT.fullmatch(part) else part for part in model.split("-")]
    return re.sub(r"#(?:-#)+", "#", "-".join(parts))


def _parameters(name: str) -> float | None:
    sizes = [m for part in re.split(r"[\s_()-]+", name) if (m := _PARAMETERS.fullmatch(part))]
    if not sizes:
        return None
    times, count, unit = sizes[0].groups()
    return float(count) * int(times or 1) * (1000 if unit == "t" else 1)
