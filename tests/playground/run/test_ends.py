"""A run ends with a word whatever happens, and takes no other's answer with it."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator

import pytest

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, user
from playground.chat.client import read_events
from playground.chat.events import Cause, Event, Failed, Finished, Reason, TextDelta
from playground.chat.transcript import Transcript
from playground.json_text import write_json
from playground.run.comparison import compare
from playground.run.explain import Situation
from playground.run.run import Run
from tests import running
from tests.playground.chat.asking import target
from tests.playground.chat.dialects.streamed import delta, folded, sse

END = Finished(reason=Reason.STOP, said="stop")


def runs(count: int) -> list[Run]:
    to = target(Wire.OPENAI_CHAT, "http://localhost:1")
    here = Situation(endpoint=to.endpoint, url=to.url)
    return [
        Run(chat=Chat(messages=(user("Hi"),)), target=to, price=None, situation=here) for _ in range(count)
    ]


def test_one_models_exception_takes_no_others_answer() -> None:
    sent = 0

    async def send(request: Request, wire: Wire) -> AsyncGenerator[Event]:
        nonlocal sent
        sent += 1
        if sent == 1:
            raise ZeroDivisionError("nobody foresaw this")
        yield TextDelta(text="Hello.")
        yield END

    transcripts = [Transcript(Wire.OPENAI_CHAT, lambda: 0.0) for _ in range(2)]
    running.run(compare(runs(2), transcripts, send))
    bad, good = transcripts
    assert isinstance(bad.end, Failed)
    assert bad.end.cause == Cause.OURS
    assert "ZeroDivisionError: nobody foresaw this" in bad.end.message
    assert (good.text, good.end) == ("Hello.", END)


def test_a_stream_without_an_end_gets_one() -> None:
    async def send(request: Request, wire: Wire) -> AsyncGenerator[Event]:
        yield TextDelta(text="Hel")

    transcript = Transcript(Wire.OPENAI_CHAT, lambda: 0.0)
    running.run(compare(runs(1), [transcript], send))
    assert isinstance(transcript.end, Failed)
    assert transcript.text == "Hel"


@pytest.mark.parametrize(
    "usage",
    [
        '{"prompt_tokens": 1e400, "completion_tokens": NaN, "cost": true}',
        '{"prompt_tokens": 1' + "0" * 400 + ', "cost": NaN}',
        '{"prompt_tokens": 1' + "0" * 5000 + "}",
        '{"prompt_tokens": true, "completion_tokens": -1, "cost": 1e308}',
        '{"cost": "a lot", "prompt_tokens": "7"}',
        '{"cost": -1}',
        '{"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 1000000}}',
    ],
)
def test_figures_that_nobody_could_mean_are_not_reported(usage: str) -> None:
    body = sse(delta(content="Hi")) + f'data: {{"choices": [], "usage": {usage}}}\n\n'.encode()
    transcript = folded(Wire.OPENAI_CHAT, body + sse(delta("stop")))
    assert transcript.text == "Hi"
    metrics = transcript.metrics()
    assert metrics.input.value is None
    assert metrics.cost.value is None


def test_words_about_waiting_are_not_trusted() -> None:
    for words in (
        "retry after 27.11.2026",
        "try again in ...",
        "try again in 1.2.3s",
        "retry after " + "9" * 999,
    ):
        end = folded(Wire.OPENAI_CHAT, sse({"error": {"message": words, "type": "rate_limit"}})).end
        assert isinstance(end, Failed)
        assert end.retry_after is None or 0 <= end.retry_after <= 31 * 86_400


@pytest.mark.parametrize("wire", [wire for wire in Wire if wire != Wire.BEDROCK_CONVERSE])
def test_a_frame_that_is_too_deep_ends_the_answer_in_words(wire: Wire) -> None:
    deep = '{"choices":' + "[" * 100_000
    prefix = b"" if wire in (Wire.OLLAMA, Wire.LANGUAGE_MODEL) else b"data: "
    end = folded(wire, prefix + deep.encode() + b"\n\n").end
    assert isinstance(end, Failed)
    assert end.cause == Cause.MALFORMED
    assert "nested more than 200 deep" in end.message


def test_an_emoji_in_two_halves_comes_whole_and_a_half_is_marked() -> None:
    halves = sse(delta(content="\ud83d"), delta(content="\ude00!"))
    assert folded(Wire.OPENAI_CHAT, halves + sse(delta("stop"))).text == "😀!"
    alone = b'data: {"choices":[{"delta":{"content":"Hi\\ud83d"}}]}\n\n'
    text = folded(Wire.OPENAI_CHAT, alone + sse(delta("stop"))).text
    json.loads(write_json(text))
    assert text == "Hi�"


def test_an_adapter_that_breaks_ends_its_answer() -> None:
    class Broken:
        framing = ADAPTERS[Wire.OPENAI_CHAT].framing

        def parse(self, frame: object) -> None:
            raise KeyError("surprise")

    async def pieces() -> AsyncIterator[bytes]:
        yield b"data: {}\n\n"

    async def read() -> list[Event]:
        return [event async for event in read_events(pieces(), Broken())]  # type: ignore[arg-type]

    (end,) = running.run(read())
    assert isinstance(end, Failed)
    assert end.cause == Cause.OURS
