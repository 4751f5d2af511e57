"""What an evaluation's outcomes say, with error bars, in the standard library alone: it runs in the page.

`verdict(models)` is what a page shows: who beats whom by how much, or that the cases can't tell and what
would settle it. It is made of `all_pairs` (`difference` of each pair, corrected), `cost_per_accepted` and
`settling`; `pass_rate`, `pass_at`, `pass_all` and `spread` say of one model how it did. All begin with
`Outcomes`: what became of a model's answers, case by case and repeat by repeat. Every interval is of 95 %.

A missing answer is None in the outcomes and is never dropped: intervals hold whatever it would have been.
Cases are taken to be independent, and drawn from all cases that the reader has in mind.
"""

from playground.evaluate.statistics.cost import CostPerAccepted as CostPerAccepted
from playground.evaluate.statistics.cost import cost_per_accepted as cost_per_accepted
from playground.evaluate.statistics.many import WINNER_LEVEL as WINNER_LEVEL
from playground.evaluate.statistics.many import Pair as Pair
from playground.evaluate.statistics.many import all_pairs as all_pairs
from playground.evaluate.statistics.outcomes import OutcomeError as OutcomeError
from playground.evaluate.statistics.outcomes import Outcomes as Outcomes
from playground.evaluate.statistics.paired import Difference as Difference
from playground.evaluate.statistics.paired import difference as difference
from playground.evaluate.statistics.power import Plan as Plan
from playground.evaluate.statistics.power import Settling as Settling
from playground.evaluate.statistics.power import settling as settling
from playground.evaluate.statistics.power import winner_chance as winner_chance
from playground.evaluate.statistics.rate import Rate as Rate
from playground.evaluate.statistics.rate import pass_rate as pass_rate
from playground.evaluate.statistics.repeats import Spread as Spread
from playground.evaluate.statistics.repeats import pass_all as pass_all
from playground.evaluate.statistics.repeats import pass_at as pass_at
from playground.evaluate.statistics.repeats import spread as spread
from playground.evaluate.statistics.sentence import Compared as Compared
from playground.evaluate.statistics.sentence import Comparison as Comparison
from playground.evaluate.statistics.sentence import Verdict as Verdict
from playground.evaluate.statistics.sentence import verdict as verdict
