"""Rules about limits, capabilities and scores: what speaks for `x` against `y`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playground.catalog import Capability, Kind, Support
from playground.versus.ahead import (
    ability,
    ability_facts,
    ability_text,
    claimed_alone,
    is_ahead,
    odds,
    percent,
)
from playground.versus.sentence import FAR, Sentence, input_limit_field, known_on_both, powers
from playground.versus.side import Side

#: So much input is enough, and so much output: who takes more is not chosen for that.
ENOUGH_INPUT, ENOUGH_OUTPUT = 900_000, 60_000
#: How much a longer input weighs beside a price, and a longer answer.
INPUT_WEIGHT, OUTPUT_WEIGHT = 0.4, 0.08


def ability_ahead(x: Side, y: Side) -> Iterator[Sentence]:
    """Scores put it ahead with more than 80 % probability, what only its maker claims discounted."""
    mine, theirs, likely = ability(x), ability(y), odds(x, y)
    if mine is None or theirs is None or likely is None or not is_ahead(x, y):
        return
    text = f"the work is hard: scores put it ahead with {percent(likely)} probability, "
    text += f"ability {ability_text(x)} against {ability_text(y)}"
    if claimed_alone(x):
        text += ", by its maker’s own claims alone"
    weight = mine.middle - theirs.middle
    yield Sentence(rule="ability", text=text, facts=ability_facts(x, y), weight=weight)


def input_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It takes clearly more input, by the limit on input or the window, whichever is smaller."""
    xf, yf = input_limit_field(x), input_limit_field(y)
    if xf and yf and x.known(xf) >= y.known(yf) * FAR and y.known(yf) < ENOUGH_INPUT:
        text = f"a request has more than {y.known(yf):,} tokens of input: it takes up to {x.known(xf):,}"
        weight = powers(x.known(xf), y.known(yf)) * INPUT_WEIGHT
        yield Sentence(rule="input size", text=text, facts=(x.cited(xf), y.cited(yf)), weight=weight)


def output_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It gives clearly more output."""
    field = "max_output_tokens"
    if (
        known_on_both(x, y, field)
        and x.known(field) >= y.known(field) * FAR
        and y.known(field) < ENOUGH_OUTPUT
    ):
        text = f"an answer has more than {y.known(field):,} tokens: it gives up to {x.known(field):,}"
        facts = (x.cited(field), y.cited(field))
        yield Sentence(rule="output size", text=text, facts=facts, weight=OUTPUT_WEIGHT)


#: What a capability lets a reader do, after "you need it to".
ABLE: dict[Capability, str] = {
    Capability.TOOL_CALLS: "call functions",
    Capability.PARALLEL_TOOL_CALLS: "call several functions at once",
    Capability.STRUCTURED_OUTPUT: "keep to a JSON schema",
    Capability.REASONING: "reason before answering",
    Capability.VISION: "take images",
    Capability.PDF: "take PDF files as they are",
    Capability.AUDIO_IN: "take sound",
    Capability.AUDIO_OUT: "answer in sound",
    Capability.VIDEO_IN: "take video",
    Capability.IMAGE_OUT: "answer in images",
    Capability.PROMPT_CACHING: "reuse the beginning of a prompt for less",
    Capability.WEB_SEARCH: "search the web while answering",
    Capability.COMPUTER_USE: "operate a screen",
    Capability.SYSTEM_MESSAGES: "take instructions apart from the conversation",
    Capability.STREAMING: "send an answer as it is written",
}


#: What a capability weighs for those who need it; the others weigh less.
NEEDED: dict[Capability, float] = {
    Capability.TOOL_CALLS: 0.4,
    Capability.VISION: 0.3,
    Capability.STRUCTURED_OUTPUT: 0.25,
    Capability.REASONING: 0.25,
    Capability.AUDIO_IN: 0.2,
    Capability.VIDEO_IN: 0.2,
    Capability.IMAGE_OUT: 0.2,
    Capability.AUDIO_OUT: 0.2,
    Capability.PROMPT_CACHING: 0.15,
    Capability.PDF: 0.12,
}
SELDOM_NEEDED = 0.05
#: What goes in and comes out beside text. Sources seldom say that a model cannot, so the one
#: that can is named to whoever needs it, and that of the other nobody says so.
MEDIA = (
    Capability.VISION,
    Capability.AUDIO_IN,
    Capability.VIDEO_IN,
    Capability.AUDIO_OUT,
    Capability.IMAGE_OUT,
)


def capabilities(x: Side, y: Side) -> Iterator[Sentence]:
    """It can, and a source says that the other cannot."""
    for capability, able in ABLE.items():
        field = f"can.{capability}"
        if x.known(field) == Support.YES and y.known(field) == Support.NO:
            text = f"you need it to {able}"
            facts = (x.cited(field), y.cited(field))
            weight = NEEDED.get(capability, SELDOM_NEEDED)
            yield Sentence(rule="capability", text=text, facts=facts, weight=weight)


def _able(capabilities: Sequence[Capability]) -> str:
    """`take images, sound or video`: the verb once."""
    texts = [ABLE[c] for c in capabilities]
    verbs = ["", *(text.rpartition(" ")[0] for text in texts)]
    parts = [t.removeprefix(f"{verb} ") if verb else t for verb, t in zip(verbs, texts, strict=False)]
    *first, last = parts
    return f"{', '.join(first)} or {last}" if first else last


def media(x: Side, y: Side) -> Iterator[Sentence]:
    """It takes or gives more than text, and of the other nobody here says whether it does."""
    if not {x.kind, y.kind} <= {Kind.CHAT, None}:
        return
    only = [c for c in MEDIA if x.known(f"can.{c}") == Support.YES and y.known(f"can.{c}") is None]
    if only:
        facts = tuple(x.cited(f"can.{c}") for c in only)
        text = f"you need it to {_able(only)}: whether {y.name} can is unknown"
        yield Sentence(rule="media", text=text, facts=facts, weight=max(NEEDED[c] for c in only) / 2)
