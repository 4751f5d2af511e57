"""Whether an offering meets one thing that is asked: yes, no or unknown, with the field that decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from playground.catalog import (
    Capability,
    Certification,
    Certified,
    Channel,
    Kind,
    Score,
    Seller,
    Statement,
    Support,
)
from playground.catalog.regions import (
    ALL_REGIONS,
    CALLED_REGION,
    OWN_MACHINE,
    SOME_REGIONS,
    STAYS,
    in_region,
    keeping,
    stay_text,
    stays_within,
)
from playground.labels.kinds import SeenKind
from playground.labels.labels import CERTIFICATIONS
from playground.need.need import Need
from playground.pricing.doubt import doubted_price
from playground.pricing.money import usd
from playground.pricing.workload import Workload

NOBODY = "nobody says"


class Judged(NamedTuple):
    """Whether a constraint holds, why in words, and the field that decides it; empty where no fact does."""

    holds: Support
    reason: str
    field: str = ""


def judged_value(value: Any, holds: bool, field: str) -> Judged:
    """A known value judged; unknown where there is none."""
    if value is None:
        return Judged(Support.UNKNOWN, NOBODY, field)
    return Judged(yes_or_no(holds), value_text(value), field)


def value_text(value: Any) -> str:
    """A fact's value in words."""
    match value:
        case None:
            return NOBODY
        case tuple():
            return ", ".join(value)
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def one_of(wanted: frozenset[str]) -> Callable[[Any], Judged]:
    """Judges whether a value is one of those wanted."""
    return lambda value: Judged(yes_or_no(value in wanted), str(value))


def like_one_of(wanted: tuple[str, ...]) -> Callable[[str], Judged]:
    """Judges whether a model is one of those wanted, which may be patterns: `microsoft/mai-*`."""
    return lambda model: Judged(yes_or_no(any(fnmatchcase(model, one) for one in wanted)), model)


def paid(variant: str, read: Any, made: Any, channel: str = "") -> Judged:
    """Judges whether it costs money: what is given away has limits nobody states and may end any day.

    What runs on a machine of one's own nobody gives away.
    """
    if channel == Channel.SELF_HOSTED:
        return Judged(Support.YES, "on a machine of yours")
    if "free" in variant.split("-"):
        return Judged(Support.NO, variant)
    if read == 0 and made == 0:
        return Judged(Support.NO, "a price of nothing", "price.input")
    return Judged(Support.YES, "for a price")


#: What is part of a variant's name where its price is for terms that few want or can take.
_TERMS = {
    "contributor": "what is sent may be trained on",
    "spot": "spare capacity, which may be taken away",
    "commitment": "bought for months ahead",
    "stealth": "a trial under another name",
}


def usual_terms(variant: str) -> Judged:
    """Judges whether anybody gets the price for the request alone."""
    for term in variant.split("-"):
        if term in _TERMS:
            return Judged(Support.NO, _TERMS[term])
    return Judged(Support.YES, "for the request alone")


def beyond_doubt(doubts: tuple[tuple[str, str], ...], work: Workload) -> Judged:
    """Judges whether the work would be billed by no price in doubt; each comes with its field and why."""
    field = doubted_price(dict(doubts), work)
    if field:
        return Judged(Support.NO, f"price in doubt: {dict(doubts)[field]}", field)
    return Judged(Support.YES, "in no doubt")


def of_kind(wanted: Kind) -> Callable[[SeenKind], Judged]:
    """Judges what kind of model it is, by all that is known; of what nobody says, it may be a chat alone."""

    def judge(seen: SeenKind) -> Judged:
        if seen.kind is None:
            return Judged(Support.UNKNOWN if wanted == Kind.CHAT else Support.NO, seen.why, "kind")
        return Judged(yes_or_no(seen.kind == wanted), seen.why, "kind")

    return judge


def sold_by(sellers: frozenset[Seller]) -> Callable[[Seller], Judged]:
    """Judges the class of the provider."""
    texts = {Seller.UNKNOWN: "who this is nobody says here", Seller.OWN: "yours"}
    return lambda seller: Judged(
        yes_or_no(seller in sellers), texts.get(seller, seller.replace("-", " ")), "seller"
    )


def fixed_name(points_to: Any, version: str, model: str) -> Judged:
    """Judges whether the name stays with one model; an alias moves to another one day."""
    if points_to is not None:
        return Judged(Support.NO, f"points to {points_to}", "points_to")
    if "latest" in (version, *model.partition("/")[2].split("-")):
        return Judged(Support.NO, "a name for the latest")
    return Judged(Support.YES, "one model")


