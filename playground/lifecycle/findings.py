"""For each model and API that a text names: when it retires, and what could take its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from playground.catalog import Catalog, Channel, Offering
from playground.labels.addresses import anchor
from playground.labels.names import model_order, place_name
from playground.lifecycle.ended import End, Ends
from playground.lifecycle.mentions.apis import ApiScanner, ApiUse
from playground.lifecycle.mentions.reading import Mention
from playground.lifecycle.mentions.scan import Scanner
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.lifecycle.replacement import Outlooks
from playground.lifecycle.succession import Succession
from playground.naming.resolver import Resolver

#: The date of a partner's model as Vertex writes it.
VERTEX_DATE = re.compile(r"@\d{8}$")
#: The days before a retirement from which on it is soon, unless somebody says otherwise.
SOON_DAYS = 90


class Ending(StrEnum):
    """What is known of a model's end; the first is the most urgent."""

    RETIRED = "retired"
    SOON = "retires soon"
    LATER = "retires later"
    DEPRECATED = "deprecated"
    NO_DAY = "no day is known"


class Severity(StrEnum):
    """How much a finding matters: an error and a warning fail a build, a notice does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NONE = "none"


SEVERITIES = {
    Ending.RETIRED: Severity.ERROR,
    Ending.SOON: Severity.WARNING,
    Ending.LATER: Severity.NOTICE,
    Ending.DEPRECATED: Severity.NOTICE,
    Ending.NO_DAY: Severity.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A model or an API that a text names, and the outlooks of the offerings meant, the most urgent first.

    `outlook` is what the verdict rests on; `end` what a vendor's page says, where that decides. An API has an
    end and no outlooks.
    """

    named: Mention | ApiUse
    verdict: Ending
    outlook: Outlook
    outlooks: tuple[Outlook, ...] = ()
    end: End | None = None

    @property
    def severity(self) -> Severity:
        """What is only talked about is a notice; what a vendor says it no longer offers is a warning."""
        severity = SEVERITIES[self.verdict]
        if self.verdict == Ending.DEPRECATED and self.end:
            severity = Severity.WARNING
        loud = severity in (Severity.ERROR, Severity.WARNING)
        return Severity.NOTICE if loud and self.named.aside else severity


