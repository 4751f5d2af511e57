"""A chat and a run as JSON, Markdown and CSV: back as they were, with no key, and nothing that runs."""

from __future__ import annotations

import base64
import csv
import io
import json
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog import Effort
from playground.chat.chat import Chat, Echo, Image, Message, Role, Schema, Text, Tool, ToolCall, ToolResult
from playground.chat.chat_json import chat_from_json, chat_to_json, tool_from_json
from playground.errors import RequestError
from playground.run.export import as_csv, as_history, as_json, as_markdown, key_shapes
from playground.run.record import runs_from_text
from playground.run.sent import image_hash

TEXT = st.text(max_size=30)
PARTS = st.one_of(
    st.builds(Text, text=TEXT),
    st.builds(Image, media_type=st.sampled_from(["image/png", "image/webp"]), data=st.binary(max_size=30)),
    st.builds(ToolCall, id=TEXT, name=TEXT, arguments=TEXT.filter(bool)),
    st.builds(ToolResult, call_id=TEXT, name=TEXT, text=TEXT),
    st.builds(Echo, wire=TEXT, giver=TEXT, value=st.dictionaries(TEXT, st.integers() | TEXT, max_size=3)),
)
CHATS = st.builds(
    Chat,
    messages=st.lists(
        st.builds(Message, role=st.sampled_from(Role), parts=st.lists(PARTS, max_size=3).map(tuple)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    system=TEXT,
    tools=st.lists(st.builds(Tool, name=TEXT.filter(bool), description=TEXT), max_size=2).map(tuple),
    schema=st.none() | st.builds(Schema, name=TEXT.filter(bool), schema=st.just({"type": "object"})),
    effort=st.none() | st.sampled_from(Effort),
    max_tokens=st.none() | st.integers(1, 10**6),
    temperature=st.none() | st.floats(0, 2),
    stop=st.lists(TEXT, max_size=2).map(tuple),
)


@given(CHATS)
def test_a_chat_comes_back_as_it_was(chat: Chat) -> None:
    assert chat_from_json(json.loads(json.dumps(chat_to_json(chat)))) == chat


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([f.name for f in fields(Chat)] + ["role", "parts", "type"]), inner
            )
        ),
    )
)
def test_any_json_is_a_chat_or_a_named_error(value: Any) -> None:
    with suppress(RequestError):
        chat_from_json(value)


def test_a_tool_may_be_written_as_vendors_document_it() -> None:
    parameters = {"type": "object", "properties": {}}
    plain = tool_from_json({"name": "a", "parameters": parameters})
    assert tool_from_json({"type": "function", "function": {"name": "a", "parameters": parameters}}) == plain
    assert tool_from_json({"name": "a", "input_schema": parameters}) == plain


FILES = Path(__file__).parent / "files"
SCHEMA = json.loads(Path("docs/playground/run.schema.json").read_text())
PNG = b"\x89PNG\r\n\x1a\n0000"


def turn(reply: str = "Hello", prompt: str = "Hi", **more: Any) -> dict[str, Any]:
    """A turn as the page records it."""
    figure = {"value": 1.5, "known": "computed", "note": ""}
    return {
        "row": "openai",
        "provider": "OpenAI",
        "model": "m",
        "question": {"role": "user", "parts": [{"type": "text", "text": prompt}]},
        "system": "",
        "parameters": {},
        "request": {"url": "https://x/v1", "headers": {}, "body": {"input": prompt}},
        "attempts": [{"sent": "2026-11-27T12:00:00.000Z", "failed": ""}],
        "response": {"id": "resp_1", "request": "", "model": ""},
        "reasoning": "",
        "reply": {"role": "assistant", "parts": [{"type": "text", "text": reply}]},
        "end": {"type": "Finished", "reason": "stop", "said": "stop"},
        "ended": "2026-11-27T12:00:01.500Z",
        "metrics": {"seconds": figure},
        "key": {"secret": "never"},
        **more,
    }


def record(*turns: dict[str, Any], **texts: str) -> dict[str, Any]:
    """A run of one pane."""
    made = {"made": "2026-11-24T00:00:00Z", "catalog": "c" * 64, "images": {}}
    return {"almanac_run": 2, **made, "panes": [{"turns": list(turns) or [turn(**texts)]}]}