def supported(field: str) -> Callable[[Any], Judged]:
    """Judges a field whose values are yes and no."""

    def judge(value: Any) -> Judged:
        return Judged(Support(value) if value else Support.UNKNOWN, value_text(value), field)

    return judge


#: What a model of a kind takes or gives by what it is.
IMPLIED: Mapping[Kind, frozenset[Capability]] = {
    Kind.TRANSCRIPTION: frozenset({Capability.AUDIO_IN}),
    Kind.SPEECH: frozenset({Capability.AUDIO_OUT}),
    Kind.REALTIME: frozenset({Capability.AUDIO_IN, Capability.AUDIO_OUT, Capability.STREAMING}),
    Kind.IMAGE: frozenset({Capability.IMAGE_OUT}),
    Kind.OCR: frozenset({Capability.VISION}),
}


def supported_or_implied(field: str, capability: Capability) -> Callable[[Any, SeenKind, str], Judged]:
    """Judges a capability; where nobody says, the model's kind may imply it, or its variant be so called."""
    known = supported(field)

    def judge(value: Any, seen: SeenKind, variant: str) -> Judged:
        if value is None and capability in variant.split("-"):
            return Judged(Support.YES, f"as it is sold for {capability}", "variant")
        if value is None and seen.kind and capability in IMPLIED.get(seen.kind, ()):
            return Judged(Support.YES, f"as it is for {seen.kind}", "kind")
        return known(value)

    return judge


def stays_in_zone(stated: tuple[Statement, ...], regions: Any, some: Any, zone: Any, region: str) -> Judged:
    """Judges whether requests can stay within a zone; where one region is called, that one must lie in it."""
    if not stated:
        return Judged(Support.UNKNOWN, NOBODY, "residency")
    listed = regions_text(regions, some)
    if region and in_region(region, regions, some) == Support.YES:
        regions = (region,)
    holds, keeper = stays_within(stated, regions, zone, some), keeping(stated, regions, zone, some)
    decisive = (keeper,) if keeper else tuple(one for one in stated if not one.setting) or stated
    reason = "; or ".join(stay_text(one) for one in decisive)
    if any(one.value == CALLED_REGION for one in decisive):
        reason += f"; regions: {listed}"
    return Judged(holds, reason, "residency")


def had_in(region: str) -> Callable[[Any, Any], Judged]:
    """Judges whether it can be had in a region; a list of some regions rules none out."""

    def judge(regions: Any, some: Any) -> Judged:
        holds = in_region(region, regions, some)
        return Judged(holds, regions_text(regions, some), _regions_field(regions))

    return judge


def regions_text(regions: Any, some: Any) -> str:
    """Regions in words, and whether they are all."""
    return f"at least {value_text(some)}" if regions is None and some is not None else value_text(regions)


def _regions_field(regions: Any) -> str:
    return SOME_REGIONS if regions is None else ALL_REGIONS


#: What a reader can set without asking anybody counts as promised; what has to be granted is unknown.
_HANDLED = {"yes": Support.YES, "by setting": Support.YES, "no": Support.NO}


def promised_handling(stays: tuple[Statement, ...], promised: Statement | None, field: str) -> Judged:
    """Judges what a provider promises of what it is sent; what runs on one's own machine is sent nowhere."""
    if any(one.value == OWN_MACHINE for one in stays):
        return Judged(Support.YES, STAYS[OWN_MACHINE], "residency")
    if promised is None:
        return Judged(Support.UNKNOWN, NOBODY, field)
    reason = f"{promised.value} ({promised.note})" if promised.note else promised.value
    return Judged(_HANDLED.get(promised.value, Support.UNKNOWN), reason, field)


def certified(
    wanted: Certification,
) -> Callable[[tuple[Statement, ...], tuple[Certified, ...], Channel], Judged]:
    """Judges whether a provider's pages name a certification; that they do not is no no."""

    def judge(stays: tuple[Statement, ...], rows: tuple[Certified, ...], channel: Channel) -> Judged:
        if any(one.value == OWN_MACHINE for one in stays):
            return Judged(Support.YES, STAYS[OWN_MACHINE], "residency")
        row = next((row for row in rows if row.covers(wanted, channel)), None)
        if row is None:
            return Judged(Support.UNKNOWN, NOBODY, "certifications")
        names = ", ".join(CERTIFICATIONS[name] for name in row.names)
        return Judged(Support.YES, f"{names} ({row.note})" if row.note else names, "certifications")

    return judge


