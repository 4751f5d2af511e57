"""Student's t distribution and what it is made of; the normal distribution is in `statistics.NormalDist`.

Accurate to 1e-12: tests compare with scipy.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

NORMAL = NormalDist()
#: Where the continued fraction would divide by zero.
TINY = 1e-300


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b), the regularized incomplete beta function, for a and b above 0 and x from 0 to 1."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    # The fraction converges fast on one side of the mean; the other side follows by symmetry.
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    log_front = a * math.log(x) + b * math.log1p(-x) - _log_beta(a, b)
    return math.exp(log_front) * _fraction(a, b, x) / a


def _log_beta(a: float, b: float) -> float:
    small, large = sorted((a, b))
    if large < 50:
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    # Two large values of lgamma would take each other's digits; Stirling's series is subtracted term by term.
    apart = (0.5 - large) * math.log1p(small / large) - small * math.log(a + b) + small
    return math.lgamma(small) + apart + _stirling(large) - _stirling(a + b)


def _stirling(x: float) -> float:
    """What Stirling's series adds to the leading terms of lgamma; 1e-16 from 50 on (DLMF 5.11.1)."""
    return (1 - (1 / 30 - (1 / 105 - 1 / (140 * x * x)) / (x * x)) / (x * x)) / (12 * x)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or TINY)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / (1 + step * d or TINY)
            c = 1 + step / c or TINY
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def t_two_sided(t: float, freedom: float) -> float:
    """The probability that Student's t with so many degrees of freedom is as far from 0 as `t` or farther."""
    if math.isinf(t):
        return 0.0
    if t * t < 1:
        # Near the middle the tail is nearly 1, and what it lacks of that has more digits.
        return 1 - incomplete_beta(0.5, freedom / 2, t * t / (freedom + t * t))
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


@lru_cache(maxsize=256)
def t_critical(probability: float, freedom: float) -> float:
    """The t from which on `t_two_sided` is at most `probability` (0.05 → 2.26 with 9 degrees of freedom)."""
    low, high = 0.0, 2.0
    while t_two_sided(high, freedom) > probability:
        low, high = high, high * 2
    # Newton's steps from inside the bracket; a step that leaves it is halved instead.
    log_density = -_log_beta(freedom / 2, 0.5) - math.log(freedom) / 2
    t = (low + high) / 2
    for _ in range(200):
        off = t_two_sided(t, freedom) - probability
        low, high = (t, high) if off > 0 else (low, t)
        slope = 2 * math.exp(log_density - (freedom + 1) / 2 * math.log1p(t * t / freedom))
        step = t + off / slope if slope > 0 else high
        step = step if low < step < high else (low + high) / 2
        if abs(step - t) <= 1e-15 * step:
            return step
        t = step
    return t
