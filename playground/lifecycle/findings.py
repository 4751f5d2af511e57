"""For each model that a text names: when it retires, and what could take its place."""

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
    """A model that a text names, and the outlooks of the offerings that may be meant, the most urgent first.

    `outlook` is what the verdict rests on: at the lab's own provider where no other is named.
    """

    named: Mention
    verdict: Ending
    outlook: Outlook
    outlooks: tuple[Outlook, ...]


class RetirementScan:
    """A catalog and a day, ready to be asked which models of a text retire."""

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
        self._outlooks = Outlooks(catalog, today, names)

    def findings(self, text: str, soon_days: int = SOON_DAYS) -> Iterator[Finding]:
        """Every model that the text names, in its order."""
        for named in self._scanner.named(text):
            outlooks = sorted((outlook_of(o, self._today) for o in named.offerings), key=_urgency)
            lab = named.model.partition("/")[0]
            own = [outlook for outlook in outlooks if outlook.offering.provider == lab]
            outlook = (own or outlooks)[0]
            yield Finding(
                named=named,
                verdict=_ending(outlook, soon_days),
                outlook=outlook,
                outlooks=tuple(_distinct(outlooks)),
            )

    def sentence(self, finding: Finding) -> str:
        """The finding in a sentence."""
        outlook, what = finding.outlook, self._what(finding)
        at = place_name(outlook.offering, self._catalog)
        match finding.verdict:
            case Ending.RETIRED if outlook.retires:
                text = f"{what} was retired at {at} on {outlook.retires}, {_days(-(outlook.days or 0))} ago"
            case Ending.RETIRED:
                text = f"{what} is retired at {at}"
            case Ending.SOON | Ending.LATER if outlook.retires:
                text = f"{what} retires at {at} on {outlook.retires}, in {_days(outlook.days or 0)}"
            case Ending.SOON | Ending.LATER:
                text = f"{what} retires at {at} no earlier than {outlook.earliest}"
            case Ending.DEPRECATED:
                text = f"{what} is deprecated at {at}; no day of retirement is known"
            case Ending.NO_DAY:
                return f"{what}: no day of retirement is known at {at}"
        return f"{text}{self._instead(outlook)}"

    def _what(self, finding: Finding) -> str:
        name = self._names.get(finding.named.model, finding.named.model)
        return f"{name} ({finding.named.version})" if finding.named.version else name

    def _instead(self, outlook: Outlook) -> str:
        replacement = self._outlooks.replacement(outlook)
        if replacement is None:
            return f"; no replacement: {self._outlooks.why_none(outlook)}"
        name = self._names.get(replacement.offering.model, replacement.offering.model)
        differs = "; ".join((replacement.why, *replacement.differences))
        return f"; instead: {name} ({differs})"

    def values(self, finding: Finding) -> dict[str, Any]:
        """The finding as plain values for JSON, for a page and for programs."""
        outlook = finding.outlook
        ends = finding.verdict != Ending.NO_DAY
        replacement = self._outlooks.replacement(outlook) if ends else None
        return {
            "line": finding.named.line,
            "column": finding.named.column,
            "text": finding.named.text,
            "model": finding.named.model,
            "version": finding.named.version,
            "name": self._what(finding),
            "verdict": str(finding.verdict),
            "said": self.sentence(finding),
            "retires": str(outlook.retires) if outlook.retires else None,
            "earliest": str(outlook.earliest) if outlook.earliest else None,
            "days": outlook.days,
            "places": [self._place(outlook) for outlook in finding.outlooks],
            "replacement": {
                "offering": replacement.offering.key,
                "model": replacement.offering.model,
                "name": self._names.get(replacement.offering.model, replacement.offering.model),
                "by_vendor": replacement.by_vendor,
                "why": replacement.why,
                "url": replacement.url,
                "differences": list(replacement.differences),
            }
            if replacement
            else None,
            "no_replacement": self._outlooks.why_none(outlook) if ends and not replacement else "",
        }

    def _place(self, outlook: Outlook) -> dict[str, Any]:
        return {
            "offering": outlook.offering.key,
            "anchor": anchor(outlook.offering),
            "place": place_name(outlook.offering, self._catalog),
            "stage": str(outlook.stage),
            "retires": str(outlook.retires) if outlook.retires else None,
            "earliest": str(outlook.earliest) if outlook.earliest else None,
            "days": outlook.days,
        }


def _ending(outlook: Outlook, soon_days: int) -> Ending:
    if outlook.stage == Stage.RETIRED:
        return Ending.RETIRED
    if outlook.days is not None and (outlook.retires or outlook.earliest):
        return Ending.SOON if outlook.days <= soon_days else Ending.LATER
    return Ending.DEPRECATED if outlook.stage == Stage.DEPRECATED else Ending.NO_DAY


def _urgency(outlook: Outlook) -> tuple[object, ...]:
    until = outlook.retires or outlook.earliest or date.max
    widest = outlook.offering.channel not in (Channel.DIRECT, Channel.GLOBAL)
    order = model_order(outlook.offering)
    return (outlook.stage != Stage.RETIRED, until, outlook.stage != Stage.DEPRECATED, widest, order)


def _distinct(outlooks: list[Outlook]) -> Iterator[Outlook]:
    """The outlooks that say something different of a provider, the first of each."""
    seen: set[tuple[str, str, object, object]] = set()
    for outlook in outlooks:
        at = (outlook.offering.provider, str(outlook.stage), outlook.retires, outlook.earliest)
        if at not in seen:
            seen.add(at)
            yield outlook


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count:,} days"
