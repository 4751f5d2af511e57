"""From a need to an answer: who is out and why, who is left in which order, what would change it.

Pure and deterministic: the same need over the same catalog gives the same answer. Unknown never passes or
fails in silence: each verdict says yes, no or unknown with the fact behind it, and the need says what to do
with the unknown.

The order: what it costs, raised to its weight, against quality and speed raised to theirs, so that with equal
weights twice the score is worth twice the cost, and no candidate moves because another comes or goes. With
cost alone weighed it is the cost. Made to be asked again at each move of a control: offerings are judged once
for each different value, the sets are bits of one number, a price list is billed once however many share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from types import MappingProxyType

from playground.ability import Abilities, with_votes
from playground.catalog import Catalog
from playground.decide.answer import Answer, Candidates
from playground.decide.candidate import Share
from playground.decide.columns import Columns, Mask, rows_of
from playground.decide.judgement import ABLE, Judgement
from playground.decide.quality.merits import Merits
from playground.decide.remedies import conflict, enough, fewest
from playground.lifecycle.passed import on_day
from playground.need.constraints import ENDINGS
from playground.need.kinds.idle import without_idle
from playground.need.machine import on_own_machines
from playground.need.need import SOON, Need
from playground.pricing.pieces import abilities_for
from playground.pricing.price_changes import soon
from playground.pricing.workload import ZERO, Workload

#: How much is asked has no say in how able a model is.
NO_WORK = Workload(input_tokens=ZERO, output_tokens=ZERO, requests=ZERO)
#: No scores at hand: the order is by cost, as the answer says.
NOBODY = Abilities()
#: Of so many of the first models it is worked out when they would change places, as a rule.
FLIPS = 20


def choose(
    need: Need, catalog: Catalog, today: date, *, flips: int = FLIPS, abilities: Abilities = NOBODY
) -> Answer:
    """Judge every offering of the catalog against the need.

    `today` decides what has been retired; `flips` is how far down the models flip points are looked for.
    """
    return Chooser(catalog, today, abilities).answer(need, flips=flips)


#: What a month costs goes by the prices of its most days: by those that begin before half of it is over.
HALF_A_MONTH = timedelta(days=15)


class Chooser:
    """A catalog to be asked, again and again, on one day: at its statuses, and the prices of that month."""

    def __init__(self, catalog: Catalog, today: date, abilities: Abilities = NOBODY) -> None:
        self.abilities = with_votes(abilities, catalog.models.values())
        #: As it is on the day; the columns have the prices of the month.
        self.catalog = on_day(catalog, today)
        priced, now = soon(self.catalog, today + HALF_A_MONTH)
        self.columns = Columns(priced)
        self.columns.now = now
        self.today = today
        self._merits: Merits | None = None

    def _merits_for(self, columns: Columns, need: Need) -> Merits:
        """How able models are as a need asks: the last answer's, where only the work is another one now."""
        # What its work asks of a model tells whether it is about text, whatever there is of it.
        must = (*need.must, *abilities_for(need.work, need.kind))
        asked, last = replace(need, work=NO_WORK, must=must), self._merits
        if last is None or last.columns is not columns or last.need != asked:
            self._merits = last = Merits(columns, asked, self.abilities)
        return last

    @cached_property
    def own(self) -> Columns:
        """What runs on a machine of the reader's own; who else serves it is to be fallen back on."""
        return Columns(on_own_machines(self.columns.catalog), self.columns.catalog)

    def _judgement(self, need: Need, observed: Mapping[str, Decimal | None]) -> Judgement:
        """The need put to what it looks at, without what its kind of model cannot have."""
        need, idle = without_idle(need)
        columns = self.own if need.on_own_machine else self.columns
        judgement = Judgement(columns, need, self.today, self._merits_for(columns, need), observed)
        judgement.idle = idle
        return judgement

    def answer(
        self, need: Need, *, flips: int = FLIPS, observed: Mapping[str, Decimal | None] = MappingProxyType({})
    ) -> Answer:
        """The shortlist for a need; flip points between the first `flips` models of it.

        `observed` are models that the reader has run on cases of their own, with the output tokens that they
        are billed by: apart from the shortlist, and public tests of them count for nothing.
        """
        judgement = self._judgement(need, observed)
        need, columns = judgement.need, judgement.columns
        bills, left = judgement.bills, columns.everyone
        eliminated, left_out = dict[str, int](), dict[str, int]()
        masks = _masks(judgement)
        for name, mask in masks:
            left = _sift(left, name, mask, judgement, eliminated)
        judged = len(masks)  # what is out already needs no bill, unless it is asked what would help
        for name in bills.budgets:
            masks.append((name, bills.within(name, left)))
            left = _sift(left, *masks[-1], judgement, eliminated)
        # What nobody asked for goes last, so that it counts those that would be in the answer without it.
        floor = [(c.name, columns.mask(c)) for c in judgement.floor]
        for name, mask in floor:
            left = _sift(left, name, mask, judgement, left_out)
        unsaid = reduce(or_, (mask.unknown for name, mask in masks if name in judgement.asks), 0)
        to_ask, left = left & unsaid, left & ~unsaid
        left = _announced(left, masks, need, eliminated)
        apart, unplaced, left = _set_apart(left, judgement, dict(masks))
        nobody = not (left or apart)
        if nobody:
            masks[judged:] = [(name, bills.within(name, columns.everyone)) for name in bills.budgets]
        judgement.below = _below(eliminated.get(ABLE, 0), floor, unsaid, judgement)
        masks += floor
        judgement.masks = masks
        ways = fewest(judgement) if nobody else {}
        counted = judgement.weighing(left)
        rows = rows_of(counted)
        unknown = [m.unknown for name, m in masks if name not in ENDINGS]
        ranked = Candidates(judgement.ranking.ranked(rows, unknown), judgement)
        leaders = ranked.of_each_model()
        return Answer(
            need=need,
            ranked=ranked,
            leaders=leaders,
            eliminated={name: Candidates(out, judgement) for name, out in sorted(eliminated.items())},
            left_out={name: Candidates(out, judgement) for name, out in left_out.items()},
            to_ask=Candidates(judgement.ranking.ranked(rows_of(to_ask), unknown), judgement),
            untested=Candidates(
                judgement.ranking.ranked(rows_of(unplaced | left & ~counted), unknown), judgement
            ),
            observed=Candidates(apart, judgement),
            front=frozenset(columns.keys[row] for row in judgement.front(rows)),
            flips=tuple(judgement.flips(leaders[:flips])),
            unscored=sum(judgement.scores[row] is None for row in rows) if need.benchmark else 0,
            spread=tuple(_spread(ranked, need.max_share)),
            conflict=conflict(judgement) if nobody else (),
            relaxations={names: len(rows) for names, rows in ways.items()},
            enough={names: enough(judgement, names, rows) for names, rows in ways.items()},
            unknown=_counted({name: (mask.unknown & left).bit_count() for name, mask in masks}),
            judgement=judgement,
        )


