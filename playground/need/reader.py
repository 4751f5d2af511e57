"""How people write a need down, in a file, as options or in an address, read part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog import Catalog, Kind
from playground.catalog.regions import REGIONS, ZONES, Zone
from playground.need.form import Part
from playground.need.need import USUAL, WHOLES, WORK, Fault, Need
from playground.need.rows import PARTS
from playground.need.values import WrongError, listed, near
from playground.pricing.pieces import usual_tokens
from playground.pricing.workload import Workload


def read_need(parts: Mapping[str, Any], catalog: Catalog) -> tuple[Need, tuple[Fault, ...]]:
    """The need that these parts make, without those that cannot be read, and what is wrong with those.

    Beside the fields of Need and Workload there may be `takes` and `gives`: `[text, image, pdf]`.
    """
    work: dict[str, Any] = {}
    made: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, value in parts.items():
        try:
            if (part := PARTS.get(name)) is None:
                raise WrongError(f"there is no such part of a need{near(name, list(PARTS))}")
            read = _value(part, value, catalog, faults)
        except WrongError as wrong:
            faults.append(_fault(name, value, wrong))
            continue
        into = part.into or name
        if part.several:
            made[into] = tuple(dict.fromkeys((*made.get(into, ()), *read)))
        else:
            (work if name in WORK else made)[into] = read
    work = {**usual_tokens(USUAL, work, made.get("kind", Kind.CHAT)), **work}
    for shares, whole in WHOLES.items():
        given = [n for n in shares if work.get(n)]
        if sum(work[n] for n in given) > 1:
            shares_text = " and ".join(n.replace("_", " ") for n in given)
            message = f"{shares_text} together are more than all of the {whole}; at most 1 in all"
            faults.append(Fault(part=given[0], message=message))
            for name in given:
                del work[name]
    faults.extend(_elsewhere(made))
    if made.get("min_score") is not None and not made.get("benchmark"):
        faults.append(Fault(part="min_score", message="a worst score needs a benchmark to go by: name one"))
        del made["min_score"]
    if made.get("speed") and not made.get("speeds"):
        message = "no source says how fast an offering is: give speeds that you measured"
        faults.append(Fault(part="speed", message=message))
        made["speed"] = 0
    return Need(work=Workload(**work), **made), tuple(faults)


def _elsewhere(made: dict[str, Any]) -> Iterator[Fault]:
    """A region outside the zone that requests must stay within; the zone stays asked."""
    zone, region = made.get("zone"), made.get("region", "")
    if zone is None or not region or REGIONS[zone].fullmatch(region):
        return
    lies = [ZONES[other] for other in Zone if REGIONS[other].fullmatch(region)]
    where = f"; it lies in {lies[0]}" if lies else ", as far as is known here"
    message = f"{region} is not within {ZONES[zone]}, the zone asked for{where}: ask for one or the other"
    yield Fault(part="region", message=message)
    del made["region"]


def _fault(part: str, value: Any, wrong: WrongError) -> Fault:
    """What is wrong with a value, and what would do, each with the part that it belongs to."""
    meant = (one.rpartition("=") for one in wrong.meant)
    values = tuple((other or part, value) for other, _, value in meant)
    return Fault(part=part, message=str(wrong), typed=str(value), meant=values)


def _value(part: Part, value: Any, catalog: Catalog, faults: list[Fault]) -> Any:
    """A part's value; of several those that can be read, with what is wrong with the others noted."""
    if not part.several:
        return part.read(value, catalog)
    good = []
    for each in listed(value):
        try:
            good.append(part.read(each, catalog))
        except WrongError as wrong:
            faults.append(_fault(part.name, each, wrong))
    return tuple(one for one in good if one)
