"""Rules about limits and abilities: what speaks for `x` against `y`."""

from __future__ import annotations

from collections.abc import Iterator

from playground.catalog import Capability, Support
from playground.versus.sentence import FAR, Sentence, input_limit_field, known_on_both
from playground.versus.side import Side


def input_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It takes clearly more input, by the limit on input or, where none is known, the window."""
    xf, yf = input_limit_field(x), input_limit_field(y)
    if xf and yf and x.known(xf) >= y.known(yf) * FAR:
        text = f"a request has more than {y.known(yf):,} tokens of input: it takes up to {x.known(xf):,}"
        yield Sentence(rule="input size", text=text, facts=(x.cited(xf), y.cited(yf)))


def output_size(x: Side, y: Side) -> Iterator[Sentence]:
    """It gives clearly more output."""
    field = "max_output_tokens"
    if known_on_both(x, y, field) and x.known(field) >= y.known(field) * FAR:
        text = f"an answer has more than {y.known(field):,} tokens: it gives up to {x.known(field):,}"
        yield Sentence(rule="output size", text=text, facts=(x.cited(field), y.cited(field)))


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


def capabilities(x: Side, y: Side) -> Iterator[Sentence]:
    """It can, and a source says that the other cannot."""
    for capability, able in ABLE.items():
        field = f"can.{capability}"
        if x.known(field) == Support.YES and y.known(field) == Support.NO:
            text = f"you need it to {able}"
            yield Sentence(rule="capability", text=text, facts=(x.cited(field), y.cited(field)))