def test_an_export_comes_back_and_drops_what_it_does_not_know() -> None:
    text = as_json(record())
    assert "never" not in text
    (back,) = runs_from_text(text)
    assert back == json.loads(text)
    (pane,) = back["panes"]
    assert pane["turns"][0]["reply"]["parts"] == [{"type": "text", "text": "Hello"}]


def test_a_file_of_version_1_opens() -> None:
    text = (FILES / "version_1.json").read_text()
    jsonschema_rs.validate(SCHEMA, json.loads(text))
    (run,) = runs_from_text(text)
    first, failed, empty = (pane["turns"][0] for pane in run["panes"])
    image, question = first["question"]["parts"]
    assert question == {"type": "text", "text": "What is in it?"}
    assert base64.b64decode(run["images"][image["sha256"]]["data"]) == PNG
    assert (first["system"], first["parameters"]["temperature"]) == ("Be brief.", 0.5)
    assert (first["reply"]["parts"][0]["text"], first["end"]["message"]) == ("Four zeroes.", "stop")
    assert first["metrics"]["cost"]["text"] == "$0.001"
    assert (first["request"], first["attempts"]) == (None, [])
    assert failed["end"] == {"type": "Restored", "message": "invalid x-api-key"}
    assert empty["provider"] == "A row that is no more"
    jsonschema_rs.validate(SCHEMA, json.loads(as_json(run)))


def test_a_history_is_one_file_and_comes_back_in_its_order() -> None:
    old = json.loads((FILES / "version_1.json").read_text())
    text = as_history({"runs": [record(prompt="newest"), old, record(prompt="oldest")]})
    jsonschema_rs.validate(SCHEMA, json.loads(text))
    asked = [run["panes"][0]["turns"][0]["question"]["parts"][-1]["text"] for run in runs_from_text(text)]
    assert asked == ["newest", "What is in it?", "oldest"]


def test_every_turn_is_told_with_its_request_and_names() -> None:
    failed = turn(
        prompt="And then?",
        reply="",
        end={"type": "Failed", "cause": "rate limit", "status": 429, "message": "slow down"},
        metrics={"seconds": {"value": None, "known": "not reported", "note": ""}},
        attempts=[{"sent": "2026-11-27T12:00:02.000Z", "failed": "busy"}] * 2,
    )
    text = as_markdown(record(turn(), failed))
    for part in ("And then?", "resp_1", "**Failed (rate limit, 429): slow down**", ": busy", '"input": "Hi"'):
        assert part in text, part
    assert "not reported" not in text
    rows = list(csv.DictReader(io.StringIO(as_csv(record(turn(), failed)))))
    assert [(row["turn"], row["question"], row["response_id"]) for row in rows] == [
        ("1", "Hi", "resp_1"),
        ("2", "And then?", "resp_1"),
    ]
    assert json.loads(as_json(record(failed)))["panes"][0]["turns"][0]["metrics"] == {}


@pytest.mark.parametrize(
    ("reason", "more", "told"),
    [
        ("stop", {}, "Finished: the model answered with no text (word)"),
        ("length", {}, "Finished: the model answered with no text: cut off at its limit of tokens (word)"),
        (
            "length",
            {"reasoning": "Hm."},
            "Finished: the model answered with no text: its limit of tokens went into reasoning (word)",
        ),
    ],
)
def test_an_answer_with_no_text_is_called_so(reason: str, more: dict[str, Any], told: str) -> None:
    empty = turn(reply=" \n", end={"type": "Finished", "reason": reason, "said": "word"}, **more)
    assert f"**{told}**" in as_markdown(record(empty))
    assert next(csv.DictReader(io.StringIO(as_csv(record(empty)))))["end"] == told
    call = {"type": "tool_call", "id": "c", "name": "f", "arguments": "{}"}
    called = empty | {"reply": {"role": "assistant", "parts": [call]}}
    assert "no text" not in as_markdown(record(called))


def test_a_time_in_csv_is_as_exact_as_it_was_measured() -> None:
    figures = {"seconds": 0.05369999999999209, "first_answer": 0.02, "cost": 0.0000012}
    metrics = {name: {"value": value, "known": "computed", "note": ""} for name, value in figures.items()}
    (row,) = csv.DictReader(io.StringIO(as_csv(record(turn(metrics=metrics)))))
    assert [row[name] for name in figures] == ["0.054", "0.02", "1.2e-06"]


