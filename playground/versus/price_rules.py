"""Rules about prices: what speaks for `x` against `y`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from playground.pricing.workload import INPUT
from playground.versus.month import NEAR
from playground.versus.sentence import FAR, Sentence, input_limit_field, known_on_both, powers
from playground.versus.side import Side

#: Prices that differ by less than this, all in all, are one price.
LEAST = Decimal("1.05")
#: How much cached input, work that may wait, and long requests weigh beside the plain price.
CACHED, WAITING, LONG = 0.4, 0.3, 0.1


def cheaper(x: Side, y: Side) -> Iterator[Sentence]:
    """It costs less for input and no more for output, or the other way round."""
    fields = ("price.input", "price.output")
    if not known_on_both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if xi <= yi and xo <= yo and (NEAR * xi < yi or NEAR * xo < yo or _blend(y) >= LEAST * _blend(x) > 0):
        text = (
            f"price decides{_hours(x, y, *fields)}: a million tokens cost {x.price_text(fields[0])} in and "
            f"{x.price_text(fields[1])} out, against {y.price_text(fields[0])} and {y.price_text(fields[1])}"
        )
        facts = tuple(cited for s in (x, y) for f in fields for cited in s.cited_price(f))
        yield Sentence(rule="cheaper", text=text, facts=facts, weight=powers(_blend(y), _blend(x)))


def _blend(x: Side) -> Decimal:
    """Three tokens in for one out."""
    usd_in, usd_out = x.known("price.input"), x.known("price.output")
    return Decimal(3 * usd_in + usd_out)


def crossover(x: Side, y: Side) -> Iterator[Sentence]:
    """It costs less for the one and more for the other: the share of output at which they cost the same."""
    fields = ("price.input", "price.output")
    if not known_on_both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if (xi - yi) * (xo - yo) >= 0 or not (_differ(xi, yi) or _differ(xo, yo)):
        return
    at = (yi - xi) / (xo - yo)  # output tokens for one of input, at which both cost the same
    most, least = f"fewer than {_ratio(at)}", f"more than {_ratio(at)}"
    share = "below" if xi < yi else "above"
    text = f"a request has {most if xi < yi else least} output tokens for each input token: "
    text += f"{share} that share "
    text += f"it costs less{_hours(x, y, *fields)} "
    text += f"({x.price_text(fields[0])} in and {x.price_text(fields[1])} out, "
    text += f"against {y.price_text(fields[0])} and {y.price_text(fields[1])})"
    facts = tuple(cited for s in (x, y) for f in fields for cited in s.cited_price(f))
    weight = max(powers(max(one), min(one)) for one in ((xi, yi), (xo, yo))) / 2
    yield Sentence(rule="crossover", text=text, facts=facts, weight=weight)


def _differ(one: Decimal, other: Decimal) -> bool:
    """Whether two prices are far enough apart to act on."""
    return max(one, other) > NEAR * min(one, other)


def _is_news(x: Side, y: Side, ratio: Decimal, field: str) -> bool:
    """Whether a price is lower by more than the plain one: else it says nothing new, or speaks for the other.

    Who is ten times cheaper, and only twice for what is cached, loses by each token from the cache.
    """
    if not known_on_both(x, y, field) or not x.known(field):
        return True
    plain: Decimal = y.known(field) / x.known(field)
    return ratio >= plain * FAR


def _hours(x: Side, y: Side, *fields: str) -> str:
    """At which hours prices are held against each other, where one goes by the hour."""
    hourly = any(len(s.cited_price(f)) > 1 for s in (x, y) for f in fields)
    return " at the dearest hours" if hourly else ""


def _ratio(at: Decimal) -> str:
    return f"{at:.3g}" if at < 1000 else f"{at:,.0f}"


def cached(x: Side, y: Side) -> Iterator[Sentence]:
    """A token read from its cache costs clearly less, and by more than a token of plain input does."""
    field = "price.cache_read"
    if known_on_both(x, y, field) and x.known(field) * FAR <= y.known(field) > 0:
        if x.known(field) and not _is_news(x, y, y.known(field) / x.known(field), "price.input"):
            return
        text = (
            f"much of the input is read from a cache again{_hours(x, y, field)}: "
            f"a million cached tokens cost {x.price_text(field)}, against {y.price_text(field)}"
        )
        facts = (*x.cited_price(field), *y.cited_price(field))
        weight = powers(y.known(field), x.known(field)) * CACHED
        yield Sentence(rule="cached", text=text, facts=facts, weight=weight)


def batch(x: Side, y: Side) -> Iterator[Sentence]:
    """Both have batch prices, and its are clearly lower, by more than the plain ones."""
    fields = ("price.batch.input", "price.batch.output")
    if not known_on_both(x, y, *fields):
        return
    (xi, xo), (yi, yo) = ([s.known(f) for f in fields] for s in (x, y))
    if xi * FAR <= yi and xo * FAR <= yo and yi + yo > 0:
        ratios = (((xi, yi), "price.input"), ((xo, yo), "price.output"))
        if not any(_is_news(x, y, theirs / mine, plain) for (mine, theirs), plain in ratios if mine):
            return
        text = f"requests may wait: in batch {x.price_text(fields[0])} in and {x.price_text(fields[1])} out, "
        text += f"against {y.price_text(fields[0])} and {y.price_text(fields[1])}"
        facts = tuple(s.cited(f) for s in (x, y) for f in fields)
        yield Sentence(rule="batch", text=text, facts=facts, weight=powers(yo, xo) * WAITING)


def _until(x: Side, y: Side, step: int) -> int | None:
    """The size above which x's own price is not below the other's any more; None where it stays below."""
    for own in (size for size in x.home.price.steps if size > step):
        mine, theirs = (s.home.price.holding(tokens=own + 1).get(INPUT) for s in (x, y))
        usd, others = (rate.usd if rate else None for rate in (mine, theirs))
        if usd is None or others is None or usd >= others:
            return own
    return None


def steps(x: Side, y: Side) -> Iterator[Sentence]:
    """The other's price of input rises above a size that it takes too, and from there on it costs less."""
    base, other = x.known("price.input"), y.known("price.input")
    reach = input_limit_field(x)
    if base is None or other is None or not reach or other > base:
        return
    for step in y.home.price.steps:
        mine, theirs = (s.home.price.holding(tokens=step + 1).get(INPUT) for s in (x, y))
        if mine is None or theirs is None or mine.usd is None or theirs.usd is None:
            continue
        if mine.usd >= theirs.usd or x.known(reach) <= step:
            continue
        if None in (x.known(mine.field), y.known(theirs.field)):
            continue  # a price in doubt
        until = _until(x, y, step)
        bounds = f" and at most {until:,}: there" if until else ": from there on"
        text = f"a request has more than {step:,} tokens of input{bounds} a million cost "
        text += f"{x.price_text(mine.field)}, against {y.price_text(theirs.field)}"
        facts = (x.cited(mine.field), y.cited(theirs.field))
        yield Sentence(rule="steps", text=text, facts=facts, weight=LONG)
        return
