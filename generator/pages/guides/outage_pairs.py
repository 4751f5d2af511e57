"""For each named need a first place and a fallback as able, within the price factor that the reader sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.curated.named_needs import NamedNeed
from generator.pages.guides.markdown import markdown_table
from generator.views.figures import escape
from playground.ability import Abilities, Task
from playground.advisor import Advisor
from playground.catalog import Channel
from playground.decide.candidate import Candidate
from playground.decide.fallback import as_able, clouds_unknown, fallback, shared, times_dearer
from playground.labels.addresses import anchor, markdown_link, model_path
from playground.labels.names import place_name
from playground.pricing.coming import coming_text
from playground.pricing.money import bill_text

#: How many times as much a fallback may cost, as a reader can set it.
FACTORS = (Decimal("1.5"), Decimal(2), Decimal(3), Decimal(5), Decimal(10))
#: What is set at first.
USUAL = Decimal(3)
#: What counts as the same sum.
ALIKE = (Decimal("0.95"), Decimal("1.05"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A named need, its first place, and all that are left for it, the best first."""

    named: NamedNeed
    first: Candidate
    ranked: Sequence[Candidate]
    task: Task | None


class OutagePairs:
    """The pairs of one catalog's named needs."""

    def __init__(self, advisor: Advisor, needs: Sequence[NamedNeed]) -> None:
        self._advisor = advisor
        self._needs = needs

    def tables(self) -> str:
        """A control for the factor, and a table for each of its values; without scripts as well."""
        asked = self.asked()
        choices = "".join(
            f'<label><input type="radio" name="factor" value="{f}"{" checked" if f == USUAL else ""}>'
            f" {f}</label>"
            for f in FACTORS
        )
        head = (
            '<fieldset class="factors"><legend>The fallback may cost so many times as much</legend>'
            f"{choices}</fieldset>"
        )
        return "\n\n".join([head, *(self._table(asked, factor) for factor in FACTORS)])

    def pair(self, asked: Asked, factor: Decimal) -> Candidate | None:
        """The fallback of a need's first place within a factor."""
        return fallback(asked.first, asked.ranked, self._abilities, asked.task, factor)

    def asked(self) -> Sequence[Asked]:
        """Every named need that has a first place."""
        return [one for named in self._needs if (one := self._asked(named))]

    @property
    def _abilities(self) -> Abilities:
        return self._advisor.abilities

    def _asked(self, named: NamedNeed) -> Asked | None:
        need, faults = self._advisor.read(named.need)
        leaders = self._advisor.answer(need).leaders
        first = next((c for c in leaders if c.offering.channel != Channel.GATEWAY), None)
        if faults or first is None:
            return None
        return Asked(named=named, first=first, ranked=leaders, task=need.task)

    def _table(self, asked: Sequence[Asked], factor: Decimal) -> str:
        rows = [
            [
                f"[{escape(one.named.title)}](/choose/?need={one.named.id})",
                self._placed(one.first),
                self._second(one, factor),
            ]
            for one in asked
        ]
        table = markdown_table(["Need", "First", f"Fallback, at most {factor} times as dear"], rows, left=3)
        return f'<div class="factor" data-factor="{factor}" markdown>\n\n{table}\n\n</div>'

    def _second(self, asked: Asked, factor: Decimal) -> str:
        """The fallback, or why there is none and what comes nearest."""
        if second := self.pair(asked, factor):
            return f"{self._placed(second)}{self._dearer(asked.first, second)}{self._unsure(asked, second)}"
        apart = [c for c in asked.ranked if not shared(asked.first.offering, c.offering)]
        able = [
            c
            for c in apart
            if as_able(asked.first.offering.model, c.offering.model, self._abilities, asked.task)
        ]
        priced = [(times, c) for c in able if (times := times_dearer(asked.first, c)) is not None]
        if priced:
            _, nearest = min(priced, key=lambda one: (one[0], one[1].offering.key))
            there = f"{self._placed(nearest)}{self._dearer(asked.first, nearest)}"
            return f"none; the nearest is {there}{self._unsure(asked, nearest)}"
        if not apart:
            return "none: every other place shares something with it"
        return f"none that tests show to be as able; else {self._placed(apart[0])}"

    def _unsure(self, asked: Asked, second: Candidate) -> str:
        """Of whom it is not known on which cloud they run: two such may share one."""
        providers = self._advisor.catalog.providers
        names = [providers[p].name for p in clouds_unknown(asked.first.offering, second.offering)]
        if not names:
            return ""
        run = "cloud {} runs" if len(names) == 1 else "clouds {} run"
        return f"; on which {run.format(' and '.join(map(escape, names)))} is not known"

    def _dearer(self, first: Candidate, second: Candidate) -> str:
        times = times_dearer(first, second)
        if times is None:
            return ""
        return " (as much)" if ALIKE[0] <= times <= ALIKE[1] else f" ({float(times):.2g} times as much)"

    def _placed(self, candidate: Candidate) -> str:
        offering = candidate.offering
        name = escape(self._advisor.names[offering.model])
        link = markdown_link(name, f"{model_path(offering.model)}#{anchor(offering)}")
        cost = ", ".join(filter(None, (bill_text(candidate.bill), coming_text(candidate.coming))))
        place = escape(place_name(offering, self._advisor.catalog))
        return f"{link}, {place}: {escape(cost)}"
