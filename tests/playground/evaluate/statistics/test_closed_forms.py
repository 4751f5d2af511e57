"""Each closed form against the libraries that others judge by, to 1e-9 or better.

These are imported by the tests that ask them: they take seconds to load, and every worker reads every file.
"""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest

from playground.evaluate.statistics import Outcomes, difference, pass_all, pass_at, pass_rate, spread
from playground.evaluate.statistics.distributions import incomplete_beta, t_critical, t_two_sided
from playground.evaluate.statistics.many import holm
from playground.evaluate.statistics.outcomes import squares
from playground.evaluate.statistics.paired import ahead, compared, error_of, square_and_add
from playground.evaluate.statistics.power import normal_cases
from playground.evaluate.statistics.rate import Z, effective_cases, wilson
from playground.evaluate.statistics.repeats import noise


def outcomes(rows: list[list[int]], model: str = "A") -> Outcomes:
    return Outcomes(model=model, scores={str(i): row for i, row in enumerate(rows)})


def drawn(seed: int, cases: int, repeats: int, a: float = 3, b: float = 1) -> list[list[int]]:
    draw = Random(seed)
    rates = [draw.betavariate(a, b) for _ in range(cases)]
    return [[int(draw.random() < p) for _ in range(repeats)] for p in rates]


def flat(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """All answers, and the case of each."""
    return np.array(rows, float).ravel(), np.repeat(np.arange(len(rows)), len(rows[0]))


def test_the_incomplete_beta_function_is_scipys() -> None:
    from scipy import special

    shapes = (0.5, 1, 2.3, 10, 49.9, 50.1, 99.5, 1000)
    for a, b, x in product(shapes, shapes, (0, 1e-6, 0.01, 0.2, 0.5, 0.77, 0.99, 0.999999, 1)):
        assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), abs=1e-12)


FREEDOMS = (1, 2, 3, 4.5, 9, 19, 49, 199, 999, 9_999)


def test_students_t_is_scipys() -> None:
    from scipy import stats

    for t, freedom in product((0, 1e-3, 0.1, 0.99, 1, 2, 5, 30, -2), FREEDOMS):
        assert t_two_sided(t, freedom) == pytest.approx(2 * stats.t.sf(abs(t), freedom), abs=1e-12)
    assert t_two_sided(math.inf, 5) == 0
    for p, freedom in product((0.9, 0.5, 0.2, 0.05, 0.035, 0.001, 1e-6), FREEDOMS):
        assert t_critical(p, freedom) == pytest.approx(stats.t.isf(p / 2, freedom), rel=1e-11)


@pytest.mark.parametrize(
    ("passed", "cases"), [(0, 1), (0, 20), (1, 20), (7, 20), (20, 20), (499, 500), (1, 2)]
)
def test_with_one_repeat_a_rate_has_wilsons_interval(passed: int, cases: int) -> None:
    import errorbars
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint

    rate = pass_rate(outcomes([[int(i < passed)] for i in range(cases)]))
    assert (rate.low, rate.high) == pytest.approx(
        proportion_confint(passed, cases, method="wilson"), abs=1e-12
    )
    of_errorbars = errorbars.wilson_ci(passed, cases)
    assert (rate.low, rate.high) == pytest.approx((of_errorbars.ci_low, of_errorbars.ci_high), abs=1e-12)
    of_scipy = stats.binomtest(passed, cases).proportion_ci(method="wilson")
    assert (rate.low, rate.high) == pytest.approx((of_scipy.low, of_scipy.high), abs=1e-12)


@pytest.mark.parametrize(("cases", "repeats"), [(12, 2), (30, 5), (200, 10)])
def test_the_effective_number_of_cases_is_that_of_the_clustered_error(cases: int, repeats: int) -> None:
    import errorbars

    rows = drawn(cases, cases, repeats)
    answers, clusters = flat(rows)
    share = answers.mean()
    error = errorbars.cluster_robust_se(answers, clusters)
    part = cases * error**2 / (share * (1 - share))
    apart = min(
        (answers.reshape(cases, -1).mean(1) < 1).sum(), (answers.reshape(cases, -1).mean(1) > 0).sum()
    )
    expected = cases / max(part, 1 / repeats) ** (apart / (apart + 2))
    got = effective_cases(Counter(sum(row) / repeats for row in rows), share, 1 / repeats)
    assert got == pytest.approx(expected, rel=1e-9)
    rate = pass_rate(outcomes(rows))
    assert (rate.estimate, rate.low, rate.high) == pytest.approx((share, *wilson(share, expected)), abs=1e-9)


