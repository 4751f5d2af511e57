"""The models that a text names, the days on which they retire, and what could take their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from playground.catalog import Catalog, Channel
from playground.labels.addresses import anchor
from playground.labels.names import model_order, place_name
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.lifecycle.replacement import Outlooks
from playground.lifecycle.scan import Mention, Scanner

#: The days before a retirement from which on it is soon, unless somebody says otherwise.
SOON_DAYS = 90


class Ending(StrEnum):
    """What is known of a model's end; the first is the most urgent."""

    RETIRED = "retired"
    SOON = "retires soon"
    LATER = "retires later"
    DEPRECATED = "deprecated"
    NO_DAY = "no day is known"


ORDER = tuple(Ending)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A model that a text names, and the lives of the offerings that may be meant, the most urgent first.

    `life` is what the verdict rests on: at the lab's own provider where no other is named.
    """

    named: Mention
    verdict: Ending
    life: Outlook
    lives: tuple[Outlook, ...]


class RetirementScan:
    """A catalog and a day, ready to be asked what dies."""

    def __init__(
        self,
        catalog: Catalog,
        names: Mapping[str, str],
        today: date,
        ids: Mapping[str, list[str]] | None = None,
    ) -> None:
        """`names` is what each model is called; `ids` as for Scanner."""
        self._catalog = catalog
        self._names = names
        self._today = today
        self._scanner = Scanner(catalog, ids)
        self._radar = Outlooks(catalog, today)

    def findings(self, text: str, soon_days: int = SOON_DAYS) -> Iterator[Finding]:
        """Every model that the text names, in its order."""
        for named in self._scanner.named(text):
            lives = sorted((outlook_of(o, self._today) for o in named.offerings), key=_urgency)
            lab = named.model.partition("/")[0]
            own = [life for life in lives if life.offering.provider == lab]
            life = (own or lives)[0]
            yield Finding(
                named=named, verdict=_ending(life, soon_days), life=life, lives=tuple(_apart(lives))
            )

    def said(self, finding: Finding) -> str:
        """The finding in a sentence."""
        life, what = finding.life, self._what(finding)
        at = place_name(life.offering, self._catalog)
        match finding.verdict:
            case Ending.RETIRED if life.retires:
                text = f"{what} was retired at {at} on {life.retires}, {_days(-(life.days or 0))} ago"
            case Ending.RETIRED:
                text = f"{what} is retired at {at}"
            case Ending.SOON | Ending.LATER if life.retires:
                text = f"{what} retires at {at} on {life.retires}, in {_days(life.days or 0)}"
            case Ending.SOON | Ending.LATER:
                text = f"{what} retires at {at} no earlier than {life.earliest}"
            case Ending.DEPRECATED:
                text = f"{what} is deprecated at {at}; no day of retirement is known"
            case Ending.NO_DAY:
                return f"{what}: no day of retirement is known at {at}"
        return f"{text}{self._instead(life)}"

    def _what(self, finding: Finding) -> str:
        name = self._names.get(finding.named.model, finding.named.model)
        return f"{name} ({finding.named.version})" if finding.named.version else name

    def _instead(self, life: Outlook) -> str:
        found = self._radar.replacement(life)
        if found is None:
            return f"; its vendor names {', '.join(life.named)} instead" if life.named else ""
        name = self._names.get(found.offering.model, found.offering.model)
        how = "its vendor names" if found.by_vendor else "nearest there that lives on:"
        differs = f" ({'; '.join(found.differences)})" if found.differences else ""
        return f"; {how} {name}{differs}"

    def values(self, finding: Finding) -> dict[str, Any]:
        """The finding as plain values for JSON, for a page and for programs."""
        life = finding.life
        found = self._radar.replacement(life) if finding.verdict != Ending.NO_DAY else None
        return {
            "line": finding.named.line,
            "column": finding.named.column,
            "text": finding.named.text,
            "model": finding.named.model,
            "version": finding.named.version,
            "name": self._what(finding),
            "verdict": str(finding.verdict),
            "said": self.said(finding),
            "retires": str(life.retires) if life.retires else None,
            "earliest": str(life.earliest) if life.earliest else None,
            "days": life.days,
            "places": [
                {
                    "offering": one.offering.key,
                    "anchor": anchor(one.offering),
                    "place": place_name(one.offering, self._catalog),
                    "stage": str(one.stage),
                    "retires": str(one.retires) if one.retires else None,
                    "earliest": str(one.earliest) if one.earliest else None,
                    "days": one.days,
                }
                for one in finding.lives
            ],
            "replacement": {
                "offering": found.offering.key,
                "model": found.offering.model,
                "name": self._names.get(found.offering.model, found.offering.model),
                "by_vendor": found.by_vendor,
                "differences": list(found.differences),
            }
            if found
            else None,
        }


def _ending(life: Outlook, soon_days: int) -> Ending:
    if life.stage == Stage.RETIRED:
        return Ending.RETIRED
    if life.days is not None and (life.retires or life.earliest):
        return Ending.SOON if life.days <= soon_days else Ending.LATER
    return Ending.DEPRECATED if life.stage == Stage.DEPRECATED else Ending.NO_DAY


def _urgency(life: Outlook) -> tuple[object, ...]:
    until = life.retires or life.earliest or date.max
    widest = life.offering.channel not in (Channel.DIRECT, Channel.GLOBAL)
    order = model_order(life.offering)
    return (life.stage != Stage.RETIRED, until, life.stage != Stage.DEPRECATED, widest, order)


def _apart(lives: list[Outlook]) -> Iterator[Outlook]:
    """The lives that say something different of a provider, the first of each."""
    seen: set[tuple[str, str, object, object]] = set()
    for life in lives:
        at = (life.offering.provider, str(life.stage), life.retires, life.earliest)
        if at not in seen:
            seen.add(at)
            yield life


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count:,} days"
