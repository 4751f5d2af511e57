"""What could take the place of an offering that ends, and why this one: what an expert would say.

First what its provider names. Where that has ended, what is named for that one; where nothing named is left,
the newest of its line. Then what the lab names on its own API, and then the newest of the same line, both
only where they can all that the old one can, cost no more, stay for half a year and are served in the same
place. Else none, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from playground.catalog import Catalog, Channel, Offering
from playground.labels.labels import CHANNELS
from playground.labels.names import Names
from playground.lifecycle.differences import differences
from playground.lifecycle.fit import Fit
from playground.lifecycle.lines import Lines
from playground.lifecycle.named import NamedAt, Step
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.lifecycle.why import Reasons


class Ground(StrEnum):
    """What a replacement rests on."""

    PROVIDER = "provider"
    LAB = "lab"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What could take an offering's place, what that rests on, and how it differs.

    `why` says it in words; `url` is the page that names it, empty where none does. `by_vendor` is whether the
    words of a provider or a lab lead to it.
    """

    offering: Offering
    ground: Ground
    why: str
    url: str = ""
    differences: tuple[str, ...]

    @property
    def by_vendor(self) -> bool:
        return self.ground != Ground.LINE


class Outlooks:
    """The outlooks of a catalog's offerings on a day, and what could replace what ends."""

    def __init__(self, catalog: Catalog, today: date, names: Mapping[str, str] | None = None) -> None:
        self.catalog = catalog
        self.today = today
        self._reasons = Reasons(catalog, names or Names(catalog))
        self._fit = Fit(catalog, today)
        self._named = NamedAt(catalog, self._fit, today)
        self._lines = Lines(catalog)
        self._answers: dict[str, Replacement | str] = {}

    def ending(self) -> Iterator[Outlook]:
        """Every offering whose end is known or has come, the soonest first."""
        outlooks = [outlook_of(offering, self.today) for offering in self.catalog.offerings]
        ending = [outlook for outlook in outlooks if outlook.stage != Stage.LIVE or outlook.earliest]
        return iter(
            sorted(
                ending,
                key=lambda outlook: (outlook.retires or outlook.earliest or date.max, outlook.offering.key),
            )
        )

    def replacement(self, outlook: Outlook) -> Replacement | None:
        """What could take its place, None where there is nothing that an expert would name."""
        answer = self._answer(outlook.offering)
        return answer if isinstance(answer, Replacement) else None

    def why_none(self, outlook: Outlook) -> str:
        """Why nothing could take its place, in words; empty where something could."""
        answer = self._answer(outlook.offering)
        return answer if isinstance(answer, str) else ""

    def names_another(self, offering: Offering) -> bool:
        """Whether its provider names another model for it, be its end known or not."""
        return self._named.leaving(offering)

    def elsewhere(self, model: str) -> Iterator[tuple[str, Replacement]]:
        """What providers name for a model that they do not serve any more, by the provider."""
        naming = self._named.named_for(model)
        serving = {o.provider for o in self.catalog.of_model(model)} if naming else set()
        for provider in sorted(naming - serving):
            gone = Offering(provider=provider, channel=Channel.DIRECT, model=model)
            if (answer := self._by_provider(gone)) is not None:
                yield provider, answer

    def _answer(self, old: Offering) -> Replacement | str:
        if old.key not in self._answers:
            self._answers[old.key] = self._search(old)
        return self._answers[old.key]

    def _search(self, old: Offering) -> Replacement | str:
        by_provider = self._by_provider(old)
        if by_provider is not None:
            return by_provider
        by_rule, why = self._by_rule(old, old)
        if by_rule is not None:
            return by_rule
        steps = self._named.steps(old)
        return self._reasons.useless(old, steps) if steps else why

    def _by_provider(self, old: Offering) -> Replacement | None:
        """What its provider names; where that ends soon, what follows by rule, else what is served at all."""
        if followed := self._named.followed(old, stays=True):
            return self._as_named(old, *followed)
        for gone, steps in self._named.ended(old):
            if (by_rule := self._by_rule(gone, old)[0]) is not None:
                return self._as_named(old, by_rule.offering, steps)
        followed = self._named.followed(old, stays=False)
        return self._as_named(old, *followed) if followed else None

    def _as_named(self, old: Offering, new: Offering, steps: Sequence[Step]) -> Replacement:
        return self._made(old, new, Ground.PROVIDER, self._reasons.named(old, new, steps), steps)

    def _by_rule(self, line: Offering, old: Offering) -> tuple[Replacement | None, str]:
        """What follows `line` and can take the place of `old`; None with the reason where nothing can."""
        for step in self._named.by_lab(line):
            new = self._named.served(step.instead, old)
            if new and not any(self._fit.unfit(old, new)):
                why = self._reasons.by_lab(old, new, self._fit.assumed(old, new))
                return self._made(old, new, Ground.LAB, why, (step,)), ""
        failing = ""
        for new in self._lines.newer(line):
            reason = next(self._fit.unfit(old, new), "")
            if self._named.leaving(new):
                reason = "is named to be replaced itself"
            if not self._fit.in_one_place(old, new):
                reason = f"is not served over {CHANNELS[old.channel][0]}"
            if not reason:
                assumed = self._fit.assumed(old, new)
                why = self._reasons.newest(line, old, new, assumed, first=not failing)
                return self._made(old, new, Ground.LINE, why, ()), ""
            failing = failing or self._reasons.unfit(new, reason)
        return None, failing or self._reasons.none_newer(old)

    def _made(
        self, old: Offering, new: Offering, ground: Ground, why: str, steps: Sequence[Step]
    ) -> Replacement:
        return Replacement(
            offering=new,
            ground=ground,
            why=why,
            url=next((step.url for step in steps if step.url), ""),
            differences=differences(old, new, self.today),
        )
