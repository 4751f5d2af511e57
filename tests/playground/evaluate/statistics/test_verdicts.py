"""What is said of an evaluation: no winner that the data can't tell, and nothing missing is dropped."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from pathlib import Path

import pytest

from playground.evaluate.statistics import (
    WINNER_LEVEL,
    Compared,
    OutcomeError,
    Outcomes,
    all_pairs,
    cost_per_accepted,
    difference,
    pass_all,
    pass_at,
    pass_rate,
    settling,
    spread,
    verdict,
)
from playground.evaluate.statistics.sentence import dollars

type Row = list[float | None]


def model(name: str, rows: list[Row], dollar: str | None = None) -> Outcomes:
    scores = {f"case {i}": row for i, row in enumerate(rows)}
    each = None if dollar is None else Decimal(dollar)
    return Outcomes(
        model=name, scores=scores, costs={case: [each] * len(row) for case, row in scores.items()}
    )


def passing(passed: int, cases: int) -> list[Row]:
    return [[1.0 if i < passed else 0.0] for i in range(cases)]


def only(*models: Outcomes) -> str:
    (comparison,) = verdict(models).comparisons
    return comparison.sentence


def test_a_winner_is_named_with_points_interval_and_costs() -> None:
    a, b = model("A", passing(86, 100), "0.0018"), model("B", passing(74, 100), "0.0006")
    assert (
        only(a, b)
        == only(b, a)
        == (
            "A beats B on your cases: 12 points, 95 % interval 5 to 19; "
            "cost for each accepted answer $0.0021 against $0.00081."
        )
    )
    assert verdict([a, b]).headline == only(a, b)


def test_where_the_cases_cannot_tell_the_sentence_says_what_would_settle_it() -> None:
    a, b = model("A", passing(15, 20)), model("B", passing(12, 20))
    (one,) = verdict([a, b]).comparisons
    assert one.pair.winner is None
    start = "Your 20 cases can't tell A from B: A is ahead by 15 points, 95 % interval −7 to 37. "
    end = r"If that difference holds, about (20|30|40) more cases would tell them apart \(8 times in 10\)\."
    assert re.fullmatch(re.escape(start) + end, one.sentence)
    assert "beats" not in one.sentence


def test_equal_models_have_no_winner_and_the_sentence_says_what_these_cases_could_tell() -> None:
    text = only(model("A", passing(30, 60)), model("B", passing(30, 60)))
    assert text.startswith("Your 60 cases can't tell A from B: no difference, 95 % interval −5 to 5.")
    assert text.endswith("So many cases tell models apart that differ by 7 points or more.")


def test_missing_answers_are_counted_both_ways() -> None:
    whole, gaps = passing(80, 100), [*passing(80, 100)[10:], *[[None]] * 10]
    rate = pass_rate(model("A", gaps))
    assert (rate.estimate, rate.cases, rate.asked, rate.missing) == (70 / 90, 100, 100, 10)
    worst, best = pass_rate(model("A", passing(70, 100))), pass_rate(model("A", passing(80, 100)))
    assert (rate.low, rate.high) == (worst.low, best.high)
    one = difference(model("A", gaps), model("B", whole))
    assert one.missing == 10
    assert one.low < one.high - 0.1
    text = only(model("A", gaps), model("B", passing(50, 100)))
    assert "10 of 200 answers are missing and counted both ways" in text


def test_no_winner_is_named_that_missing_answers_could_change() -> None:
    """All judged answers are for A, and so many are missing that B could have had as many."""
    a = model("A", [[1.0]] * 12 + [[None]] * 12)
    b = model("B", [[0.0]] * 24)
    assert all_pairs([a, b])[0].winner == "A"
    half = model("B", [[0.0]] * 12 + [[None]] * 12)
    (pair,) = all_pairs([a, half])
    assert (pair.winner, pair.difference.p) == (None, 1.0)
    assert "get these first" in only(a, half)


def test_a_case_that_one_model_was_never_asked_is_missing_there() -> None:
    short = Outcomes(model="B", scores={"case 0": [0.0]})
    one = difference(model("A", [[1.0]] * 3), short)
    assert (one.cases, one.asked, one.missing, one.each) == (3, 6, 2, ((1.0, 0.0),))


def test_repeats_of_a_case_do_not_pass_for_cases() -> None:
    once, tenfold = model("A", passing(15, 20)), model("A", [row * 10 for row in passing(15, 20)])
    one, ten = pass_rate(once), pass_rate(tenfold)
    assert (ten.low, ten.high) == pytest.approx((one.low, one.high), abs=1e-12)
    mixed = pass_rate(model("A", [[1.0, 1.0, 1.0, 0.0]] * 20))
    assert mixed.high - mixed.low < one.high - one.low
    b = passing(11, 20)
    alike = [difference(x, model("B", rows)) for x, rows in ((once, b), (tenfold, [r * 10 for r in b]))]
    assert alike[0].p == pytest.approx(alike[1].p, abs=1e-12)


def test_many_pairs_need_a_clearer_difference() -> None:
    rows = {"A": 34, "B": 27, "C": 27, "D": 27, "E": 27}
    models = [model(name, passing(n, 40)) for name, n in rows.items()]
    assert all_pairs(models[:2])[0].winner == "A"
    pairs = all_pairs(models)
    assert len(pairs) == 10
    assert pairs[0].corrected_p == pytest.approx(10 * pairs[0].difference.p)


def test_the_headline_of_several_models_claims_no_more_than_its_pairs() -> None:
    a, b, c = (model(n, passing(k, 100)) for n, k in (("A", 95), ("B", 70), ("C", 40)))
    assert verdict([a, b, c]).headline == "A beats all 2 others on your cases."
    twin = model("A2", passing(95, 100))
    assert verdict([a, twin, c]).headline == (
        "Your cases can't tell A and A2 apart; each of the others is beaten by another model."
    )
    assert verdict([a, twin, model("A3", passing(94, 100))]).headline == (
        "Your cases can't tell any of A, A2 and A3 apart."
    )


def test_prompts_of_one_model_are_told_apart_by_their_names_and_the_model_is_named_once() -> None:
    a, b, c = (model(n, passing(k, 100)) for n, k in (("“A”", 95), ("“B”", 70), ("“C”", 40)))
    prompts = Compared(model="m")
    assert verdict([a, b], prompts).headline == (
        "“A” beats “B” on your cases with m: 25 points, 95 % interval 16 to 34."
    )
    assert verdict([a, b, c], prompts).headline == "“A” beats all 2 others on your cases with m."
    twin = model("“A2”", passing(95, 100))
    assert verdict([a, twin, c], prompts).headline == (
        "Your cases can't tell “A” and “A2” apart with m; each of the others is beaten by another prompt."
    )


def test_recorded_cases_are_none_of_the_readers() -> None:
    a, b = model("A", passing(15, 20), "0"), model("B", passing(12, 20), "0")
    open_ = verdict([a, b], Compared(recorded=True)).headline
    assert open_.startswith("These 20 recorded cases can't tell A from B: A is ahead by 15 points")
    assert "$0" not in open_  # nobody wins by what is free
    won = verdict([model("A", passing(95, 100)), b100()], Compared(recorded=True)).headline
    assert won.startswith("A beats B on these recorded cases: ")


def b100() -> Outcomes:
    return model("B", passing(40, 100))


def test_one_case_and_no_answer_say_nothing() -> None:
    one = difference(model("A", [[1.0]]), model("B", [[0.0]]))
    assert (one.low, one.high, one.p) == (-1, 1, 1)
    assert only(model("A", [[1.0]]), model("B", [[0.0]])).endswith(
        "So few cases tell no models apart: add cases."
    )
    nothing = pass_rate(model("A", [[None], [None]]))
    assert (nothing.estimate, nothing.low, nothing.high) == (None, 0, 1)
    text = only(model("A", [[None], [None]]), model("B", [[1.0], [0.0]]))
    assert text.startswith("A and B cannot be compared yet: no case has a judged answer of both.")


def test_scores_between_pass_and_fail_have_an_interval_too() -> None:
    rows: list[Row] = [[0.6 + 0.01 * (i % 7)] for i in range(50)]
    rate = pass_rate(model("A", rows))
    assert rate.estimate is not None
    assert rate.low < rate.estimate < rate.high
    assert rate.high - rate.low < 0.05
    assert all_pairs([model("A", rows), model("B", [[0.5]] * 50)])[0].winner == "A"


def test_pass_at_k_counts_missing_repeats_both_ways_and_needs_k_of_them() -> None:
    one = model("A", [[1.0, None, 0.0]] * 5)
    assert pass_at(one, 2).estimate == 1
    assert (pass_all(one, 2).estimate, pass_all(one, 2).missing) == (0, 5)
    assert pass_all(one, 2).high > 0.4
    with pytest.raises(OutcomeError, match=r"A, case case 0 has 3 repeats; k is 4\. Ask for k from 1 to 3"):
        pass_at(one, 4)


def test_answers_that_never_differ_between_repeats_are_no_spread() -> None:
    one = spread(model("A", [[1.0, 1.0], [0.0, 0.0]]))
    assert one
    assert (one.mixed, one.agreement, one.run_deviation) == (0, 1, 0)
    assert spread(model("A", passing(3, 5))) is None


def test_more_repeats_are_proposed_where_they_alone_would_settle_it() -> None:
    """Each case passes about every second time: what is uncertain is chance within cases."""
    rows_a: list[Row] = [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 0.0]] * 8
    rows_b: list[Row] = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]] * 8
    a, b = model("A", rows_a), model("B", rows_b)
    needed = settling(difference(a, b), a, b)
    assert needed.repeats is not None
    assert needed.repeats > 0


def test_failed_answers_are_paid_for_too() -> None:
    one = cost_per_accepted(model("A", passing(50, 100), "0.002"))
    assert (one.estimate, one.accepted, one.paid) == (Decimal("0.004"), 50, Decimal("0.2"))
    rate = pass_rate(model("A", passing(50, 100)))
    assert one.low is not None
    assert one.high is not None
    assert float(one.low) == pytest.approx(0.002 / rate.high)
    assert float(one.high) == pytest.approx(0.002 / rate.low)


def test_without_an_accepted_answer_or_a_known_cost_there_is_no_cost_of_one() -> None:
    none = cost_per_accepted(model("A", passing(0, 30), "0.01"))
    assert (none.estimate, none.high, none.paid) == (None, None, Decimal("0.30"))
    assert none.low is not None
    assert float(none.low) == pytest.approx(0.01 / pass_rate(model("A", passing(0, 30))).high)
    unknown = cost_per_accepted(model("A", passing(9, 30)))
    assert (unknown.estimate, unknown.low, unknown.high, unknown.unknown) == (None, None, None, 30)
    free = cost_per_accepted(model("A", passing(9, 30), "0"))
    assert (free.estimate, free.low, free.high) == (0, 0, 0)
    text = only(model("A", passing(0, 30), "0.01"), model("B", passing(9, 30), "0.01"))
    assert "cost for each accepted answer $0.033 against none accepted for $0.30" in text
    single = cost_per_accepted(model("A", [[1.0]], "0.01"))
    assert (single.estimate, single.low, single.high) == (Decimal("0.01"), 0, None)


@pytest.mark.parametrize(
    ("scores", "costs", "message"),
    [
        ({}, {}, "A: no case was given"),
        ({"x": []}, {}, "A, case x: no repeat"),
        ({"x": [1.5]}, {}, "A, case x: a score is 1.5; it must be from 0 to 1"),
        ({"x": [math.nan]}, {}, "A, case x: a score is nan"),
        ({"x": [1.0]}, {"x": [Decimal(1), Decimal(2)]}, "A, case x: 2 costs for 1 scores"),
        ({"x": [1.0]}, {"y": [Decimal(1)]}, "A, case y: 1 costs for 0 scores"),
        ({"x": [1.0]}, {"x": [Decimal(-1)]}, "A, case x: a cost is -1"),
    ],
)
def test_outcomes_that_make_no_sense_are_refused(scores: object, costs: object, message: str) -> None:
    with pytest.raises(OutcomeError, match=message):
        Outcomes(model="A", scores=scores, costs=costs)  # type: ignore[arg-type]


def test_two_models_of_one_name_are_refused() -> None:
    with pytest.raises(OutcomeError, match="two sets of outcomes are called A"):
        verdict([model("A", passing(1, 2)), model("A", passing(2, 2))])


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.002134", "$0.0021"),
        *((text, "$0.0008") for text in ("0.0008", "0.00080", "0.000800", "8E-4")),
        ("0.00000004", "$0.00000004"),
        ("0.05", "$0.05"),
        ("0.0999", "$0.10"),
        ("0", "$0"),
        ("0.5", "$0.50"),
        ("1234.5", "$1,234.50"),
    ],
)
def test_dollars_have_two_digits_that_count(amount: str, text: str) -> None:
    assert dollars(Decimal(amount)) == text


def test_the_method_page_has_the_level_at_which_a_winner_is_named() -> None:
    text = Path("generator/pages/templates/site/method.md.j2").read_text("utf-8")
    assert f"at most {WINNER_LEVEL * 100:g} of 100 evaluations" in text
