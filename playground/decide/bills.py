"""What a need's work costs at each price list of a catalog, each billed once however many share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from playground.catalog import Kind, Support
from playground.catalog.prices import Meter, Mode, Unit
from playground.decide.columns import CODE, Columns, Mask, mask_of, rows_of
from playground.need.judges import Judged, affordable
from playground.need.need import Need
from playground.pricing.coming import ComingBill, bills_to_come
from playground.pricing.cost import Bill, monthly
from playground.pricing.pieces import has_pieces, work_of
from playground.pricing.workload import INPUT, MILLION, ZERO, Workload

#: The bill of what is given away.
GIVEN = Bill(low=Decimal(0), high=Decimal(0))
#: What is not paid by the token, and by what it is: where some places ask by that and some by the token, what
#: a need's tokens cost orders nothing.
COUNTED_OTHERWISE = {
    Kind.OCR: Unit.PAGE,
    Kind.IMAGE: Unit.IMAGE,
    Kind.TRANSCRIPTION: Unit.SECOND,
    Kind.SPEECH: Unit.CHARACTER,
    Kind.VIDEO: Unit.SECOND,
    Kind.MUSIC: Unit.SECOND,
}


#: What is made from a text.
PROMPTED = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.MUSIC})


class Bills:
    """The bills of one need, by the number of a price list (Columns.tariffs).

    `outputs` are the output tokens of an answer by row, where the reader's own cases told them: they count in
    the place of those that are asked.
    """

    def __init__(
        self, columns: Columns, need: Need, outputs: Mapping[int, Decimal] = MappingProxyType({})
    ) -> None:
        self.columns = columns
        self.need = need
        self.tariff, self.tariffs = columns.tariffs, columns.tariffs.lists
        self._bills: dict[int, Bill | None] = {}
        self._outputs = outputs
        #: The need's work as its kind of model does it.
        self.work = work_of(need.kind, need.work)
        one = replace(need.work, requests=Decimal(1))
        #: The budgets that the need sets: how much, for which work, and what period that is.
        self.budgets: dict[str, tuple[Decimal, Workload, str]] = {}
        if need.budget is not None:
            self.budgets["budget"] = (need.budget, need.work, "month")
        if need.request_budget is not None:
            self.budgets["request budget"] = (need.request_budget, one, "request")

    def at(self, row: int, work: Workload) -> Workload:
        """Work as it is done at a row."""
        output = self._outputs.get(row)
        return work if output is None else replace(work, output_tokens=output)

    def bill(self, place: int) -> Bill | None:
        """What the work costs at a price list, without lines."""
        if place not in self._bills:
            self._bills[place] = self.billed(place, self.need.work, lines=False)[0]
        return self._bills[place]

    def billed(self, place: int, work: Workload, *, lines: bool) -> tuple[Bill | None, str]:
        """The cheapest bill at a price list in a region that the need allows; none on one's own machines.

        Whoever may call any region calls the cheapest: so a need that allows fewer never costs less.
        """
        tariff = self.tariffs[place]
        work = self._as_done(work)
        if tariff.own:
            return None, ""
        if tariff.free and self.gives:
            return GIVEN, ""
        need, price = self.need, tariff.price_within(self.need.zone)

        def known(region: str) -> Bill | None:
            bill = monthly(work, price, region=region, lines=lines)
            # A bill that says nothing would pass for the least there is.
            return bill if bill and bill.known else None

        if need.region or not tariff.regions:
            return known(need.region), need.region
        bills = [(known(region), region) for region in self.columns.choices(place, need.zone)]
        return min(bills, key=lambda f: (f[0] is None, f[0].low if f[0] else 0, f[1]))

    def billed_at(self, row: int, work: Workload, *, lines: bool = False) -> tuple[Bill | None, str]:
        """The same of a row, with the work as it is done there."""
        return self.billed(self.tariff[row], self.at(row, work), lines=lines)

    def within_budget(self, name: str, row: int) -> Judged:
        """Whether the row is within a budget."""
        budget, work, period = self.budgets[name]
        return self.affordable(self.billed_at(row, work)[0], budget, period)

    @property
    def gives(self) -> bool:
        """Whether what is given away counts as such; what may not be trained on has to be paid for."""
        return self.need.free and not self.need.no_training

    def within(self, name: str, rows: int) -> Mask:
        """Which of the rows are within a budget: each price list judged once."""
        budget, work, period = self.budgets[name]
        codes: dict[tuple[int, Decimal | None], str] = {}
        row_codes = [CODE[Support.YES]] * len(self.columns.keys)
        for row in rows_of(rows):
            at = place, _ = self.tariff[row], self._outputs.get(row)
            if at not in codes:
                done = self.at(row, work)
                bill = (
                    self.bill(place) if done is self.need.work else self.billed(place, done, lines=False)[0]
                )
                codes[at] = CODE[self.affordable(bill, budget, period).holds]
            row_codes[row] = codes[at]
        return mask_of(row_codes)

    @staticmethod
    def affordable(bill: Bill | None, budget: Decimal, period: str) -> Judged:
        """Whether a bill is within a budget; unknown where there is no bill."""
        return affordable(budget, bill.least if bill else None, bill.high if bill else None, period)

    @property
    def comparable(self) -> bool:
        """Whether what the need's work costs can order the places.

        Of what is not paid by the token everywhere the tokens alone do not say that.
        """
        return self.need.kind not in COUNTED_OTHERWISE or has_pieces(self.need.work, self.need.kind)

    def each(self, place: int) -> Decimal | None:
        """The least that a page, image, second or character costs there; None where it is paid otherwise.

        With the prompt's text, where what is made is made from one and its tokens have a price.
        """
        unit = COUNTED_OTHERWISE[self.need.kind] if self.need.kind else None
        price = self.tariffs[place].price
        rates = [r for r in price.rates if r.unit == unit and r.mode == Mode.STANDARD and not r.region]
        if self.need.kind in PROMPTED:
            # An image to begin with costs otherwise than one that is made.
            rates = [rate for rate in rates if rate.meter != Meter.INPUT] or rates
        usual = [rate.usd for rate in rates if rate.usd]
        if not usual or self.need.kind not in PROMPTED:
            return min(usual, default=None)
        read = self.need.work.input_tokens
        return min(usual) + price.resolved(tokens=int(read)).get(INPUT, ZERO) * read / MILLION

    def coming(self, row: int, region: str) -> tuple[ComingBill, ...]:
        """What the work will cost there from days on; on one's own machines no list says."""
        if self.tariffs[self.tariff[row]].own:
            return ()
        changes, prices = self.columns.to_come(row)
        work = self._as_done(self.at(row, self.need.work))
        later = bills_to_come(work, changes, prices, region)
        if (now := self.columns.now.get(self.columns.keys[row])) is None:
            return tuple(later)
        offering, change = now
        bill = monthly(work, offering.price, region=region, lines=False)
        return ComingBill(day=change.day, bill=bill, followed=change.followed, until=True), *later

    def _as_done(self, work: Workload) -> Workload:
        """Work as the kind of model does it: the need's own is worked out once."""
        return self.work if work is self.need.work else work_of(self.need.kind, work)