def t_interval(each: list[float], plain: float) -> tuple[float, float]:
    """The error with the added cases, and Student's p, written out with scipy."""
    from scipy import stats

    cases = len(each)
    departing = cases - np.unique(np.round(each, 9), return_counts=True)[1].max()
    size = min(1, float(np.var(each)) * cases / departing) ** (departing / (departing + 2))
    error = math.sqrt(plain**2 * cases * (cases - 1) + 2 * size) / cases
    return error, 2 * stats.t.sf(abs(np.mean(each)) / error, cases - 1)


@pytest.mark.parametrize(("cases", "repeats"), [(10, 1), (25, 3), (300, 4)])
def test_a_difference_is_the_clustered_one_with_two_cases_more(cases: int, repeats: int) -> None:
    from errorbars.compare import paired_compare
    from scipy import stats
    from statsmodels.regression.linear_model import OLS

    rows_a, rows_b = drawn(1, cases, repeats), drawn(2, cases, repeats, 2, 1)
    (a, clusters), (b, _) = flat(rows_a), flat(rows_b)
    of_errorbars = paired_compare(a, b, clusters)
    of_statsmodels = OLS(a - b, np.ones_like(a)).fit(cov_type="cluster", cov_kwds={"groups": clusters})
    means = [(sum(x) / repeats, sum(y) / repeats) for x, y in zip(rows_a, rows_b, strict=True)]
    each = [x - y for x, y in means]
    plain = math.sqrt(squares(each) / (cases - 1) / cases)
    assert plain == pytest.approx(of_errorbars.se_clustered, abs=1e-12)
    assert plain == pytest.approx(of_statsmodels.bse[0], abs=1e-12)
    error, p = t_interval(each, plain)
    assert error_of(Counter(means), float(np.mean(each))) == pytest.approx(error, abs=1e-9)
    one = difference(outcomes(rows_a, "A"), outcomes(rows_b, "B"))
    assert one.each == tuple(means)
    down, up = square_and_add(Counter(means), (1 / repeats, 1 / repeats))
    half = stats.t.ppf(0.975, cases - 1) * error
    by_rates = 2 * stats.norm.sf(Z * abs(one.estimate) / (down if one.estimate > 0 else up))
    assert (one.estimate, one.low, one.high, one.p) == pytest.approx(
        (
            float(np.mean(a - b)),
            np.mean(each) - max(half, down),
            min(1, np.mean(each) + max(half, up)),
            max(p, by_rates),
        ),
        abs=1e-9,
    )


def test_square_and_add_is_newcombes_method() -> None:
    """Method 10 without continuity correction, for the table 36, 12, 2, 0 (both, A alone, B alone, none)."""
    from statsmodels.stats.proportion import proportion_confint

    table = {(1.0, 1.0): 36, (1.0, 0.0): 12, (0.0, 1.0): 2, (0.0, 0.0): 0}
    (low_a, high_a), (low_b, high_b) = (proportion_confint(n, 50, method="wilson") for n in (48, 38))
    phi = (36 * 0 - 12 * 2) / math.sqrt(48 * 2 * 38 * 12)
    down = math.sqrt((0.96 - low_a) ** 2 - 2 * phi * (0.96 - low_a) * (high_b - 0.76) + (high_b - 0.76) ** 2)
    up = math.sqrt((high_a - 0.96) ** 2 - 2 * phi * (high_a - 0.96) * (0.76 - low_b) + (0.76 - low_b) ** 2)
    assert square_and_add(table, (1, 1)) == pytest.approx((down, up), abs=1e-9)


def test_with_many_cases_a_difference_is_that_of_errorbars() -> None:
    from errorbars.compare import paired_compare

    a, b = drawn(5, 2_000, 2), drawn(6, 2_000, 2)
    of_errorbars = paired_compare(*(flat(r)[0] for r in (a, b)), flat(a)[1])
    one = difference(outcomes(a), outcomes(b, "B"))
    assert (one.low, one.high) == pytest.approx(
        (of_errorbars.ci_low_clustered, of_errorbars.ci_high_clustered), abs=5e-4
    )


