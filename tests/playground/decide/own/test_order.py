"""The rule by which results of own cases are ordered, and that public ability has no say in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from playground.ability import Abilities
from playground.ability.ability import Interval
from playground.decide.chooser import Chooser
from playground.decide.own.evidence import Own, identified, own_answer
from playground.decide.own.floor import Meets, apart, meets, ordered
from playground.need.reader import read_need
from playground.observed.observed import Observation
from tests.catalogs import abilities
from tests.playground.observed.results import result, results
from tests.projects import few
from tests.rounds import rounds

shares = st.integers(0, 100).map(lambda n: n / 100)


@st.composite
def observations(draw: st.DrawFn) -> list[Observation]:
    made = []
    for n in range(draw(st.integers(1, 8))):
        low, high = sorted((draw(shares), draw(shares)))
        cost = draw(st.none() | st.integers(0, 50).map(lambda c: str(Decimal(c) / 1000)))
        made.append(result(f"m{n}", low=low, high=high, cost=cost))
    return made


@given(observations(), shares, st.randoms(use_true_random=False))
def test_a_model_surely_under_the_floor_is_never_first(
    given_: list[Observation], floor: float, random: Random
) -> None:
    order = ordered(given_, floor)
    assert sorted(o.name for o in (*order.eligible, *order.under)) == sorted(o.name for o in given_)
    assert all(one.rate.high < floor for one in order.under)
    assert all(one.rate.high >= floor for one in order.eligible)
    # Surely before perhaps; among each the cheaper accepted answer first, an unknown cost last.
    ranks = [
        (meets(o.rate, floor) is Meets.PERHAPS, o.cost.estimate is None, o.cost.estimate or Decimal(0))
        for o in order.eligible
    ]
    assert ranks == sorted(ranks)
    random.shuffle(given_)
    assert ordered(given_, floor) == order


def test_the_floor_counts_by_the_interval() -> None:
    rate = result("a", low=0.7, high=0.9).rate
    assert [meets(rate, floor) for floor in (0, 0.7, 0.71, 0.9, 0.91)] == [
        Meets.SURELY,
        Meets.SURELY,
        Meets.PERHAPS,
        Meets.PERHAPS,
        Meets.NOT,
    ]


def test_an_order_by_cost_is_sure_where_intervals_are_apart() -> None:
    a, b = result("a", cost="0.001", spread="0.0004"), result("b", cost="0.002", spread="0.0004")
    assert apart(a, b)
    assert apart(b, a)
    assert not apart(a, result("b", cost="0.0015", spread="0.0004"))
    assert not apart(a, result("b", cost=None))


TODAY = date(2026, 11, 28)
CATALOG = few()
NEEDS = [{}, {"quality": "9"}, {"able": "hard"}, {"accepted": "true", "task": "code"}, {"cost": "0"}]


def turned(known: Abilities) -> Abilities:
    """The same models, the best now the worst."""

    def of(at: Interval | None) -> Interval | None:
        return at and Interval(low=-at.high, middle=-at.middle, high=-at.low)

    return replace(
        known, models={name: replace(one, general=of(one.general)) for name, one in known.models.items()}
    )


CHOOSERS = [Chooser(CATALOG, TODAY, known) for known in (abilities(), turned(abilities()), Abilities())]


USUAL = CHOOSERS[0].answer(read_need({}, CATALOG)[0])
#: Models that meet the usual need, and so have a place in most answers.
LEFT = sorted({c.offering.model for c in (*USUAL.leaders[:30], *USUAL.untested.of_each_model()[:20])})


# An answer takes long enough that shrinking one would take minutes.
@settings(max_examples=len(rounds(25, 6)), phases=[Phase.generate])
@given(st.data())
def test_public_ability_has_no_say_among_models_with_own_cases(data: st.DataObject) -> None:
    parts = data.draw(st.sampled_from(NEEDS))
    models = sorted(data.draw(st.sets(st.sampled_from(LEFT), min_size=2, max_size=5)))
    made = []
    for model in models:
        low, high = sorted((data.draw(shares), data.draw(shares)))
        cost = str(Decimal(data.draw(st.integers(1, 50))) / 1000)
        made.append(result(model, model=model, low=low, high=high, cost=cost))
    own = Own(observed=results(*made), floor=data.draw(shares))
    answers = []
    for chooser in CHOOSERS:
        need, faults = read_need(parts, CATALOG)
        assert not faults
        answer = chooser.answer(need, observed=own.outputs)
        assert not own.outputs.keys() & {c.offering.model for c in (*answer.ranked, *answer.untested)}
        mine = own_answer(answer, own, {})
        answers.append(
            [
                [(s.observation.name, s.candidate.offering.key, s.meets) for s in group]
                for group in (mine.standings, mine.under)
            ]
        )
    assert any(answers[0])
    assert answers[0] == answers[1] == answers[2]
    left = [one for one in made if one.name in {name for group in answers[0] for name, *_ in group}]
    assert [name for name, *_ in answers[0][0]] == [o.name for o in ordered(left, own.floor).eligible]


def test_a_result_without_a_model_is_of_the_one_that_its_id_calls() -> None:
    key, other = next((a, b) for a in CATALOG.offerings for b in CATALOG.offerings if a.model != b.model)
    calls = {key.key: "gateway:same", other.key: "openai:only"}
    observed = results(
        result("x", called="only"), result("y", called="same"), result("z", called=other.model), result("?")
    )
    assert [one.model for one in identified(observed, CATALOG, calls).observations] == [
        other.model,
        key.model,
        other.model,
        "",
    ]
    both = {key.key: "a:same", other.key: "b:same"}
    assert identified(observed, CATALOG, both).observations[1].model == ""
    lying = results(result("x", called="", model="no/such"))
    assert identified(lying, CATALOG, calls).observations[0].model == ""
