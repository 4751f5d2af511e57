"""What settles a pair before prices and scores are weighed: another kind of work, an end, a successor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from playground.catalog import Kind, Support
from playground.decide.portability import serving
from playground.lifecycle.outlook import Outlook, Stage, outlook_of
from playground.versus.ahead import MEAN, ability, is_ahead
from playground.versus.family import Family, family, follows, made_for, name_facts, on_trial, passed_on
from playground.versus.month import NEAR
from playground.versus.sentence import Sentence
from playground.versus.side import CitedFact, Side
from playground.versus.side import ends_soon as place_ends_soon
from playground.versus.verdict.verdict import Decision, Pair, Sureness
from playground.versus.verdict.weighing import cost_sentence, score_sentences

#: Who ends within so many days is out beyond doubt.
NOW_DAYS = 90
#: Who ends so many days later than the other outlives it.
LATER_DAYS = 90
#: What a model of each kind does.
WORK: Mapping[Kind, str] = {
    Kind.CHAT: "answers in text",
    Kind.COMPLETION: "goes on with a text",
    Kind.EMBEDDING: "makes vectors",
    Kind.RERANK: "orders search results",
    Kind.IMAGE: "makes images",
    Kind.VIDEO: "makes video",
    Kind.MUSIC: "makes music",
    Kind.SPEECH: "speaks a text",
    Kind.TRANSCRIPTION: "writes down speech",
    Kind.TRANSLATION: "translates",
    Kind.OCR: "reads pages",
    Kind.REALTIME: "talks in real time",
    Kind.MODERATION: "judges whether a text is safe",
}
TEXT = frozenset({Kind.CHAT, Kind.COMPLETION})


def one_model(pair: Pair) -> Decision | None:
    """One name leads to the other model, or both are one model at two places."""
    for x, y in ((pair.a, pair.b), (pair.b, pair.a)):
        if x.model.value("points_to") == y.model.id:
            fact = CitedFact(of=x.model.id, field="points_to", value=y.model.id)
            text = f"{x.name} is another name for {y.name}, and moves on when a newer one comes"
            why = Sentence(rule="another name", text=text, facts=(fact,))
            return Decision(most=None, sure=Sureness.UNKNOWN, rule="another name", why=(why,))
    return None


def one_place(pair: Pair) -> Decision | None:
    """Both are one model at two places: the cheaper place is for most."""
    if pair.a.model.id != pair.b.model.id or any(map(is_gone, (pair.a, pair.b))):
        return None
    fact = CitedFact(of=pair.a.home.key, field="channel", value=str(pair.a.home.channel))
    text = f"both are {pair.a.name}, at {pair.a.place} and at {pair.b.place}"
    why = Sentence(rule="one model", text=text, facts=(fact,))
    most = pair.cheaper
    return Decision(
        most=most,
        sure=Sureness.LIKELY if most else Sureness.UNKNOWN,
        rule="one model",
        why=(why, cost_sentence(pair)),
    )


def unlike(pair: Pair) -> Decision | None:
    """They are called for different work."""
    sides = (pair.a, pair.b)
    kinds = [s.kind for s in sides]
    if kinds[0] == kinds[1] or not all(kind in WORK for kind in kinds) or {*kinds} <= TEXT:
        return None
    parts = [f"{s.name} {WORK[s.kind]}" for s in sides if s.kind]
    facts = tuple(s.cited("kind") for s in sides if s.home.value("kind"))
    why = Sentence(rule="other work", text=f"they do different work: {' and '.join(parts)}", facts=facts)
    return Decision(most=None, sure=Sureness.UNKNOWN, rule="other work", why=(why,))


def retired(pair: Pair) -> Decision | None:
    """One of them, or both, are served no more at the place that speaks for them."""
    gone = [s for s in (pair.a, pair.b) if is_gone(s)]
    if not gone:
        return None
    facts = tuple(s.cited("status" if s.home.retired else "retires") for s in gone)
    if len(gone) == 2:
        why = Sentence(rule="retired", text="both are retired; neither is for anything new", facts=facts)
        return Decision(most=None, sure=Sureness.UNKNOWN, rule="retired", why=(why,))
    text = f"{gone[0].name} is retired and no longer served at {gone[0].place}"
    why = Sentence(rule="retired", text=text, facts=facts)
    return Decision(most=pair.other(gone[0]), sure=Sureness.SURE, rule="retired", why=(why,))


def ending(pair: Pair) -> Decision | None:
    """One ends soon, and the other is served clearly longer."""
    for x in (pair.a, pair.b):
        y = pair.other(x)
        if ends_soon(x) and outlives(y, x):
            return _ending(pair, x, y)
    return None


def _ending(pair: Pair, x: Side, y: Side) -> Decision:
    ahead = is_ahead(x, y)
    reasons = (end_sentence(x), _named(y, x), cost_sentence(pair), *score_sentences(pair, x if ahead else y))
    why = tuple(filter(None, reasons))
    dearer = pair.cheaper is x
    if ahead or made_for(y) - made_for(x):
        return Decision(most=None, sure=Sureness.UNKNOWN, rule="ending", why=why)
    named = family(y, x) is Family.NAMED
    left = outlook(x).days
    closed = x.model.value("open_weights") != Support.YES
    able = (interval := ability(y)) is not None and interval.low > MEAN
    beyond = named or (left is not None and left <= NOW_DAYS and closed and able)
    sure = Sureness.SURE if beyond and not dearer and not on_trial(y) else Sureness.LIKELY
    last = f", and not beyond {day}" if (day := outlook(x).retires) else ""
    until = f"you run it already: until you have tested the move{last}"
    return Decision(most=y, sure=sure, rule="ending", why=why, otherwise=(until,))


def succession(pair: Pair) -> Decision | None:
    """One comes after the other in its line, costs no more, and scores do not put it behind."""
    for new in (pair.a, pair.b):
        old = pair.other(new)
        if not follows(new, old) or is_ahead(old, new) or (on_trial(new) and not on_trial(old)):
            continue
        times = pair.times(new)
        if pair.cheaper is old or (times is not None and times >= NEAR):
            continue
        why = (family_sentence(new, old), cost_sentence(pair), *score_sentences(pair, new))
        known = pair.priced and not on_trial(new) and not any(map(passed_on, (new, old)))
        return Decision(
            most=new,
            sure=Sureness.SURE if known else Sureness.LIKELY,
            rule="succession",
            why=tuple(filter(None, why)),
            otherwise=(f"your prompts are tuned to it and not tested on {new.name} yet",),
        )
    return None


# How long they stay, and what they are to each other, in words.


def outlook(x: Side) -> Outlook:
    """What is known of its end at the place that speaks for it, on the catalog's day."""
    return outlook_of(x.home, x.day or date.min)


