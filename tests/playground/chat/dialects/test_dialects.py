"""What servers send that their wire's documents do not say: each as a public report has it."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat, Message, Role, Text, ToolResult, user
from playground.chat.transcript import Transcript
from tests.playground.chat.asking import WEATHER, target
from tests.playground.chat.dialects.streamed import delta, folded, lines, part, sse


def sent_back(wire: Wire, transcript: Transcript) -> Request:
    """The next request: the answer, and a result for each of its calls."""
    results = tuple(ToolResult(call_id=c.id, name=c.name, text="rain") for c in transcript.calls)
    after = Message(role=Role.USER, parts=results or (Text(text="And?"),))
    chat = Chat(messages=(user("Hi"), transcript.message, after), tools=(WEATHER,))
    return ADAPTERS[wire].build_request(chat, target(wire, "http://localhost:1"))


def call(name: str = "", arguments: Any = "", **more: Any) -> dict[str, Any]:
    return {**more, "function": {**({"name": name} if name else {}), "arguments": arguments}}


TWO = (("a", '{"x":1}'), ("b", '{"x":2}'))
OSLO = '{"city":"Oslo"}'


def named(transcript: Transcript) -> tuple[tuple[str, str], ...]:
    return tuple((c.name, c.arguments) for c in transcript.calls)


# Calls


def test_calls_of_one_index_and_other_ids_are_two() -> None:
    # https://github.com/vercel/ai/issues/14277
    body = sse(
        delta(tool_calls=[call("a", '{"x":1}', index=0, id="i1")]),
        delta(tool_calls=[call("b", '{"x":', index=0, id="i2")]),
        delta(tool_calls=[call("", "2}", index=0)]),
        delta("tool_calls"),
    )
    transcript = folded(Wire.OPENAI_CHAT, body)
    assert named(transcript) == TWO
    assert [c.id for c in transcript.calls] == ["i1", "i2"]


@pytest.mark.parametrize("ids", [("i1", "i2"), ("", "")])
def test_calls_without_an_index_are_as_many_as_they_are(ids: tuple[str, str]) -> None:
    body = sse(
        *(delta(tool_calls=[call(name, text, id=i)]) for (name, text), i in zip(TWO, ids, strict=True)),
        delta("stop"),
    )
    transcript = folded(Wire.OPENAI_CHAT, body)
    assert named(transcript) == TWO
    assert len({c.id for c in transcript.calls}) == 2


def test_a_name_and_an_id_in_every_piece_are_still_one_call() -> None:
    pieces = ["", '{"city"', ':"Oslo"}']
    body = sse(
        *(delta(tool_calls=[call("weather", p, index=0, id="i1")]) for p in pieces), delta("tool_calls")
    )
    assert named(folded(Wire.OPENAI_CHAT, body)) == (("weather", '{"city":"Oslo"}'),)


def test_arguments_may_be_an_object() -> None:
    # Ollama sends an object, gateways text or an object: https://github.com/BerriAI/litellm/pull/24095
    body = sse(delta(tool_calls=[call("weather", {"city": "Oslo"}, index=0, id="i1")]), delta("tool_calls"))
    assert named(folded(Wire.OPENAI_CHAT, body)) == (("weather", OSLO),)
    text = lines({"message": {"tool_calls": [call("weather", OSLO)]}}, {"done": True, "done_reason": "stop"})
    assert named(folded(Wire.OLLAMA, text)) == (("weather", OSLO),)


def item(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "output_index": 0,
        "item": {"type": "function_call", "call_id": "c1", "name": "weather", **more},
    }


ARGUMENTS_DELTA = {"type": "response.function_call_arguments.delta", "output_index": 0}
ARGUMENTS_DONE = {"type": "response.function_call_arguments.done", "output_index": 0, "arguments": OSLO}
COMPLETED = {"type": "response.completed", "response": {"status": "completed"}}


@pytest.mark.parametrize(
    "events",
    [
        # https://github.com/BerriAI/litellm/issues/27144: whole at the end only
        [item("response.output_item.added", arguments=""), ARGUMENTS_DONE],
        [item("response.output_item.added", arguments=""), item("response.output_item.done", arguments=OSLO)],
        [item("response.output_item.done", arguments=OSLO)],
        # at the start, and in pieces again
        [
            item("response.output_item.added", arguments=OSLO),
            {**ARGUMENTS_DELTA, "delta": OSLO[:5]},
            {**ARGUMENTS_DELTA, "delta": OSLO[5:]},
        ],
        [item("response.output_item.added", arguments=OSLO)],
        # as OpenAI does: in pieces, then whole, twice
        [
            item("response.output_item.added", arguments=""),
            {**ARGUMENTS_DELTA, "delta": OSLO[:5]},
            {**ARGUMENTS_DELTA, "delta": OSLO[5:]},
            ARGUMENTS_DONE,
            item("response.output_item.done", arguments=OSLO),
        ],
    ],
)
def test_a_calls_arguments_come_once_however_they_are_told(events: list[dict[str, Any]]) -> None:
    transcript = folded(Wire.OPENAI_RESPONSES, sse(*events, COMPLETED))
    assert [(c.id, c.name, c.arguments) for c in transcript.calls] == [("c1", "weather", OSLO)]


# Ends


def test_no_text_within_an_answer_ends_it() -> None:
    body = lines(
        {"message": {"tool_calls": [call("stop", {"done": True})]}},
        {"message": {"content": 'say "done": true'}},
        {"message": {"content": "!"}},
        {"done": True, "done_reason": "stop", "eval_count": 3},
    )
    transcript = folded(Wire.OLLAMA, body)
    assert transcript.text == 'say "done": true!'
    assert transcript.usage is not None
    block = {"type": "tool_use", "id": "t", "name": "stop", "input": {"type": "message_stop"}}
    said = sse(
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": "after"}},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 4}},
        {"type": "message_stop"},
    )
    assert folded(Wire.ANTHROPIC_MESSAGES, said).text == "after"
    inner = sse(
        item("response.output_item.done", arguments={"type": "response.completed"}),
        {"type": "response.output_text.delta", "delta": "after"},
        COMPLETED,
    )
    assert folded(Wire.OPENAI_RESPONSES, inner).text == "after"


# Thoughts that go back


def test_thoughts_go_back_in_rounds_of_tools_and_only_there() -> None:
    # https://github.com/continuedev/continue/issues/9606
    thinking = [delta(reasoning_content="Let "), delta(reasoning_content="me see.")]
    called = sse(*thinking, delta(tool_calls=[call("weather", OSLO, index=0, id="i1")]), delta("tool_calls"))
    turn = sent_back(Wire.OPENAI_CHAT, folded(Wire.OPENAI_CHAT, called)).body["messages"][1]
    assert turn["reasoning_content"] == "Let me see."
    told = sse(*thinking, delta(content="Hello."), delta("stop"))
    turn = sent_back(Wire.OPENAI_CHAT, folded(Wire.OPENAI_CHAT, told)).body["messages"][1]
    assert turn == {"role": "assistant", "content": "Hello."}


def test_openrouters_details_go_back_as_they_came() -> None:
    # https://github.com/danny-avila/agents/issues/37
    def detail(index: int, **more: str) -> dict[str, Any]:
        return {"type": "reasoning.text", "format": "anthropic-claude-v1", "index": index, **more}

    body = sse(
        delta(reasoning="Let ", reasoning_details=[detail(0, text="Let ")]),
        delta(reasoning="me.", reasoning_details=[detail(0, text="me.")]),
        delta(reasoning_details=[detail(0, signature="c2ln")]),
        delta(reasoning_details=[{"type": "reasoning.encrypted", "id": "e1", "index": 1, "data": "eHg="}]),
        delta(tool_calls=[call("weather", OSLO, index=0, id="i1")]),
        delta("tool_calls"),
    )
    transcript = folded(Wire.OPENAI_CHAT, body)
    assert transcript.reasoning == "Let me."
    assert sent_back(Wire.OPENAI_CHAT, transcript).body["messages"][1]["reasoning_details"] == [
        {**detail(0, text="Let me."), "signature": "c2ln"},
        {"type": "reasoning.encrypted", "id": "e1", "index": 1, "data": "eHg="},
    ]


def test_gemini_gets_its_calls_numbers_and_each_signature_on_its_own_part() -> None:
    # https://github.com/modfin/bellman/pull/35
    function = {"id": "fc-1", "name": "weather", "args": {"city": "Oslo"}}
    other = {"id": "fc-2", "name": "weather", "args": {"city": "Rome"}}
    body = sse(
        part(functionCall=function, thoughtSignature="QQ=="),
        part(functionCall=other),
        part("STOP", text="", thoughtSignature="Qg=="),
    )
    contents = sent_back(Wire.GEMINI, folded(Wire.GEMINI, body)).body["contents"]
    assert contents[1]["parts"] == [
        {"functionCall": function, "thoughtSignature": "QQ=="},
        {"functionCall": other},
        {"text": "", "thoughtSignature": "Qg=="},
    ]
    assert [p["functionResponse"]["id"] for p in contents[2]["parts"]] == ["fc-1", "fc-2"]


def test_gemini_gets_no_number_that_it_did_not_give() -> None:
    body = sse(part("STOP", functionCall={"name": "weather", "args": {}}))
    contents = sent_back(Wire.GEMINI, folded(Wire.GEMINI, body)).body["contents"]
    assert "id" not in contents[1]["parts"][0]["functionCall"]
    assert "id" not in contents[2]["parts"][0]["functionResponse"]


# Counts


def usage_of(wire: Wire, *chunks: Any) -> tuple[int | None, int | None, int | None]:
    usage = folded(wire, sse(*chunks)).usage
    assert usage is not None
    return usage.input, usage.output, usage.reasoning


def test_reasoning_beside_the_completion_is_output_too() -> None:
    # xAI: https://github.com/UKGovernmentBEIS/inspect_ai/issues/5528, https://github.com/vercel/ai/issues/12425
    counts = {"prompt_tokens": 32, "completion_tokens": 9, "total_tokens": 135}
    details = {"completion_tokens_details": {"reasoning_tokens": 94}}
    end = {**delta("stop"), "usage": {**counts, **details}}
    assert usage_of(Wire.OPENAI_CHAT, delta(content="Hi"), end) == (32, 103, 94)
    inside = {**delta("stop"), "usage": {**counts, **details, "completion_tokens": 103}}
    assert usage_of(Wire.OPENAI_CHAT, delta(content="Hi"), inside) == (32, 103, 94)


def test_usage_may_stand_in_a_choice_and_be_told_again_in_part() -> None:
    # Kimi: https://github.com/earendil-works/pi/issues/2017
    last = delta("stop")
    last["choices"][0]["usage"] = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
    assert usage_of(Wire.OPENAI_CHAT, delta(content="Hi"), last) == (5, 7, None)
    again = {"choices": [], "usage": {"completion_tokens": 8}}
    assert usage_of(Wire.OPENAI_CHAT, delta(content="Hi"), last, again) == (5, 8, None)


@pytest.mark.parametrize(
    ("counts", "output", "reasoning"),
    [
        # https://github.com/adcontextprotocol/adcp/issues/7359: all were thoughts
        ({"promptTokenCount": 5, "thoughtsTokenCount": 60, "totalTokenCount": 65}, 60, 60),
        ({"promptTokenCount": 5, "totalTokenCount": 25}, 20, None),
        ({"promptTokenCount": 5, "totalTokenCount": 5}, None, None),
        (
            {
                "promptTokenCount": 5,
                "candidatesTokenCount": 2,
                "thoughtsTokenCount": 3,
                "totalTokenCount": 10,
            },
            5,
            3,
        ),
    ],
)
def test_gemini_counts_what_it_leaves_out(
    counts: dict[str, int], output: int | None, reasoning: int | None
) -> None:
    chunk = {**part("STOP", text="Hi"), "usageMetadata": counts}
    assert usage_of(Wire.GEMINI, chunk) == (5, output, reasoning)


def test_calls_numbered_alike_and_then_onwards_keep_their_own_ids() -> None:
    body = sse(
        *(delta(tool_calls=[call(name, text, index=0)]) for name, text in TWO),
        delta(tool_calls=[call("c", '{"x":3}', index=1)]),
        delta("tool_calls"),
    )
    transcript = folded(Wire.OPENAI_CHAT, body)
    assert named(transcript) == (*TWO, ("c", '{"x":3}'))
    assert len({c.id for c in transcript.calls}) == 3
