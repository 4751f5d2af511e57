"""How one value of a need is read, from a file, an option or an address. Each raises WrongError."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from playground.catalog import Capability, Catalog
from playground.catalog.prices import DAYS
from playground.spelling import nearest, slug

MOST = Decimal(10) ** 12
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
#: A number and what it is counted in: 200k, 1.5 M.
_SUFFIXED = re.compile(r"([+-]?[\d.,_]+)\s*([kmb])", re.IGNORECASE)
_TIMES = {"k": Decimal(1000), "m": Decimal(10) ** 6, "b": Decimal(10) ** 9}
#: How many names are listed where none is like the one that was given.
SHOWN = 12


class WrongError(Exception):
    """What is wrong with one part.

    `meant` are values that would do, or a value of another part, with its name before it and "=".
    """

    def __init__(self, message: str, meant: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.meant = tuple(meant)


def listed(value: Any) -> list[Any]:
    """A list as YAML has one, or as an address and an option write it: `vision, pdf`."""
    given = list(value) if isinstance(value, list | tuple) else [value]
    return [
        one.strip() if isinstance(one, str) else one
        for each in given
        for one in (each.split(",") if isinstance(each, str) else [each])
        if one != ""
    ]


def choice(value: Any, kind: Any) -> Any:
    """A member of an enumeration, written with spaces, dashes or underscores."""
    text = str(value).strip().lower()
    between = "_" if kind is Capability else "-"
    try:
        return kind(re.sub(r"[ _-]+", between, text))
    except ValueError:
        known = list(kind)
        raise WrongError(f"there is no {value!r}{near(text, known)}", alike(text, known)) from None


def named(value: Any, known: Iterable[str], where: str = "the catalog") -> str:
    """A name of the catalog; upper and lower case are the same to a reader."""
    among = known if isinstance(known, Mapping) else list(known)
    if isinstance(value, str):
        for name in (value, value.strip(), value.strip().lower()):
            if name in among:
                return name
    others = list(among)
    raise WrongError(f"there is no {value!r} in {where}{near(str(value), others)}", alike(str(value), others))


def called(value: Any, names: Iterable[tuple[str, str]]) -> str:
    """The one id whose printed name a reader gives, as `Claude Opus 5.5`; empty where none or several have.

    `names` are ids with their names; case and what stands between letters are the same to a reader.
    """
    wanted = slug(str(value))
    ids = {one for one, name in names if wanted and slug(name) == wanted}
    return ids.pop() if len(ids) == 1 else ""


def hour(value: Any) -> str:
    """`HH:MM` in UTC, a day before it or none; a whole hour may stand alone."""
    if isinstance(value, int) and value >= 60:
        value = f"{value // 60}:{value % 60}"  # 12:30 is a number to the base of sixty in YAML
    day, _, clock = str(value).strip().rpartition(" ")
    try:
        time = datetime.strptime(clock if ":" in clock else f"{clock}:00", "%H:%M").time()
    except ValueError:
        time = None
    if time is None or (day and day.title() not in DAYS):
        raise WrongError(f"is an hour in UTC such as 02:30 or Sa 14:00, not {value!r}")
    return f"{day.title()} {time:%H:%M}".strip()


def yes(value: Any) -> bool:
    """True or false, as YAML, an address or a person writes it."""
    truths = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if isinstance(value, bool):
        return value
    if (truth := truths.get(str(value).lower())) is None:
        raise WrongError(f"is true or false, not {value!r}")
    return truth


def number(value: Any, least: Decimal = Decimal(0), most: Decimal = MOST) -> Decimal:
    """A number between two bounds: 1500000, 1,500,000, 1_500_000, 1500k, 1.5M, $20, or 50% of one."""
    text = str(value).strip()
    if any(sign in text for sign in "€£¥"):
        raise WrongError(f"is in US dollars, as every price here, not {value!r}")
    digits, times = text.removeprefix("$").removesuffix("$").strip(), Decimal(1)
    if most == 1 and digits.endswith("%"):
        digits, times = digits.removesuffix("%").strip(), Decimal("0.01")
    elif suffixed := _SUFFIXED.fullmatch(digits):
        digits, times = suffixed[1], _TIMES[suffixed[2].lower()]
    # 1,000 is a thousand; 0,5 would be read as five by who takes every comma out.
    if "," in digits and not _GROUPED.fullmatch(digits):
        raise WrongError(f"is a number with a point for its decimals (1,000.5), not {value!r}")
    try:
        read = Decimal(digits.replace(",", "").replace("_", "")) * times
    except InvalidOperation:
        raise WrongError(f"is a number such as 1500, 200k or 1.5M, not {value!r}") from None
    if isinstance(value, bool) or not read.is_finite() or not least <= read <= most:
        raise WrongError(f"goes from {least:,} to {most:,}; it is {value!r}")
    return read


def whole(value: Any, most: int = 10**6) -> int:
    """A whole number from nought to `most`."""
    read = number(value, most=Decimal(most))
    if read != read.to_integral_value():
        raise WrongError(f"is a whole number, not {value!r}")
    return int(read)


def speeds(value: Any, catalog: Catalog) -> Mapping[str, Decimal]:
    """Tokens a second by offering: a mapping, or text as an address has it (`openai/direct/… 80, …`)."""
    if isinstance(value, str):
        pairs = [one.rpartition(" ") for one in map(str.strip, re.split(r"[,\n]", value)) if one]
        value = {key.strip(): speed for key, _, speed in pairs}
    if not isinstance(value, Mapping):
        raise WrongError(f"is a mapping of offerings to tokens a second, not {value!r}")
    known = {o.key: True for o in catalog.offerings}
    return {named(key, known): number(speed, least=Decimal("0.001")) for key, speed in value.items()}


def alike(name: str, known: Iterable[Any]) -> list[str]:
    """The names most like it; else those that hold it, as a part of a long name is what one remembers."""
    names, part = list(map(str, known)), name.strip().lower()
    return nearest(name, names) or [n for n in names if part and part in n.lower()][:3]


def near(name: str, known: list[Any]) -> str:
    """What was meant by a name, as a clause; else the first names that there are."""
    if meant := alike(name, known):
        return f"; did you mean {', '.join(meant)}?"
    more = "" if len(known) <= SHOWN else f" and {len(known) - SHOWN} more"
    return f"; there are {', '.join(map(str, known[:SHOWN]))}{more}"