def is_gone(x: Side) -> bool:
    """Whether the place that speaks for it serves it no more."""
    return x.home.retired or outlook(x).stage is Stage.RETIRED


def ends_soon(x: Side) -> bool:
    """Whether its last day is within SOON_DAYS, or it is deprecated."""
    return place_ends_soon(x.home, x.day)


def lasting(x: Side) -> int:
    """How many other providers serve it themselves, with no last day that is near, and not as deprecated."""
    day = x.day or date.min
    staying = []
    for place in x.places:
        known = outlook_of(place, day)
        left = place.value("status") == Stage.DEPRECATED or (known.deprecated or date.max) <= day
        if known.stage is not Stage.RETIRED and not left and not place_ends_soon(place, x.day):
            staying.append(place)
    return len(serving(staying) - {x.home.provider})


def outlives(y: Side, x: Side) -> bool:
    """Whether `y` is served clearly longer than `x`, which ends soon."""
    if not ends_soon(y):
        return True
    last, own = outlook(x).retires, outlook(y).retires
    return bool(last and own and (own - last).days >= LATER_DAYS)


def end_sentence(x: Side) -> Sentence:
    """Its last day, and that it is for nothing new."""
    known = outlook(x)
    field = "retires" if known.retires else "status" if x.home.value("status") else "deprecated"
    when = f"ends on {known.retires}" if known.retires else "is deprecated"
    text = f"{x.name} {when} at {x.place}: it is for nothing new"
    if not (others := lasting(x)):
        return Sentence(rule="life", text=text, facts=(x.cited(field),))
    names = "provider serves" if others == 1 else "providers serve"
    text += f" there; {others} other {names} it and {'names' if others == 1 else 'name'} no such day"
    stay = CitedFact(of=x.home.key, field="lasting", value=others)
    return Sentence(rule="life", text=text, facts=(x.cited(field), stay))


def _named(new: Side, old: Side) -> Sentence | None:
    return family_sentence(new, old) if family(new, old) is not Family.NONE else None


def family_sentence(x: Side, y: Side) -> Sentence | None:
    """What two of one lab are to each other; None where they are nothing."""
    match family(x, y):
        case Family.NAMED:
            text = f"{y.place.partition(',')[0]} names {x.name} to follow {y.name}"
            stated = y.home.value("replaced_by")
            facts = (y.cited("replaced_by"),) if stated else name_facts(x, y)
            return Sentence(rule="family", text=text, facts=facts)
        case Family.FOLLOWS:
            return Sentence(rule="family", text=f"{x.name} succeeds {y.name}", facts=name_facts(x, y))
        case Family.SIZE:
            text = f"{x.name} and {y.name} are two models of one generation; neither follows the other"
            return Sentence(rule="family", text=text, facts=name_facts(x, y))
        case _:
            return None