def served_after(until: date, *, days: int) -> Callable[[Any, Any, Any], Judged]:
    """Judges whether it is served beyond a day; without a date unknown where `days` are asked, else yes.

    A day before which it is not retired will do too.
    """

    def judge(status: Any, retires: Any, earliest: Any) -> Judged:
        if status == "retired":
            return Judged(Support.NO, "retired", "status")
        day = last_day(retires) if isinstance(retires, str) else None
        if day is not None:
            return Judged(yes_or_no(day > until), f"retires {retires}", "retires")
        if days:
            first = last_day(earliest) if isinstance(earliest, str) else None
            if first is not None and first > until:
                return Judged(Support.YES, f"not retired before {earliest}", "retires_earliest")
            return Judged(Support.UNKNOWN, "no date is known", "retires")
        return Judged(Support.YES, "not retired", "status")

    return judge


def not_ending(until: date) -> Callable[[Any, Any, Any, Any, Any], Judged]:
    """Judges whether it is known to end by a day: by its date, or as its vendor has given it up already.

    So it has where it names another to take the place and promises service until no later day.
    """

    def judge(status: Any, retires: Any, withdrawn: Any, earliest: Any, instead: Any) -> Judged:
        if isinstance(retires, str) and (day := last_day(retires)):
            return Judged(yes_or_no(day > until), f"retires {retires}", "retires")
        if status == "deprecated":
            return Judged(Support.NO, "deprecated, no date is known", "status")
        if withdrawn:
            return Judged(Support.NO, "its lab has retired it; nobody says how long it is served here")
        first = last_day(earliest) if isinstance(earliest, str) else None
        if instead and first is not None and first <= until:
            text = f"may be retired from {earliest} on, and {instead} is named in its place"
            return Judged(Support.NO, text, "retires_earliest")
        return Judged(Support.YES, "no end is known", "retires")

    return judge


def supported_by(page: Statement | None) -> Judged:
    """Judges whether it is known here where the provider helps."""
    if page is None:
        return Judged(Support.NO, "no support page is known here", "support")
    return Judged(Support.YES, page.value, "support")


def not_trained_on(
    stays: tuple[Statement, ...], promised: Statement | None, variant: str, read: Any, made: Any
) -> Judged:
    """Judges whether what is sent is not trained on; a promise for paid use does not cover what is free."""
    if promised is not None and promised.value == "paid":
        return Judged(paid(variant, read, made).holds, "not with what is paid for", "no_training")
    return promised_handling(stays, promised, "no_training")


def room(window: Any, limit: Any, other: Decimal) -> Decimal | None:
    """The most that fits under its own limit and, beside so much else, in a window; None where unknown."""
    known = [window - other] if isinstance(window, int) else []
    known += [Decimal(limit)] if isinstance(limit, int) else []
    return min(known, default=None)


def last_day(text: str) -> date | None:
    """The last day that a date, or a month alone, can mean; None where it is neither."""
    try:
        if len(text) == len("2027-01"):
            following = date.fromisoformat(f"{text}-28") + timedelta(days=4)
            return following - timedelta(days=following.day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def scored(need: Need, score: Score | None) -> Judged:
    """Whether a score is good enough; unknown where there is none."""
    if score is None or need.min_score is None:
        return Judged(Support.UNKNOWN, "no score", "scores")
    good = score.score <= need.min_score if score.lower_is_better else score.score >= need.min_score
    return Judged(yes_or_no(good), f"{score.score.normalize():f}", "scores")


def affordable(budget: Decimal, low: Decimal | None, high: Decimal | None, period: str) -> Judged:
    """Whether a cost is within the budget; unknown where its range goes over it, or none is known."""
    if low is None:
        return Judged(Support.UNKNOWN, "no price is known", "price.input")
    if low > budget:
        holds = Support.NO
    else:
        holds = Support.YES if high is not None and high <= budget else Support.UNKNOWN
    if low == high:
        return Judged(holds, f"{usd(low)} a {period}", "price.input")
    upper = "no known limit" if high is None else usd(high)
    return Judged(holds, f"from {usd(low)} to {upper} a {period}", "price.input")


def yes_or_no(yes: bool) -> Support:
    """The verdict on something known."""
    return Support.YES if yes else Support.NO