def _masks(judgement: Judgement) -> list[tuple[str, Mask]]:
    """The constraints' verdicts, in the order in which they eliminate, budgets and the floor aside."""
    need, columns = judgement.need, judgement.columns
    masks = [(c.name, columns.mask(c)) for c in judgement.constraints]
    if need.min_score is not None:
        masks.append(("benchmark", judgement.good_enough()))
    # Where nothing at all is tested, nothing can be asked of it.
    if need.able and judgement.merits.tested:
        able = judgement.merits.able_enough
        spared = ~judgement.observed
        masks.append((ABLE, Mask(no=able.no & spared, unknown=able.unknown & spared)))
    return masks


def _below(rows: int, floor: list[tuple[str, Mask]], unsaid: int, judgement: Judgement) -> int:
    """Of the rows that are not able enough those that meet all else."""
    for name, mask in floor:
        rows = _sift(rows, name, mask, judgement, {})
    return rows & ~unsaid


def _announced(left: int, masks: list[tuple[str, Mask]], need: Need, eliminated: dict[str, int]) -> int:
    """Who is left where an announced end is asked: the unannounced will do where nobody says any."""
    if need.keep_unknown or not need.min_days:
        return left
    unannounced = left & dict(masks)["still lives"].unknown
    return _sift_out(left, "still lives", unannounced, eliminated) if left & ~unannounced else left


def _set_apart(left: int, judgement: Judgement, masks: Mapping[str, Mask]) -> tuple[int, int, int]:
    """Those that the reader has run, those that nothing public places, and who is left without them.

    Where it is asked how able a model must be, and nothing public says that of anybody left, none of them is
    an answer: the tested ones are out for less, and an untested one is not known to be more.
    """
    apart, left = left & judgement.observed, left & ~judgement.observed
    able = masks.get(ABLE)
    if able is None or judgement.merits.least is None or left & ~able.unknown:
        return apart, 0, left
    judgement.unmet |= {ABLE}
    return apart, left, 0


def _sift_out(left: int, name: str, out: int, eliminated: dict[str, int]) -> int:
    """Who is left without some more that a constraint puts out."""
    if out:
        eliminated[name] = eliminated.get(name, 0) | out
    return left & ~out


def _sift(left: int, name: str, mask: Mask, judgement: Judgement, eliminated: dict[str, int]) -> int:
    """Who is left after one constraint; what a provider has to be asked stays in until the end."""
    need = judgement.need
    # Half a year is how long before most vendors announce an end: longer, the unannounced is unknown.
    foreseen = name in ENDINGS and (need.min_days or 0) <= SOON
    keeps = need.keep_unknown or name in judgement.asks or foreseen
    out = left & (mask.no if keeps else mask.no | mask.unknown)
    if out:
        eliminated[name] = out
    return left & ~out


def _spread(ranked: Candidates, most: Decimal) -> Iterator[Share]:
    """The requests shared out, the best first, so that no lab answers more than its share."""
    if most >= 1:
        return
    parts: list[Share] = []
    labs: set[str] = set()
    left = Decimal(1)
    for place, key in enumerate(ranked.keys):
        lab = key.split("/")[2]
        if lab in labs:
            continue
        labs.add(lab)
        share = min(most, left)
        parts.append(Share(share=share, candidate=ranked[place]))
        left -= share
        if not left:
            yield from parts
            return


def _counted(counts: Mapping[str, int]) -> Mapping[str, int]:
    return dict(sorted(((k, n) for k, n in counts.items() if n), key=lambda c: (-c[1], c[0])))
