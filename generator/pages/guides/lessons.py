"""How to read scores, in plain sentences with figures from the fit: claims, effort, tests used up, votes."""

from __future__ import annotations

from itertools import combinations

from generator.pages.guides.given_up import USUAL_ABILITY, lower_effort
from generator.pages.guides.open_tests import exactly, open_tests, solved
from generator.views.figures import escape
from generator.views.verdicts.market import Market
from playground.ability import TIER_ODDS, Abilities, voted_better, with_votes

#: The category of votes that is about everything.
OVERALL = "Everything (overall)"
#: So many used-up tests are named.
NAMED = 6


def lessons(market: Market) -> str:
    """One line for each lesson that the fit has figures for."""
    abilities = with_votes(market.abilities, market.catalog.models.values())
    known = {
        "Claims": _claims(abilities),
        "Effort": lower_effort(market),
        "Used-up tests": _used_up(abilities),
        "Votes": _votes(abilities),
    }
    return "\n".join(f"- **{name}.** {text}" for name, text in known.items() if text)


def _claims(abilities: Abilities) -> str:
    if (above := abilities.claimed) is None or not (tests := open_tests(abilities)):
        return ""
    plain = solved(tests, exactly(USUAL_ABILITY))
    more = (above.low, above.middle, above.high)
    low, middle, high = (solved(tests, exactly(USUAL_ABILITY + x)) - plain for x in more)
    return (
        "What makers claim of their models stands above what others measure of the same ones by "
        f"{middle:.0f} points of a hundred (likely {low:.0f} to {high:.0f}): {above.middle:.1f} standard "
        "deviations of ability. The fit takes that off; a table of claims does not."
    )


def _used_up(abilities: Abilities) -> str:
    used = sorted((name for name, b in abilities.benchmarks.items() if b.used_up), key=str.casefold)
    if not used:
        return ""
    named = "; ".join(escape(name) for name in used[:NAMED]) + ("; and others" if len(used) > NAMED else "")
    return (
        f"{len(used)} of the {len(abilities.benchmarks)} tests of the fit tell little of the best models any "
        f"more, because their five best scores are above 90 % on average: {named}. There a point more tells "
        "next to nothing."
    )


def _votes(abilities: Abilities) -> str:
    """How often people prefer the one that tests put ahead."""
    tested = ((m, a) for m, a in abilities.models.items() if a.general and OVERALL in a.votes)
    rated = {m: a.votes[OVERALL].interval for m, a in tested}
    same = other = pairs = 0
    for one, two in combinations(sorted(rated), 2):
        odds = abilities.better(one, two)
        if odds is None or 1 - TIER_ODDS <= odds <= TIER_ODDS:
            continue
        able, less = (one, two) if odds > TIER_ODDS else (two, one)
        pairs += 1
        same += voted_better(rated[able], rated[less]) > TIER_ODDS
        other += voted_better(rated[less], rated[able]) > TIER_ODDS
    if not pairs:
        return ""
    return (
        f"Of {pairs:,} pairs of models that tests tell apart, people prefer the abler one in "
        f"{100 * same / pairs:.0f} % and the other in {100 * other / pairs:.0f} %; in the rest votes do not "
        "tell. They say what readers like, so here they never count as a test."
    )