def test_an_added_case_differs_as_those_do_that_depart() -> None:
    differences = {(1.0, 0.0): 6, (0.0, 1.0): 2, (1.0, 1.0): 42}
    spread = 8 - 50 * 0.08**2
    assert error_of(differences, 0.08) ** 2 == pytest.approx((spread + 2 * (spread / 8) ** 0.8) / 50**2)
    steady = {(0.8, 0.5): 30, (0.9, 0.6): 20}
    assert error_of(steady, 0.3) == pytest.approx(math.sqrt(2) / 50)


def test_what_never_differs_still_has_an_interval() -> None:
    from scipy import stats

    one = compared({(1.0, 1.0): 20}, (1, 1))
    assert (one.middle, one.p) == (0, 1)
    # No case failed: each rate reaches down to Wilson's limit, and the other not at all.
    of_rates = 1 - wilson(1, 20)[0]
    of_cases = stats.t.ppf(0.975, 19) * math.sqrt(2) / 20
    assert one.high == -one.low == pytest.approx(max(of_rates, of_cases), abs=1e-9)


def test_who_is_ahead_is_what_p_says() -> None:
    draw = Random(7)
    seen = set()
    for _ in range(400):
        pairs = [(float(draw.random() < 0.8), float(draw.random() < 0.55)) for _ in range(30)]
        one, level = compared(Counter(pairs), (1, 1)), draw.choice((0.035, 0.2))
        expected = 0 if one.p > level else 1 if one.middle > 0 else -1
        assert ahead(Counter(pairs), (1, 1), level) == expected
        seen.add(expected)
    assert {0, 1} <= seen


@pytest.mark.parametrize("values", [[0.01], [0.04, 0.01, 0.03], [0.5, 0.9, 0.5, 0.001], [1.0, 1.0], []])
def test_holms_correction_is_that_of_statsmodels(values: list[float]) -> None:
    from statsmodels.stats.multitest import multipletests

    expected = multipletests(values, method="holm")[1] if values else []
    assert list(holm(values)) == pytest.approx(list(expected), abs=1e-12)


def test_pass_at_k_is_the_published_product() -> None:
    """The numerically stable form of Chen et al. (2021), and pass^k by counting draws."""
    rows = drawn(3, 40, 8, 1, 1)
    for k in (1, 2, 5, 8):
        chen = [1.0 if 8 - c < k else 1 - np.prod(1 - k / np.arange(8 - c + 1, 9)) for c in map(sum, rows)]
        assert pass_at(outcomes(rows), k).estimate == pytest.approx(np.mean(chen), abs=1e-12)
        exact = [Fraction(math.comb(sum(row), k), math.comb(8, k)) for row in rows]
        assert pass_all(outcomes(rows), k).estimate == pytest.approx(float(sum(exact) / 40), abs=1e-12)
    first = pass_at(outcomes(rows), 1)
    assert first == pass_rate(outcomes(rows)) == pass_all(outcomes(rows), 1)


def test_spread_between_repeats_is_the_variance_within_cases() -> None:
    import errorbars

    rows = drawn(4, 30, 5)
    within, _ = errorbars.within_between_variance(*flat(rows))
    one = spread(outcomes(rows))
    assert one
    assert one.agreement == pytest.approx(1 - 2 * within, abs=1e-12)
    assert one.run_deviation == pytest.approx(math.sqrt(within / 30), abs=1e-12)
    assert one.mixed == sum(0 < sum(row) < 5 for row in rows) / 30
    assert noise(outcomes(rows)) == pytest.approx(within / 5, abs=1e-12)


def test_the_cases_that_a_difference_needs_are_those_of_errorbars() -> None:
    """Adding Error Bars to Evals (arXiv 2411.00640), equation 9."""
    from errorbars.power import questions_needed

    expected = questions_needed(0.03, variance=1 / 6, alpha=0.05, power=0.8)
    assert math.ceil(normal_cases(0.03, math.sqrt(2 / 6), level=0.05)) == expected.n_questions == 2_907