def test_what_machines_made_at_random_is_no_key() -> None:
    """Images, ids and sealed reasoning: in a megabyte of base64 something is shaped like a key by chance."""
    chance = "0123456789abcdef0123456789abcdef"
    image = base64.b64encode(PNG).decode()
    digest = image_hash(PNG)
    sealed = [
        {"type": "echo", "wire": "gemini", "value": {"thoughtSignature": chance}},
        {"type": "tool_call", "id": f"chatcmpl-tool-{chance}", "name": "f", "arguments": "{}"},
    ]
    one = turn(response={"id": chance, "request": chance, "model": ""})
    one["reply"]["parts"] += sealed
    one["request"]["body"]["signature"] = chance
    run = {**record(one), "images": {digest: {"media_type": "image/png", "data": image}}}
    assert chance in as_json(run)


@pytest.mark.parametrize(
    "key",
    [
        "sk-proj-abcdefghijklmnop1234",
        "sk-ant-api03-abcdefghijklmnop",
        "AIzaSyA1234567890abcdefghijklmnopqrstuvw",
        "AKIAIOSFODNN7EXAMPLE",
        "gsk_abcdefghijklmnopqrstuvwx",
        "hf_abcdefghijklmnopqrstuvwxyz",
        "xai-abcdefghijklmnopqrstuvwx",
        "0123456789abcdef0123456789abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijkl",
    ],
)
@pytest.mark.parametrize("export", [as_json, as_markdown, as_csv])
def test_what_looks_like_a_key_stops_every_export(export: Any, key: str) -> None:
    assert key_shapes(key)
    for bad in (record(reply=f"use {key} please"), record(prompt=f"my key is {key}")):
        with pytest.raises(RequestError, match="looks like a key") as error:
            export(bad)
        assert key not in str(error.value)


def test_a_cell_is_no_formula_and_a_fence_cannot_be_closed() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(record(reply="=HYPERLINK(1)")))))
    assert rows[0]["answer"] == "'=HYPERLINK(1)"
    text = as_markdown(record(reply="```\n# Not a heading\n````"))
    assert "`````text\n```" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "no JSON"),
        ("[]", "no run of version"),
        ('{"almanac_run": 3}', "no run of version"),
        ('{"almanac_run": true}', "no run of version"),
        ('{"almanac_run": 1, "chat": {"messages": [{"role": "user", "parts": []}]}, "panes": [1]}', "panes"),
        ('{"almanac_run": 2, "panes": {}}', "panes"),
        ('{"almanac_run": 2, "panes": [{"turns": [1]}]}', "turns"),
        ('{"almanac_runs": 2, "runs": []}', "no list of runs"),
        (json.dumps({"almanac_runs": 2, "runs": [{}] * 21}), "holds 21 runs; write at most 20"),
    ],
)
def test_another_file_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        runs_from_text(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*turn(), "parts", "type"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from([1, 2]), st.dictionaries(st.sampled_from(sorted(turn())), JSON), JSON)
def test_any_file_is_a_run_of_the_schema_or_a_named_error(version: int, fields: Any, images: Any) -> None:
    value = {**record({**turn(), **fields}), "images": images, "almanac_run": version}
    with suppress(RequestError):
        jsonschema_rs.validate(SCHEMA, json.loads(as_json(value)))


@given(CHATS)
def test_an_export_is_of_its_schema(chat: Chat) -> None:
    given_chat = chat_to_json(chat)
    messages = given_chat.pop("messages")
    question = {"role": "user", "parts": [p for m in messages for p in m["parts"] if p["type"] != "image"]}
    one = turn(question=question, system=given_chat.pop("system", ""), parameters=given_chat)
    with suppress(RequestError):
        jsonschema_rs.validate(SCHEMA, json.loads(as_json(record(one))))


def test_the_schema_refuses_what_is_no_run() -> None:
    exported = json.loads(as_json(record()))
    jsonschema_rs.validate(SCHEMA, exported)
    for broken in ({"almanac_run": 3}, {"panes": [{}]}, {"images": []}, {"key": "x"}):
        assert not jsonschema_rs.is_valid(SCHEMA, exported | broken), broken
