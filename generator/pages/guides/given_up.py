"""What saving costs: the smaller model in place of the larger one, and a lower effort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from generator.pages.guides.markdown import markdown_table
from generator.pages.guides.open_tests import exactly, open_tests, solved
from generator.views.verdicts.market import Market
from generator.views.verdicts.picks import ABLE, LABS
from playground.ability import Proof
from playground.catalog import Offering
from playground.pricing.cost import monthly
from playground.pricing.money import usd
from playground.pricing.price_changes import price_changes, with_changes
from playground.versus.month import USUAL_WORK, work_text

#: How able a model is whose effort is spoken of: as the models that are known well are on average.
USUAL_ABILITY = 0.0
#: Efforts as they are spoken of; low and medium are too near each other in the scores to be told apart.
EFFORTS = (
    (("none",), "without reasoning"),
    (("low", "medium"), "at low or medium effort"),
    (("max",), "at the highest effort"),
)


def smaller_models(market: Market) -> str:
    """For each lab its ablest by price, its cheapest able one, what that saves and what it gives up."""
    rows = [row for lab in LABS if (row := _row(market, lab))]
    heads = ["In place of", "Take", "A month", "Saved", "Expected to solve of the tests here"]
    note = f"A month is {work_text(USUAL_WORK)}, at the prices announced last."
    return f"{markdown_table(heads, rows, left=2)}\n\n{note}"


def _row(market: Market, lab: str) -> list[str] | None:
    sold = market.at(*LABS[lab], lab)
    large, small = market.large(sold), market.small(sold, ABLE)
    tests = open_tests(market.abilities)
    if large is None or small is None or large == small or not tests:
        return None
    cost = [_month(o, market.day) for o in (large, small)]
    if cost[0] is None or cost[1] is None or cost[1] >= cost[0]:
        return None
    share = [solved(tests, known) for o in (large, small) if (known := market.abilities.of(o.model).general)]
    claimed = " (by its maker’s claims alone)" if _claimed(market, small) else ""
    return [
        market.name(large),
        market.name(small),
        f"{usd(cost[1])}, not {usd(cost[0])}",
        f"{100 * (1 - cost[1] / cost[0]):.0f} %",
        f"{share[1]:.0f} %, not {share[0]:.0f} %{claimed}{_apart(market, large, small)}",
    ]


def _apart(market: Market, large: Offering, small: Offering) -> str:
    odds = market.abilities.better(large.model, small.model)
    if odds is None or not market.abilities.surely_better(large.model, small.model):
        return "; tests do not tell them apart"
    return f"; less able with {min(round(100 * odds), 99)} % probability"


def _claimed(market: Market, offering: Offering) -> bool:
    return market.abilities.of(offering.model).proof == Proof.CLAIMED


def _month(offering: Offering, day: date) -> Decimal | None:
    """A month at the prices announced last."""
    then = with_changes(offering, price_changes(offering, day))
    bill = monthly(USUAL_WORK, then.sound_prices)
    return bill.usd if bill else None


def lower_effort(market: Market) -> str:
    """What a lower effort gives up, fitted over all scores that state theirs."""
    parts = [part for efforts, phrase in EFFORTS if (part := _lost(market, efforts, phrase))]
    return f"Next to high effort a model solves {'; '.join(parts)}." if parts else ""


def _lost(market: Market, efforts: Sequence[str], phrase: str) -> str:
    """`8 to 10 points of a hundred fewer at low or medium effort`; empty where the fit knows none of them."""
    tests = open_tests(market.abilities)
    known = [logits for effort in efforts if (logits := market.abilities.efforts.get(effort)) is not None]
    if not tests or not known:
        return ""
    high = solved(tests, exactly(USUAL_ABILITY))
    points = [solved(tests, exactly(USUAL_ABILITY), logits) - high for logits in known]
    span = sorted({round(abs(p)) for p in points})
    more = "more" if min(points) > 0 else "fewer"
    return f"{' to '.join(map(str, span))} points of a hundred {more} {phrase}"