class RetirementScan:
    """A catalog and a day, ready to be asked which models of a text retire."""

    def __init__(
        self,
        catalog: Catalog,
        names: Mapping[str, str],
        today: date,
        ids: Mapping[str, list[str]] | None = None,
        ends: Ends | None = None,
        resolver: Callable[[], Resolver] | None = None,
    ) -> None:
        """`names` is what each model is called, `ends` what vendors' pages say; the others as for Scanner."""
        self._catalog = catalog
        self._names = names
        self.today = today
        self._scanner = Scanner(catalog, ids, ends, resolver)
        self._apis = ApiScanner(ends.apis if ends else ())
        self._outlooks = Outlooks(catalog, today, names)
        self._succession = Succession(
            self._scanner.ends, self._scanner.offerings_called, self._outlooks, today
        )

    def findings(self, text: str, soon_days: int = SOON_DAYS, path: str = "") -> Iterator[Finding]:
        """Every model and API that the text names, in its order; `path` tells what kind of file it is."""
        apis = [self._of_api(use, soon_days) for use in self._apis.used(text, path)]
        models = (self._of_model(named, soon_days) for named in self._scanner.named(text, path))
        if not apis:
            yield from models
            return
        yield from sorted([*models, *apis], key=lambda f: (f.named.line, f.named.column))

    def _of_api(self, use: ApiUse, soon_days: int) -> Finding:
        outlook = self._ended(use.api.end, use.api.end.name, None)
        return Finding(named=use, verdict=_ending(outlook, soon_days), outlook=outlook, end=use.api.end)

    def _of_model(self, named: Mention, soon_days: int) -> Finding:
        outlooks = sorted((outlook_of(o, self.today) for o in named.offerings), key=_urgency)
        outlook = self._decisive(named, outlooks)
        end = self._scanner.ends.end(named.provider, _names(named), named.version) if named.provider else None
        # A day that the catalog's sources say is still to come was moved since the page was read.
        if end and outlook and end.last_day and outlook.retires and outlook.retires > end.last_day:
            end = None if outlook.retires >= self.today else end
        if end:
            outlook = self._ended(end, named.model or f"{named.provider}/{named.text.lower()}", outlook)
        if not outlook:
            outlook = Outlook(
                offering=_stand_in(named.provider, named.model, named.version), stage=Stage.LIVE
            )
        return Finding(
            named=named,
            verdict=_ending(outlook, soon_days),
            outlook=outlook,
            outlooks=tuple(_distinct(outlooks)),
            end=end,
        )

    def _decisive(self, named: Mention, outlooks: list[Outlook]) -> Outlook | None:
        """What the verdict rests on: where it is served, by the channel meant, else by the others.

        A channel of which nothing is known does not hide what is known of the others. Where nothing says who
        serves it, a model is retired only if it is at every place, and what is told of one that calls it so
        goes before what is told of others.
        """
        if not outlooks:
            return None
        if not named.provider:
            going_on = [o for o in outlooks if o.stage != Stage.RETIRED] or outlooks
            return max([o for o in going_on if _spells(o.offering, named)] or going_on, key=_lenience)
        outlooks = [o for o in outlooks if o.offering.provider == named.provider]
        closest = {offering.key for offering in named.closest}
        here = [outlook for outlook in outlooks if outlook.offering.key in closest]
        if informed := [outlook for outlook in here if _tells(outlook)]:
            return informed[0]
        if informed := [outlook for outlook in outlooks if _tells(outlook)]:
            often = Counter((outlook.stage, outlook.retires) for outlook in informed)
            return max(informed, key=lambda o: often[o.stage, o.retires])
        return next(iter(here or outlooks), None)

    def _ended(self, end: End, model: str, outlook: Outlook | None) -> Outlook:
        """The outlook that a vendor's page gives, of the offering known or of one that stands for it."""
        before = outlook or Outlook(offering=_stand_in(end.provider, model, end.version), stage=Stage.LIVE)
        day = end.last_day
        stage = Stage.DEPRECATED if day is None else Stage.RETIRED if day < self.today else Stage.RETIRING
        if before.stage == Stage.RETIRED:
            stage = Stage.RETIRED
        return replace(
            before,
            stage=stage,
            retires=day or before.retires,
            deprecated=end.deprecated or before.deprecated,
            days=(day - self.today).days if day else before.days,
        )

    def sentence(self, finding: Finding) -> str:
        """The finding in a sentence."""
        outlook, what, at = finding.outlook, self._what(finding), self._where(finding)
        match finding.verdict:
            case Ending.RETIRED if outlook.retires:
                text = f"{what} was retired {at} on {outlook.retires}, {_days(-(outlook.days or 0))} ago"
            case Ending.RETIRED:
                text = f"{what} is retired {at}"
            case Ending.SOON | Ending.LATER if outlook.retires:
                text = f"{what} retires {at} on {outlook.retires}, in {_days(outlook.days or 0)}"
            case Ending.SOON | Ending.LATER:
                text = f"{what} retires {at} no earlier than {outlook.earliest}"
            case Ending.DEPRECATED:
                since = f" since {outlook.deprecated}" if outlook.deprecated else ""
                text = f"{what} is deprecated {at}{since}; no day of retirement is known"
            case Ending.NO_DAY:
                text = f"{what}: no day of retirement is known {at}"
        text = text.replace("  ", " ").strip()
        instead = "" if finding.verdict == Ending.NO_DAY else self._instead(finding)
        aside = f" ({finding.named.aside})" if finding.named.aside else ""
        return f"{text}{aside}{instead}"

    def _where(self, finding: Finding) -> str:
        """The place, in words; a provider alone where the catalog knows of no offering there."""
        if isinstance(finding.named, ApiUse):
            return ""
        offering = finding.outlook.offering
        if not finding.named.provider:
            if finding.verdict == Ending.NO_DAY:
                return "at any place"
            if not _spells(offering, finding.named):
                return "at the last place that is known"
        if any(outlook.offering.key == offering.key for outlook in finding.outlooks):
            return f"at {place_name(offering, self._catalog)}"
        provider = self._catalog.providers.get(offering.provider)
        return f"at {provider.name if provider else offering.provider or 'any place'}"

    def _what(self, finding: Finding) -> str:
        if isinstance(finding.named, ApiUse):
            name = finding.named.api.end.name
            return name[:1].upper() + name[1:]
        model = finding.named.model
        name = self._names.get(model, model or finding.named.text)
        return f"{name} ({finding.named.version})" if finding.named.version else name

    def _instead(self, finding: Finding) -> str:
        outlook = finding.outlook
        replacement = self._outlooks.replacement(outlook) if finding.outlooks else None
        if replacement is None:
            if finding.end and (named := self._succession.sentence(finding.end, self._names)):
                return f"; {named}"
            return f"; no replacement: {self._outlooks.why_none(outlook)}" if finding.outlooks else ""
        name = self._names.get(replacement.offering.model, replacement.offering.model)
        differs = "; ".join((replacement.why, *replacement.differences))
        return f"; instead: {name} ({differs})"

    def values(self, finding: Finding) -> dict[str, Any]:
        """The finding as plain values for JSON, for a page and for programs."""
        outlook, named, end = finding.outlook, finding.named, finding.end
        known = finding.verdict != Ending.NO_DAY and finding.outlooks
        replacement = self._outlooks.replacement(outlook) if known else None
        return {
            "line": named.line,
            "column": named.column,
            "text": named.text,
            "model": named.model if isinstance(named, Mention) else "",
            "version": named.version if isinstance(named, Mention) else "",
            "name": self._what(finding),
            "provider": named.provider if isinstance(named, Mention) else named.api.end.provider,
            "verdict": str(finding.verdict),
            "severity": str(finding.severity),
            "aside": named.aside,
            "said": self.sentence(finding),
            "retires": str(outlook.retires) if outlook.retires else None,
            "earliest": str(outlook.earliest) if outlook.earliest else None,
            "days": outlook.days,
            "by": {"page": end.page, "quote": end.quote, "read": str(end.read)} if end else None,
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
            "no_replacement": self._outlooks.why_none(outlook) if known and not replacement else "",
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


def _names(named: Mention) -> list[str]:
    """What the model is called there: as it is written, or, where that is no id there, by its ids.

    An id says nothing of another of the same offering: an alias may end before what it points to.
    """
    written = [named.called or named.text, named.text.rpartition("/")[2]]
    # Of a model of a lab Vertex writes the date behind an @, and its pages of ends leave it out.
    written += [name.partition("@")[0] for name in written if VERTEX_DATE.search(name)]
    ids = [i for offering in named.closest for i in offering.ids]
    own = {name.lower() for i in ids for name in (i, i.rpartition("/")[2])}
    if named.version:
        # Azure's pages give a version beside a name: `gpt-4-0613` is GPT-4 in version 0613.
        written += [name.lower().removesuffix(f"-{named.version}") for name in written]
    return written if own & {name.lower() for name in written} else [*written, *ids]


def _spells(offering: Offering, named: Mention) -> bool:
    """Whether an offering's provider calls it just as it is written."""
    return named.text.lower() in map(str.lower, offering.ids)


def _lenience(outlook: Outlook) -> tuple[object, ...]:
    """The greater, the longer it is served as far as anybody knows."""
    return outlook.retires is None, outlook.stage != Stage.DEPRECATED, outlook.days or 0


def _stand_in(provider: str, model: str, version: str) -> Offering:
    """An offering of which the catalog holds nothing but that somebody ended it."""
    return Offering(provider=provider, channel=Channel.DIRECT, model=model, version=version)


def _tells(outlook: Outlook) -> bool:
    return bool(outlook.stage != Stage.LIVE or outlook.retires or outlook.earliest)


def _ending(outlook: Outlook, soon_days: int) -> Ending:
    if outlook.stage == Stage.RETIRED:
        return Ending.RETIRED
    if outlook.days is not None and outlook.retires:
        return Ending.SOON if outlook.days <= soon_days else Ending.LATER
    if outlook.stage == Stage.DEPRECATED:
        return Ending.DEPRECATED
    # A day before which it is not retired is no day of retirement.
    return Ending.LATER if outlook.earliest and (outlook.days or 0) > 0 else Ending.NO_DAY


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
