"""How people write a need down, in a file, as options or in an address, read part by part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from playground.catalog import Capability, Catalog, Channel, Kind
from playground.catalog.prices import DAYS, Mode
from playground.catalog.regions import Zone
from playground.need.need import HEAVIEST, SHARES, USUAL, WHOLES, WORK, Fault, Need
from playground.pricing.workload import Workload
from playground.spelling import did_you_mean

#: What goes in and comes out, as the capability that it takes; text takes none.
TAKES = {
    "text": None,
    "image": Capability.VISION,
    "pdf": Capability.PDF,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
GIVES = {"text": None, "image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
MOST = Decimal(10) ** 12
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
#: How many names are listed where none is like the one that was given.
SHOWN = 12


class _WrongError(Exception):
    """What is wrong with one part."""


def read_need(parts: Mapping[str, Any], catalog: Catalog) -> tuple[Need, tuple[Fault, ...]]:
    """The need that these parts make, without those that cannot be read, and what is wrong with those.

    Beside the fields of Need and Workload there may be `takes` and `gives`: `[text, image, pdf]`.
    """
    one, several = _readers(catalog), _list_readers(catalog)
    worked = _work_readers()
    work: dict[str, Any] = dict(USUAL)
    made: dict[str, Any] = {}
    faults: list[Fault] = []
    for part, value in parts.items():
        try:
            if part in several:
                into, read = several[part]
                good = [choice for each in _listed(value) if (choice := _or_fault(part, read, each, faults))]
                made[into] = tuple(dict.fromkeys((*made.get(into, ()), *good)))
            elif part in worked:
                work[part] = worked[part](value)
            elif part in one:
                made[part] = one[part](value)
            else:
                raise _WrongError(f"there is no such part of a need{_near(part, [*WORK, *one, *several])}")
        except _WrongError as wrong:
            faults.append(Fault(part=part, message=str(wrong)))
    for shares, whole in WHOLES.items():
        given = [n for n in shares if work.get(n)]
        if sum(work[n] for n in given) > 1:
            shares_text = " and ".join(n.replace("_", " ") for n in given)
            message = f"{shares_text} together are more than all of the {whole}; at most 1 in all"
            faults.append(Fault(part=given[0], message=message))
            for name in given:
                del work[name]
    if made.get("quality") and not made.get("benchmark"):
        faults.append(Fault(part="quality", message="quality needs a benchmark to go by: name one"))
        made["quality"] = 0
    if made.get("min_score") is not None and not made.get("benchmark"):
        faults.append(Fault(part="min_score", message="a worst score needs a benchmark to go by: name one"))
        del made["min_score"]
    if made.get("speed") and not made.get("speeds"):
        message = "no source says how fast an offering is: give speeds that you measured"
        faults.append(Fault(part="speed", message=message))
        made["speed"] = 0
    return Need(work=Workload(**work), **made), tuple(faults)


def _or_fault(part: str, read: Callable[[Any], Any], value: Any, faults: list[Fault]) -> Any:
    """One of several values; None, and noted, where it cannot be read: the others still count."""
    try:
        return read(value)
    except _WrongError as wrong:
        faults.append(Fault(part=part, message=str(wrong)))
        return None


def _work_readers() -> dict[str, Callable[[Any], Any]]:
    def share(value: Any) -> Decimal:
        return _number(value, most=Decimal(1))

    numbers = {name: share if name in SHARES else _number for name in WORK}
    return {**numbers, "mode": lambda v: _choice(v, Mode), "at": _hour}


def _list_readers(catalog: Catalog) -> dict[str, tuple[str, Callable[[Any], Any]]]:
    """Parts that are lists: the field of Need they go into, and how each value is read."""

    def named(known: Iterable[str]) -> Callable[[Any], str]:
        return lambda value: _named(value, known)

    return {
        "must": ("must", lambda v: _choice(v, Capability)),
        "should": ("should", lambda v: _choice(v, Capability)),
        "takes": ("must", lambda v: TAKES[_named(v, TAKES, "what goes in")]),
        "gives": ("must", lambda v: GIVES[_named(v, GIVES, "what comes out")]),
        "channels": ("channels", lambda v: _choice(v, Channel)),
        "labs": ("labs", named(catalog.labs)),
        "providers": ("providers", named(catalog.providers)),
        "models": ("models", named(catalog.models)),
        "licences": ("licences", str),
    }


def _readers(catalog: Catalog) -> dict[str, Callable[[Any], Any]]:
    return {
        "kind": lambda v: None if v in (None, "any") else _choice(v, Kind),
        "zone": lambda v: _choice(v, Zone),
        "region": lambda v: _named(v, regions(catalog), "the regions of the catalog"),
        "open_weights": _yes,
        "zero_retention": _yes,
        "no_training": _yes,
        "keep_unknown": _yes,
        "support": _yes,
        "subscriptions": _yes,
        "free": _yes,
        "budget": _number,
        "request_budget": _number,
        "min_days": _whole,
        "min_providers": _whole,
        "max_share": lambda v: _number(v, least=Decimal("0.01"), most=Decimal(1)),
        "benchmark": lambda v: _named(v, series(catalog), "the series of scores"),
        "min_score": lambda v: _number(v, least=-MOST),
        "cost": lambda v: _whole(v, HEAVIEST),
        "quality": lambda v: _whole(v, HEAVIEST),
        "speed": lambda v: _whole(v, HEAVIEST),
        "speeds": lambda v: _speeds(v, catalog),
    }


def series(catalog: Catalog) -> dict[str, int]:
    """Every series of scores, with how many models have one, those with most first."""
    counts: dict[str, int] = {}
    for model in catalog.models.values():
        for name in {s.series for s in model.scores}:
            counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda c: (-c[1], c[0])))


def regions(catalog: Catalog) -> list[str]:
    """Every region that an offering names, sorted."""
    return sorted({r for o in catalog.offerings if isinstance(v := o.value("regions"), tuple) for r in v})


def _listed(value: Any) -> list[Any]:
    """A list as YAML has one, or as an address and an option write it: `vision, pdf`."""
    given = list(value) if isinstance(value, list | tuple) else [value]
    return [
        one.strip() if isinstance(one, str) else one
        for each in given
        for one in (each.split(",") if isinstance(each, str) else [each])
        if one != ""
    ]


def _choice(value: Any, kind: Any) -> Any:
    text = str(value).strip().lower()
    between = "_" if kind is Capability else "-"
    try:
        return kind(re.sub(r"[ _-]+", between, text))
    except ValueError:
        raise _WrongError(f"there is no {value!r}{_near(text, list(kind))}") from None


def _named(value: Any, known: Iterable[str], where: str = "the catalog") -> str:
    """A name of the catalog; upper and lower case are the same to a reader."""
    among = known if isinstance(known, Mapping) else list(known)
    if isinstance(value, str):
        for name in (value, value.strip(), value.strip().lower()):
            if name in among:
                return name
    raise _WrongError(f"there is no {value!r} in {where}{_near(str(value), list(among))}")


def _hour(value: Any) -> str:
    """`HH:MM` in UTC, a day before it or none; a whole hour may stand alone."""
    if isinstance(value, int) and value >= 60:
        value = f"{value // 60}:{value % 60}"  # 12:30 is a number to the base of sixty in YAML
    day, _, clock = str(value).strip().rpartition(" ")
    try:
        hour = datetime.strptime(clock if ":" in clock else f"{clock}:00", "%H:%M").time()
    except ValueError:
        hour = None
    if hour is None or (day and day.title() not in DAYS):
        raise _WrongError(f"is an hour in UTC such as 02:30 or Sa 14:00, not {value!r}")
    return f"{day.title()} {hour:%H:%M}".strip()


def _yes(value: Any) -> bool:
    truths = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if isinstance(value, bool):
        return value
    if (truth := truths.get(str(value).lower())) is None:
        raise _WrongError(f"is true or false, not {value!r}")
    return truth


def _number(value: Any, least: Decimal = Decimal(0), most: Decimal = MOST) -> Decimal:
    text = str(value).strip()
    # 1,000 is a thousand; 0,5 would be read as five by who takes every comma out.
    if "," in text and not _GROUPED.fullmatch(text):
        raise _WrongError(f"is a number with a point for its decimals (1,000.5), not {value!r}")
    try:
        number = Decimal(text.replace(",", "").replace("_", ""))
    except InvalidOperation:
        raise _WrongError(f"is a number, not {value!r}") from None
    if isinstance(value, bool) or not number.is_finite() or not least <= number <= most:
        raise _WrongError(f"goes from {least:,} to {most:,}; it is {value!r}")
    return number


def _whole(value: Any, most: int = 10**6) -> int:
    number = _number(value, most=Decimal(most))
    if number != number.to_integral_value():
        raise _WrongError(f"is a whole number, not {value!r}")
    return int(number)


def _speeds(value: Any, catalog: Catalog) -> Mapping[str, Decimal]:
    """Tokens a second by offering: a mapping, or text as an address has it (`openai/direct/… 80, …`)."""
    if isinstance(value, str):
        pairs = [one.rpartition(" ") for one in map(str.strip, re.split(r"[,\n]", value)) if one]
        value = {key.strip(): speed for key, _, speed in pairs}
    if not isinstance(value, Mapping):
        raise _WrongError(f"is a mapping of offerings to tokens a second, not {value!r}")
    known = {o.key: True for o in catalog.offerings}
    return {_named(key, known): _number(speed, least=Decimal("0.001")) for key, speed in value.items()}


def _near(name: str, known: list[Any]) -> str:
    """The names most like it; else those that hold it, as a part of a long name is what one remembers."""
    names = list(map(str, known))
    holding = [n for n in names if name.strip().lower() in n.lower()][:3] if name.strip() else []
    held = f"; did you mean {', '.join(holding)}?" if holding else ""
    more = "" if len(names) <= SHOWN else f" and {len(names) - SHOWN} more"
    return did_you_mean(name, names, cutoff=0.5) or held or f"; there are {', '.join(names[:SHOWN])}{more}"
